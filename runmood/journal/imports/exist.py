"""Exist: one file a thing it follows, all alike. Known from programs that read it; the scale from its help pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from runmood.core.enums import CheckInKind
from runmood.core.errors import CsvFormatError
from runmood.core.i18n import message
from runmood.journal.imports.documents import entry_sheet, number_text, value_of
from runmood.journal.imports.formats import App, ExportFormat, Part, scales_from_one

if TYPE_CHECKING:
    from collections.abc import Mapping


EXIST = ExportFormat(
    source="exist",
    how_sure="P",
    known_by=frozenset(),
    items=scales_from_one(9, best_high="mood=value"),
    date=("date",),
    kind=CheckInKind.EVENING,
    remarks=(message("import.moods.evenings"),),
)
NAMES = ("data_mood_2", "data_mood.", "mood.", "mood_2")


def _of_document(document: object, name: str) -> tuple[Part, ...] | None:
    if not isinstance(document, list) or not document or not all(map(_is_a_day, document)):
        return None
    if not name.lower().startswith(NAMES):
        raise CsvFormatError(message("error.moods.other_of_exist", file=name))
    return (Part(EXIST, entry_sheet(document, _cells)),)


def _is_a_day(each: object) -> bool:
    return isinstance(each, dict) and set(each) == {"date", "value"}


def _cells(day: Mapping[str, Any]) -> dict[str, str]:
    return {"date": value_of(day, "date", str), "value": number_text(day, "value")}


APPS = (App("Exist (data_mood_*.json)", formats=(EXIST,), of_document=_of_document),)
