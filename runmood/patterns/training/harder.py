"""A6: whether ordinary runs felt harder lately; and how pace and heart rate stood, in neutral figures.

Functionally overreached runners showed higher effort and a *lower* heart rate at one pace (Roete et al. 2021,
International Journal of Sports Physiology and Performance 16:1065), so that no direction of heart rate is good or bad.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.patterns.asking import Answer, answered
from runmood.patterns.windows import share, total, trailing
from runmood.terms.questions import RUNS_FELT_HARDER

if TYPE_CHECKING:
    from runmood.patterns.asking import Notes
    from runmood.patterns.windows import Counts, Numbers


LATELY, BEFORE = 14, 42  # days
LATELY_NEEDED, BEFORE_NEEDED = 4, 8  # runs
HARDER = 0.5  # of 10
MEANT_TO_BE_HARD = ("hard", "race")


@dataclass(frozen=True, slots=True)
class Felt:
    """How ordinary runs felt lately and in the weeks before, one entry a night."""

    lately: Numbers
    before: Numbers
    runs_lately: Counts
    runs_before: Counts

    @property
    def change(self) -> Numbers:
        """How much harder lately; nan while runs are lacking."""
        enough = (self.runs_lately >= LATELY_NEEDED) & (self.runs_before >= BEFORE_NEEDED)
        return np.where(enough, self.lately - self.before, np.nan)


@lru_cache(maxsize=3)
def felt(notes: Notes, name: str) -> Felt:
    """A column of runs, lately and before; of runs with an effort that were not meant to be hard."""
    sums, counts = _by_day(notes, name)
    lately, before = (trailing(values, LATELY) for values in (sums, counts))
    earlier, earlier_counts = (trailing(values, BEFORE, until=LATELY) for values in (sums, counts))
    runs = [np.asarray(total(windows), dtype=np.int64) for windows in (before, earlier_counts)]
    return Felt(share(total(lately), runs[0]), share(total(earlier), runs[1]), *runs)


def _by_day(notes: Notes, name: str) -> tuple[Numbers, Numbers]:
    """Sum and number of the values of each day's runs."""
    meant = pl.col("tags").list.eval(pl.element().is_in(MEANT_TO_BE_HARD)).list.any().fill_null(value=False)
    runs = notes.runs.filter(~meant).drop_nulls(["effort", name])
    number = notes.number_of(runs["local_date"])
    inside = (number >= 0) & (number < len(notes.nights))
    length, values = len(notes.nights), runs[name].cast(pl.Float64).to_numpy()
    weights = (values[inside], np.ones(inside.sum()))
    sums, counts = (np.bincount(number[inside], each, length).astype(np.float64) for each in weights)
    return sums, counts


def runs_felt_harder(notes: Notes) -> pl.DataFrame:
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
    lacking = {"runs_lately": LATELY_NEEDED - effort.runs_lately, "runs_before": BEFORE_NEEDED - effort.runs_before}
    return answered(RUNS_FELT_HARDER, notes, Answer(lacking, effort.change >= HARDER, facts))
