"""Goals, in the person's own words, and how they stand."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import polars as pl

from runmood.summary.parts import Goal
from runmood.summary.words.phrases import readable
from runmood.terms.choices import IN_METRES

if TYPE_CHECKING:
    from runmood.summary.diary import Diary
    from runmood.summary.period import Period

CLOSED = {"reached": "goal.reached", "let go": "goal.let_go"}
ROOM = dt.timedelta(days=28)  # for how long a goal that is no longer open is still told


def goals(diary: Diary, period: Period) -> tuple[Goal, ...]:
    """The goals of the time told of: those that are open, and those closed in it or shortly before."""
    first = min(period.first or dt.date.min, period.last - ROOM) if period.first else dt.date.min
    there = diary.goals.filter(pl.col("since") <= period.last)
    told = there.filter((pl.col("state") == "open") | (pl.col("reviewed_on") >= first)).sort("since", "goal_id")
    return tuple(_goal(row, diary, period.last) for row in told.iter_rows(named=True))


def _goal(row: dict[str, Any], diary: Diary, last: dt.date) -> Goal:
    say = diary.say
    stands = [
        _measured(row, diary, last),
        say("goal.until", day=say.date_near(row["until"], last)) if row["until"] else "",
    ]
    if row["reviewed_on"] is not None and row["reviewed_on"] <= last:
        day, words = say.date_near(row["reviewed_on"], last), readable(row["review"] or "")
        stands.append(say(CLOSED[row["state"]]) if row["state"] in CLOSED else "")
        stands.append(say("goal.review", day=day, words=words) if words else "")
    return Goal(readable(row["words"]), say(f"goal.{row['kind']}"), tuple(filter(None, stands)))


def _measured(row: dict[str, Any], diary: Diary, last: dt.date) -> str:
    """Runs a week: 2.5 in the four weeks to 22 November; 3 wished for."""
    say, measure = diary.say, row["measure"]
    if not measure:
        return ""
    amount = say.distance if measure in IN_METRES else say.figure
    told = {"measure": say.choice("measure", measure), "wished": amount(row["target"])}
    if measure not in diary.stands:
        return say("goal.stands_unknown", **told)
    return say("goal.stands", **told, amount=amount(diary.stands[measure]), day=say.date_near(last, last))
