"""What nothing can read is named and counted, what is not whole waits, and a content is stored once."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from ingest.test_exports import laid_out, packed

from runmood.ingest.discover import discover_files
from runmood.ingest.inbox import copy_to_inbox

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Typed

    from runmood.core.recordings import FileStat

RUN = b"<gpx><trk><type>running</type><trkseg/></trk></gpx>"
UNREAD = {
    "Whoop": {"my_whoop/physiological_cycles.csv": b"a,b\n", "my_whoop/workouts.csv": b"a,b\n"},
    "Peloton": {"me_workouts.csv": b"Workout Timestamp,Live/On-Demand,Instructor Name\n"},
    "Nike": {"x/1.json": b'{"kind": "com.nike.other"}'},
    "Mi Fitness": {"20260101_MiFitness_hlth_center_data.csv": b"Uid,Sid\n"},
    "adidas Running": {"Sport-sessions/1.json": b"[]", "User/user.json": b"{}"},
    None: {"a/b.json": b"{}", "c.csv": b"a,b\n"},
}


@pytest.mark.parametrize("app", UNREAD)
def test_an_export_that_nothing_reads_is_named(tmp_path: Path, app: str | None) -> None:
    """By the names and first bytes of its files; one that no name fits is told of as well."""
    (found,) = discover_files([packed(tmp_path / "export.zip", UNREAD[app])], lambda _name, _stamp: False)
    assert found.fault
    assert found.fault.code == ("unread-export" if app else "nothing-to-read")
    assert not app or app in str(found.fault.message)


def is_the_run(name: str, _stamp: FileStat) -> bool:
    """The run is known."""
    return name.endswith("a.gpx")


def test_an_archive_with_a_run_is_no_unread_export(tmp_path: Path) -> None:
    """However many other files it has; nor is an archive of archives, one of which has a run."""
    inner = packed(tmp_path / "inner.zip", {"a.gpx": RUN}).read_bytes()
    files = {"inner.zip": inner, "nothing.zip": packed(tmp_path / "n.zip", {"a.csv": b"a,b\n"}).read_bytes()}
    found = list(discover_files([packed(tmp_path / "outer.zip", files)], lambda _name, _stamp: False))
    assert not [file for file in found if file.fault]
    assert not [file for file in discover_files([tmp_path / "outer.zip"], is_the_run) if file.fault]


@pytest.mark.parametrize("lay", [laid_out, packed])
def test_an_export_that_nothing_reads_ends_with_a_status_each_time(
    tmp_path: Path, cli: Callable[..., Typed], lay: Callable[..., Path]
) -> None:
    """Never "nothing new" with status 0: not at first, and not when it is given again."""
    given = lay(tmp_path / "whoop.zip", UNREAD["Whoop"])
    for _ in range(2):
        said = cli("import", str(given))
        assert said.status == 1
        assert "Whoop" in said.written + said.complained


def test_moods_of_another_app_are_pointed_to_the_journal(tmp_path: Path) -> None:
    """Whoever takes `import` for `journal import` is told which it is."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    sheet = (
        "full_date,date,weekday,time,mood,activities,note_title,note\n2026-01-05,5 January,Monday,21:00,good,run,,\n"
    )
    (tmp_path / "daylio.csv").write_text(sheet, encoding="utf-8")
    (told,) = copy_to_inbox([tmp_path / "daylio.csv"], inbox)
    assert "import.holds_moods" in repr(told)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (".run.fit.icloud", "in-the-cloud"),
        ("run.fit.part", "copy-unfinished"),
        ("export.zip.crdownload", "copy-unfinished"),
        ("run.gpx.download", "copy-unfinished"),
    ],
)
def test_a_file_that_is_not_whole_waits_and_is_told(tmp_path: Path, name: str, code: str) -> None:
    """A placeholder of a cloud, a download that goes on: not read, not copied, not passed over in silence."""
    laid_out(tmp_path / "there", {name: b"", "run.gpx": RUN})
    faults = [file.fault.code for file in discover_files([tmp_path / "there"], lambda _n, _s: False) if file.fault]
    assert faults == [code]
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (told,) = copy_to_inbox([tmp_path / "there"], inbox)
    assert name in str(told)
    assert [path.name for path in inbox.rglob("*") if path.is_file()] == ["run.gpx"]


def test_a_content_is_stored_once_whatever_it_is_called(tmp_path: Path) -> None:
    """A copy under another name, or in another folder, takes no room."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("a/run.gpx", "b/renamed.gpx", "c/run (1).gpx"):
        assert copy_to_inbox([laid_out(tmp_path, {name: RUN}) / name], inbox) == []
    stored = list(inbox.glob("*.gpx"))
    assert len(stored) == 3
    assert len({path.stat().st_ino for path in stored}) == 1


def test_a_damaged_archive_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    """It says that it is damaged."""
    path = packed(tmp_path / "a.zip", {"a.gpx": RUN * 100})
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["a.gpx"]
    path.write_bytes(path.read_bytes()[:-30])
    (found,) = discover_files([path], lambda _name, _stamp: False)
    assert found.fault
    assert found.fault.code == "broken-archive"
