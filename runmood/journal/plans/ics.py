"""One event of a calendar: where it stands, whether it can be read, and whether its rule can be followed."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

import recurring_ical_events
from icalendar import Calendar, vDDDTypes
from icalendar.error import GloballyUniqueTZIDGuessed
from icalendar.timezone import tzp

from runmood.core.i18n import message
from runmood.journal.plans.models import BadPlanError, PlanFile, Session, SetAside, calendar_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from icalendar import Component, Event
    from icalendar.prop import vRecur

    from runmood.core.i18n import Message
    from runmood.journal.plans.models import Window


# What the libraries raise on bytes that are no calendar, some of it only when a value is asked for.
FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)

PLACE = "X-RUNMOOD-PLACE"
NEEDED = {"DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE"}
ONCE = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")
BEGINNING = re.compile(rb"^BEGIN:VEVENT\s*$", re.MULTILINE | re.IGNORECASE)
FIRST_YEAR = 1970
LONGEST = dt.timedelta(days=31)  # of an event that is repeated

# A rule may go on for longer than anybody waits where it repeats within a day, or never meets its own conditions.
STEPS = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH"}
LONG_STEPS, THEIR_PARTS = {"MONTHLY", "YEARLY"}, {"BYMONTHDAY", "BYSETPOS"}


def mark_places(events: Iterable[Event], content: bytes) -> None:
    """Note in each event the line on which it begins; its repetitions keep it."""
    line, position = 1, 0
    for event, found in zip(events, BEGINNING.finditer(content), strict=False):
        line += content.count(b"\n", position, found.start())
        position = found.start()
        event[PLACE] = str(line)


def fault_of(event: Event) -> Message | None:
    """Return why an event cannot be followed: it says no day, says it twice or in no known way, or repeats oddly."""
    faults = [_as_read(fault) for item, fault in event.errors if item in NEEDED]
    faults += [message("error.plan.twice", item=item) for item in ONCE if isinstance(event.get(item), list)]
    if not faults:
        faults = _faults_of_its_time(event)
    if faults:
        return message("error.plan.at", place=label_of(event), fault=faults[0])
    return message("cli.plan.repeats_oddly", session=label_of(event)) if _repeats_oddly(event) else None


def _as_read(fault: str) -> Message:
    """Return what the library says of a value, which is English."""
    return message("error.plan.as_read", fault=fault.removesuffix("."))


def _faults_of_its_time(event: Event) -> list[Message]:
    if "DTSTART" not in event:
        return [message("error.plan.no_start")]
    try:
        _ = event.end - event.start
    except FAULTS as fault:
        return [_as_read(str(fault))]
    return []


def label_of(event: Event) -> Message:
    """Return an event as a person finds it again: where it stands and what it is called."""
    line, title = text_of(event, PLACE), text_of(event, "SUMMARY")
    place = message("error.plan.place.line", line=line) if line else message("error.plan.place.event")
    return message("error.plan.place.titled", place=place, title=title) if title else place


def text_of(component: Component, item: str) -> str:
    """Return what stands under a name, as text; of several the first; empty where there is none."""
    value = component.get(item, "")
    return str(value[0] if isinstance(value, list) and value else value).strip()


def _repeats_oddly(event: Event) -> bool:
    """Return whether a rule of the event, or its place in a series, is none that a plan of a week would have."""
    rules = event.get("RRULE", [])
    odd = any(_odd(rule, event) for rule in (rules if isinstance(rules, list) else [rules]))
    return odd or _is_moved_by_years(event)


def _is_moved_by_years(event: Event) -> bool:
    """Return whether one of a series says that it stands for one of another time: looking for it would take as long."""
    meant = event.get("RECURRENCE-ID")
    return isinstance(meant, vDDDTypes) and isinstance(meant.dt, dt.date) and abs(meant.dt.year - event.start.year) > 1


def _odd(rule: vRecur, event: Event) -> bool:
    steps = {str(step).upper() for step in rule.get("FREQ", [])}
    parts = {str(part).upper() for part in rule}
    every = [int(number) for number in rule.get("INTERVAL", [1])]
    known = PARTS | THEIR_PARTS if steps <= LONG_STEPS else PARTS
    never = "DAILY" in steps and "BYDAY" in parts and every != [1]
    return (
        len(steps) != 1
        or not steps <= STEPS
        or not parts <= known
        or min(every) < 1
        or never
        or event.start.year < FIRST_YEAR
        or abs(event.end - event.start) > LONGEST
    )


# --- One event on one day -> a session: which day at home it begins on, how many it takes, and what it says.

ESTIMATE = "X-WORKOUT-ESTIMATED-DURATION"  # Runna's, in seconds
ESTIMATED = re.compile("[1-9][0-9]{1,4}")
ONE_DAY = dt.timedelta(days=1)


def session_of(event: Event, window: Window, *, called_off: bool) -> Session:
    """Return the session that an event is, as far as it lies in the window."""
    start, end = _whole_days(event.start, event.end)
    timed = isinstance(start, dt.datetime)
    first = _day(start, window.zone)
    last = first if timed else max(first, end - ONE_DAY)
    seen_first, seen_last = max(first, window.first), min(last, window.last)
    estimate, status = text_of(event, ESTIMATE), text_of(event, "STATUS").upper()
    return Session(
        date=seen_first,
        title=text_of(event, "SUMMARY"),
        place=message("error.plan.place.line", line=text_of(event, PLACE)),
        labels=" ".join([*map(str, event.categories), *(["tentative"] if status == "TENTATIVE" else [])]),
        detail=text_of(event, "DESCRIPTION"),
        planned_s=float(estimate) if ESTIMATED.fullmatch(estimate) else None,
        slot_s=(end - start).total_seconds() if timed else None,
        days=max(1, (seen_last - seen_first).days + 1),
        cancelled=called_off or status == "CANCELLED",
    )


def _whole_days(start: dt.date, end: dt.date) -> tuple[dt.date, dt.date]:
    """Return an event as it is; one from midnight to midnight in UTC, or without a zone, as the days that it takes.

    Several programs write an all-day event so, and mean the day of that name wherever one lives.
    """
    if not isinstance(start, dt.datetime) or not isinstance(end, dt.datetime) or end <= start:
        return start, end
    floats = not start.utcoffset() and not end.utcoffset()
    return (start.date(), end.date()) if floats and start.time() == end.time() == dt.time() else (start, end)


def _day(start: dt.date, zone: ZoneInfo) -> dt.date:
    """Return the day on the clock at home; the hour after midnight belongs to the day it begins, as with a run."""
    if not isinstance(start, dt.datetime):
        return start
    return (start.astimezone(zone) if start.tzinfo else start).date()


# --- An iCalendar file (RFC 5545) -> the sessions of two years, repeated events written out.

MOST_SESSIONS = 50_000
MOST_RULES = 500
LONGEST_NAME = 100
FOLD = re.compile(rb"\r?\n[ \t]")  # a long line goes on in the next one
ZONE = re.compile(rb"BEGIN:VTIMEZONE.*?(?:END:VTIMEZONE|\Z)", re.DOTALL | re.IGNORECASE)
STEP = re.compile(rb"FREQ=([A-Z]*)")


def read_calendar(content: bytes, name: str, window: Window) -> PlanFile:
    """Return the sessions of a calendar, from a year before today to a year after."""
    calendars = _parsed(content, name)
    events = [event for calendar in calendars for event in calendar.events]
    mark_places(events, content)
    _check_rules(events, name)
    set_aside = {
        id(event): SetAside(fault, text_of(event, "SUMMARY")) for event in events if (fault := fault_of(event))
    }
    if events and len(set_aside) == len(events):
        raise BadPlanError(name, next(iter(set_aside.values())).reason)
    for calendar in calendars:
        calendar.subcomponents = [each for each in calendar.subcomponents if id(each) not in set_aside]
    followed = [event for event in events if id(event) not in set_aside]
    _tell_apart(followed)
    return PlanFile(
        calendar=_name_of(calendars) or calendar_name(name),
        sessions=_written_out(calendars, name, window),
        set_aside=tuple(set_aside.values()),
        remarks=tuple(_unknown_zones(followed)),
    )


def _parsed(content: bytes, name: str) -> list[Calendar]:
    if b"END:VCALENDAR" not in content.upper():
        raise BadPlanError(name, message("error.plan.breaks_off"))
    _check_zones(content, name)
    tzp.use_default()  # the zones of a file are its own: the library would keep those of the last one
    try:
        with warnings.catch_warnings():  # a zone's name after a maker's prefix is taken for that zone, as it should be
            warnings.simplefilter("ignore", GloballyUniqueTZIDGuessed)
            parsed = Calendar.from_ical(content.removeprefix(b"\xef\xbb\xbf"), multiple=True)
    except FAULTS as fault:
        raise BadPlanError(name, message("error.plan.no_calendar")) from fault
    calendars = [each for each in parsed if isinstance(each, Calendar)]
    if len(calendars) < len(parsed):
        raise BadPlanError(name, message("error.plan.outside"))
    return calendars


def _check_zones(content: bytes, name: str) -> None:
    """Nothing, or `BadPlanError` for a zone whose clock changes other than by the year: it would never be read."""
    for zone in ZONE.findall(FOLD.sub(b"", content)):
        if set(STEP.findall(zone.upper())) - {b"YEARLY"} or b"INTERVAL=0" in zone.upper():
            raise BadPlanError(name, message("error.plan.odd_zone"))


def _check_rules(events: list[Event], name: str) -> None:
    rules = sum("RRULE" in event for event in events)
    if rules > MOST_RULES:
        raise BadPlanError(name, message("error.plan.too_many_rules", rules=rules, most=MOST_RULES))


def _tell_apart(events: list[Event]) -> None:
    """Events that share an id and do not say which of a series they are: each gets an id of its own.

    Some apps give every event one id; the standard would let all but one vanish.
    """
    heads = [event for event in events if "RECURRENCE-ID" not in event and "UID" in event]
    shared = Counter((str(event["UID"]), str(event.get("SEQUENCE"))) for event in heads)
    for number, event in enumerate(heads):
        if shared[str(event["UID"]), str(event.get("SEQUENCE"))] > 1:
            event["UID"] = f"{event['UID']} {number}"


def _written_out(calendars: Sequence[Calendar], name: str, window: Window) -> tuple[Session, ...]:
    try:
        sessions = tuple(islice(_sessions(calendars, window), MOST_SESSIONS + 1))
    except FAULTS as fault:
        raise BadPlanError(name, message("error.plan.no_days")) from fault
    if len(sessions) > MOST_SESSIONS:
        raise BadPlanError(name, message("error.plan.too_many", most=MOST_SESSIONS))
    return sessions


def _sessions(calendars: Sequence[Calendar], window: Window) -> Iterator[Session]:
    begin = dt.datetime.combine(window.first, dt.time(), window.zone)
    end = dt.datetime.combine(window.last + ONE_DAY, dt.time(), window.zone)
    for calendar in calendars:
        called_off = text_of(calendar, "METHOD").upper() == "CANCEL"
        for series in recurring_ical_events.of(calendar).series:
            for occurrence in series.between(begin, end):
                event = occurrence.as_component(keep_recurrence_attributes=False)
                yield session_of(event, window, called_off=called_off)


def _name_of(calendars: Sequence[Calendar]) -> str:
    """Return what the calendar calls itself."""
    names = (text_of(calendar, item) for calendar in calendars for item in ("X-WR-CALNAME", "NAME"))
    return next(filter(None, names), "")[:LONGEST_NAME]


def _unknown_zones(events: list[Event]) -> Iterator[Message]:
    """Yield a remark for each zone that neither the file nor the computer knows."""
    unknown = Counter(filter(None, map(_unknown_zone, events)))
    for zone, count in unknown.items():
        yield message("cli.plan.unknown_zone", zone=zone, events=count)


def _unknown_zone(event: Event) -> str | None:
    """Return the zone that an event names, where reading it came to none."""
    start = event["DTSTART"]
    known = not isinstance(start, vDDDTypes) or not isinstance(start.dt, dt.datetime) or start.dt.tzinfo
    return None if known else start.params.get("TZID")
