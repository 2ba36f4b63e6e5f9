"""A file's bytes as rows: text, tables with any separator, and the cells in them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from runmood.core.errors import CsvFormatError, WrongValueError, as_message
from runmood.core.i18n import message
from runmood.core.text_encoding import encoding_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from runmood.core.i18n import Message


NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)
BETWEEN_CELLS = ",;\t"
MOST_ROWS = 200_000  # twenty a day for 27 years


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands, its cells by column in lower case, none empty, and those beyond the last column."""

    place: Message
    cells: dict[str, str]
    beyond: tuple[str, ...] = ()
    last_column: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row or an entry that could not be read: where it stands, why, and what stood there."""

    place: Message
    reason: Message
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns as the file writes them, its rows, and what could not even be made a row."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    set_aside: tuple[SetAside, ...] = ()


@contextmanager
def at_place(place: str) -> Iterator[None]:
    """Whatever is wrong inside is told with the place where it stands."""
    try:
        yield
    except (ValueError, OverflowError) as fault:
        raise CsvFormatError(message("error.moods.at", place=place, fault=as_message(fault))) from fault


def text_of(content: bytes) -> str:
    """Return the text of a file; CsvFormatError when it is no text."""
    try:
        return content.decode(encoding_of(content) or "utf-8-sig")
    except UnicodeDecodeError as fault:
        raise CsvFormatError(message("error.moods.no_text")) from fault


def sheet_of(text: str) -> Sheet:
    """Return the rows of a CSV text, whichever of comma, semicolon and tab its first line uses most."""
    mark = max(BETWEEN_CELLS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        columns = _distinct_columns(name.strip() for name in next(reader, ()))
        filled = (cells for cells in reader if any(cells))
        rows = tuple(_row(_line(reader.line_num), columns, cells) for cells in islice(filled, MOST_ROWS + 1))
    except csv.Error as fault:
        raise CsvFormatError(message("error.moods.no_cells", place=_line(reader.line_num))) from fault
    if len(rows) > MOST_ROWS:
        raise CsvFormatError(message("error.moods.too_many"))
    return Sheet(columns, rows)


def _distinct_columns(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names, the second of two alike as "mood (2)": which of them is meant, the person says."""
    met: Counter[str] = Counter()
    columns = []
    for name in names:
        met[name.lower()] += 1
        number = met[name.lower()]
        columns.append(f"{name} ({number})" if name and number > 1 else name)
    return tuple(columns)


def _line(number: int) -> Message:
    return message("import.moods.place.line", number=str(number))


def _row(place: Message, columns: tuple[str, ...], cells: list[str]) -> Row:
    named = zip(columns, cells, strict=False)
    beyond = tuple(cell.strip() for cell in cells[len(columns) :] if cell.strip())
    filled = {name.lower(): cell.strip() for name, cell in named if cell.strip()}
    return Row(place, filled, beyond, columns[-1].lower() if columns else "")


def cells_of(row: Row, columns: Iterable[str]) -> list[str]:
    """Return the cells that stand under the columns, in their order."""
    return [row.cells[column] for column in columns if column in row.cells]


def split_cells(cells: list[str], mark: str) -> list[str]:
    """Return the parts of the cells between the marks, without blanks around them; none is empty."""
    parts = (part for cell in cells for part in (cell.split(mark) if mark else [cell]))
    return [part.strip() for part in parts if part.strip()]


def deduplicate(words: Iterable[str]) -> list[str]:
    """Return the different words, big and small letters alike, as first written."""
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(word.casefold(), word)
    return list(found.values())


def by_frequency(words: Iterable[str]) -> list[str]:
    """Return the different words, as `deduplicate` does, the most frequent first."""
    every = list(words)
    counts = Counter(word.casefold() for word in every)
    return sorted(deduplicate(every), key=lambda word: -counts[word.casefold()])


def number_of(text: str) -> float:
    """Return a number, written with a point or a comma."""
    if not NUMBER.fullmatch(text):
        raise WrongValueError("not_a_number", value=repr(text))
    return float(text.replace(",", "."))
