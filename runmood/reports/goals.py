"""The goals: what the last four weeks came to, a week, and how that is told, on the page and in the terminal alike."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import polars as pl

from runmood.core.enums import GoalMeasure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from runmood.core.i18n import Translator


WEEKS = dt.timedelta(weeks=4)
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
    lately = days.filter(pl.col("local_date").is_between(last - WEEKS, last, closed="right"))
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
