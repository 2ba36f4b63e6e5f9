"""What has changed lately: evenings, load, effort and how somebody feels, each beside the time before."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.findings.stats.windows import known, mean, share, spread, total, trailing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runmood.findings.evaluation import EvaluationContext
    from runmood.findings.stats.windows import Counts, Flags, Numbers


HALF_YEAR = dt.timedelta(days=182)

FEWEST_EVENINGS = 8  # rated evenings before the first and after the last change
FEWEST_BETWEEN = 14  # and between two: a week of bad evenings is no level of its own
CLEAR = 1.5  # points between the means of both sides
CLEAR_SPREADS = 1.5  # and so many standard deviations within the sides, so that ups and downs are no change


@dataclass(frozen=True, slots=True)
class MoodChange:
    """A change of the evenings' mood: the last rated day before, the first one since, and both means.

    `rated_before` and `rated_since` count the rated evenings behind the means. `earlier` is the change before this one,
    such as the fall before a return; its `now` is this one's `before`.
    """

    until: dt.date
    since: dt.date
    before: float
    now: float
    rated_before: int
    rated_since: int
    earlier: MoodChange | None = None


def find_mood_change(dates: Sequence[dt.date], moods: Sequence[float]) -> MoodChange | None:
    """Return the last clear change of level in rated evenings, in order of their days; None where there is none.

    A fall and a return, or a rise and a fall, are looked for first, so that neither hides in a mean of both; then one
    change. The days are those that leave the least squared distance from the means of the sides: change points of
    steps, as in Hinkley 1970, doi:10.1093/biomet/57.1.1. It describes the notes and tests nothing.
    """
    values = np.asarray(moods, dtype=float)
    for cuts in (_best_two_cuts(values), _best_cut(values)):
        if cuts and (levels := _clear_levels(values, cuts)):
            return _changes(dates, cuts, levels)
    return None


def _best_cut(values: Numbers) -> tuple[int, ...]:
    """Return where one cut leaves the least squares within both sides; none where an end is too near to date it."""
    count = len(values)
    if count < 2 * FEWEST_EVENINGS:
        return ()
    sums, at = _sums(values), np.arange(1, count)
    best = int(at[np.argmax(_explained(sums, 0, at) + _explained(sums, at, count))])
    return (best,) if FEWEST_EVENINGS <= best <= count - FEWEST_EVENINGS else ()


def _best_two_cuts(values: Numbers) -> tuple[int, ...]:
    """Return where two cuts leave the least squares within three stretches; none where one is too short to date it."""
    count = len(values)
    if count < 2 * FEWEST_EVENINGS + FEWEST_BETWEEN:
        return ()
    sums = _sums(values)
    best, first, second = -np.inf, 0, 0
    for at in range(1, count - 1):
        then = np.arange(at + 1, count)
        explained = _explained(sums, at, then) + _explained(sums, then, count) + _explained(sums, 0, at)
        if explained.max() > best:
            best, first, second = float(explained.max()), at, int(then[np.argmax(explained)])
    enough = first >= FEWEST_EVENINGS and second - first >= FEWEST_BETWEEN and count - second >= FEWEST_EVENINGS
    return (first, second) if enough else ()


def _sums(values: Numbers) -> Numbers:
    """Return the sum of the first values, for each number of them."""
    return np.concatenate([[0.0], np.cumsum(values)])


def _explained(sums: Numbers, start: int | Counts, end: int | Counts) -> Numbers:
    """Return how much of the sum of squares the mean of the values from a start to an end takes."""
    return np.asarray((sums[end] - sums[start]) ** 2 / (np.asarray(end) - start))


def _clear_levels(values: Numbers, cuts: tuple[int, ...]) -> list[float]:
    """Return the mean of each stretch between the cuts; none unless each differs clearly from the next."""
    stretches = np.split(values, cuts)
    levels = [float(stretch.mean()) for stretch in stretches]
    within = sum(float(((stretch - level) ** 2).sum()) for stretch, level in zip(stretches, levels, strict=True))
    deviation = (within / (len(values) - len(levels))) ** 0.5
    steps = [now - before for before, now in itertools.pairwise(levels)]
    turns = all(step * then < 0 for step, then in itertools.pairwise(steps))  # a long fall is one change, not two
    return levels if turns and min(map(abs, steps)) >= max(CLEAR, CLEAR_SPREADS * deviation) else []


def _changes(dates: Sequence[dt.date], cuts: tuple[int, ...], levels: list[float]) -> MoodChange | None:
    change = None
    ends = (0, *cuts, len(dates))
    for number, at in enumerate(cuts):
        before, now = levels[number], levels[number + 1]
        rated_before, rated_since = at - ends[number], ends[number + 2] - at
        change = MoodChange(dates[at - 1], dates[at], before, now, rated_before, rated_since, change)
    return change


def find_last_change(days: pl.DataFrame, last: dt.date) -> MoodChange | None:
    """Return the last clear change of the half-year up to a day, so that every page names the same date.

    Args:
        days: Rows of DAYS, of the half-year or more.
        last: The last day.
    """
    lately = pl.col("local_date").is_between(last - HALF_YEAR, last)
    rated = days.filter(lately, pl.col("mood_evening").is_not_null()).sort("local_date")
    return find_mood_change(rated["local_date"].to_list(), rated["mood_evening"].to_list())


SCORE_SIGNS = {"mood_evening": 1, "energy_evening": 1, "sleep": 1, "tiredness": -1, "soreness": -1, "stress": -1}
MOOD_AND_ENERGY = slice(0, 2)  # mood and energy: a day without either has no W
AT_LEAST = 2  # of SCORE_SIGNS on a day
WELLNESS_LATELY, WELLNESS_BEFORE = 14, 56  # days
RATED_BEFORE_NEEDED, RATED_LATELY_NEEDED = 28, 8  # rated days
FLAT, FLAT_W = 0.5, 0.3  # least standard deviation: of a score in points, of W


@dataclass(frozen=True, slots=True)
class Wellness:
    """One entry a night."""

    lately: Numbers  # mean of the last 14 days in own standard deviations of W; nan while days are lacking
    rated_lately: Counts
    rated_before: Counts

    @property
    def lacking(self) -> dict[str, Counts]:
        """Return how many rated days are still missing."""
        before, lately = RATED_BEFORE_NEEDED - self.rated_before, RATED_LATELY_NEEDED - self.rated_lately
        return {"rated_days_before": before, "rated_days_lately": lately}


@lru_cache(maxsize=2)
def compute_wellness(context: EvaluationContext, *, outcomes: bool = False) -> Wellness:
    """Compute how well every night's last 14 days were, against the 56 days before them.

    Args:
        context: the days.
        outcomes: whether an evening's mood and energy count only where they came after the day's run, or at like hours.

    Returns:
        Means of W in own standard deviations, with how many days they rest on, by night.
    """
    scores = np.column_stack([sign * context.column(name) for name, sign in SCORE_SIGNS.items()])
    if outcomes:
        scores[context.left_out, MOOD_AND_ENERGY] = np.nan
    before, lately = trailing(scores, WELLNESS_BEFORE, until=WELLNESS_LATELY), trailing(scores, WELLNESS_LATELY)
    usual, wide = mean(before)[..., np.newaxis], np.maximum(spread(before), FLAT)[..., np.newaxis]
    usual = np.where(known(before)[..., np.newaxis] >= RATED_BEFORE_NEEDED, usual, np.nan)
    w_before, w_lately = _daily_wellness((before - usual) / wide), _daily_wellness((lately - usual) / wide)
    rated_before, rated_lately = known(w_before), known(w_lately)
    difference = (mean(w_lately) - mean(w_before)) / np.maximum(spread(w_before), FLAT_W)
    enough = (rated_before >= RATED_BEFORE_NEEDED) & (rated_lately >= RATED_LATELY_NEEDED)
    return Wellness(np.where(enough, difference, np.nan), rated_lately, rated_before)


def _daily_wellness(scores: Numbers) -> Numbers:
    """Return W of each day of each night's window, nights x days, from nights x scores x days."""
    count = known(scores, axis=1)
    has_mood_or_energy = known(scores[:, MOOD_AND_ENERGY], axis=1) > 0
    return np.where((count >= AT_LEAST) & has_mood_or_energy, share(total(scores, axis=1), count), np.nan)


LOAD_LATELY, LOAD_BEFORE, USUALLY = 21, 42, 180  # days
KNOWN = 0.7  # share of a window's days of which it must be known whether there was a run
AS_USUAL = 0.7  # of the usual running days must lie in the 42: after a break every load is high
WITH_LOAD = 0.8  # of the window's running days must have a load, else minutes stand in for all of them
EFFORT_MINUTES, MINUTES = "effort minutes", "minutes"


@dataclass(frozen=True, slots=True)
class LoadRise:
    """One entry a night."""

    ratio: Numbers  # load a day lately by load a day before; nan where days are lacking
    after_a_break: Flags  # whether the weeks before held far fewer running days than usual
    by_effort: Flags  # in effort minutes, else in minutes: one of them for the whole window
    lacking: dict[str, Counts]

    @property
    def unit(self) -> list[str]:
        """Return the unit of load of each night, in words."""
        return [EFFORT_MINUTES if effort else MINUTES for effort in self.by_effort.tolist()]


def compute_load_rise(context: EvaluationContext) -> LoadRise:
    """Compute how load has risen by every night. Unknown days are not rest, and no window mixes two units."""
    ran = np.where(np.isnan(context.column("runs")), np.nan, context.column("runs") > 0)
    minutes = np.where(ran > 0, context.column("moving_s") / 60, ran)
    load = np.where(ran > 0, context.column("load"), ran)
    with_load = known(trailing(np.where(ran > 0, load, np.nan), LOAD_LATELY + LOAD_BEFORE))
    by_effort = with_load >= WITH_LOAD * np.maximum(total(trailing(ran, LOAD_LATELY + LOAD_BEFORE)), 1)
    before, lately = known(trailing(ran, LOAD_BEFORE, until=LOAD_LATELY)), known(trailing(ran, LOAD_LATELY))
    lacking = {"known_days_before": _few(before, LOAD_BEFORE), "known_days_lately": _few(lately, LOAD_LATELY)}
    ratio = np.where(by_effort, _ratio(ran, load), _ratio(ran, minutes))
    enough = np.logical_and.reduce([days <= 0 for days in lacking.values()])
    usual = mean(trailing(ran, USUALLY))
    rarely = mean(trailing(ran, LOAD_BEFORE, until=LOAD_LATELY)) < AS_USUAL * usual
    return LoadRise(np.where(enough, ratio, np.nan), rarely, by_effort, lacking)


def _ratio(ran: Numbers, load: Numbers) -> Numbers:
    """Return load a day lately by load a day before."""
    return share(_a_day(trailing(ran, LOAD_LATELY), trailing(load, LOAD_LATELY)), _before(ran, load))


def _before(ran: Numbers, load: Numbers) -> Numbers:
    return _a_day(trailing(ran, LOAD_BEFORE, until=LOAD_LATELY), trailing(load, LOAD_BEFORE, until=LOAD_LATELY))


def _a_day(ran: Numbers, load: Numbers) -> Numbers:
    """Return load a known day: a running day without a load counts as an average one, an unknown day not at all."""
    measured = known(np.where(ran > 0, load, np.nan))
    return np.where(total(ran) > 0, mean(ran) * share(total(load), measured), 0.0)


def _few(days: Counts, span: int) -> Counts:
    return np.asarray(np.ceil(KNOWN * span) - days, dtype=np.int64)


EFFORT_LATELY, EFFORT_BEFORE = 14, 42  # days
RUNS_LATELY_NEEDED, RUNS_BEFORE_NEEDED = 4, 8  # runs
MEANT_TO_BE_HARD = ("hard", "race")


@dataclass(frozen=True, slots=True)
class PerceivedEffort:
    """How ordinary runs felt lately and in the weeks before, one entry a night."""

    lately: Numbers
    before: Numbers
    runs_lately: Counts
    runs_before: Counts

    @property
    def change(self) -> Numbers:
        """Return how much harder lately, in points of 10; nan while runs are lacking."""
        enough = (self.runs_lately >= RUNS_LATELY_NEEDED) & (self.runs_before >= RUNS_BEFORE_NEEDED)
        return np.where(enough, self.lately - self.before, np.nan)


@lru_cache(maxsize=3)
def compare_efforts(context: EvaluationContext, name: str) -> PerceivedEffort:
    """Return a column of runs, lately and before, over runs with an effort that were not meant to be hard."""
    sums, counts = _efforts_by_day(context, name)
    lately, before = (trailing(values, EFFORT_LATELY) for values in (sums, counts))
    earlier, earlier_counts = (trailing(values, EFFORT_BEFORE, until=EFFORT_LATELY) for values in (sums, counts))
    runs = [np.asarray(total(windows), dtype=np.int64) for windows in (before, earlier_counts)]
    return PerceivedEffort(share(total(lately), runs[0]), share(total(earlier), runs[1]), *runs)


def _efforts_by_day(context: EvaluationContext, name: str) -> tuple[Numbers, Numbers]:
    """Return sum and number of the values of each day's runs."""
    meant = pl.col("tags").list.eval(pl.element().is_in(MEANT_TO_BE_HARD)).list.any().fill_null(value=False)
    runs = context.runs.filter(~meant).drop_nulls(["effort", name])
    number = context.day_index(runs["local_date"])
    inside = (number >= 0) & (number < len(context.nights))
    length, values = len(context.nights), runs[name].cast(pl.Float64).to_numpy()
    weights = (values[inside], np.ones(inside.sum()))
    sums, counts = (np.bincount(number[inside], each, length).astype(np.float64) for each in weights)
    return sums, counts
