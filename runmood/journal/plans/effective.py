"""What was planned for a day, as it stood when the day began: a later change is a change, not a miss."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from runmood.core.enums import Planned, PlanSource
from runmood.core.models import Habit, PlannedDay

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from zoneinfo import ZoneInfo

    from runmood.journal.codec import JournalRecord


if TYPE_CHECKING:
    Row = dict[str, object]

DAY_BEGINS = dt.time(4)
ONE_DAY = dt.timedelta(days=1)


class DayPlanEntry(NamedTuple):
    """What was said of one day: when, as which of all things said, and what."""

    said_at: dt.datetime
    turn: int
    plan: PlannedDay


class WeekPlanEntry(NamedTuple):
    """What was said of every week."""

    said_at: dt.datetime
    turn: int
    habit: Habit


@dataclass(frozen=True, slots=True)
class Plans:
    """Everything said of plans, of each day and of every week, in the order in which it was said."""

    days: Mapping[dt.date, list[DayPlanEntry]]
    habits: list[WeekPlanEntry]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class EffectivePlan:
    """The plan of a day as it stands: whether a file says so or the week, since when, and after how many versions.

    The plan of a day taken back is that it has none any more.
    """

    plan: PlannedDay
    source: str
    said_at: dt.datetime
    versions: int


def plan_rows(records: Iterable[JournalRecord], zone: ZoneInfo, until: dt.date) -> list[Row]:
    """One row of PLANS for each day, up to `until`, that had a plan at local 04:00."""
    plans = plan_entries(records, zone)
    standing = (effective_plan(plans, date) for date in _days_spoken_of(plans, until))
    return [_row(each) for each in standing if each]


def coming_plans(
    records: Iterable[JournalRecord], zone: ZoneInfo, first: dt.date, count: int
) -> dict[dt.date, EffectivePlan | None]:
    """Return the plan of each of the coming days, as it stands."""
    plans = plan_entries(records, zone)
    dates = [first + dt.timedelta(days=number) for number in range(count)]
    return {date: effective_plan(plans, date) for date in dates}


def plan_entries(records: Iterable[JournalRecord], zone: ZoneInfo) -> Plans:
    """Return what the journal says of plans, day by day."""
    days: dict[dt.date, list[DayPlanEntry]] = defaultdict(list)
    habits: list[WeekPlanEntry] = []
    for turn, each in enumerate(sorted(records, key=lambda each: each.said_at)):
        if isinstance(each.entry, PlannedDay):
            days[each.entry.date].append(DayPlanEntry(each.said_at, turn, each.entry))
        elif isinstance(each.entry, Habit):
            habits.append(WeekPlanEntry(each.said_at, turn, each.entry))
    return Plans(dict(days), habits, zone)


def effective_plan(plans: Plans, date: dt.date) -> EffectivePlan | None:
    """Return the plan of a day as it stood when the day began, or null where nothing was said of it.

    What was written for the day itself goes before the weekly habit; of several, the last one said counts. A day taken
    back plans nothing, and the habit that was said before does not step in: who cancels a run has not missed it.
    """
    begins = day_begins(date, plans.zone)
    said = [each for each in plans.days.get(date, ()) if each.said_at <= begins]
    if kept := not_taken_back(said):
        return EffectivePlan(kept[-1].plan, PlanSource.FILE, kept[-1].said_at, len(said))
    habits = [each for each in plans.habits if each.said_at <= begins]
    if said and not (habits and habits[-1].turn > said[-1].turn):
        return EffectivePlan(said[-1].plan, PlanSource.FILE, said[-1].said_at, len(said))
    if not habits:
        return None
    planned = Planned.RUN if date.isoweekday() in habits[-1].habit.weekdays else Planned.REST
    return EffectivePlan(PlannedDay(date, planned), PlanSource.WEEKLY, habits[-1].said_at, len(said) + 1)


def not_taken_back(said: list[DayPlanEntry]) -> list[DayPlanEntry]:
    """Return each calendar's last word on a day, and the person's own, the last one last; without those taken back.

    A calendar takes back its own words, a person everything that was written before.
    """
    last: dict[str | None, DayPlanEntry] = {}
    for each in said:
        calendar = each.plan.calendar
        last.pop(calendar, None)
        if each.plan.planned is not None:
            last[calendar] = each
        elif calendar is None:
            last.clear()
    return list(last.values())


def day_begins(date: dt.date, zone: ZoneInfo) -> dt.datetime:
    """04:00 of a day at home."""
    return dt.datetime.combine(date, DAY_BEGINS, zone).astimezone(dt.UTC)


def first_open_day(moment: dt.datetime, zone: ZoneInfo) -> dt.date:
    """Return the first day that has not begun: what is said now can still plan it."""
    today = moment.astimezone(zone).date()
    return today if moment <= day_begins(today, zone) else today + ONE_DAY


def _days_spoken_of(plans: Plans, until: dt.date) -> list[dt.date]:
    dates = {date for date in plans.days if date <= until}
    if plans.habits:
        first = plans.habits[0][0].astimezone(plans.zone).date()
        dates.update(first + dt.timedelta(days=number) for number in range((until - first).days + 1))
    return sorted(dates)


def _row(standing: EffectivePlan) -> Row:
    plan = standing.plan
    return {
        "local_date": plan.date,
        "planned": plan.planned,
        "name": plan.name,
        "distance_m": plan.distance_m,
        "planned_s": plan.planned_s,
        "plan_source": standing.source,
        "said_at": standing.said_at.astimezone(dt.UTC),
        "versions": standing.versions,
    }
