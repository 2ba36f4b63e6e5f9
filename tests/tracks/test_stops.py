from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from drawn import number, rows
from hypothesis import given
from hypothesis import strategies as st
from runs_made import HOME, made

from runmood.core.recordings import DecodedRun, Totals
from runmood.tracks.clean import Track, clean_track

SECONDS = np.arange(0.0, 300.0)


def track(run: DecodedRun) -> Track:
    """The clean track of a run."""
    return clean_track(run, HOME)


def seconds_by_stop(run: DecodedRun) -> dict[str | None, float]:
    """How long each kind of stop took, and motion under null."""
    points = track(run).points
    steps = np.append(0.0, np.diff(points["elapsed_s"].to_numpy()))
    stops = points["stop"].to_list()
    return {why: sum(step for step, stop in zip(steps, stops, strict=True) if stop == why) for why in set(stops)}


WHY = """
    | s   | m   | seg | stop     |
    | 0   | 0   | 0   |          |
    | 10  | 30  | 0   |          |
    | 20  | 31  | 0   | standing |
    | 30  | 61  | 0   |          |
    | 120 | 64  | 1   | paused   |
    | 130 | 94  | 1   |          |
    | 230 | 97  | 1   | gap      |
    | 240 | 127 | 1   |          |
    | 340 | 427 | 1   |          |
    | 350 | 457 | 1   |          |
"""


def test_pauses_gaps_and_standing_are_told_apart() -> None:
    """A new segment is a pause, a long silence a gap unless the way went on, and too little way is standing."""
    table = rows(WHY)
    seconds, metres = (np.array([number(row[name]) for row in table]) for name in ("s", "m"))
    run = made(seconds, distance_m=metres, segment=np.array([int(row["seg"]) for row in table]))
    points = track(run).points
    assert points["stop"].to_list() == [row["stop"] or None for row in table]
    assert points["moving"].to_list() == [False] + [row["stop"] == "" for row in table[1:]]


SILENT = """
    | timer | paused | gap |
    |       | 0      | 160 |
    | 560   | 0      | 160 |
    | 460   | 100    | 60  |
    | 400   | 160    | 0   |
    | 420   | 160    | 0   |
"""


@pytest.mark.parametrize("case", rows(SILENT), ids=lambda case: f"timer {case['timer']}")
def test_the_timer_tells_silent_pauses(case: dict[str, str]) -> None:
    """Where the file marks no pause, the longest gaps are pauses as long as the timer's total has no room for them."""
    seconds = np.concatenate([np.arange(0, 201), np.arange(300, 401), np.arange(460, 561)]).astype(float)
    run = made(seconds, distance_m=3.0 * np.arange(len(seconds)))
    stops = seconds_by_stop(replace(run, totals=Totals(timer_s=number(case["timer"]))))
    assert (stops.get("paused", 0), stops.get("gap", 0)) == (number(case["paused"]), number(case["gap"]))


def test_a_damaged_file_has_no_timer() -> None:
    """The total of a file of which a part is lost says nothing about the rest."""
    seconds = np.concatenate([np.arange(0, 201), np.arange(300, 401)]).astype(float)
    run = made(seconds, distance_m=3.0 * np.arange(len(seconds)))
    assert seconds_by_stop(replace(run, partial=True, totals=Totals(timer_s=300)))["gap"] == 100


@pytest.mark.parametrize("by", ["distance", "positions"])
def test_a_traffic_light_is_not_motion(by: str) -> None:
    """A minute at a light is found to some three seconds, though the position drifts at 0.3 m/s the while."""
    metres = np.interp(SECONDS, [0, 100, 160, 300], [0, 300, 318, 738])
    run = made(SECONDS, distance_m=metres) if by == "distance" else made(SECONDS, north_m=metres)
    assert seconds_by_stop(run)["standing"] == pytest.approx(60, abs=3)


def test_drift_at_a_light_is_no_distance() -> None:
    """What positions drift while the runner stands is not counted as way."""
    metres = np.interp(SECONDS, [0, 100, 160, 300], [0, 300, 318, 738])
    assert track(made(SECONDS, north_m=metres)).points["distance_m"][-1] == pytest.approx(720, abs=3)


SLOW = """
    | m/s | slope | moved |
    | 0.6 | 0     | yes   |
    | 0.3 | 0     | no    |
    | 0.3 | 0.45  | yes   |
    | 0.3 | -0.45 | yes   |
    | 0.1 | 0.45  | no    |
    | 0.8 | 0.30  | yes   |
"""


@pytest.mark.parametrize("case", rows(SLOW), ids=str)
def test_a_slow_climb_is_motion(case: dict[str, str]) -> None:
    """Under 0.5 m/s a runner stands, unless the slope is so steep that the height changes by 0.1 m/s."""
    metres = float(case["m/s"]) * SECONDS
    run = made(SECONDS, distance_m=metres, altitude_m=100 + float(case["slope"]) * metres)
    moving = track(run).points["moving"].to_numpy()
    assert moving[20:-20].all() == moving[20:-20].any() == (case["moved"] == "yes")


def test_turning_round_is_not_standing() -> None:
    """Back where one was five seconds ago one has not stood."""
    there_and_back = 3.0 * np.abs(SECONDS - 150)
    assert set(seconds_by_stop(made(SECONDS, north_m=there_and_back))) == {None}


def test_a_sample_a_minute_is_no_gap() -> None:
    """Gaps are measured by how often the device writes."""
    seconds = np.arange(0.0, 3600.0, 60.0)
    assert set(seconds_by_stop(made(seconds, heart_bpm=np.full(len(seconds), 140.0)))) == {None}


@given(
    st.lists(st.tuples(st.sampled_from([1.0, 4.0, 45.0]), st.floats(0, 15), st.integers(0, 1)), min_size=2, max_size=60)
)
def test_every_second_is_somewhere(steps: list[tuple[float, float, int]]) -> None:
    """Motion, pauses, gaps and standing add up to the whole, whatever was recorded."""
    seconds, metres, segments = (np.cumsum([0, *values]) for values in zip(*steps, strict=True))
    run = made(seconds.astype(float), distance_m=metres, segment=segments)
    assert sum(seconds_by_stop(run).values()) == pytest.approx(seconds[-1])
