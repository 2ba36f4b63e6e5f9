"""Obsidian's daily notes: a folder of Markdown files, or a zip of it, each named after its day.

How sure: front matter is Obsidian's own; what stands in it is the person's. A mood is `mood: 7` there, or a line
`mood:: 7`; its scale is asked for. The text of a note stays where it is, unless the mapping names the column `body`.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from runmood.core.enums import CheckInKind
from runmood.core.i18n import message
from runmood.journal.imports.documents import (
    entry_sheet,
    fields_in,
    front_matter,
    member_text,
    members_named,
    parts_of,
    value_of,
    without_maximum,
)
from runmood.journal.imports.formats import MARK, App, ExportFormat, FieldMapping, Part

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zipfile import ZipFile


OBSIDIAN = ExportFormat(
    source="obsidian",
    how_sure="V",
    known_by=frozenset(),
    items={"mood": FieldMapping("mood")},
    date=("date",),
    kind=CheckInKind.EVENING,
    tags=("tags",),
    between_tags=MARK,
    asks_scale=True,
    why_unranked=message("error.moods.unranked.obsidian"),
)
DAY = re.compile(r"(?<!\d)(\d{4})[-_. ]?(\d{2})[-_. ]?(\d{2})(?!\d)")
NOTES = "markdown notes"


def _of_document(document: object, _name: str) -> tuple[Part, ...] | None:
    if not isinstance(document, dict) or NOTES not in document:
        return None
    return (Part(OBSIDIAN, entry_sheet(parts_of(document, NOTES), _cells, "note")),)


def _cells(note: Mapping[str, Any]) -> dict[str, str]:
    name, text = value_of(note, "name", str), value_of(note, "text", str)
    values, body = front_matter(text)
    values = {**fields_in(body), **values}
    day = DAY.search(PurePosixPath(name).stem)
    said = values.get("date") or values.get("created") or ""
    date = "-".join(day.groups()) if day else said
    return values | {"date": date, "mood": without_maximum(values.get("mood", "")), "body": body.strip()}


def _of_package(archive: ZipFile) -> tuple[str, str] | None:
    """Return the notes whose name or front matter says a day, as one document."""
    notes = [{"name": name, "text": member_text(archive, name)} for name in members_named(archive, ".md")]
    daily = [note for note in notes if DAY.search(PurePosixPath(note["name"]).stem) or "\ndate:" in note["text"]]
    return ("notes.json", json.dumps({NOTES: daily})) if daily else None


APPS = (App("Obsidian (a folder of daily notes)", (OBSIDIAN,), of_document=_of_document, of_package=_of_package),)
