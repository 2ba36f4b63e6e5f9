"""Real files of many devices: each has an outcome, and values equal those of gpxpy and tcxreader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gpxpy
import polars as pl
import pytest
from readers.xml_readings import CORPUS, GPX, TCX, as_read, content
from tcxreader.tcxreader import TCXReader

from runmood.core.i18n import message
from runmood.core.notices import NOT_AN_ACTIVITY
from runmood.readers.xml import read_xml
from runmood.readers.xml.fast_path import parse_regular_xml
from runmood.readers.xml.formats import TABLES
from runmood.readers.xml.parser import collect_elements

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real files lies outside the repository")

# Files that hold no recorded activity, and what they hold instead.
SET_ASIDE = {
    "example_output_waypoint_test.gpx": "instead.route",
    "example_waypoint_test.gpx": "instead.route",
    "tests_fixtures_route.gpx": "instead.route",
    "tests_testcourse.gpx": "instead.route",
    "fit_file_faker_vendor_fit_tool_tests_data_old_stage_left_hand_lee.gpx": "instead.route",
    "tests_testcourse.tcx": "instead.course",
    "spec_data_courses_brighton-beach.tcx": "instead.course",
    "spec_data_workouts_simple_workout_1.tcx": "instead.workout",
}
# Files with more than one activity.
SEVERAL = {"tests_fixtures_timezero.gpx": 2, "spec_data_running_multiple_running_activities.tcx": 2}
# These declare no namespace for a prefix: gpxpy and tcxreader refuse the file, or tcxreader drops the speeds.
GPXPY_REFUSES = {"tests_data_gpx_data_track2.gpx"}
TCXREADER_REFUSES = {"runpandas_tests_io_data_tcx_malformed.tcx"}
TCXREADER_DROPS_SPEED = {"runpandas_tests_io_data_tcx_run.tcx"}


def points(path: Path) -> pl.DataFrame:
    """All samples of the file, activity after activity, with the sport."""
    runs = read_xml(content(path)).activities
    return pl.concat([run.points.with_columns(sport=pl.lit(run.sport)) for run in runs]).sort(
        "sampled_at", maintain_order=True
    )


@pytest.mark.parametrize("path", GPX + TCX, ids=lambda path: path.name)
def test_every_real_file_has_its_outcome(path: Path) -> None:
    """Each file is one activity, unless it is known to be several, or something else, which is then said."""
    decoded = read_xml(content(path))
    assert decoded.format == path.parts[-3]
    if path.name in SET_ASIDE:
        assert decoded.activities == ()
        assert decoded.notices == (NOT_AN_ACTIVITY(what=message(SET_ASIDE[path.name])),)
    else:
        assert len(decoded.activities) == SEVERAL.get(path.name, 1)
        assert all(run.points.height > 0 and run.notices == () for run in decoded.activities)


@pytest.mark.parametrize("path", GPX + TCX, ids=lambda path: path.name)
def test_both_ways_of_reading_agree(path: Path) -> None:
    """Cutting out the samples of one shape changes nothing but the time it takes."""
    file, names = content(path).strip(), TABLES[path.parts[-3]]
    shaped = parse_regular_xml(file, names)
    if shaped is not None:
        assert as_read(shaped) == as_read(collect_elements(file, names))


def test_most_real_files_have_a_shape() -> None:
    """The fast way is the common way: nine files in ten that have twenty samples or more."""
    known = [collect_elements(content(path).strip(), TABLES[path.parts[-3]]) for path in GPX + TCX]
    large = [
        path
        for path, gathered in zip(GPX + TCX, known, strict=True)
        if gathered.samples >= 20 and gathered.fault is None
    ]
    shaped = [path for path in large if parse_regular_xml(content(path).strip(), TABLES[path.parts[-3]]) is not None]
    assert len(shaped) >= 0.9 * len(large)


def gpxpy_rows(path: Path) -> list[dict[str, Any]]:
    """What gpxpy reads of the file's track points that have a time."""
    tracks = gpxpy.parse(content(path).decode()).tracks
    return [
        {
            "sampled_at": point.time,
            "latitude_deg": point.latitude,
            "longitude_deg": point.longitude,
            "altitude_m": point.elevation,
            "speed_m_s": point.speed,
            **{element.tag.rpartition("}")[2]: element.text for top in point.extensions for element in top.iter()},
        }
        for track in tracks
        for segment in track.segments
        for point in segment.points
        if point.time is not None
    ]


@pytest.mark.parametrize("path", [path for path in GPX if path.name not in SET_ASIDE], ids=lambda path: path.name)
def test_values_equal_those_of_gpxpy(path: Path) -> None:
    """Time, position, height, heart rate, temperature, power and cadence are those that gpxpy reads."""
    if path.name in GPXPY_REFUSES:
        pytest.skip("gpxpy refuses this file")
    ours = points(path).to_dicts()
    theirs = sorted(gpxpy_rows(path), key=lambda row: row["sampled_at"])
    assert [row["sampled_at"] for row in ours] == [row["sampled_at"] for row in theirs]
    for name in ("latitude_deg", "longitude_deg", "altitude_m"):
        assert [row[name] for row in ours] == [row[name] for row in theirs]
    for name, element in (("heart_bpm", "hr"), ("temperature_c", "atemp"), ("power_w", "power")):
        assert [row[name] for row in ours] == [float(row[element]) if element in row else None for row in theirs]
    steps = 1 if ours[0]["sport"] == "cycling" else 2
    assert [row["cadence_spm"] for row in ours] == [
        float(row["cad"]) * steps if "cad" in row else None for row in theirs
    ]
    speeds = [row["speed_m_s"] if row["speed_m_s"] is not None else row.get("speed") for row in theirs]
    assert [row["speed_m_s"] for row in ours] == [None if speed is None else float(speed) for speed in speeds]


@pytest.mark.parametrize("path", [path for path in TCX if path.name not in SET_ASIDE], ids=lambda path: path.name)
def test_values_equal_those_of_tcxreader(path: Path) -> None:
    """Time, position, height, distance, heart rate, speed and power are those that tcxreader reads."""
    if path.name in TCXREADER_REFUSES or path.name in SEVERAL or path.suffix == ".gz":
        pytest.skip("tcxreader does not read this file, or only a part of it")
    theirs = [point.to_dict() for point in TCXReader().read(str(path), only_gps=False).trackpoints]
    ours = points(path).to_dicts()
    assert [row["sampled_at"].replace(tzinfo=None) for row in ours] == [
        row["time"].replace(tzinfo=None) for row in theirs
    ]
    columns = {
        "latitude_deg": "latitude",
        "longitude_deg": "longitude",
        "altitude_m": "elevation",
        "distance_m": "distance",
        "heart_bpm": "hr_value",
        "speed_m_s": "Speed",
        "power_w": "Watts",
    }
    if path.name in TCXREADER_DROPS_SPEED:
        columns.pop("speed_m_s")
    for name, theirs_name in columns.items():
        assert [row[name] for row in ours] == [row.get(theirs_name) for row in theirs], name
