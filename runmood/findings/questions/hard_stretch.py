"""Whether more was run lately than in the weeks before: load of 21 days beside that of the 42 days before them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.findings.base import QuestionResult, to_rows
from runmood.findings.specs import HARD_STRETCH, RUNS_FELT_HARDER
from runmood.findings.stats.windows import (
    any_in_window,
    held_for,
    known,
    mean,
    run_lengths,
    share,
    spread,
    total,
    trailing,
)

if TYPE_CHECKING:
    from runmood.findings.base import EvaluationContext, Told
    from runmood.findings.stats.windows import Counts, Flags, Numbers


LATELY, BEFORE, USUALLY = 21, 42, 180  # days
KNOWN = 0.7  # share of a window's days of which it must be known whether there was a run
AS_USUAL = 0.7  # of the usual running days must lie in the 42: after a break every load is high
WITH_LOAD = 0.8  # of the window's running days must have a load, else minutes stand in for all of them
EFFORT_MINUTES, MINUTES = "effort minutes", "minutes"


@dataclass(frozen=True, slots=True)
class Rise:
    """One entry a night."""

    ratio: Numbers  # load a day lately by load a day before; nan where days are lacking
    after_a_break: Flags  # whether the weeks before held far fewer running days than usual
    by_effort: Flags  # in effort minutes, else in minutes: one of them for the whole window
    lacking: dict[str, Counts]

    @property
    def unit(self) -> list[str]:
        """The unit of load, in words."""
        return [EFFORT_MINUTES if effort else MINUTES for effort in self.by_effort.tolist()]


def rise_of(notes: EvaluationContext) -> Rise:
    """How load has risen by every night. Unknown days are not rest, and no window mixes two units."""
    ran = np.where(np.isnan(notes.day("runs")), np.nan, notes.day("runs") > 0)
    minutes = np.where(ran > 0, notes.day("moving_s") / 60, ran)
    load = np.where(ran > 0, notes.day("load"), ran)
    with_load = known(trailing(np.where(ran > 0, load, np.nan), LATELY + BEFORE))
    by_effort = with_load >= WITH_LOAD * np.maximum(total(trailing(ran, LATELY + BEFORE)), 1)
    before, lately = known(trailing(ran, BEFORE, until=LATELY)), known(trailing(ran, LATELY))
    lacking = {"known_days_before": _few(before, BEFORE), "known_days_lately": _few(lately, LATELY)}
    ratio = np.where(by_effort, _ratio(ran, load), _ratio(ran, minutes))
    enough = np.logical_and.reduce([days <= 0 for days in lacking.values()])
    usual = mean(trailing(ran, USUALLY))
    rarely = mean(trailing(ran, BEFORE, until=LATELY)) < AS_USUAL * usual
    return Rise(np.where(enough, ratio, np.nan), rarely, by_effort, lacking)


def _ratio(ran: Numbers, load: Numbers) -> Numbers:
    """Load a day lately by load a day before."""
    return share(_a_day(trailing(ran, LATELY), trailing(load, LATELY)), _before(ran, load))


def _before(ran: Numbers, load: Numbers) -> Numbers:
    return _a_day(trailing(ran, BEFORE, until=LATELY), trailing(load, BEFORE, until=LATELY))


def _a_day(ran: Numbers, load: Numbers) -> Numbers:
    """Load a known day: a running day without a load counts as an average one, an unknown day not at all."""
    measured = known(np.where(ran > 0, load, np.nan))
    return np.where(total(ran) > 0, mean(ran) * share(total(load), measured), 0.0)


def _few(days: Counts, span: int) -> Counts:
    return np.asarray(np.ceil(KNOWN * span) - days, dtype=np.int64)


# --- How well somebody has felt lately, beside how they usually feel: W.

SAID = {"mood_evening": 1, "energy_evening": 1, "sleep": 1, "tiredness": -1, "soreness": -1, "stress": -1}
OF_THE_SELF = slice(0, 2)  # mood and energy: a day without either has no W
AT_LEAST = 2  # of SAID on a day
LATELY_WELLNESS, BEFORE_WELLNESS = 14, 56  # days
BEFORE_NEEDED, LATELY_NEEDED = 28, 8  # rated days
FLAT, FLAT_W = 0.5, 0.3  # least standard deviation: of a score in points, of W


@dataclass(frozen=True, slots=True)
class Wellness:
    """One entry a night."""

    lately: Numbers  # mean of the last 14 days in own standard deviations of W; nan while days are lacking
    rated_lately: Counts
    rated_before: Counts

    @property
    def lacking(self) -> dict[str, Counts]:
        """Rated days that are still missing."""
        before, lately = BEFORE_NEEDED - self.rated_before, LATELY_NEEDED - self.rated_lately
        return {"rated_days_before": before, "rated_days_lately": lately}


@lru_cache(maxsize=1)
def wellness_of(notes: EvaluationContext) -> Wellness:
    """How well every night's last 14 days were, against the 56 days before them."""
    said = np.column_stack([sign * notes.day(name) for name, sign in SAID.items()])
    before, lately = trailing(said, BEFORE_WELLNESS, until=LATELY_WELLNESS), trailing(said, LATELY_WELLNESS)
    usual, wide = mean(before)[..., np.newaxis], np.maximum(spread(before), FLAT)[..., np.newaxis]
    usual = np.where(known(before)[..., np.newaxis] >= BEFORE_NEEDED, usual, np.nan)
    w_before, w_lately = _daily((before - usual) / wide), _daily((lately - usual) / wide)
    rated_before, rated_lately = known(w_before), known(w_lately)
    difference = (mean(w_lately) - mean(w_before)) / np.maximum(spread(w_before), FLAT_W)
    enough = (rated_before >= BEFORE_NEEDED) & (rated_lately >= LATELY_NEEDED)
    return Wellness(np.where(enough, difference, np.nan), rated_lately, rated_before)


def _daily(scores: Numbers) -> Numbers:
    """W of each day of each night's window, from nights x scores x days."""
    said = known(scores, axis=1)
    of_the_self = known(scores[:, OF_THE_SELF], axis=1) > 0
    return np.where((said >= AT_LEAST) & of_the_self, share(total(scores, axis=1), said), np.nan)


# --- A6: whether ordinary runs felt harder lately; and how pace and heart rate stood, in neutral figures.

LATELY_HARDER, BEFORE_HARDER = 14, 42  # days
LATELY_NEEDED_HARDER, BEFORE_NEEDED_HARDER = 4, 8  # runs
HARDER = 0.5  # of 10
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
        """How much harder lately; nan while runs are lacking."""
        enough = (self.runs_lately >= LATELY_NEEDED_HARDER) & (self.runs_before >= BEFORE_NEEDED_HARDER)
        return np.where(enough, self.lately - self.before, np.nan)


@lru_cache(maxsize=3)
def felt(notes: EvaluationContext, name: str) -> PerceivedEffort:
    """A column of runs, lately and before; of runs with an effort that were not meant to be hard."""
    sums, counts = _by_day(notes, name)
    lately, before = (trailing(values, LATELY_HARDER) for values in (sums, counts))
    earlier, earlier_counts = (trailing(values, BEFORE_HARDER, until=LATELY_HARDER) for values in (sums, counts))
    runs = [np.asarray(total(windows), dtype=np.int64) for windows in (before, earlier_counts)]
    return PerceivedEffort(share(total(lately), runs[0]), share(total(earlier), runs[1]), *runs)


def _by_day(notes: EvaluationContext, name: str) -> tuple[Numbers, Numbers]:
    """Sum and number of the values of each day's runs."""
    meant = pl.col("tags").list.eval(pl.element().is_in(MEANT_TO_BE_HARD)).list.any().fill_null(value=False)
    runs = notes.runs.filter(~meant).drop_nulls(["effort", name])
    number = notes.number_of(runs["local_date"])
    inside = (number >= 0) & (number < len(notes.nights))
    length, values = len(notes.nights), runs[name].cast(pl.Float64).to_numpy()
    weights = (values[inside], np.ones(inside.sum()))
    sums, counts = (np.bincount(number[inside], each, length).astype(np.float64) for each in weights)
    return sums, counts


def runs_felt_harder(notes: EvaluationContext) -> pl.DataFrame:
    """A6 for every night."""
    effort, heart, pace = (felt(notes, name) for name in ("effort", "heart_bpm", "pace_s_km"))
    facts = {
        "effort_lately": effort.lately,
        "effort_before": effort.before,
        "runs_lately": effort.runs_lately,
        "runs_before": effort.runs_before,
        "heart_lately_bpm": heart.lately,
        "heart_before_bpm": heart.before,
        "pace_lately_s_km": pace.lately,
        "pace_before_s_km": pace.before,
    }
    lacking = {
        "runs_lately": LATELY_NEEDED_HARDER - effort.runs_lately,
        "runs_before": BEFORE_NEEDED_HARDER - effort.runs_before,
    }
    return to_rows(RUNS_FELT_HARDER, notes, QuestionResult(lacking, effort.change >= HARDER, facts))


# --- A5: a hard stretch: more load, lower wellness and harder runs, all at once.

DAYS_NEEDED = 70
RISEN = 1.25  # times the load of the weeks before
LATELY_HARD = 14  # nights
# Wellness and effort make up for each other, which finds more hard stretches and calls fewer ordinary weeks hard than a
# line drawn through each of them: docs/decisions.md.
LOWER, HARDER_HARD = -0.75, 0.25  # own standard deviations of W, effort of 10
TOGETHER = 2.0
LOW, NIGHTS_LOW = -1.0, 7  # without efforts
BETTER, NIGHTS_BETTER = -0.5, 7


def hard_stretch(notes: EvaluationContext) -> pl.DataFrame:
    """A5 for every night."""
    rise, effort, wellness = rise_of(notes), felt(notes, "effort"), wellness_of(notes)
    risen = any_in_window(~rise.after_a_break & (rise.ratio >= RISEN), LATELY_HARD)
    days = np.arange(1, len(risen) + 1)
    begins = _begins(risen, wellness.lately, effort.change) & (days >= DAYS_NEEDED)
    on = run_lengths(begins, held_for(~(wellness.lately <= BETTER), NIGHTS_BETTER))
    reckoned = total(trailing(notes.flag("load_estimated"), LATELY_HARD)).astype(int)
    facts: dict[str, Told] = {
        "load_ratio": rise.ratio,
        "load_unit": rise.unit,
        "wellness": wellness.lately,
        "effort_change": effort.change,
        "rated_days_lately": wellness.rated_lately,
        "runs_lately": effort.runs_lately,
        "set_apart_days": total(trailing(notes.flag("excluded"), LATELY_HARD)).astype(int),
        "estimated_days": reckoned,
    }
    lacking = {"days": DAYS_NEEDED - days} | rise.lacking | wellness.lacking
    return to_rows(HARD_STRETCH, notes, QuestionResult(lacking, on, facts))


def _begins(risen: Flags, wellness: Numbers, harder: Numbers) -> Flags:
    """Whether more load was borne badly: lower wellness and harder runs; without efforts, a week of low nights."""
    both = (wellness <= LOWER) & (harder >= HARDER_HARD) & (harder - wellness >= TOGETHER)
    return np.where(np.isnan(harder), held_for(risen & (wellness <= LOW), NIGHTS_LOW), risen & both)
