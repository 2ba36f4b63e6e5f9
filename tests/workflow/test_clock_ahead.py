"""A run whose clock runs ahead of the day its file was saved."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from runmood.core.recordings import FileStat, FoundFile
from runmood.ingest import read_file as reading
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as

OUTING = next(outing for outing in simulate(dt.date(2025, 6, 30), days=20).outings if outing.sport == "running")


@pytest.mark.parametrize(
    ("saved", "told"), [("2025-07-01", False), ("2024-01-01", True), ("1980-01-01", False), ("1970-01-01", False)]
)
def test_a_run_after_its_file_was_saved_is_told(saved: str, told: bool) -> None:
    """A run later than the day its file was saved waits for the person; a file without a true day says nothing."""
    content = recorded_as(OUTING, "fit")
    stamp = FileStat(len(content), dt.datetime.fromisoformat(saved).replace(tzinfo=dt.UTC))
    read = reading.read_file(FoundFile("run.fit", stamp, content), "run.fit", ZoneInfo("Europe/Lisbon"))
    assert ("clock-ahead" in [notice.code for notice in read.notices]) is told
    assert read.outcome == ("undecided" if told else "run")


def test_a_recording_carries_its_parts() -> None:
    """Laps, splits, best efforts and times at each heart rate come with the recording's id."""
    content = recorded_as(OUTING, "fit")
    stamp = FileStat(len(content), OUTING.ended_at + dt.timedelta(hours=1))
    read = reading.read_file(FoundFile("run.fit", stamp, content), "run.fit", ZoneInfo("Europe/Lisbon"))
    recording = read.recordings[0]
    for rows in (recording.laps, recording.splits, recording.best_efforts, recording.heart_rate_histogram):
        assert {row["recording_id"] for row in rows} == {recording.row["recording_id"]}
    assert np.isclose(sum(row["distance_m"] for row in recording.splits if row["unit"] == "km"), OUTING.distance_m)
