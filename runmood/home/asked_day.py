"""Which planned run no file holds, beside the database: the next check-in asks for it, once."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import TYPE_CHECKING

from runmood.core.kept_records import read_record
from runmood.core.private_files import replace_private

if TYPE_CHECKING:
    from runmood.home.home import Home

FILE, ASKED = "day-to-ask", "day-asked"  # in the writer's folder


def note_day_to_ask(home: Home, day: dt.date | None) -> None:
    """Note the latest planned run that no file holds and of which the person said nothing; null where there is none."""
    if day is None:
        with suppress(FileNotFoundError):
            (home.work / FILE).unlink()
        return
    replace_private(home.work / FILE, day.isoformat())


def take_day_to_ask(home: Home) -> dt.date | None:
    """Return the day that is to be asked for, once: a day that was asked for before is none."""
    day, before = _read(home, FILE), _read(home, ASKED)
    if day is None or (before and day <= before):
        return None
    replace_private(home.work / ASKED, day.isoformat())
    return day


def _read(home: Home, name: str) -> dt.date | None:
    try:
        return read_record(dt.date, (home.work / name).read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return None
