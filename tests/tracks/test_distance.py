from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from runs_made import HOME, made, measured

from runmood.core.errors import UnreadableFileError
from runmood.core.recordings import DecodedRun, Totals
from runmood.tracks.clean import Track, clean_track

SECONDS = np.arange(0.0, 600.0)


def track(run: DecodedRun) -> Track:
    """The clean track of a run."""
    return clean_track(run, HOME)


def codes(run: DecodedRun) -> list[str]:
    """The codes of what was said of a run's data."""
    return [notice.code for notice in track(run).notices if notice.code != "zone-from-home"]


def test_a_leap_of_the_count_is_left_out() -> None:
    """Five kilometres in a second are no run: they are left out of the points and of the device's total, and told."""
    metres = 3.0 * SECONDS + np.where(SECONDS >= 300, 5000, 0)
    run = replace(made(SECONDS, distance_m=metres), totals=Totals(distance_m=metres[-1]))
    assert codes(run) == ["leaps-removed"]
    assert measured(run).row["distance_m"] == pytest.approx(3 * 599, abs=4)


def test_a_watch_may_catch_up() -> None:
    """Forty metres at once are what a watch adds when it finds its satellites again; they count."""
    run = made(SECONDS, distance_m=3.0 * SECONDS + np.where(SECONDS >= 300, 40, 0))
    assert codes(run) == []
    assert track(run).points["distance_m"][-1] == 3 * 599 + 40


def test_a_train_is_left_out_of_the_way() -> None:
    """Positions that move on at once by kilometres stay, but nobody ran between them."""
    run = made(SECONDS, north_m=3.0 * SECONDS + np.where(SECONDS >= 300, 5000, 0))
    assert codes(run) == ["leaps-removed"]
    assert track(run).points["distance_m"][-1] == pytest.approx(3 * 598, rel=1e-3)


def test_the_last_leg_of_a_triathlon_begins_at_nought() -> None:
    """A count that goes on from the ride before begins anew."""
    points = track(made(SECONDS, distance_m=40_000 + 3.0 * SECONDS)).points
    assert (points["distance_m"][0], points["distance_m"][-1]) == (0, 3 * 599)


def test_a_frozen_position_is_left_out() -> None:
    """A position repeated for a minute while the device counted on is kept once; standing still repeats it rightly."""
    stuck = np.where((SECONDS > 200) & (SECONDS < 260), 600, 3 * SECONDS)
    frozen = made(SECONDS, north_m=stuck, distance_m=3 * SECONDS)
    halted = np.interp(SECONDS, [0, 200, 260, 599], [0, 600, 600, 1617])
    stood = made(SECONDS, north_m=halted, distance_m=halted)
    assert (codes(frozen), codes(stood)) == (["frozen-places"], [])
    assert track(frozen).points["latitude_deg"].null_count() == 59


def test_a_treadmill_keeps_its_place() -> None:
    """A watch that repeats one position in a hall keeps the first: its way is the device's, its day the place's."""
    run = made(SECONDS, north_m=np.zeros(600), distance_m=3.0 * SECONDS)
    path = track(run)
    assert (path.points["latitude_deg"].drop_nulls().len(), path.clock.zone_source) == (1, "place")
    assert measured(run).row["distance_source"] == "device"


def test_across_the_date_line() -> None:
    """From 179.99° east to 179.99° west is a short way, and running it is motion."""
    run = made(SECONDS, north_m=np.zeros(600))
    east = (179.99 + 3.0 * SECONDS / 111_195 / np.cos(np.radians(38.7)) + 180) % 360 - 180
    points = run.points.with_columns(longitude_deg=east)
    path = track(replace(run, points=points)).points
    assert path["distance_m"][-1] == pytest.approx(3 * 599, rel=1e-3)
    assert path["moving"].sum() == 599


@pytest.mark.parametrize("year", [1989, 2000, 2107])
def test_a_year_that_cannot_be_is_refused(year: int) -> None:
    """A clock that was never set, or says a year of the next century, leaves a run without a day."""
    run = made(SECONDS, distance_m=3.0 * SECONDS)
    ahead = dt.datetime(year, 1, 1, tzinfo=dt.UTC) - dt.datetime(2025, 5, 4, 6, tzinfo=dt.UTC)
    with pytest.raises(UnreadableFileError, match="day it was"):
        track(replace(run, points=run.points.with_columns(run.points["sampled_at"] + ahead)))
