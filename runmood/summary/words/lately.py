"""The first words: which weeks these were, what was run, how evenings felt, what became of the plan."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.parts import Step
from runmood.summary.period import LATELY, lately
from runmood.summary.usual import usual_weeks
from runmood.summary.words.phrases import (
    capital,
    counted,
    distance,
    figure,
    in_units,
    month,
    plural,
    span,
    spelled,
    weekday_near,
)

if TYPE_CHECKING:
    from runmood.summary.diary import Diary
    from runmood.summary.period import Period

USUAL = dt.timedelta(days=182)  # before the period: what a person's own usual is drawn from
USUAL_NEEDS = 28  # rated evenings
LATELY_NEEDS = 8  # rated evenings
ALIKE = 0.3  # mood points that no one would notice
CLEARLY = 1.0  # mood points
WEEK = 7

SINCE = "Nothing is noted after these weeks; a run or a check-in takes it up again."
FIRST_STEPS = (
    Step("runmood import PATH", "reads the runs from a folder, a watch file or an export zip"),
    Step("runmood check-in", "asks how you feel, in ten seconds"),
)


def told_period(diary: Diary) -> Period:
    """The period that is told: the one asked for, or the six weeks to the last noted day after a long silence."""
    period = diary.period or lately(diary.as_of)
    if period.kind != "lately":
        return period
    known = pl.col("runs").is_not_null() | pl.col("mood_evening").is_not_null()
    noted = diary.days.filter(known)["local_date"].sort()
    return period if noted.is_empty() or noted[-1] > diary.as_of - LATELY else lately(noted[-1])


def period_days(days: pl.DataFrame, period: Period) -> pl.DataFrame:
    """The days told of, none left out from the first that is there; days after the last are unknown."""
    if days.is_empty() or period.last < (begun := days["local_date"].sort()[0]):
        return days.clear()
    first: dt.date = max(begun, period.first) if period.first else begun
    dates = pl.DataFrame({"local_date": pl.date_range(first, period.last, eager=True)})
    dense = dates.join(days, on="local_date", how="left")
    return dense.with_columns(pl.col("day_kind").fill_null("unknown")).sort("local_date")


def heading(days: pl.DataFrame, period: Period, *, home_is_empty: bool) -> str:
    """The six weeks to Sunday 22 November; November 2026; The year 2026."""
    if home_is_empty:
        return "A page with room on it"
    first, last = period.first, period.last
    if first is None:
        return "Everything so far"
    if period.kind == "week":
        return f"The week of {weekday_near(first, last)}"
    if period.kind in ("month", "year"):
        return month(first) if period.kind == "month" else f"The year {first.year}"
    return _six_weeks(days, last)


def _six_weeks(days: pl.DataFrame, last: dt.date) -> str:
    length = (last - days["local_date"][0]).days + 1
    end = f"{weekday_near(last, last)}"
    if length == 1:
        return end
    whole = length % WEEK == 0
    count, unit = (length // WEEK, "week") if whole else (length, "day")
    return f"The {plural(count, unit)} to {end}" if count == 1 else f"The {spelled(count)} {unit}s to {end}"


def span_told(days: pl.DataFrame, period: Period) -> str:
    """12 October to 22 November 2026."""
    named = period.first if period.kind != "lately" else None
    first = days["local_date"][0] if not days.is_empty() else named or period.last
    return span(first, period.last)


def opening(days: pl.DataFrame, diary: Diary, period: Period) -> tuple[str, ...]:
    """What the time was like, in a few sentences; the days before it tell what is usual for this person."""
    if diary.days.is_empty():
        return ("Nothing is here yet, and that is a fine place to begin.", "Two commands fill this page, in any order.")
    if days.is_empty():
        return ("Your notes begin later than this.",)
    before = diary.days.filter(pl.col("local_date") < days["local_date"][0])
    silent = period.kind == "lately" and period.last < diary.as_of
    found = (
        SINCE if silent else "",
        running(days, diary),
        evenings(days, before),
        plan(days),
        apart(days),
    )
    return tuple(filter(None, found))


def running(days: pl.DataFrame, diary: Diary) -> str:
    """How often and how far, beside the person's usual weeks; says nothing of days that no import covers."""
    if days["runs"].is_null().all():
        return ""
    runs, far = int(days["runs"].sum()), float(days["distance_m"].sum())
    if not runs:
        return "There were no runs in this time. Quiet weeks belong to running too."
    often = "once" if runs == 1 else "twice" if runs == 2 else f"{spelled(runs)} times"  # noqa: PLR2004 - as counted
    if not far:
        return f"You ran {often}; no distance was recorded."
    if runs == 1:
        return f"You ran once: {distance(far, diary.units)}."
    if days.height <= 2 * WEEK:
        return f"You ran {often}, {distance(far, diary.units)} in all."
    weekly = far / days["runs"].count() * WEEK
    told = f"You ran {often}, {distance(far, diary.units)} in all, "
    return told + f"about {distance(weekly, diary.units, whole=True)} a week{_usual_distance(weekly, days, diary)}."


def _usual_distance(weekly: float, days: pl.DataFrame, diary: Diary) -> str:
    """Where a week's mean stands beside the middle half of the weeks before."""
    usual = usual_weeks(diary, days["local_date"][0], "distance_m")
    if usual is None or days["runs"].is_null().any():
        return ""
    side = "less than" if weekly < usual[0] else "more than" if weekly > usual[1] else "within"
    low, high = (f"{in_units(end, diary.units):,.0f}" for end in usual)
    return f", {side} your usual {low} to {high}"


def evenings(days: pl.DataFrame, before: pl.DataFrame) -> str:
    """How the evenings felt, beside the person's own usual where enough of both are rated."""
    rated = days["mood_evening"].drop_nulls()
    if rated.is_empty():
        return "No evening was rated in this time; one check-in makes a beginning."
    if rated.len() == 1:
        return f"You rated one evening: {figure(rated[0])} out of 10."
    which = "every evening" if rated.len() == days.height else f"{rated.len():,} of {days.height:,} evenings"
    mean = float(rated.sum()) / rated.len()
    usual = _beside_usual(mean, rated.len(), days["local_date"][0], before)
    return f"You rated {which}, on average {figure(mean)} out of 10{usual}."


def _beside_usual(mean: float, count: int, first: dt.date, before: pl.DataFrame) -> str:
    """Beside the half-year before; in so many words only where enough evenings carry them."""
    recent = before.filter(pl.col("local_date") > first - USUAL)
    usual = recent["mood_evening"].drop_nulls()
    if usual.len() < USUAL_NEEDS:
        return ""
    usual_mean = float(usual.sum()) / usual.len()
    if count < LATELY_NEEDS:
        return f"; in the half-year before it was {figure(usual_mean)}"
    return f": {_compared(mean - usual_mean)}, {figure(usual_mean)} in the half-year before"


def _compared(difference: float) -> str:
    side = "higher" if difference > 0 else "lower"
    if abs(difference) < ALIKE:
        return "much like your usual"
    return f"a little {side} than your usual" if abs(difference) < CLEARLY else f"{side} than your usual"


def plan(days: pl.DataFrame) -> str:
    """What became of planned rest and planned runs; rest is named first and counts as much."""
    kinds = dict(days["day_kind"].value_counts().iter_rows())
    rested, ran_instead = kinds.get("planned rest", 0), kinds.get("run on rest", 0)
    ran, other = kinds.get("planned run", 0), kinds.get("missed run", 0) + kinds.get("partly met", 0)
    rests, runs = rested + ran_instead, ran + other
    parts = [_kept(rested, rests, "planned rest day", "kept") if rests else "",
             _kept(ran, runs, "planned run", "done") if runs else ""]  # fmt: skip
    told = " and ".join(filter(None, parts))
    if not told:
        return ""
    both = "; rest counts as much as running" if rested else ""
    return f"{capital(told)}{both}."


def _kept(done: int, planned: int, noun: str, verb: str) -> str:
    if planned == 1:
        return f"one {noun} was {verb}" if done else f"one {noun} went another way"
    if not done:
        return f"the {planned:,} {plural(planned, noun)} went another way"
    nouns, were = plural(planned, noun), plural(done, "was", "were")
    return (
        f"all {planned:,} {nouns} were {verb}" if done == planned else f"{done:,} of {planned:,} {nouns} {were} {verb}"
    )


def _meant(days: pl.DataFrame) -> str:
    """What was planned for the days, where nothing else is known of them."""
    runs, rests = ((days["planned"] == planned).sum() for planned in ("run", "rest"))
    if not runs and not rests:
        return ""
    return f" Planned for them: {counted(int(runs), 'run')} and {counted(int(rests), 'rest')}."


def apart(days: pl.DataFrame) -> str:
    """How many days are marked as set apart."""
    count = int(days["set_apart"].fill_null(value=False).sum())
    if not count:
        return ""
    which = "Every day is" if count == days.height else f"{counted(count, 'day')} {plural(count, 'is', 'are')}"
    return f"{which} marked as ill, injured, travel or a major event; comparisons leave such days out."


def unknown(days: pl.DataFrame) -> str:
    """How many days no import covers; a day that is not known is not a day of rest."""
    count = int(days["runs"].is_null().sum())
    if not count:
        return ""
    if count == days.height:
        return f"Whether you ran is not known: no import covers these days yet.{_meant(days)}"
    noun = counted(count, "day")
    return f"For {noun} it is not known whether you ran, so {plural(count, 'it stands', 'they stand')} apart from rest."
