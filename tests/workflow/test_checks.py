"""The doctor tells what is in order and what asks for a look, and changes nothing."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from pipelines_homes import LAST_DAY, made

from runmood.core.checkins import CheckIn, NewEntry
from runmood.home.home import Home, open_readonly
from runmood.journal.store import append
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.workflow import doctor
from runmood.workflow.doctor import examine
from runmood.workflow.nightly_run import NightlyRun, keep_night

if TYPE_CHECKING:
    from pathlib import Path

Command = Callable[..., Any]
NOW = dt.datetime(2025, 11, 22, 8, 0, tzinfo=dt.UTC)
OUTINGS = simulate(LAST_DAY, days=30).outings


@pytest.fixture
def well(empty_home: Home) -> Home:
    """A home in which all is in order: a run read, a night done this morning, nobody else let in."""
    (empty_home.inbox / "a.fit").write_bytes(recorded_as(OUTINGS[0], "fit"))
    made(empty_home)
    keep_night(empty_home, NightlyRun(NOW - dt.timedelta(hours=4), LAST_DAY, good_at=NOW - dt.timedelta(hours=4)))
    empty_home.root.chmod(0o700)
    return empty_home


def asked(home: Home, now: dt.datetime = NOW) -> dict[str, str]:
    """What asks for a look, by name; the first of each."""
    return {seen.name: seen.sentence for seen in reversed(list(examine(home.root, now))) if seen.asks}


def test_a_home_in_order_asks_for_nothing(well: Home) -> None:
    """Every line says what is in order, and nothing in the home has changed."""
    before = {path: path.stat().st_mtime_ns for path in well.root.rglob("*")}
    told = {seen.name: seen.sentence for seen in examine(well.root, NOW)}
    assert asked(well) == {}
    assert "in order" in told["last night"]
    assert "duckdb 1.5" in told["versions"]
    assert {path: path.stat().st_mtime_ns for path in well.root.rglob("*")} == before


def test_no_home_yet(tmp_path: Path) -> None:
    """Where there is no home it says how one is made, and makes none."""
    assert "`runmood import PATH`" in asked(open_readonly(tmp_path / "none"))["home"]
    assert not (tmp_path / "none").exists()


def test_nights(well: Home) -> None:
    """A night that failed and one that is long ago ask for a look, and say what to do; none so far asks for nothing."""
    assert "long ago" in asked(well, NOW + dt.timedelta(days=3))["last night"]
    keep_night(well, NightlyRun(NOW, LAST_DAY, failed={"findings": "No."}, good_at=NOW - dt.timedelta(days=1)))
    told = asked(well)["last night"]
    assert "findings did not work. The last good night was 21 November 2025" in told
    assert "`runmood nightly` tries again" in told
    (well.work / "last-night.json").unlink()
    assert "last night" not in asked(well)


def test_clocks(well: Home) -> None:
    """A clock before the last night, and words or runs that lie in the future, are named."""
    assert "before the last night" in asked(well, NOW - dt.timedelta(days=4000))["clock"]
    moment = NOW + dt.timedelta(days=30)
    append(well.journal, [NewEntry(moment, CheckIn(moment, "evening", 5))])
    made(well)
    assert asked(well)["clock"].startswith("1 check-in in the future.")


def test_what_waits(well: Home) -> None:
    """Files that have not been read, and files that cannot be opened."""
    (well.inbox / "new.fit").write_bytes(recorded_as(OUTINGS[1], "fit"))
    assert asked(well)["inbox"] == "1 file to read: `runmood nightly`."
    published = well.published.rename(well.work / "away")
    assert asked(well)["inbox"].startswith("2 files to read"), "nothing has been read where nothing is published"
    published.rename(well.published)
    (well.inbox / "new.fit").unlink()
    (well.inbox / "gone.fit").symlink_to(well.root / "nowhere")
    made(well)
    assert asked(well)["files"].startswith("We can't open 1 file")


def test_databases(well: Home) -> None:
    """One that is damaged or missing is named with what puts it right; one kept aside, with its place."""
    (well.root / "runmood.duckdb.damaged-1").write_bytes(bytes(2**20))
    assert "1 MB, was damaged" in asked(well)["kept aside"]
    well.published.write_bytes(b"rubbish")
    assert "`runmood rebuild` makes everything" in asked(well)["database"]
    well.published.unlink()
    assert asked(well)["database"] == "There is no runmood.duckdb yet. `runmood nightly` makes it."


def test_the_disk_and_who_may_look(well: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is nearly full, and a home that others may read, or that its owner may not write."""
    monkeypatch.setattr(doctor, "SPARE_MB", 1e9)
    assert "make room" in asked(well)["disk"]
    well.root.chmod(0o755)
    assert "chmod go=" in asked(well)["privacy"]
    monkeypatch.setattr(os, "access", lambda path, _mode: path != well.journal)
    assert asked(well)["home"].startswith(f"We can't write in {well.journal}")


def test_a_new_home_has_nothing_wrong(cli: Command) -> None:
    """An empty folder and one of a first check-in are no faults: what comes next is named, and it ends with 0."""
    assert cli("log").status == 0
    for _ in range(2):
        told = cli("doctor")
        assert (told.status, "\n!" in f"\n{told.written}") == (0, False), told.written
        assert "runmood import PATH" in told.written
        cli("check-in", "--mood", "7", "--energy", "6")


def test_a_database_that_was_there_is_missed(cli: Command, well: Home) -> None:
    """Where nights were done, a missing published copy is said and looked at."""
    well.published.unlink()
    told = cli("doctor")
    assert (told.status, "runmood nightly" in told.written) == (1, True)


def test_the_exit_status_says_whether_to_look(cli: Command, well: Home) -> None:
    """0 where all is in order, 1 where something asks for a look; a line each."""
    now = dt.datetime.now(dt.UTC)
    keep_night(well, NightlyRun(now, now.date(), good_at=now))
    assert cli("doctor").status == 0
    well.published.unlink()
    answer = cli("doctor")
    assert answer.status == 1
    assert any(line.startswith("! database") for line in answer.written.splitlines())


def test_it_tells_who_writes(well: Home) -> None:
    """While somebody writes, the lock names the process and its command."""
    with well.writing():
        told = {seen.name: seen.sentence for seen in examine(well.root, NOW)}
    assert f"process {os.getpid()}" in told["lock"]
