from pathlib import Path

import polars as pl
from drawn import number, rows
from warehouse.store import BATCH, check_in, file_of, open_store, plan

RUNS = """
    | file | begins           | minutes | km |
    | a    | 2025-04-30 07:00 | 30      | 5  |
    | b    | 2025-05-01 07:00 | 30      | 5  |
    | c    | 2025-05-01 19:00 | 60      | 10 |
    | d    | 2025-05-04 23:50 | 60      | 12 |
    | e    | 2025-05-06 07:00 | 60      | 10 |
"""
PLANS = """
    | day        | planned |
    | 2025-04-29 | run     |
    | 2025-05-01 | run     |
    | 2025-05-02 | run     |
    | 2025-05-03 | rest    |
    | 2025-05-04 | rest    |
    | 2025-05-07 | run     |
    | 2025-05-08 | run     |
    | 2025-05-09 | rest    |
"""
SAID = """
    | felt             | kind       | mood | tags   | skipped | late |
    | 2025-05-01 06:30 | morning    | 5    |        |         |      |
    | 2025-05-01 18:50 | before-run | 4    |        |         |      |
    | 2025-05-01 06:55 | before-run | 6    |        |         |      |
    | 2025-05-01 07:40 | after-run  | 7    |        |         |      |
    | 2025-05-01 20:10 | after-run  | 9    |        |         |      |
    | 2025-05-01 21:00 | evening    | 6    |        |         |      |
    | 2025-05-01 22:00 | evening    | 8    |        |         |      |
    | 2025-05-02 21:00 | evening    | 3    | ill    |         | yes  |
    | 2025-05-07 21:00 | evening    | 4    |        | weather |      |
"""
DAYS = """
    | day        | kind          | runs | km | morning | before | after | evening | apart | late |
    | 2025-04-29 | unknown       |      |    |         |        |       |         |       |      |
    | 2025-04-30 | unplanned run | 1    | 5  |         |        |       |         |       |      |
    | 2025-05-01 | planned run   | 2    | 15 | 5       | 6      | 9     | 8       |       | no   |
    | 2025-05-02 | missed run    | 0    | 0  |         |        |       | 3       | yes   | yes  |
    | 2025-05-03 | planned rest  | 0    | 0  |         |        |       |         |       |      |
    | 2025-05-04 | run on rest   | 1    | 12 |         |        |       |         |       |      |
    | 2025-05-05 | no run        | 0    | 0  |         |        |       |         |       |      |
    | 2025-05-06 | unplanned run | 1    | 10 |         |        |       |         |       |      |
    | 2025-05-07 | missed run    | 0    | 0  |         |        |       | 4       |       | no   |
    | 2025-05-08 | unknown       |      |    |         |        |       |         |       |      |
    | 2025-05-09 | unknown       |      |    |         |        |       |         |       |      |
"""


def joined(folder: Path, table: str) -> pl.DataFrame:
    """A table made from the drawn runs, plans and check-ins."""
    with open_store(folder) as store:
        store.save(BATCH, [file_of(row) for row in rows(RUNS)])
        store.join([check_in(row) for row in rows(SAID)], [plan(row) for row in rows(PLANS)])
        return store.table(table)


def test_days(tmp_path: Path) -> None:
    """A day is known from the first run to the last, or where the person said why they did not run."""
    days = joined(tmp_path, "days")
    told = [
        {
            "day": str(day["local_date"]),
            "kind": day["day_kind"],
            "runs": day["runs"],
            "km": day["distance_m"] if day["distance_m"] is None else day["distance_m"] / 1000,
            "morning": day["mood_morning"],
            "before": day["mood_before_run"],
            "after": day["mood_after_run"],
            "evening": day["mood_evening"],
            "apart": "yes" if day["set_apart"] else "",
            "late": {None: "", True: "yes", False: "no"}[day["mood_evening_late"]],
        }
        for day in days.iter_rows(named=True)
    ]
    words = ("day", "kind", "apart", "late")
    drawn = [{key: cell if key in words else number(cell) for key, cell in row.items()} for row in rows(DAYS)]
    assert told == drawn


WEEKS = """
    | week       | name     | known | runs | km | longest | planned | missed | rests | mood | rated |
    | 2025-04-28 | 2025-W18 | 5     | 4    | 32 | 12      | 2       | 1      | 2     | 5.5  | 2     |
    | 2025-05-05 | 2025-W19 | 3     | 1    | 10 | 10      | 1       | 1      | 0     | 4    | 1     |
"""


WEEK_COLUMNS = {
    "known": "known_days",
    "runs": "runs",
    "km": "distance_m",
    "longest": "longest_m",
    "planned": "planned_runs",
    "missed": "missed_runs",
    "rests": "planned_rests",
    "mood": "mood_evening",
    "rated": "rated_evenings",
}


def test_weeks(tmp_path: Path) -> None:
    """A week sums its known days; planned runs count where it is known what became of them."""
    weeks = joined(tmp_path, "weeks").with_columns(pl.col("distance_m", "longest_m") / 1000)
    drawn = rows(WEEKS)
    assert weeks["week_start"].cast(pl.String).to_list() == [row["week"] for row in drawn]
    assert weeks["iso_week"].to_list() == [row["name"] for row in drawn]
    for column, name in WEEK_COLUMNS.items():
        assert weeks[name].to_list() == [number(row[column]) for row in drawn], name


def test_a_week_nobody_knows_is_null(tmp_path: Path) -> None:
    """A week without a known day has no number of runs, not none."""
    with open_store(tmp_path) as store:
        store.join([check_in({"felt": "2025-05-01 21:00", "kind": "evening", "mood": "5"})], [])
        (week,) = store.table("weeks").iter_rows(named=True)
    assert (week["runs"], week["distance_m"], week["known_days"], week["mood_evening"]) == (None, None, 0, 5)


def test_an_empty_home_has_no_days(tmp_path: Path) -> None:
    """Without runs, check-ins and plans there are no days and no weeks."""
    with open_store(tmp_path) as store:
        store.join([], [])
        assert store.table("days").is_empty()
        assert store.table("weeks").is_empty()
