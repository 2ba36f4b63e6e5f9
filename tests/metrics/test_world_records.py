"""No pace and no best effort beyond the world records is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from runs_made import made, measured

from runmood.readers import decode
from runmood.tracks.world_records import MARGIN, RECORDS, farthest_possible_m, is_possible

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("record", RECORDS, ids=str)
def test_a_record_is_possible_and_a_tenth_more_is_not(record: tuple[float, float]) -> None:
    """Each record lies within the margin, and a tenth beyond it does not."""
    seconds, metres = record
    assert is_possible(metres, seconds)
    assert not is_possible(1.1 * metres, seconds)


def test_more_time_is_never_less_way() -> None:
    """What is possible grows with time, and its speed falls."""
    seconds = np.geomspace(0.01, 1e6, 500)
    metres = farthest_possible_m(seconds)
    assert (np.diff(metres) > 0).all()
    assert (np.diff(metres / seconds) <= 1e-9).all()
    assert farthest_possible_m(100.91) == pytest.approx(MARGIN * 800)


def test_a_run_beyond_the_records_has_no_pace_and_no_best_efforts() -> None:
    """45 km at 6.5 m/s: distance and time stay, to judge by; what a person would compare is null, and it is asked."""
    seconds = np.arange(0.0, 7000.0, 5.0)
    found = measured(made(seconds, north_m=6.5 * seconds))
    assert (found.row["pace_s_km"], found.best_efforts) == (None, [])
    assert {split["pace_s_km"] for split in found.splits} == {None}
    assert found.row["distance_m"] == pytest.approx(6.5 * 6995, rel=1e-3)
    assert [notice.code for notice in found.notices] == ["beyond-records"]


def test_a_drive_within_a_run_is_no_best_effort() -> None:
    """Two kilometres by car in a run of an hour: the stretches that hold it are withheld, the run stays."""
    seconds = np.arange(0.0, 3600.0)
    metres = np.cumsum(np.where((seconds > 1000) & (seconds <= 1170), 12.0, 2.8))
    found = measured(made(seconds, distance_m=metres - metres[0]))
    assert found.row["pace_s_km"] is not None
    assert [notice.code for notice in found.notices] == ["stretch-beyond-records"]
    assert all(is_possible(effort["distance_m"], effort["elapsed_s"]) for effort in found.best_efforts)
    assert "1 km" not in {effort["effort"] for effort in found.best_efforts}


def test_the_ride_that_says_running_has_no_best_efforts(corpus_dir: Path) -> None:
    """The recording of the cases that would hold every record holds none."""
    content = (corpus_dir / "cases" / "runs" / "says_running_45km_at_6_5_m_s.gpx").read_bytes()
    (run,) = decode(content).activities
    found = measured(run)
    assert (found.best_efforts, found.row["pace_s_km"]) == ([], None)
