"""How things stand on a day: whether the person is ill or injured, which run to ask for, and how far the goals are."""

from __future__ import annotations

import datetime as dt
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import polars as pl

from runmood.core.enums import Care, DayKind, GoalMeasure, KnownFrom

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from runmood.core.i18n import Translator
    from runmood.reports.context import ReportData


QUIET = dt.timedelta(days=10)  # without a word it still counts for so long
WELL_AGAIN = 3  # days with a check-in that no longer says so
ASKED_FOR = dt.timedelta(days=14)
GOAL_WEEKS = dt.timedelta(weeks=4)
OF_RUNNING = (GoalMeasure.RUNS, GoalMeasure.DISTANCE, GoalMeasure.RESTS, GoalMeasure.LONGEST_RUN)
RUNNING = ("running", "nothing")  # what helped and is not another thing
OTHER_THINGS = pl.col("helped").list.set_difference(pl.lit(RUNNING, pl.List(pl.String))).list.len()
A_WEEK: dict[str, pl.Expr] = {
    GoalMeasure.RUNS: pl.col("runs").sum(),
    GoalMeasure.DISTANCE: pl.col("distance_m").sum(),
    GoalMeasure.RESTS: (pl.col("runs") == 0).sum(),
    GoalMeasure.CHECK_INS: pl.col("check_ins").sum(),
    GoalMeasure.OTHER_THINGS: OTHER_THINGS.sum(),
}
IN_ALL: dict[str, pl.Expr] = {
    GoalMeasure.LONGEST_RUN: pl.col("longest_m").max(),
    GoalMeasure.EVENING_MOOD: pl.col("mood_evening").mean(),
}


def ill_or_injured_since(days: pl.DataFrame, last: dt.date) -> dt.date | None:
    """Return the first day of an illness or injury that still lasts on a day; None where none does.

    It lasts from the day that the person named until they say that they are better. Where they only tagged days, a run
    ends it, three days with a check-in that does not say so, or ten days without a word.

    Args:
        days: rows of DAYS.
        last: the day to look from.
    """
    past = days.filter(pl.col("local_date") <= last).sort("local_date")
    told = _since(past, Care.ILL, Care.INJURED)
    if told is None and _since(past, Care.RETURNING, Care.RECOVERED):
        return None
    tagged = _tagged_since(past, last)
    return min((each for each in (told, tagged) if each), default=None)


def coming_back_since(days: pl.DataFrame, last: dt.date) -> dt.date | None:
    """Return since when the person is coming back from an illness or injury on a day; None where they are not."""
    return _since(days.filter(pl.col("local_date") <= last).sort("local_date"), Care.RETURNING)


def _since(past: pl.DataFrame, *states: Care) -> dt.date | None:
    """Return the first of the days in a row, up to the last one, that stand so."""
    days = sum(1 for _ in takewhile({str(state) for state in states}.__contains__, reversed(past["care"].to_list())))
    first: dt.date | None = past["local_date"][-days] if days else None
    return first


def _tagged_since(past: pl.DataFrame, last: dt.date) -> dt.date | None:
    """Return since when tags and reasons say so."""
    ill: list[dt.date] = past.filter(pl.col("day_kind") == DayKind.ILL_OR_INJURED.value)["local_date"].to_list()
    if not ill or last - ill[-1] > QUIET:
        return None
    since = past.filter(pl.col("local_date") > ill[-1])
    if since.filter(pl.col("runs") > 0).height or since.filter(pl.col("check_ins") > 0).height >= WELL_AGAIN:
        return None
    ran = set(past.filter(pl.col("runs") > 0)["local_date"].to_list())
    first = ill[-1]
    for day in reversed(ill[:-1]):
        if first - day > QUIET or any(day < run < first for run in ran):
            break
        first = day
    return first


def care_of(data: ReportData) -> dt.date | None:
    """Return since when the person of a report is ill or injured on its last day; None where they are not."""
    last = data.period.last if data.period else data.as_of
    return ill_or_injured_since(data.days, last)


def return_of(data: ReportData) -> dt.date | None:
    """Return since when the person of a report is coming back on its last day; None where they are not."""
    last = data.period.last if data.period else data.as_of
    return coming_back_since(data.days, last)


def day_to_ask(
    days: pl.DataFrame, today: dt.date, is_told: Callable[[dt.date], object] = lambda _: False
) -> dt.date | None:
    """Return the latest planned run of the two weeks before today that no file holds and nobody told of; or null.

    Args:
        days: rows of DAYS.
        today: the day on which it is asked; it is not asked for itself.
        is_told: whether something was told of a day since `days` were made.
    """
    lately = pl.col("local_date").is_between(today - ASKED_FOR, today, closed="left")
    missed = days.filter(lately, day_kind=DayKind.MISSED_RUN, known_from=KnownFrom.DEVICE)["local_date"]
    return max((day for day in missed if not is_told(day)), default=None)


def goal_progress(days: pl.DataFrame, measures: Iterable[str], last: dt.date) -> dict[str, float]:
    """Measure each goal over the 28 days to the last one.

    What is counted a week is scaled to the days that are known, so that a late import does not look like fewer runs.

    Args:
        days: rows of DAYS.
        measures: names of GOAL_MEASURES.
        last: the last day measured.

    Returns:
        The value of each measure, in metres, points or times a week; those of running are left out where fewer
        than half of the days are known.
    """
    lately = days.filter(pl.col("local_date").is_between(last - GOAL_WEEKS, last, closed="right"))
    known = lately.filter(pl.col("runs").is_not_null()).height
    values = {measure: _measure(measure, lately, known) for measure in measures}
    return {measure: value for measure, value in values.items() if value is not None}


def format_progress(say: Translator, goal: Mapping[str, Any], stands: Mapping[str, float], *, waits: bool) -> str:
    """Word a goal's measure, where it stands and its target.

    Args:
        say: the words.
        goal: a row of GOALS.
        stands: what each measure came to, as `goal_progress` gives it.
        waits: whether goals of running wait, because the person is ill or injured.

    Returns:
        A sentence; empty for a goal in words alone.
    """
    measure = goal["measure"]
    if not measure:
        return ""
    if waits and measure in OF_RUNNING:
        return say("goal.rests")
    amount = say.distance if GoalMeasure(measure).unit == "m" else say.figure
    words = {"measure": say.choice("measure", measure), "wished": amount(goal["target"])}
    if measure not in stands:
        return say("goal.stands_unknown", **words)
    return say("goal.stands", **words, amount=amount(stands[measure]))


def _measure(measure: str, lately: pl.DataFrame, known: int) -> float | None:
    if measure in IN_ALL:
        value = lately.select(IN_ALL[measure]).item()
        return None if value is None else float(value)
    of_runs = measure in (GoalMeasure.RUNS, GoalMeasure.DISTANCE, GoalMeasure.RESTS)
    if of_runs and 2 * known < lately.height:
        return None  # too few days are known to say anything of a week
    day_count = known if of_runs else lately.height
    return float(lately.select(A_WEEK[measure]).item()) * 7 / day_count if day_count else None
