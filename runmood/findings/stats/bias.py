"""How much of a difference silence could have made, and how strong an unrecorded common cause would have to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.findings.stats.distributions import normal_quantile

if TYPE_CHECKING:
    from runmood.findings.stats.windows import Counts, Numbers

SURELY = 1.28  # standard errors: shares of rated evenings differ by chance, and only what is beyond it is silence
BY_A_DEVIATION = 0.91  # logarithm of the ratio of chances that goes with a difference of one standard deviation


def bound_by_silence(rated: tuple[Counts, Counts], days: tuple[Counts, Counts]) -> Numbers:
    """Return by how much silence could have moved a difference of two kinds of days, in standard deviations.

    The evenings that are rated on one kind of day and would not be on the other are taken to be the best ones, or the
    worst, whichever is less kind to the difference: the bounds of Lee 2009, doi:10.1111/j.1467-937X.2009.00536.x, for
    moods that are normally spread.

    Args:
        rated: rated days of either kind by each night.
        days: all days of either kind by each night.

    Returns:
        The shift by night; 0 where both are rated alike, as far as chance lets tell.
    """
    counts = [np.maximum(each, 1).astype(np.float64) for each in days]
    shares = [part / whole for part, whole in zip(rated, counts, strict=True)]
    together = (rated[0] + rated[1]) / (counts[0] + counts[1])
    error = np.sqrt(together * (1 - together) * (1 / counts[0] + 1 / counts[1]))
    beyond = np.maximum(np.abs(shares[0] - shares[1]) - SURELY * error, 0.0)
    silent = np.clip(beyond / np.maximum(np.maximum(*shares), 1e-9), 0.0, 0.99)
    cut = normal_quantile(1 - np.where(silent > 0, silent, 0.5))
    return np.where(silent > 0, np.exp(-0.5 * cut**2) / np.sqrt(2 * np.pi) / (1 - silent), 0.0)


def needed_common_cause(difference: Numbers) -> Numbers:
    """Return how many times as likely an unrecorded cause would have to make both sides to explain a difference away.

    The E-value of VanderWeele & Ding 2017, doi:10.7326/M16-2607, with their ratio of chances for a difference of means.

    Args:
        difference: of means, in standard deviations.

    Returns:
        The least ratio of chances with which the cause would have to go with either; nan at or below no difference.
    """
    ratio = np.exp(BY_A_DEVIATION * np.where(difference > 0, difference, np.nan))
    return np.asarray(ratio + np.sqrt(ratio * (ratio - 1)))
