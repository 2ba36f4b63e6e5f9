from __future__ import annotations

import numpy as np
import pytest
from drawn import rows

from runmood.metrics.slopes import grade_adjusted_distance, running_cost

WAY = np.arange(0.0, 10_000.0, 3.0)

# Minetti et al. 2002, J Appl Physiol 93:1039, abstract: measured on ten runners, mean and standard deviation.
PUBLISHED = """
    | gradient | cost  | sd   |
    | 0        | 3.40  | 0.24 |
    | 0.45     | 18.93 | 1.74 |
    | -0.20    | 1.73  | 0.36 |
    | -0.45    | 3.92  | 0.81 |
"""


@pytest.mark.parametrize("case", rows(PUBLISHED), ids=lambda case: case["gradient"])
def test_the_cost_is_what_was_published(case: dict[str, str]) -> None:
    """The curve lies within a standard deviation of what the paper reports of its runners."""
    cost = running_cost(np.array([float(case["gradient"])]))[0]
    assert cost == pytest.approx(float(case["cost"]), abs=float(case["sd"]))


def test_steeper_than_was_measured_counts_as_the_steepest() -> None:
    """Beyond ±45 %, where a polynomial runs wild, the cost stays what it is there."""
    np.testing.assert_array_equal(running_cost(np.array([-3.0, 0.9])), running_cost(np.array([-0.45, 0.45])))


GRADED = """
    | gradient | flat for each metre |
    | 0        | 1.000               |
    | 0.10     | 1.658               |
    | -0.10    | 0.598               |
    | -0.20    | 0.500               |
    | 0.30     | 3.494               |
"""


@pytest.mark.parametrize("case", rows(GRADED), ids=lambda case: case["gradient"])
def test_an_even_slope(case: dict[str, str]) -> None:
    """Worked out by hand from the published curve: C(i) / 3.6 for each metre of an even slope."""
    flat = grade_adjusted_distance(WAY, 500 + float(case["gradient"]) * WAY)
    assert flat[-1] / WAY[-1] == pytest.approx(float(case["flat for each metre"]), abs=0.001)


def test_hills_cost_more_than_the_flat() -> None:
    """What a climb costs, the descent does not give back."""
    assert grade_adjusted_distance(WAY, 20 * np.sin(WAY / 100))[-1] > 1.1 * WAY[-1]


@pytest.mark.parametrize(("noise_m", "correlated_m", "most_percent"), [(0.3, 30, 0.2), (1, 30, 1.5), (3, 500, 1.5)])
def test_noise_hardly_moves_it(noise_m: float, correlated_m: float, most_percent: float) -> None:
    """Neither a barometer's tremble, nor a metre of noise, nor a slow drift of satellites by 3 m."""
    rng = np.random.default_rng(5)
    hills = 15 * np.sin(WAY / 300)
    width = int(correlated_m / 3)
    noise = np.convolve(rng.normal(0, 1, len(WAY) + width - 1), np.full(width, width**-0.5), "valid") * noise_m
    true, noisy = grade_adjusted_distance(WAY, hills)[-1], grade_adjusted_distance(WAY, hills + noise)[-1]
    assert 100 * abs(noisy / true - 1) < most_percent


def test_without_heights_or_way_nothing_is_known() -> None:
    """No height is no slope of 0."""
    unknown = np.full(len(WAY), np.nan)
    assert np.isnan(grade_adjusted_distance(WAY, unknown)).all()
    assert np.isnan(grade_adjusted_distance(unknown, WAY)).all()
