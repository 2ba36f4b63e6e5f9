"""When a night was due."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from pipelines.home import Home
    from pipelines.nightly.night import Night


def last_due(now: dt.datetime, at: dt.time, zone: ZoneInfo) -> dt.datetime:
    """The last moment at which a night was to begin; an hour that a change of clocks leaves out counts all the same."""
    today = now.astimezone(zone).date()
    moments = (dt.datetime.combine(day, at, zone) for day in (today, today - dt.timedelta(days=1)))
    return next(moment for moment in moments if moment <= now)


def is_due(home: Home, last: Night | None, now: dt.datetime) -> bool:
    """Whether no night has begun since the last moment at which one was to begin; one of days to come is none."""
    return last is None or not last_due(now, home.settings.nightly_at, home.zone) <= last.began_at <= now
