"""How often a learned habit is wrong: `python benchmarks/habits.py [people]`.

Invented people mean to run on some days of each week and say so nowhere. They miss some of these runs, run on some
other days, and are ill now and then. The warehouse's own statements learn from their runs what was expected of a day;
what each of them had meant is known here. Other rules than the one chosen stand below it.
"""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import polars as pl

from runmood.schema.tables import CHECK_INS, PLANS, RUN_FILES, RUNS
from runmood.warehouse import ddl
from runmood.warehouse.transform import REPORTED_CARE, REPORTED_DAYS

if TYPE_CHECKING:
    from collections.abc import Callable


SEED = 20250601
WEEKS, APART_WEEKS = 60, 20  # each person's, and between two people on the one calendar, so that none learns of another
FIRST_MONDAY = dt.date(1800, 1, 6)
MISSED, RUN_ANYWAY, ILL_A_WEEK = 0.15, 0.05, 0.02  # of meant runs, of other days, of weeks
RULE = {
    "weeks": "8 preceding",
    "known": "known >= 6",
    "run": "share >= 0.75",
    "rest": "share <= 0.25",
    "sure": ">= 0.9 * sum(share)",
    "both": "and bool_or(usually = 'rest') over week",
    "moved": "lr|rl",
}
OTHERS = {
    "The shares alone, whoever the person is": {"sure": ">= 0 * sum(share)", "both": ""},
    "Four in five runs on their weekdays, not nine in ten": {"sure": ">= 0.8 * sum(share)"},
    "The last 6 weeks, 4 of them known": {"weeks": "6 preceding", "known": "known >= 4"},
    "The last 12 weeks, 8 of them known": {"weeks": "12 preceding", "known": "known >= 8"},
    "A run where five in eight had one": {"run": "share >= 0.6"},
    "A run a day early or late is missed": {"moved": "none"},
    "A run where seven in eight had one": {"run": "share >= 0.85"},
}

Week = np.ndarray  # seven times whether a run was meant


def regular(rng: np.random.Generator) -> list[Week]:
    """Three to five weekdays, the same all along."""
    return [_on(rng, int(rng.integers(3, 6)))] * WEEKS


def shifting(rng: np.random.Generator) -> list[Week]:
    """Four weekdays, of which one in five is a day early or late."""
    usual = np.array([1, 3, 5, 6])
    moved = [usual + rng.choice((-1, 0, 1), size=4, p=(0.1, 0.8, 0.1)) for _ in range(WEEKS)]
    return [np.isin(np.arange(7), days.clip(0, 6)) for days in moved]


def changing(rng: np.random.Generator) -> list[Week]:
    """Three to five weekdays, others every quarter."""
    return [week for _ in range(WEEKS // 12) for week in [_on(rng, int(rng.integers(3, 6)))] * 12]


def alternating(_: np.random.Generator) -> list[Week]:
    """Every other day, whatever the weekday."""
    return list((np.arange(7 * WEEKS) % 2 == 0).reshape(WEEKS, 7))


def irregular(rng: np.random.Generator) -> list[Week]:
    """Three runs a week, on days as they come."""
    return [_on(rng, 3) for _ in range(WEEKS)]


def daily(rng: np.random.Generator) -> list[Week]:
    """Six days a week, with one free day as it comes."""
    return [_on(rng, 6) for _ in range(WEEKS)]


def _on(rng: np.random.Generator, days: int) -> Week:
    return np.isin(np.arange(7), rng.choice(7, size=days, replace=False))


def lives(mean: Callable[[np.random.Generator], list[Week]], missed: float, people: int) -> pl.DataFrame:
    """One row a day of all people: whether a run was meant, whether there was one, whether they were ill."""
    rng, parts = np.random.default_rng(SEED), []
    for person in range(people):
        meant = np.concatenate(mean(rng))
        ill = np.repeat(rng.random(WEEKS) < ILL_A_WEEK, 7)
        ran = ~ill & np.where(meant, rng.random(meant.size) >= missed, rng.random(meant.size) < RUN_ANYWAY)
        begins = FIRST_MONDAY + dt.timedelta(weeks=person * (WEEKS + APART_WEEKS))
        dates = pl.date_range(begins, begins + dt.timedelta(days=meant.size - 1), eager=True)
        parts.append(pl.DataFrame({"local_date": dates, "meant": meant, "ran": ran, "ill": ill}))
    return pl.concat(parts)


def learned(days: pl.DataFrame, rule: dict[str, str]) -> pl.DataFrame:
    """The days with what the warehouse expected of each."""
    ran, ill = (days.filter(pl.col(name))["local_date"].to_list() for name in ("ran", "ill"))
    told = {
        "runs": RUNS.empty().clear(len(ran)).with_columns(local_date=pl.Series(ran, dtype=pl.Date)),
        "check_ins": CHECK_INS.empty().clear(len(ill)).with_columns(
            local_date=pl.Series(ill, dtype=pl.Date), tags=pl.Series([["ill"]] * len(ill), dtype=pl.List(pl.String))
        ),
        "planned_days": PLANS.empty(),
        "run_files": RUN_FILES.empty(),
        "decided_tags": pl.DataFrame(schema={"recording_id": pl.String, "tags": pl.List(pl.String)}),
        "reported_days": pl.DataFrame(schema=REPORTED_DAYS),
        "reported_care": pl.DataFrame(schema=REPORTED_CARE),
        "unread_days": pl.DataFrame(schema={"local_date": pl.Date}),
        "device_coverage": days.select("local_date", is_covered=True),  # the watch has told of every day
        "today": days.select(day=pl.col("local_date").max()),
    }  # fmt: skip
    with duckdb.connect() as connection:
        connection.execute(ddl.load_sql("macros"))
        for name, frame in told.items():
            ddl.register_temp(connection, name, frame)
        for name in ("dates", "calendar"):
            ddl.build(connection, name)
        statement = ddl.load_sql("plans")
        for part, words in rule.items():
            statement = statement.replace(RULE[part], words)
        expected = ddl.frame_of(connection, statement).select("local_date", "planned")
    return days.join(expected, on="local_date", how="left").filter(~pl.col("ill"))


def measure(days: pl.DataFrame) -> dict[str, float]:
    """How often the learned plan is right, and how often wrong."""
    meant, ran = pl.col("meant"), pl.col("ran")
    run, rest = ((pl.col("planned") == kind).fill_null(value=False) for kind in ("run", "rest"))
    share = {
        "expected": (run & meant).sum() / run.sum(),
        "meant": (run & meant).sum() / meant.sum(),
        "found": (run & meant & ~ran).sum() / (meant & ~ran).sum(),
        "false": (run & ~meant & ~ran).sum() / (run & ~ran).sum(),
        "as rest": (rest & meant & ~ran).sum() / (meant & ~ran).sum(),
    }
    a_year = (run & ~meant & ~ran).sum() / pl.len() * 365
    return days.select(**share, a_year=a_year).row(0, named=True)


COLUMNS = (
    "people",
    "expected runs that were meant",
    "meant runs expected",
    "misses found",
    "of the misses told, false",
    "false misses a year",
    "misses taken for rest",
)
PEOPLE = {
    "the same weekdays": (regular, MISSED),
    "the same weekdays, 30 % missed": (regular, 0.3),
    "one run in five a day early or late": (shifting, MISSED),
    "other weekdays every quarter": (changing, MISSED),
    "every other day": (alternating, MISSED),
    "three runs on any days": (irregular, MISSED),
    "six runs, one free day": (daily, MISSED),
}


def show(title: str, rule: dict[str, str], people: int) -> None:
    """One rule's table."""
    print(f"\n{title}\n\n| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|")
    for name, (mean, missed) in PEOPLE.items():
        told = measure(learned(lives(mean, missed, people), rule))
        shares = [told[each] for each in ("expected", "meant", "found", "false")]
        cells = ["-" if share is None or np.isnan(share) else f"{100 * share:.0f} %" for share in shares]
        print(f"| {name} | {' | '.join(cells)} | {told['a_year']:.1f} | {100 * told['as rest']:.0f} % |")


def main(people: int) -> None:
    """The chosen rule's table, then those of the others."""
    show(f"The rule chosen: {people} people a row, {WEEKS} weeks each, seed {SEED}", {}, people)
    for title, rule in OTHERS.items():
        show(title, rule, people)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
