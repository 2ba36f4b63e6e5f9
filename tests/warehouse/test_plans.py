from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl
import pytest
from drawn import rows
from warehouse.store import BATCH, check_in, file_of, open_store, plan

if TYPE_CHECKING:
    from pathlib import Path

MONDAY = dt.date(2025, 1, 6)


def plans(folder: Path, weeks: str, told: str = "", said: str = "") -> pl.DataFrame:
    """The plans of a person whose weeks are drawn: a line a week, Monday to Sunday, `x` for a run."""
    ran = [MONDAY + dt.timedelta(days=place) for place, mark in enumerate(weeks.split()) if mark == "x"]
    drawn = [{"file": f"{date}", "begins": f"{date} 07:00", "minutes": "30", "km": "5"} for date in ran]
    folder.mkdir(exist_ok=True)
    with open_store(folder) as store:
        store.save(BATCH, [file_of(row) for row in drawn])
        store.build_tables({"plans": [plan(row) for row in rows(told)] if told else [],
                    "check_ins": [check_in(row) for row in rows(said)] if said else []})  # fmt: skip
        joined = store.table("plans"), store.table("days").select("local_date", "day_kind", "plan_source")
        return joined[0].join(joined[1], on=["local_date", "plan_source"], how="left")


def drawn_week(told: pl.DataFrame, number: int) -> str:
    """What was expected of each day of a week: x a run, - rest, . nothing."""
    begins = MONDAY + dt.timedelta(weeks=number - 1)
    kinds = dict(told.select("local_date", "planned").iter_rows())
    marks = {"run": "x", "rest": "-", None: "."}
    return " ".join(marks[kinds.get(begins + dt.timedelta(days=day))] for day in range(7))


REGULAR = ". x . x . . x\n"


def test_a_habit_is_learned_from_earlier_weeks(tmp_path: Path) -> None:
    """Six known weeks teach the seventh: a run where three in four had one, rest where one in four or fewer."""
    told = plans(tmp_path, REGULAR * 5 + ". x . . . . x\n" + ". x . . . . x\n" + "x x . . . . x\n")
    assert set(told["plan_source"]) == {"habit"}
    assert [drawn_week(told, number) for number in (5, 6, 7, 8)] == [
        ". . . . . . .",
        ". . . . . . .",
        ". x - x - - x",  # the first Monday was before the first run, so of Mondays five are known
        "- x - . - - x",  # Thursday: five of seven
    ]
    missed = told.filter(pl.col("day_kind") == "missed_run")["local_date"].to_list()
    assert missed == [MONDAY + dt.timedelta(weeks=6, days=3)]


def test_later_weeks_change_no_earlier_expectation(tmp_path: Path) -> None:
    """What was expected of a week is the same whatever the weeks after it were like."""
    quiet = plans(tmp_path / "quiet", REGULAR * 8 + ". . . . . . x\n" * 4)
    busy = plans(tmp_path / "busy", REGULAR * 8 + "x x x x x x x\n" * 4)
    assert [drawn_week(quiet, number) for number in range(1, 10)] == [
        drawn_week(busy, number) for number in range(1, 10)
    ]


def test_who_has_no_habit_has_no_misses(tmp_path: Path) -> None:
    """Where runs fall on any day, or on all, nothing is expected: a run moved is not a run missed."""
    any_day = "x . . x . x .\n. x x . . . x\n. . x . x . x\nx . . x . . x\n"
    every_day = "x x x x x x x\n"
    for number, weeks in enumerate((any_day * 4, every_day * 12, "x . x . x . x\n. x . x . x .\n" * 8)):
        assert plans(tmp_path / str(number), weeks).is_empty()


@pytest.mark.parametrize(
    ("week", "expected", "missed"),
    [
        (". . x x . . x", "- . x x - - x", 0),  # Tuesday's run on Wednesday
        ("x . . x . . x", "x . - x - - x", 0),  # on Monday
        (". . x . x . x", "- . x . x - x", 0),  # both a day late
        ("x . x . . . x", "x . x . - - x", 0),  # both a day early
        (". . x . . . x", "- . x x - - x", 1),  # one run is one run
        (". x . . . x x", "- x - x - - x", 1),  # two days late: another run
        (". x . x . . .", "- x - x - - x", 1),  # Sunday's on Monday is in another week
        (". x x x . . x", "- x - x - - x", 0),  # one more
    ],
)
def test_a_run_a_day_early_or_late_is_moved_and_not_missed(
    tmp_path: Path, week: str, expected: str, missed: int
) -> None:
    """It is expected of the day that had it, and nothing of the day that did not; each run can be one that moved."""
    told = plans(tmp_path, REGULAR * 8 + week + "\nx x . x . . x\n")
    assert drawn_week(told, 9) == expected
    ninth = told.filter(pl.col("local_date").is_between(*(MONDAY + dt.timedelta(weeks=8, days=at) for at in (0, 6))))
    assert (ninth["day_kind"] == "missed_run").sum() == missed


def test_a_run_after_midnight_is_held_against_no_evening(tmp_path: Path) -> None:
    """Who always runs on Tuesday and Wednesday and begins Tuesday's run at 00:20 has missed none of the two."""
    drawn = [
        {"file": f"{date}", "begins": f"{date} 18:00", "minutes": "30", "km": "5"}
        for week in range(12)
        for date in (MONDAY + dt.timedelta(weeks=week, days=day) for day in (1, 2))
    ]
    for clock, missed in (("00:20", []), ("18:00", [MONDAY + dt.timedelta(weeks=11, days=1)])):
        last = drawn[-1] | {"begins": drawn[-1]["begins"].replace("18:00", clock)}
        with open_store(tmp_path / clock[:2]) as store:
            store.save(BATCH, [file_of(row) for row in (*drawn[:-2], last)])
            store.build_tables()
            days = store.table("days").filter(pl.col("day_kind") == "missed_run")
        assert days["local_date"].to_list() == missed


def test_who_says_why_there_was_no_run_has_moved_none(tmp_path: Path) -> None:
    """With a reason for no run it is missed by the person's own word, whatever they ran on the next day."""
    why = f"""
        | felt                                       | kind    | mood | skipped |
        | {MONDAY + dt.timedelta(weeks=8, days=1)} 21:00 | evening | 5    | no time |
    """
    told = plans(tmp_path, REGULAR * 8 + ". . x x . . x\n" + REGULAR, said=why)
    assert drawn_week(told, 9) == "- x - x - - x"


def test_a_week_with_a_plan_has_no_learned_days(tmp_path: Path) -> None:
    """Where anything was written down by then for the week, only that was planned; what came later does not count."""
    told = """
        | day        | planned | said       |
        | 2025-03-09 | run     | 2025-03-01 |
        | 2025-03-16 | rest    | 2025-03-15 |
    """
    joined = plans(tmp_path, REGULAR * 11, told)
    assert [drawn_week(joined, number) for number in (8, 9, 10, 11)] == [
        "- x - x - - x",
        ". . . . . . x",
        "- x - x - . -",
        "- x - x - - x",
    ]
    assert dict(joined.group_by("plan_source").len().iter_rows())["file"] == 2


def test_days_set_apart_teach_nothing(tmp_path: Path) -> None:
    """Three weeks ill leave five known ones, which are too few; the habit comes back and is not unlearned."""
    ill = "| felt | kind | mood | tags |\n" + "".join(
        f"| {MONDAY + dt.timedelta(weeks=8, days=day)} 21:00 | evening | 3 | ill |\n" for day in range(21)
    )
    joined = plans(tmp_path, REGULAR * 8 + ". . . . . . .\n" * 3 + REGULAR * 3, said=ill)
    assert [drawn_week(joined, number) for number in (9, 11, 12, 13)] == [
        "- x - x - - x",
        "- x - x - - x",
        ". . . . . . .",
        ". . . . . . .",
    ]
