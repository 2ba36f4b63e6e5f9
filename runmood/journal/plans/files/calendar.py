"""An iCalendar file (RFC 5545) -> the sessions of two years, repeated events written out.

Reading is icalendar's, repeating is recurring-ical-events'. The day of an event is the one on the clock at home, and an
event without a zone is on that clock already.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

import recurring_ical_events  # type: ignore[import-untyped]
from icalendar import Calendar, Event, vDDDTypes
from icalendar.error import GloballyUniqueTZIDGuessed
from icalendar.timezone import tzp

from runmood.journal.plans.files.events import FAULTS, check_event, label_of, mark_places, repeats_oddly, text_of
from runmood.journal.plans.files.session import BadPlanError, PlanFile, calendar_name
from runmood.journal.plans.files.slots import session_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from runmood.journal.plans.files.session import Session, Window

MOST_SESSIONS = 50_000
MOST_RULES = 500
LONGEST_NAME = 100
ONE_DAY = dt.timedelta(days=1)
FOLD = re.compile(rb"\r?\n[ \t]")  # a long line goes on in the next one
ZONE = re.compile(rb"BEGIN:VTIMEZONE.*?(?:END:VTIMEZONE|\Z)", re.DOTALL | re.IGNORECASE)
STEP = re.compile(rb"FREQ=([A-Z]*)")


def read_calendar(content: bytes, name: str, window: Window) -> PlanFile:
    """The sessions of a calendar, from a year before today to a year after."""
    calendars = _parsed(content, name)
    events = [event for calendar in calendars for event in calendar.events]
    mark_places(events, content)
    for event in events:
        check_event(event, name)
    _check_rules(events, name)
    odd = [event for event in events if repeats_oddly(event)]
    _tell_apart(events)
    return PlanFile(
        calendar=_name_of(calendars) or calendar_name(name),
        sessions=_written_out(calendars, name, window),
        left_out=tuple(f"{label_of(event)}: repeats in a way that no plan of a week does" for event in odd),
        remarks=tuple(_unknown_zones(events)),
    )


def _parsed(content: bytes, name: str) -> list[Calendar]:
    if b"END:VCALENDAR" not in content.upper():
        raise BadPlanError(name, "it breaks off before END:VCALENDAR; download it again")
    _check_zones(content, name)
    tzp.use_default()  # the zones of a file are its own: the library would keep those of the last one
    try:
        with warnings.catch_warnings():  # a zone's name after a maker's prefix is taken for that zone, as it should be
            warnings.simplefilter("ignore", GloballyUniqueTZIDGuessed)
            parsed = Calendar.from_ical(content.removeprefix(b"\xef\xbb\xbf"), multiple=True)
    except FAULTS as fault:
        raise BadPlanError(name, f"it is no calendar that can be read ({fault})") from fault
    calendars = [each for each in parsed if isinstance(each, Calendar)]
    if len(calendars) < len(parsed):
        raise BadPlanError(name, "parts of it stand outside any calendar")
    return calendars


def _check_zones(content: bytes, name: str) -> None:
    """Nothing, or `BadPlanError` for a zone whose clock changes other than by the year: it would never be read."""
    for zone in ZONE.findall(FOLD.sub(b"", content)):
        if set(STEP.findall(zone.upper())) - {b"YEARLY"} or b"INTERVAL=0" in zone.upper():
            raise BadPlanError(name, "a time zone in it changes its clock more than some times a year")


def _check_rules(events: list[Event], name: str) -> None:
    rules = sum("RRULE" in event for event in events)
    if rules > MOST_RULES:
        raise BadPlanError(name, f"it holds {rules} repeated events, more than the {MOST_RULES} that a plan can need")


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
        raise BadPlanError(name, f"its events cannot be put on days ({fault})") from fault
    if len(sessions) > MOST_SESSIONS:
        raise BadPlanError(name, f"it holds more than {MOST_SESSIONS} events in two years, which is no plan to run by")
    return sessions


def _sessions(calendars: Sequence[Calendar], window: Window) -> Iterator[Session]:
    begin = dt.datetime.combine(window.first, dt.time(), window.zone)
    end = dt.datetime.combine(window.last + ONE_DAY, dt.time(), window.zone)
    for calendar in calendars:
        called_off = text_of(calendar, "METHOD").upper() == "CANCEL"
        calendar.subcomponents = [
            each for each in calendar.subcomponents if not (isinstance(each, Event) and repeats_oddly(each))
        ]
        for series in recurring_ical_events.of(calendar).series:
            for occurrence in series.between(begin, end):
                event = occurrence.as_component(keep_recurrence_attributes=False)
                yield session_of(event, window, called_off=called_off)


def _name_of(calendars: Sequence[Calendar]) -> str:
    """What the calendar calls itself."""
    names = (text_of(calendar, item) for calendar in calendars for item in ("X-WR-CALNAME", "NAME"))
    return next(filter(None, names), "")[:LONGEST_NAME]


def _unknown_zones(events: list[Event]) -> Iterator[str]:
    """A remark for each zone that neither the file nor the computer knows."""
    unknown = Counter(filter(None, map(_unknown_zone, events)))
    for zone, count in unknown.items():
        yield f"The time zone {zone} is unknown; its events ({count}) were taken by the clock at home."


def _unknown_zone(event: Event) -> str | None:
    """The zone that an event names, where reading it came to none."""
    start = event["DTSTART"]
    known = not isinstance(start, vDDDTypes) or not isinstance(start.dt, dt.datetime) or start.dt.tzinfo
    return None if known else start.params.get("TZID")
