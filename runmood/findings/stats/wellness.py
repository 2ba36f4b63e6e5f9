"""W: how well somebody has felt lately, in standard deviations of how they usually feel."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from runmood.findings.stats.windows import known, mean, share, spread, total, trailing

if TYPE_CHECKING:
    from runmood.findings.base import EvaluationContext
    from runmood.findings.stats.windows import Counts, Numbers

SCORE_SIGNS = {"mood_evening": 1, "energy_evening": 1, "sleep": 1, "tiredness": -1, "soreness": -1, "stress": -1}
MOOD_AND_ENERGY = slice(0, 2)  # mood and energy: a day without either has no W
AT_LEAST = 2  # of SCORE_SIGNS on a day
LATELY, BEFORE = 14, 56  # days
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
        """Return how many rated days are still missing."""
        before, lately = BEFORE_NEEDED - self.rated_before, LATELY_NEEDED - self.rated_lately
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
    before, lately = trailing(scores, BEFORE, until=LATELY), trailing(scores, LATELY)
    usual, wide = mean(before)[..., np.newaxis], np.maximum(spread(before), FLAT)[..., np.newaxis]
    usual = np.where(known(before)[..., np.newaxis] >= BEFORE_NEEDED, usual, np.nan)
    w_before, w_lately = _daily((before - usual) / wide), _daily((lately - usual) / wide)
    rated_before, rated_lately = known(w_before), known(w_lately)
    difference = (mean(w_lately) - mean(w_before)) / np.maximum(spread(w_before), FLAT_W)
    enough = (rated_before >= BEFORE_NEEDED) & (rated_lately >= LATELY_NEEDED)
    return Wellness(np.where(enough, difference, np.nan), rated_lately, rated_before)


def _daily(scores: Numbers) -> Numbers:
    """Return W of each day of each night's window, nights x days, from nights x scores x days."""
    count = known(scores, axis=1)
    has_mood_or_energy = known(scores[:, MOOD_AND_ENERGY], axis=1) > 0
    return np.where((count >= AT_LEAST) & has_mood_or_energy, share(total(scores, axis=1), count), np.nan)
