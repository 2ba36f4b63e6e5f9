"""The nightly flow, every night, by itself: a Prefect server on this machine and a process that serves the flow.

The server listens on loopback and keeps its database in the home. After sleep Prefect starts every night that was
missed; the first of them does the work, and the others see that a night began after they were due, and leave. After
the computer was off, or this command was stopped, Prefect may have forgotten them: so a night that is due is made up
for before anything else.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
import subprocess
import sys
import time
import urllib.error
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipelines.units import command_of
from runmood.core.errors import UserError
from runmood.workflow.state import is_due, last_night

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.home.home import Home


LOOPBACK = "127.0.0.1"
PATIENCE_S = 180.0


class ServerDidNotStartError(UserError):
    """Prefect's server did not answer in time; the sentence says where its log is."""


def serve_nightly(home: Home, rhythm: dt.time | dt.timedelta) -> None:
    """Keep running and do the nightly at a time of day (by the home's clock) or every so often, until interrupted."""
    with _server(home):
        if is_due(home, last_night(home), dt.datetime.now(dt.UTC)):
            _make_up_for_it(home)
        from prefect.schedules import Cron, Interval  # noqa: PLC0415 - Prefect reads the server's address when imported

        from pipelines.nightly import nightly  # noqa: PLC0415

        if isinstance(rhythm, dt.time):
            schedule = Cron(f"{rhythm.minute} {rhythm.hour} * * *", timezone=home.settings.time_zone)
        else:
            schedule = Interval(rhythm)
        nightly.serve(
            name="every-night",
            schedules=[schedule],
            parameters={"home_folder": str(home.root.resolve()), "scheduled": True},
            limit=1,
            print_starting_message=False,
        )


def _make_up_for_it(home: Home) -> None:
    """Run the nightly now, in a process of its own that gives its memory back; the log and Prefect tell how it went."""
    subprocess.run(command_of(home), check=False)  # noqa: S603 - our own command


@contextmanager
def _server(home: Home) -> Iterator[None]:
    """Prefect's server while the block lasts; the one a person has named in PREFECT_API_URL is used as it is."""
    if os.environ.get("PREFECT_API_URL"):
        yield
        return
    port = _free_port()
    os.environ["PREFECT_API_URL"] = f"http://{LOOPBACK}:{port}/api"
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", LOOPBACK, "--port", str(port)]
    log = home.work / "prefect-server.log"
    with log.open("wb") as written, subprocess.Popen(command, stdout=written, stderr=written) as server:  # noqa: S603 - ours
        try:
            _wait_for(f"http://{LOOPBACK}:{port}/api/health", server, str(log))
            yield
        finally:
            server.terminate()


def _wait_for(address: str, server: subprocess.Popen[bytes], log: str) -> None:
    ends = time.monotonic() + PATIENCE_S
    while time.monotonic() < ends and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - loopback
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise ServerDidNotStartError(f"Prefect's server did not start. Its log is {log}.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
