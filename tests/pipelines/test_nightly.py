"""Prefect's shell: the nightly flow runs with no server set up, and fires when its schedule says."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from pipelines_homes import LAST_DAY

from pipelines.prefect_env import QUIET
from runmood.cli.imports import make_home
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse.queries import run_query
from runmood.workflow.state import STEPS

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from runmood.home.home import Home

PATIENCE_S = 240
SERVE = """
import datetime as dt, sys
from pathlib import Path
from runmood.home.home import open_home
from pipelines.prefect_env import configure_prefect_env as keep_prefect_quiet
home = open_home(Path(sys.argv[1]))
keep_prefect_quiet(home)
from pipelines.schedule import serve_nightly
serve_nightly(home, dt.timedelta(seconds=20))
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The invented runner's home with a small inbox, nothing made yet."""
    made = make_home(tmp_path_factory.mktemp("nightly") / "home", LAST_DAY)
    for path in sorted(made.inbox.rglob("*.*"))[12:]:
        path.unlink()
    return made


def run_days(home: Home) -> list[dt.date]:
    """The day of every published run; none before the first night."""
    if not home.published.exists():
        return []
    return run_query(home.published, "select local_date from runs")["local_date"].to_list()


def runs(home: Home) -> int:
    """How many runs are published."""
    return len(run_days(home))


def environment() -> dict[str, str]:
    """The environment of a machine on which Prefect was never set up."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}


def flow_runs(home: Home) -> list[tuple[str, str, bool]]:
    """The name of each flow, its state, and whether a schedule called it, as Prefect's own database tells."""
    query = """
        select flow.name, flow_run.state_name, flow_run.auto_scheduled
        from flow_run join flow on flow.id = flow_run.flow_id
    """
    with sqlite3.connect(home.work / "prefect" / "prefect.db", timeout=60) as database:
        return [(name, state, bool(called)) for name, state, called in database.execute(query)]


def test_the_nightly_runs_once_without_a_server(home: Home) -> None:
    """`runmood nightly` imports, finds and publishes by itself; Prefect keeps the run and the page of what was new."""
    command = [sys.executable, "-m", "runmood.cli.main", "--home", str(home.root), "nightly"]
    night = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False, timeout=PATIENCE_S)
    assert "12 new files" in night.stdout, night.stderr
    assert runs(home) > 8
    assert home.page.exists()
    assert flow_runs(home) == [("nightly", "Completed", False)]
    with sqlite3.connect(home.work / "prefect" / "prefect.db", timeout=60) as database:
        ((page,),) = database.execute("select data from artifact where key = 'runmood-night'")
        steps = {name for (name,) in database.execute("select name from task_run where state_name = 'Completed'")}
    assert "12 new files" in json.loads(page)
    assert "seen now" in json.loads(page)
    assert steps == set(STEPS)


def test_prefect_forgets_nights_of_long_ago(home: Home) -> None:
    """Its records hold the last ninety days; older nights go with their tasks when the next night has work."""
    query = "update flow_run set start_time = datetime(start_time, '-91 days')"
    with sqlite3.connect(home.work / "prefect" / "prefect.db", timeout=60) as database:
        database.execute(query)
        before = [name for (name,) in database.execute("select id from task_run")]
    (home.inbox / "newer.fit").write_bytes(recorded_as(simulate(LAST_DAY).outings[-2], "fit"))
    command = [sys.executable, "-m", "runmood.cli.main", "--home", str(home.root), "nightly"]
    subprocess.run(command, env=environment(), capture_output=True, check=True, timeout=PATIENCE_S)
    assert len(flow_runs(home)) == 1
    with sqlite3.connect(home.work / "prefect" / "prefect.db", timeout=60) as database:
        kept = [name for (name,) in database.execute("select id from task_run")]
    assert kept
    assert not {*kept} & {*before}


def test_a_scheduled_run_fires(home: Home) -> None:
    """Left to itself, the schedule calls the flow, and the flow finds the file that has come meanwhile."""
    newest = simulate(LAST_DAY).outings[-1]
    (home.inbox / "late.fit").write_bytes(recorded_as(newest, "fit"))
    with served(home):
        ends = time.monotonic() + PATIENCE_S
        while time.monotonic() < ends and newest.date not in run_days(home):
            time.sleep(1)
        assert run_days(home).count(newest.date) == 1
        while time.monotonic() < ends and ("nightly", "Completed", True) not in flow_runs(home):
            time.sleep(1)
        assert ("nightly", "Completed", True) in flow_runs(home)


class served:  # noqa: N801 - reads as a sentence: with served(home)
    """The schedule kept running in a process of its own, and everything it started stopped at the end."""

    def __init__(self, home: Home) -> None:
        self.log = (home.work / "schedule.log").open("wb")
        command = [sys.executable, "-c", SERVE, str(home.root)]
        self.process = subprocess.Popen(
            command, env=environment(), stdout=self.log, stderr=self.log, start_new_session=True
        )

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        os.killpg(self.process.pid, signal.SIGINT)
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.log.close()


def test_prefect_calls_nobody() -> None:
    """Telemetry, analytics and version checks are switched off before Prefect is imported."""
    assert QUIET["DO_NOT_TRACK"] == "1"
    assert QUIET["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert QUIET["PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS"] == "false"


def test_importing_the_commands_does_not_import_prefect(tmp_path: Path) -> None:
    """A person's import runs without Prefect."""
    script = "import sys, runmood.cli.main, runmood.workflow.steps; print('prefect' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert answer.stdout.strip() == "False"
