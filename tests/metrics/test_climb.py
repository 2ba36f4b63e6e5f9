from __future__ import annotations

import numpy as np
import pytest
from drawn import rows
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from runmood.metrics.slopes import LEAST_M, elevation_gain_m

CLIMBS = """
    | heights                 | up   | down | because                              |
    | 0 5 10                  | 10   | 0    | one climb                            |
    | 0 10 4                  | 10   | 6    | up and down                          |
    | 0 10 9 20               | 20   | 0    | a dip of 1 m is part of the climb    |
    | 0 10 8 20               | 22   | 2    | a dip of 2 m is a descent            |
    | 0 1 0 1 0 1             | 0    | 0    | waves of 1 m are none                |
    | 0 1 10 9 10 1 0         | 10   | 10   | a wave at the top neither            |
    | 5 5 5                   | 0    | 0    | flat                                 |
    | 0 1 2 1 2 3 2 3 4       | 4    | 0    | a climb that trembles is one climb   |
    | 1 0 3                   | 3    | 0    | from the lowest point                |
"""


@pytest.mark.parametrize("case", rows(CLIMBS), ids=lambda case: case["because"])
def test_what_a_climb_is(case: dict[str, str]) -> None:
    """From low point to high point and back, where the height turns by 1.5 m or more."""
    heights = np.array([float(height) for height in case["heights"].split()])
    up, down = elevation_gain_m(heights, np.ones(len(heights), dtype=bool))
    assert (up[-1], down[-1]) == (pytest.approx(float(case["up"])), pytest.approx(float(case["down"])))


def test_a_lift_is_no_climb() -> None:
    """What is gained without motion is left out."""
    up, down = elevation_gain_m(np.array([0.0, 10, 110, 120]), np.array([False, True, False, True]))
    assert (up[-1], down[-1]) == (20, 0)


def by_hand(heights: list[float]) -> float:
    """Ascent by taking out, one at a time, each inner wave under 1.5 m that is no larger than both beside it."""
    turns = [height for place, height in enumerate(heights) if place == 0 or height != heights[place - 1]]
    while True:
        turns = [
            height
            for place, height in enumerate(turns)
            if place in {0, len(turns) - 1} or (height - turns[place - 1]) * (turns[place + 1] - height) < 0
        ]
        waves = np.abs(np.diff(turns))
        small = [
            place
            for place in range(1, len(waves) - 1)
            if waves[place] < LEAST_M and waves[place] <= min(waves[place - 1], waves[place + 1])
        ]
        if not small:
            break
        del turns[small[0] : small[0] + 2]
    # what is left of small waves stands at the ends, where they grow from or shrink to nothing
    steps = [step for step in np.diff(turns) if abs(step) >= LEAST_M]
    return sum(step for step in steps if step > 0)


heights_of_runs = arrays(
    np.float64, st.integers(3, 60), elements=st.integers(0, 40).map(lambda quarter: quarter * 0.25 + 100)
)


@given(heights_of_runs)
def test_it_is_what_plain_reckoning_gives(heights: np.ndarray) -> None:
    """The same as taking out small waves one by one, which is slow and plain."""
    up, _ = elevation_gain_m(heights, np.ones(len(heights), dtype=bool))
    assert up[-1] == pytest.approx(by_hand(heights.tolist()))


@given(heights_of_runs)
def test_backwards_up_is_down(heights: np.ndarray) -> None:
    """The same way run the other way climbs what was descended."""
    moving = np.ones(len(heights), dtype=bool)
    (up, down), (back_up, back_down) = (elevation_gain_m(each, moving) for each in (heights, heights[::-1]))
    assert (up[-1], down[-1]) == (pytest.approx(back_down[-1]), pytest.approx(back_up[-1]))


@given(heights_of_runs)
def test_it_only_grows_and_ends_at_the_sum(heights: np.ndarray) -> None:
    """Ascent so far never falls, and never exceeds all rises together."""
    up, down = elevation_gain_m(heights, np.ones(len(heights), dtype=bool))
    rises = np.diff(heights).clip(min=0).sum()
    assert (np.diff(up) >= 0).all()
    assert (np.diff(down) >= 0).all()
    assert up[-1] <= rises + 1e-9
