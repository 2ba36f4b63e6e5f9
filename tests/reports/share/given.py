"""Notes to share from: the odd homes of the summary and a few more, with things planted that nobody ticked."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl
from reports.diaries import LAST, day, diary, full_year, year_of_days
from reports.homes import HOMES

from runmood.reports.share.content import compose
from runmood.reports.share.models import ShareData, SharedPage, ShareSelection, period
from runmood.schema.tables import CHECK_IN_HELPED, CHECK_INS, GOALS, REFLECTIONS

if TYPE_CHECKING:
    from runmood.reports.context import ReportData


NIGHT = dt.datetime(2026, 11, 20, 21, tzinfo=dt.UTC)
GOAL = "Let a rest day be a rest day"
QUESTION = "On days when a run falls out I feel heavier than on my planned rest days. What is different about them?"
THOUGHT = "What was different in the weeks that felt lighter?"
EVERYTHING = ("distance", "pace", "kinds", "reasons", "sleep", "stress")
FULL: dict[str, Any] = {
    "findings": ("B2", "A1"),
    "goals": ("0a1b",),
    "notes": ("a1b2", "d4e5"),
    "include": ("reasons", "distance"),
    "question": QUESTION,
    "name": "Robin",
}


def check_in(name: str, **more: Any) -> dict[str, Any]:
    """One row of CHECK_INS on the evening of 20 November."""
    told = {
        "check_in_id": name,
        "felt_at": NIGHT,
        "local_clock": "21:00",
        "utc_offset": "+00:00",
        "local_date": NIGHT.date(),
        "kind": "evening",
        "mood": 6.0,
    }
    return {**told, "source": "hand", **more}


def goal(name: str, words: str, kind: str = "therapeutic") -> dict[str, Any]:
    """One row of GOALS."""
    return {"goal_id": name, "kind": kind, "words": words, "since": dt.date(2026, 1, 5), "state": "open"}


def material(told: ReportData, **more: Any) -> ShareData:
    """What a page of a diary may be made from; what helped is noted on every second day."""
    things = ("running", "talking to someone", "rest", "time outside")
    dates = told.days["local_date"].to_list()[::2]
    days = told.days.with_columns(
        helped=pl.when(pl.col("local_date").is_in(dates)).then(pl.lit(["rest"], pl.List(pl.String)))
    )
    helped = [
        {"check_in_id": f"{number}", "local_date": date, "thing": things[number % len(things)]}
        for number, date in enumerate(dates)
    ]
    notes = [check_in("a1b2c3d4", note="Slept well, and the light on the river was something.")]
    thoughts = [{"reflection_id": "d4e5f6a7", "local_date": dt.date(2026, 11, 1), "occasion": "month",
                 "prompt": THOUGHT, "answer": "More evenings with people."}]  # fmt: skip
    return ShareData(
        **{"days": days, "check_ins": CHECK_INS.frame(notes), "check_in_helped": CHECK_IN_HELPED.frame(helped),
           "goals": GOALS.frame([goal("0a1b2c3d", GOAL), goal("1b2c3d4e", "Run in the forest", "fitness")]),
           "reflections": REFLECTIONS.frame(thoughts), "findings": told.findings, "say": told.say,
           "invented": told.invented, **more}
    )  # fmt: skip


def choice(given: ShareData, **more: Any) -> ShareSelection:
    """The last twelve weeks of the notes, and what else is told."""
    first, last = period(given.days, more.pop("first", None), more.pop("last", None), LAST + dt.timedelta(days=90))
    return ShareSelection(first, last, **more)


def page(told: ReportData, **more: Any) -> SharedPage:
    """The page of a diary."""
    given = material(told)
    return compose(given, choice(given, **more))


def ill_year() -> ReportData:
    """A year of illness: no run, every day tagged, evenings rated now and then."""
    rows = [
        day(
            LAST - dt.timedelta(days=364 - number),
            "no_run",
            mood=3.0 + number % 3 if number % 4 else None,
            tags=["ill"],
        )
        for number in range(365)
    ]
    return diary(rows)


def with_energy(told: ReportData) -> ReportData:
    """The same with an energy a little below the mood of every evening."""
    return replace(told, days=told.days.with_columns(energy_evening=(pl.col("mood_evening") - 0.5).clip(0, 10)))


SHARED = {
    **HOMES,
    "a year of illness": ill_year,
    "one unrated day": lambda: diary([day(LAST, "no_run")]),
    "energy too": lambda: with_energy(full_year()),
    "a week": lambda: with_energy(diary(year_of_days(7))),
}
PERIODS = {"twelve weeks": None, "all of it": dt.date(2016, 11, 25)}
