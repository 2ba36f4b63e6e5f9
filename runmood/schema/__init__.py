"""Every table and every column: name, type, range, meaning, each on one line, along the way of the data.

The frames that layers pass to each other, the tables in DuckDB with their comments, and `docs/columns.md` are all
made from here. Units stand in the names (`frames.UNITS`). Absent is null: never 0, never an empty word.

The fingerprints say what a database was made for, which is compared with what is declared now.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from runmood.schema.tables import (
    BEST_EFFORTS,
    CHECK_IN_HELPED,
    CHECK_INS,
    CUSTOM_ANSWERS,
    DAYS,
    FINDING_FEEDBACK,
    FINDINGS,
    GOALS,
    HEART_RATE_HISTOGRAM,
    IMPORTS,
    LAPS,
    MONTHS,
    NIGHTS,
    NOTICES,
    PLANS,
    RECORDINGS,
    REFLECTIONS,
    ROLLING,
    RUN_FILES,
    RUN_MOODS,
    RUN_PAIRS,
    RUNS,
    SCHEMA_VERSION,
    SENSITIVITY,
    SOURCE_FILES,
    SPLITS,
    TO_DECIDE,
    WEEKS,
    YEARS,
)
from runmood.schema.views import (
    BEST_TIMES,
    CHECK_INS_NEAR_RUNS,
    CUSTOM_ITEMS,
    FINDINGS_NOW,
    LOAD_AND_MOOD,
    MISSED_DAYS,
    RESPONSE_RATES,
    RUN_BEST_EFFORTS,
    RUN_LAPS,
    RUN_POINTS,
    RUN_SPLITS,
    RUNS_WITH_FILES,
    SIGNALS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from runmood.schema.types import Table


TABLES = (
    RUNS, RUN_FILES, RUN_PAIRS, TO_DECIDE, RUN_MOODS, RECORDINGS, LAPS, SPLITS, BEST_EFFORTS, HEART_RATE_HISTOGRAM,
    NIGHTS, CHECK_INS, CHECK_IN_HELPED, CUSTOM_ANSWERS, PLANS, GOALS, REFLECTIONS, FINDING_FEEDBACK, DAYS, WEEKS,
    MONTHS, YEARS, ROLLING, FINDINGS, SENSITIVITY, NOTICES, SOURCE_FILES, IMPORTS, SCHEMA_VERSION,
)  # fmt: skip
"""What is kept in the published database."""

VIEWS = (
    FINDINGS_NOW, RUNS_WITH_FILES, RUN_SPLITS, RUN_LAPS, RUN_BEST_EFFORTS, BEST_TIMES, RUN_POINTS, CHECK_INS_NEAR_RUNS,
    CUSTOM_ITEMS, LOAD_AND_MOOD, MISSED_DAYS, SIGNALS, RESPONSE_RATES,
)  # fmt: skip
"""What is put together from them when somebody looks, each from those before it."""


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
