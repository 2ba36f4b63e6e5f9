"""What was planned for a day as it stood when the day began, and what a new version of a calendar changes.

A change after the beginning of a day is a change, not a miss. Importing is saying: a day that changed gets the new
plan, a day whose sessions are gone is taken back, and a day that has begun stays as it was. A calendar takes back its
own words only, and only in the span that this version covers: what lies beyond may have been left out by the app.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from runmood.core.checkins import NewEntry
from runmood.core.entries import Habit, PlannedDay
from runmood.core.enums import Planned, PlanSource
from runmood.core.i18n import message
from runmood.journal.plans.classify import Classification, SessionClass, classify_session, series_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from zoneinfo import ZoneInfo

    from runmood.core.i18n import Message
    from runmood.journal.codec import JournalRecord
    from runmood.journal.plans.classify import Choice
    from runmood.journal.plans.models import PlanFile, Session, SetAside

    Row = dict[str, object]
    Understood = list[tuple[Session, SessionClass]]


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
    """Return one row of PLANS for each day, up to `until`, that had a plan at local 04:00."""
    plans = plan_entries(records, zone)
    standing = (effective_plan(plans, date) for date in _planned_dates(plans, until))
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
    if kept := plans_in_force(said):
        return EffectivePlan(kept[-1].plan, PlanSource.FILE, kept[-1].said_at, len(said))
    habits = [each for each in plans.habits if each.said_at <= begins]
    if said and not (habits and habits[-1].turn > said[-1].turn):
        return EffectivePlan(said[-1].plan, PlanSource.FILE, said[-1].said_at, len(said))
    if not habits:
        return None
    planned = Planned.RUN if date.isoweekday() in habits[-1].habit.weekdays else Planned.REST
    return EffectivePlan(PlannedDay(date, planned), PlanSource.WEEKLY, habits[-1].said_at, len(said) + 1)


def plans_in_force(said: list[DayPlanEntry]) -> list[DayPlanEntry]:
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


def first_plannable_day(moment: dt.datetime, zone: ZoneInfo) -> dt.date:
    """Return the first day that has not begun: what is said now can still plan it."""
    today = moment.astimezone(zone).date()
    return today if moment <= day_begins(today, zone) else today + ONE_DAY


def _planned_dates(plans: Plans, until: dt.date) -> list[dt.date]:
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


@dataclass(frozen=True, slots=True)
class PlanDiff:
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

    def said(self, at: dt.datetime) -> list[NewEntry]:
        """Return the entries for the journal."""
        return [NewEntry(at, day) for day in (*self.planned, *self.changed, *self.taken_back)]


def changes_of(draft: CalendarPlan, records: Iterable[JournalRecord], now: dt.datetime, zone: ZoneInfo) -> PlanDiff:
    """Return what a version of a calendar changes.

    A day that is gone stands where an entry of its name cannot be read: that may be the day's.
    """
    open_from = first_plannable_day(now, zone)
    before = _last_words(draft.calendar, records, zone)
    ahead = [day for date, day in sorted(draft.days.items()) if date >= open_from]
    gone = [
        date
        for date, day in sorted(before.items())
        if day.planned and date >= open_from and date not in draft.days and not _may_be(day, draft.set_aside)
    ]
    covered = [date for date in gone if draft.covers and draft.covers[0] <= date <= draft.covers[1]]
    planned_before = {date for date, day in before.items() if day.planned}
    return PlanDiff(
        planned=tuple(day for day in ahead if day.date not in planned_before),
        changed=tuple(day for day in ahead if day.date in planned_before and before[day.date] != day),
        taken_back=tuple(PlannedDay(date, None, calendar=draft.calendar) for date in covered),
        as_before=sum(before.get(day.date) == day for day in ahead),
        begun=len(draft.days) - len(ahead),
        beyond=len(gone) - len(covered),
    )


def _may_be(day: PlannedDay, set_aside: tuple[SetAside, ...]) -> bool:
    """Return whether an entry that cannot be read may be what a calendar planned for a day before, by its name."""
    names = (day.name or "").split(BETWEEN_NAMES)
    return any(each.title[:LONGEST_NAME] in names for each in set_aside)


def _last_words(calendar: str, records: Iterable[JournalRecord], zone: ZoneInfo) -> dict[dt.date, PlannedDay]:
    """Return what the calendar said last of each day."""
    days = plan_entries(records, zone).days
    return {date: each.plan for date, said in days.items() for each in said if each.plan.calendar == calendar}


# --- The sessions of a file -> what it plans for each day, and what was made of the rest.


BETWEEN_NAMES, LONGEST_NAME = " + ", 200


@dataclass(frozen=True, slots=True)
class CalendarPlan:
    """What a version of a calendar plans: its days, the span it covers, and what was made of its sessions.

    `covers` is null for a file that holds nothing. `unsure` names sessions that plan nothing until the
    person says what they are, `doubtful` are the titles of these; `set_aside` are entries that cannot be read; `counts`
    is how many sessions were taken for what.
    """

    calendar: str
    days: Mapping[dt.date, PlannedDay]
    covers: tuple[dt.date, dt.date] | None
    counts: Mapping[str, int]
    unsure: tuple[Message, ...]
    remarks: tuple[Message, ...]
    doubtful: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


def draft_of(file: PlanFile, choice: Choice) -> CalendarPlan:
    """Return the days that a file plans; of several runs on one day the names are joined and the amounts added."""
    understood = [(session, classify_session(session, choice)) for session in file.sessions if not session.cancelled]
    taken = Counter(sense.verdict.value for _, sense in understood)
    taken[Classification.CALLED_OFF.value] += len(file.sessions) - len(understood)
    unsure = [session.title for session, sense in understood if sense.verdict is Classification.UNSURE]
    return CalendarPlan(
        calendar=file.calendar,
        days=dict(sorted((_rests(understood, file.calendar) | _runs(understood, file.calendar)).items())),
        covers=_span(file.sessions),
        counts=taken,
        unsure=tuple(_unsure(understood)),
        remarks=file.remarks,
        set_aside=file.set_aside,
        doubtful=tuple({series_of(title): title for title in unsure if series_of(title)}.values()),
    )


def _rests(understood: Understood, calendar: str) -> dict[dt.date, PlannedDay]:
    """Return each day of each rest; a rest of a week is seven."""
    return {
        date: PlannedDay(date, "rest", name=session.title[:LONGEST_NAME] or None, calendar=calendar)
        for session, sense in understood
        if sense.verdict is Classification.REST
        for date in (session.date + dt.timedelta(days=number) for number in range(session.days))
    }


def _runs(understood: Understood, calendar: str) -> dict[dt.date, PlannedDay]:
    """Return each day with runs."""
    by_day: dict[dt.date, Understood] = defaultdict(list)
    for session, sense in understood:
        if sense.verdict is Classification.RUN:
            by_day[session.date].append((session, sense))
    return {date: _run(date, runs, calendar) for date, runs in by_day.items()}


def _run(date: dt.date, runs: Understood, calendar: str) -> PlannedDay:
    names = dict.fromkeys(session.title for session, _ in runs if session.title)
    return PlannedDay(
        date,
        "run",
        distance_m=_total([sense.distance_m for _, sense in runs]),
        planned_s=_total([sense.planned_s for _, sense in runs]),
        name=BETWEEN_NAMES.join(names)[:LONGEST_NAME] or None,
        calendar=calendar,
    )


def _total(amounts: list[float | None]) -> float | None:
    """Return the sum, if each is known."""
    known = [amount for amount in amounts if amount is not None]
    return round(sum(known), 1) if len(known) == len(amounts) else None


def _span(sessions: tuple[Session, ...]) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day of which the file says anything, even if it is a ride or cancelled."""
    return (min(each.date for each in sessions), max(each.last for each in sessions)) if sessions else None


def _unsure(understood: Understood) -> Iterator[Message]:
    """Yield each session that was left out, named once however often it repeats."""
    left_out = [session for session, sense in understood if sense.verdict is Classification.UNSURE]
    times = Counter((session.place, session.title) for session in left_out)
    for (place, title), count in times.items():
        name = message("error.plan.place.titled", place=place, title=title or message("cli.plan.no_title"))
        yield message("cli.plan.repeated", session=name, days=count) if count > 1 else name
