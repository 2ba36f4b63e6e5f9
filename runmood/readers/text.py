"""Read lines of tables and values of JSON, whatever is damaged in them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from runmood.core.errors import UnreadableFileError
from runmood.core.notices import BROKEN_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


# A day at one sample a second in six lists has 1.1 million commas; a value takes up to 200 bytes of memory.
_MOST_VALUES = 2_000_000


def lines_of(text: str) -> Iterator[list[str]]:
    """Yield the lines of a table that are not empty; an empty list for a line that cannot be parsed."""
    table = csv.reader(io.StringIO(text, newline=""))
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
        raise UnreadableFileError(BROKEN_FILE(format=f"{vendor} JSON", fault="it holds more values than any export"))
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise UnreadableFileError(BROKEN_FILE(format=f"{vendor} JSON", fault=fault)) from None


def mapping(value: object) -> dict[str, object]:
    """Return the value if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> list[object]:
    """Return the value if it is a JSON list, else an empty one."""
    return value if isinstance(value, list) else []


def words(value: object) -> str | None:
    """Return the value without blanks around it if it is a text that is not empty, else null."""
    return value.strip() or None if isinstance(value, str) else None
