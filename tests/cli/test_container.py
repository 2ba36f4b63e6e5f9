"""What the Containerfile promises, by the same conditions without a container: any user, no HOME, no other folder."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from web.homes import gpx

if TYPE_CHECKING:
    from collections.abc import Iterator

ANY_USER = 12_345
CHILD = "import subprocess, sys, runmood, polars; subprocess.run([sys.executable, '--version'], check=True)"
START = "import sys; sys.modules['prefect'] = None; from runmood.cli.main import main; main()"
ROOT = Path(__file__).parents[2]


def as_any_user(python: str, home: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command as a user that the system does not know, without HOME, in a folder that they cannot write."""
    env = {
        "PATH": os.environ["PATH"], "RUNMOOD_HOME": str(home), "TMPDIR": str(home.with_name("tmp")),
        "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": f"{ROOT}{os.pathsep}{sysconfig.get_paths()['purelib']}",
    }  # fmt: skip
    user = ["setpriv", f"--reuid={ANY_USER}", f"--regid={ANY_USER}", "--clear-groups"]
    return subprocess.run(
        [*user, python, "-c", *words], env=env, cwd="/", capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture
def home() -> Iterator[Path]:
    """Return a folder that is that user's alone, and not below pytest's, which is root's alone."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("only root can become another user, with setpriv")
    with tempfile.TemporaryDirectory(prefix="runmood-") as above:
        Path(above).chmod(0o755)
        for name in ("data", "tmp"):
            (Path(above) / name).mkdir(mode=0o700)
            os.chown(Path(above) / name, ANY_USER, ANY_USER)
        yield Path(above) / "data"


@pytest.fixture
def python(home: Path) -> str:
    """Return a Python of this version that another user can start, and that finds this checkout and its libraries."""
    name = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    for found in (sys.executable, shutil.which(name, path="/usr/local/bin:/usr/bin")):
        if found and as_any_user(found, home, [CHILD]).returncode == 0:
            return found
    pytest.skip("another user cannot read this checkout or any Python of this version")


def test_any_user_can_run_it_without_a_home_directory(python: str, home: Path) -> None:
    """A user without name, HOME or a writable folder but the volume checks in, imports, is updated and asks."""
    (home / "run.gpx").write_bytes(gpx(dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC)))
    os.chown(home / "run.gpx", ANY_USER, ANY_USER)
    called = ["check-in --mood 7 --energy 6", f"import {home / 'run.gpx'}", "nightly --scheduled", "summary", "doctor"]
    for words in called:
        done = as_any_user(python, home, [START, *words.split()])
        assert done.returncode in {0, 1}, (words, done.stderr)
        assert "Traceback" not in done.stderr, words
    assert (home / "runmood.duckdb").exists()
    assert {path.stat().st_uid for path in home.rglob("*")} == {ANY_USER}


def test_the_containerfile_calls_what_is_there() -> None:
    """The volume is the home that runmood is told of, and the schedule needs no Prefect."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    assert "VOLUME /data" in text
    assert "RUNMOOD_HOME=/data" in text
    assert re.search(r"nightly --scheduled", text)
    assert "[nightly]" not in text
