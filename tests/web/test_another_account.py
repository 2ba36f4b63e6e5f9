"""Another account of this computer reads nothing of a home and of its local app, while the app runs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from another_account import as_nobody, what_can_be_read

if TYPE_CHECKING:
    from collections.abc import Iterator

PORT = 18731
NOTE = "nobody else is to read this"


def what_the_app_says() -> str:
    """The answers of the local app without its token: the status of each, and whether a note stands in it."""
    said = []
    for page in ("/", "/check-in", "/calendar", "/summary", "/settings"):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{page}", timeout=30) as reply:
                said.append(f"{reply.status} {NOTE in reply.read().decode()}")
        except urllib.error.HTTPError as fault:
            said.append(f"{fault.code} {NOTE in fault.read().decode()}")
    return "\n".join(said)


@pytest.fixture
def home() -> Iterator[Path]:
    """A home that others could reach by its path, with its app running."""
    above = Path(tempfile.mkdtemp(prefix="runmood-account-"))
    above.chmod(0o755)
    command = [sys.executable, "-P", "-u", "-m", "runmood.cli.main", "--home", str(above / "home")]
    subprocess.run(
        [*command, "check-in", "--mood", "5", "--energy", "5", "--note", NOTE], check=True, capture_output=True
    )
    with subprocess.Popen([*command, "web", "--port", str(PORT)], stdout=subprocess.PIPE, text=True) as app:
        assert app.stdout
        next(line for line in app.stdout if re.search(r"http://\S+", line))
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with suppress(urllib.error.URLError):
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/support", timeout=30)
                break
            time.sleep(0.1)
        yield above / "home"
        app.terminate()
    shutil.rmtree(above)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may act as another account")
def test_another_account_reads_nothing(home: Path) -> None:
    """No file of it, whose names are all known here, is listed, read or written; no page is shown without the token."""
    paths = [home, *home.rglob("*")]
    assert any(path.name == "journal.jsonl" for path in paths)
    assert as_nobody(lambda: what_can_be_read(paths)) == ""
    said = as_nobody(what_the_app_says).splitlines()
    assert (len(said), set(said) <= {"401 False", "403 False"}) == (5, True)
    assert f"{home}/journal/journal.jsonl" in what_can_be_read(paths)  # by its owner
