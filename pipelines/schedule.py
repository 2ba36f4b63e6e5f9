"""The nightly flow, every night, by itself: a Prefect server on this machine and a process that serves the flow.

The server is `pipelines.server`, which keeps its records in the home. After sleep Prefect starts every night that was
missed; the first of them does the work, and the others see that a night began after they were due, and leave. After
the computer was off, or this command was stopped, Prefect may have forgotten them: so a night that is due is made up
for before anything else.
"""

from __future__ import annotations

import datetime as dt
import subprocess
from typing import TYPE_CHECKING

from pipelines.server import prefect_server
from pipelines.units import command_of
from runmood.workflow.nightly_run import last_night
from runmood.workflow.state import is_due

if TYPE_CHECKING:
    from runmood.home.home import Home


def serve_nightly(home: Home, rhythm: dt.time | dt.timedelta) -> None:
    """Keep running and do the nightly at a time of day (by the home's clock) or every so often, until interrupted.

    The deployment takes no home: the process that serves it has one, in its environment, and no other.
    """
    if is_due(home, last_night(home), dt.datetime.now(dt.UTC)):
        _make_up_for_it(home)
    with prefect_server(home, ephemeral=False):
        from prefect.schedules import Cron, Interval  # noqa: PLC0415 - Prefect reads the server's address when imported

        from pipelines.nightly import nightly  # noqa: PLC0415

        if isinstance(rhythm, dt.time):
            schedule = Cron(f"{rhythm.minute} {rhythm.hour} * * *", timezone=home.settings.time_zone)
        else:
            schedule = Interval(rhythm)
        nightly.serve(
            name="every-night",
            schedules=[schedule],
            parameters={"scheduled": True},
            limit=1,
            print_starting_message=False,
        )


def _make_up_for_it(home: Home) -> None:
    """Run the nightly now, in a process of its own that gives its memory back; the log and Prefect tell how it went."""
    subprocess.run(command_of(home), check=False)  # noqa: S603 - our own command
