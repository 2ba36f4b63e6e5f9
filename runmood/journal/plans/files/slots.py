"""One event on one day -> a session: which day at home it begins on, how many it takes, and what it says."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from runmood.journal.plans.files.events import PLACE, text_of
from runmood.journal.plans.files.session import Session

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from icalendar import Event

    from runmood.journal.plans.files.session import Window

ESTIMATE = "X-WORKOUT-ESTIMATED-DURATION"  # Runna's, in seconds
ESTIMATED = re.compile("[1-9][0-9]{1,4}")
ONE_DAY = dt.timedelta(days=1)


def session_of(event: Event, window: Window, *, called_off: bool) -> Session:
    """The session that an event is, as far as it lies in the window."""
    start, end = event.start, event.end
    timed = isinstance(start, dt.datetime)
    first = _day(start, window.zone)
    last = first if timed else max(first, end - ONE_DAY)
    seen_first, seen_last = max(first, window.first), min(last, window.last)
    estimate = text_of(event, ESTIMATE)
    return Session(
        date=seen_first,
        title=text_of(event, "SUMMARY"),
        place=text_of(event, PLACE),
        labels=" ".join(map(str, event.categories)),
        detail=text_of(event, "DESCRIPTION"),
        planned_s=float(estimate) if ESTIMATED.fullmatch(estimate) else None,
        slot_s=(end - start).total_seconds() if timed else None,
        days=max(1, (seen_last - seen_first).days + 1),
        cancelled=called_off or text_of(event, "STATUS").upper() == "CANCELLED",
    )


def _day(start: dt.date, zone: ZoneInfo) -> dt.date:
    """The day on the clock at home; the hour after midnight belongs to the day that it begins, as a run's does."""
    if not isinstance(start, dt.datetime):
        return start
    return (start.astimezone(zone) if start.tzinfo else start).date()
