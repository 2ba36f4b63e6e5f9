"""Read dates, times and UTC offsets as exports write them; null for a time that no watch of this century can mean."""

from __future__ import annotations

import datetime as dt
import re

from runmood.readers.values import number

# As in tracks: an unset clock shows 1989 to the first days of 2000.
_FIRST = dt.datetime(2000, 1, 4, tzinfo=dt.UTC)
_LAST = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
_FARTHEST_S = 15 * 3600  # Kiribati is 14 hours ahead
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d{2})")
_OFFSET_AT_END = re.compile(r"[+-]\d{2}:?\d{2}$")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(?:([ap])\.?\s?m\b)?", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]+")
# English, German, French, Spanish, Italian, Portuguese and Dutch: the first letters that tell the months apart.
_MONTHS = (
    ("jan", "jän", "ene", "gen"),
    ("feb", "fév", "fev"),
    ("mar", "mär", "mrt", "maa"),
    ("apr", "avr", "abr"),
    ("may", "mai", "mag", "mei"),
    ("jun", "juin", "giu"),
    ("jul", "juil", "lug"),
    ("aug", "aoû", "aou", "ago"),
    ("sep", "set"),
    ("oct", "okt", "ott", "out"),
    ("nov",),
    ("dec", "dez", "déc", "dic"),
)
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
    """Return the time of a date in words, in seven languages; a clock without offset is read as UTC.

    May 29, 2022, 3:53:35 PM · 09.12.2022, 15:24:49 · 29 mai 2022 à 15:53 · 2018-09-12 15:02:23. Between figures alone,
    the day stands before the month, but for the twelve-hour clock of the United States.

    Returns:
        The time; null where the text is none.
    """
    time = _TIME.search(value[:_LONGEST_DATE])
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
    month = next(filter(None, map(_month, _WORDS.findall(text))), None)
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


def _month(word: str) -> int | None:
    word = word.lower()
    return next((at for at, names in enumerate(_MONTHS, start=1) if word.startswith(names)), None)
