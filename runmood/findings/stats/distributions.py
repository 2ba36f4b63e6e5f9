"""The normal, Student's t and beta distributions that the statistics stand on, of arrays, exact in both tails.

Written on NumPy and the standard library, since SciPy is 143 MB for seven functions. Each agrees with SciPy to nine
digits, which `tests/findings/test_distributions.py` checks over the range that is asked of them.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.findings.stats.windows import Numbers

FAR = -20.0  # standard deviations: below it the tail's logarithm is that of its asymptotic series
TERMS = 12  # of that series
FRACTIONS = 2000  # at most, of the continued fraction; it needs some tens, and more the larger its parameters
CLOSE = 1e-15  # relative
CLOSED_IN = 1e-8  # a step of Newton's method in the logarithm, after which the next one is below what numbers hold
TINY = 1e-300  # stands for 0 in a denominator
STEPS, HALVINGS = 60, 80
HALF = 0.5

_erfc = np.frompyfunc(math.erfc, 1, 1)
_log_gamma = np.frompyfunc(math.lgamma, 1, 1)


def normal_cdf(x: Numbers | float) -> Numbers:
    """Return the share of a standard normal distribution below `x`, exact in the lower tail."""
    return _floats(HALF * _erfc(-_floats(x) / math.sqrt(2)))


def normal_log_cdf(x: Numbers | float) -> Numbers:
    """Return the logarithm of `normal_cdf`, also where that is below the smallest number.

    By the asymptotic series of the tail (Abramowitz & Stegun, Handbook of Mathematical Functions, 26.2.12).
    """
    given = _floats(x)
    near, far = np.maximum(given, FAR), np.minimum(given, FAR)
    above, below = normal_cdf(-near), normal_cdf(near)
    middle = np.where(near > 0, np.log1p(-np.minimum(above, HALF)), np.log(below))
    terms = np.ones_like(far)
    series = np.ones_like(far)
    for number in range(1, TERMS):
        terms = -terms * (2 * number - 1) / far**2
        series = series + terms
    tail = -HALF * far**2 - np.log(-far) - HALF * math.log(2 * math.pi) + np.log(series)
    return np.where(given < FAR, tail, np.where(np.isnan(given), np.nan, middle))


def normal_quantile(share: Numbers | float) -> Numbers:
    """Return below which value such a share of a standard normal distribution lies (Wichura 1988, AS 241).

    doi:10.2307/2347330. The share 0 gives minus infinity, 1 infinity, and what is no share nan.
    """
    with np.errstate(invalid="ignore"):  # nan is compared
        return _floats(_quantiles(_floats(share)))


def t_cdf(freedom: Numbers | float, t: Numbers | float) -> Numbers:
    """Return the share of Student's t distribution below `t`, exact in the lower tail.

    Args:
        freedom: degrees of freedom, whole or not.
        t: of the same shape, or one for all.
    """
    df, given = np.broadcast_arrays(_floats(freedom), _floats(t))
    lower = _t_tail(df, np.abs(given))
    return np.where(given > 0, 1 - lower, lower)


def t_quantile(freedom: Numbers | float, share: Numbers | float) -> Numbers:
    """Return below which value such a share of Student's t distribution lies.

    Newton's method on the logarithms of tail and value: the tail is concave there, so it closes in from above whatever
    the start. The share 0 gives minus infinity, 1 infinity.

    Args:
        freedom: degrees of freedom, whole or not.
        share: of the same shape, or one for all.
    """
    df, given = np.broadcast_arrays(_floats(freedom), _floats(share))
    tail = np.minimum(given, 1 - given)
    start = np.abs(normal_quantile(tail))
    open_ = (tail > 0) & (start > 0) & (df > 0)
    df_open, wanted, at = df[open_], np.log(tail[open_]), np.log(start[open_])
    for _ in range(STEPS):
        found = _t_tail(df_open, np.exp(at))
        step = (np.log(found) - wanted) * found / (np.exp(at) * _t_density(df_open, np.exp(at)))
        at = at + step
        if not np.any(np.abs(step) > CLOSED_IN):
            break
    value = np.where(tail == 0, np.inf, np.where(start == 0, 0.0, np.nan))
    value[open_] = np.exp(at)
    return np.where(given < HALF, -value, value)


def beta_quantile(a: float, b: float, share: float) -> float:
    """Return below which value such a share of a beta distribution with parameters `a` and `b` lies, by halving."""
    least, most = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (least + most) / 2
        if float(_beta_cdf(_floats(a), _floats(b), _floats(middle), _floats(1 - middle))) < share:
            least = middle
        else:
            most = middle
    return (least + most) / 2


def minimize(loss: Callable[[float], float], most: float, tolerance: float) -> float:
    """Return where a function is least between 0 and `most`: the best of a grid, closed in on by the golden section."""
    grid = np.linspace(0.0, most, STEPS + 1)
    best = int(np.argmin([loss(float(each)) for each in grid]))
    least, highest = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, STEPS)])
    ratio = (math.sqrt(5) - 1) / 2
    while highest - least > tolerance:
        left, right = highest - ratio * (highest - least), least + ratio * (highest - least)
        if loss(left) < loss(right):
            highest = right
        else:
            least = left
    return (least + highest) / 2


def _floats(values: Any) -> Numbers:  # noqa: ANN401 - numbers, arrays of them, arrays of objects
    return np.asarray(values, dtype=np.float64)


def _normal_quantile(share: float) -> float:
    if 0 < share < 1:
        return _NORMAL.inv_cdf(share)
    return {0.0: -math.inf, 1.0: math.inf}.get(share, math.nan)


_NORMAL = NormalDist()
_quantiles = np.frompyfunc(_normal_quantile, 1, 1)


def _t_tail(freedom: Numbers, t: Numbers) -> Numbers:
    """Return the share of Student's t distribution below `-t`, for `t` from 0 on: half an incomplete beta."""
    square = t**2
    whole = freedom + square
    with np.errstate(invalid="ignore"):  # infinitely far out, which is put right here
        rest = np.where(np.isinf(square), 1.0, square / whole)
    return HALF * _beta_cdf(freedom / 2, _floats(HALF), freedom / whole, rest)


def _t_density(freedom: Numbers, t: Numbers) -> Numbers:
    """Return the density of Student's t distribution."""
    log = _log_beta(freedom / 2, _floats(HALF)) + HALF * np.log(freedom) + (freedom + 1) / 2 * np.log1p(t**2 / freedom)
    return np.exp(-log)


def _log_beta(a: Numbers, b: Numbers) -> Numbers:
    return _floats(_log_gamma(a)) + _floats(_log_gamma(b)) - _floats(_log_gamma(a + b))


def _beta_cdf(a: Numbers, b: Numbers, x: Numbers, rest: Numbers) -> Numbers:
    """Return the regularized incomplete beta function at `x`, with `rest` as 1 - x given exactly.

    By the continued fraction of Didonato & Morris 1992 (doi:10.1145/131766.131776, eq. 7) in the form of the Handbook's
    26.5.8, on the side where it converges fast.
    """
    a, b, x, rest = np.broadcast_arrays(a, b, x, rest)
    swapped = x > (a + 1) / (a + b + 2)
    p, q = np.where(swapped, b, a), np.where(swapped, a, b)
    y, z = np.where(swapped, rest, x), np.where(swapped, x, rest)
    with np.errstate(divide="ignore", invalid="ignore"):
        front = np.exp(p * np.log(y) + q * np.log(z) - _log_beta(a, b)) / p
    part = np.where(y > 0, front * _beta_fraction(p, q, y), 0.0)
    return np.where(np.isnan(x), np.nan, np.where(swapped, 1 - part, part))


def _beta_fraction(a: Numbers, b: Numbers, x: Numbers) -> Numbers:
    """Return the continued fraction of the incomplete beta function, by Lentz's method (doi:10.1364/AO.15.000668)."""
    c = np.ones_like(x)
    d = 1 / _never_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, FRACTIONS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / _never_zero(1 + even * d), _never_zero(1 + even / c)
        value = value * d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / _never_zero(1 + odd * d), _never_zero(1 + odd / c)
        value = value * d * c
        if not np.any(np.abs(d * c - 1) > CLOSE):
            break
    return value


def _never_zero(values: Numbers) -> Numbers:
    return np.where(np.abs(values) < TINY, TINY, values)
