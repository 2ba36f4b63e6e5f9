"""How mood goes with what is known of the moment it was said, fitted after every rating.

    mood_t = x_t b + u_t + e_t,    u: AR(1) with autocorrelation phi a day, variance kappa;  e: white noise, 1 - kappa

in units of sigma squared, by generalised least squares. A Kalman filter whitens the rows of x and mood for each pair
(phi, kappa) of a grid, exactly over gaps of any length (Harvey 1989, doi:10.1017/CBO9781107049994); the normal
equations after each rating are then sums of the rows so far. Nobody knows the pair, so the answers of all pairs are
averaged by their restricted likelihood (Harville 1974, doi:10.1093/biomet/61.2.383; Hoeting et al. 1999,
doi:10.1214/ss/1009212519): what the pairs disagree about goes into the standard error. A coefficient may have a normal
prior around nothing, as weekdays have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

GRID = np.array([(0.0, 1.0), *((phi, kappa) for phi in (0.3, 0.55, 0.8) for kappa in (1.0, 0.6, 0.3))])
RIDGE = 1e-7  # a weekday never seen, or rest always on the same weekdays, then has an enormous error, not a crash
LEAST_SIGMA = 0.1  # mood points; nobody tells their moods apart more finely
SPARE = 4  # ratings more than coefficients before anything is fitted
CHUNK = 64  # ratings solved together; their products stay where the processor finds them again at once


@dataclass(frozen=True, slots=True)
class Fits:
    """One row a rating, fitted to all ratings up to it; then a last row of nan, for before the first.

    nan also where nothing was asked, or there were too few ratings.
    """

    estimate: Numbers  # rows x contrasts, in mood points
    error: Numbers  # rows x contrasts: standard error
    sigma: Numbers  # mood points in one standard deviation of what x does not explain
    memory: Numbers  # rows x (phi, kappa), averaged
    freedom: Numbers  # ratings less coefficients without a prior


def whiten(day: NDArray[np.int64] | Numbers, rows: Numbers) -> tuple[Numbers, Numbers]:
    """Make rows with memory independent and equally exact, by a Kalman filter (doi:10.1017/CBO9781107049994).

    Args:
        day: when each rating was noted, in days, rising.
        rows: ratings x columns, the mood last.

    Returns:
        The rows, ratings x pairs of memory x columns, and the log variances taken out, ratings x pairs.
    """
    phi, kappa = GRID.T
    decays = phi ** np.diff(day, prepend=day[:1])[:, np.newaxis]
    white = np.empty((len(rows), len(GRID), rows.shape[1]))
    spreads = np.empty((len(rows), len(GRID)))
    state, variance = np.zeros(white.shape[1:]), kappa
    for rating, decay in enumerate(decays):
        state *= decay[:, np.newaxis]
        variance = decay**2 * variance + kappa * (1 - decay**2)
        spreads[rating] = spread = variance + 1 - kappa
        white[rating] = surprise = rows[rating] - state
        state += (variance / spread)[:, np.newaxis] * surprise
        variance = variance * (1 - kappa) / spread
    return white / np.sqrt(spreads)[..., np.newaxis], np.log(spreads)


def fit(
    white: Numbers, logs: Numbers, held: NDArray[np.bool_], contrasts: Numbers, prior: Numbers | None = None
) -> Fits:
    """Fit the contrasts after each rating, averaged over the pairs of memory.

    Args:
        white: ratings x pairs x columns, whitened; the last column is the mood.
        logs: ratings x pairs, the log variances taken out.
        held: ratings x columns, which columns the model of a rating has; where it has none, nothing is fitted.
        contrasts: columns x contrasts, or pairs x columns x contrasts.
        prior: by column, how far from nothing a coefficient is expected to be, in standard deviations; infinite, or
            left out, where nothing is expected.

    Returns:
        Estimates and errors in mood points, one row a rating and a last one of nan.
    """
    ratings, _, width = white.shape
    penalty = np.zeros(width - 1) if prior is None else 1 / prior**2
    number, coefficients = np.arange(1, ratings + 1), (held & (penalty == 0)).sum(axis=1)
    asked = held.any(axis=1) & (number >= coefficients + SPARE)
    freedom = (number - coefficients).astype(float)
    taken_out = np.cumsum(logs, axis=0)
    count = contrasts.shape[-1]
    table = np.full((ratings + 1, 2 * count + 4), np.nan)
    sums = np.diag(np.append(np.maximum(penalty, RIDGE), RIDGE))
    for start in range(0, ratings, CHUNK):
        part = slice(start, min(start + CHUNK, ratings))
        here = np.flatnonzero(asked[part])
        if not len(here):
            sums = sums + np.einsum("rpi,rpj->pij", white[part], white[part], optimize=True)
            continue
        moments = sums + np.cumsum(white[part, :, :, np.newaxis] * white[part, :, np.newaxis, :], axis=0)
        sums = moments[-1]
        which = here + start
        factors = _factors(moments[here], held[which])
        table[which] = _averaged(factors, taken_out[which], freedom[which], contrasts)
    return Fits(table[:, :count], table[:, count : 2 * count], table[:, -4], table[:, -3:-1], table[:, -1])


def _factors(moments: Numbers, held: NDArray[np.bool_]) -> Numbers:
    """Factor the normal equations after Cholesky, the mood as last row and column; columns not held are inert.

    Returns:
        Ratings x pairs x columns x columns; the last entry squared is the sum of squared residuals.
    """
    if not held.all():
        inside = np.column_stack([held, np.ones(len(held), dtype=bool)])
        among = (inside[:, :, np.newaxis] & inside[:, np.newaxis, :])[:, np.newaxis]
        moments = moments * among + RIDGE * np.eye(moments.shape[-1]) * ~among
    return np.asarray(np.linalg.cholesky(moments), dtype=np.float64)


def _averaged(factor: Numbers, taken_out: Numbers, freedom: Numbers, contrasts: Numbers) -> Numbers:
    """Average over the pairs, weighted by restricted likelihood (Harville 1974, doi:10.1093/biomet/61.2.383).

    Returns:
        Estimates, errors, sigma, phi, kappa and freedom, one row a rating.
    """
    diagonal = np.diagonal(factor, axis1=-2, axis2=-1)
    variance = diagonal[..., -1] ** 2 / freedom[:, np.newaxis]
    likelihood = -0.5 * (freedom[:, np.newaxis] * np.log(variance) + taken_out)
    likelihood -= np.log(diagonal[..., :-1]).sum(axis=-1)
    likely = np.exp(likelihood - likelihood.max(axis=1, keepdims=True))
    likely /= likely.sum(axis=1, keepdims=True)
    estimates, errors = _contrasted(factor, contrasts)
    variances = np.maximum(variance, LEAST_SIGMA**2)
    estimate = np.einsum("rp,rpc->rc", likely, estimates)
    spread = variances[..., np.newaxis] * errors**2 + (estimates - estimate[:, np.newaxis]) ** 2
    error = np.sqrt(np.einsum("rp,rpc->rc", likely, spread))
    sigma = np.sqrt((likely * variances).sum(axis=1))
    return np.column_stack([estimate, error, sigma, likely @ GRID[: likely.shape[1]], freedom])


def _contrasted(factor: Numbers, contrasts: Numbers) -> tuple[Numbers, Numbers]:
    """Estimate each contrast for every pair.

    Columns before the first that any contrast has take no part in the triangular solution.

    Returns:
        Estimates, and standard errors in units of sigma; ratings x pairs x contrasts each.
    """
    first = int(np.flatnonzero(contrasts.reshape(-1, *contrasts.shape[-2:]).any(axis=(0, 2)))[0])
    lower, mood = factor[..., first:-1, first:-1], factor[..., -1, first:-1]
    wanted = np.broadcast_to(contrasts[..., first:, :], (*lower.shape[:-1], contrasts.shape[-1]))
    weights = np.linalg.solve(lower, wanted)
    return np.einsum("rpci,rpc->rpi", weights, mood), np.sqrt((weights**2).sum(axis=-2))
