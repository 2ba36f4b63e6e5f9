"""Runs with a mood before and after, in order of time, as rows of a regression."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from runmood.findings.stats.windows import mean, share, trailing

if TYPE_CHECKING:
    import polars as pl

    from runmood.findings.evaluation import EvaluationContext
    from runmood.findings.stats.windows import Counts, Numbers

USUAL_DAYS = 84  # days over which a usual mood is taken
USUAL_NEEDED = 14  # moods


@dataclass(frozen=True, slots=True)
class MoodPairs:
    """One entry a run with both moods, on a day of the diary that is not set apart."""

    frame: pl.DataFrame  # of RUN_MOODS
    day: Counts  # number of the day
    before: Numbers
    lift: Numbers  # mood after less mood before
    usual: Numbers  # the person's mood, mornings and evenings of the twelve weeks before; nan while seldom said

    def by_night(self, nights: int) -> Counts:
        """Return how many there are by each night."""
        return np.asarray(np.searchsorted(self.day, np.arange(nights), side="right"))

    def number(self, name: str) -> Numbers:
        """Return a column of the runs as numbers; null becomes nan."""
        return self.frame[name].to_numpy().astype(np.float64)


@lru_cache(maxsize=1)
def pair_moods(context: EvaluationContext) -> MoodPairs:
    """Return the runs with both moods, on days that are not excluded."""
    rated = context.run_moods.drop_nulls(["mood_before", "mood_after"]).sort("local_date", "local_clock", "run_id")
    number, apart = context.day_index(rated["local_date"]), context.flag("excluded")
    inside = (number >= 0) & (number < len(apart))
    inside[inside] = ~apart[number[inside]]
    rated, number = rated.filter(inside), number[inside]
    before, after = (rated[name].to_numpy() for name in ("mood_before", "mood_after"))
    return MoodPairs(rated, number, before, after - before, _usual(context, number))


def _usual(context: EvaluationContext, number: Counts) -> Numbers:
    """Return the usual mood before each run, from days before its own."""
    scores = np.column_stack([context.column("mood_morning"), context.column("mood_evening")])
    windows = trailing(scores, USUAL_DAYS, until=1).reshape(len(scores), -1)[number]
    often = (~np.isnan(windows)).sum(axis=1) >= USUAL_NEEDED
    return np.where(often, mean(windows), np.nan)


def centred(values: Numbers) -> Numbers:
    """Return the values less their mean so far; unknown ones stand at that mean."""
    known = ~np.isnan(values)
    so_far = share(np.cumsum(np.where(known, values, 0.0)), np.cumsum(known))
    return np.nan_to_num(values - so_far)
