"""Exports whose activities stand in several files, or in lines of text within one: adidas Running and Huawei."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from ingest.test_exports import laid_out, packed
from readers.exports_drawn import ALL, HUAWEI, HUAWEI_TRACK, RUNTASTIC, RUNTASTIC_GPS, RUNTASTIC_HEART

from runmood.ingest.discover import discover_files
from runmood.ingest.inbox import copy_to_inbox
from runmood.readers import decode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from runmood.core.recordings import DecodedFile

NAME = "2023-01-01_00-00-00-UTC_aaaaaaaa-bbbb"
SESSION = {
    f"export/Sport-sessions/{NAME}.json": json.dumps(RUNTASTIC).encode(),
    f"export/Sport-sessions/GPS-data/{NAME}.json": json.dumps(RUNTASTIC_GPS).encode(),
    f"export/Sport-sessions/Heart-rate-data/{NAME}.json": json.dumps(RUNTASTIC_HEART).encode(),
    "export/Sport-sessions/GPS-data/other.json": b"[]",
    "export/User/user.json": b'{"start_time": 1}',
}


def sessions(top: Path) -> list[DecodedFile]:
    """What is read of an export."""
    found = [file for file in discover_files([top], lambda _name, _stamp: False) if not file.opened]
    assert not [file for file in found if file.fault]
    return [decode(file.content) for file in found]


@pytest.mark.parametrize("lay", [laid_out, packed])
def test_a_session_is_read_with_its_positions_and_heart_rate(tmp_path: Path, lay: Callable[..., Path]) -> None:
    """They lie in folders below, under its id; none of them is a run of its own."""
    (file,) = sessions(lay(tmp_path / "there.zip", SESSION))
    (run,) = file.activities
    assert (run.sport, run.totals.distance_m, run.totals.elapsed_s, run.totals.timer_s) == ("running", 5000, 1800, 1700)
    assert run.utc_offset_s == 3600
    assert run.points["latitude_deg"].to_list() == [50.08, None, 50.12]
    assert run.points["heart_bpm"].to_list() == [None, 150, None]
    assert "secret" not in repr(file)


def test_positions_may_be_gpx(tmp_path: Path) -> None:
    """Newer exports have them so."""
    point = b'<trkpt lat="50.08" lon="14.42"><time>2023-01-01T00:00:00Z</time></trkpt>'
    gpx = b"<gpx><trk><trkseg>" + point + b"</trkseg></trk></gpx>"
    files = {name: content for name, content in SESSION.items() if "GPS-data" not in name}
    (file,) = sessions(packed(tmp_path / "a.zip", files | {f"export/Sport-sessions/GPS-data/{NAME}.gpx": gpx}))
    assert file.activities[0].points["latitude_deg"].to_list() == [50.08, None]


def test_a_folder_comes_into_the_inbox_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    """Or a rebuild would lose the positions."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    assert copy_to_inbox([laid_out(tmp_path / "there", SESSION)], inbox) == []
    (file,) = sessions(inbox)
    assert file.activities[0].points["latitude_deg"].to_list() == [50.08, None, 50.12]


@pytest.mark.parametrize(("number", "sports"), [("1", ["running"]), ("14", ["running"]), ("3", []), ("99", [])])
def test_a_session_is_the_sport_that_its_number_says(tmp_path: Path, number: str, sports: list[str]) -> None:
    """A number that is not known is no run, and is told."""
    session = json.dumps(RUNTASTIC | {"sport_type_id": number}).encode()
    (file,) = sessions(packed(tmp_path / "a.zip", {f"Sport-sessions/{NAME}.json": session}))
    assert [run.sport for run in file.activities] == sports
    assert bool(file.notices) != bool(sports)


def huawei(**changes: object) -> DecodedFile:
    """An activity of Huawei's, changed."""
    document: list[dict[str, Any]] = [HUAWEI | changes]
    return decode(json.dumps(document).encode())


def test_huaweis_track_is_read_from_its_lines() -> None:
    """A position of 90, -80 is a pause; a map with numbers for names breaks nothing."""
    (run,) = decode(ALL["huawei"]).activities
    assert (run.sport, run.totals.distance_m, run.totals.elapsed_s, run.totals.timer_s) == ("running", 150, 60, 55)
    assert run.points["latitude_deg"].to_list() == [50.08, 50.081]
    assert run.points["segment"].to_list() == [0, 1]
    assert run.points["heart_bpm"].to_list() == [None, 150]
    assert run.points["cadence_spm"].to_list() == [None, 170]
    assert run.utc_offset_s == 7200


@pytest.mark.parametrize(
    ("number", "said"),
    [(4, ("running", None)), (101, ("running", "treadmill")), (118, ("running", "trail")), (3, None)],
)
def test_huaweis_sport_is_its_number(number: int, said: tuple[str, str | None] | None) -> None:
    """A ride is none; indoors there is no track, but a distance."""
    runs = [(run.sport, run.sub_sport) for run in huawei(sportType=number, attribute="").activities]
    assert runs == ([said] if said else [])


def test_huaweis_older_list_has_a_list_a_day() -> None:
    """With the zone beside it."""
    days = [{"timeZone": "+0100", "recordDay": 20230101, "motionPathData": [{**HUAWEI, "timeZone": None}, HUAWEI]}]
    runs = decode(json.dumps(days).encode()).activities
    assert [run.sport for run in runs] == ["running", "running"]


def test_a_hitrack_file_has_the_lines_alone() -> None:
    """And names no sport, so the pace decides."""
    (run,) = decode(HUAWEI_TRACK.removeprefix("HW_EXT_TRACK_DETAIL@is").encode()).activities
    assert run.sport is None
    assert run.points.height == 2
