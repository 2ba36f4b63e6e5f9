"""Which day and moment a check-in means, and of which kind it is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from runmood.core.enums import CheckInKind

if TYPE_CHECKING:
    from runmood.core.checkins import CheckIn


DAY_ENDS = dt.timedelta(hours=4)  # an evening ends at 04:00: who says it at 00:30 means the day before
MORNING_ENDS = dt.timedelta(hours=12)
AROUND_A_RUN = dt.timedelta(hours=2)
USUAL_CLOCK: dict[str, dt.time] = {
    CheckInKind.MORNING: dt.time(8),
    CheckInKind.EVENING: dt.time(21),
    CheckInKind.BEFORE_RUN: dt.time(12),
    CheckInKind.AFTER_RUN: dt.time(13),
}


def default_checkin_kind(moment: dt.datetime, run_ended_at: dt.datetime | None = None) -> CheckInKind:
    """Return the likely kind: after a run for two hours; else by the clock, morning from 04:00 to noon."""
    if run_ended_at and dt.timedelta() <= moment - run_ended_at <= AROUND_A_RUN:
        return CheckInKind.AFTER_RUN
    clock = dt.timedelta(hours=moment.hour, minutes=moment.minute)
    return CheckInKind.MORNING if DAY_ENDS <= clock < MORNING_ENDS else CheckInKind.EVENING


def is_a_day(text: str) -> bool:
    """Return whether a moment is written as a day alone, without a clock."""
    return len(text) == len("2026-05-04")


def datetime_on(day: dt.date, kind: str | None, zone: dt.tzinfo | None, now: dt.datetime | None = None) -> dt.datetime:
    """Return the moment meant by a day alone: the usual clock of its kind, else of an evening; today not after now."""
    usual = dt.datetime.combine(day, USUAL_CLOCK[kind or CheckInKind.EVENING], zone)
    return min(now, usual) if now and now.date() == day else usual


def day_of(check_in: CheckIn) -> dt.date:
    """Return the day a check-in speaks of, by the clock where it was said."""
    clock = check_in.at - DAY_ENDS if check_in.kind == CheckInKind.EVENING else check_in.at
    return clock.date()


def is_late(said_at: dt.datetime, check_in: CheckIn) -> bool:
    """Return whether a check-in was said after its time had passed."""
    date = day_of(check_in)
    midnight = dt.datetime.combine(date, dt.time(), check_in.at.tzinfo)
    if check_in.kind == CheckInKind.EVENING:
        return said_at > midnight + dt.timedelta(days=1) + DAY_ENDS
    if check_in.kind == CheckInKind.MORNING:
        return said_at > midnight + MORNING_ENDS
    return said_at > check_in.at + AROUND_A_RUN
