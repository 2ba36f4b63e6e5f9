"""What a person kept elsewhere: an app's export comes in, entries for the journal go out, or nothing and a sentence.

    read_export(content, name, zone, mapping)  -> Export; CsvFormatError says why a file gives nothing,
                                                  NeedsMappingError also carries a mapping for the person to fill in
    read_known_export(content, name, zone, confirmed)  -> the same by one of the mappings confirmed before, and which
    mapping_from_toml(content)                 -> the mapping that they filled in
    compare(entries, told)                     -> what of it is new, and each moment on which file and journal disagree

The content is looked at, not the file's name. Nothing is guessed: a word without a rank, a scale without a direction, a
date that could be two stop the import. A row that cannot be read is set aside with its reason. Each app is a
declaration in `declared.py` or a module named in `formats.py`; `docs/imports.md` says how sure each is.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.errors import CsvFormatError
from runmood.core.i18n import message
from runmood.journal.checkin_files import check_ins_from_csv
from runmood.journal.codec import id_of
from runmood.journal.imports.compare import Export, NeedsMappingError
from runmood.journal.imports.documents import document_of, unknown_document
from runmood.journal.imports.formats import ANY_SHEET, Part, apps, formats, known_titles
from runmood.journal.imports.mapping import ColumnMapping, apply_mapping, draft_mapping
from runmood.journal.imports.moments import UNDECIDED, order_in
from runmood.journal.imports.rows import dates_in, fits_a_shorter_scale, numbers_of, read_part, unknown_words
from runmood.journal.imports.sheets import Sheet, sheet_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    from runmood.core.i18n import Message
    from runmood.journal.imports.formats import ExportFormat


OUR_OWN = frozenset({"date", "kind", "mood"})
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    KeyError,
)


def read_export(content: bytes, name: str, zone: ZoneInfo, mapping: ColumnMapping | None = None) -> Export:
    """Return the check-ins of an export, said at the moment they speak of; a time without a zone is taken in `zone`.

    Raises:
        CsvFormatError: something in the file cannot be understood; nothing of it is taken.
    """
    text, name = (_unpacked(content)) if content.startswith(b"PK") else (text_of(content), name)
    first = text.lstrip()[:1]
    if not first:
        raise CsvFormatError(message("error.moods.empty"))
    if first == "<":
        raise CsvFormatError(message("error.moods.xml"))
    if first in "{[":
        return _joined([_read_part(part, name, zone, mapping) for part in _parts_of_document(text, name)])
    sheet = sheet_of(text)
    header = {column.lower() for column in sheet.columns}
    if header >= OUR_OWN and not (mapping and mapping.columns):
        entries = tuple(check_ins_from_csv(text.encode(), zone))
        return Export("csv", entries, "V", by_clock=frozenset(map(id_of, entries)))
    return _joined([_read_part(part, name, zone, mapping) for part in _parts_of_sheet(sheet, mapping)])


def read_known_export(
    content: bytes, name: str, zone: ZoneInfo, confirmed: Iterable[ColumnMapping]
) -> tuple[Export, ColumnMapping | None]:
    """Return the export by the mapping that was confirmed for its source before; without one where there is none.

    A sheet of no known app is read only by a mapping that was confirmed for its header (see `ColumnMapping.fits`). A
    word that the confirmed mapping lacks is asked for, with all that was answered before.

    Raises:
        TypeError: nothing was asked and nothing read, which is a fault in the code.
    """
    export, missing = None, None
    try:
        export = read_export(content, name, zone)
        source = export.source
    except NeedsMappingError as fault:
        missing, source = fault, fault.source
    fitting = [each for each in confirmed if each.fits(source, missing.asked.header if missing else (), name)]
    for mapping in fitting if len(fitting) == 1 or source != ANY_SHEET.source else ():
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


def packed_notes(notes: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the notes of a folder, each with its name, as the archive that `read_export` reads."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in notes:
            archive.writestr(name, content)
    return packed.getvalue()


def _unpacked(content: bytes) -> tuple[str, str]:
    """Return text and name of the file that counts in an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for app in apps():
                if app.of_package and (found := app.of_package(archive)):
                    return found[1], found[0]
    except DAMAGED as fault:
        raise CsvFormatError(message("error.moods.damaged")) from fault
    raise CsvFormatError(message("error.moods.unknown_zip", known=known_titles()))


def _parts_of_document(text: str, name: str) -> Sequence[Part]:
    document = document_of(text)
    for app in apps():
        if app.of_document and (parts := app.of_document(document, name)) is not None:
            return parts
    raise unknown_document()


def _parts_of_sheet(sheet: Sheet, mapping: ColumnMapping | None) -> Sequence[Part]:
    header = {column.lower() for column in sheet.columns}
    layouts = [layout for app in apps() for layout in app.formats if layout.known_by and header >= layout.known_by]
    whole = mapping and mapping.source and {"date", "mood"} <= mapping.columns.keys()
    if mapping and whole and mapping.source not in {layout.source for layout in formats()}:
        return (Part(ANY_SHEET, sheet),)  # the person's own source, whatever its columns are called
    for app in apps():
        if app.of_sheet and (parts := app.of_sheet(sheet)) is not None:
            return parts
        for columns, sentence in app.without_mood.items():
            if header >= columns:
                raise CsvFormatError(sentence)
    return (Part(layouts[0] if layouts else ANY_SHEET, sheet),)


def _read_part(part: Part, name: str, zone: ZoneInfo, mapping: ColumnMapping | None) -> Export:
    known, sheet = part.layout, part.sheet
    if mapping and not (known.known_by or known.asks_columns or known.asks_scale):
        mapping = replace(mapping, source="", columns={})  # its columns are the app's, and no person's to choose
    _check_columns(sheet, mapping)
    layout = apply_mapping(known, mapping)
    sentence = _what_is_missing(known, layout, sheet, mapping)
    order = layout.date_order or order_in(dates_in(sheet.rows, layout)) if not layout.date_format else ""
    words: list[str] = []
    if not sentence:
        words = unknown_words(sheet.rows, layout)
        if words:
            listed = ", ".join(f'"{word}"' for word in words)
            sentence = message("error.moods.no_worth", words=listed)
            if known.why_unranked:
                sentence = message("error.moods.because", why=known.why_unranked, then=sentence)
        elif order == UNDECIDED:
            sentence = message("error.moods.undecided")
    if sentence and len(sheet.columns) > 1 and not sheet.rows:
        raise CsvFormatError(message("error.moods.no_rows"))
    if sentence:
        raise NeedsMappingError(sentence, known.source, draft_mapping(known, sheet, words, mapping, (name, order)))
    export = read_part(Part(replace(layout, date_order=order), sheet), zone)
    return replace(export, source=part.source) if part.source else export


def _what_is_missing(
    known: ExportFormat, layout: ExportFormat, sheet: Sheet, mapping: ColumnMapping | None
) -> Message | None:
    """Return the sentence on what only the person can say of columns and scales; null where nothing is missing."""
    if "mood" not in layout.items or not layout.date:
        return _which_is_the_mood(known)
    if layout.asks_scale and not layout.items["mood"].scale and numbers_of(sheet.rows, layout):
        return message("error.moods.own_numbers")
    if not (mapping and "mood" in mapping.scales) and fits_a_shorter_scale(sheet.rows, layout):
        above = f"{layout.sure_above:g}"
        return message("error.moods.which_scale", above=above, scale=f"{layout.items['mood'].scale}")
    return None


def _joined(exports: Sequence[Export]) -> Export:
    """Return the parts of one file as one export."""
    if len(exports) == 1:
        return exports[0]
    return Export(
        exports[0].source,
        tuple(entry for export in exports for entry in export.entries),
        max((export.how_sure for export in exports), key="VPU".index),
        tuple(dict.fromkeys(remark for export in exports for remark in export.remarks)),
        tuple(each for export in exports for each in export.set_aside),
        frozenset().union(*(export.by_clock for export in exports)),
        tuple(layout for export in exports for layout in export.layouts),
    )


def _check_columns(sheet: Sheet, mapping: ColumnMapping | None) -> None:
    named = {column for columns in mapping.columns.values() for column in columns} if mapping else set()
    strange = named - {column.lower() for column in sheet.columns}
    if strange:
        names, has = ", ".join(sorted(strange)), ", ".join(sheet.columns)
        raise CsvFormatError(message("error.mapping.no_columns", names=names, has=has))


def _which_is_the_mood(layout: ExportFormat) -> Message:
    if layout is ANY_SHEET:
        return message("error.moods.unknown_sheet", known=known_titles())
    return message("error.moods.which_column", source=layout.source)
