"""The fingerprints of the declared tables: what a database was made for is compared with what is declared now."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from runmood.schema import TABLES, VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from runmood.schema.types import Table


def names_of(tables: Iterable[Table]) -> str:
    """Return a hash of all names, types and keys, whatever their order; words that explain them do not count."""
    columns = ((table, column) for table in tables for column in table.columns)
    return _hashed(f"{table.name} {table.key} {column.name} {column.type}" for table, column in columns)


@cache
def schema_fingerprint() -> str:
    """Return the hash of the names, types and keys of every table and view; a database with another is made again."""
    return names_of((*TABLES, *VIEWS))


@cache
def rules_fingerprint() -> str:
    """Return the hash of the values that each column may hold; where it alone changes, rows are kept."""
    return _hashed(
        f"{table.name} {column.name} {column.bounds} {column.choices} {column.always}"
        for table in TABLES
        for column in table.columns
    )


def _hashed(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16]
