"""A home looked at in whatever state it is: who owns it, what its settings say, where it stands, what is in it.

A check that meets what it cannot look at says so, and the others go on.
"""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from runmood.core.errors import UserError, spoken
from runmood.core.locked import is_held, is_locked
from runmood.home.home import Home
from runmood.home.settings import read_legible_settings, system_time_zone
from runmood.home.user_config import check_owner, read_user_config
from runmood.journal.store import JOURNAL_FILE, journal_files
from runmood.workflow.checks import CheckResult, check_databases, check_folders, check_nights, check_watched
from runmood.workflow.sealed_archive import clear_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Check = Callable[[Home], Iterator[CheckResult]]


OF_PREFECT = "PREFECT_"
SYNCED = (".stfolder", ".dropbox", ".sync", ".nextcloudsync.log")  # what sync tools leave in a folder of theirs
SYNC_FOLDERS = ("dropbox", "onedrive", "nextcloud", "icloud", "mobile documents", "google drive", "syncthing")


def examine(root: Path, now: dt.datetime) -> Iterator[CheckResult]:
    """Look at everything, the most telling first.

    Args:
        root: the folder, which need not be a home, nor exist.
        now: the moment.

    Yields:
        One thing looked at after the other.
    """
    settings, faults = read_legible_settings(root / "settings.toml")
    home = Home(root, settings)
    if not root.is_dir():
        yield CheckResult("home", home.say("cli.doctor.no_home", folder=f"{root}"), asks=True)
        return
    if is_locked(root):
        yield CheckResult("lock", home.say("cli.doctor.locked"))
        if is_held(root):
            yield CheckResult("lock", home.say("cli.doctor.at_night"))
        elif left := [path.name for path in clear_files(root)]:
            yield CheckResult("lock", home.say("cli.doctor.left_in_clear", files=len(left)), asks=True)
        return
    checks: tuple[tuple[str, Check], ...] = (
        ("owner", _check_owner),
        ("settings", lambda home: _check_settings(home, faults)),
        ("time zone", _check_zone),
        ("journal", _check_journal),
        ("prefect", _check_prefect),
        ("last night", lambda home: check_nights(home, now)),
        ("database", lambda home: check_databases(home, now)),
        ("folders", lambda home: check_watched(home, now)),
        ("disk", check_folders),
    )
    for name, check in checks:
        try:
            yield from check(home)
        except (UserError, OSError, ArithmeticError) as fault:
            yield CheckResult(name, home.say("cli.doctor.not_looked_at", fault=spoken(home.say, fault)), asks=True)


def _check_owner(home: Home) -> Iterator[CheckResult]:
    """Check that nobody else can have written what stands in the home, nor in this account's own configuration."""
    check_owner(home.root)
    read_user_config()
    owner = home.root.stat().st_uid
    yield CheckResult("owner", home.say("cli.doctor.owner", account=owner))


def _check_settings(home: Home, faults: tuple[UserError | OSError, ...]) -> Iterator[CheckResult]:
    for fault in faults:
        yield CheckResult("settings", home.say("cli.doctor.setting", fault=spoken(home.say, fault)), asks=True)
    if not faults:
        yield CheckResult("settings", home.say("cli.doctor.settings"))


def _check_zone(home: Home) -> Iterator[CheckResult]:
    """Check the home's time zone beside this computer's: days are those of the home."""
    ours, theirs = home.settings.time_zone, system_time_zone()
    now = dt.datetime.now(dt.UTC)
    try:
        differ = now.astimezone(home.zone).utcoffset() != now.astimezone(ZoneInfo(theirs)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        differ = True
    name = "cli.doctor.other_zone" if differ else "cli.doctor.zone"
    yield CheckResult("time zone", home.say(name, zone=ours, computer=theirs))


def _check_journal(home: Home) -> Iterator[CheckResult]:
    """Check for copies that a sync tool made, and whether the home lies where one keeps files on other computers."""
    copies = [path.name for path in journal_files(home.journal) if path.name != JOURNAL_FILE]
    if copies:
        yield CheckResult("journal", home.say("cli.doctor.copies", files=len(copies), names=", ".join(copies)))
    places = [part for part in home.root.resolve().parts if any(name in part.lower() for name in SYNC_FOLDERS)]
    places += [
        each for each in SYNCED for above in (home.root, *home.root.resolve().parents) if (above / each).exists()
    ]
    if places:
        yield CheckResult("sync", home.say("cli.doctor.synced", place=places[0]))


def _check_prefect(home: Home) -> Iterator[CheckResult]:
    """Name the variables of other programs' Prefect, which decide nothing here."""
    found = sorted(name for name in os.environ if name.startswith(OF_PREFECT))
    if found:
        yield CheckResult("prefect", home.say("cli.doctor.prefect", names=", ".join(found)))
    if home.settings.prefect_server:
        yield CheckResult("prefect", home.say("cli.doctor.server", address=home.settings.prefect_server))
