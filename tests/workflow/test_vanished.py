"""A source file that vanished from the inbox does not take its run with it."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

import pytest
from web.homes import LAST_DAY, home_of

from runmood.core.versions import FORMULAS
from runmood.home.home import open_home
from runmood.ingest.importer import open_importer
from runmood.warehouse.publish import read_tables
from runmood.warehouse.queries import run_query
from runmood.workflow import steps
from runmood.workflow.doctor import examine
from runmood.workflow.imports import rebuild
from runmood.workflow.night import read_files

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.home.home import Home

TOLD = ("runs", "splits", "best_efforts", "points")


def rows(home: Home) -> dict[str, list[tuple[object, ...]]]:
    """What is published of runs and their parts."""
    return {name: frame.rows() for name, frame in read_tables(home.published, TOLD[:3]).items()}


def samples(home: Home) -> list[tuple[object, ...]]:
    """Every point of the published runs, in whichever files they are."""
    return run_query(home.published, "from points order by run_id, sampled_at").rows()


@pytest.fixture(scope="module")
def with_three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a home with three runs."""
    home = home_of(tmp_path_factory.mktemp("three") / "home", runs=3)
    with home.writing(), open_importer(home) as importer:
        importer.read_inbox()
    with home.writing():
        steps.run_pipeline(home, LAST_DAY)
    return home.root


@pytest.fixture
def home(with_three: Path, tmp_path: Path) -> Home:
    """A copy of that home, in which one file is gone."""
    home = open_home(shutil.copytree(with_three, tmp_path / "home"))
    (home.inbox / "run-1.gpx").unlink()
    return home


def test_a_rebuild_keeps_the_run_of_a_file_that_is_gone(home: Home) -> None:
    """Everything derived is made again, and the run with its parts and points is the same, twice over."""
    before = rows(home)
    assert len(before["runs"]) == 3
    points = samples(home)
    for _ in range(2):
        rebuild(home)
        assert rows(home) == before
        assert samples(home) == points


def test_a_new_formula_keeps_it_and_the_next_night_reads_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """When all files are read anew, the one that is gone keeps its run; after that nothing is read again."""
    before = rows(home)
    monkeypatch.setitem(FORMULAS, "reading", FORMULAS["reading"] + 1)
    with home.writing():
        steps.run_pipeline(home, LAST_DAY)
        assert rows(home) == before
        with open_importer(home) as importer:
            assert importer.reprocess_missing() is None


def test_the_night_and_the_doctor_tell_of_it(home: Home) -> None:
    """Both name the file; the person decides."""
    with home.writing():
        assert "run-1.gpx" in read_files(home, LAST_DAY).sentence
    now = dt.datetime.combine(LAST_DAY, dt.time(22), dt.UTC)
    assert any("run-1.gpx" in check.sentence and check.asks for check in examine(home.root, now))


def test_a_file_that_was_replaced_or_moved_is_not_kept_twice(home: Home) -> None:
    """A file under another name is the same run; one that another content replaced gives that one's run alone."""
    first, second = home.inbox / "run-0.gpx", home.inbox / "run-2.gpx"
    first.rename(home.inbox / "moved.gpx")
    second.write_bytes(second.read_bytes().replace(b"Round the park", b"Round the lake"))
    rebuild(home)
    assert len(rows(home)["runs"]) == 3
