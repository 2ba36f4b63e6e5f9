from __future__ import annotations

import contextlib
import datetime as dt
import json
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as some

from runmood.core.errors import UserError
from runmood.journal.codec import from_line, to_line
from runmood.journal.plans import read_plan
from runmood.journal.plans.classify import Choice
from runmood.journal.plans.models import Window
from runmood.journal.plans.versions import changes_of

LISBON = ZoneInfo("Europe/Lisbon")
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=LISBON)
ITEMS = (
    "BEGIN:VEVENT",
    "END:VEVENT",
    "BEGIN:VTIMEZONE",
    "END:VTIMEZONE",
    "TZID:Somewhere",
    "UID:1",
    "DTSTART:20261201",
    "DTSTART;TZID=Somewhere:20261201T070000",
    "DTSTART:20261201T070000Z",
    "DTSTART:99991231T235959Z",
    "DTSTART:00010101",
    "DTEND:20261202",
    "DTEND:99991231",
    "DURATION:-P1D",
    "DURATION:P99999999D",
    "RRULE:FREQ=WEEKLY",
    "RRULE:FREQ=DAILY;COUNT=-1",
    "RRULE:FREQ=MONTHLY;BYDAY=5SU",
    "RRULE:UNTIL=20270101",
    "RDATE:20261205",
    "RDATE;VALUE=PERIOD:20261205T060000Z/PT1H",
    "EXDATE:20261208T070000",
    "RECURRENCE-ID:20261208",
    "SUMMARY:Run 8 km",
    'SUMMARY;X="',
    "CATEGORIES:,",
    "STATUS:CANCELLED",
    "SEQUENCE:x",
    "CALSCALE:JULIAN",
    "X-WORKOUT-ESTIMATED-DURATION:NaN",
)
CALENDARS = some.lists(some.sampled_from(ITEMS) | some.text(max_size=20), max_size=20).map(
    lambda items: "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *items, "END:VEVENT", "END:VCALENDAR"]).encode()
)
CELLS = some.sampled_from(["2026-12-01", "run", "rest", "8,5", "", '"', "-1", "nan", "inf", "9999-01-01", "Day Off"])
HEADERS = some.sampled_from(["date,planned", "date,planned,distance_km,name", "Title,WorkoutType,WorkoutDay"])
SHEETS = some.tuples(HEADERS, some.lists(some.lists(CELLS, max_size=5).map(",".join), max_size=4)).map(
    lambda sheet: "\n".join([sheet[0], *sheet[1]]).encode()
)
VALUES = some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=5)
FIELDS = some.sampled_from(["start_date_local", "category", "type", "name", "moving_time", "distance", "description"])
EVENTS = some.lists(
    some.dictionaries(FIELDS, VALUES).map(
        lambda event: {"start_date_local": "2026-12-01", "category": "WORKOUT"} | event
    )
).map(lambda events: json.dumps(events).encode())


@settings(max_examples=300, deadline=None)
@given(some.one_of(some.binary(max_size=200), CALENDARS, SHEETS, EVENTS))
def test_any_bytes_are_a_plan_or_a_sentence(content: bytes) -> None:
    """A file is read whole, and the journal can read what it says; or one sentence says why not."""
    with contextlib.suppress(UserError):
        draft = read_plan(content, "plan", Window(NOW.date(), LISBON), Choice())
        for said in changes_of(draft, (), NOW, LISBON).said(NOW):
            assert from_line(to_line(said)).entry == said.entry
