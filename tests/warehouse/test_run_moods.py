from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from drawn import number, rows
from warehouse.store import BATCH, check_in, file_of, open_store, plan

from runmood.warehouse.publish import publish
from runmood.warehouse.queries import run_query

if TYPE_CHECKING:
    from pathlib import Path

RUNS = """
    | file | begins           | minutes | km |
    | a    | 2025-05-01 07:00 | 60      | 10 |
    | b    | 2025-05-01 18:00 | 60      | 10 |
    | c    | 2025-05-02 18:00 | 60      | 10 |
    | d    | 2025-05-02 20:00 | 30      | 5  |
    | e    | 2025-05-04 07:00 | 60      | 10 |
"""
SAID = """
    | felt             | kind       | mood | energy | late |
    | 2025-05-01 06:00 | morning    | 5    | 4      |      |
    | 2025-05-01 09:30 | morning    | 6    |        |      |
    | 2025-05-01 14:59 | evening    | 1    |        |      |
    | 2025-05-01 16:00 | before-run | 3    |        |      |
    | 2025-05-01 17:00 | before-run | 4    | 3      |      |
    | 2025-05-01 17:50 | morning    | 9    |        |      |
    | 2025-05-01 20:00 | evening    | 2    |        |      |
    | 2025-05-01 21:00 | after-run  | 8    | 7      |      |
    | 2025-05-01 21:30 | after-run  | 1    |        |      |
    | 2025-05-02 17:55 | before-run | 2    |        | yes  |
    | 2025-05-02 19:30 | after-run  | 7    |        |      |
    | 2025-05-02 21:00 | evening    | 8    |        |      |
    | 2025-05-04 05:00 | morning    | 4    | 6      |      |
    | 2025-05-04 06:50 | before-run |      | 5      |      |
    | 2025-05-04 08:10 | after-run  |      |        |      |
    | 2025-05-04 09:00 | after-run  | 3    |        |      |
    | 2025-05-04 10:00 | evening    | 9    | 2      |      |
    | 2025-05-04 11:00 | evening    | 3    |        |      |
"""
MOODS = """
    | file | before | energy | minutes | after | energy after | minutes after |
    | a    | 5      | 4      | 60      | 6     |              | 90            |
    | b    | 4      | 3      | 60      | 8     | 7            | 120           |
    | c    |        |        |         | 7     |              | 30            |
    | d    | 7      |        | 30      | 8     |              | 30            |
    | e    | 4      | 5      | 120     | 3     | 2            | 60            |
"""


def test_the_mood_before_and_after_a_run(tmp_path: Path) -> None:
    """A check-in within three hours counts, one made for the run before all others, and none that was made late.

    Of two check-ins near a run either says what the other leaves unsaid, as around the last one.
    """
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(row) for row in rows(RUNS)])
        store.build_tables({"check_ins": [check_in(row) for row in rows(SAID)]})
        moods = store.table("run_moods").with_columns(pl.col("before_run_s", "after_run_s") / 60)
    names = ("mood_before", "energy_before", "before_run_s", "mood_after", "energy_after", "after_run_s")
    told = [tuple(run[name] for name in names) for run in moods.iter_rows(named=True)]
    assert told == [tuple(number(cell) for cell in list(row.values())[1:]) for row in rows(MOODS)]


def test_response_rates(tmp_path: Path) -> None:
    """Each kind of day says how often a morning and an evening were answered."""
    planned = """
        | day        | planned |
        | 2025-05-01 | run     |
        | 2025-05-02 | run     |
        | 2025-05-03 | run     |
        | 2025-05-04 | run     |
    """
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(row) for row in rows(RUNS)])
        store.build_tables(
            {"check_ins": [check_in(row) for row in rows(SAID)], "plans": [plan(row) for row in rows(planned)]}
        )
    publish(tmp_path, tmp_path / "published.duckdb")
    rates = run_query(tmp_path / "published.duckdb", "select * from response_rates")
    assert rates.rows() == [
        ("missed_run", "evening", 1, 0, 0.0),
        ("missed_run", "morning", 1, 0, 0.0),
        ("planned_run", "evening", 3, 3, 1.0),
        ("planned_run", "morning", 3, 2, 2 / 3),
    ]
