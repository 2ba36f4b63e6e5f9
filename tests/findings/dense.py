"""Generalised least squares with full matrices: slow, and written without a look at the product."""

from __future__ import annotations

import numpy as np

from runmood.findings.stats.regression import GRID, RIDGE

Array = np.ndarray


def restricted(
    day: Array, rows: Array, contrasts: Array, pair: tuple[float, float], penalty: Array
) -> tuple[float, Array, Array, float]:
    """Restricted likelihood, estimates, their variances and sigma squared, the covariance as one dense matrix.

    `penalty` is, by column, the inverse variance of a normal prior in units of sigma squared; the mood has RIDGE.
    """
    phi, kappa = pair
    apart = np.abs(day[:, None] - day[None, :])
    covariance = kappa * np.power(phi, apart) + (1 - kappa) * np.eye(len(day))
    inverse = np.linalg.inv(covariance)
    x, y = rows[:, :-1], rows[:, -1]
    normal = x.T @ inverse @ x + np.diag(penalty)
    solved = np.linalg.inv(normal)
    b = solved @ x.T @ inverse @ y
    freedom = len(day) - np.sum(penalty <= RIDGE)
    variance = (y @ inverse @ y + RIDGE - b @ x.T @ inverse @ y) / freedom
    logs = np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(normal)[1]
    likelihood = -0.5 * (freedom * np.log(variance) + logs)
    return likelihood, contrasts.T @ b, variance * np.diag(contrasts.T @ solved @ contrasts), variance


def slowly(day: Array, rows: Array, contrasts: Array, penalty: Array | None = None) -> Array:
    """Estimates, errors, sigma, phi and kappa, averaged over the pairs of the grid by their likelihood."""
    penalty = np.full(rows.shape[1] - 1, RIDGE) if penalty is None else np.maximum(penalty, RIDGE)
    by_pair = contrasts if contrasts.ndim == 3 else np.broadcast_to(contrasts, (len(GRID), *contrasts.shape))
    found = [restricted(day, rows, each, tuple(pair), penalty) for pair, each in zip(GRID, by_pair, strict=True)]
    likelihood, estimates, variances, sigma_squared = (np.array(part) for part in zip(*found, strict=True))
    likely = np.exp(likelihood - likelihood.max())
    likely /= likely.sum()
    mean = likely @ estimates
    error = np.sqrt(likely @ (variances + (estimates - mean) ** 2))
    return np.concatenate([mean, error, [np.sqrt(likely @ sigma_squared)], likely @ GRID])
