"""The distributions that the statistics stand on, against SciPy's and against what can be written down."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import optimize, special

from runmood.findings.stats import distributions

DIGITS = 1e-9  # relative
FREEDOMS = np.array([1.0, 1.5, 2.0, 3.7, 10.0, 33.3, 400.0, 3650.0, 20000.0])
TAILS = 10 ** np.linspace(-12, math.log10(0.5), 60)
SHARES = np.concatenate([TAILS, 1 - TAILS])


def test_the_normal_distribution_is_exact_in_its_tails() -> None:
    """Share, its logarithm and its quantile agree with SciPy's to nine digits, out to where numbers end."""
    x = np.linspace(-37, 9, 1001)
    assert distributions.normal_cdf(x) == pytest.approx(special.ndtr(x), rel=DIGITS)
    far = np.linspace(-500, 37, 5001)
    assert distributions.normal_log_cdf(far) == pytest.approx(special.log_ndtr(far), rel=DIGITS)
    shares = np.concatenate([10 ** np.linspace(-300, -12, 500), SHARES])
    assert distributions.normal_quantile(shares) == pytest.approx(special.ndtri(shares), rel=DIGITS)


def test_students_t_is_exact_in_its_lower_tail() -> None:
    """The share below a value agrees with SciPy's for one degree of freedom and for 20,000, on both sides."""
    values = np.concatenate([-(10 ** np.linspace(-5, 3, 200)), [0.0], 10 ** np.linspace(-5, 3, 200)])
    df, t = np.repeat(FREEDOMS, values.size), np.tile(values, FREEDOMS.size)
    expected = special.stdtr(df, t)
    held = expected > 1e-290
    assert distributions.t_cdf(df, t)[held] == pytest.approx(expected[held], rel=DIGITS)


def test_students_t_with_one_degree_of_freedom_is_cauchys() -> None:
    """Near the middle, where SciPy keeps eight digits, the share is that of the arc tangent to the last one."""
    t = -(10 ** np.linspace(-12, 6, 100))
    expected = np.arctan(-1 / t) / math.pi
    assert distributions.t_cdf(1.0, t) == pytest.approx(expected, rel=1e-12)


def test_the_quantile_of_students_t_leads_back_to_its_share() -> None:
    """It agrees with SciPy's from one tail to the other, and one half is 0."""
    df, shares = np.repeat(FREEDOMS, SHARES.size), np.tile(SHARES, FREEDOMS.size)
    found = distributions.t_quantile(df, shares)
    assert found == pytest.approx(special.stdtrit(df, shares), rel=DIGITS, abs=1e-12)
    assert float(distributions.t_quantile(7, 0.5)) == 0


def test_the_ends_and_what_is_unknown_stay_what_they_are() -> None:
    """A share of 0 or 1 lies infinitely far out; what is not a number stays none, beside numbers that are."""
    shares = np.array([0.0, 1.0, np.nan, 0.975])
    for found in (distributions.normal_quantile(shares), distributions.t_quantile(10.0, shares)):
        assert list(found[:2]) == [-np.inf, np.inf]
        assert np.isnan(found[2])
        assert found[3] > 1.95
    assert np.isnan(distributions.t_cdf(np.array([np.nan, 5.0]), np.array([1.0, np.nan]))).all()
    assert list(distributions.t_cdf(5.0, np.array([-np.inf, np.inf]))) == [0, 1]
    assert np.isnan(distributions.normal_log_cdf(np.nan))


@pytest.mark.parametrize("people", [2, 30, 400, 100_000])
def test_the_quantile_of_a_beta_distribution(people: int) -> None:
    """The ends of the interval of a share of people agree with SciPy's, for few and for many."""
    for count in {1, people // 2, people - 1}:
        for share in (0.025, 0.975):
            found = distributions.beta_quantile(count, people - count + 1, share)
            assert found == pytest.approx(special.betaincinv(count, people - count + 1, share), rel=DIGITS)


def test_the_least_of_a_function_is_found_among_several_valleys() -> None:
    """The lowest valley counts, not the first; at an end of the range the end is returned."""

    def two_valleys(x: float) -> float:
        return min((x - 0.5) ** 2, 2 * (x - 2.2) ** 2 - 0.1)

    assert distributions.minimize(two_valleys, 3.0, 1e-6) == pytest.approx(2.2, abs=1e-5)
    assert distributions.minimize(lambda x: x, 3.0, 1e-6) == pytest.approx(0, abs=1e-5)
    one = optimize.minimize_scalar(lambda x: math.cosh(x - 1.3), bounds=(0, 3), method="bounded")
    assert distributions.minimize(lambda x: math.cosh(x - 1.3), 3.0, 1e-6) == pytest.approx(one.x, abs=1e-4)
