"""One night of a home without an engine: what is the caller's comes from the caller, whatever the process is like."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import duckdb
import pytest
from pipelines_homes import LAST_DAY

from runmood.cli.imports import make_home
from runmood.home.home import open_existing
from runmood.home.user_config import config_path
from runmood.ingest.workers import alone
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse.queries import run_query
from runmood.workflow.nightly_run import one_night

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from runmood.home.home import Home

OUTINGS = simulate(LAST_DAY, days=30).outings


@pytest.fixture
def open_umask() -> Iterator[None]:
    """A process whose files others may read, unless somebody takes care."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def with_runs(home: Home, count: int) -> Home:
    """The home with so many runs in its inbox."""
    for number in range(count):
        (home.inbox / f"{number}.fit").write_bytes(recorded_as(OUTINGS[number], "fit"))
    return home


def modes_of(root: Path) -> dict[str, int]:
    """What others may do with everything below a folder."""
    return {str(path.relative_to(root)): path.stat().st_mode & 0o077 for path in root.rglob("*")}


@pytest.mark.usefixtures("open_umask")
def test_files_are_their_owners_alone_whatever_the_umask(empty_home: Home) -> None:
    """Databases, points, pages, logs and copies of a night are for nobody else, without the command line's help."""
    given = set(modes_of(with_runs(empty_home, 3).root))
    with empty_home.writing():
        night = one_night(empty_home, LAST_DAY, reader=alone)
    assert night.good
    made = {name: mode for name, mode in modes_of(empty_home.root).items() if name not in given}
    assert {"runmood.duckdb", ".work/runmood.duckdb", "summaries/summary.html", ".work/last-night.json"} <= set(made)
    assert {name: oct(mode) for name, mode in made.items() if mode} == {}


def test_a_fault_is_told_to_whom_the_caller_names(empty_home: Home) -> None:
    """Without a listener nobody is told: the command of the account that serves a home is not the home's to run."""
    heard = empty_home.root / "heard"
    config_path().parent.mkdir(parents=True, exist_ok=True)
    config_path().write_text(f"on_failure = {json.dumps(f'touch {heard}')}\n", encoding="utf-8")
    config_path().chmod(0o600)
    told: list[tuple[str, str]] = []
    (empty_home.root / "summaries").symlink_to("/nowhere/at/all")
    with empty_home.writing():
        assert not one_night(empty_home, LAST_DAY).good
        assert not one_night(empty_home, LAST_DAY, tell=lambda _home, *of: told.append(of)).good
    assert not heard.exists()
    assert [step for step, _ in told] == ["summary"]


def test_a_night_knows_what_is_due(empty_home: Home) -> None:
    """The second night of a day has nothing to do; the next day's reads nothing."""
    with with_runs(empty_home, 1).writing():
        assert "import" in one_night(empty_home, LAST_DAY).done
        assert one_night(empty_home, LAST_DAY).done == {}
        assert "import" not in one_night(empty_home, LAST_DAY + dt.timedelta(days=1)).done


IN_A_DAEMON = """
import datetime as dt, multiprocessing, sys
from pathlib import Path
from runmood.home.home import open_existing
from runmood.ingest import workers
from runmood.workflow.nightly_run import one_night

def go():
    workers.START_S = -1.0
    home = open_existing(Path(sys.argv[1]))
    with home.writing():
        sys.exit(not one_night(home, dt.date(2025, 11, 21)).good)

if __name__ == "__main__":
    process = multiprocessing.get_context("spawn").Process(target=go, daemon=True)
    process.start()
    process.join()
    sys.exit(process.exitcode)
"""


def test_many_files_are_read_in_a_daemonic_worker(empty_home: Home, tmp_path: Path) -> None:
    """Where no process may be started, as in workers of Dask, Celery or a pool, the files are read all the same."""
    script = tmp_path / "daemon.py"
    script.write_text(IN_A_DAEMON, encoding="utf-8")
    subprocess.run([sys.executable, script, with_runs(empty_home, 3).root], check=True, timeout=200)
    assert run_query(empty_home.published, "select count(*) as n from runs")["n"].item() == 3


def test_a_database_that_somebody_has_prepared_reads_nothing_else(empty_home: Home, tmp_path: Path) -> None:
    """A view in the writer's own file cannot make the worker read another person's files into the published copy."""
    secret = tmp_path / "of somebody else.txt"
    secret.write_text("what nobody else may read", encoding="utf-8")
    with duckdb.connect(empty_home.work / "runmood.duckdb") as prepared:
        prepared.execute(f"create view stolen as select content from read_text('{secret}')")  # noqa: S608 - a path
    with with_runs(empty_home, 1).writing():
        one_night(empty_home, LAST_DAY)
    files = [path for path in empty_home.root.rglob("*") if path.is_file()]
    assert [path for path in files if b"nobody else may" in path.read_bytes()] == []


def test_the_demo_is_a_home_that_exists(tmp_path: Path) -> None:
    """What one command makes, another opens."""
    made = make_home(tmp_path / "demo", LAST_DAY)
    assert open_existing(made.root).settings == made.settings
