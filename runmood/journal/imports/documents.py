"""Exports that are no sheets, as rows: values of a JSON document, what is named in a text, notes kept as HTML.

What a person names in a text of their own is the front matter of a note, and lines such as `mood: 7` or `mood:: 7`.
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any, TypeVar

from runmood.core.errors import CsvFormatError, WrongValueError, as_message
from runmood.core.i18n import message
from runmood.journal.imports.formats import MARK, known_titles
from runmood.journal.imports.sheets import Row, SetAside, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from zipfile import ZipFile

    from runmood.core.i18n import Message


LARGEST_MEMBER = 64_000_000  # bytes unpacked; photographs lie beside it and are not opened
MOST_MEMBERS = 50_000
MOST_VALUES = 3_000_000  # each takes up to 100 bytes of memory
T = TypeVar("T")


def document_of(text: str) -> object:
    """Return a JSON document; CsvFormatError when it is none, or holds more than any life."""
    if text.count(",") + text.count("{") + text.count("[") > MOST_VALUES:
        raise CsvFormatError(message("error.moods.too_many"))
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
    """Return the names of an archive's files with that ending, in its order, without those of the system.

    Raises:
        CsvFormatError: they are too large together.
    """
    names = archive.namelist()[:MOST_MEMBERS]
    found = [name for name in names if name.lower().endswith(ending.lower()) and not name.startswith("__MACOSX/")]
    check_size((archive.getinfo(name).file_size for name in found), LARGEST_MEMBER)
    return found


def check_size(sizes: Iterable[int], most: int) -> None:
    """Refuse files that are together larger than any life's notes.

    Args:
        sizes: of each, in bytes.
        most: the limit of all, in bytes.

    Raises:
        CsvFormatError: they are larger.
    """
    if sum(sizes) > most:
        raise CsvFormatError(message("error.moods.large_notes", most=most // 1_000_000))


_FENCE = "---"
_FIELD = re.compile(r"^[ \t>*+-]*(?P<name>[^\W\d][\w ]{0,40}?)\s*::?[ \t]+(?P<value>\S.*)$", re.MULTILINE)
_INLINE = re.compile(r"[\[(](?P<name>[^\W\d][\w ]{0,40}?)::\s*(?P<value>[^\])\n]+)[\])]")
_ITEM = re.compile(r"\s*-\s+(?P<value>.+)")
_OF_A_MAXIMUM = re.compile(r"(\d+(?:[.,]\d+)?)\s?/\s?\d+")
_MOST_WORDS = 6  # of a value; what is longer is a sentence with a colon in it


def fields_in(text: str) -> dict[str, str]:
    """Return the values of a text by their names in small letters; the first of a name counts."""
    found: dict[str, str] = {}
    for pattern in (_INLINE, _FIELD):
        for each in pattern.finditer(text):
            value = each["value"].strip().strip("*_ ")
            if value and len(value.split()) <= _MOST_WORDS:
                found.setdefault(each["name"].strip().lower(), value)
    return found


def without_maximum(value: str) -> str:
    """Return the number of a value such as `7/10`; any other value as it is."""
    found = _OF_A_MAXIMUM.fullmatch(value)
    return found[1] if found else value


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the values between the first two lines of `---`, and the text after them.

    Values are plain words and numbers, lists of such in brackets or with a hyphen each; what is nested deeper is passed
    over, since no mood stands there.
    """
    lines = text.split("\n")
    if not lines or lines[0].rstrip() != _FENCE:
        return {}, text
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() in (_FENCE, "...")), None)
    if end is None:
        return {}, text
    values: dict[str, list[str]] = {}
    name = ""
    for line in lines[1:end]:
        if item := _ITEM.fullmatch(line):
            values.setdefault(name, []).append(_unquoted(item["value"]))
        elif ":" in line and not line.startswith((" ", "\t", "#")):
            name, _, value = (part.strip() for part in line.partition(":"))
            name = name.lower()
            values[name] = _listed(value)
    return {name: MARK.join(filter(None, parts)) for name, parts in values.items() if name}, "\n".join(lines[end + 1 :])


def _listed(value: str) -> list[str]:
    if value.startswith("[") and value.endswith("]"):
        return [_unquoted(part) for part in value[1:-1].split(",")]
    return [_unquoted(value)]


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


_TAG = re.compile(
    r"</?(?:a|b|blockquote|br|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|s|small|span|strike|strong|sub|sup|u|ul)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_LINE_ENDS = re.compile(r"<br(?:\s[^<>]*)?/?>|</(?:p|div|li|h[1-6]|blockquote|pre)>", re.IGNORECASE)
_LIST_ITEM = re.compile(r"<li(?:\s[^<>]*)?>", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n{3,}")


def plain_text(note: str, *, markup: bool = False) -> str:
    """Return a note without its markup: paragraphs and list items are lines, `&amp;` is &.

    A text in which no tag stands is left as it is, so that "I <3 hills" keeps its sign, unless the app is known to
    write markup throughout.
    """
    if not (markup or _TAG.search(note)):
        return note
    lines = _LIST_ITEM.sub("- ", _LINE_ENDS.sub("\n", note))
    text = html.unescape(_TAG.sub("", lines)).replace("\N{NO-BREAK SPACE}", " ")
    return _BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()
