"""A night's sleep from an export to its day: each once, on the day it ends, and away again with its import."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pipelines_homes import made
from readers.apple_drawn import asleep, export

from runmood.home.home import Home, open_home
from runmood.warehouse.queries import run_query
from runmood.workflow import imports

if TYPE_CHECKING:
    from pathlib import Path

CHECK_INS = "date,time,kind,mood\n2025-11-01,21:00,evening,7\n2025-11-05,21:00,evening,6\n"
MOOD = '<StateOfMind startDate="2025-11-02 21:00:00 {ahead}" kind="dailyMood" valence="0.5" labels="" associations=""/>'


def night(day: int, hours: int = 7, zone: str = "") -> str:
    """A night that ends at 06:00 in UTC of a day of November 2025."""
    began = f"2025-11-{day - 1:02d} 23" if hours == 7 else f"2025-11-{day:02d} {6 - hours:02d}"
    return asleep(f"{began}:00:00 +0000", f"2025-11-{day:02d} 06:00:00 +0000", zone=zone)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in UTC with two check-ins, so that it has days."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "settings.toml").write_text('time_zone = "UTC"\n', encoding="utf-8")
    home = open_home(tmp_path / "home")
    (home.inbox / "said.csv").write_text(CHECK_INS, encoding="utf-8")
    return home


def brought(home: Home, folder: str, *elements: str) -> None:
    """Take an export in."""
    path = home.root.parent / folder / "export.xml"
    path.parent.mkdir()
    path.write_bytes(export(*elements))
    imports.import_paths(home, [path.parent])


def slept(home: Home) -> list[float | None]:
    """The hours of each day."""
    return run_query(home.published, "select sleep_h from days order by local_date")["sleep_h"].to_list()


def test_a_night_belongs_to_the_day_on_which_it_ends(home: Home) -> None:
    """By the clock of the place; a nap is no night; nights before the first day and after the last make no day."""
    brought(home, "apple", night(2), night(3, 2), night(4, zone="Pacific/Honolulu"), night(9))
    assert slept(home) == [None, 7.0, 7.0, None, None]


def test_two_exports_tell_of_a_night_once(home: Home) -> None:
    """The older export ends within a night, the newer one has all of it; either alone, or both, give one answer."""
    brought(home, "older", night(2), night(3, 4))
    assert slept(home) == [None, 7.0, 4.0, None, None]
    brought(home, "newer", night(2), night(3), night(4))
    assert slept(home) == [None, 7.0, 7.0, 7.0, None]
    batch, differences = imports.rebuild(home)
    assert (batch.clean, [each for each in differences if each.table == "days"]) == (True, [])


def test_nights_go_with_their_import(home: Home) -> None:
    """An import that is undone takes its nights with it."""
    brought(home, "apple", night(2))
    imports.revert_import(home, imports.batches(home)["batch"][-1])
    made(home)
    assert slept(home) == [None] * 5


def test_a_state_of_mind_comes_once_from_two_exports(home: Home) -> None:
    """The phone was in another zone on the second export: it is the same entry, on the day that it speaks of."""
    made(home)
    brought(home, "first", MOOD.format(ahead="+0000"))
    brought(home, "abroad", MOOD.format(ahead="+0000").replace("02 21:00:00 +0000", "03 06:00:00 +0900"))
    told = run_query(home.published, "select local_date::varchar as day, mood, source from check_ins order by felt_at")
    assert told.rows()[1:-1] == [("2025-11-02", 7.5, "apple-daily-mood")]
