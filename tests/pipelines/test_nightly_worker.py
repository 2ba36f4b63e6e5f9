"""The guide with a Prefect server, a work pool and a worker, typed as it stands in docs/worker.md."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pipelines_homes import LAST_DAY

from runmood.core.i18n import translator
from runmood.home.home import Home, open_home
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse.queries import run_query
from runmood.workflow.nightly_run import last_night

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "worker.md"
PATIENCE_S = 240


def free_port() -> int:
    """A port of this machine that nobody listens on; skipped where none may be opened."""
    try:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(probe.getsockname()[1])
    except OSError as fault:
        pytest.skip(f"no port may be opened here: {fault}")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with one run in its inbox."""
    home = open_home(tmp_path_factory.mktemp("worker") / "home")
    (home.inbox / "a.fit").write_bytes(recorded_as(simulate(LAST_DAY, days=30).outings[0], "fit"))
    return home


@pytest.fixture(scope="module")
def commands(home: Home) -> list[str]:
    """The guide's own commands, with a port and a home of this test."""
    text = GUIDE.read_text(encoding="utf-8").replace("4200", str(free_port())).replace("HOME_FOLDER", str(home.root))
    return [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]


@pytest.fixture(scope="module")
def environment(commands: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment that the guide exports, with nothing of Prefect in the person's own home."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    exports = "\n".join(line for line in commands if line.startswith("export "))
    told = subprocess.run(["sh", "-c", f"{exports}\nenv -0"], env=clean, capture_output=True, text=True, check=True)  # noqa: S607 - the guide is typed into a shell
    exported = dict(word.split("=", 1) for word in told.stdout.split("\0") if word)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    kept = tmp_path_factory.mktemp("prefect")
    yield clean | exported | {"PATH": path, "PREFECT_HOME": str(kept), "PYTHONPATH": str(ROOT)}
    shutil.rmtree(kept, ignore_errors=True)


def typed(command: str, environment: dict[str, str]) -> str:
    """What a command of the guide wrote; it has to succeed."""
    done = subprocess.run(  # noqa: S602 - the guide is typed into a shell
        command, shell=True, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_guide_as_it_stands(home: Home, commands: list[str], environment: dict[str, str]) -> None:
    """Server, pool, deployment and worker come up, a night that is called runs on the worker, and all of it stops."""
    if shutil.which("curl") is None:
        pytest.skip("the guide asks curl whether the server is up, and there is none here")
    start, wait, pool, deploy, work, run, stop = (line for line in commands if not line.startswith("export "))
    typed(start, environment)
    try:
        for command in (wait, pool, deploy):
            typed(command, environment)
        with subprocess.Popen(  # noqa: S602 - as above
            f"exec env {work}", shell=True, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL
        ) as worker:
            typed(run, environment)
            ends = time.monotonic() + PATIENCE_S
            while time.monotonic() < ends and last_night(home) is None:
                time.sleep(1)
            worker.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                worker.wait(PATIENCE_S)
            worker.kill()
    finally:
        typed(stop, environment)
    night = last_night(home)
    assert night is not None
    assert night.good, night.as_text(translator("en", "metric"))
    assert run_query(home.published, "from runs").height == 1
