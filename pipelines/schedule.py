"""The night, every night, by itself: served by Prefect on this machine, or called by the system's own timetable.

A timetable (cron, systemd, launchd) is printed, for the person to put in place. It calls `runmood nightly --scheduled`,
which leaves at once where tonight's has been done or somebody else is at it. So it may call more often than once a
night, and that is how a night that was slept through is made up for.

For Prefect a process serves the flow. The server is `pipelines.server`, which keeps its records in the home. After
sleep Prefect starts every night that was missed; the first of them does the work, and the others see that a night began
after they were due, and leave. After the computer was off, or this command was stopped, Prefect may have forgotten
them: so a night that is due is made up for before anything else.
"""

from __future__ import annotations

import datetime as dt
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from pipelines.server import prefect_server
from runmood.workflow.nightly_run import last_night
from runmood.workflow.state import is_due

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.home.home import Home


CRON = """\
# runmood: put this line into `crontab -e`.
# Every hour, since cron forgets what it slept through: the first call after {at} ({zone}) does the night's work, the
# others see that it is done and leave within a second.
{minute} * * * * {command}
"""

SYSTEMD = """\
# ~/.config/systemd/user/runmood.service
[Unit]
Description=runmood: what is due tonight

[Service]
Type=oneshot
ExecStart={command}
# Done, but look at something, such as a file that could not be read: no failure of the service.
SuccessExitStatus=1
Nice=10

# ~/.config/systemd/user/runmood.timer
[Unit]
Description=runmood every night

[Timer]
OnCalendar=*-*-* {at}:00 {zone}
# A night that was slept through, or on which the computer was off, is made up for once, on waking.
Persistent=true

[Install]
WantedBy=timers.target

# Then: systemctl --user daemon-reload && systemctl --user enable --now runmood.timer
# To let it run while you are not logged in: loginctl enable-linger
"""

LAUNCHD = """\
<?xml version="1.0" encoding="UTF-8"?>
<!-- ~/Library/LaunchAgents/net.runmood.nightly.plist, then: launchctl load -w THAT FILE
     launchd makes up for a time that was slept through on waking; for a Mac that was off, RunAtLoad calls at log-in.
     The hour is that of the Mac's own clock; the home's time zone is {zone}. -->
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key><string>net.runmood.nightly</string>
  <key>ProgramArguments</key>
  <array>
{arguments}
  </array>
  <key>StartCalendarInterval</key>
  <dict><key>Hour</key><integer>{hour}</integer><key>Minute</key><integer>{minute}</integer></dict>
  <key>RunAtLoad</key><true/>
  <key>ProcessType</key><string>Background</string>
</dict>
</plist>
"""


def command_of(home: Home) -> list[str]:
    """Return the words of the call, with absolute paths: a timetable has no PATH of yours, and -P heeds no folder."""
    return [
        sys.executable,
        "-P",
        "-m",
        "runmood.cli.main",
        "--home",
        str(home.root.resolve()),
        "nightly",
        "--scheduled",
    ]


def cron(home: Home) -> str:
    """Return a line for a crontab; cron takes a bare % for the end of the line."""
    at = home.settings.nightly_at
    command = shlex.join(command_of(home)).replace("%", r"\%")
    return CRON.format(at=f"{at:%H:%M}", zone=home.settings.time_zone, minute=at.minute, command=command)


def systemd(home: Home) -> str:
    """Return a service and its timer, which systemd calls by the clock of the home's own time zone."""
    words = " ".join(map(_for_systemd, command_of(home)))
    return SYSTEMD.format(command=words, at=f"{home.settings.nightly_at:%H:%M}", zone=home.settings.time_zone)


def launchd(home: Home) -> str:
    """Return a property list."""
    at = home.settings.nightly_at
    arguments = "\n".join(f"    <string>{escape(word)}</string>" for word in command_of(home))
    return LAUNCHD.format(arguments=arguments, hour=at.hour, minute=at.minute, zone=home.settings.time_zone)


def _for_systemd(word: str) -> str:
    """Return a word as systemd reads it: $ and % mean something to it, and spaces part words that are not quoted."""
    meant = word.replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$").replace("%", "%%")
    return f'"{meant}"'


PRINTED: dict[str, Callable[[Home], str]] = {"cron": cron, "systemd": systemd, "launchd": launchd}


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
