"""A home for the invented runner, so that a person can look before putting their own diary in."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import time
from pathlib import Path

import typer  # noqa: TC002 - Typer reads the annotations of a command when it runs

from runmood.cli.nightly import nightly_once
from runmood.cli.reports import show_report
from runmood.core.errors import UserError
from runmood.core.i18n import message
from runmood.home.home import TRUTHS, Home, open_home
from runmood.journal.store import append
from runmood.simulate import simulate

SETTINGS = 'time_zone = "{zone}"\nname = "{name}"\n'
RUNNER = "Robin"
MISSED_DIP = 0.9
A_DAY_S = 86_400


def make_home(root: Path, last_day: dt.date, *, missed_dip: float = MISSED_DIP) -> Home:
    """Make a fresh home of the invented runner, whose year ends on `last_day`; never touch somebody's own home.

    `missed_dip` is how much lower the evenings of missed runs are, in standard deviations; 0 plants nothing.

    Returns:
        The home, with its files in the inbox and its check-ins in the journal.

    Raises:
        UserError: the folder is somebody's own home.
    """
    if root.exists() and any(root.iterdir()):
        if not (root / TRUTHS).exists():
            raise UserError(message("error.home_in_use", folder=root))
        shutil.rmtree(root)
    invented = simulate(last_day, missed_dip=missed_dip)
    root.mkdir(parents=True, exist_ok=True)
    (root / TRUTHS).write_text(json.dumps([truth.sentence for truth in invented.truths], indent=2), encoding="utf-8")
    (root / "settings.toml").write_text(SETTINGS.format(zone=invented.time_zone, name=RUNNER), encoding="utf-8")
    yesterday = time.time() - A_DAY_S
    for file in invented.files:
        path = root / "inbox" / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        os.utime(path, (yesterday, yesterday))  # a damaged file of now might still be on its way
    home = open_home(root)
    now = dt.datetime.now(home.zone)
    append(home.journal, [said for said in invented.said if said.said_at <= now])
    return home


def demo(context: typer.Context) -> None:
    """Show runmood with a year of an invented runner, in a home of its own."""
    home = make_home(context.obj or Path("demo"), dt.datetime.now(dt.UTC).date())
    nightly_once(home)
    show_report(home)
