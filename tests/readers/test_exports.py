"""Vendors' own lists and sessions: what is read, what is left out, and how damage ends."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.exports_drawn import (
    ALL,
    FITBIT,
    GARMIN_RUN,
    POLAR_NEW,
    POLAR_OLD,
    SAMSUNG_LIVE,
    SAMSUNG_PLACES,
    SAMSUNG_TABLE,
    ZEPP,
    garmin,
    words_of,
)
from readers.fit_bytes import data, definition, file_id, fit, records, session

from runmood.core.errors import UnreadableFileError
from runmood.core.recordings import ExportMetadata
from runmood.readers import decode
from runmood.readers.fit import non_activity_type
from runmood.readers.registry import reader_versions
from runmood.schema.tables import RAW_SAMPLES

if TYPE_CHECKING:
    from runmood.core.recordings import DecodedFile, DecodedRun


FIRST_COMMIT = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


def only(file: DecodedFile) -> DecodedRun:
    """The one run of the file."""
    (run,) = file.activities
    return run


def codes(file: DecodedFile) -> list[str]:
    """What is said of the file."""
    return [notice.code for notice in file.notices]


def said_instead(content: bytes) -> str:
    """Why nothing can be had."""
    with pytest.raises(UnreadableFileError) as fault:
        decode(content)
    return fault.value.notice.code


# In a real file, in the vendor's own description, or in lines that people published: `docs/run-exports.md` says which.
SEEN = {"strava", "apple", "runkeeper", "healthautoexport", "googlefit", "kml"}


@pytest.mark.parametrize("name", ALL)
def test_every_layout_is_told_by_its_content(name: str) -> None:
    """Each vendor's file gives a format of its own, and each run says so where only other programs show the layout."""
    file = decode(ALL[name])
    assert file.format == name.partition("-")[0]
    assert file.format in reader_versions()
    assert file.activities
    unproven = set() if name in SEEN else {"layout-unproven"}
    assert all({notice.code for notice in run.notices} - {"day-alone"} == unproven for run in file.activities)


@pytest.mark.parametrize("content", [b"{}", b"[]", b'{"a": 1}', b"a,b\n1,2\n", b"[" * 100_000, b'[{"start_time": 1}]'])
def test_other_json_and_tables_are_refused(content: bytes) -> None:
    """A file of no export known here is no watch file."""
    assert said_instead(content) == "not-a-watch-file"


def test_garmin_run() -> None:
    """Centimetres, milliseconds, effort out of a hundred, and the offset that the clock on the wall had."""
    run = only(decode(garmin(GARMIN_RUN)))
    assert run.points["sampled_at"][0] == FIRST_COMMIT
    assert run.points["latitude_deg"].to_list() == [52.5, None, None]
    assert (run.totals.distance_m, run.totals.elapsed_s, run.totals.timer_s) == (10_000, 3650, 3600.5)
    assert (run.sport, run.sub_sport, run.name) == ("running", "treadmill", "Morning Run")
    assert (run.effort, run.utc_offset_s, run.points["heart_bpm"].to_list()) == (7, 3600, [150] * 3)


def test_garmin_of_other_shapes() -> None:
    """The kind of activity may be an object, the start may stand under another name, the list may stand alone."""
    bare = {"activityType": {"typeKey": "trail_running"}, "beginTimestamp": 1704067200000, "duration": 60_000}
    run = only(decode(json.dumps({"summarizedActivitiesExport": [bare]}).encode()))
    assert (run.sport, run.sub_sport, run.totals.distance_m, run.utc_offset_s) == ("running", "trail", None, None)
    ride = GARMIN_RUN | {"activityType": "road_biking"}
    assert codes(decode(garmin(ride, ride, {"activityType": 3}, 7))) == [  # type: ignore[arg-type]
        "not-an-activity",
        "entries-left-out",
        "other-sports",
    ]


def test_polar_session_of_the_older_layout() -> None:
    """What stands at one moment in several lists is one sample; the clock on the wall becomes UTC."""
    run = only(decode(ALL["polar-1"]))
    begun = dt.datetime(2026, 1, 3, 8, 51, 43, 850_000, tzinfo=dt.UTC)
    assert run.points["sampled_at"].to_list() == [begun, begun + dt.timedelta(seconds=2)]
    assert run.points["heart_bpm"].to_list() == [120, 122]
    assert run.points["distance_m"].to_list() == [None, 7.5]
    assert run.points["latitude_deg"].to_list() == [60.1, None]
    assert (run.sport, run.utc_offset_s, run.totals.distance_m, run.totals.elapsed_s) == ("running", 3600, 2000, 600)
    assert not run.clock_is_local
    assert "secret" not in repr(run)


def test_polar_session_of_the_newer_layout() -> None:
    """Values at a steady interval, NaN for none, kilometres an hour, and a route with a start of its own."""
    run = only(decode(POLAR_NEW.encode()))
    begun = dt.datetime(2020, 8, 18, 8, 23, 6, tzinfo=dt.UTC)
    assert run.points["sampled_at"].to_list() == [begun + dt.timedelta(seconds=at) for at in range(3)]
    assert run.points["heart_bpm"].to_list() == [None, 100, 101]
    assert run.points["speed_m_s"].to_list() == [pytest.approx(3), None, pytest.approx(3)]
    assert run.points["latitude_deg"].to_list() == [None, None, 46.9]
    assert (run.sport, run.sub_sport, run.device) == ("running", "treadmill", "Polar Vantage M")


def test_polar_without_samples_or_offset() -> None:
    """A session without samples is told by its duration; without an offset the clock is that on the wall."""
    exercise = {"startTime": "2026-01-03T09:51:43", "duration": "PT1H0M30.5S", "sport": "RUNNING"}
    run = only(decode(json.dumps({"exercises": [exercise]}).encode()))
    assert (run.points.height, run.totals.elapsed_s, run.clock_is_local) == (2, 3630.5, True)


def test_samsung_table() -> None:
    """Runs count, walks are set aside, and on a treadmill the pace decides; the offset tells the wall's clock."""
    file = decode(SAMSUNG_TABLE.encode())
    run, treadmill = file.activities
    assert run.points["sampled_at"][0] == dt.datetime(2024, 5, 1, 21, 30, tzinfo=dt.UTC)
    assert (run.totals.distance_m, run.totals.elapsed_s, run.utc_offset_s) == (5000.5, 1800, 9 * 3600)
    assert (run.sport, treadmill.sport, treadmill.sub_sport) == ("running", None, "treadmill")
    assert codes(file) == ["other-sports"]


def test_samsung_samples_learn_their_sport_from_the_table() -> None:
    """Samples alone do not say which sport it was; the line that names their file does."""
    _, header, line, *_ = SAMSUNG_TABLE.splitlines()
    said = ExportMetadata("samsung", tuple(header.split(",")), tuple(line.split(",")))
    alone, told = only(decode(SAMSUNG_LIVE)), only(decode(SAMSUNG_LIVE, said))
    assert alone.points["heart_bpm"].to_list() == [120, 125]
    assert (alone.sport, told.sport, told.utc_offset_s) == (None, "running", 9 * 3600)
    assert only(decode(SAMSUNG_PLACES, said)).points["altitude_m"].to_list() == [30, None]


def test_zepp_table() -> None:
    """Seconds and metres, in UTC; other numbers than that of a run are other sports."""
    file = decode(ZEPP)
    run = only(file)
    assert run.points["sampled_at"][0] == dt.datetime(2026, 1, 1, 18, 3, 16, tzinfo=dt.UTC)
    assert (run.totals.distance_m, run.totals.elapsed_s, run.sport) == (5321, 1800, "running")
    assert codes(file) == ["other-sports"]


def test_fitbit_list() -> None:
    """Miles become metres, a run is a run in Japanese too, and the clock is that on the wall."""
    first, second = decode(FITBIT).activities
    assert first.totals.distance_m == pytest.approx(3218.688)
    assert (first.device, first.clock_is_local, first.totals.timer_s) == ("Charge 5", True, 1079)
    assert first.points["sampled_at"][0] == dt.datetime(2022, 2, 7, 21, 22, 8, tzinfo=dt.UTC)
    assert (second.sport, second.totals.distance_m) == ("running", None)


@pytest.mark.parametrize("name", ["garmin", "polar-1", "polar-2", "samsung-live", "fitbit"])
def test_json_that_is_cut_off_is_refused(name: str) -> None:
    """Its notice says that nothing could be read, and of whose file."""
    assert said_instead(ALL[name][:-20]) == "broken-file"


def test_json_beyond_memory_is_refused() -> None:
    """More values than any export has are not taken apart."""
    assert said_instead(b'[{"summarizedActivitiesExport":[' + b"[]," * 2_000_000 + b"[]]}]") == "broken-file"


def test_zepp_numbers_that_may_be_runs_are_judged_by_pace() -> None:
    """Programs disagree on the numbers of runs on trails and indoors, so no sport is named."""
    file = decode(ZEPP.replace(b"\n52,", b"\n8,"))
    assert [run.sport for run in file.activities] == ["running", None]


@pytest.mark.parametrize(("number", "sport"), [("27", "running"), ("38", "cycling"), ("83", None), (None, None)])
def test_polar_numbers_of_sports(number: str | None, sport: str | None) -> None:
    """A number that is not known says nothing."""
    content = POLAR_NEW.replace('"sport": {"id": "17"}', f'"sport": {{"id": {json.dumps(number)}}}')
    assert only(decode(content.encode())).sport == sport


def test_json_nested_without_end_is_refused() -> None:
    """It neither crashes nor hangs."""
    assert said_instead(b'[{"summarizedActivitiesExport":' + b"[" * 200_000) == "broken-file"


@pytest.mark.parametrize("odd", [None, "x", [], {}, 1e308, -1e308, 10**300, "1" * 5000, True, float("nan")])
def test_values_of_the_wrong_kind_are_unsaid(odd: object) -> None:
    """Whatever stands where a number or a text should, a run comes without it, or none comes."""
    for name in GARMIN_RUN:
        decode(garmin(GARMIN_RUN | {name: odd}))
    exercise = POLAR_OLD["exercises"][0]
    for name in exercise:
        _decoded(json.dumps(POLAR_OLD | {"exercises": [exercise | {name: odd}]}).encode())
        _decoded(json.dumps(POLAR_OLD | {"exercises": [exercise | {"samples": {name: odd}}]}).encode())


@given(
    name=st.sampled_from(sorted(ALL)),
    at=st.floats(0, 1),
    cut=st.integers(0, 12),
    paste=st.sampled_from([b"", b'"', b"null", b"1e308", b"-1", b"[]", b"{}", b",", b"\n", b"\x00", b"\xff", b"NaN"]),
)
@settings(max_examples=300, deadline=None)
def test_whatever_is_changed_nothing_crashes(name: str, at: float, cut: int, paste: bytes) -> None:
    """A file with something cut out and something put in gives sound samples, or one notice that refuses it."""
    content = ALL[name]
    place = int(at * len(content))
    for run in _decoded(content[:place] + paste + content[place + cut :]):
        RAW_SAMPLES.check(run.points)
        assert run.points.height


def _decoded(content: bytes) -> tuple[DecodedRun, ...]:
    """The runs of the file; none where it is refused."""
    try:
        return decode(content).activities
    except UnreadableFileError:
        return ()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (fit(file_id(32)), 32),
        (fit(file_id(4), records(3), session()), None),
        (fit(file_id(0xFF)), None),
        (fit(file_id(32))[:-3], None),
        (fit(file_id(32)) + fit(file_id(4), records(3), session()), None),
        (fit(records(3)), None),
        (fit(definition(15, 0, [(4, 4, 0x86)]) + data(15, "I", 1)), None),
        (fit(definition(15, 0, [(4, 4, 0x86), (0, 1, 0)], big=True) + data(15, ">IB", 1, 49)), 49),
        (fit(definition(15, 0, [(0, 1, 0)])), None),
        (fit(), None),
    ],
    ids=words_of("a night,an activity,unsaid,cut,chained,no file id,no type,big-endian,no message,empty"),
)
def test_a_first_look_knows_what_is_no_activity(content: bytes, kind: int | None) -> None:
    """Only a whole file that says at once that it is something else is set aside without being read."""
    assert non_activity_type(content) == kind
