"""What was planned for a day, as it stood when the day began: a later change is a change, not a miss."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from runmood.terms.records import Habit, PlannedDay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from runmood.journal.lines import Told

DAY_BEGINS = dt.time(4)


def plan_rows(told: tuple[Told, ...], zone: ZoneInfo, until: dt.date) -> list[dict[str, object]]:
    """One row of PLANS for each day, up to `until`, that had a plan at local 04:00.

    What was written for the day itself goes before the weekly habit; of several, the last one said counts.
    """
    plans = sorted((each for each in told if isinstance(each.entry, PlannedDay)), key=lambda each: each.said_at)
    habits = sorted((each for each in told if isinstance(each.entry, Habit)), key=lambda each: each.said_at)
    rows: dict[dt.date, dict[str, object]] = {}
    for date, habit in _habit_days(habits, zone, until):
        rows[date] = _habit_row(date, habit)
    for plan in plans:
        date = plan.entry.date  # type: ignore[union-attr]  # filtered above
        if date <= until and plan.said_at <= _beginning(date, zone):
            rows[date] = _plan_row(plan)
    return [rows[date] for date in sorted(rows)]


def _habit_days(habits: list[Told], zone: ZoneInfo, until: dt.date) -> Iterator[tuple[dt.date, Told]]:
    """Each day with the habit that held when it began; from the second habit on it replaces the one before."""
    for habit, following in zip(habits, [*habits[1:], None], strict=False):
        first = habit.said_at.astimezone(zone).date()
        last = min(until, following.said_at.astimezone(zone).date()) if following else until
        for number in range((last - first).days + 1):
            date = first + dt.timedelta(days=number)
            if habit.said_at <= _beginning(date, zone):
                yield date, habit


def _beginning(date: dt.date, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(date, DAY_BEGINS, zone)


def _habit_row(date: dt.date, habit: Told) -> dict[str, object]:
    runs = date.isoweekday() in habit.entry.weekdays  # type: ignore[union-attr]  # filtered by plan_rows
    return _row(date, "run" if runs else "rest", None, "habit", habit.said_at)


def _plan_row(plan: Told) -> dict[str, object]:
    entry = plan.entry
    return _row(entry.date, entry.planned, entry.distance_m, "file", plan.said_at)  # type: ignore[union-attr]


def _row(date: dt.date, planned: str, distance_m: float | None, source: str, said_at: dt.datetime) -> dict[str, object]:
    return {
        "local_date": date,
        "planned": planned,
        "distance_m": distance_m,
        "plan_source": source,
        "said_at": said_at.astimezone(dt.UTC),
    }
