"""Which version of the tables this is, for those whose scripts rely on names: `docs/schema.md` tells what changed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from runmood.terms.frames import Table, text, whole

if TYPE_CHECKING:
    from collections.abc import Iterable

# Raised with every change of a name, a type, a key or an order, with a line in docs/schema.md.
# tests/terms/test_schema_version.py reminds of it and tells the new fingerprint.
VERSION = 1
FINGERPRINT = "?"

SCHEMA_VERSION = Table("schema_version", "the one that says which tables and columns there are", ("version",), (
    whole("version", "Raised when a name, a type or a key changes; docs/schema.md tells what.", 1),
    text("runmood", "The version of runmood that made this database.", always=True),
))  # fmt: skip


def fingerprint(tables: Iterable[Table]) -> str:
    """What names, types, keys and order come to; the words that explain them may change freely."""
    lines = [f"{table.name} {table.key} {table.schema}" for table in tables]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
