"""Bytes to lines of a table, or to what a JSON file holds."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from runmood.terms.notices import BROKEN_FILE, UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A day at one sample a second in six lists has 1.1 million commas; a value takes up to 200 bytes of memory.
_MOST_VALUES = 2_000_000
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def text_of(content: bytes) -> str:
    """The text, whatever stands in it; bytes that are none become question marks."""
    encoding = "utf-16" if content.startswith(_WIDE_MARKS) else "utf-8-sig"
    return content.decode(encoding, "replace")


def lines_of(text: str) -> Iterator[list[str]]:
    """The lines of a table that say something; an empty one for a line that cannot be taken apart."""
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
    """Each line as its cells by column, without those that are empty; a line that is cut off is empty."""
    for line in lines:
        whole = len(line) >= len(columns)
        yield {name: cell for name, cell in zip(columns, line, strict=False) if cell} if whole else {}


def json_of(content: bytes, vendor: str) -> object:
    """What the JSON holds; `UnreadableFile` where it is cut off, damaged, nested without end or beyond memory."""
    if content.count(b",") + content.count(b"[") + content.count(b"{") > _MOST_VALUES:
        raise UnreadableFile(BROKEN_FILE(format=f"{vendor} JSON", fault="it holds more values than any export"))
    try:
        return json.loads(text_of(content))
    except (ValueError, RecursionError) as fault:
        raise UnreadableFile(BROKEN_FILE(format=f"{vendor} JSON", fault=fault)) from None


def mapping(value: object) -> dict[str, object]:
    """The value, if it is a JSON object; else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> list[object]:
    """The value, if it is a JSON list; else an empty one."""
    return value if isinstance(value, list) else []


def words(value: object) -> str | None:
    """The value, if it is a text that says something."""
    return value.strip() or None if isinstance(value, str) else None
