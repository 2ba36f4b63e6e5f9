"""Read values as exports write them, whatever is damaged in them and some of them impossible: lines, numbers, times.

Numbers are in figures or words, with a point or a comma. Dates, times and UTC offsets come in many spellings; a time
that no watch of this century can mean is null.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from math import isfinite
from typing import TYPE_CHECKING

from runmood.core.date_words import in_common_form, month_of
from runmood.core.errors import UnreadableFileError
from runmood.core.i18n import Message, Name, message
from runmood.core.notices import BROKEN_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


# A day at one sample a second in six lists has 1.1 million commas; a value takes up to 200 bytes of memory.
_MOST_VALUES = 2_000_000
_DELIMITERS, _FIRST_LINE = ",;\t", 65_536
_MOST_CELLS = 10_000  # in a line; each takes some 60 bytes of memory


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


# As in tracks: an unset clock shows 1989 to the first days of 2000.
_FIRST = dt.datetime(2000, 1, 4, tzinfo=dt.UTC)
_LAST = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
_FARTHEST_S = 15 * 3600  # Kiribati is 14 hours ahead
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d{2})")
_OFFSET_AT_END = re.compile(r"[+-]\d{2}:?\d{2}$")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(?:([ap])\.?\s?m\b)?", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]+")
_CENTURY = 2000
_TWO_FIGURES = 100
_NOON = 12
_LONGEST_DATE = 60


def from_milliseconds(value: object) -> dt.datetime | None:
    """Return the time so many milliseconds after 1970."""
    milliseconds = number(value, _FIRST.timestamp() * 1000, _LAST.timestamp() * 1000)
    return None if milliseconds is None else dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)


def from_iso(value: object) -> dt.datetime | None:
    """Return the time of an ISO 8601 text; a clock without offset is read as UTC."""
    if not isinstance(value, str):
        return None
    try:
        parsed = dt.datetime.fromisoformat(value.strip()[:_LONGEST_DATE])
    except ValueError:
        return None
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=dt.UTC)
    return parsed.astimezone(dt.UTC) if _FIRST <= parsed < _LAST else None


def from_table(value: object) -> dt.datetime | None:
    """Return the time of an ISO 8601 text, or of what a spreadsheet made of it where that can mean one day only.

    In 25.10.2026 18:00 the day comes first, in 10/25/2026 6:00 PM the month. In 05/10/2026 18:00 nothing tells.

    Returns:
        The time, without offset read as UTC; null where the text is none, or may mean two days.
    """
    written = value if isinstance(value, str) else ""
    clear = "." in written.partition(":")[0] or bool((time := _TIME.search(written)) and time[4])
    return from_iso(written) or (parse_datetime(written) if clear else None)


def parse_datetime(value: str) -> dt.datetime | None:
    """Return the time of a date in words, in many languages; a clock without offset is read as UTC.

    May 29, 2022, 3:53:35 PM · 09.12.2022, 15:24:49 · 29 mai 2022 à 15:53 · 2018-09-12 15:02:23. Between figures alone,
    the day stands before the month, but for the twelve-hour clock of the United States.

    Returns:
        The time; null where the text is none.
    """
    value = in_common_form(value[:_LONGEST_DATE])
    time = _TIME.search(value)
    if time is None:
        return None
    hour, minute, second = (int(part or 0) for part in time.groups()[:3])
    half = (time[4] or "").lower()
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    date = _date(value[: time.start()], month_first=bool(half))
    try:
        parsed = dt.datetime(*date, hour, minute, second, tzinfo=dt.UTC) if date else None
    except ValueError:
        return None
    return parsed if parsed and _FIRST <= parsed < _LAST else None


def with_offset(value: object) -> tuple[dt.datetime | None, int | None]:
    """Return the time of a text that ends in an offset, like 2026-11-01 5:00:00 PM +0100, and the offset in seconds.

    Returns:
        The time, null where the text is none, and the offset, null without one; such a clock is read as UTC.
    """
    text = value.replace("\u202f", " ").strip()[:_LONGEST_DATE] if isinstance(value, str) else ""
    ends = _OFFSET_AT_END.search(text)
    ahead = offset_s(ends[0]) if ends else None
    clock = text[: ends.start()].strip() if ends else text
    parsed = from_iso(clock) or parse_datetime(clock)
    return parsed and parsed - dt.timedelta(seconds=ahead or 0), ahead


def offset_s(value: object) -> int | None:
    """Return the seconds ahead of UTC, from "UTC+0900" or "+02:00"."""
    match = _OFFSET.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    seconds = int(match[2]) * 3600 + int(match[3]) * 60
    return _sane(-seconds if match[1] == "-" else seconds)


def offset_from_minutes(value: object) -> int | None:
    """Return the seconds ahead of UTC, from minutes."""
    minutes = number(value, -_FARTHEST_S, _FARTHEST_S)
    return None if minutes is None else _sane(round(minutes * 60))


def offset_between(local: dt.datetime | None, utc: dt.datetime | None) -> int | None:
    """Return the seconds that the local clock was ahead of UTC, to the quarter of an hour."""
    if local is None or utc is None:
        return None
    return _sane(round((local - utc).total_seconds() / 900) * 900)


def _sane(seconds: int) -> int | None:
    return seconds if abs(seconds) <= _FARTHEST_S else None


def _date(text: str, *, month_first: bool) -> tuple[int, int, int] | None:
    """Return year, month and day; null where the text has none."""
    figures = [int(part[:4]) for part in _NUMBERS.findall(text)]
    month = next(filter(None, map(month_of, _WORDS.findall(text))), None)
    if month and len(figures) == 2:  # noqa: PLR2004 - a day and a year
        day, year = figures
        return (_full(year), month, day) if year > day else (_full(day), month, year)
    if month or len(figures) != 3:  # noqa: PLR2004 - year, month and day
        return None
    first, second, third = figures
    if first >= _TWO_FIGURES:
        return first, second, third
    return (_full(third), first, second) if month_first else (_full(third), second, first)


def _full(year: int) -> int:
    return year if year >= _TWO_FIGURES else _CENTURY + year
