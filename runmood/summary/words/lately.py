"""The first words: which weeks these were, what was run, how evenings felt, what became of the plan."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.parts import Step
from runmood.summary.words.phrases import (
    capital,
    counted,
    distance,
    figure,
    plural,
    span,
    spelled,
    weekday_near,
)

if TYPE_CHECKING:
    from runmood.summary.diary import Diary, Units

PERIOD = dt.timedelta(days=42)
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


def last_told(days: pl.DataFrame, as_of: dt.date) -> dt.date:
    """The day the weeks are told up to: the last day, or the last noted one when nothing is known of six weeks."""
    known = pl.col("runs").is_not_null() | pl.col("mood_evening").is_not_null()
    noted = days.filter(known)["local_date"].sort()
    return as_of if noted.is_empty() or noted[-1] > as_of - PERIOD else noted[-1]


def period_days(days: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """The days told of: the last six weeks, or all of them when there are fewer; days after the last are unknown."""
    if days.is_empty():
        return days
    first: dt.date = max(days["local_date"].sort()[0], as_of - PERIOD + dt.timedelta(days=1))
    dates = pl.DataFrame({"local_date": pl.date_range(first, as_of, eager=True)})
    dense = dates.join(days, on="local_date", how="left")
    return dense.with_columns(pl.col("day_kind").fill_null("unknown")).sort("local_date")


def heading(days: pl.DataFrame, as_of: dt.date) -> str:
    """The six weeks to Sunday 22 November."""
    if days.is_empty():
        return "A page with room on it"
    length = (as_of - days["local_date"][0]).days + 1
    end = f"{weekday_near(as_of, as_of)}"
    if length == 1:
        return end
    whole = length % WEEK == 0
    count, unit = (length // WEEK, "week") if whole else (length, "day")
    return f"The {plural(count, unit)} to {end}" if count == 1 else f"The {spelled(count)} {unit}s to {end}"


def period(days: pl.DataFrame, as_of: dt.date) -> str:
    """12 October to 22 November 2026."""
    return span(as_of if days.is_empty() else days["local_date"][0], as_of)


def opening(days: pl.DataFrame, diary: Diary) -> tuple[str, ...]:
    """Up to five sentences on the period; the diary's days tell what is usual for this person."""
    if days.is_empty():
        return ("Nothing is here yet, and that is a fine place to begin.", "Two commands fill this page, in any order.")
    before = diary.days.filter(pl.col("local_date") < days["local_date"][0])
    since = "" if days["local_date"][-1] == diary.as_of else SINCE
    found = (since, running(days, diary.units), evenings(days, before), plan(days), unknown(days))
    return tuple(filter(None, found))


def running(days: pl.DataFrame, units: Units) -> str:
    """How often and how far; says nothing of days that no import covers."""
    if days["runs"].is_null().all():
        return ""
    runs, far = int(days["runs"].sum()), float(days["distance_m"].sum())
    if not runs:
        return "There were no runs in this time. Quiet weeks belong to running too."
    often = "once" if runs == 1 else "twice" if runs == 2 else f"{spelled(runs)} times"  # noqa: PLR2004 - as counted
    if not far:
        return f"You ran {often}; no distance was recorded."
    if runs == 1:
        return f"You ran once: {distance(far, units)}."
    weeks = days.height / WEEK
    weekly = f", about {distance(far / weeks, units, whole=True)} a week" if days.height > 2 * WEEK else ""
    return f"You ran {often}, {distance(far, units)} in all{weekly}."


def evenings(days: pl.DataFrame, before: pl.DataFrame) -> str:
    """How the evenings felt, beside the person's own usual where enough of both are rated."""
    rated = days["mood_evening"].drop_nulls()
    if rated.is_empty():
        return "No evening was rated in this time; one check-in makes a beginning."
    if rated.len() == 1:
        return f"You rated one evening: {figure(rated[0])} out of 10."
    which = "every evening" if rated.len() == days.height else f"{rated.len()} of {days.height} evenings"
    mean = float(rated.sum()) / rated.len()
    usual = _beside_usual(mean, rated.len(), days["local_date"][0], before)
    return f"You rated {which}, on average {figure(mean)} out of 10{usual}."


def _beside_usual(mean: float, count: int, first: dt.date, before: pl.DataFrame) -> str:
    if count < LATELY_NEEDS:
        return ""
    recent = before.filter(pl.col("local_date") > first - USUAL)
    usual = recent["mood_evening"].drop_nulls()
    if usual.len() < USUAL_NEEDS:
        return ""
    usual_mean = float(usual.sum()) / usual.len()
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
    ran, missed = kinds.get("planned run", 0), kinds.get("missed run", 0)
    rests, runs = rested + ran_instead, ran + missed
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
        return f"the {planned} {plural(planned, noun)} went another way"
    nouns, were = plural(planned, noun), plural(done, "was", "were")
    return f"all {planned} {nouns} were {verb}" if done == planned else f"{done} of {planned} {nouns} {were} {verb}"


def _meant(days: pl.DataFrame) -> str:
    """What was planned for the days, where nothing else is known of them."""
    runs, rests = ((days["planned"] == planned).sum() for planned in ("run", "rest"))
    if not runs and not rests:
        return ""
    return f" Planned for them: {counted(int(runs), 'run')} and {counted(int(rests), 'rest')}."


def unknown(days: pl.DataFrame) -> str:
    """How many days no import covers; a day that is not known is not a day of rest."""
    count = int(days["runs"].is_null().sum())
    if not count:
        return ""
    if count == days.height:
        return f"Whether you ran is not known: no import covers these days yet.{_meant(days)}"
    noun = counted(count, "day")
    return f"For {noun} it is not known whether you ran, so {plural(count, 'it stands', 'they stand')} apart from rest."
