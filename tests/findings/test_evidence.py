"""E-values, ranges and what could be detected, against independent arithmetic."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, stats

from runmood.findings.stats.evalues import (
    EVENINGS,
    MISS,
    TAU,
    Expected,
    GroupDifference,
    log_e_value,
    matched_z,
    z_for,
)

CASES = [(z, error) for z in (-3.0, -0.5, 0.0, 1.0, 2.5, 5.0) for error in (0.08, 0.22, 0.6, 3.0)]


def one(estimate: float, error: float, freedom: float = 1e9) -> GroupDifference:
    """A difference on a single night, of a person whose standard deviation is one point."""
    return GroupDifference(*(np.array([value]) for value in (estimate, error, 1.0, freedom)))


ENOUGH = 11.0
SMALLER = Expected(0.4, 0.2)


@pytest.mark.parametrize("expected", [EVENINGS, SMALLER])
@pytest.mark.parametrize(("z", "error"), CASES)
def test_e_value_is_the_mean_likelihood_ratio_of_the_differences_looked_for(
    z: float, error: float, expected: Expected
) -> None:
    """The e-value averages the likelihood ratio over a normal around what is expected, cut at zero: by integration."""
    looked_for = stats.truncnorm(-expected.mean / expected.spread, np.inf, *expected)

    def weighed(difference: float) -> float:
        return np.exp(z * difference / error - (difference / error) ** 2 / 2) * looked_for.pdf(difference)

    mixture, _ = integrate.quad(weighed, 0, 3, limit=400, points=[0.1, 0.3, 0.5, 0.7, 1.0], epsabs=0, epsrel=1e-10)
    assert np.exp(log_e_value(np.array([z]), np.array([error]), expected))[0] == pytest.approx(mixture, rel=1e-7)


def test_e_value_is_fair_without_an_effect() -> None:
    """Where there is no difference the e-value is 1 on average: by integration over z."""
    for error in (0.1, 0.3, 1.0):

        def weighed(z: float, error: float = error) -> float:
            return float(np.exp(log_e_value(np.array([z]), np.array([error]))[0] + stats.norm.logpdf(z)))

        mean, _ = integrate.quad(weighed, -20, 40, limit=400, points=[0, 2, 5, 10])
        assert mean == pytest.approx(1, abs=1e-6)


def test_e_value_grows_with_the_difference() -> None:
    """A larger difference is never weaker evidence, on either side of nothing and far beyond what is looked for."""
    z = np.linspace(-12, 30, 400)
    for error in (0.05, 0.3, 2.0):
        assert (np.diff(log_e_value(z, np.full(400, error))) > 0).all()


def test_matched_z_has_the_tail_of_students_t() -> None:
    """The deviates z and t have the same one-sided tail, on both sides and however far out."""
    ratio = np.array([-40.0, -2.0, 0.0, 0.3, 2.0, 8.0])
    z = matched_z(ratio, np.full(6, 9.0))
    np.testing.assert_allclose(stats.norm.sf(z[1:]), stats.t.sf(ratio[1:], 9), rtol=1e-9)
    assert z[0] == pytest.approx(-matched_z(np.array([40.0]), np.array([9.0]))[0])
    assert np.isfinite(np.exp(log_e_value(matched_z(np.array([1e9]), np.array([1e6])), np.array([1e-5]))))


@pytest.mark.parametrize("error", [0.01, 0.1, 0.3, 1.0, 20.0])
def test_z_for_inverts_the_e_value(error: float) -> None:
    """The z that is needed for an e-value gives that e-value."""
    errors = np.array([error])
    for expected in (EVENINGS, SMALLER):
        z = z_for(ENOUGH, errors, expected)
        assert np.exp(log_e_value(z, errors, expected))[0] == pytest.approx(ENOUGH, rel=1e-9)


def test_range_is_where_the_two_sided_mixture_stays_below_one_in_miss() -> None:
    """At the ends of the range, the two-sided normal mixture's e-value against that end is 1 / MISS."""
    difference = one(0.7, 0.2)
    gain = TAU**2 / 0.2**2
    z = difference.half_width[0] / 0.2
    assert np.exp(z**2 * gain / (2 * (1 + gain))) / np.sqrt(1 + gain) == pytest.approx(1 / MISS)


def test_shrunken_is_the_posterior_mean() -> None:
    """The shrunken effect is the mean of a normal estimate under a normal prior of TAU standard deviations."""
    precision = 1 / 0.3**2
    assert one(0.8, 0.3).shrunken[0] == pytest.approx(0.8 * precision / (precision + 1 / TAU**2))


def test_a_detectable_difference_is_detected_four_times_in_five() -> None:
    """Of estimates spread around the detectable difference, 80 % reach the e-value asked for."""
    error, people = 0.25, 20_000
    truth = one(0.0, error).detectable_at(ENOUGH)[0]
    estimates = truth + error * np.random.default_rng(1).normal(size=people)
    each = GroupDifference(estimates, *(np.full(people, value) for value in (error, 1.0, 1e9)))
    assert np.mean(each.log_e >= np.log(ENOUGH)) == pytest.approx(0.8, abs=0.01)
