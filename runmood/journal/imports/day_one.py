"""Day One: a JSON of entries, alone or in its zip. It asks for no mood, so only entries that name one are read.

How sure: the document is known from many programs that read it. A mood is what a person writes themselves: a line
`Mood: 7` (or `mood:: 7`) in the text, or a tag such as `mood 7`. Its scale is asked for. Texts stay where they are: a
diary is longer than a note.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from runmood.core.i18n import message
from runmood.journal.imports.documents import (
    entry_sheet,
    fields_in,
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


DAY_ONE = ExportFormat(
    source="day-one",
    how_sure="P",
    known_by=frozenset(),
    items={"mood": FieldMapping("mood")},
    date=("creationdate",),
    tags=("tags",),
    between_tags=MARK,
    asks_scale=True,
    why_unranked=message("error.moods.unranked.day_one"),
)
TAGGED = re.compile(r"mood[\s:_=/-]*(\d+(?:[.,]\d+)?|[^\W\d]+)", re.IGNORECASE)


def _of_document(document: object, _name: str) -> tuple[Part, ...] | None:
    if not isinstance(document, dict) or not {"metadata", "entries"} <= document.keys():
        return None
    return (Part(DAY_ONE, entry_sheet(parts_of(document, "entries"), _cells)),)


def _cells(entry: Mapping[str, Any]) -> dict[str, str]:
    tags = [str(tag) for tag in value_of(entry, "tags", list, [])]
    said = [found[1] for tag in tags if (found := TAGGED.fullmatch(tag.strip()))]
    in_text = fields_in(value_of(entry, "text", str, ""))
    moment, zone = value_of(entry, "creationDate", str), value_of(entry, "timeZone", str, "")
    return in_text | {
        "creationdate": f"{moment}[{zone}]" if zone else moment,
        "mood": without_maximum(in_text.get("mood") or (said[0] if said else "")),
        "tags": MARK.join(tag for tag in tags if not TAGGED.fullmatch(tag.strip())),
    }


def _of_package(archive: ZipFile) -> tuple[str, str] | None:
    """Return the archive's journal; of several the first, as Day One exports them one by one."""
    found = [name for name in members_named(archive, ".json") if "/" not in name]
    for name in found:
        text = member_text(archive, name)
        if '"creationDate"' in text and '"entries"' in text:
            return name, text
    return None


APPS = (App("Day One (JSON or its zip)", (DAY_ONE,), of_document=_of_document, of_package=_of_package),)
