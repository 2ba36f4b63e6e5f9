"""Read lines, values and numbers as exports write them, whatever is damaged in them and some of them impossible.

Numbers are in figures or words, with a point or a comma.
"""

from __future__ import annotations

import csv
import io
import json
import re
from math import isfinite
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


_FIGURES = re.compile(r"[+-]?\d[\d.,]*(?:[eE][+-]?\d{1,3})?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+")
_BLANKS = re.compile(r"[\s\u00a0\u202f']")
_DURATION = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{2}(?:\.\d+)?)")
_LONGEST = 40


def number(value: object, least: float, most: float) -> float | None:
    """Return the number in a cell or a JSON value; null without one, or outside `least` to `most`."""
    if isinstance(value, str):
        value = _read(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if least <= value <= most and isfinite(value) else None


def seconds_of(value: object) -> float | None:
    """Return the seconds of a duration like 1:05:30 or 30:00; null for any other text."""
    match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    hours, minutes, seconds = match.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds)


def _read(text: str) -> float | None:
    """Read a number, also 9,44 and 1.234,5; a comma before exactly three figures parts thousands, as in 1,234."""
    text = _BLANKS.sub("", text[:_LONGEST])
    if not _FIGURES.fullmatch(text):
        return None
    if text.rfind(",") > text.rfind(".") and not _THOUSANDS.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    try:
        return float(text.replace(",", ""))
    except ValueError:  # 1.2.3
        return None
