"""A run's points as arrays: what belongs to each sample."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from runmood.terms.choices import STOPS

if TYPE_CHECKING:
    import polars as pl

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

NANOMETRE_M = 1e-9
LONGEST_STEP_S = 30.0  # a mean gives no sample more weight than this, so a gap does not count as its last value


@dataclass(frozen=True)
class Steps:
    """Points of a run, each with the step that led to it; NaN where a value is not known."""

    points: pl.DataFrame

    @cached_property
    def elapsed_s(self) -> Floats:
        """Time since the first sample."""
        return self.of("elapsed_s")

    @cached_property
    def distance_m(self) -> Floats:
        """How far so far."""
        return self.of("distance_m")

    @cached_property
    def rising_m(self) -> Floats:
        """How far so far, a nanometre farther with each sample: it can be asked when a distance was reached."""
        return self.distance_m + np.arange(len(self.distance_m)) * NANOMETRE_M

    @cached_property
    def height_m(self) -> Floats:
        """Height, evened out."""
        return self.of("height_m")

    @cached_property
    def moving(self) -> Flags:
        """Whether the step was motion."""
        return self.points["moving"].to_numpy()

    @cached_property
    def step_s(self) -> Floats:
        """How long the step took."""
        return np.ediff1d(self.elapsed_s, to_begin=0.0)

    @cached_property
    def moving_s(self) -> Floats:
        """Time in motion so far."""
        return np.cumsum(self.step_s * self.moving)

    @cached_property
    def stops(self) -> dict[str, NDArray[np.int64]]:
        """The steps that were no motion, by why."""
        still = np.flatnonzero(~self.moving)
        why = self.points["stop"].to_numpy()[still]
        return {reason: still[why == reason] for reason in STOPS}

    @cached_property
    def weight_s(self) -> Floats:
        """The time for which the sample's values stand: its step, 30 s at most, nothing across a pause."""
        weight = np.minimum(self.step_s, LONGEST_STEP_S)
        weight[self.stops["paused"]] = 0.0
        return weight

    def of(self, column: str) -> Floats:
        """A column of numbers."""
        return self.points[column].to_numpy()
