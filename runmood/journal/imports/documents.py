"""Exports that are no sheets, as rows: the lists and values of a JSON document, checked as they are taken out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from runmood.core.errors import CsvFormatError, WrongValueError, as_message
from runmood.core.i18n import message
from runmood.journal.imports.formats import MARK
from runmood.journal.imports.registry import known_titles
from runmood.journal.imports.sheets import Row, SetAside, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from zipfile import ZipFile

    from runmood.core.i18n import Message


LARGEST_MEMBER = 200_000_000  # bytes unpacked; photographs lie beside it and are not opened
MOST_MEMBERS = 50_000
T = TypeVar("T")


def document_of(text: str) -> object:
    """Return a JSON document; CsvFormatError when it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise CsvFormatError(message("error.moods.no_json")) from fault


def unknown_document() -> CsvFormatError:
    """Return the refusal of a document that no app wrote."""
    return CsvFormatError(message("error.moods.unknown_json", known=known_titles()))


def entry_sheet(
    entries: Iterable[Mapping[str, Any]], cells_of: Callable[[Mapping[str, Any]], dict[str, str]], kind: str = "entry"
) -> Sheet:
    """Return entries as a sheet would have them; one that cannot be read is set aside with its reason."""
    rows, set_aside, columns = [], [], dict[str, None]()
    for number, entry in enumerate(entries, start=1):
        place = message(f"import.moods.place.{kind}", number=str(number))
        try:
            row = _row(place, cells_of(entry))
        except (ValueError, OverflowError) as fault:
            set_aside.append(SetAside(place, as_message(fault), {"entry": shown(entry)}))
        else:
            rows.append(row)
            columns |= dict.fromkeys(row.cells)
    return Sheet(tuple(columns), tuple(rows), tuple(set_aside))


def _row(place: Message, cells: dict[str, str]) -> Row:
    """Return a row; half a sign (a lone surrogate) cannot be written in the journal."""
    whole = {name.lower(): _whole(cell) for name, cell in cells.items()}
    return Row(place, {name: cell for name, cell in whole.items() if cell.strip(MARK)})


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode().strip(" \t\r\n")


def shown(entry: object) -> str:
    """Return an entry as one line of JSON; nothing of one that is nested too deep to be written."""
    try:
        return json.dumps(entry, ensure_ascii=False, default=str).encode("utf-8", "replace").decode()
    except RecursionError:
        return ""


def parts_of(document: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the objects of a list; CsvFormatError when it is none."""
    parts = document.get(name)
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise CsvFormatError(message("error.moods.no_list", name=name))
    return parts


def value_of(entry: Mapping[str, Any], name: str, kind: type[T], otherwise: T | None = None) -> T:
    """Return a value of an entry, of that kind; WrongValueError when it is another."""
    value = entry.get(name, otherwise)
    if value is None:
        value = otherwise
    if not isinstance(value, kind) or isinstance(value, bool):
        raise WrongValueError("its_value", name=name, value=repr(value))
    return value


def number_text(entry: Mapping[str, Any], name: str) -> str:
    """Return a number of an entry as text, empty where there is none; WrongValueError when it is something else."""
    value = entry.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float | None):
        raise WrongValueError("its_number", name=name, value=repr(value))
    return "" if value is None else str(value)


def texts_of(entry: Mapping[str, Any], name: str) -> str:
    """Return a list of an entry with marks between its parts."""
    return MARK.join(map(str, value_of(entry, name, list, [])))


def member_text(archive: ZipFile, name: str) -> str:
    """Return the text of one file of an archive; CsvFormatError when it is too large, ValueError when it is no text."""
    with archive.open(name) as member:
        content = member.read(LARGEST_MEMBER + 1)
    if len(content) > LARGEST_MEMBER:
        raise CsvFormatError(message("error.moods.too_large", file=name, most=LARGEST_MEMBER // 1_000_000))
    return content.decode("utf-8-sig")


def members_named(archive: ZipFile, ending: str) -> list[str]:
    """Return the names of an archive's files with that ending, in its order, without those of the system."""
    names = archive.namelist()[:MOST_MEMBERS]
    return [name for name in names if name.lower().endswith(ending.lower()) and not name.startswith("__MACOSX/")]
