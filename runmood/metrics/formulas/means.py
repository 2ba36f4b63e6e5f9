"""Means over time, and pace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from runmood.metrics.steps import Floats

DIGITS = 6  # what sums add to a value of all samples alike lies far behind them


@dataclass(frozen=True, slots=True)
class Mean:
    """What a mean over time is made of, added up along the run: value times seconds, and seconds that have a value."""

    value_s: Floats
    known_s: Floats

    @classmethod
    def of(cls, values: Floats, weight_s: Floats) -> Mean:
        """The mean over time, not over samples: a watch that saves power writes fewer of them where little changes.

        Formula: sum of value · seconds / sum of seconds, over samples that have a value. A sample stands for the time
        since the one before, 30 s at most, so that a gap does not count as its last value; a pause counts nothing.

        Source: plain reckoning.

        Limits: null where nothing is known. A heart rate of 0 is a dropout and counts for nothing; so do a cadence and
        a power of 0 in motion. A mean heart rate is told where half of the recorded time has one.
        """
        known = np.isfinite(values)
        return cls(np.cumsum(np.where(known, values * weight_s, 0.0)), np.cumsum(weight_s * known))

    @property
    def whole(self) -> float | None:
        """The mean of the whole run; null where nothing is known."""
        known_s = float(self.known_s[-1])
        return round(float(self.value_s[-1]) / known_s, DIGITS) if known_s else None

    def between(self, at_s: Floats, elapsed_s: Floats) -> Floats:
        """The means between moments of the run; NaN where nothing is known."""
        values, known = (np.diff(np.interp(at_s, elapsed_s, sums)) for sums in (self.value_s, self.known_s))
        means: Floats = np.divide(values, known, out=np.full(len(known), np.nan), where=known > 0).round(DIGITS)
        return means


def pace_s_km(moving_s: float, distance_m: float | None) -> float | None:
    """Seconds in motion for each kilometre; null without a distance or without motion.

    Formula: 1000 · seconds in motion / metres.

    Source: plain reckoning. Distance is the device's total where it says one, since a person compares with the watch.

    Limits: as true as the distance, which by satellite is some 1 % off in the open and more between houses.
    """
    return 1000 * moving_s / distance_m if distance_m and moving_s else None
