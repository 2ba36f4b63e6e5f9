"""Daylio: its CSV of four ages, and its backup.

How sure: all layouts were seen in files that people published. The CSV's words for moods of one's own carry no rank;
the backup has it. Notes are HTML since 2021.
"""

from __future__ import annotations

import base64
import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from runmood.core.errors import WrongValueError
from runmood.core.i18n import message
from runmood.journal.imports.documents import entry_sheet, member_text, parts_of, value_of
from runmood.journal.imports.formats import MARK, App, ExportFormat, FieldMapping, Part, scales_from_one
from runmood.journal.imports.sheets import at_place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zipfile import ZipFile


BACKUP_FILE = "backup.daylio"
DAYLIO = ExportFormat(
    source="daylio",
    how_sure="V",
    known_by=frozenset({"full_date", "time", "mood", "activities"}),
    items={"mood": FieldMapping("mood")},
    date=("full_date",),
    time=("time",),
    why_unranked=message("error.moods.unranked.daylio"),
    labels={"rad": 10.0, "good": 7.5, "meh": 5.0, "bad": 2.5, "awful": 0.0},
    tags=("activities",),
    notes=("note_title", "note"),
    kept=("scales",),
    markup=True,
)
DAYLIO_2018 = replace(
    DAYLIO,
    known_by=frozenset({"year", "date", "time", "mood", "activities"}),
    date=("year", "date"),
    notes=("note",),
    kept=(),
    markup=False,
)
DAYLIO_BACKUP = ExportFormat(
    source="daylio",
    how_sure="V",
    known_by=frozenset(),
    items=scales_from_one(5, best_low="mood=mood_group"),
    date=("at",),
    tags=("tags",),
    between_tags=MARK,
    notes=("note_title", "note"),
    kept=("mood",),
    markup=True,
)


def _of_document(document: object, _name: str) -> tuple[Part, ...] | None:
    if not isinstance(document, dict) or "dayEntries" not in document:
        return None
    moods, tags = _by_id(document, "customMoods"), _by_id(document, "tags")

    def cells(entry: Mapping[str, Any]) -> dict[str, str]:
        mood = moods.get(value_of(entry, "mood", int))
        if mood is None:
            raise WrongValueError("no_mood_of_it", mood=f"{entry['mood']}")
        return {
            "at": _moment(entry).isoformat(),
            "mood_group": str(value_of(mood, "mood_group_id", int)),
            "mood": str(mood.get("custom_name") or ""),
            "tags": MARK.join(_tag_name(tag, tags) for tag in value_of(entry, "tags", list, [])),
            "note_title": value_of(entry, "note_title", str, ""),
            "note": value_of(entry, "note", str, ""),
        }

    return (Part(DAYLIO_BACKUP, entry_sheet(parts_of(document, "dayEntries"), cells)),)


def _by_id(document: dict[str, Any], name: str) -> dict[int, dict[str, Any]]:
    with at_place(name):
        return {value_of(each, "id", int): each for each in parts_of(document, name)}


def _tag_name(tag: object, tags: dict[int, dict[str, Any]]) -> str:
    """Return what the person calls a tag; one that the backup does not name keeps its number."""
    if not isinstance(tag, int):
        raise WrongValueError("its_number", name="tag", value=repr(tag))
    return str(tags.get(tag, {}).get("name") or f"tag {tag}")


def _moment(entry: Mapping[str, Any]) -> dt.datetime:
    """Return the clock of the place and its offset; months count from 0."""
    year, month, day, hour, minute = (value_of(entry, name, int) for name in ("year", "month", "day", "hour", "minute"))
    beside = value_of(entry, "timeZoneOffset", int)
    try:
        offset = dt.timezone(dt.timedelta(milliseconds=beside))
        return dt.datetime(year, month + 1, day, hour, minute, tzinfo=offset)
    except (ValueError, OverflowError) as fault:
        written = f"{year}-{month + 1}-{day} {hour}:{minute}"
        raise WrongValueError("in_no_calendar", value=written) from fault


def _of_package(archive: ZipFile) -> tuple[str, str] | None:
    """Return the JSON inside a .daylio backup: a zip around base64 around it."""
    if BACKUP_FILE not in archive.namelist():
        return None
    return "backup.json", base64.b64decode(member_text(archive, BACKUP_FILE), validate=False).decode()


APPS = (
    App(
        "Daylio (CSV or .daylio backup)",
        formats=(DAYLIO, DAYLIO_2018, DAYLIO_BACKUP),
        of_document=_of_document,
        of_package=_of_package,
    ),
)
