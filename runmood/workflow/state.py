"""What is due tonight; nothing is loaded that a night without news does not need.

A night that follows one without faults, on the same day, with the same inbox, journal, settings and formulas, and what
was made still in its place, has nothing to do. When only the day has moved on, nothing is read; days, findings, the
published copy and the page follow the calendar.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from runmood.core.errors import UserError
from runmood.core.i18n import message
from runmood.core.versions import FORMULAS, schema_sources
from runmood.home.import_log import IMPORT_LOG
from runmood.ingest.folder_stamps import INBOX, LISTED, PARTS, stamp_file, stamp_folder
from runmood.ingest.unread_days import UNREAD_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from zoneinfo import ZoneInfo

    from runmood.home.home import Home
    from runmood.workflow.nightly_run import NightlyRun


ONE_DAY = dt.timedelta(days=1)
STEPS = ("import", "journal", "days", "findings", "publish", "summary")
READ_AGAIN = {INBOX, *PARTS, "place", "formulas", "readers", "made"}
READERS = Path(__file__).parents[1] / "readers"  # whose versions are not asked for: importing them takes longer
# What a step cannot do without. Where `findings` fails, tonight's days are published with the last good findings; where
# `days` or `publish` fails, the summary is written from the last good copy.
NEEDS = {"findings": ("days",), "publish": ("days",)}


def state_of(home: Home, day: dt.date, last: NightlyRun | None = None) -> dict[str, str]:
    """Return all that tonight's results follow from.

    Args:
        home: the home.
        day: up to which day everything is made.
        last: the last night; what of a large inbox is not looked at tonight is taken to be as it was then.

    Returns:
        By name, a few letters that change when it does.
    """
    before, last_day = (last.state, last.day) if last else ({}, day)
    return {
        **stamp_folder(home.inbox, home.work / LISTED, before, day, last_day),
        "journal": _hashed(_contents(home.journal.glob("*"))),
        "unread": stamp_file(home.work / UNREAD_DAYS),
        "settings": _hashed(_contents([home.settings_file])),
        "formulas": f"{FORMULAS} {schema_sources()}",
        "readers": _hashed(_contents(READERS.rglob("*.py"))),
        "place": str(home.root.resolve()),
        "made": outputs_hash(home),
        "day": f"{day}",
    }


def outputs_hash(home: Home) -> str:
    """Return a hash of the writer's database and the published one as they stand."""
    return _hashed(f"{path.name} {stamp_file(path)}\n" for path in (home.work / "runmood.duckdb", home.published))


def stale_steps(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Return the steps that are due, in their order; none where everything is as the last night left it."""
    changed = {name for name in now if before.get(name) != now[name]}
    if not changed:
        return ()
    return STEPS if changed & READ_AGAIN else STEPS[1:]


def _hashed(lines: Iterator[str]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:16]


def _contents(paths: Iterable[Path]) -> Iterator[str]:
    """Yield what stands in files; the log of imports, which follows from the inbox, is left out."""
    for path in sorted(path for path in paths if path.name != IMPORT_LOG and path.is_file()):
        yield f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def check_clock(last: NightlyRun | None, day: dt.date, last_run: dt.datetime | None) -> None:
    """Refuse a night before the last one and before the last run: a clock that has lost its battery shows such a day.

    Where only the last night lies ahead, it was its clock that was wrong, and this night goes on.

    Raises:
        UserError: the clock is behind.
    """
    if last and day < last.day - ONE_DAY and last_run and day < last_run.date() - ONE_DAY:
        raise UserError(message("error.clock_behind", today=day, last=last.day))


def last_due(now: dt.datetime, at: dt.time, zone: ZoneInfo) -> dt.datetime:
    """Return the last moment at which a night was to begin; an hour or a day that a change leaves out counts."""
    today = now.astimezone(zone).date()
    moments = (dt.datetime.combine(today - number * ONE_DAY, at, zone) for number in range(3))
    return next(moment for moment in moments if moment <= now)


def is_due(home: Home, last: NightlyRun | None, now: dt.datetime) -> bool:
    """Return whether no night has begun since the last moment at which one was due; one of days to come is none."""
    return last is None or not last_due(now, home.settings.nightly_at, home.zone) <= last.began_at <= now
