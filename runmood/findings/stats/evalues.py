"""From an estimate and its standard error to evidence that holds however often one looks.

The e-value compares "the difference is above zero, about so large, give or take" (`Expected`) with "there is none": a
mixture boundary as that of Robbins 1970, doi:10.1214/aoms/1177696786, with its weight where a difference matters to a
person and half a year can show it. The memory of mood is estimated anew each night, so the error rates are
calibrated (`benchmarks/calibration.py`), not guaranteed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from runmood.findings.stats.distributions import normal_cdf, normal_log_cdf, normal_quantile, t_cdf, t_quantile

if TYPE_CHECKING:
    from runmood.findings.stats.windows import Numbers


class Expected(NamedTuple):
    """The differences looked for: normal around a mean, cut at zero, in the standard deviations of what is compared."""

    mean: float
    spread: float


EVENINGS = Expected(0.6, 0.3)  # of missed runs and of runs
TAU = 0.5  # the same with nothing known of their direction; for the range and the shrunken estimate
# What the words mean, in every question, by tonight's e-value: good evidence from GOOD on, some from GROWING on, faded
# below. How often such claims are right: docs/calibration.md.
GOOD, GROWING = 30.0, 3.0
MISS = 0.05  # how often the range may miss the truth on any night
CHANCE = 0.8  # of being seen, for the detectable difference
SMALLEST_TAIL = 1e-300  # keeps every e-value finite
NEWTON_STEPS = 12


@dataclass(frozen=True)
class GroupDifference:
    """A difference in mood points, one entry a night; nan where it could not be estimated."""

    estimate: Numbers
    error: Numbers  # standard error
    sigma: Numbers  # one standard deviation of the person's evenings
    freedom: Numbers  # degrees of freedom

    @property
    def columns(self) -> dict[str, Numbers]:
        """Return what FINDINGS keeps of the estimate itself, by the names of its columns."""
        return {
            "estimate": self.estimate,
            "standard_error": self.error,
            "sigma": self.sigma,
            "freedom": self.freedom,
        }

    def on(self, nights: slice) -> GroupDifference:
        """Return the same of some nights alone."""
        return GroupDifference(self.estimate[nights], self.error[nights], self.sigma[nights], self.freedom[nights])

    @property
    def gain(self) -> Numbers:
        """Return how much the data weigh against what was expected before them: (TAU * sigma / error)^2."""
        return (TAU * self.sigma / self.error) ** 2

    @cached_property
    def log_e(self) -> Numbers:
        """The logarithm of the e-value for a difference above zero."""
        return log_e_value(self.z, self.error / self.sigma, EVENINGS)

    @cached_property
    def z(self) -> Numbers:
        """The normal deviate of the estimate."""
        return matched_z(self.estimate / self.error, self.freedom)

    @property
    def shrunken(self) -> Numbers:
        """Return the estimate, drawn towards zero as far as the evidence is thin."""
        return self.estimate * self.gain / (1 + self.gain)

    @property
    def half_width(self) -> Numbers:
        """Return half the range around the estimate that holds the truth on all nights at once, but for MISS."""
        gain = self.gain
        return self.error * np.sqrt(2 * (1 + gain) / gain * np.log(np.sqrt(1 + gain) / MISS))

    def detectable_at(self, e_value: float, expected: Expected = EVENINGS) -> Numbers:
        """Return the true difference that would reach the e-value on this night with probability CHANCE.

        If c is the Student's t that gives that e-value, the estimate, spread by se around the truth, lies above
        c * se with that chance where the truth is (c + z_CHANCE) * se. Earlier nights were chances too, so it errs on
        the large side.
        """
        needed = t_quantile(self.freedom, normal_cdf(z_for(e_value, self.error / self.sigma, expected)))
        return np.asarray(self.error * (needed + normal_quantile(CHANCE)))


def matched_z(ratio: Numbers, freedom: Numbers) -> Numbers:
    """Return the normal deviate with the same tail as Student's t, exact in both tails."""
    tail = np.maximum(t_cdf(freedom, -np.abs(ratio)), SMALLEST_TAIL)
    return np.asarray(-np.sign(ratio) * normal_quantile(tail))


def log_e_value(z: Numbers, error: Numbers, expected: Expected = EVENINGS) -> Numbers:
    """Compute the e-value for a difference above zero: the mean likelihood ratio over the differences looked for.

    Normal around what is expected times normal likelihood is normal again; what is left to compute is how much of
    either lies above zero (a mixture as that of Robbins 1970, doi:10.1214/aoms/1177696786).

    Args:
        z: the estimate in standard errors.
        error: the standard error, in standard deviations of what is compared.
        expected: the differences looked for.

    Returns:
        The logarithms of the e-values.
    """
    spread = error**2 + expected.spread**2
    fit = 0.5 * (z**2 - (z * error - expected.mean) ** 2 / spread + np.log(error**2 / spread))
    above = normal_log_cdf((z * expected.spread + expected.mean * error / expected.spread) / np.sqrt(spread))
    return np.asarray(fit + above - normal_log_cdf(expected.mean / expected.spread))


def z_for(e_value: float, error: Numbers, expected: Expected = EVENINGS) -> Numbers:
    """Return the z that gives an e-value above 1, by Newton's method from the right of a convex function."""
    spread = error**2 + expected.spread**2
    square, slope = 0.5 * expected.spread**2 / spread, expected.mean * error / spread
    wanted = np.log(2 * e_value) + 0.5 * (expected.mean**2 / spread + np.log(spread / error**2))
    z = (np.sqrt(slope**2 + 4 * square * wanted) - slope) / (2 * square)
    for _ in range(NEWTON_STEPS):
        inside = (z * expected.spread + expected.mean * error / expected.spread) / np.sqrt(spread)
        hazard = np.exp(-0.5 * inside**2 - normal_log_cdf(inside)) / np.sqrt(2 * np.pi)
        rise = z * expected.spread**2 / spread + slope + hazard * expected.spread / np.sqrt(spread)
        z = z - (log_e_value(z, error, expected) - np.log(e_value)) / rise
    return np.asarray(z)


# Evidence for a difference in either direction: the normal mixture of Robbins 1970,
# see doi:10.1214/aoms/1177696786.


class TwoSidedEValue(GroupDifference):
    """A difference that may lie on both sides of zero."""

    @cached_property
    def log_e(self) -> Numbers:
        """The logarithm of the e-value for a difference, whichever its direction."""
        gain = self.gain
        return np.asarray(-0.5 * np.log1p(gain) + 0.5 * self.z**2 * gain / (1 + gain))
