from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from zoneinfo import ZoneInfo

import pytest

from runmood.core.errors import CsvFormatError
from runmood.core.i18n import translator
from runmood.journal.imports import read_export

OSLO = ZoneInfo("Europe/Oslo")
DAYLIO = "full_date,date,weekday,time,mood,activities,note_title,note\n"
INTERVALS = "date,restingHR,soreness,fatigue,stress,mood,motivation,sleepQuality\n"
PMSYS = "effective_time_frame,fatigue,mood,readiness,sleep_duration_h,sleep_quality,soreness,soreness_area,stress\n"


def backup(document: object) -> bytes:
    """A Daylio backup around a document."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("backup.daylio", base64.encodebytes(json.dumps(document).encode()))
    return packed.getvalue()


ENTRY = {"year": 2026, "month": 0, "day": 31, "hour": 7, "minute": 5, "timeZoneOffset": -18_000_000, "mood": 9}
BACKUP = {"customMoods": [{"id": 9, "custom_name": "fine", "mood_group_id": 1}], "tags": [], "dayEntries": [ENTRY]}


def test_a_backup_knows_the_rank_and_the_place() -> None:
    """Month 0 is January, the offset is the place's, the group gives the rank; a nameless tag keeps its number."""
    content = backup(BACKUP | {"dayEntries": [ENTRY | {"tags": [4], "note": "half \ud800 a sign"}]})
    (check_in,) = (said.entry for said in read_export(content, "mine.daylio", OSLO).entries)
    assert (check_in.at.isoformat(), check_in.kind, check_in.mood) == ("2026-01-31T07:05:00-05:00", "morning", 10.0)
    assert (check_in.tags, check_in.note) == (("tag 4",), "half ? a sign")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"dayEntries": [ENTRY | {"mood": 3}]}, "Entry 1: its mood 3 is not among the backup's moods"),
        ({"dayEntries": [ENTRY | {"month": 12}]}, "Entry 1: 2026-13-31 7:5 is in no calendar"),
        ({"dayEntries": [ENTRY | {"minute": None}]}, "Entry 1: its minute is None"),
        ({"dayEntries": 7}, "dayEntries is not a list"),
        ({"customMoods": [{"id": 9, "mood_group_id": 6}]}, "Entry 1: mood is 6, outside 1-5"),
        ({"customMoods": [{"id": [9]}]}, r"customMoods: its id is \[9\]"),
    ],
)
def test_a_strange_backup_is_refused(change: dict[str, object], sentence: str) -> None:
    """What is wrong in a backup is named with its place, and nothing is taken."""
    with pytest.raises(CsvFormatError, match=sentence):
        read_export(backup(BACKUP | change), "mine.daylio", OSLO)


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        ("", "a.csv", "The file is empty"),
        ("\ufeff \n", "a.csv", "The file is empty"),
        (f"{DAYLIO}2026-02-08,8 Feb,Sunday,25:00,good,,,\n", "a.csv", "Line 2: '25:00' is not a time of day"),
        (f"{DAYLIO}2026-02-08,8 Feb,Sunday,13:10 pm,good,,,\n", "a.csv", "Line 2: '13:10 pm' is not a time of day"),
        (f"{DAYLIO}08/02/2026,8 Feb,Sunday,18:43,good,,,\n", "a.csv", "Day and month of its dates could be swapped"),
        (f"{DAYLIO}8/2,8 Feb,Sunday,18:43,good,,,\n", "a.csv", "Line 2: '8/2' is not a date like 2026"),
        (f"{DAYLIO}0001-01-01,1 Jan,Monday,00:00,good,,,\n", "a.csv", "Line 2: the year 1 cannot be right"),
        (f"{INTERVALS}2026-02-08,48,2,2,1,5,2,2\n", "a.csv", "Line 2: mood is 5, outside 1-4"),
        (f"{INTERVALS}2026-02-08,48,2,2,0,2,2,2\n", "a.csv", "Line 2: stress is 0, outside 1-4"),
        (f"{INTERVALS}2026-02-08,48,2,2,nan,2,2,2\n", "a.csv", "Line 2: 'nan' is not a number"),
        (f"{INTERVALS}2026-02-08,48,2,2,1,2,2,2,9\n", "a.csv", "Line 2: it has more cells than the header"),
        (f"{PMSYS}2026-02-07,3,3,5,6,3,2,[],3\n", "a.csv", "Line 2: it has no time of day"),
        ('[{"date": "2026-02-06", "value": 12}]', "data_mood_2026.json", "Entry 1: mood is 12, outside 1-9"),
        ('[{"date": "2026-02-06", "value": "fine"}]', "data_mood_2026.json", "Entry 1: its value 'fine' is not a num"),
        ('[{"date": "2026-02-06", "value": true}]', "data_mood_2026.json", "Entry 1: its value True is not a number"),
        ('{"data": {"stateOfMind": [{"start": 5}]}}', "a.json", "Entry 1: its start is 5"),
        ('{"data": {"stateOfMind": [5]}}', "a.json", "stateOfMind is not a list"),
        ('{"data": {"metrics": []}}', "a.json", "no kind that runmood knows. It knows: Daylio"),
        ("[]", "a.json", "no kind that runmood knows"),
        ('{"data": ', "a.json", "begins like JSON but is not"),
        ("what a lovely day", "a.txt", "no kind that runmood knows. It knows: Daylio .* and any CSV"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(text: str, name: str, sentence: str) -> None:
    """A wrong range, an unreadable date, an empty or a strange file: a sentence with the place and what is wrong."""
    with pytest.raises(CsvFormatError, match=sentence) as refused:
        read_export(text.encode(), name, OSLO)
    assert not re.search(sentence, refused.value.spoken(translator("de", "metric")))


def test_bytes_that_are_no_text() -> None:
    """A text with damage, or in an encoding that nobody knows, is not read half right."""
    row = f"{DAYLIO}2026-02-08,8 Feb,Sunday,18:43,good,,,".encode()
    for note in ("schön ".encode() + b"m\xfcde", b"m\x81de"):
        with pytest.raises(CsvFormatError, match="not text in UTF-8"):
            read_export(row + note + b"\n", "a.csv", OSLO)


def test_a_zip_that_is_no_backup() -> None:
    """Any other zip is to be unpacked first; a damaged one is told of as such."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", "x")
    with pytest.raises(CsvFormatError, match="no Daylio backup"):
        read_export(packed.getvalue(), "a.zip", OSLO)
    with pytest.raises(CsvFormatError, match="backup is damaged"):
        read_export(backup(BACKUP)[:-30], "a.daylio", OSLO)
