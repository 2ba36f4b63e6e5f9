"""How an evening's mood goes with what is known of the day, fitted after every rated evening.

    mood_t = x_t b + u_t + e_t,    u: AR(1) with autocorrelation phi, variance kappa;  e: white noise, 1 - kappa

in units of sigma squared, by generalised least squares. A Kalman filter whitens the rows of x and mood for each pair
(phi, kappa) of a grid, exactly over gaps of any length (Harvey 1989, doi:10.1017/CBO9781107049994); the normal
equations after each evening are then sums of the rows so far, and the pair with the largest restricted likelihood
(Harville 1974, doi:10.1093/biomet/61.2.383) is taken, evening by evening.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

GRID = np.array([(0.0, 1.0), *((phi, kappa) for phi in (0.3, 0.5, 0.7, 0.85) for kappa in (1.0, 0.7, 0.45, 0.25))])
RIDGE = 1e-7  # a weekday never seen, or rest always on the same weekdays, then has an enormous error, not a crash
LEAST_SIGMA = 0.1  # mood points; nobody tells their moods apart more finely
SPARE = 4  # evenings more than coefficients before anything is fitted
CHUNK = 256  # evenings solved together; bounds the memory of a ten-year diary


@dataclass(frozen=True, slots=True)
class Fits:
    """One row a rated evening, fitted to all evenings up to it; then a last row of nan, for before the first.

    nan also where nothing was asked, or there were too few evenings.
    """

    estimate: Numbers  # rows x contrasts, in mood points
    error: Numbers  # rows x contrasts: standard error
    sigma: Numbers  # mood points in one standard deviation of what x does not explain
    memory: Numbers  # rows x (phi, kappa)
    freedom: Numbers  # evenings less coefficients


def whiten(day: NDArray[np.int64], rows: Numbers) -> tuple[Numbers, Numbers]:
    """The rows made independent and equally exact, evenings x pairs x columns; and the log variances taken out.

    `day` is the day number of each evening, rising.
    """
    phi, kappa = GRID.T
    decays = phi ** np.diff(day, prepend=day[:1])[:, np.newaxis]
    white = np.empty((len(rows), len(GRID), rows.shape[1]))
    spreads = np.empty((len(rows), len(GRID)))
    state, variance = np.zeros(white.shape[1:]), kappa
    for evening, decay in enumerate(decays):
        state *= decay[:, np.newaxis]
        variance = decay**2 * variance + kappa * (1 - decay**2)
        spreads[evening] = spread = variance + 1 - kappa
        white[evening] = surprise = rows[evening] - state
        state += (variance / spread)[:, np.newaxis] * surprise
        variance = variance * (1 - kappa) / spread
    return white / np.sqrt(spreads)[..., np.newaxis], np.log(spreads)


def fit(white: Numbers, logs: Numbers, held: NDArray[np.bool_], contrasts: Numbers) -> Fits:
    """The contrasts (columns x contrasts) after each evening.

    The last column of `white` is the mood. `held` (evenings x columns) says which columns the model of an evening has;
    where it has none, nothing was asked.
    """
    evenings, pairs, width = white.shape
    count, number, coefficients = contrasts.shape[1], np.arange(1, evenings + 1), held.sum(axis=1)
    asked = (coefficients > 0) & (number >= coefficients + SPARE)
    freedom = (number - coefficients).astype(float)
    taken_out = np.cumsum(logs, axis=0)
    table = np.full((evenings + 1, 2 * count + 4), np.nan)
    sums = np.zeros((pairs, width, width))
    for start in range(0, evenings, CHUNK):
        part = slice(start, min(start + CHUNK, evenings))
        moments = sums + np.cumsum(white[part, :, :, np.newaxis] * white[part, :, np.newaxis, :], axis=0)
        sums, here = moments[-1], np.flatnonzero(asked[part])
        which = here + start
        table[which] = _likeliest(_factors(moments[here], held[which]), taken_out[which], freedom[which], contrasts)
    return Fits(table[:, :count], table[:, count : 2 * count], table[:, -4], table[:, -3:-1], table[:, -1])


def _factors(moments: Numbers, held: NDArray[np.bool_]) -> Numbers:
    """Cholesky factors of the normal equations, with the mood as last row and column; columns not held are inert.

    The last entry of a factor squared is the sum of squared residuals.
    """
    inside = np.column_stack([held, np.ones(len(held), dtype=bool)])
    among = (inside[:, :, np.newaxis] & inside[:, np.newaxis, :])[:, np.newaxis]
    return np.linalg.cholesky(moments * among + RIDGE * np.eye(moments.shape[-1]))


def _likeliest(factor: Numbers, taken_out: Numbers, freedom: Numbers, contrasts: Numbers) -> Numbers:
    """Estimates, errors, sigma, phi, kappa and freedom at each evening's likeliest pair."""
    diagonal = np.diagonal(factor, axis1=-2, axis2=-1)
    variance = diagonal[..., -1] ** 2 / freedom[:, np.newaxis]
    likelihood = -0.5 * (freedom[:, np.newaxis] * np.log(variance) + taken_out)
    likelihood -= np.log(diagonal[..., :-1]).sum(axis=-1)
    pair, each = likelihood.argmax(axis=1), np.arange(len(factor))
    sigma = np.maximum(np.sqrt(variance[each, pair]), LEAST_SIGMA)
    lower = factor[each, pair]
    weights = np.linalg.solve(lower[:, :-1, :-1], np.broadcast_to(contrasts, (len(each), *contrasts.shape)))
    estimate = np.einsum("eci,ec->ei", weights, lower[:, -1, :-1])
    error = sigma[:, np.newaxis] * np.sqrt((weights**2).sum(axis=1))
    return np.column_stack([estimate, error, sigma, GRID[pair], freedom])
