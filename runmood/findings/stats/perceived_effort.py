"""How hard ordinary runs felt in the last two weeks, beside the six weeks before; and their pace and heart rate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.findings.stats.windows import share, total, trailing

if TYPE_CHECKING:
    from runmood.findings.base import EvaluationContext
    from runmood.findings.stats.windows import Counts, Numbers

LATELY, BEFORE = 14, 42  # days
LATELY_NEEDED, BEFORE_NEEDED = 4, 8  # runs
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
        enough = (self.runs_lately >= LATELY_NEEDED) & (self.runs_before >= BEFORE_NEEDED)
        return np.where(enough, self.lately - self.before, np.nan)


@lru_cache(maxsize=3)
def compare_efforts(context: EvaluationContext, name: str) -> PerceivedEffort:
    """Return a column of runs, lately and before, over runs with an effort that were not meant to be hard."""
    sums, counts = _by_day(context, name)
    lately, before = (trailing(values, LATELY) for values in (sums, counts))
    earlier, earlier_counts = (trailing(values, BEFORE, until=LATELY) for values in (sums, counts))
    runs = [np.asarray(total(windows), dtype=np.int64) for windows in (before, earlier_counts)]
    return PerceivedEffort(share(total(lately), runs[0]), share(total(earlier), runs[1]), *runs)


def _by_day(context: EvaluationContext, name: str) -> tuple[Numbers, Numbers]:
    """Return sum and number of the values of each day's runs."""
    meant = pl.col("tags").list.eval(pl.element().is_in(MEANT_TO_BE_HARD)).list.any().fill_null(value=False)
    runs = context.runs.filter(~meant).drop_nulls(["effort", name])
    number = context.day_index(runs["local_date"])
    inside = (number >= 0) & (number < len(context.nights))
    length, values = len(context.nights), runs[name].cast(pl.Float64).to_numpy()
    weights = (values[inside], np.ones(inside.sum()))
    sums, counts = (np.bincount(number[inside], each, length).astype(np.float64) for each in weights)
    return sums, counts
