"""A7: the week's load, its monotony and strain, among the person's own weeks. To look at, without a verdict.

Monotony is mean by standard deviation of the daily load of seven days, rests counted as nothing; strain is the week's
load times its monotony (Foster 1998, Medicine & Science in Sports & Exercise 30:1164). The standard deviation is that
of a sample (n - 1), which gives 7 % less than the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.findings.base import QuestionResult, to_rows
from runmood.findings.questions.hard_stretch import EFFORT_MINUTES, MINUTES
from runmood.findings.specs import LOAD_OF_THE_WEEK
from runmood.findings.stats.windows import known, mean, share, spread, total, trailing

if TYPE_CHECKING:
    import polars as pl

    from runmood.findings.base import EvaluationContext, Told
    from runmood.findings.stats.windows import Numbers


WEEK, NEEDED, YEAR = 7, 28, 365  # days


def load_of_the_week(notes: EvaluationContext) -> pl.DataFrame:
    """A7 for every night, in effort minutes where every run of the week has an effort, else in minutes."""
    efforts, minutes = trailing(notes.day("load"), WEEK), trailing(notes.day("moving_s") / 60, WEEK)
    by_effort = known(efforts) == known(minutes)
    ranks = [np.where(by_effort, *pair) for pair in zip(_figures(efforts), _figures(minutes), strict=True)]
    week, monotony, strain, *among = ranks
    facts: dict[str, Told] = {
        "load": week,
        "load_unit": [EFFORT_MINUTES if effort else MINUTES for effort in by_effort.tolist()],
        "monotony": monotony,
        "strain": strain,
        **dict(zip(("load_percentile", "monotony_percentile", "strain_percentile"), among, strict=True)),
    }
    missing = {"known_days": NEEDED - known(trailing(notes.day("moving_s"), NEEDED))}
    return to_rows(LOAD_OF_THE_WEEK, notes, QuestionResult(missing, np.zeros(len(week), dtype=bool), facts))


def _figures(week: Numbers) -> list[Numbers]:
    """Load, monotony, strain, and the percentile of each among the nights of a year; nan unless all days are known."""
    whole = known(week) == WEEK
    summed, wide = np.where(whole, total(week), np.nan), spread(week)
    monotony = np.where(whole, share(mean(week), wide), np.nan)
    figures = [summed, monotony, summed * monotony]
    return figures + [_percentile(figure) for figure in figures]


def _percentile(figure: Numbers) -> Numbers:
    """The share of the nights of the year before that were not above tonight, in percent."""
    earlier = trailing(figure, YEAR, until=1)
    below = total((earlier <= figure[:, np.newaxis]).astype(float))
    return np.where(np.isnan(figure), np.nan, 100 * share(below, known(earlier)))
