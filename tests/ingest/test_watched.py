"""Folders that the night looks into: what is new comes, and nothing follows blindly from what is missing there."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

import pytest

from runmood.home.edit_settings import change
from runmood.home.home import Home, open_home
from runmood.ingest import watched
from runmood.ingest.watched import (
    collect_from_folders,
    doubtful_titles,
    is_as_known,
    queue_messages,
    read_state,
    scan,
    take_messages,
)
from runmood.journal.plans.versions import coming_plans
from runmood.journal.resolve import effective_entries
from runmood.journal.store import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = dt.datetime(2026, 11, 29, 3, 30, tzinfo=dt.UTC)
GPX = b'<?xml version="1.0"?><gpx version="1.1"><trk><name>%d</name></trk></gpx>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that another program fills."""
    (tmp_path / "Sync" / "HealthFit").mkdir(parents=True)
    return tmp_path / "Sync" / "HealthFit"


@pytest.fixture
def night(tmp_path: Path, folder: Path) -> Callable[..., list[str]]:
    """Looks into the folder at a moment."""
    home = open_home(tmp_path / "home")
    change(home.settings_file, "folders", [str(folder)])

    def look(after: dt.timedelta = dt.timedelta()) -> list[str]:
        return collect_from_folders(open_home(home.root), NOW + after)

    return look


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The home whose folder it is."""
    return open_home(tmp_path / "home")


def put(path: Path, number: int = 1, age_s: float = 3600, content: bytes | None = None) -> Path:
    """A file that was last written so long before the night."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(GPX % number if content is None else content)
    os.utime(path, (NOW.timestamp() - age_s, NOW.timestamp() - age_s))
    return path


def inbox(home: Home) -> list[str]:
    """The files of the inbox."""
    return sorted(path.relative_to(home.inbox).as_posix() for path in home.inbox.rglob("*") if path.is_file())


def test_new_files_come_once(home: Home, folder: Path, night: Callable[..., list[str]]) -> None:
    """What is new is copied under its own name, with the folders that it lies in; the next night finds nothing new."""
    put(folder / "a.gpx"), put(folder / "2026" / "b.gpx", 2)
    assert "2 new files" in night()[0]
    assert inbox(home) == ["watched/HealthFit/2026/b.gpx", "watched/HealthFit/a.gpx"]
    assert night() == []
    put(folder / "c.gpx", 3)
    assert ("1 new file" in night()[0], len(inbox(home))) == (True, 3)


@pytest.mark.parametrize("shift", [3600, -3600, 7200, 2, -1, 5.5 * 3600, 45 * 60])
def test_dates_that_wander_bring_nothing_again(night: Callable[..., list[str]], folder: Path, shift: float) -> None:
    """FAT knows even seconds by the local clock and MTP what the device answers: such a date is no change."""
    put(folder / "a.gpx")
    night()
    put(folder / "a.gpx", age_s=3600 + shift)
    assert night(dt.timedelta(days=1)) == []


def test_sizes_and_other_dates_are_changes() -> None:
    """A size is looked at first; a date counts where it differs by more than dates wander."""
    known = (100, 1_790_000_000 * 10**9, "x")
    assert is_as_known(known, (100, (1_790_000_000 + 7200) * 10**9))
    assert not is_as_known(known, (101, 1_790_000_000 * 10**9))
    assert not is_as_known(known, (100, (1_790_000_000 + 600) * 10**9))
    assert not is_as_known(known, (100, (1_790_000_000 + 90 * 86400) * 10**9))
    assert is_as_known(known, (100, 0))


def test_a_file_that_is_being_written_waits(home: Home, folder: Path, night: Callable[..., list[str]]) -> None:
    """A file of the last two minutes, an empty one and one of zeros wait, and are told of; then they come."""
    put(folder / "a.gpx", age_s=30)
    put(folder / "b.gpx", content=b"")
    put(folder / "c.gpx", content=bytes(500))
    assert ("3 files are still being written" in night()[0], inbox(home)) == (True, [])
    put(folder / "b.gpx", 2), put(folder / "c.gpx", 3)
    assert ("3 new files" in night(dt.timedelta(hours=1))[0], len(inbox(home))) == (True, 3)


def test_a_tail_of_zeros_waits_for_a_day_only(home: Home, folder: Path, night: Callable[..., list[str]]) -> None:
    """A copy that takes the room first ends in zeros; a watch whose battery died leaves such a file for good."""
    put(folder / "a.gpx", content=GPX % 1 + bytes(500))
    night()
    assert inbox(home) == []
    night(dt.timedelta(days=1))
    assert inbox(home) == ["watched/HealthFit/a.gpx"]


def test_a_file_of_the_future_comes_once_it_has_stayed_as_it_is(
    home: Home, folder: Path, night: Callable[..., list[str]]
) -> None:
    """A date that cannot be right says nothing of rest: the file comes when it was seen the same two minutes before."""
    put(folder / "a.gpx", age_s=-9000)
    night()
    assert inbox(home) == []
    night(dt.timedelta(minutes=5))
    assert len(inbox(home)) == 1


def test_a_disk_that_is_not_there_says_nothing(home: Home, folder: Path, night: Callable[..., list[str]]) -> None:
    """Neither a missing folder nor the empty one in place of an unplugged disk is a deletion."""
    kept = put(folder / "a.gpx")
    night()
    kept.unlink()
    assert night() == []
    folder.rmdir()
    assert night() == []
    put(folder / "a.gpx")
    assert (night(), len(inbox(home))) == ([], 1)


def test_deletions_are_told_once_and_never_followed(home: Home, folder: Path, night: Callable[..., list[str]]) -> None:
    """A watch clears old activities to make room: the copies stay."""
    gone = put(folder / "a.gpx")
    put(folder / "b.gpx", 2)
    night()
    gone.unlink()
    assert "1 file is no longer there, such as a.gpx" in night()[0]
    assert (night(), len(inbox(home))) == ([], 2)


def test_a_changed_file_is_kept_beside_the_first(home: Home, folder: Path, night: Callable[..., list[str]]) -> None:
    """An update at the source replaces nothing: both versions lie in the inbox, and it is told."""
    put(folder / "a.gpx")
    night()
    put(folder / "a.gpx", 22, age_s=1000)
    assert "1 file has changed there" in night()[0]
    assert inbox(home) == ["watched/HealthFit/a-2.gpx", "watched/HealthFit/a.gpx"]
    put(folder / "a.gpx", 22, age_s=500)
    assert (night(), len(inbox(home))) == ([], 2)


def test_a_folder_that_is_as_it_was_is_not_read_again(
    folder: Path, night: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is known of its files is not even opened; a file that changes, however old, is told of the next night."""
    put(folder / "a.gpx", age_s=40 * 86400), put(folder / "b.gpx", 2)
    night()
    with monkeypatch.context() as quiet:
        quiet.setattr(watched, "read_state", pytest.fail)
        assert [night(dt.timedelta(days=number)) for number in range(9)] == [[]] * 9
    put(folder / "a.gpx", 22, age_s=40 * 86400 - 9000)
    assert "1 file has changed there" in night(dt.timedelta(days=9))[0]


NAMES_OF_TOOLS = [
    ".stversions/a.gpx",
    ".stfolder/x.gpx",
    "~syncthing~a.gpx.tmp",
    ".syncthing.a.gpx.tmp",
    "a.sync-conflict-20261121-080000-ABCDEF1.gpx",
    "a (Ana's conflicted copy 2026-11-21).gpx",
    ".dropbox.cache/a.gpx",
    "._a.gpx",
    ".trashed-1796000000-a.gpx",
    "@eaDir/a.gpx",
    "$RECYCLE.BIN/a.gpx",
]


@pytest.mark.parametrize("name", NAMES_OF_TOOLS)
def test_what_sync_programs_keep_is_left_alone(folder: Path, name: str) -> None:
    """Versions, conflict copies, drafts and bins of a sync program, a store or a phone are no files of the person's."""
    put(folder / name)
    put(folder / "good.gpx")
    assert [*scan(folder)] == ["good.gpx"]


def test_a_link_leads_nowhere(tmp_path: Path, folder: Path) -> None:
    """Neither a link to a file nor one to a folder is followed."""
    put(tmp_path / "elsewhere" / "a.gpx")
    (folder / "link.gpx").symlink_to(tmp_path / "elsewhere" / "a.gpx")
    (folder / "links").symlink_to(tmp_path / "elsewhere")
    assert scan(folder) == {}


def test_a_calendar_that_is_kept_up_to_date(home: Home, folder: Path, night: Callable[..., list[str]]) -> None:
    """A calendar file plans what it says, each version anew, and doubtful titles are told."""
    text = "BEGIN:VCALENDAR\nX-WR-CALNAME:Club\nBEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:2026120%d\n"
    text += "SUMMARY:%s\nEND:VEVENT\nEND:VCALENDAR\n"
    put(folder / "club.ics", content=(text % (3, "Long run 18 km")).encode())
    assert night() == ["Club: 1 day new or changed."]
    put(folder / "club.ics", content=(text % (3, "Tiergarten run")).encode(), age_s=600)
    told = night()
    assert any('may be a run, such as "Tiergarten run"' in each for each in told)
    assert doubtful_titles(open_home(home.root)) == {str(folder / "club.ics"): ["Tiergarten run"]}
    plans = coming_plans(effective_entries(read(home.journal).records), home.zone, dt.date(2026, 12, 3), 1)
    standing = plans[dt.date(2026, 12, 3)]
    assert standing is None or standing.plan.planned is None
    assert night() == []


def test_moods_that_another_app_exports_by_itself(home: Home, folder: Path, night: Callable[..., list[str]]) -> None:
    """What is new in such a file is said in the journal; what only the person can explain is named and not taken."""
    state = '{"start": "2026-11-%02d 21:00:00 +0100", "kind": "daily_mood", "valence": 0.5, "labels": []}'
    export = '{"data": {"stateOfMind": [%s]}}'
    put(folder / "HealthAutoExport-2026-11-20.json", content=(export % (state % 20)).encode())
    assert night() == ["apple-state-of-mind: 1 new check-in."]
    put(folder / "HealthAutoExport-2026-11-20.json", content=(export % (state % 20 + "," + state % 21)).encode())
    assert night() == ["apple-state-of-mind: 1 new check-in."]
    put(folder / "daylio.csv", content=b"full_date,time,mood,activities\n2026-11-20,20:00,zen,\n")
    assert "daylio.csv holds moods, and we have a question" in night()[0]
    put(folder / "laps.csv", content=b"lap,seconds\n1,300\n")
    assert (night(), len(effective_entries(read(home.journal).records))) == ([], 2)


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"folders": {"x": {"files": 7}}, "untold": []}', '{"folders": 3}'])
def test_an_odd_state_counts_as_absent(home: Home, folder: Path, night: Callable[..., list[str]], kept: str) -> None:
    """What is made and cannot be read costs one more look, and brings no file twice."""
    put(folder / "a.gpx")
    night()
    (home.work / "watched.json").write_text(kept, encoding="utf-8")
    assert night() == []
    assert inbox(home) == ["watched/HealthFit/a.gpx"]
    assert len(read_state(home).folders) == 1


def test_what_a_night_is_to_tell_is_told_once(home: Home, night: Callable[..., list[str]]) -> None:
    """Sentences wait for the night that goes on with what was brought."""
    night()
    queue_messages(open_home(home.root), ["one"])
    assert (take_messages(open_home(home.root)), take_messages(open_home(home.root))) == (["one"], [])
