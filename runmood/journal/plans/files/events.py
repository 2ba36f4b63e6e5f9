"""One event of a calendar: where it stands, whether it can be read, and whether its rule can be followed."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from icalendar import vDDDTypes

from runmood.journal.plans.files.session import BadPlanError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from icalendar import Component, Event
    from icalendar.prop import vRecur

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
        event[PLACE] = f"line {line}"


def check_event(event: Event, name: str) -> None:
    """Nothing, or `BadPlanError` naming the event that says no day, says it twice, or says it in no known way."""
    faults = [fault for item, fault in event.errors if item in NEEDED]
    faults += [f"it says {item} twice" for item in ONCE if isinstance(event.get(item), list)]
    if not faults:
        faults = _faults_of_its_time(event)
    if faults:
        raise BadPlanError(name, f"{label_of(event)}: {faults[0].removesuffix('.')}")


def _faults_of_its_time(event: Event) -> list[str]:
    if "DTSTART" not in event:
        return ["it has no DTSTART"]
    try:
        _ = event.end - event.start
    except FAULTS as fault:
        return [str(fault)]
    return []


def label_of(event: Event) -> str:
    """An event as a person finds it again: where it stands and what it is called."""
    place, title = text_of(event, PLACE) or "an event", text_of(event, "SUMMARY")
    return f"{place} ({title})" if title else place


def text_of(component: Component, item: str) -> str:
    """What stands under a name, as text; of several the first; empty where there is none."""
    value = component.get(item, "")
    return str(value[0] if isinstance(value, list) and value else value).strip()


def repeats_oddly(event: Event) -> bool:
    """Whether a rule of the event, or its place in a series, is none that a plan of a week would have."""
    rules = event.get("RRULE", [])
    odd = any(_odd(rule, event) for rule in (rules if isinstance(rules, list) else [rules]))
    return odd or _is_moved_by_years(event)


def _is_moved_by_years(event: Event) -> bool:
    """Whether one of a series says that it stands for one of another time: looking for it would take as long."""
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
