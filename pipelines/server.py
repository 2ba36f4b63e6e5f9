"""Prefect's server for as long as it is needed: behind a password of its own, on loopback, ended with its parent.

Whoever may speak to Prefect's server may start processes as its owner, so nobody else may: the password is drawn anew
at each start, no page of another origin is answered, and the socket is bound before the server starts, so that no other
program can take its port and be told the password.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

from runmood.core.errors import UserError
from runmood.core.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipelines.prefect_env import Keeper


LOOPBACK = "127.0.0.1"
PATIENCE_S = 180.0
LOG = "prefect-server.log"


class ServerDidNotStartError(UserError):
    """Prefect's server did not answer in time; the sentence says where its log is."""


@contextmanager
def prefect_server(home: Keeper, *, ephemeral: bool) -> Iterator[bool]:
    """Have a server at PREFECT_API_URL while the block lasts: the one that the settings name, else one of our own.

    Args:
        home: the home or cohort whose settings may name a server, and whose work folder keeps the log of ours.
        ephemeral: whether ours only records, without the services that start what is scheduled.

    Yields:
        Whether the server is ours.

    Raises:
        ServerDidNotStartError: ours did not answer in time.
    """
    if home.settings.prefect_server:
        os.environ["PREFECT_API_URL"] = home.settings.prefect_server
        yield False
        return
    with socket.socket() as bound, (home.work / LOG).open("wb") as log:
        bound.bind((LOOPBACK, 0))
        bound.listen()
        origin = f"http://{LOOPBACK}:{bound.getsockname()[1]}"
        os.environ |= access_settings(origin)
        services = {"PREFECT__SERVER_EPHEMERAL": "1"} if ephemeral else {}
        with _serving(bound, log.fileno(), os.environ | services, home.work / "prefect") as process:
            _wait_for(f"{origin}/api/health", process, str(home.work / LOG))
            yield True


def access_settings(origin: str) -> dict[str, str]:
    """Return Prefect's settings for a server that answers only who has its password, drawn now, and no other origin."""
    password = f"runmood:{secrets.token_urlsafe(32)}"
    return {
        "PREFECT_API_URL": f"{origin}/api",
        "PREFECT_API_AUTH_STRING": password,
        "PREFECT_SERVER_API_AUTH_STRING": password,
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": origin,
        "PREFECT_SERVER_UI_ENABLED": "false",
    }


@contextmanager
def _serving(bound: socket.socket, log: int, env: dict[str, str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run the server in a process whose input is a pipe of ours: when that closes, however we end, the server ends."""
    command = [sys.executable, "-P", "-m", "pipelines.server", str(bound.fileno())]
    process = subprocess.Popen(  # noqa: S603 - our own module
        command, stdin=subprocess.PIPE, stdout=log, stderr=log, env=env, cwd=folder, pass_fds=[bound.fileno()]
    )
    with process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for(address: str, server: subprocess.Popen[bytes], log: str) -> None:
    ends = time.monotonic() + PATIENCE_S
    while time.monotonic() < ends and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - loopback
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise ServerDidNotStartError(message("error.no_prefect_server", log=log))


def _end_with_parent() -> None:
    """Wait until the pipe from the parent is closed, then end at once."""
    while sys.stdin.buffer.read(1):
        pass
    os._exit(0)


def main() -> None:
    """Serve Prefect's own application on the socket that the parent has bound."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import uvicorn  # noqa: PLC0415 - this process alone serves
    from prefect.server.api.server import create_app  # noqa: PLC0415

    config = uvicorn.Config(create_app(final=True), log_level="error", access_log=False, lifespan="on")
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=int(sys.argv[1]))])


if __name__ == "__main__":
    main()
