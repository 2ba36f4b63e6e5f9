"""Generalised least squares with full matrices: slow, and written without a look at the product."""

from __future__ import annotations

import numpy as np

from runmood.patterns.model import GRID, RIDGE

Array = np.ndarray


def restricted(
    day: Array, rows: Array, contrasts: Array, pair: tuple[float, float], ridge: float
) -> tuple[float, Array]:
    """Restricted likelihood, then estimates, errors and sigma, with the covariance of evenings as one dense matrix."""
    phi, kappa = pair
    apart = np.abs(day[:, None] - day[None, :])
    covariance = kappa * np.power(phi, apart) + (1 - kappa) * np.eye(len(day))
    inverse = np.linalg.inv(covariance)
    x, y = rows[:, :-1], rows[:, -1]
    normal = x.T @ inverse @ x + ridge * np.eye(x.shape[1])
    solved = np.linalg.inv(normal)
    b = solved @ x.T @ inverse @ y
    freedom = len(day) - x.shape[1]
    variance = (y @ inverse @ y + ridge - b @ x.T @ inverse @ y) / freedom
    logs = np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(normal)[1]
    error = np.sqrt(variance * np.diag(contrasts.T @ solved @ contrasts))
    return -0.5 * (freedom * np.log(variance) + logs), np.concatenate(
        [contrasts.T @ b, error, [np.sqrt(variance)], pair]
    )


def slowly(day: Array, rows: Array, contrasts: Array, ridge: float = RIDGE) -> Array:
    """The same for the likeliest pair of the grid."""
    return max((restricted(day, rows, contrasts, tuple(pair), ridge) for pair in GRID), key=lambda found: found[0])[1]
