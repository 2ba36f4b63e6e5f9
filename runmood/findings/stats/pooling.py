"""What people's own estimates come to together: a mean with an honest interval, and how much people differ.

Each person's estimate is taken in that person's own standard deviations, with Hedges's correction for a standard
deviation that is itself estimated (Hedges 1981, doi:10.3102/10769986006002107). People differ, so effects are random:
the spread between them by restricted likelihood, the interval by Hartung & Knapp 2001 (doi:10.1002/sim.1009), never
narrower than the one from normal theory (Jackson et al. 2017, doi:10.1002/sim.7411). A person's own estimate can be
shrunken towards that mean (empirical Bayes, Morris 1983, doi:10.1080/01621459.1983.10477920). `benchmarks/pooling.py`
has the coverage of both and of what they were chosen over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from runmood.findings.stats.distributions import beta_quantile, minimize, normal_quantile, t_quantile

if TYPE_CHECKING:
    from runmood.findings.stats.windows import Numbers

EFFECTS = ("B1", "B2", "C1")  # the questions whose estimates are pooled
CONFIDENCE = 0.95
LEAST_FREEDOM = 3.0
WIDEST_SPREAD = 3.0  # own standard deviations: no people differ by more
CLOSE = 1e-4  # of the spread
PASSES = 3  # of the mean, which the variance of a standardized difference needs
LEAST_SPREADS = ((100, 0.1), (40, 0.2), (0, 0.3))  # own standard deviations: so many people cannot show that it is less


@dataclass(frozen=True, slots=True)
class PooledEffect:
    """What people have in common, in a person's own standard deviations: `least` to `most` is the 95 % interval."""

    people: int
    mean: float
    least: float
    most: float
    spread: float  # one standard deviation between people

    @property
    def plausible_spread(self) -> float:
        """Return the spread, or the least that so many people leave open, where that is larger."""
        return max(self.spread, next(least for people, least in LEAST_SPREADS if self.people >= people))


def standardize(
    estimate: Numbers, error: Numbers, sigma: Numbers, freedom: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Put estimates of people beside each other.

    Args:
        estimate: of each person, in that person's unit.
        error: their standard errors.
        sigma: one standard deviation of what is compared.
        freedom: degrees of freedom.

    Returns:
        Estimates in own standard deviations, their variances where there is no effect, and the freedom used.
    """
    df = np.maximum(freedom, LEAST_FREEDOM)
    hedges = 1 - 3 / (4 * df - 1)
    return hedges * estimate / sigma, (hedges * error / sigma) ** 2, df


def pool_effects(effects: Numbers, variances: Numbers, freedom: Numbers) -> PooledEffect:
    """Estimate the mean over people and how much they differ, by random effects.

    Args:
        effects: of at least two people, in own standard deviations, as `standardize` gives them.
        variances: of each, where there is no effect.
        freedom: degrees of freedom of each; what a standard deviation that is estimated adds follows from them.

    Returns:
        The mean, its interval, and the spread.
    """
    mean = float(np.mean(effects))
    spread, weights = 0.0, 1 / variances
    for _ in range(PASSES):
        within = variances + mean**2 / (2 * freedom)
        spread = _restricted_spread(effects, within)
        weights = 1 / (within + spread**2)
        mean = float((weights * effects).sum() / weights.sum())
    df = len(effects) - 1
    half = (1 + CONFIDENCE) / 2
    scale = (weights * (effects - mean) ** 2).sum() / df
    knapp = float(t_quantile(df, half)) * np.sqrt(scale / weights.sum())
    normal = float(normal_quantile(half)) / np.sqrt(weights.sum())
    width = float(max(knapp, normal))
    return PooledEffect(len(effects), mean, mean - width, mean + width, spread)


def shrink_estimates(
    estimates: Numbers, errors: Numbers, sigmas: Numbers, pooled: PooledEffect
) -> tuple[Numbers, Numbers]:
    """Draw people's own estimates towards what people have in common, each as far as its notes are few.

    Args:
        estimates: of each person, in that person's unit.
        errors: their standard errors.
        sigmas: one standard deviation of what is compared, of each.
        pooled: what people have in common, exact or rounded.

    Returns:
        The shrunken estimates and half the width of their 95 % intervals, in the same unit.
    """
    quantile = float(normal_quantile((1 + CONFIDENCE) / 2))
    center_error = sigmas * max(pooled.most - pooled.mean, pooled.mean - pooled.least) / quantile
    between = (sigmas * pooled.plausible_spread) ** 2
    share = errors**2 / (errors**2 + between)
    width = quantile * np.sqrt(share * between + (share * center_error) ** 2)
    return share * sigmas * pooled.mean + (1 - share) * estimates, width


def _restricted_spread(effects: Numbers, within: Numbers) -> float:
    """Return the spread with the highest restricted likelihood (Viechtbauer 2005, doi:10.3102/10769986030003261)."""

    def loss(spread: float) -> float:
        total = within + spread**2
        weights = 1 / total
        mean = (weights * effects).sum() / weights.sum()
        return float(np.log(total).sum() + np.log(weights.sum()) + (weights * (effects - mean) ** 2).sum())

    best = minimize(loss, WIDEST_SPREAD, CLOSE)
    return 0.0 if loss(0.0) <= loss(best) else best


def share_interval(count: int, whole: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of people (Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404)."""
    tail = (1 - CONFIDENCE) / 2
    least = float(beta_quantile(count, whole - count + 1, tail)) if count else 0.0
    most = float(beta_quantile(count + 1, whole - count, 1 - tail)) if count < whole else 1.0
    return least, most
