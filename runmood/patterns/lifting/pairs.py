"""Runs with a mood before and after, in order of time, as rows of a regression."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from runmood.patterns.windows import mean, share, trailing

if TYPE_CHECKING:
    import polars as pl

    from runmood.patterns.asking import Notes
    from runmood.patterns.windows import Counts, Numbers


USUAL_DAYS = 84  # days over which a usual mood is taken
USUAL_NEEDED = 14  # moods


@dataclass(frozen=True, slots=True)
class Pairs:
    """One entry a run with both moods, on a day of the diary that is not set apart."""

    frame: pl.DataFrame  # of RUN_MOODS
    day: Counts  # number of the day
    before: Numbers
    lift: Numbers  # mood after less mood before
    usual: Numbers  # the person's mood, mornings and evenings of the twelve weeks before; nan while seldom said

    def by_night(self, nights: int) -> Counts:
        """How many there are by each night."""
        return np.asarray(np.searchsorted(self.day, np.arange(nights), side="right"))

    def number(self, name: str) -> Numbers:
        """A column of the runs; nan is null."""
        return self.frame[name].to_numpy().astype(np.float64)


@lru_cache(maxsize=1)
def pairs_of(notes: Notes) -> Pairs:
    """The pairs of the diary."""
    rated = notes.run_moods.drop_nulls(["mood_before", "mood_after"]).sort("local_date", "local_clock", "run_id")
    number, apart = notes.number_of(rated["local_date"]), notes.flag("set_apart")
    inside = (number >= 0) & (number < len(apart))
    inside[inside] = ~apart[number[inside]]
    rated, number = rated.filter(inside), number[inside]
    before, after = (rated[name].to_numpy() for name in ("mood_before", "mood_after"))
    return Pairs(rated, number, before, after - before, _usual(notes, number))


def _usual(notes: Notes, number: Counts) -> Numbers:
    """The usual mood before each run, from days before its own."""
    said = np.column_stack([notes.day("mood_morning"), notes.day("mood_evening")])
    windows = trailing(said, USUAL_DAYS, until=1).reshape(len(said), -1)[number]
    often = (~np.isnan(windows)).sum(axis=1) >= USUAL_NEEDED
    return np.where(often, mean(windows), np.nan)


def so_far(values: Numbers) -> Numbers:
    """The mean of the known values up to each."""
    known = ~np.isnan(values)
    return share(np.cumsum(np.where(known, values, 0.0)), np.cumsum(known))


def centred(values: Numbers) -> Numbers:
    """The values less their mean so far; unknown ones stand at that mean."""
    return np.nan_to_num(values - so_far(values))
