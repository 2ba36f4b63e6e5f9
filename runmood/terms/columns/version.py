"""Which version of the tables this is, for those whose scripts rely on names: `docs/schema.md` tells what changed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from runmood.terms.frames import Table, text, whole

if TYPE_CHECKING:
    from collections.abc import Iterable

# Raised when names, types or keys have changed since the last release, with what changed in docs/schema.md.
# tests/terms/test_schema_version.py reminds of it and tells the new fingerprint.
VERSION = 1
FINGERPRINT = "a1b8c2232543f1bc"

SCHEMA_VERSION = Table("schema_version", "the one that says which tables and columns there are", ("version",), (
    whole("version", "Raised when a name, a type or a key changes; docs/schema.md tells what.", 1),
    text("runmood", "The version of runmood that made this database.", always=True),
))  # fmt: skip


def fingerprint(tables: Iterable[Table]) -> str:
    """What names, types and keys come to; order, and the words that explain them, may change freely."""
    names = [f"{table.name} {table.key} {name} {kind}" for table in tables for name, kind in table.schema.items()]
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()[:16]
