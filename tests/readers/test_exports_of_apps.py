"""Exports of running apps: each run once, its sport what the export says, its figures in metres and seconds."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from readers.exports_drawn import (
    GOOGLE_FIT,
    HEALTH_AUTO_EXPORT,
    KML,
    MAPMYRUN,
    NIKE,
    RUNKEEPER,
    RUNKEEPER_COLUMNS,
    SUUNTO,
)

from runmood.core.errors import UnreadableFileError
from runmood.core.recordings import DecodedFile, ExportMetadata
from runmood.readers import decode
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as

LAST_DAY = dt.date(2026, 11, 12)


def as_json(document: dict[str, Any], **changes: object) -> bytes:
    """The document, with some of its values changed."""
    return json.dumps(document | changes).encode()


def starts(file: DecodedFile) -> list[str]:
    """When each run of the file began, in UTC or by the clock that it has."""
    return [f"{run.points['sampled_at'].min():%m-%d %H:%M}" for run in file.activities]


def test_runkeepers_table_tells_of_runs_without_a_file() -> None:
    """The others have a GPX; a wheelchair is no run; notes are not taken."""
    file = decode(RUNKEEPER.encode())
    (run,) = file.activities
    assert (starts(file), run.clock_is_local) == (["10-12 18:00"], True)
    assert (run.sport, run.totals.distance_m, run.totals.elapsed_s, run.totals.heart_bpm) == (
        "running",
        6100,
        2170,
        151,
    )
    assert "secret" not in repr(file)


@pytest.mark.parametrize(
    ("kind", "sport"),
    [("Running", "running"), ("Cross-Country Skiing", "cross-country skiing"), ("Wheelchair", "wheelchair")],
)
def test_runkeepers_gpx_is_what_the_table_says(kind: str, sport: str) -> None:
    """The GPX itself names no sport; its title and distance are those of the table."""
    outing = next(each for each in simulate(LAST_DAY, days=30).outings if each.kind == "easy")
    cells = f"a,2026-10-13 18:00:00,{kind},Along the river,5.5,30:12,5:30,10,300,10,,,,x.gpx".split(",")
    metadata = ExportMetadata("runkeeper", tuple(RUNKEEPER_COLUMNS.split(",")), tuple(cells))
    content = recorded_as(outing, "gpx").replace(b"<type>running</type>", b"")
    (run,) = decode(content, metadata).activities
    assert (run.sport, run.name, run.totals.distance_m, run.totals.timer_s) == (sport, "Along the river", 5500, 1812)


def test_a_table_of_runkeeper_in_miles() -> None:
    """The unit stands in the column's name."""
    table = RUNKEEPER.replace("Distance (km)", "Distance (mi)").encode()
    assert decode(table).activities[0].totals.distance_m == pytest.approx(6.1 * 1609.344)


def test_nikes_activity_counts_spans_and_its_halt_is_a_pause() -> None:
    """A distance is what was made in each span; indoors is a treadmill."""
    (run,) = decode(as_json(NIKE)).activities
    assert (run.sport, run.sub_sport, run.name) == ("running", "treadmill", "Morning Run")
    assert (run.totals.distance_m, run.totals.elapsed_s, run.totals.timer_s) == (60, 30, 20)
    assert run.points["distance_m"].to_list() == [0, 30, 60]
    assert run.points["segment"].to_list() == [0, 0, 1]
    assert run.points["heart_bpm"].to_list() == [None, 140, None]
    assert run.points["latitude_deg"].to_list() == [None, 50.08, None]


def test_a_list_of_nikes_activities_is_read_too() -> None:
    """Some tools write all into one file; a walk among them is none."""
    listed = json.dumps([NIKE, NIKE | {"type": "walk"}]).encode()
    assert [run.sport for run in decode(listed).activities] == ["running"]


def test_what_was_deleted_in_nikes_app_is_no_run() -> None:
    """Its export still holds it, with a mark, alone or in a list."""
    deleted = NIKE | {"delete_indicator": True}
    assert len(decode(json.dumps([NIKE, deleted]).encode()).activities) == 1
    file = decode(as_json(deleted))
    assert (file.activities, [notice.code for notice in file.notices]) == ((), ["not-an-activity"])


def test_health_auto_export_has_runs_of_both_versions() -> None:
    """Miles are miles, a 12-hour clock is read, other sports are left, and moods are pointed to."""
    file = decode(as_json(HEALTH_AUTO_EXPORT))
    outdoor, indoor = file.activities
    assert starts(file) == ["10-05 16:00", "10-06 16:00"]
    assert outdoor.totals.distance_m == pytest.approx(3.1 * 1609.344)
    assert (outdoor.totals.elapsed_s, outdoor.totals.timer_s, outdoor.utc_offset_s) == (1800, 1790, 7200)
    assert f"{outdoor.points['sampled_at'][3]:%H:%M:%S}" == "16:06:01"
    assert outdoor.points["heart_bpm"].to_list()[2] == 112.5
    assert (outdoor.sub_sport, indoor.sub_sport) == (None, "treadmill")
    assert [notice.code for notice in file.notices] == ["other-sports", "moods-beside"]


@pytest.mark.parametrize("name", ["Wheelchair Run Pace", "Rollstuhl (Lauftempo)", "Skating Sports", "SwimBikeRun"])
def test_what_is_called_a_run_by_a_part_of_its_name_is_none(name: str) -> None:
    """A wheelchair at the pace of a run is a wheelchair."""
    workouts = [{"name": name, "start": "2026-10-06 18:00:00 +0200", "duration": 1800}]
    assert not decode(as_json({"data": {"workouts": workouts}})).activities


def test_google_fits_session_is_a_run_in_a_few_figures() -> None:
    """Its offset is that of its place."""
    (run,) = decode(as_json(GOOGLE_FIT)).activities
    assert (run.totals.distance_m, run.totals.elapsed_s, run.totals.timer_s, run.utc_offset_s) == (
        5000,
        2100,
        2000,
        7200,
    )


@pytest.mark.parametrize("sport", ["biking", "sleep", "walking"])
def test_google_fits_other_sessions_are_no_runs(sport: str) -> None:
    """They say what they are."""
    assert not decode(as_json(GOOGLE_FIT, fitnessActivity=sport)).activities


def test_mapmyruns_list_tells_the_day_alone() -> None:
    """Of the workout, not of the day it was handed in; noon stands for its hour, and that is said."""
    file = decode(MAPMYRUN.encode())
    (run,) = file.activities
    assert (starts(file), run.sub_sport, run.clock_is_local) == (["05-05 12:00"], "treadmill", True)
    assert run.totals.distance_m == pytest.approx(4 * 1609.344)
    assert {notice.code for notice in run.notices} == {"layout-unproven", "day-alone"}


def test_a_track_in_kml_is_a_run_with_its_sport() -> None:
    """Each gx:Track is a segment; heart rate stands in a list of its own."""
    (run,) = decode(KML.encode()).activities
    assert (run.sport, run.name, run.points["segment"].to_list()) == ("running", "Evening", [0, 0, 1])
    assert run.points["latitude_deg"].to_list() == [50.08, 50.0801, 50.09]
    assert run.points["altitude_m"].to_list() == [200, 201, None]
    assert run.points["heart_bpm"].to_list() == [120, None, None]
    unnamed = KML.replace("<name>Evening</name>", "").replace("<Placemark>", "<name>Morning run</name><Placemark>", 1)
    assert decode(unnamed.encode()).activities[0].name == "Morning run"


def test_places_with_times_are_a_run_and_a_drawing_is_none() -> None:
    """Older loggers write a placemark a moment."""
    place = (
        "<Placemark><TimeStamp><when>2026-10-05T16:00:0{0}Z</when></TimeStamp>"
        "<Point><coordinates>14.42,50.08{0},200</coordinates></Point></Placemark>"
    )
    (run,) = decode(f"<kml><name>Run</name>{place.format(1)}{place.format(2)}</kml>".encode()).activities
    assert run.points["latitude_deg"].to_list() == [50.081, 50.082]
    drawing = decode(
        b"<kml><Placemark><LineString><coordinates>14,50 14,51</coordinates></LineString></Placemark></kml>"
    )
    assert [notice.code for notice in drawing.notices] == ["not-an-activity"]


@pytest.mark.parametrize(
    ("inside", "told"),
    [("<Placemark/>" * 9, "more than 10 XML tags"), ("<Folder>" * 4 + "</Folder>" * 4, "more than 3 deep")],
)
def test_a_kml_without_end_is_not_read(inside: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is held in memory whole, and each placemark is looked through by itself."""
    monkeypatch.setattr("runmood.readers.vendors.kml._MOST_TAGS", 10)
    monkeypatch.setattr("runmood.readers.vendors.kml._MOST_DEPTH", 3)
    with pytest.raises(UnreadableFileError, match=told):
        decode(f"<kml>{inside}</kml>".encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_kml_in_wide_letters_says_the_same(encoding: str) -> None:
    """A program of Windows may save it again in UTF-16, with or without changing what its first line declares."""
    for declared in ("UTF-8", "UTF-16" if encoding == "utf-16" else "UTF-8"):
        written = f'<?xml version="1.0" encoding="{declared}"?>\n{KML.partition("?>")[2] or KML}'
        (wide,), (plain,) = decode(written.encode(encoding)).activities, decode(KML.encode()).activities
        assert wide.points.equals(plain.points)
        assert (wide.sport, wide.name) == (plain.sport, plain.name)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_doctype_in_wide_letters_is_refused_too(encoding: str) -> None:
    """With a mark it is seen, and without one no such file is taken for KML, whatever a comment in it spells."""
    bait = b"<kml >".decode("utf-16-be" if encoding == "utf-16-be" else "utf-16-le")
    with pytest.raises(UnreadableFileError):
        decode(f'<?xml version="1.0"?><!--{bait}--><!DOCTYPE kml [<!ENTITY a "b">]><kml></kml>'.encode(encoding))


def test_a_kml_with_a_doctype_is_refused() -> None:
    """It could declare entities without end."""
    with pytest.raises(UnreadableFileError, match="DOCTYPE"):
        decode(b'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "b">]><kml></kml>')


def test_suuntos_units_are_turned_into_ours() -> None:
    """Radians, kelvin, and beats and steps a second; samples of one moment are one."""
    (run,) = decode(json.dumps(SUUNTO).encode()).activities
    assert (run.sport, run.sub_sport, run.device, run.utc_offset_s) == ("running", "trail", "Suunto Race", 7200)
    assert (run.totals.distance_m, run.totals.elapsed_s, run.points.height) == (84, 30, 31)
    last = run.points.row(-1, named=True)
    assert last["sampled_at"] == dt.datetime(2026, 10, 5, 16, 0, 30, tzinfo=dt.UTC)
    assert {name: round(last[name], 2) for name in ("latitude_deg", "heart_bpm", "cadence_spm", "temperature_c")} == {
        "latitude_deg": 50.07,
        "heart_bpm": 144.0,
        "cadence_spm": 174.0,
        "temperature_c": 12.0,
    }


def test_a_number_on_which_programs_disagree_names_no_sport() -> None:
    """For one it is a run, for another a swim: then the pace decides, or the person."""
    header = SUUNTO["DeviceLog"]["Header"] | {"ActivityType": 3}
    (run,) = decode(json.dumps({"DeviceLog": SUUNTO["DeviceLog"] | {"Header": header}}).encode()).activities
    assert run.sport is None
