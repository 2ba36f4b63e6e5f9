"""From an estimate and its standard error to evidence that holds however often one looks.

The e-value compares "the difference is half-normal with scale TAU standard deviations" with "there is none": the
mixture boundary of Robbins 1970, doi:10.1214/aoms/1177696786. The memory of mood is estimated anew each night, so the
error rates are calibrated (`benchmarks/calibration.py`), not guaranteed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import log_ndtr, ndtr, ndtri, stdtr, stdtrit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

TAU = 0.5  # standard deviations of a person's evenings: the size of difference looked for
SOME, GOOD, GROWING = 10.0, 30.0, 3.0  # e-values
MISS = 0.05  # how often the range may miss the truth on any night
CHANCE = 0.8  # of being seen, for the detectable difference
SMALLEST_TAIL = 1e-300  # keeps every e-value finite
NEWTON_STEPS = 8


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference in mood points, one entry a night; nan where it could not be estimated."""

    estimate: Numbers
    error: Numbers  # standard error
    sigma: Numbers  # one standard deviation of the person's evenings
    freedom: Numbers  # degrees of freedom

    @property
    def gain(self) -> Numbers:
        """How much the notes tell against what was expected before them: (TAU * sigma / se)^2."""
        return (TAU * self.sigma / self.error) ** 2

    @property
    def log_e(self) -> Numbers:
        """Logarithm of the e-value for a difference above zero."""
        return log_e_value(matched_z(self.estimate / self.error, self.freedom), self.gain)

    @property
    def shrunken(self) -> Numbers:
        """The estimate, drawn towards zero as far as the evidence is thin."""
        return self.estimate * self.gain / (1 + self.gain)

    @property
    def half_width(self) -> Numbers:
        """Half the range around the estimate that holds the truth on all nights at once, but for MISS."""
        gain = self.gain
        return self.error * np.sqrt(2 * (1 + gain) / gain * np.log(np.sqrt(1 + gain) / MISS))

    @property
    def detectable(self) -> Numbers:
        """The true difference that would reach SOME on this night with probability CHANCE.

        If c is the Student's t that gives an e-value of SOME, the estimate, spread by se around the truth, lies above
        c * se with that chance where the truth is (c + z_CHANCE) * se. Earlier nights were chances too, so it errs on
        the large side.
        """
        needed = stdtrit(self.freedom, ndtr(z_for(SOME, self.gain)))
        return np.asarray(self.error * (needed + ndtri(CHANCE)))


def matched_z(ratio: Numbers, freedom: Numbers) -> Numbers:
    """The normal deviate with the same tail as Student's t, exact in both tails."""
    tail = np.maximum(stdtr(freedom, -np.abs(ratio)), SMALLEST_TAIL)
    return np.asarray(-np.sign(ratio) * ndtri(tail))


def log_e_value(z: Numbers, gain: Numbers) -> Numbers:
    """Logarithm of the mean likelihood ratio over half-normal differences: what `z` says for one above zero."""
    x = z * np.sqrt(gain / (1 + gain))
    return np.asarray(-0.5 * np.log1p(gain) + 0.5 * x**2 + np.log(2) + log_ndtr(x))


def z_for(e_value: float, gain: Numbers) -> Numbers:
    """The z that gives an e-value above 1, by Newton's method from the right of a convex function."""
    wanted = np.log(e_value) + 0.5 * np.log1p(gain) - np.log(2)
    x = np.sqrt(2 * (wanted + np.log(2)))
    for _ in range(NEWTON_STEPS):
        slope = x + np.exp(-0.5 * x**2 - log_ndtr(x)) / np.sqrt(2 * np.pi)
        x = x - (0.5 * x**2 + log_ndtr(x) - wanted) / slope
    return np.asarray(x * np.sqrt((1 + gain) / gain))
