"""A file's bytes as rows, and the dates, clocks and numbers that people and programs write in them."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.journal.faults import BadSheetError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?\s*(?:([ap])\s*\.?\s*m\.?)?", re.IGNORECASE)
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)
NOON = 12
BETWEEN_CELLS = ",;\t"
BYTE_ORDER_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands, its cells by column in lower case, none empty, and those beyond the last column."""

    place: str
    cells: dict[str, str]
    beyond: tuple[str, ...] = ()
    last_column: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns as the file writes them, and its rows."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@contextmanager
def at_place(place: str) -> Iterator[None]:
    """Whatever is wrong inside is told with the place where it stands."""
    try:
        yield
    except (ValueError, OverflowError) as fault:
        raise BadSheetError(f"{place}: {fault}. Nothing was taken; mend it and import again.") from fault


def text_of(content: bytes) -> str:
    """The text of a file; BadSheetError when it is no text."""
    encoding = BYTE_ORDER_MARKS.get(content[:2], "utf-8-sig")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise BadSheetError("The file is not text in UTF-8. Save it as UTF-8 and import again.") from fault


def sheet_of(text: str) -> Sheet:
    """The rows of a CSV text, whichever of comma, semicolon and tab its first line uses most."""
    mark = max(BETWEEN_CELLS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        columns = tuple(name.strip() for name in next(reader, ()))
        rows = tuple(_row(f"Line {reader.line_num}", columns, cells) for cells in reader if any(cells))
    except csv.Error as fault:
        raise BadSheetError(f"Line {reader.line_num}: {fault}. Nothing was taken.") from fault
    return Sheet(columns, rows)


def _row(place: str, columns: tuple[str, ...], cells: list[str]) -> Row:
    named = zip(columns, cells, strict=False)
    beyond = tuple(cell.strip() for cell in cells[len(columns) :] if cell.strip())
    filled = {name.lower(): cell.strip() for name, cell in named if cell.strip()}
    return Row(place, filled, beyond, columns[-1].lower() if columns else "")


def clock_of(text: str) -> dt.time:
    """A time of day written 18:43, 5:01 PM, 6:50 pm or 5:01 p. m."""
    match = CLOCK.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a time like 18:43 or 6:43 pm")
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").lower()
    if half and not 1 <= hour <= NOON:
        raise ValueError(f"{text!r} is not a time of day")
    if half:
        hour = hour % NOON + NOON * (half == "p")
    try:
        return dt.time(hour, minute)
    except ValueError as fault:
        raise ValueError(f"{text!r} is not a time of day") from fault


def date_of(text: str, formats: tuple[str, ...]) -> tuple[dt.datetime, bool]:
    """A date, and whether a time of day was written with it."""
    if not formats:
        with suppress(ValueError):
            return dt.datetime.combine(dt.date.fromisoformat(text), dt.time()), False
        with suppress(ValueError):
            return dt.datetime.fromisoformat(text), True
    for form in formats:
        with suppress(ValueError):
            return dt.datetime.strptime(text, form), "%H" in form or "%I" in form  # noqa: DTZ007 - zone comes later
    raise ValueError(f"{text!r} is not a date like {' or '.join(formats) or '2026-02-08'}")


def each_once(words: Iterable[str]) -> list[str]:
    """The different words, big and small letters alike, as first written."""
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(word.casefold(), word)
    return list(found.values())


def number_of(text: str) -> float:
    """A number, written with a point or a comma."""
    if not NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is not a number")
    return float(text.replace(",", "."))
