"""What a person kept elsewhere: an app's export comes in, entries for the journal go out, or nothing and a sentence.

    read_export(content, name, zone, mapping)  -> Export; CsvFormatError says why a file gives nothing,
                                                  NeedsMappingError also carries a mapping for the person to fill in
    read_known_export(content, name, zone, confirmed)  -> the same by one of the mappings confirmed before, and which
    mapping_from_toml(content)                 -> the mapping that they filled in
    compare(entries, told)                     -> what of it is new, and each moment on which file and journal disagree

The content is looked at, not the file's name. Nothing is guessed: a word without a rank, a scale without a direction
stops the import. Every app's columns, scales and words stand in `layouts.py`; `docs/imports.md` says how sure each is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.errors import CsvFormatError
from runmood.journal.checkin_files import check_ins_from_csv
from runmood.journal.imports.compare import Export, NeedsMappingError
from runmood.journal.imports.layouts import ANY_SHEET, KNOWN, NO_MOOD, SHEETS
from runmood.journal.imports.mapping import ColumnMapping, apply_mapping, mapping_template
from runmood.journal.imports.parsers import (
    backup_text,
    document_of,
    fits_a_shorter_scale,
    read_rows,
    sheet_of,
    text_of,
    unknown_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from runmood.journal.imports.layouts import ExportFormat
    from runmood.journal.imports.parsers import Sheet


OUR_OWN = frozenset({"date", "kind", "mood"})
XML = (
    "This is XML. Apple's own export.xml holds no State of Mind; export it with Health Auto Export as JSON. "
    "A GPX or TCX file is a run: use runmood import."
)


def read_export(content: bytes, name: str, zone: ZoneInfo, mapping: ColumnMapping | None = None) -> Export:
    """Return the check-ins of an export, said at the moment they speak of; a time without a zone is taken in `zone`.

    Raises:
        CsvFormatError: something in the file cannot be understood; it is all of the file or nothing.
    """
    text = backup_text(content) if content.startswith(b"PK") else text_of(content)
    first = text.lstrip()[:1]
    if not first:
        raise CsvFormatError("The file is empty.")
    if first == "<":
        raise CsvFormatError(XML)
    if first in "{[":
        return _read_document(text, name, zone, mapping)
    sheet = sheet_of(text)
    header = {column.lower() for column in sheet.columns}
    if header >= OUR_OWN and not (mapping and mapping.columns):
        return Export("csv", tuple(check_ins_from_csv(text.encode(), zone)), "V")
    return _read_sheet(sheet, zone, mapping)


def read_known_export(
    content: bytes, name: str, zone: ZoneInfo, confirmed: Iterable[ColumnMapping]
) -> tuple[Export, ColumnMapping | None]:
    """Return the export by the mapping that was confirmed for its source before; without one where there is none.

    A word that the confirmed mapping lacks is asked for, with all that was answered before.

    Raises:
        TypeError: nothing was asked and nothing read, which is a fault in the code.
    """
    export, missing = None, None
    try:
        export = read_export(content, name, zone)
        source = export.source
    except NeedsMappingError as fault:
        missing, source = fault, fault.source
    for mapping in confirmed:
        if mapping.source == source or (source == ANY_SHEET.source and missing and mapping.columns):
            try:
                return read_export(content, name, zone, mapping), mapping
            except NeedsMappingError as fault:
                missing = fault
            except CsvFormatError:
                continue  # it is of another sheet
    if missing:
        raise missing
    if export is None:
        raise TypeError("an export is read, or it says what it lacks")
    return export, None


def _read_document(text: str, name: str, zone: ZoneInfo, mapping: ColumnMapping | None) -> Export:
    document = document_of(text, name)
    wanted = replace(mapping, source="", columns={}) if mapping else None  # a document has no columns to choose from
    parts = [read_rows(rows, apply_mapping(layout, wanted), zone) for layout, rows in document.parts]
    entries = tuple(entry for part in parts for entry in part.entries)
    remarks = dict.fromkeys(remark for part in parts for remark in part.remarks)
    how_sure = max((part.how_sure for part in parts), default="V", key="VPU".index)
    return Export(document.source, entries, how_sure, tuple(remarks))


def _read_sheet(sheet: Sheet, zone: ZoneInfo, mapping: ColumnMapping | None) -> Export:
    _check_columns(sheet, mapping)
    known = _layout_of(sheet, mapping)
    layout = apply_mapping(known, mapping)
    if "mood" not in layout.items or not layout.date:
        raise NeedsMappingError(_which_is_the_mood(known), known.source, mapping_template(known, sheet, (), mapping))
    words = unknown_words(sheet.rows, layout)
    if words:
        listed = ", ".join(f'"{word}"' for word in words)
        sentence = f"{known.why_unranked} Nothing was taken; say what each is worth: {listed}.".lstrip()
        raise NeedsMappingError(sentence, known.source, mapping_template(known, sheet, words, mapping))
    if not (mapping and "mood" in mapping.scales) and fits_a_shorter_scale(sheet.rows, layout):
        sentence = (
            f"No mood in this file is above {layout.sure_above:g}, so its scale may be 1-{layout.sure_above:g} "
            f"or {layout.items['mood'].scale}. Nothing was taken; say which."
        )
        raise NeedsMappingError(sentence, known.source, mapping_template(known, sheet, (), mapping))
    return read_rows(sheet.rows, layout, zone)


def _check_columns(sheet: Sheet, mapping: ColumnMapping | None) -> None:
    named = set(mapping.columns.values()) if mapping else set()
    strange = named - {column.lower() for column in sheet.columns}
    if strange:
        raise CsvFormatError(
            f"The mapping names columns that the file has not: {', '.join(sorted(strange))}. "
            f"It has: {', '.join(sheet.columns)}. Nothing was taken."
        )


def _layout_of(sheet: Sheet, mapping: ColumnMapping | None) -> ExportFormat:
    header = {column.lower() for column in sheet.columns}
    if mapping and "mood" in mapping.columns and "date" in mapping.columns:
        return next((layout for layout in SHEETS if layout.source == mapping.source), ANY_SHEET)
    for columns, sentence in NO_MOOD.items():
        if header >= columns:
            raise CsvFormatError(sentence)
    return next((layout for layout in SHEETS if header >= layout.known_by), ANY_SHEET)


def _which_is_the_mood(layout: ExportFormat) -> str:
    if layout is ANY_SHEET:
        return f"This file is of no kind that runmood knows. It knows: {KNOWN}; and any CSV, once you say what is what."
    return f"In {layout.source} a person names the sliders: say which one is the mood. Nothing was taken."
