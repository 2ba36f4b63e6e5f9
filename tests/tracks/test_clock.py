"""The clock of a recording: single wrong dates, jumps in the middle, and runs that last for months."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from runs_made import BEGAN, HOME, made, measured

from runmood.core.errors import UnreadableFileError
from runmood.core.recordings import DecodedRun, Totals
from runmood.tracks.clean import Track, clean_track

SECONDS = np.arange(0.0, 1800.0, 2.0)
METRES = 3.0 * SECONDS
DAY_S = 86_400.0


def clocked(seconds: np.ndarray, **more: object) -> DecodedRun:
    """Half an hour at 3 m/s, with these times in the order of the file."""
    return replace(made(seconds, north_m=METRES), **more)


def track(run: DecodedRun) -> Track:
    """The clean track of a run."""
    return clean_track(run, HOME)


def codes(run: DecodedRun) -> set[str]:
    """The codes of what was said of the clock."""
    return {notice.code for notice in track(run).notices}


@pytest.mark.parametrize("off_s", [-BEGAN.timestamp(), -30 * DAY_S, 365 * DAY_S, 2 * DAY_S], ids=str)
@pytest.mark.parametrize("places", [[0], [450], [899], [3, 500], [0, 1, 2]], ids=str)
def test_a_wrong_date_among_many_is_left_out(off_s: float, places: list[int]) -> None:
    """Single samples of 1970, of last month or of next year are left out, wherever they stand, and the run is there."""
    seconds = SECONDS.copy()
    seconds[places] += off_s
    clean = track(clocked(seconds))
    assert clean.points.height == 900 - len(places)
    assert abs((clean.points["sampled_at"][0] - BEGAN).total_seconds()) <= 6
    assert clean.points["elapsed_s"][-1] == pytest.approx(1798, abs=6)


@pytest.mark.parametrize(("place", "left"), [(2, 4), (0, None), (4, None)], ids=str)
def test_of_a_few_samples_only_one_within_can_be_left_out(place: int, left: int | None) -> None:
    """A wrong date within five samples is left out; at an end it would take a part of the run's time with it."""
    seconds = np.linspace(0.0, 1800.0, 5)
    seconds[place] += 365 * DAY_S
    run = made(seconds, north_m=np.linspace(0.0, 5400.0, 5))
    if left is None:
        with pytest.raises(UnreadableFileError):
            track(run)
    else:
        assert track(run).points.height == left


@pytest.mark.parametrize("jump_s", [20 * DAY_S, 400 * DAY_S, -20 * DAY_S, -7200.0], ids=str)
def test_the_later_clock_holds(jump_s: float) -> None:
    """A clock that is set in the middle of a run, forwards or back, leaves the run whole, on its later day."""
    run = clocked(SECONDS + np.where(SECONDS >= 900, jump_s, 0))
    clean = track(run)
    assert clean.points["sampled_at"][0] == BEGAN + dt.timedelta(seconds=jump_s)
    assert (clean.points["elapsed_s"][-1], measured(run).row["moving_s"]) == (1798, 1798)
    assert "clock-jumped" in codes(run)


def test_an_hour_that_the_device_did_not_count_is_a_jump() -> None:
    """An hour between two samples is a jump where the device's whole time leaves no room for it, else a rest."""
    seconds = SECONDS + np.where(SECONDS >= 900, 3600, 0)
    jumped = track(clocked(seconds, totals=Totals(elapsed_s=1798.0, timer_s=1798.0)))
    rested = track(clocked(seconds, totals=Totals(elapsed_s=5398.0, timer_s=1798.0)))
    assert (jumped.points["elapsed_s"][-1], rested.points["elapsed_s"][-1]) == (1798, 5398)
    assert rested.points["stop"].drop_nulls().to_list() == ["paused"]


def test_a_clock_that_was_never_set_gives_way_to_one_that_was() -> None:
    """Of two clocks in one run the one that no watch can have is wrong, even where it is the later one."""
    run = clocked(np.where(SECONDS >= 900, SECONDS - BEGAN.timestamp(), SECONDS))
    assert track(run).points["sampled_at"][0] == BEGAN


def test_a_night_with_the_timer_stopped_is_a_pause() -> None:
    """A race over two days with a pause of fifteen hours keeps both its days."""
    run = made(
        SECONDS + np.where(SECONDS >= 900, 15 * 3600, 0), north_m=METRES, segment=(SECONDS >= 900).astype(np.int64)
    )
    assert measured(run).row["paused_s"] == 15 * 3600 + 2
    assert "clock-jumped" not in codes(run)


def test_samples_out_of_order_are_put_in_order() -> None:
    """Parts of a file that stand in another order are no jump of the clock."""
    order = np.concatenate([np.arange(450, 900), np.arange(450)])
    run = made(SECONDS[order], north_m=METRES[order])
    assert measured(run).row["elapsed_s"] == 1798
    assert "clock-jumped" not in codes(run)


def test_what_lasts_for_months_is_no_run() -> None:
    """A sample an hour over three months is refused by a sentence that says how long it lasts."""
    run = made(np.arange(0.0, 90 * DAY_S, 3600.0))
    with pytest.raises(UnreadableFileError, match="lasted 89 days"):
        track(run)
