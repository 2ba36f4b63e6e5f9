from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from runmood.metrics.splits_and_efforts import DISTANCES_M, TIMES_S, farthest, fastest

NANOMETRE = 1e-9


def rising(metres: np.ndarray) -> np.ndarray:
    """Metres that never stand still."""
    return metres + np.arange(len(metres)) * NANOMETRE


def test_the_fast_kilometre_in_the_middle_is_found() -> None:
    """5 km at 5:00, one at 4:00, 4 km at 5:00: the best kilometre began at 25:00, and the best 5 km hold it."""
    seconds = np.array([0.0, 1500, 1740, 2940])
    metres = np.array([0.0, 5000, 6000, 10_000])
    one, five = fastest(rising(metres), seconds, [1000, 5000])
    assert one == pytest.approx((1500, 1000, 240))
    assert five[1:] == pytest.approx((5000, 4 * 300 + 240))


def test_a_stretch_may_begin_and_end_between_samples() -> None:
    """400 m at 4 m/s within a run at 2 m/s, sampled every 7 s, are found to the second."""
    seconds = np.arange(0.0, 1001, 7)
    metres = np.interp(seconds, [0, 300, 400, 1001], [0, 600, 1000, 2202])
    began, _, took = fastest(rising(metres), seconds, [390])[0]
    assert took == pytest.approx(97.5, abs=1.5)
    assert began == pytest.approx(300, abs=7)


def test_standing_is_before_or_after_not_within() -> None:
    """A stop of a minute at either end of the stretch is not part of it."""
    seconds = np.array([0.0, 60, 300, 360, 600])
    metres = np.array([0.0, 0, 1000, 1000, 1900])
    assert fastest(rising(metres), seconds, [1000]) == [pytest.approx((60, 1000, 240))]


def test_farthest_in_a_time() -> None:
    """In 12 minutes of a run that is faster at its end, the last 12 count."""
    seconds = np.array([0.0, 600, 1320])
    metres = np.array([0.0, 1500, 3900])
    assert farthest(metres, seconds, [720]) == [pytest.approx((600, 2400, 720))]


def test_what_is_longer_than_the_run_falls_out() -> None:
    """A run of 5.1 km in 30 minutes has best efforts up to 5 km and 30 min, and no more."""
    seconds = np.array([0.0, 900, 1800])
    metres = np.array([0.0, 2500, 5100])
    assert len(fastest(rising(metres), seconds, DISTANCES_M.values())) == 4
    assert len(farthest(metres, seconds, TIMES_S.values())) == 6


def test_both_lists_grow() -> None:
    """Names and stretches are paired in order, so both lists must grow."""
    assert list(DISTANCES_M.values()) == sorted(DISTANCES_M.values())
    assert list(TIMES_S.values()) == sorted(TIMES_S.values())


steps = st.lists(st.tuples(st.integers(1, 20), st.integers(0, 60)), min_size=2, max_size=40)


@given(steps, st.floats(0.05, 1.0))
def test_no_stretch_is_faster(walked: list[tuple[int, int]], share: float) -> None:
    """Trying every beginning at a fine grid of distances finds nothing faster, and the one found exists."""
    seconds, metres = (np.cumsum([0.0, *values]) for values in zip(*walked, strict=True))
    given_m = share * metres[-1]
    if given_m < 1:
        return
    way = rising(metres)
    began, _, took = fastest(way, seconds, [given_m])[0]
    begins = np.linspace(0, way[-1] - given_m, 400)
    tried = np.interp(begins + given_m, way, seconds) - np.interp(begins, way, seconds)
    assert took <= tried.min() + 1e-6
    ran = np.interp(began + took, seconds, metres) - np.interp(began, seconds, metres)
    assert ran == pytest.approx(given_m, abs=1e-3)


@given(steps, st.floats(0.05, 1.0))
def test_no_stretch_is_farther(walked: list[tuple[int, int]], share: float) -> None:
    """Trying every beginning at a fine grid of moments finds nothing farther, and the one found exists."""
    seconds, metres = (np.cumsum([0.0, *values]) for values in zip(*walked, strict=True))
    given_s = share * seconds[-1]
    began, far, _ = farthest(metres, seconds, [given_s])[0]
    begins = np.linspace(0, seconds[-1] - given_s, 400)
    tried = np.interp(begins + given_s, seconds, metres) - np.interp(begins, seconds, metres)
    assert far >= tried.max() - 1e-6
    ran = np.interp(began + given_s, seconds, metres) - np.interp(began, seconds, metres)
    assert ran == pytest.approx(far, abs=1e-3)
