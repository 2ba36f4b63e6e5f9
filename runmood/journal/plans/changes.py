"""A new version of a calendar beside what the journal has of it -> what there is to say.

Importing is saying: a day that changed gets the new plan, a day whose sessions are gone is taken back, and a day that
has begun stays as it was. A calendar takes back its own words only, and only in the span that this version covers: what
lies beyond may have been left out by the app.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.journal.plans.standing import first_open_day, said_of_plans
from runmood.terms.entries import PlannedDay, Said

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from runmood.journal.lines import Told
    from runmood.journal.plans.days import Draft


@dataclass(frozen=True, slots=True)
class Changes:
    """What a version of a calendar says anew: days planned for the first time, otherwise than before, or no more.

    `as_before` counts days of which it says what it said, `begun` those that have begun and stay as they were, and
    `beyond` those it planned once and that lie outside this version; they stand.
    """

    planned: tuple[PlannedDay, ...] = ()
    changed: tuple[PlannedDay, ...] = ()
    taken_back: tuple[PlannedDay, ...] = ()
    as_before: int = 0
    begun: int = 0
    beyond: int = 0

    def said(self, at: dt.datetime) -> list[Said]:
        """The entries for the journal."""
        return [Said(at, day) for day in (*self.planned, *self.changed, *self.taken_back)]


def changes_of(draft: Draft, told: Iterable[Told], now: dt.datetime, zone: ZoneInfo) -> Changes:
    """What a version of a calendar changes."""
    open_from = first_open_day(now, zone)
    before = _last_words(draft.calendar, told, zone)
    ahead = [day for date, day in sorted(draft.days.items()) if date >= open_from]
    gone = [
        date for date, day in sorted(before.items()) if day.planned and date >= open_from and date not in draft.days
    ]
    covered = [date for date in gone if draft.covers and draft.covers[0] <= date <= draft.covers[1]]
    planned_before = {date for date, day in before.items() if day.planned}
    return Changes(
        planned=tuple(day for day in ahead if day.date not in planned_before),
        changed=tuple(day for day in ahead if day.date in planned_before and before[day.date] != day),
        taken_back=tuple(PlannedDay(date, None, calendar=draft.calendar) for date in covered),
        as_before=sum(before.get(day.date) == day for day in ahead),
        begun=len(draft.days) - len(ahead),
        beyond=len(gone) - len(covered),
    )


def _last_words(calendar: str, told: Iterable[Told], zone: ZoneInfo) -> dict[dt.date, PlannedDay]:
    """What the calendar said last of each day."""
    days = said_of_plans(told, zone).days
    return {date: each.plan for date, said in days.items() for each in said if each.plan.calendar == calendar}
