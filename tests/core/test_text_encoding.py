"""Texts as people's programs save them: the letters are theirs in any of the encodings that are common."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from runmood.core.checkins import CheckIn
from runmood.core.text_encoding import as_text, as_utf8, encoding_of
from runmood.journal.checkin_files import check_ins_from_file
from runmood.journal.imports import read_export
from runmood.journal.plans import read_plan
from runmood.journal.plans.classify import Choice
from runmood.journal.plans.models import Window

SAVED_AS = ["utf-8", "utf-8-sig", "utf-16", "cp1252"]
HOME = ZoneInfo("Europe/Berlin")
DAY = dt.date(2026, 12, 1)
NOTE = "müde, aber glücklich \N{EN DASH} schön"
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
X-WR-CALNAME:Läufe
BEGIN:VEVENT
UID:1
DTSTART:20261201T070000
SUMMARY:Lauf für Anfänger 5 km
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize("encoding", SAVED_AS)
def test_a_calendar_keeps_its_letters(encoding: str) -> None:
    """Its titles and its name are as they were written."""
    planned = read_plan(CALENDAR.replace("\n", "\r\n").encode(encoding), "plan.ics", Window(DAY, HOME), Choice())
    assert [(day.name, day.distance_m, day.calendar) for day in planned.days.values()] == [
        ("Lauf für Anfänger 5 km", 5000.0, "Läufe")
    ]


@pytest.mark.parametrize("encoding", SAVED_AS)
def test_a_plan_of_a_spreadsheet_keeps_its_letters(encoding: str) -> None:
    """So are those of a table."""
    table = "date;planned;distance_km;name\n2026-12-01;run;5;Lauf für Anfänger\n"
    planned = read_plan(table.encode(encoding), "plan.csv", Window(DAY, HOME), Choice())
    assert [day.name for day in planned.days.values()] == ["Lauf für Anfänger"]


@pytest.mark.parametrize("encoding", SAVED_AS)
def test_check_ins_keep_their_letters(encoding: str) -> None:
    """So are those of a note in our own sheet, which one may fill in with a spreadsheet."""
    table = f'date,kind,mood,note\n2026-11-01,evening,7,"{NOTE}"\n'
    said = check_ins_from_file(table.encode(encoding), "said.csv", HOME)
    assert said
    assert [each.entry.note for each in said if isinstance(each.entry, CheckIn)] == [NOTE]


@pytest.mark.parametrize("encoding", SAVED_AS)
def test_moods_of_another_app_keep_their_letters(encoding: str) -> None:
    """So are those of an app's export that a spreadsheet saved again; it used to be refused as no text."""
    table = (
        f'full_date,date,weekday,time,mood,activities,note_title,note\n2026-02-08,8 Feb,Sunday,18:43,good,,,"{NOTE}"\n'
    )
    (said,) = read_export(table.encode(encoding), "daylio.csv", HOME, None).entries
    assert isinstance(said.entry, CheckIn)
    assert said.entry.note == NOTE


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"mood\n7\n", "utf-8-sig"),
        ("m\N{LATIN SMALL LETTER U WITH DIAERESIS}de".encode(), "utf-8-sig"),
        ("\N{REPLACEMENT CHARACTER}".encode(), "utf-8-sig"),
        (b"m\xfcde", "cp1252"),
        ("schön".encode() + b" m\xfcde", None),
        (b"\x0e\x10\xfc\x00.FIT", None),
        (b"m\x81de", None),
    ],
)
def test_what_is_taken_for_what(content: bytes, encoding: str | None) -> None:
    """One bad byte does not turn a text of UTF-8 into another, and bytes of a watch are no text."""
    assert encoding_of(content) == encoding
    if encoding is None:
        assert as_utf8(content) == content
    assert as_utf8(as_utf8(content)) == as_utf8(content)
    assert as_text(as_utf8(content)) == as_text(content)
