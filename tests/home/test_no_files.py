"""A pipe, a folder or a link where a home keeps a file: nobody waits for it, and what is made takes its place again."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from home.kept_files import NOW, STATE

from runmood.core.checkins import CheckIn, NewEntry
from runmood.core.files import make_way, open_kept, remove_tree, replace_made
from runmood.home.home import open_home
from runmood.journal.forget import choose_entries
from runmood.journal.store import append, read
from runmood.warehouse.database import DATABASE
from runmood.workflow.backup import write_backup
from runmood.workflow.forget import forget_entries
from runmood.workflow.lock import KEY, lock_home, open_locked, unlock_home
from runmood.workflow.nightly_run import collect_watched_files, last_night, one_night

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Command

    from runmood.home.home import Home

GIVEN = "a calm river"
LONGEST_S = 120
CHANGED = {".work/watched.json"}  # which its question writes first
KEPT = [name for name in STATE if name.startswith(".work/")] + [
    ".work/lock", ".work/nightly.log", f".work/{DATABASE}", f".work/{DATABASE}.wal", ".work/publishing.duckdb",
    ".work/last-run.draft", ".work/journal-seen.json.draft", ".work/last-night.json.draft", "runmood.duckdb",
    "summaries/summary.html", "pooled-effects.json",
]  # fmt: skip


def make_folder_of_something(path: Path) -> None:
    """A folder that is not empty, so that no file is renamed over it."""
    path.mkdir()
    (path / "x").touch()


def make_circle(path: Path) -> None:
    """A link that leads back to itself."""
    path.symlink_to(path.name)


KINDS: dict[str, Callable[[Path], None]] = {
    "pipe": os.mkfifo,
    "folder": make_folder_of_something,
    "circle": make_circle,
}


@pytest.fixture(autouse=True)
def not_waiting() -> Iterator[None]:
    """Whoever waits for a pipe fails, and does not wait for ever."""

    def fail(_number: int, _frame: object) -> None:
        pytest.fail("it waits")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(LONGEST_S)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def put(home: Home, names: list[str], kind: str) -> None:
    """Put something that is no file where these files are kept."""
    for name in names:
        path = home.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        make_way(path)
        path.unlink(missing_ok=True)
        KINDS[kind](path)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [name for name in STATE if not name.startswith("journal/") and name not in CHANGED])
def test_what_is_no_file_counts_as_absent(empty_home: Home, name: str, kind: str) -> None:
    """Whoever asks for what is kept goes on at once."""
    put(empty_home, [name], kind)
    STATE[name][1](empty_home)


@pytest.mark.parametrize("kind", KINDS)
def test_a_home_goes_on(tmp_path: Path, cli: Command, kind: str) -> None:
    """Check-in, night, backup, forgetting and locking are done, and the files are files again."""
    home = open_home(tmp_path / "home")
    append(home.journal, [NewEntry(NOW, CheckIn(NOW, "evening", 5, note="the first"))])
    put(home, KEPT, kind)
    assert cli("check-in", "--mood", "6", "--energy", "6", "--note", "the second").status == 0
    with home.writing():
        collect_watched_files(home)
        assert one_night(home, NOW.date()).failed == {}
    assert last_night(home) is not None
    put(home, KEPT, kind)
    assert write_backup(home, tmp_path / "backup.zip", lambda _home: iter(()))
    records = read(home.journal).records
    assert [record.entry.note for record in records] == ["the first", "the second"]  # type: ignore[union-attr]
    forget_entries(home, choose_entries(records, lambda record: record.id == records[0].id), NOW)
    put(home, KEPT, kind)
    for name in ("runmood.duckdb", "summaries/summary.html", "pooled-effects.json"):
        make_way(home.root / name)  # a person's or not: what is no file there keeps the home open
    lock_home(home, GIVEN)
    unlock_home(home.root, home.say, open_locked(home.root, home.say, GIVEN))
    assert [record.entry.note for record in read(home.journal).records[:1]] == ["the second"]  # type: ignore[union-attr]
    assert (home.work / KEY).is_file()


@pytest.mark.parametrize("folder", ["inbox", ".work", "points", "summaries", ".work/journals"])
@pytest.mark.parametrize("disk_is_there", [True, False])
def test_a_folder_that_is_elsewhere_or_a_file_stops_nothing_that_is_said(
    empty_home: Home, cli: Command, folder: str, disk_is_there: bool
) -> None:
    """An inbox on a disk that was taken away kept check-ins out; what is made is made again in the place of a file."""
    place = empty_home.root / folder
    if place.exists():
        remove_tree(place)
    if disk_is_there:
        place.touch()
    else:
        place.symlink_to("/nowhere/at/all")
    for words in (["check-in", "--mood", "5", "--energy", "5"], ["ill"], ["ran", "yesterday", "--no"]):
        assert cli(*words).status == 0
    assert len(read(empty_home.journal).records) == 3
    typed = cli("summary")
    assert typed.status == (0 if disk_is_there and folder != "inbox" else 2)
    assert place.is_symlink() is not disk_is_there


def test_a_pipe_is_not_opened_and_a_file_is(tmp_path: Path) -> None:
    """What is no file is a sentence of the system's, not a wait; what is made takes its place."""
    path = tmp_path / "kept"
    os.mkfifo(path)
    for flags in (os.O_RDONLY, os.O_WRONLY, os.O_RDWR):
        with pytest.raises(OSError, match="No such device"):
            open_kept(path, flags)
    replace_made(path, "words")
    assert path.read_text(encoding="utf-8") == "words"
    os.close(open_kept(path, os.O_RDONLY))
