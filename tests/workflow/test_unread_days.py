"""A file that waits or cannot be read leaves its day open, wherever it lies, by night and after a rebuild."""

from __future__ import annotations

import datetime as dt
import io
import os
import time
import zipfile
from typing import TYPE_CHECKING

import pytest
from web.homes import LAST_DAY, gpx, home_of

from runmood.home.edit_settings import change
from runmood.home.home import Home, open_home
from runmood.warehouse.queries import run_query
from runmood.workflow import imports, steps
from runmood.workflow.nightly_run import collect_watched_files, one_night

if TYPE_CHECKING:
    from pathlib import Path

DAY = LAST_DAY - dt.timedelta(days=3)  # two runs later, so a device shows that it had none
RUN = gpx(dt.datetime.combine(DAY, dt.time(18), dt.UTC))
NAMED = f"{DAY}-1800.gpx"
HOUR_S = 3600


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a run every other day, and a folder that is watched."""
    home = home_of(tmp_path / "home", runs=6)
    (tmp_path / "Sync").mkdir()
    change(home.settings_file, "folders", [str(tmp_path / "Sync")])
    return open_home(home.root)


@pytest.fixture(params=["inbox", "watched"])
def place(request: pytest.FixtureRequest, home: Home) -> Path:
    """Where a file lies."""
    return home.inbox if request.param == "inbox" else home.root.parent / "Sync"


def put(path: Path, content: bytes, age_s: float = 5 * 86_400) -> None:
    """Write a file that was last written so long ago."""
    path.write_bytes(content)
    os.utime(path, (time.time() - age_s, time.time() - age_s))


def by_night(home: Home) -> dict[dt.date, str]:
    """What each day is after a night."""
    with home.writing():
        collect_watched_files(home)
        one_night(home, home.today())
    return dict(run_query(home.published, "select local_date, day_kind from days").iter_rows())


def kind(home: Home) -> str:
    """What the day is, after a night and by a rebuild, which say the same."""
    kinds = by_night(home)
    imports.rebuild(home)
    assert dict(run_query(home.published, "select local_date, day_kind from days").iter_rows()) == kinds
    return kinds[DAY]


def zipped(name: str, content: bytes) -> bytes:
    """An archive with one file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def test_a_day_without_a_file_is_without_a_run(home: Home) -> None:
    """Or nothing here would show anything."""
    assert kind(home) == "no_run"


@pytest.mark.parametrize(
    ("name", "content", "age_s"),
    [
        (f"{NAMED}.part", b"", HOUR_S),
        (f"{NAMED}.crdownload", RUN[:900], HOUR_S),
        ("download.gpx.crdownload", RUN[:9000], HOUR_S),
        (f".{NAMED}.icloud", b"bplist", HOUR_S),
        (f".syncthing.{NAMED}.tmp", RUN[:9000], HOUR_S),
        (f"~syncthing~{NAMED}.tmp", bytes(9000), HOUR_S),
        (f"{NAMED}.~tmp", b"", HOUR_S),
        (f".{NAMED}.~5ab3", RUN[:900], HOUR_S),
        (f".{NAMED}.Ab12cd", RUN[:900], HOUR_S),
        (f".{NAMED}.part", RUN[:900], HOUR_S),
        (f"~${NAMED}", b"owner", HOUR_S),
        (NAMED, b"", HOUR_S),
        (NAMED, bytes(9000), HOUR_S),
        (f"{DAY}.fit", bytes(9000), HOUR_S),
        (f"{DAY}.zip", zipped("run.gpx", RUN)[:-60], HOUR_S),
        (NAMED, b"<gpx> and no more", HOUR_S),
        ("export.zip", zipped(f"{NAMED}.part", b""), HOUR_S),
        ("export.zip", zipped(f"{DAY}.fit", bytes(9000)), HOUR_S),
        ("export.zip", zipped(NAMED, b""), HOUR_S),
    ],
)
def test_what_cannot_be_read_yet_leaves_its_day_open(
    home: Home, place: Path, name: str, content: bytes, age_s: float
) -> None:
    """A copy that goes on, room not filled yet, a name of a cloud, a broken archive: name or text dates it."""
    put(place / name, content, age_s)
    assert kind(home) == "unknown"


@pytest.mark.parametrize(
    "name", [f"._{NAMED}", f".trashed-1796000000-{NAMED}", f".~lock.{NAMED}#", ".syncthing.a.gpx.tmp"]
)
def test_what_a_tool_keeps_says_nothing_of_a_day(home: Home, place: Path, name: str) -> None:
    """A fork, a bin, a lock and a draft that tells no day are no runs that could still come."""
    put(place / name, b"kept", HOUR_S)
    assert kind(home) == "no_run"


def test_a_file_that_grows_leaves_its_day_open(home: Home, place: Path) -> None:
    """Half of it is read for its day, and for nothing else."""
    put(place / "run.gpx", RUN[:-90], 5)
    assert by_night(home)[DAY] == "unknown"
    put(place / "run.gpx", RUN, HOUR_S)
    assert kind(home) == "unplanned_run"


def test_a_day_is_known_once_the_file_is_whole(home: Home, place: Path) -> None:
    """The copy that waited has another name then, and says nothing any more."""
    put(place / f"{NAMED}.part", RUN[:900], HOUR_S)
    assert kind(home) == "unknown"
    (place / f"{NAMED}.part").unlink()
    put(place / NAMED, RUN, HOUR_S)
    assert kind(home) == "unplanned_run"


def test_a_copy_that_is_gone_waits_no_more(home: Home, place: Path) -> None:
    """Who breaks a download off and deletes it has taken its word about the day back."""
    put(place / f"{NAMED}.part", b"", HOUR_S)
    assert kind(home) == "unknown"
    (place / f"{NAMED}.part").unlink()
    assert kind(home) == "no_run"


def test_a_file_in_a_folder_that_nobody_watches_any_more_says_nothing(home: Home) -> None:
    """What is read no more can wait for nothing."""
    put(home.root.parent / "Sync" / f"{NAMED}.part", b"", HOUR_S)
    assert kind(home) == "unknown"
    change(home.settings_file, "folders", [])
    assert kind(open_home(home.root)) == "no_run"


def test_a_disk_that_is_away_keeps_its_day_open(home: Home) -> None:
    """What waited on it when it was last there may still come."""
    put(home.root.parent / "Sync" / f"{NAMED}.part", b"", HOUR_S)
    assert kind(home) == "unknown"
    (home.root.parent / "Sync").rename(home.root.parent / "away")
    assert kind(home) == "unknown"


def test_a_broken_file_that_vanished_keeps_its_day_open(home: Home) -> None:
    """Nobody knows what it held; a rebuild knows no better."""
    put(home.inbox / NAMED, b"<gpx> and no more", HOUR_S)
    assert kind(home) == "unknown"
    (home.inbox / NAMED).unlink()
    assert kind(home) == "unknown"


def test_imports_count_what_stands(home: Home, tmp_path: Path) -> None:
    """By night as by a rebuild: files of an import that was undone, brought back, or whose copy never came."""

    def counted() -> list[tuple[object, ...]]:
        steps.run_pipeline(home, home.today())
        rows = run_query(home.published, "from imports order by batch").drop("imported_at").rows()
        assert imports.rebuild(home)[1] == []
        return rows

    put(tmp_path / "evening.gpx", RUN)
    put(tmp_path / f"{DAY}.gpx", b"<gpx> and no more")
    put(home.inbox / f"{NAMED}.part", b"")
    imports.import_paths(home, [tmp_path / "evening.gpx", tmp_path / f"{DAY}.gpx"])
    batch = imports.batches(home)["batch"][-1]
    before = counted()
    assert by_night(home)[DAY] == "unplanned_run"
    assert counted() == before  # the copy that goes on is no news each night
    imports.revert_import(home, batch)
    assert counted() != before
    imports.import_paths(home, [tmp_path / "evening.gpx"])
    counted()
    (home.inbox / f"{NAMED}.part").unlink()
    by_night(home)
    counted()
