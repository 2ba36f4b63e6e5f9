"""What people's estimates come to together."""

from __future__ import annotations

import numpy as np
import pytest

from runmood.findings.stats.pooling import PooledEffect, pool_effects, share_interval, shrink_estimates, standardize

# Eight made-up people: effects and variances.
EFFECTS = np.array([0.12, 0.35, 0.10, 0.38, 0.22, 0.40, 0.15, 0.31])
VARIANCES = np.array([0.04, 0.02, 0.05, 0.03, 0.02, 0.06, 0.03, 0.04])
MANY = np.full(8, 1e9)  # so much freedom that standard deviations are known


def test_people_who_differ_no_more_than_chance_have_no_spread() -> None:
    """Then the mean is the one weighted by precision, and the interval is never narrower than by normal theory."""
    pooled = pool_effects(EFFECTS, VARIANCES, MANY)
    weights = 1 / VARIANCES
    assert pooled.people == 8
    assert pooled.spread == pytest.approx(0.0, abs=0.02)
    assert pooled.mean == pytest.approx(float((weights * EFFECTS).sum() / weights.sum()), abs=1e-3)
    assert pooled.most - pooled.mean >= 1.9599 / np.sqrt(weights.sum()) - 1e-6


def test_with_equal_errors_spread_and_interval_are_those_of_the_textbook() -> None:
    """REML gives the variance between people less that of errors; Hartung and Knapp the t interval of the mean."""
    rng = np.random.default_rng(3)
    effects = rng.normal(0.2, 0.5, 20)
    pooled = pool_effects(effects, np.full(20, 0.01), np.full(20, 1e9))
    assert pooled.spread**2 == pytest.approx(effects.var(ddof=1) - 0.01, rel=1e-3)
    assert pooled.mean == pytest.approx(effects.mean())
    assert pooled.most - pooled.mean == pytest.approx(2.0930 * effects.std(ddof=1) / np.sqrt(20), rel=1e-3)


def test_the_interval_holds_the_mean_where_few_people_differ() -> None:
    """Of intervals over twelve people who differ, 93 to 97 in a hundred hold the truth (benchmarks/pooling.py)."""
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(300):
        variances = rng.uniform(0.02, 0.15, 12)
        effects = rng.normal(0.25, 0.3, 12) + rng.normal(size=12) * np.sqrt(variances)
        pooled = pool_effects(effects, variances, np.full(12, 1e9))
        held += pooled.least <= 0.25 <= pooled.most
    assert 0.91 <= held / 300 <= 0.985


def test_people_are_put_beside_each_other_in_their_own_standard_deviations() -> None:
    """One mood point of somebody whose evenings hardly vary is more than one of somebody whose evenings swing."""
    two = np.array([1.0, 1.0]), np.array([0.3, 0.3]), np.array([0.5, 2.0]), np.array([1e9, 1e9])
    effects, variances, _ = standardize(*two)
    assert effects == pytest.approx([2.0, 0.5])
    assert variances == pytest.approx([0.36, 0.0225])


def test_an_estimate_is_drawn_towards_the_others_as_far_as_its_notes_are_few() -> None:
    """Of exact notes it stays, of none it is the mean of all in that person's unit; equal errors meet half way."""
    pooled = PooledEffect(12, 0.2, 0.1, 0.4, 0.5)
    estimates, errors, sigmas = np.full(3, 2.0), np.array([1e-9, 1e9, 1.0]), np.full(3, 2.0)
    shrunken, widths = shrink_estimates(estimates, errors, sigmas, pooled)
    assert shrunken == pytest.approx([2.0, 0.4, 1.2])
    half, of_the_mean, of_people = 1.95996, 2 * 0.2, 1.95996 * 2 * 0.5
    expected = [0.0, np.hypot(of_the_mean, of_people), np.hypot(half * 0.5**0.5, of_the_mean / 2)]
    assert widths == pytest.approx(expected, abs=1e-4)


def test_few_people_are_never_taken_to_differ_by_nothing() -> None:
    """The fewer they are, the larger the least spread; a larger one that they show stands."""
    spreads = [PooledEffect(people, 0.0, -0.1, 0.1, 0.0).plausible_spread for people in (10, 35, 40, 95, 100)]
    assert spreads == [0.3, 0.3, 0.2, 0.2, 0.1]
    assert PooledEffect(10, 0.0, -0.1, 0.1, 0.6).plausible_spread == 0.6


@pytest.mark.parametrize(
    ("count", "whole", "ends"), [(0, 20, (0.0, 0.1684)), (10, 20, (0.2720, 0.7280)), (20, 20, (0.8316, 1.0))]
)
def test_a_share_of_people_has_an_exact_interval(count: int, whole: int, ends: tuple[float, float]) -> None:
    """As Clopper and Pearson tabulated it."""
    assert share_interval(count, whole) == pytest.approx(ends, abs=1e-4)
