"""Goals, in the person's own words, and how they stand."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import polars as pl

from runmood.summary.parts import Goal
from runmood.summary.words.phrases import date_near, distance, figure, readable

if TYPE_CHECKING:
    from runmood.summary.diary import Diary
    from runmood.summary.period import Period

TITLE = "What you want"
KINDS = {"therapeutic": "for how you feel", "fitness": "for how you run"}
IN_METRES = ("distance a week", "longest run")
STATES = {"reached": "Reached.", "let go": "Let go, which is fine."}
ROOM = dt.timedelta(days=28)  # for how long a goal that is no longer open is still told


def goals(diary: Diary, period: Period) -> tuple[Goal, ...]:
    """The goals of the time told of: those that are open, and those closed in it or shortly before."""
    first = min(period.first or dt.date.min, period.last - ROOM) if period.first else dt.date.min
    there = diary.goals.filter(pl.col("since") <= period.last)
    told = there.filter((pl.col("state") == "open") | (pl.col("reviewed_on") >= first)).sort("since", "goal_id")
    return tuple(_goal(row, diary, period.last) for row in told.iter_rows(named=True))


def _goal(row: dict[str, Any], diary: Diary, last: dt.date) -> Goal:
    reviewed = row["reviewed_on"] is not None and row["reviewed_on"] <= last
    stands = (
        _measured(row, diary, last),
        f"Wished for by {date_near(row['until'], last)}." if row["until"] else "",
        STATES.get(row["state"], "") if reviewed else "",
        f"You wrote on {date_near(row['reviewed_on'], last)}: “{readable(row['review'])}”"
        if reviewed and row["review"]
        else "",
    )
    return Goal(readable(row["words"]), KINDS[row["kind"]], tuple(filter(None, stands)))


def _measured(row: dict[str, Any], diary: Diary, last: dt.date) -> str:
    """Runs a week: 2.5 in the four weeks to 22 November; 3 wished for."""
    measure = row["measure"]
    if not measure:
        return ""
    amount = (lambda value: distance(value, diary.units)) if measure in IN_METRES else figure
    name, wished = measure.capitalize(), amount(row["target"])
    if measure not in diary.stands:
        return f"{name}: {wished} wished for; the last four weeks do not tell how it stands."
    return f"{name}: {amount(diary.stands[measure])} in the four weeks to {date_near(last, last)}; {wished} wished for."
