"""What works without Prefect's extra, and where Python lacks what only POSIX systems have."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from web.homes import LAST_DAY, gpx

from runmood.core.i18n import translator

if TYPE_CHECKING:
    from pathlib import Path


POSIX_ONLY = ("fcntl", "termios", "resource", "tty", "pwd", "grp")
OF_PREFECT = ("prefect", "prefect_dask", "fastapi", "sqlalchemy", "httpx", "dask", "distributed", "pydantic")
START = """
import sys
sys.modules.update(dict.fromkeys({missing!r}))
{windows}
from runmood.cli.main import main
main()
"""
# The lock of Windows is not here either: what asks for it is told that it has it. Its `os` has no accounts and no modes
# of open files, and opens no folder.
WINDOWS = """
import os, runmood.core.files as lock
lock.acquire = lambda *_, **__: True
for name in ("geteuid", "getegid", "getuid", "getgid", "fchmod", "fchown", "nice", "killpg", "setsid"):
    os.__dict__.pop(name, None)
opens = os.open
def open_file(path, flags, *more, **named):
    if os.path.isdir(path) and not named:
        raise PermissionError(13, "Permission denied", path)
    return opens(path, flags, *more, **named)
os.open = open_file
"""


def run(home: Path, *words: str, missing: tuple[str, ...], windows: bool = False) -> subprocess.CompletedProcess[str]:
    """Run a command in a Python that lacks these modules."""
    start = START.format(missing=missing, windows=WINDOWS if windows else "pass")
    call = [sys.executable, "-c", start, "--home", str(home), *words]
    return subprocess.run(call, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with one run in its inbox."""
    (tmp_path / "home" / "inbox").mkdir(parents=True)
    (tmp_path / "home" / "settings.toml").write_text('time_zone = "Europe/London"\n', encoding="utf-8")
    began = dt.datetime.combine(LAST_DAY, dt.time(7), dt.UTC)
    (tmp_path / "home" / "inbox" / "run.gpx").write_bytes(gpx(began))
    return tmp_path / "home"


@pytest.mark.parametrize(("missing", "windows"), [(OF_PREFECT, False), (POSIX_ONLY + OF_PREFECT, True)])
def test_a_night_and_a_check_in_need_neither_prefect_nor_posix(
    home: Path, missing: tuple[str, ...], windows: bool
) -> None:
    """The night reads, publishes and writes the page; a second one has nothing to do; a check-in is stored."""
    first = run(home, "nightly", missing=missing, windows=windows)
    assert (first.returncode, first.stderr) == (0, "")
    assert (home / "runmood.duckdb").exists()
    assert (home / "summaries" / "summary.html").exists()
    assert not (home / ".work" / "prefect").exists()
    assert "Nothing new" in run(home, "nightly", missing=missing, windows=windows).stdout
    assert run(home, "check-in", "--mood", "7", "--energy", "6", missing=missing, windows=windows).returncode == 0
    assert run(home, "doctor", missing=missing, windows=windows).stderr == ""


def test_what_needs_prefect_says_how_to_get_it(home: Path) -> None:
    """A timetable kept by Prefect, or a server that is to see the nights, asks for the extra in a sentence."""
    told = translator("en", "metric")("cli.nightly.needs_prefect")
    assert told in " ".join(run(home, "schedule", missing=OF_PREFECT).stderr.split())
    assert "runmood" in run(home, "schedule", "--print", "cron", missing=OF_PREFECT).stdout
    with (home / "settings.toml").open("a", encoding="utf-8") as settings:
        settings.write('prefect_server = "http://127.0.0.1:4200/api"\n')
    assert told in " ".join(run(home, "nightly", missing=OF_PREFECT).stderr.split())


ASK = """
import asyncio, sys
sys.modules.update(dict.fromkeys({missing!r}))
from pathlib import Path
from runmood.web.adapters.home import build_app_context
from runmood.web.app import create_app

app, _ = create_app(build_app_context(Path(sys.argv[1])))


async def ask(path):
    sent = []
    scope = {{
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": b"", "headers": [(b"host", b"127.0.0.1:8000")],
        "client": ("127.0.0.1", 50000), "server": ("127.0.0.1", 8000),
    }}
    nothing = {{"type": "http.request", "body": b""}}
    await app(scope, lambda: asyncio.sleep(0, nothing), lambda part: asyncio.sleep(0, sent.append(part)))
    return sent[0]["status"], len(sent[1]["body"]) > 1000


for path in sys.argv[2:]:
    print(path, *asyncio.run(ask(path)))
"""
PAGES = (
    "/",
    "/check-in",
    "/calendar",
    "/trends",
    "/runs",
    "/findings",
    "/plan",
    "/import",
    "/doubtful",
    "/settings",
    "/share",
)


def test_the_app_answers_without_posix(home: Path) -> None:
    """Every page is drawn where Python has nothing of Prefect and nothing that only POSIX systems have."""
    missing = POSIX_ONLY + OF_PREFECT
    assert run(home, "nightly", missing=missing, windows=True).returncode == 0
    call = [sys.executable, "-c", ASK.format(missing=missing), str(home), *PAGES]
    done = subprocess.run(call, capture_output=True, text=True, check=False, timeout=120)
    assert (done.stdout.splitlines(), done.stderr) == ([f"{page} 200 True" for page in PAGES], "")


def test_the_shell_completes_commands_and_options(tmp_path: Path) -> None:
    """After `runmood --install-completion` a shell names the commands that begin as typed, and a command's options."""
    for words, at, expected in (("runmood fin", "1", "findings"), ("runmood check-in --mo", "2", "--mood")):
        env = {"_RUNMOOD_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": at}
        start = "import sys; sys.argv[0] = 'runmood'; from runmood.cli.main import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", start], env={**os.environ, **env}, cwd=tmp_path, capture_output=True, text=True,
            check=False, timeout=60,
        )  # fmt: skip
        assert done.stdout.split() == [expected]
