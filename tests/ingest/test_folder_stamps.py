"""What a night must look at to know that an inbox is as it was."""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from runmood.ingest import folder_stamps
from runmood.ingest.folder_stamps import DAYS_OF_WEEK, INBOX, LISTED, PARTS, stamp_folder, without_inbox

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2026, 11, 30)
LONG_AGO = 1_700_000_000


class Nights:
    """An inbox looked at night after night."""

    def __init__(self, root: Path) -> None:
        self.inbox, self.work = root / "inbox", root / "work"
        self.state: dict[str, str] = {}
        self.day = DAY
        for name in (*(f"2025/{number}.fit" for number in range(10)), "2025/export.zip", "a.gpx"):
            self.put(name, "as it came")
        self.work.mkdir()

    def put(self, name: str, content: str) -> None:
        """Write a file in its place, in a folder whose own times are of long ago unless a name came."""
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not path.exists()
        path.write_text(content, encoding="utf-8")
        if is_new:
            for each in (path.parent, self.inbox):
                os.utime(each, (LONG_AGO, LONG_AGO))

    def look(self, days: int = 1) -> bool:
        """Whether an inbox is as it was, so many days after the last look."""
        now = self.day + dt.timedelta(days=days)
        (self.work / "draft").write_text("{}", encoding="utf-8")
        found = stamp_folder(self.inbox, self.work / LISTED, self.state, now, self.day)
        same = found == self.state
        self.state, self.day = found, now
        (self.work / "draft").replace(self.work / "last-night.json")
        return same


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nights:
    """An inbox that counts as large, looked at once."""
    monkeypatch.setattr(folder_stamps, "ORDINARY", 5)
    monkeypatch.setattr(folder_stamps, "AT_REST_NS", -(10**18))  # times of folders are those of this moment
    nights = Nights(tmp_path)
    nights.look()
    return nights


def test_in_an_inbox_of_ordinary_size_whatever_is_changed_in_its_place_is_seen_at_once(tmp_path: Path) -> None:
    """Every file is asked for size and time, and nothing is kept for that."""
    nights = Nights(tmp_path)
    nights.look()
    assert nights.look()
    nights.put("2025/3.fit", "changed in its place")
    assert not nights.look()
    assert not (nights.work / LISTED).exists()


def test_a_large_inbox_as_it_was_is_as_it_was_every_night_of_a_week(large: Nights) -> None:
    """Whatever is looked at tonight, nothing is due."""
    assert all(large.look() for _ in range(2 * DAYS_OF_WEEK))


@pytest.mark.parametrize("name", ["new.fit", "2025/new.fit", "2025/deep/er/new.json"])
def test_a_new_file_in_a_large_inbox_is_seen_the_same_night(large: Nights, name: str) -> None:
    """A name that came has changed the times of its folder."""
    large.look()
    (large.inbox / name).parent.mkdir(parents=True, exist_ok=True)
    (large.inbox / name).write_text("new", encoding="utf-8")
    assert not large.look()
    assert large.look()
    (large.inbox / name).unlink()
    assert not large.look()


def test_an_export_that_is_replaced_under_its_name_is_seen_the_same_night(large: Nights) -> None:
    """What may hold many runs is asked for size and time each night."""
    large.put("2025/export.zip", "the next month's export")
    assert not large.look()


def test_a_recording_changed_in_its_place_is_seen_within_a_week(large: Nights) -> None:
    """A seventh of them is asked each night."""
    large.put("2025/3.fit", "changed in its place")
    assert [large.look() for _ in range(DAYS_OF_WEEK)].count(False) == 1


def test_nights_that_were_missed_are_made_up_for(large: Nights) -> None:
    """After a week without a night, every file is asked."""
    large.put("2025/3.fit", "changed in its place")
    assert not large.look(days=DAYS_OF_WEEK)


def test_where_a_file_system_does_not_tell_when_a_folder_changes_every_folder_is_listed(
    large: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder of the last night is older than what was written in it: then no folder's times are trusted."""
    large.look()
    listed = []
    monkeypatch.setattr(
        folder_stamps,
        "list_folder",
        lambda path, times, _list=folder_stamps.list_folder: (listed.append(path), _list(path, times))[1],
    )
    large.look()
    assert listed == []
    os.utime(large.work, (LONG_AGO, LONG_AGO))
    stamp_folder(large.inbox, large.work / LISTED, large.state, large.day, large.day)
    assert [path.removeprefix(f"{large.inbox}/") for path in listed] == ["", "2025/"]


def test_a_folder_that_changed_a_moment_ago_is_listed_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that comes within the same tick of the clock leaves the times as they are."""
    monkeypatch.setattr(folder_stamps, "ORDINARY", 5)
    nights = Nights(tmp_path)
    nights.look()
    kept = json.loads((nights.work / LISTED).read_text(encoding="utf-8"))
    assert [each["times"] for each in kept.values()] == [[0, 0, 0]] * 2


@pytest.mark.parametrize("folders", ["../\0", "..\0", ".\0", "/\0", "../../work\0"])
def test_a_listing_that_names_folders_elsewhere_is_not_believed(large: Nights, folders: str) -> None:
    """A home may be somebody else's: nothing outside it is looked at."""
    kept = json.loads((large.work / LISTED).read_text(encoding="utf-8"))
    kept[""]["folders"] = folders
    (large.work / LISTED).write_text(json.dumps(kept), encoding="utf-8")
    assert large.look()


def test_a_listing_is_the_same_from_its_file_as_from_the_folders(large: Nights) -> None:
    """It is a shortcut to what would be found, and what is lost or illegible is found again."""
    fresh = dict(folder_stamps.listings_of(large.inbox, {}))
    large.look()
    assert (
        dict(folder_stamps.listings_of(large.inbox, folder_stamps.stored_listings(large.inbox, large.work / LISTED)))
        == fresh
    )
    (large.work / LISTED).write_bytes(b"\xff{")
    assert folder_stamps.stored_listings(large.inbox, large.work / LISTED) == {}
    assert large.look()
    assert replace(fresh["2025/"], recordings="").others == "export.zip\0"


def test_many_files_of_one_ending_in_a_folder_are_a_recording_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables as many as runs hold one each; an export's own table among files of another kind is asked each night."""
    monkeypatch.setattr(folder_stamps, "CROWDED", 3)
    for name in ("1.CSV", "2.csv", "3.csv", "4.csv", "a.json", "none"):
        (tmp_path / name).touch()
    listing = folder_stamps.list_folder(str(tmp_path), folder_stamps.NO_TIMES)
    assert (listing.recordings, listing.others) == ("1.CSV\x002.csv\x003.csv\x004.csv\0", "a.json\0none\0")


def test_a_folder_that_cannot_be_looked_into_is_told_by_a_change_once_it_can(tmp_path: Path) -> None:
    """As a file: what is not known now is not taken for known."""
    nights = Nights(tmp_path)
    listing = dict(folder_stamps.listings_of(nights.inbox / "gone", {}))[""]
    assert listing.others.startswith("errno ")
    assert listing != dict(folder_stamps.listings_of(nights.inbox, {}))[""]


def test_a_state_without_the_inbox_has_no_part_of_it() -> None:
    """After a night that left files unopened, the next one looks at all of it."""
    assert without_inbox({INBOX: "a", PARTS[3]: "b", "day": "c"}) == {"day": "c"}
