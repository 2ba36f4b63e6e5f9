"""Read lines of tables and values of JSON, whatever is damaged in them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from runmood.core.errors import UnreadableFileError
from runmood.core.i18n import Message, Name, message
from runmood.core.notices import BROKEN_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


# A day at one sample a second in six lists has 1.1 million commas; a value takes up to 200 bytes of memory.
_MOST_VALUES = 2_000_000
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS, _FIRST_LINE = ",;\t", 65_536
_MOST_CELLS = 10_000  # in a line; each takes some 60 bytes of memory


def decoded(content: bytes) -> str:
    """Return bytes as text: UTF-8, or UTF-16 where they begin as that does; what is no text becomes a replacement."""
    return content.decode("utf-16" if content.startswith(WIDE_MARKS) else "utf-8-sig", "replace")


def lines_of(text: str) -> Iterator[list[str]]:
    """Yield the lines of a table that are not empty; an empty list for a line that cannot be parsed.

    Cells are parted by what parts most in the first line: a spreadsheet saves a table again with its country's mark. A
    line of more cells than any table has is one empty cell, as one that is cut off.
    """
    first = text[:_FIRST_LINE].partition("\n")[0]
    mark = max(_DELIMITERS, key=first.count)
    written = io.StringIO(text, newline="")
    table = csv.reader((line if line.count(mark) < _MOST_CELLS else '""\n' for line in written), delimiter=mark)
    while True:
        try:
            line = next(table)
        except StopIteration:
            return
        except csv.Error:  # a cell without end: it goes on with the next line
            yield []
        else:
            if line:
                yield line


def rows_of(columns: Sequence[str], lines: Iterator[list[str]]) -> Iterator[dict[str, str]]:
    """Yield each line as its cells by column, without empty cells; a line that is cut off is empty."""
    for line in lines:
        whole = len(line) >= len(columns)
        yield {name: cell for name, cell in zip(columns, line, strict=False) if cell} if whole else {}


def json_of(text: str, vendor: str) -> object:
    """Parse JSON; raises `UnreadableFileError` where it is cut off, damaged, nested without end or beyond memory."""
    if text.count(",") + text.count("[") + text.count("{") > _MOST_VALUES:
        raise UnreadableFileError(BROKEN_FILE(format=Name(f"{vendor} JSON"), fault=message("json_fault.too_many")))
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise UnreadableFileError(BROKEN_FILE(format=Name(f"{vendor} JSON"), fault=_breach(fault))) from None


def _breach(fault: ValueError | RecursionError) -> Message:
    """Return where JSON is none, or that it is nested too deep."""
    if isinstance(fault, json.JSONDecodeError):
        return message("json_fault.at", line=fault.lineno, column=fault.colno)
    return message("json_fault.deep" if isinstance(fault, RecursionError) else "json_fault.value")


def mapping(value: object) -> dict[str, object]:
    """Return the value if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> list[object]:
    """Return the value if it is a JSON list, else an empty one."""
    return value if isinstance(value, list) else []


def words(value: object) -> str | None:
    """Return the value without blanks around it if it is a text that is not empty, else null."""
    return value.strip() or None if isinstance(value, str) else None
