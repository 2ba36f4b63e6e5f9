"""Vendors' exports, as a zip and as a folder: the files that tell of runs, and what the tables say of watch files."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import os
import zipfile
from typing import TYPE_CHECKING

import pytest
from readers.apple_drawn import BEGAN, export, route, route_of, total, workout

from runmood.ingest.discover import discover_files
from runmood.ingest.inbox import copy_to_inbox
from runmood.readers.registry import is_readable_name, matches_signature

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from runmood.core.recordings import FoundFile


TABLE = (
    "Activity ID,Activity Date,Activity Name,Activity Type,D,E,Distance,H,R,C,P,Gear,Filename\n"
    '80011,"May 29, 2022, 3:53:35 PM","Lunch, with\nfriends",Run,,1,2,,,,,Shoes,activities/1.fit.gz\n'
    '80012,"May 30, 2022, 3:53:35 PM",Trail,Run,,1,2,,,,,,activities/2.gpx\n'
    '80013,"May 31, 2022, 3:53:35 PM",By hand,Run,,1,2,,,,,,\n'
)
SAMSUNG = (
    "com.samsung.shealth.exercise,6312008,37\n"
    "a,b,c,com.samsung.health.exercise.start_time,d,e,f,com.samsung.health.exercise.live_data\n"
    ",,,2024-05-01 21:30:00.000,,,,abc.com.samsung.health.exercise.live_data.json,\n"
)
LIVE = "jsons/com.samsung.shealth.exercise/a/abc.com.samsung.health.exercise.live_data.json"
STRAVA_FILES = {
    "activities/1.fit.gz": gzip.compress(b"one"),
    "activities/2.gpx": b"two",
    "activities/3.tcx": b"three",
    "activities.csv": TABLE.encode(),
    "profile.csv": b"a,b",
}
OTHER_FILES = {
    "DI_CONNECT/DI-Connect-Fitness/me_0_summarizedActivities.json": b'[{"summarizedActivitiesExport": []}]',
    "DI_CONNECT/DI-Connect-Wellness/me_sleepData.json": b"[]",
    "training-session-2026-01-03-1-abc.json": b'{"exercises": []}',
    "training-session_2023-11-15T12-23-32_7-abc.json": b'{"exercises": []}',
    "calendar-items-1.json": b"{}",
    "com.samsung.shealth.exercise.20240501.csv": SAMSUNG.encode(),
    "com.samsung.shealth.exercise.weather.20240501.csv": b"com.samsung.shealth.exercise.weather,1,2\n",
    LIVE: b'[{"start_time": 1, "heart_rate": 60}]',
    "SPORT/SPORT_1700000000000.csv": b"\xef\xbb\xbftype,startTime,sportTime(s)\n",
    "HEARTRATE_AUTO/HEARTRATE_AUTO_1.csv": b"date,time,heartRate\n",
    "Takeout/Fitbit/Global Export Data/exercise-100.json": b'[{"activityName": "Run"}]',
    "Takeout/Fitbit/Global Export Data/steps-2024-01-01.json": b"[]",
}
STRANGERS = {
    "activities.csv": b"a,b\n1,2\n",
    "old/activities.csv": b"Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR,X\nRun,2,3\n",
    "exercise-1.json": b'{"push-ups": 20}',
    "training-session-1.json": b"",
    "SPORT.csv": b"team,goals\n",
    "com.samsung.shealth.exercise.1.csv": b"nothing",
}


def laid_out(top: Path, files: dict[str, bytes]) -> Path:
    """The files in a folder."""
    for name, content in files.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_bytes(content)
    return top


def packed(path: Path, files: dict[str, bytes]) -> Path:
    """The files in an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    path.write_bytes(buffer.getvalue())
    return path


def found(path: Path) -> dict[str, FoundFile]:
    """All that is found at a path, by name within it, but for the archive itself."""
    files = [file for file in discover_files([path], lambda _name, _stamp: False) if not file.opened]
    return {file.name.removeprefix(f"{path.as_posix()}/"): file for file in files}


@pytest.fixture(params=["folder", "zip"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where to lay files out: a folder, or an archive to be."""
    return tmp_path / ("export" if request.param == "folder" else "export.zip")


def put(place: Path, files: dict[str, bytes]) -> Path:
    """The files at the place."""
    return packed(place, files) if place.suffix else laid_out(place, files)


def test_the_table_speaks_of_each_file_it_names(place: Path) -> None:
    """A watch file comes with its line of the table, wherever the table stands in the archive; others with none."""
    files = found(put(place, STRAVA_FILES))
    assert sorted(files) == ["activities.csv", "activities/1.fit.gz", "activities/2.gpx", "activities/3.tcx"]
    note = files["activities/1.fit.gz"].note
    assert note
    assert dict(zip(note.columns, note.cells, strict=True))["Activity Name"] == "Lunch, with\nfriends"
    assert files["activities/2.gpx"].note
    assert files["activities/3.tcx"].note is files["activities.csv"].note is None


RUNKEEPER = (
    b"Activity Id,Date,Type,Route Name,Distance (km),Duration,Average Pace,Notes,GPX File\n"
    b"1,2026-10-05 18:00:00,Running,Lake,5.04,30:00,5:57,,2026-10-05-180000.gpx\n"
    b"2,2026-10-07 18:00:00,Running,Wood,2.88,30:00,5:57,,2026-10-07-180000.gpx\n"
)
BEGUN_AT_SIX = b"<gpx><trk><trkseg><trkpt><time>2026-10-05T16:00:00Z</time></trkpt></trkseg></trk></gpx>"
RENAMED = {
    "in capital letters": ("2026-10-05-180000.GPX", BEGUN_AT_SIX, "Lake"),
    "renamed": ("evening run.gpx", BEGUN_AT_SIX, "Lake"),
    "renamed, some minutes off": ("evening run.gpx", BEGUN_AT_SIX.replace(b"16:00:00", b"16:07:00"), None),
    "another run of the day, on a quarter": ("other.gpx", BEGUN_AT_SIX.replace(b"10-05", b"10-06"), None),
}


@pytest.mark.parametrize(("name", "content", "title"), RENAMED.values(), ids=RENAMED)
def test_a_renamed_file_has_its_line_by_when_it_began(
    place: Path, name: str, content: bytes, title: str | None
) -> None:
    """The clock on the wall differs from UTC by quarter hours; any other difference is another run."""
    files = found(put(place, {"cardioActivities.csv": RUNKEEPER, name: content}))
    note = files[name].note
    assert (note.cells[3] if note else None) == title


def test_a_line_whose_file_is_there_tells_of_no_other(place: Path) -> None:
    """A second recording begun at the same time is not the one that the line names."""
    table = {"cardioActivities.csv": RUNKEEPER, "2026-10-05-180000.gpx": BEGUN_AT_SIX + b" "}
    assert found(put(place, {**table, "phone.gpx": BEGUN_AT_SIX}))["phone.gpx"].note is None


def test_side_files_of_every_vendor_are_found(place: Path) -> None:
    """What tells of runs comes; sleep, steps, weather and the calendar are passed over in silence."""
    passed_over = ("sleepData", "calendar", "weather", "HEARTRATE", "steps-")
    files = found(put(place, OTHER_FILES))
    assert sorted(files) == sorted(name for name in OTHER_FILES if not any(word in name for word in passed_over))
    note = files[LIVE].note
    assert note
    assert "2024-05-01 21:30:00.000" in note.cells


def test_a_name_alone_is_not_believed(place: Path) -> None:
    """Tables and JSON of the same name from elsewhere are none; an archive of nothing else is told of."""
    faults = [file.fault.code for file in found(put(place, STRANGERS)).values() if file.fault]
    assert faults == (["unread-export"] if place.name.endswith(".zip") else [])


def test_a_file_named_by_the_person_is_given(tmp_path: Path) -> None:
    """Whatever it is, so that its refusal can be said."""
    laid_out(tmp_path, STRANGERS)
    (file,) = discover_files([tmp_path / "activities.csv"], lambda _name, _stamp: False)
    assert file.content == b"a,b\n1,2\n"


def test_a_table_is_not_read_for_files_that_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second import costs nothing for a table."""
    laid_out(tmp_path, STRAVA_FILES)
    monkeypatch.setattr("runmood.ingest.files_beside.lines_of", lambda _text: pytest.fail("read again"))
    assert list(discover_files([tmp_path], lambda _name, _stamp: True)) == []


def test_a_damaged_table_says_what_it_can(tmp_path: Path) -> None:
    """Lines before the damage speak; a pipe and a folder in a table's place are left alone."""
    files = STRAVA_FILES | {"activities.csv": TABLE.encode()[:-60] + b'"' + b"x" * 200_000}
    assert found(laid_out(tmp_path / "one", files))["activities/1.fit.gz"].note
    laid_out(tmp_path / "two", {"activities/1.fit": b"one"})
    os.mkfifo(tmp_path / "two" / "activities.csv")
    assert found(tmp_path / "two")["activities/1.fit"].note is None
    laid_out(tmp_path / "three", {"activities/1.fit": b"one", "activities.csv/x.txt": b""})
    assert found(tmp_path / "three")["activities/1.fit"].note is None


def test_side_files_are_brought_into_the_inbox(tmp_path: Path) -> None:
    """An unpacked export keeps its table."""
    inbox = tmp_path / "inbox"
    assert copy_to_inbox([laid_out(tmp_path / "export", STRAVA_FILES)], inbox) == []
    assert found(inbox)["export/activities/2.gpx"].note
    assert not (inbox / "export" / "profile.csv").exists()


@pytest.mark.parametrize("name", ["activities.csv", "exercise-100.json"])
def test_marks_are_sought_without_delay(name: str) -> None:
    """Content made to keep a pattern busy is judged at once."""
    assert is_readable_name(name)
    assert not matches_signature(name, b"," * 2_000_000)
    assert not matches_signature(name, b"a" * 2_000_000)


LATER = BEGAN + dt.timedelta(days=1)
APPLE = "apple_health_export"
APPLE_FILES = {
    f"{APPLE}/export.xml": export(
        workout("Running", total(5.04), route_of("a.gpx")), workout("Cycling", route_of("b.gpx"), began=LATER)
    ),
    f"{APPLE}/export_cda.xml": b"<ClinicalDocument></ClinicalDocument>",
    f"{APPLE}/workout-routes/a.gpx": route(),
    f"{APPLE}/workout-routes/b.gpx": route(began=LATER),
    f"{APPLE}/electrocardiograms/ecg_2026-11-02.csv": b"Name,A",
}
APPLE_PARTS = ["2026-11-02 17.30 Running", "2026-11-03 17.30 Cycling"]


@pytest.mark.parametrize("name", ["export.xml", "Exportación.xml", "导出.xml", "Export.xml"])
@pytest.mark.parametrize("lay", [laid_out, packed])
def test_apple_health_is_a_file_a_workout(tmp_path: Path, lay: Callable[..., Path], name: str) -> None:
    """In a folder or an archive, in any language; no route is a run of its own, and the clinical file is left alone."""
    files = {each.replace("export.xml", name): content for each, content in APPLE_FILES.items()}
    top = lay(tmp_path / "there.zip", files)
    found = list(discover_files([top], lambda _name, _stamp: False))
    collection = f"{top.as_posix()}/{APPLE}/{name}"
    parts = [file.name for file in found if not file.opened]
    assert parts == [f"{collection}/{part}" for part in APPLE_PARTS]
    routes = [f"{top.as_posix()}/{APPLE}/workout-routes/{route}.gpx" for route in "ab"]
    opened = [*routes, collection, *([top.as_posix()] if top.is_file() else [])]
    assert [file.name for file in found if file.opened] == opened
    assert not [file for file in found if file.fault]


def test_a_download_of_apple_health_that_broke_off_is_told(tmp_path: Path) -> None:
    """What came before is there, and the file is not taken for read."""
    files = {"export.xml": APPLE_FILES[f"{APPLE}/export.xml"][:-60]}
    *parts, last = discover_files([laid_out(tmp_path, files)], lambda _name, _stamp: False)
    assert (len(parts), last.opened) == (1, False)
    assert last.fault
    assert last.fault.code == "export-cut-off"


def test_an_export_alone_gives_its_runs_and_says_that_the_routes_are_missing(tmp_path: Path) -> None:
    """Many people unpack export.xml and leave the folder beside it."""
    *parts, last = discover_files(
        [laid_out(tmp_path, {"export.xml": APPLE_FILES[f"{APPLE}/export.xml"]})], lambda _name, _stamp: False
    )
    assert (len(parts), last.opened) == (2, True)
    assert last.fault
    assert last.fault.code == "routes-missing"
