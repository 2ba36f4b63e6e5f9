"""The filter and its prefix sums against dense generalised least squares, and against the dossier's prototype."""

from __future__ import annotations

import importlib.util
import os
import sys
import types
from pathlib import Path

import numpy as np
import pytest
from findings.dense import Array, slowly
from findings.drawn import invented

from runmood.findings.stats.missed_runs import collect_missed_run_data
from runmood.findings.stats.regression import LEAST_SIGMA, fit, whiten

SHARED = Path(os.environ.get("RUNMOOD_SHARED", Path(__file__).parents[3] / "shared"))
PROTOTYPE = SHARED / "sim" / "core.py"


def evenings(seed: int, count: int = 120) -> tuple[Array, Array, Array]:
    """Day numbers with gaps, rows of five columns and a mood with memory, and two contrasts."""
    chance = np.random.default_rng(seed)
    day = np.cumsum(chance.choice([1, 1, 1, 2, 3, 17], size=count))
    x = np.column_stack([np.ones(count), day / 100, *(chance.random((3, count)) < 0.4)])
    state, mood = 0.0, []
    for gap in np.diff(day, prepend=day[0] - 1):
        state = 0.7**gap * state + np.sqrt(1 - 0.49**gap) * chance.normal()
        mood.append(5 + state + chance.normal())
    contrasts = np.zeros((5, 2))
    contrasts[4, 0], contrasts[3:, 1] = -1, (1, -1)
    return day, np.column_stack([x, mood]), contrasts


@pytest.mark.parametrize("seed", range(4))
def test_every_prefix_equals_the_dense_regression(seed: int) -> None:
    """After each evening, over gaps of any length, the result is that of the full matrices to 1e-8."""
    day, rows, contrasts = evenings(seed)
    fits = fit(*whiten(day, rows), np.ones((len(day), 5), dtype=bool), contrasts)
    for count in (9, 10, 23, 57, 119, 120):
        dense = slowly(day[:count], rows[:count], contrasts)
        row = count - 1
        ours = np.concatenate([fits.estimate[row], fits.error[row], [fits.sigma[row]], fits.memory[row]])
        np.testing.assert_allclose(ours, dense, rtol=1e-8, atol=1e-8)


def test_the_ridge_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ridge that keeps empty columns from crashing changes an ordinary result by less than a millionth."""
    day, rows, contrasts = evenings(5)
    with_ridge = slowly(day, rows, contrasts)
    monkeypatch.setattr("findings.dense.RIDGE", 0.0)
    np.testing.assert_allclose(with_ridge, slowly(day, rows, contrasts), atol=1e-6)


def test_a_prior_draws_a_coefficient_towards_nothing() -> None:
    """With priors, contrasts that differ by pair, and moments half a day apart, it is still the dense regression."""
    day, rows, contrasts = evenings(10)
    prior = np.array([np.inf, np.inf, 0.3, 0.3, np.inf])
    by_pair = np.linspace(0.5, 1, 10)[:, None, None] * contrasts
    fits = fit(*whiten(day / 2, rows), np.ones((len(day), 5), dtype=bool), by_pair, prior)
    dense = slowly(day / 2, rows, by_pair, 1 / prior**2)
    ours = np.concatenate([fits.estimate[-2], fits.error[-2], [fits.sigma[-2]], fits.memory[-2]])
    np.testing.assert_allclose(ours, dense, rtol=1e-8, atol=1e-8)
    assert fits.freedom[-2] == len(day) - 3


def test_columns_not_held_are_as_if_absent() -> None:
    """An evening whose model lacks a column has the fit of a table without that column, and its freedom."""
    day, rows, contrasts = evenings(6)
    held = np.ones((len(day), 5), dtype=bool)
    held[:, 2] = False
    ours = fit(*whiten(day, rows), held, contrasts)
    theirs = fit(*whiten(day, np.delete(rows, 2, axis=1)), held[:, 1:] | True, np.delete(contrasts, 2, axis=0))
    np.testing.assert_allclose(ours.estimate[20:-1], theirs.estimate[20:-1], rtol=1e-7)
    np.testing.assert_allclose(ours.error[20:-1], theirs.error[20:-1], rtol=1e-7)
    np.testing.assert_array_equal(ours.freedom[20:-1], theirs.freedom[20:-1])


def test_chunks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many evenings are solved together, the results are the same."""
    day, rows, contrasts = evenings(7)
    everything = np.ones((len(day), 5), dtype=bool)
    whole = fit(*whiten(day, rows), everything, contrasts)
    monkeypatch.setattr("runmood.findings.stats.regression.CHUNK", 13)
    parts = fit(*whiten(day, rows), everything, contrasts)
    np.testing.assert_allclose(parts.error, whole.error, rtol=1e-10)


def test_too_few_evenings_and_unasked_ones_give_nothing() -> None:
    """There is no estimate from too few evenings, where nothing was asked, and in the last row."""
    day, rows, contrasts = evenings(8, count=30)
    held = np.ones((30, 5), dtype=bool)
    held[20] = False
    fits = fit(*whiten(day, rows), held, contrasts)
    assert np.flatnonzero(np.isnan(fits.sigma)).tolist() == [*range(8), 20, 30]


def test_constant_moods_have_the_least_sigma() -> None:
    """Someone who always says the same has no difference, and a standard deviation of LEAST_SIGMA."""
    day, rows, contrasts = evenings(9)
    rows[:, -1] = 10
    fits = fit(*whiten(day, rows), np.ones((len(day), 5), dtype=bool), contrasts)
    np.testing.assert_allclose(fits.sigma[8:-1], LEAST_SIGMA)
    np.testing.assert_allclose(fits.estimate[8:-1], 0, atol=1e-5)


@pytest.mark.skipif(not PROTOTYPE.exists(), reason=f"{PROTOTYPE} is not here; RUNMOOD_SHARED names the shared folder")
@pytest.mark.parametrize("pair", [(0.55, 0.6), (0.8, 0.3)])
def test_one_pair_equals_the_prototypes(monkeypatch: pytest.MonkeyPatch, pair: tuple[float, float]) -> None:
    """With one pair of memory and plain weekdays, differences, errors and sigma are the prototype's every night."""
    plain = types.ModuleType("numba")
    plain.njit = lambda **_: lambda function: function
    monkeypatch.setitem(sys.modules, "numba", plain)
    spec = importlib.util.spec_from_file_location("prototype", PROTOTYPE)
    prototype = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(prototype)
    nights = 90
    diary = collect_missed_run_data(invented(nights, seed=1, dip=0.5))
    codes = np.select([diary.kinds["run_days"], diary.kinds["missed_days"]], [1, 2], 0)
    phi, kappa = (np.array([value]) for value in pair)
    expected = prototype.kf_prefix(diary.evening, codes, np.zeros(nights), nights, 30, False, phi, kappa)[30:]
    monkeypatch.setattr("runmood.findings.stats.regression.GRID", np.array([pair]))
    day, rated = np.arange(nights), diary.rated
    weekdays = [diary.weekday == number for number in range(2, 8)]
    columns = [np.ones(nights), day / nights, *weekdays, codes == 0, codes == 2, diary.evening - 5]
    contrasts = np.zeros((10, 2))
    contrasts[9, 0], contrasts[8:, 1] = -1, (1, -1)
    fits = fit(*whiten(day[rated], np.column_stack(columns)[rated]), np.ones((rated.sum(), 10), dtype=bool), contrasts)
    ours = np.column_stack([fits.estimate, fits.error, fits.sigma])[np.cumsum(rated) - 1][29:]
    np.testing.assert_allclose(ours, expected[:, [0, 4, 1, 5, 3]], rtol=1e-5, atol=1e-6)
