"""Exports damaged in every way: an answer or a sentence, never a crash."""

from __future__ import annotations

import base64
import io
import json
import tomllib
import zipfile
from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runmood.core.errors import CsvFormatError
from runmood.core.i18n import translator
from runmood.journal.codec import from_line, to_line
from runmood.journal.imports import packed_notes, read_export
from runmood.journal.imports.compare import NeedsMappingError, compare
from runmood.journal.imports.mapping import mapping_from_toml
from runmood.journal.tables import check_in_rows

ENGLISH = translator("en", "metric")
HOME = ZoneInfo("Europe/Lisbon")


def _backup() -> bytes:
    entry = {"year": 2026, "month": 3, "day": 12, "hour": 21, "minute": 3, "timeZoneOffset": 7200000, "mood": 2}
    document = {
        "customMoods": [{"id": 2, "custom_name": "", "mood_group_id": 2}],
        "tags": [{"id": 1, "name": "run"}],
        "dayEntries": [entry | {"tags": [1], "note": "x", "note_title": ""}],
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("backup.daylio", base64.encodebytes(json.dumps(document).encode()))
    return packed.getvalue()


STATE = {"start": "2026-02-08 14:00:00 -0800", "kind": "daily_mood", "valence": 0.4, "labels": ["Calm"]}
EXPORTS = {
    "a.csv": b"full_date,date,weekday,time,mood,activities,note_title,note\n2026-02-08,8,Sun,5:01 PM,good,a | b,t,n\n",
    "b.csv": b"year,date,weekday,time,mood,activities,note\n2018,June 22,Friday,20:39,good,run,x\n",
    "c.csv": b"date,restingHR,soreness,fatigue,stress,mood,motivation\n2026-02-08,48,2,2,1,2,2\n",
    "d.csv": b"effective_time_frame,fatigue,mood,soreness,stress\n2026-02-07T07:31:40.751Z,2,3,2,0\n",
    "e.csv": b"date formatted,time of day,category,rating/amount,notes\n2026-02-08,pm,Mood,7,x\n",
    "f.csv": b"date,kind,mood\n2026-02-08,evening,6\n",
    "data_mood_2026.json": b'[{"date": "2026-02-06", "value": 6}, {"date": "2026-02-07", "value": null}]',
    "g.json": json.dumps({"data": {"stateOfMind": [STATE]}}).encode(),
    "h.daylio": _backup(),
    "i.csv": b"Date,Day of Week,Hour,Minute,Level,Text\n2026-11-20,Fri,21,5,7,ok\n",
    "j.csv": b"Start,End,Kind,Labels,Associations,Valence\n"
    b"2026-01-09 8:34:06\xe2\x80\xafpm -0500,x,Daily Mood,A | B,,0.5\n",
    "k.json": b'[{"date": "2025-1-31", "type": "Mood", "scores": [4, 3], "notes": "x", "tags": [{"entries": ["a"]}]}]',
}
PIECES = st.sampled_from(
    [b"", b"0", b"9", b"-", b"99999999999", b"null", b"[", b'"', b",", b"\n", b"\xff", b"\0", b"{}"]
)
DAMAGE = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 6), PIECES | st.binary(max_size=4)), max_size=4)


def damaged(content: bytes, damage: list[tuple[float, int, bytes]]) -> bytes:
    """The content with a few stretches replaced."""
    for place, length, piece in damage:
        start = int(place * len(content))
        content = content[:start] + piece + content[start + length :]
    return content


@pytest.mark.parametrize("name", EXPORTS)
def test_the_whole_ones_can_be_read(name: str) -> None:
    """Undamaged, each of them gives one check-in."""
    assert len(read_export(EXPORTS[name], name, HOME).entries) == 1


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from(sorted(EXPORTS)), DAMAGE)
def test_a_damaged_export_is_read_or_refused(name: str, damage: list[tuple[float, int, bytes]]) -> None:
    """Whatever happened to a file, its check-ins can stand in the journal and on the calendar, or there are none."""
    try:
        export = read_export(damaged(EXPORTS[name], damage), name, HOME)
    except CsvFormatError:
        return
    lines = [to_line(said) for said in export.entries]
    told = tuple(from_line(line.encode().decode()) for line in lines)
    assert [each.entry for each in told] == [said.entry for said in export.entries]
    assert len(check_in_rows(told)) == len(export.entries)
    assert (compare(export.entries, told).new, compare(export.entries, told).disagreements) == ((), ())


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"{", b"[", b"\xff\xfe", b"date,mood\n"]))
def test_any_bytes_at_all(junk: bytes, start: bytes) -> None:
    """Bytes of any kind give entries or a sentence."""
    with suppress(CsvFormatError):
        read_export(start + junk, "junk", HOME)


@settings(max_examples=500, deadline=None)
@given(DAMAGE)
def test_a_damaged_mapping_is_read_or_refused(damage: list[tuple[float, int, bytes]]) -> None:
    """A mapping that was edited by hand is understood or refused with a sentence."""
    whole = (
        b'source = "x"\nkind = ""\n[columns]\ndate = "d"\nmood = "m"\n[scales.mood]\nlow = 1\nhigh = 5\nbest = "low"\n'
    )
    with suppress(CsvFormatError):
        read_export(b"d,m\n2026-02-08T18:00,4\n", "mine.csv", HOME, mapping_from_toml(damaged(whole, damage)))


ASKED = {
    "loop.csv": b"Date,Mood,Run,\n2025-01-31,7000,YES_MANUAL,\n2025-02-01,UNKNOWN,NO,\n",
    "Journal.json": b'{"metadata": {"version": "1.0"}, "entries": [{"creationDate": "2026-02-08T03:10:00Z", '
    b'"timeZone": "America/New_York", "text": "x\\nMood: 6/10", "tags": ["mood 8"]}]}',
    "notes.zip": packed_notes([("2026-02-08.md", b"---\nmood: 7\ntags: [a, b]\n---\nmood:: 3\n")]),
    "any.csv": b"when,how\n08/02/2026,6\n09/02/2026,so-so\n",
}
SCALE = b'source = "x"\n[columns]\ndate = "when"\nmood = "how"\n[scales.mood]\nlow = 1\nhigh = 10\nbest = "high"\n'


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(sorted(ASKED)), DAMAGE, st.booleans())
def test_a_damaged_export_that_asks_is_asked_about_or_refused(
    name: str, damage: list[tuple[float, int, bytes]], answered: bool
) -> None:
    """What asks for a scale comes to a draft that can be written down, or to a sentence, whatever is in it."""
    mapping = mapping_from_toml(SCALE if name == "any.csv" else SCALE[SCALE.index(b"[scales") :]) if answered else None
    draft = 'nothing = "asked"'
    try:
        read_export(damaged(ASKED[name], damage), name, HOME, mapping)
    except NeedsMappingError as fault:
        draft = fault.draft(ENGLISH)
    except CsvFormatError:
        return
    assert tomllib.loads(draft)
