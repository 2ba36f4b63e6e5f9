"""`runmood schedule` as a person leaves it running: no other account reaches it, and it needs no network."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from another_account import as_nobody, what_can_be_read
from home.test_no_network import LOOPBACK_UP, may

from runmood.home.home import open_home
from runmood.workflow.nightly_run import NightlyRun, keep_night

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.home.home import Home

PATIENCE_S = 1200
ALONE = ("unshare", "--net")
SCHEDULE = (
    LOOPBACK_UP
    + """
import sys, pipelines.server
from runmood.cli.main import main
pipelines.server.PATIENCE_S = 1200.0
main()
"""
)
MINE = re.compile(r"^\s*\d+: 0100007F:([0-9A-F]{4}) 00000000:0000 0A", re.MULTILINE)  # listening on 127.0.0.1
THAT_IT_IS_THERE = {  # and nothing of whose it is; the description of its API is that of every such server
    "/api/health": b"true", "/ui-settings": b"api_url", "/openapi.json": b"Prefect REST API",
}  # fmt: skip
OURS = re.compile(rb"runmood|nightly|/home|/tmp")
ASKED = [
    ("GET", "/api/health", None), ("GET", "/api/admin/settings", None), ("GET", "/api/admin/version", None),
    ("POST", "/api/flow_runs/filter", b"{}"), ("POST", "/api/deployments/filter", b"{}"),
    ("POST", "/api/flows/", b'{"name": "planted"}'), ("POST", "/api/admin/database/clear", b'{"confirm": true}'),
    ("POST", "/api/variables/", b'{"name": "planted", "value": "x"}'), ("GET", "/api/../api/flows/count", None),
    ("POST", "//api/flow_runs/filter", b"{}"), ("GET", "/openapi.json", None), ("GET", "/api/docs", None),
    ("GET", "/ui-settings", None), ("GET", "/", None),
]  # fmt: skip
SOCKETS = ("/api/events/in", "/api/events/out", "/api/logs/out", "/api/task_runs/subscriptions/scheduled")


def ports() -> list[int]:
    """The ports on loopback on which somebody listens, as every account can see."""
    return [int(port, 16) for port in MINE.findall(Path("/proc/self/net/tcp").read_text(encoding="ascii"))]


def is_up() -> str:
    """Whether the server answers at all."""
    for port in ports():
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=30):
            return "up"
    return ""


def attempts() -> str:
    """Everything that another account asks for and is given: a line each."""
    given = []
    for port in ports():
        for method, path, body in ASKED:
            for headers in ({}, {"Authorization": "Basic " + base64.b64encode(b"runmood:").decode()}):
                asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, dict(headers), method=method)
                asked.add_header("Content-Type", "application/json")
                with contextlib.suppress(OSError), urllib.request.urlopen(asked, timeout=30) as reply:  # noqa: S310 - ours
                    content = reply.read()
                    if THAT_IT_IS_THERE.get(path, b"\0") not in content or OURS.search(content):
                        given.append(f"{method} {path}: {reply.status} {content[:200]!r}")
        given += [f"{path}: a socket" for path in SOCKETS if is_socket_opened(port, path)]
    return "\n".join(given)


def is_socket_opened(port: int, path: str) -> bool:
    """Whether the server takes a connection for messages and a message without its password."""
    key = base64.b64encode(os.urandom(16)).decode()
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(f"{head}Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        return b" 101 " in connection.recv(4096).split(b"\r\n")[0]


@pytest.fixture
def home() -> Iterator[Home]:
    """A home that others could reach by its path."""
    with tempfile.TemporaryDirectory(prefix="runmood-schedule-") as above:
        Path(above).chmod(0o755)
        yield open_home(Path(above) / "home")


@pytest.fixture
def scheduled(home: Home) -> Iterator[subprocess.Popen[bytes]]:
    """The command, after a night, so that nothing is made up for, in a network that has loopback and nothing else."""
    if os.geteuid() or not may(*ALONE):
        pytest.skip("only root may act as another account and make a network")
    keep_night(home, NightlyRun(dt.datetime.now(dt.UTC), home.today()))
    command = [*ALONE, sys.executable, "-P", "-c", SCHEDULE, "--home", str(home.root), "schedule"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    with subprocess.Popen(command, env=clean, start_new_session=True, stdout=subprocess.DEVNULL) as process:
        yield process
        os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.timeout(1500)
def test_another_account_reads_nothing_and_runs_nothing(scheduled: subprocess.Popen[bytes], home: Home) -> None:
    """It sees the port and is told that a server is there; no record, no page, no start, and no file of the home."""
    until = time.monotonic() + PATIENCE_S
    while not (up := as_nobody(is_up, scheduled.pid)) and time.monotonic() < until and scheduled.poll() is None:
        time.sleep(0.5)
    assert up == "up"
    assert as_nobody(attempts, scheduled.pid) == ""
    paths = [home.root, *home.root.rglob("*"), Path(f"/proc/{scheduled.pid}/environ")]
    assert any(path.name == "prefect.db" for path in paths)
    assert as_nobody(lambda: what_can_be_read(paths)) == ""
    assert scheduled.poll() is None
