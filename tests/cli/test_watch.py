"""Folders named, listed and left; and what a night and the doctor say of them."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from runmood.home.home import Home, open_home
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.workflow import steps
from runmood.workflow.doctor import examine
from runmood.workflow.nightly_run import collect_watched_files, one_night, quiet_night

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.workflow.doctor import CheckResult

Command = Callable[..., Any]
OUTINGS = simulate(dt.date(2025, 11, 21), days=30).outings


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The home in which commands are typed."""
    return open_home(tmp_path / "home")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one run in it, at rest."""
    made = tmp_path / "Sync"
    made.mkdir()
    put(made, 0)
    return made


def put(folder: Path, number: int) -> None:
    """A run that a watch wrote an hour ago."""
    path = folder / f"{number}.fit"
    path.write_bytes(recorded_as(OUTINGS[number], "fit"))
    hour_ago = dt.datetime.now(dt.UTC).timestamp() - 3600
    os.utime(path, (hour_ago, hour_ago))


def test_a_folder_is_watched_listed_and_left(cli: Command, home: Home, folder: Path) -> None:
    """The settings name it once, wherever the command was typed; what came from it stays when it is left."""
    assert "1 new file" in cli("watch", str(folder)).written
    cli("watch", f"{folder}/../Sync")
    cli("watch", str(folder))
    settings = home.settings_file.read_text(encoding="utf-8")
    assert settings.count("Sync") == 1
    assert "last brought something on" in cli("watch").written
    assert cli("watch", str(folder), "--stop").status == 0
    assert (cli("watch", str(folder), "--stop").status, len(list(home.inbox.rglob("*.fit")))) == (2, 1)


@pytest.mark.parametrize(
    ("place", "said"),
    [("home", "is your runmood folder"), (".", "is your runmood folder"), ("x", "There is no folder")],
)
@pytest.mark.usefixtures("home")
def test_folders_that_cannot_be_meant(cli: Command, tmp_path: Path, place: str, said: str) -> None:
    """The home itself, what holds it, and what is not there are refused with a sentence, and no setting is written."""
    refused = cli("watch", str(tmp_path / place))
    assert (refused.status, said in refused.complained) == (2, True)
    assert "folders" not in (tmp_path / "home" / "settings.toml").read_text(encoding="utf-8").split("# ")[0]


def test_a_night_reads_what_a_folder_brings(cli: Command, home: Home, folder: Path) -> None:
    """The night tells of the folder and reads its runs; the next one is quiet, until something new lies there."""
    cli("watch", str(folder))
    watched = open_home(home.root)
    assert one_night(watched, watched.today()).good
    assert quiet_night(watched, watched.today()) is not None
    put(folder, 1)
    assert quiet_night(watched, watched.today()) is None
    collect_watched_files(watched)
    night = one_night(watched, watched.today())
    assert ("1 new file" in night.done["folders"], "1 new file" in night.done["import"]) == (True, True)
    (folder / "0.fit").unlink()
    quiet = quiet_night(watched, watched.today())
    assert quiet is not None
    assert "no longer there, such as 0.fit" in quiet.done["folders"]


def told_of_folder(home: Home) -> CheckResult:
    """What the doctor tells of the watched folder."""
    checks = list(examine(home.root, dt.datetime(2026, 11, 25, tzinfo=dt.UTC)))
    (told,) = [check for check in checks if check.name == "folders"]
    return told


def test_the_doctor_notices_a_folder_gone_silent(cli: Command, home: Home, folder: Path) -> None:
    """Planned runs that pass while a folder brings nothing are told with their number, and since when."""
    cli("watch", str(folder))
    kept = home.work / "watched.json"
    state = json.loads(kept.read_text(encoding="utf-8"))
    for watched in state["folders"].values():
        watched["brought_at"] = "2026-11-03T03:30:00+00:00"
    kept.write_text(json.dumps(state), encoding="utf-8")
    habit = {"id": "0" * 16, "entry": "habit", "said_at": "2026-10-01T10:00:00+02:00", "weekdays": [2, 4, 7]}
    (home.journal / "journal.jsonl").write_text(json.dumps(habit) + "\n", encoding="utf-8")
    watched_home = open_home(home.root)
    assert not told_of_folder(watched_home).asks  # nothing is published yet
    steps.run_pipeline(watched_home, dt.date(2026, 11, 25))
    told = told_of_folder(watched_home)
    assert (told.asks, "nothing since 3 November 2026; 9 planned runs since" in told.sentence) == (True, True)
