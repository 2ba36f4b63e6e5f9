"""The table that says which version of the tables a database has: `docs/schema.md` tells what changed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from runmood.schema.types import Table, text, whole

if TYPE_CHECKING:
    from collections.abc import Iterable


SCHEMA_VERSION = Table("schema_version", "the one that says which tables and columns there are", ("version",), (
    whole("version", "Raised when a name, a type, a key or a choice changes; docs/schema.md tells what.", 1),
    text("runmood", "The version of runmood that made this database.", always=True),
    text("fingerprint", "What all names, types, keys and choices come to, as a few letters.", always=True),
))  # fmt: skip


def fingerprint(tables: Iterable[Table]) -> str:
    """What names, types, keys and choices come to; order, and the words that explain them, may change freely."""
    told = [
        f"{table.name} {table.key} {column.name} {column.dtype} {column.range}"
        for table in tables
        for column in table.columns
    ]
    return hashlib.sha256("\n".join(sorted(told)).encode()).hexdigest()[:16]
