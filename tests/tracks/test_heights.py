from __future__ import annotations

import numpy as np
import pytest
from drawn import rows
from runs_made import HOME, made

from runmood.tracks.clean import Track, clean_track

SECONDS = np.arange(0.0, 1200.0)
METRES = 3.0 * SECONDS
HILLS = 100 + 20 * np.sin(2 * np.pi * METRES / 1200)


def track(altitude_m: np.ndarray, seconds: np.ndarray = SECONDS, **more: np.ndarray) -> Track:
    """The clean track of a run at 3 m/s with these altitudes."""
    return clean_track(made(seconds, distance_m=3.0 * seconds, altitude_m=altitude_m, **more), HOME)


def heights(altitude_m: np.ndarray, **more: np.ndarray) -> np.ndarray:
    """The heights, evened out."""
    return track(altitude_m, **more).points["height_m"].to_numpy()


NOISE = """
    | noise | source     | error |
    | 0.2   | barometer  | 0.2   |
    | 2.0   | positions  | 1.0   |
    | 0.0   | positions  | 0.1   |
"""


@pytest.mark.parametrize("case", rows(NOISE), ids=str)
def test_the_source_is_told_by_the_noise(case: dict[str, str]) -> None:
    """A barometer trembles a little, satellites much, a map not at all; evened out, all follow the true hills."""
    noise = np.random.default_rng(3).normal(0, float(case["noise"]), len(SECONDS))
    clean = track(np.round((HILLS + noise) * 5) / 5 if noise.any() else HILLS)
    assert clean.heights_from == case["source"]
    assert np.abs(clean.points["height_m"].to_numpy() - HILLS)[20:-20].mean() < float(case["error"])


def test_a_leap_is_closed() -> None:
    """A device that finds its height late makes no climb of it; a single wild value makes none either."""
    late = np.where(SECONDS < 60, HILLS - 50, HILLS)
    wild = np.where(SECONDS == 600, HILLS + 80, HILLS)
    for recorded in (late, wild):
        assert np.abs(heights(recorded) - HILLS)[10:-10].max() < 1


def test_no_height_is_null() -> None:
    """Zeros throughout are no heights, nor are a few; some missing ones lie between their neighbours."""
    few, most = (np.where(known > SECONDS % 10, HILLS, np.nan) for known in (3, 9))
    assert np.isnan(heights(np.zeros(len(SECONDS)))).all()
    assert np.isnan(heights(few)).all()
    assert np.abs(heights(most) - HILLS).max() < 0.5


def test_nothing_is_evened_out_across_a_pause() -> None:
    """A lift taken while the watch was paused leaves the heights on both sides as they were."""
    later = SECONDS >= 600
    altitude_m = np.where(later, 300.0, 100.0) + np.sin(SECONDS) / 50
    lifted = heights(altitude_m, seconds=np.where(later, SECONDS + 300, SECONDS), segment=later.astype(int))
    assert (lifted[580:600] < 101).all()
    assert (lifted[600:620] > 299).all()


def test_reversed_heights_are_the_same_backwards() -> None:
    """Evening out looks as far ahead as back."""
    noise = np.random.default_rng(4).normal(0, 0.3, len(SECONDS))
    there, back = heights(HILLS + noise), heights((HILLS + noise)[::-1])
    np.testing.assert_allclose(there, back[::-1])
