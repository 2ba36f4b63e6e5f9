"""What the Containerfile promises, by the same conditions without a container: any user, no HOME, a read-only root."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import threading
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from one_process import program_of
from web.homes import gpx

if TYPE_CHECKING:
    from collections.abc import Iterator

ANY_USER = 12_345
CHILD = "import subprocess, sys, runmood, polars; subprocess.run([sys.executable, '--version'], check=True)"
WITHOUT_PREFECT = "import sys; sys.modules['prefect'] = None\n"
START = "import sys; sys.modules['prefect'] = None; from runmood.cli.main import main; main()"
ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "Containerfile").read_text(encoding="utf-8")
# In a namespace of its own every disk is read-only but the volume and the place for temporary files.
READ_ONLY = """
mount --make-rprivate /
mount --bind "$1" "$1"; mount --bind "$2" "$2"
mount -o remount,bind,ro /
if touch "$3/written" 2>/dev/null; then rm "$3/written"; exit 77; fi
shift 3; exec "$@"
"""
NO_NAMESPACE = 77


def environment(home: Path) -> dict[str, str]:
    """The variables that the Containerfile sets, with the home for its volume; no HOME, and nothing else."""
    told = dict(each.split("=") for line in re.findall(r"^ENV (.*)$", TEXT, re.MULTILINE) for each in line.split())
    return {name: value.replace("/data", str(home)) for name, value in told.items()} | {
        "PATH": f"{home.with_name('bin')}{os.pathsep}{os.environ['PATH']}", "TMPDIR": str(home.with_name("tmp")),
        "PYTHONPATH": f"{ROOT}{os.pathsep}{sysconfig.get_paths()['purelib']}",
    }  # fmt: skip


def as_any_user(home: Path, *words: str, read_only: bool = False) -> list[str]:
    """The command that runs another as a user that the system does not know."""
    user = ["setpriv", f"--reuid={ANY_USER}", f"--regid={ANY_USER}", "--clear-groups", *words]
    if not read_only:
        return user
    return ["unshare", "--mount", "sh", "-ec", READ_ONLY, "sh", str(home), str(home.with_name("tmp")), str(ROOT), *user]


def done(home: Path, *words: str, read_only: bool = False) -> subprocess.CompletedProcess[str]:
    """What comes of a command in the conditions of the container."""
    command = as_any_user(home, *words, read_only=read_only)
    return subprocess.run(
        command, env=environment(home), cwd="/", capture_output=True, text=True, check=False, timeout=300
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
        if found and done(home, found, "-c", CHILD).returncode == 0:
            return found
    pytest.skip("another user cannot read this checkout or any Python of this version")


@pytest.mark.parametrize("read_only", [False, True])
def test_any_user_can_run_it_without_a_home_directory(python: str, home: Path, read_only: bool) -> None:
    """A user without name, HOME or a writable folder but the volume checks in, imports, is updated and asks."""
    if read_only and done(home, "true", read_only=True).returncode:
        pytest.skip("no namespace with a read-only root may be made here")
    (home / "run.gpx").write_bytes(gpx(dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC)))
    os.chown(home / "run.gpx", ANY_USER, ANY_USER)
    called = [
        "check-in --mood 7 --energy 6", f"import {home / 'run.gpx'}", "nightly --scheduled", "summary", "share --yes",
        f"backup {home.with_name('tmp') / 'diary.zip'}", "doctor",
    ]  # fmt: skip
    life = WITHOUT_PREFECT + program_of(home, map(str.split, called), statuses=(0, 1))
    told = done(home, python, "-c", life, read_only=read_only)
    assert told.returncode == 0, told.stderr
    assert "Traceback" not in told.stderr
    assert (home / "runmood.duckdb").exists()
    assert {path.stat().st_uid for path in home.rglob("*")} == {ANY_USER}


def test_the_container_has_its_nights_and_ends_when_asked(python: str, home: Path) -> None:
    """Its own command, on its own variables: a night is done, and a request to end is followed at once."""
    command = json.loads(re.findall(r"^CMD (.*)$", TEXT, re.MULTILINE)[0])
    programs = home.with_name("bin")
    programs.mkdir()
    (programs / "runmood").write_text(f'#!/bin/sh\nexec {python} -c "{START}" "$@"\n', encoding="utf-8")
    (programs / "sleep").write_text("#!/bin/sh\necho asleep\nexec /bin/sleep 600\n", encoding="utf-8")
    for each in (programs, *programs.iterdir()):
        each.chmod(0o755)
    with subprocess.Popen(
        as_any_user(home, *command), env=environment(home), cwd=home, stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    ) as container:  # fmt: skip
        assert container.stdout is not None
        limit = threading.Timer(300, os.killpg, (container.pid, signal.SIGKILL))
        limit.start()
        try:
            assert "asleep\n" in iter(container.stdout.readline, "")
            assert (home / ".work" / "last-night.json").exists()
            container.terminate()
            container.wait(60)
        finally:
            limit.cancel()
            with contextlib.suppress(ProcessLookupError):  # the limit was reached
                os.killpg(container.pid, signal.SIGKILL)  # as a container ends with its first process
    assert container.returncode == 128 + signal.SIGTERM


def test_the_image_holds_what_is_installed_and_nothing_else_of_this_folder() -> None:
    """It copies by name what the build needs, so that no layer of it holds a diary, whatever is ignored."""
    copied = [name for line in re.findall(r"^COPY (.*) \S+$", TEXT, re.MULTILINE) for name in line.split()]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    told, built = project["project"], project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert {*copied} == {*built, "pyproject.toml", "constraints.txt", told["readme"], *told["license-files"]}


def test_the_containerfile_calls_what_is_there() -> None:
    """The volume is the home that runmood is told of, and the schedule needs no Prefect."""
    assert "VOLUME /data" in TEXT
    assert "RUNMOOD_HOME=/data" in TEXT
    assert re.search(r"nightly --scheduled", TEXT)
    assert "[nightly]" not in TEXT
