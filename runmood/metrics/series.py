"""A run's points as arrays: what belongs to each sample."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from runmood.core.enums import StopReason

if TYPE_CHECKING:
    import polars as pl


Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

NANOMETRE_M = 1e-9
LONGEST_STEP_S = 30.0  # a mean gives no sample more weight than this, so a gap does not count as its last value


@dataclass(frozen=True)
class SampleIntervals:
    """Points of a run as arrays of shape (n,), each with the step that led to it; NaN where a value is not known."""

    points: pl.DataFrame

    @cached_property
    def elapsed_s(self) -> Floats:
        """The seconds since the first sample."""
        return self.of("elapsed_s")

    @cached_property
    def distance_m(self) -> Floats:
        """The cumulative distance in metres."""
        return self.of("distance_m")

    @cached_property
    def rising_m(self) -> Floats:
        """The cumulative distance in metres, made strictly increasing so that `np.interp` can invert it."""
        return self.distance_m + np.arange(len(self.distance_m)) * NANOMETRE_M

    @cached_property
    def height_m(self) -> Floats:
        """The smoothed height in metres."""
        return self.of("height_m")

    @cached_property
    def moving(self) -> Flags:
        """Whether each step was motion."""
        return self.points["moving"].to_numpy()

    @cached_property
    def step_s(self) -> Floats:
        """The duration of each step in seconds; 0 for the first sample."""
        return np.ediff1d(self.elapsed_s, to_begin=0.0)

    @cached_property
    def moving_s(self) -> Floats:
        """The cumulative time in motion, in seconds."""
        return np.cumsum(self.step_s * self.moving)

    @cached_property
    def stops(self) -> dict[str, NDArray[np.int64]]:
        """The indices of the steps that were no motion, by reason."""
        still = np.flatnonzero(~self.moving)
        why = self.points["stop"].to_numpy()[still]
        return {reason: still[why == reason] for reason in StopReason}

    @cached_property
    def weight_s(self) -> Floats:
        """The seconds for which each sample's values stand: its step, 30 s at most, nothing across a pause."""
        weight = np.minimum(self.step_s, LONGEST_STEP_S)
        weight[self.stops[StopReason.PAUSED]] = 0.0
        return weight

    def of(self, column: str) -> Floats:
        """Return a column of numbers."""
        return self.points[column].to_numpy()


@dataclass(frozen=True, slots=True)
class CumulativeSums:
    """Cumulative sums at each sample, shape (n,), so that any part of a run is a difference of two.

    `flat_m` is the grade-adjusted distance, `ascent_m` and `descent_m` are the climbs, in metres.
    """

    flat_m: Floats
    ascent_m: Floats
    descent_m: Floats
    heart: Mean
    cadence: Mean


DIGITS = 6  # what sums add to a value of all samples alike lies far behind them


@dataclass(frozen=True, slots=True)
class Mean:
    """The cumulative numerator and denominator of a mean over time: value times seconds, and seconds with a value."""

    value_s: Floats
    known_s: Floats

    @classmethod
    def of(cls, values: Floats, weight_s: Floats) -> Mean:
        """Add up a mean over time, not over samples: watches that save power write fewer where little changes.

        Returns:
            The cumulative sums at each sample.

        Formula: sum of value · seconds / sum of seconds, over samples that have a value. A sample stands for the time
        since the one before, 30 s at most, so that a gap does not count as its last value; a pause counts nothing.

        Source: plain arithmetic.

        Limits: null where nothing is known. A heart rate of 0 is a dropout and counts for nothing; so do a cadence and
        a power of 0 in motion. A mean heart rate is given where half of the recorded time has one.
        """
        known = np.isfinite(values)
        return cls(np.cumsum(np.where(known, values * weight_s, 0.0)), np.cumsum(weight_s * known))

    @property
    def whole(self) -> float | None:
        """The mean of the whole run; null where nothing is known."""
        known_s = float(self.known_s[-1])
        return round(float(self.value_s[-1]) / known_s, DIGITS) if known_s else None

    def between(self, at_s: Floats, elapsed_s: Floats) -> Floats:
        """Return the means between consecutive moments of the run, in seconds; NaN where nothing is known."""
        values, known = (np.diff(np.interp(at_s, elapsed_s, sums)) for sums in (self.value_s, self.known_s))
        means: Floats = np.divide(values, known, out=np.full(len(known), np.nan), where=known > 0).round(DIGITS)
        return means


def pace_s_km(moving_s: float, distance_m: float | None) -> float | None:
    """Return the seconds in motion for each kilometre; null without a distance or without motion.

    Returns:
        Seconds for each kilometre, or null.

    Formula: 1000 · seconds in motion / metres.

    Source: plain arithmetic. Distance is the device's total where it gives one, since a person compares with the watch.

    Limits: as true as the distance, which by satellite is some 1 % off in the open and more between houses.
    """
    return 1000 * moving_s / distance_m if distance_m and moving_s else None
