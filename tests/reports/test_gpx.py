from __future__ import annotations

import datetime as dt

import gpxpy
import polars as pl
import pytest

from runmood.readers import decode
from runmood.reports.gpx import NoPlacesError, as_gpx
from runmood.schema.tables import POINTS

BEGAN = dt.datetime(2025, 5, 4, 7, tzinfo=dt.UTC)
ROWS = [
    {"sampled_at": BEGAN, "latitude_deg": 38.7, "longitude_deg": -9.1, "altitude_m": 0.0, "heart_bpm": 140.0},
    {
        "sampled_at": BEGAN + dt.timedelta(seconds=5),
        "latitude_deg": 38.7001,
        "longitude_deg": -9.1,
        "cadence_spm": 172.0,
    },
    {"sampled_at": BEGAN + dt.timedelta(seconds=9), "heart_bpm": 150.0},
    {"sampled_at": BEGAN + dt.timedelta(seconds=90), "latitude_deg": 38.7002, "longitude_deg": -9.1, "segment": 1},
]


def points() -> pl.DataFrame:
    """Four samples: at sea level, without heart rate, without a place, and after a pause."""
    return POINTS.frame([{"segment": 0} | row for row in ROWS])


def test_what_is_written_is_read_again() -> None:
    """Our own reader finds the same places, times, heights, heart rate and cadence; what is absent stays absent."""
    (run,) = decode(as_gpx(points(), "20250504-070000").encode()).activities
    columns = ("sampled_at", "latitude_deg", "longitude_deg", "altitude_m", "heart_bpm", "cadence_spm", "segment")
    placed = points().drop_nulls("latitude_deg")
    assert run.points.select(columns).equals(placed.select(columns))
    assert (run.sport, run.name) == ("running", "20250504-070000")


def test_other_programs_read_it() -> None:
    """Gpxpy reads a track of two segments with the sample without a place left out."""
    (track,) = gpxpy.parse(as_gpx(points(), "run")).tracks
    assert [len(segment.points) for segment in track.segments] == [2, 1]


def test_a_run_without_places_is_no_gpx() -> None:
    """A treadmill run says why it cannot be written."""
    with pytest.raises(NoPlacesError, match="no positions"):
        as_gpx(points().filter(pl.col("latitude_deg").is_null()), "run")
