"""Apple's State of Mind, as Health Auto Export writes it: JSON, and a CSV of the same names.

How sure: the JSON is in the app's own document; the CSV is known from a program that reads it. The mood of a day and
that of a moment are never averaged together, so each has a source of its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from runmood.core.enums import CheckInKind
from runmood.core.i18n import message
from runmood.journal.imports.documents import entry_sheet, parts_of, texts_of, value_of
from runmood.journal.imports.formats import MARK, App, ExportFormat, FieldMapping, Part, SourceScale
from runmood.journal.imports.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping


APPLE_MOMENT = ExportFormat(
    source="apple-momentary-emotion",
    how_sure="V",
    known_by=frozenset(),
    items={"mood": FieldMapping("valence", SourceScale(-1, 1, "high"))},
    date=("start",),
    tags=("labels", "associations"),
    between_tags=MARK,
    kept=("kind",),
)
APPLE_DAY = replace(APPLE_MOMENT, source="apple-daily-mood", kind=CheckInKind.EVENING, whole_day=True)
APPLE_OTHER = replace(
    APPLE_MOMENT,
    source="apple-state-of-mind",
    remarks=(message("import.moods.of_no_kind"),),
)
BY_KIND = {"dailymood": APPLE_DAY, "momentaryemotion": APPLE_MOMENT}
IN_CSV = frozenset({"start", "kind", "labels", "associations", "valence"})


def _of_document(document: object, _name: str) -> tuple[Part, ...] | None:
    data = document.get("data") if isinstance(document, dict) else None
    if not isinstance(data, dict) or "stateOfMind" not in data:
        return None
    return _parts(entry_sheet(parts_of(data, "stateOfMind"), _cells), MARK)


def _cells(entry: Mapping[str, Any]) -> dict[str, str]:
    return {
        "start": value_of(entry, "start", str),
        "valence": str(entry.get("valence", "")),
        "kind": value_of(entry, "kind", str, ""),
        "labels": texts_of(entry, "labels"),
        "associations": texts_of(entry, "associations"),
    }


def _of_sheet(sheet: Sheet) -> tuple[Part, ...] | None:
    return _parts(sheet, "|") if {column.lower() for column in sheet.columns} >= IN_CSV else None


def _parts(sheet: Sheet, between_tags: str) -> tuple[Part, ...]:
    """Return the entries by their kind, which is written in several ways."""
    kinds = [_layout(row.cells.get("kind", "")) for row in sheet.rows]
    layouts = {layout.source: layout for layout in kinds} or {APPLE_OTHER.source: APPLE_OTHER}
    return tuple(
        Part(
            replace(layout, between_tags=between_tags),
            Sheet(
                sheet.columns,
                tuple(row for row, kind in zip(sheet.rows, kinds, strict=True) if kind.source == source),
                sheet.set_aside if number == 0 else (),
            ),
            APPLE_OTHER.source,
        )
        for number, (source, layout) in enumerate(layouts.items())
    )


def _layout(kind: str) -> ExportFormat:
    return BY_KIND.get(kind.replace("_", "").replace(" ", "").lower(), APPLE_OTHER)


APPS = (
    App(
        "Apple State of Mind (JSON or CSV of Health Auto Export)",
        formats=(APPLE_MOMENT, APPLE_DAY, APPLE_OTHER),
        of_sheet=_of_sheet,
        of_document=_of_document,
    ),
)
