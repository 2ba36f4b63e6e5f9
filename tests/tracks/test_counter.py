"""The distance counter beside clock, positions, speed and total: what each fault of it is taken for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from runs_made import HOME, made, measured

from runmood.core.recordings import DecodedRun, Totals
from runmood.readers import decode
from runmood.tracks.clean import clean_track

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = np.arange(0.0, 1801.0)
METRES = 3.0 * SECONDS


def told(run: DecodedRun) -> set[str]:
    """The codes of what was said of a run's data, its zone aside."""
    notices = *clean_track(run, HOME).notices, *measured(run).notices
    return {notice.code for notice in notices} - {"zone-from-home"}


def counted(metres: np.ndarray, total_m: float | None = 5400.0, **columns: np.ndarray) -> DecodedRun:
    """Half an hour at 3 m/s by this counter."""
    return replace(made(SECONDS, distance_m=metres, **columns), totals=Totals(distance_m=total_m, timer_s=1800.0))


CASES = {
    "distance_ticks_every_8_s.tcx": (5400, 2700),
    "spike_in_distance_counter.tcx": (5400, 1800),
    "tunnel_then_catching_up.tcx": (5400, 1800),
    "one_sample_of_1970.gpx": (5390, 1798),
    "clock_jump/clock_jumps_20_days.gpx": (5040, 1800),
    "h_calibrated.fit": (5040, 1800),
    "h_tread_speed_only_no_total.fit": (5040, 1800),
}


@pytest.mark.parametrize("name", CASES)
def test_a_case_gives_what_is_true_of_it(name: str, corpus_dir: Path) -> None:
    """Distance and moving time of each small input are those that its README says are true."""
    (run,) = decode((corpus_dir / "cases" / "runs" / name).read_bytes()).activities
    found = measured(run)
    distance_m, moving_s = CASES[name]
    assert found.row["distance_m"] == pytest.approx(distance_m, rel=0.003)
    assert found.row["moving_s"] == pytest.approx(moving_s, rel=0.005)
    assert found.row["pace_s_km"] == pytest.approx(1000 * moving_s / distance_m, rel=0.005)
    kilometres = [split["distance_m"] for split in found.splits if split["unit"] == "km"]
    assert sum(kilometres) == pytest.approx(distance_m, rel=0.003)


STOP = np.interp(SECONDS, [0, 800, 920, 1800], [0, 2400, 2400, 5040])  # two minutes at a crossing


@pytest.mark.parametrize("tick_s", range(1, 10))
@pytest.mark.parametrize("phase_s", [0, 1])
def test_a_counter_that_ticks_is_not_standing(tick_s: int, phase_s: int) -> None:
    """A counter that moves every one to nine seconds gives distance and moving time all the same, stops too."""
    ticks = STOP[(SECONDS - (SECONDS - phase_s) % tick_s).clip(min=0).astype(int)]
    row = measured(counted(ticks, total_m=None)).row
    assert row["distance_m"] == pytest.approx(5040, abs=3.2 * tick_s)
    assert row["moving_s"] == pytest.approx(1680, abs=2 * tick_s + 10)


def test_positions_vote_where_the_counter_is_coarse() -> None:
    """A stop shorter than the counter can tell is seen by the positions."""
    way = np.interp(SECONDS, [0, 800, 812, 1800], [0, 2400, 2400, 5364])
    row = measured(counted(way[(SECONDS - SECONDS % 8).astype(int)], total_m=None, north_m=way)).row
    assert row["moving_s"] == pytest.approx(1788, abs=4)


@pytest.mark.parametrize("wrong_m", [0.0, 90_000.0, 1200.0])
@pytest.mark.parametrize("place", [0, 300, 1200, 1800])
@pytest.mark.parametrize("many", [1, 3])
def test_wrong_counts_are_left_out(wrong_m: float, place: int, many: int) -> None:
    """One wrong count, or three in a row, far above or below the line, does not change the run."""
    metres = METRES.copy()
    if many == 3 and place in (0, 1800):
        pytest.skip("nothing on one side bears out which counts are wrong")
    metres[place : place + many] = wrong_m
    found = measured(counted(metres)).row
    assert (found["distance_m"], found["moving_s"]) == (pytest.approx(5400), pytest.approx(1800, abs=3))


def test_a_counter_that_catches_up_is_spread_over_its_rest() -> None:
    """After a tunnel the counter adds at once what was run in it: it counts, as motion, and says so."""
    metres = np.where((SECONDS > 600) & (SECONDS < 700), 1800, METRES)
    run = counted(metres)
    assert (measured(run).row["moving_s"], told(run)) == (pytest.approx(1800), {"late-count"})


def test_a_train_through_a_tunnel_is_no_run() -> None:
    """What a counter adds after its rest is left out where nobody could have run it in that time."""
    metres = np.where(SECONDS > 600, 1800, METRES)
    metres[SECONDS >= 700] = 1800 + 3000 + 3 * (SECONDS[SECONDS >= 700] - 700)
    assert measured(counted(metres, total_m=None)).row["distance_m"] == pytest.approx(1800 + 3300, abs=5)


@pytest.mark.parametrize(("first", "after"), [(600, 640), (1700, 1801), (1800, 1801)])
def test_a_counter_that_says_nothing_for_a_while_is_no_new_lap(first: int, after: int) -> None:
    """Zeros in the middle or at the end of the counts are left out, and the run goes on between them."""
    metres = METRES.copy()
    metres[first:after] = 0.0
    run = counted(metres, north_m=METRES)
    assert (measured(run).row["distance_m"], told(run) - {"splits-scaled"}) == (pytest.approx(5400), {"count-mended"})


def test_a_total_may_be_in_the_unit_of_its_samples() -> None:
    """Count and total in kilometres are metres where the positions went a thousand times as far."""
    run = counted(METRES / 1000, total_m=5.4, north_m=METRES)
    assert measured(run).row["distance_m"] == pytest.approx(5400, rel=0.003)
    assert "count-unit" in told(run)


def test_a_wrong_count_hides_no_unit() -> None:
    """One count of 99 km among kilometres is left out, and the others are converted."""
    metres = METRES / 1000
    metres[400] = 99.0
    assert measured(counted(metres)).row["distance_m"] == pytest.approx(5400)


WANDERING = 6 * np.sin(SECONDS / 40) + 3 * np.sin(SECONDS / 7)  # as positions do indoors


def test_positions_that_stay_at_one_place_tell_no_distance() -> None:
    """Indoors positions wander; neither that way nor the time of its stops is a run's, and the watch's speed is."""
    still = measured(made(SECONDS, north_m=WANDERING)).row
    assert (still["distance_m"], still["pace_s_km"], still["standing_s"]) == (None, None, 0)
    by_speed = measured(made(SECONDS, north_m=WANDERING, speed_m_s=np.full(1801, 3.0))).row
    assert by_speed["distance_m"] == pytest.approx(5400, rel=0.002)


def test_a_garden_is_no_treadmill() -> None:
    """Who runs to and fro within forty metres has run so far."""
    row = measured(made(SECONDS, north_m=np.abs((METRES + 40) % 80 - 40))).row
    assert row["distance_m"] == pytest.approx(5400, rel=0.05)


def test_laps_that_count_alone_are_added_up() -> None:
    """A counter that begins anew with each lap of a kilometre gives the whole run."""
    run = counted(METRES % 1000, total_m=None)
    assert (measured(run).row["distance_m"], told(run)) == (pytest.approx(5400, abs=20), {"laps-counted-alone"})


@pytest.mark.parametrize("unit", [1000.0, 1609.344])
def test_a_count_in_another_unit_is_converted(unit: float) -> None:
    """Samples that count kilometres or miles are converted, by the total or by the positions."""
    by_total, by_places = counted(METRES / unit), counted(METRES / unit, total_m=None, north_m=METRES)
    for run in (by_total, by_places):
        assert measured(run).row["distance_m"] == pytest.approx(5400, rel=2e-3)
        assert told(run) >= {"count-unit"}


@pytest.mark.parametrize("factor", [0.75, 0.9, 1.2, 1.6])
def test_a_calibrated_treadmill_follows_its_total(factor: float) -> None:
    """Splits and best efforts add up to the total that a person corrected on the treadmill."""
    found = measured(counted(METRES, total_m=5400 * factor))
    assert sum(split["distance_m"] for split in found.splits if split["unit"] == "km") == pytest.approx(5400 * factor)
    fastest = next(effort for effort in found.best_efforts if effort["distance_m"] == 1000)
    assert fastest["elapsed_s"] == pytest.approx(1000 / (3 * factor), rel=1e-3)


def test_a_total_that_two_sources_contradict_is_outvoted() -> None:
    """Where counter and positions agree, a total far from both is left out, and that is said."""
    run = counted(METRES, total_m=8100.0, north_m=METRES)
    assert (measured(run).row["distance_m"], told(run)) == (pytest.approx(5400, rel=1e-3), {"total-outvoted"})


def test_where_nothing_decides_the_distance_is_null() -> None:
    """A total of a fifth of the counter, without positions: nobody knows, so nothing is published but the question."""
    run = counted(METRES, total_m=1000.0)
    found = measured(run)
    assert (found.row["distance_m"], found.row["pace_s_km"], found.splits, found.best_efforts) == (None, None, [], [])
    assert told(run) == {"distance-unsure"}


def test_speed_alone_is_added_up() -> None:
    """Without a count and without a way, the device's speed gives the distance; a pause adds nothing."""
    seconds = np.append(np.arange(0.0, 900.0), np.arange(1500.0, 2400.0))
    segment = (seconds >= 1500).astype(np.int64)
    run = made(seconds, speed_m_s=np.full(1800, 2.5), north_m=np.zeros(1800), segment=segment)
    row = measured(run).row
    assert (row["distance_m"], row["distance_source"]) == (pytest.approx(2.5 * 1798), "device")
    assert "distance-by-speed" in told(run)


def test_a_sound_run_gets_no_word() -> None:
    """A run whose sources agree is left as it is."""
    run = counted(METRES, north_m=METRES, speed_m_s=np.full(1801, 3.0))
    assert told(run) == set()
    assert clean_track(run, HOME).points["distance_m"].to_list() == METRES.tolist()
