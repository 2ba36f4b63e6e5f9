"""Evidence for a difference in either direction: the normal mixture of Robbins 1970, doi:10.1214/aoms/1177696786."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr, ndtri, stdtrit

from runmood.patterns.evidence import CHANCE, Difference, matched_z

if TYPE_CHECKING:
    from runmood.patterns.windows import Numbers


class EitherWay(Difference):
    """A difference that may lie on both sides of zero."""

    @property
    def log_e(self) -> Numbers:
        """Logarithm of the e-value for a difference, whichever its direction."""
        z, gain = matched_z(self.estimate / self.error, self.freedom), self.gain
        return np.asarray(-0.5 * np.log1p(gain) + 0.5 * z**2 * gain / (1 + gain))

    def detectable_at(self, e_value: float) -> Numbers:
        """The true difference that would reach the e-value on this night with probability CHANCE."""
        gain = self.gain
        z = np.sqrt(2 * (1 + gain) / gain * (np.log(e_value) + 0.5 * np.log1p(gain)))
        return np.asarray(self.error * (stdtrit(self.freedom, ndtr(z)) + ndtri(CHANCE)))
