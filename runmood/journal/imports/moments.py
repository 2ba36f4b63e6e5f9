"""Moments as people and programs write them: one reader of dates and clocks for every export.

Read are ISO 8601, dates in figures with dots, strokes or hyphens, months in words of many languages, clocks of 12 and
24 hours with any kind of blank, offsets (`Z`, `+0100`, `GMT+1`, `[Europe/Oslo]`) and seconds or milliseconds since
1970. Where figures could be day and month either way round, the file's other dates decide, or the person does.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from runmood.core.date_words import in_common_form, is_date_word, is_month_or_weekday, month_of, without_accents
from runmood.core.errors import WrongValueError

if TYPE_CHECKING:
    from collections.abc import Iterable


DAY_FIRST, MONTH_FIRST, UNDECIDED = "day first", "month first", "?"
ABBREVIATED = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3,
    "edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8,
}  # fmt: skip

_HALF = r"(?P<half>[ap])\s*\.?\s*m\b\.?"
_CLOCK = re.compile(
    rf"(?<![\d.:])(?P<hour>\d{{1,2}})(?:[:h](?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:[.,]\d+)?)?(?:\s*{_HALF})?"
    rf"|\s*(?P<alone>[ap])\s*\.?\s*m\b\.?)(?![\d:])"
)
_CLOCK_ALONE = re.compile(rf"(?P<hour>\d{{1,2}})[:.h](?P<minute>\d{{2}})(?:[:.](?P<second>\d{{2}}))?\s*(?:{_HALF})?")
_BASIC = re.compile(r"(?<=\d{8}t)(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?")
_OFFSET = re.compile(
    r"\s*(?P<name>[a-z]{1,4}\b)?\s*(?P<sign>[+-])?(?P<hours>\d{1,2})?:?(?P<minutes>\d{2})?"
    r"\s*(?:\[(?P<zone>[\w/+-]+)\]|\([\w ]*\))?"
)
_EPOCH = re.compile(r"(\d{10}|\d{13}|\d{16})(?:\.\d+)?")
_YEAR_FIRST = re.compile(r"(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})|(\d{4})(\d{2})(\d{2})")
_DOTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})")
_STROKES = re.compile(r"(\d{1,2})\s?[-/]\s?(\d{1,2})\s?[-/]\s?(\d{4}|\d{2})")
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|º|ª|°)\b")
NOON, DAY_HOURS, MOST_MONTHS, A_CENTURY = 12, 24, 12, 2000
_EPOCH_UNITS = {10: 1, 13: 1_000, 16: 1_000_000}
_DAYS_BEFORE = 2  # figures of a day have as many digits, those of a year more


class Moment(NamedTuple):
    """A moment as it was written: with a zone only where it names one, and whether it tells the time of day."""

    at: dt.datetime
    with_clock: bool


def moment_of(text: str, order: str = "", date_format: str = "") -> Moment:
    """Read a moment.

    Args:
        text: as the file has it.
        order: of day and month in figures, where only that decides: `DAY_FIRST` or `MONTH_FIRST`.
        date_format: as `strptime` has it; if given, nothing else is tried.

    Returns:
        The moment, without a zone where the text names none.

    Raises:
        ValueError: the text is no moment, or could be two.
    """
    if date_format:
        return _by_format(text, date_format)
    plain = _plain(text)
    if epoch := _EPOCH.fullmatch(plain):
        seconds = float(plain) / _EPOCH_UNITS[len(epoch[1])]
        return Moment(dt.datetime.fromtimestamp(seconds, dt.UTC), with_clock=True)
    found = _BASIC.search(plain) or _CLOCK.search(plain)
    if not found:
        return Moment(dt.datetime.combine(_date_of(plain, text, order), dt.time()), with_clock=False)
    before, after = plain[: found.start()], plain[found.end() :]
    offset, zone, rest = _zone_of(after)
    day = _date_of(f"{before} {rest}".strip(), text, order)
    clock, days = _clock_in(found, text)
    at = dt.datetime.combine(day + days, clock, offset)
    return Moment(at.astimezone(zone) if zone else at, with_clock=True)


def clock_of(text: str) -> dt.time:
    """Return a time of day written 18:43, 18.43, 5:01 PM, 6:50 pm, 5:01 p. m. or 6 pm.

    Raises:
        WrongValueError: it is no such time.
    """
    plain = _plain(text)
    found = _CLOCK_ALONE.fullmatch(plain) or _CLOCK.fullmatch(plain)
    if not found:
        raise WrongValueError("no_time", value=repr(text))
    return _clock_in(found, text)[0]


def order_in(texts: Iterable[str]) -> str:
    """Return which of day and month comes first in dates of figures.

    Returns:
        `DAY_FIRST` or `MONTH_FIRST` where a date can be meant in one way alone; empty where no date is of that kind, or
        all mean the same either way; `UNDECIDED` where nothing decides, or two dates contradict each other.
    """
    pairs = [(int(found[1]), int(found[2])) for text in texts if (found := _STROKES.match(_plain(text)))]
    day_first = any(first > MOST_MONTHS for first, _ in pairs)
    month_first = any(second > MOST_MONTHS for _, second in pairs)
    if day_first != month_first:
        return DAY_FIRST if day_first else MONTH_FIRST
    return UNDECIDED if any(first != second for first, second in pairs) else ""


def _plain(text: str) -> str:
    """Return a text with common blanks, small letters and no accents."""
    letters = without_accents(in_common_form(text.strip(" \t\r\n\"'")))
    return " ".join(letters.replace("\N{MINUS SIGN}", "-").split())


def _by_format(text: str, date_format: str) -> Moment:
    try:
        at = dt.datetime.strptime(text, date_format)  # noqa: DTZ007 - the zone comes later
    except ValueError as fault:
        raise WrongValueError("not_like", value=repr(text), like=date_format) from fault
    return Moment(at, "%H" in date_format or "%I" in date_format)


def _clock_in(found: re.Match[str], text: str) -> tuple[dt.time, dt.timedelta]:
    """Return a time of day that was found, and the day that 24:00 adds."""
    parts = found.groupdict()
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    half = parts.get("half") or parts.get("alone")
    if half and not 1 <= hour <= NOON:
        raise WrongValueError("no_time_of_day", value=repr(text))
    if half:
        hour = hour % NOON + NOON * (half == "p")
    if (hour, minute, second) == (DAY_HOURS, 0, 0):
        return dt.time(), dt.timedelta(days=1)
    try:
        return dt.time(hour, minute, min(second, 59)), dt.timedelta()  # a leap second is the last of its minute
    except ValueError as fault:
        raise WrongValueError("no_time_of_day", value=repr(text)) from fault


def _zone_of(after: str) -> tuple[dt.tzinfo | None, ZoneInfo | None, str]:
    """Return the offset that follows a clock, the zone in brackets, and what comes after them."""
    found = _OFFSET.match(after)
    if not found:
        return None, None, after
    name, sign, hours = found["name"], found["sign"], found["hours"]
    zone = _zone_named(found["zone"]) if found["zone"] else None
    if name not in {None, *ABBREVIATED} or not (name or sign or zone) or bool(sign) != bool(hours):
        return None, None, after
    offset = dt.timedelta(hours=ABBREVIATED.get(name or "", 0))
    if sign:
        beside = dt.timedelta(hours=int(hours), minutes=int(found["minutes"] or 0))
        offset += -beside if sign == "-" else beside
    return dt.timezone(offset) if name or sign else zone, zone, after[found.end() :]


@cache
def _zone_named(name: str) -> ZoneInfo | None:
    """Return a time zone by its name in small letters; null where there is none."""
    found = next((zone for zone in available_timezones() if zone.casefold() == name), None)
    return ZoneInfo(found) if found else None


def _date_of(plain: str, text: str, order: str) -> dt.date:
    try:
        return dt.date(*_year_month_day(plain, order))
    except (ValueError, TypeError) as fault:
        if isinstance(fault, _AmbiguousError):
            raise WrongValueError("swapped", value=repr(text)) from fault
        raise WrongValueError("not_like", value=repr(text), like="2026-02-08") from fault


class _AmbiguousError(ValueError):
    """Day and month could be either way round."""


def _year_month_day(plain: str, order: str) -> tuple[int, int, int]:
    figures = plain.strip(" ,t")
    if found := _YEAR_FIRST.fullmatch(figures):
        year, month, day = (int(part) for part in found.groups() if part)
        return year, month, day
    if found := _DOTS.fullmatch(figures):
        return _full_year(found[3]), int(found[2]), int(found[1])
    if found := _STROKES.fullmatch(figures):
        first, second = int(found[1]), int(found[2])
        if first == second or order == MONTH_FIRST or second > MOST_MONTHS:
            return _full_year(found[3]), first, second
        if order == DAY_FIRST or first > MOST_MONTHS:
            return _full_year(found[3]), second, first
        raise _AmbiguousError(plain)
    return _in_words(plain)


def _in_words(plain: str) -> tuple[int, int, int]:
    """Return a date whose month is a word; weekdays and small words between are passed over."""
    pieces = _PIECE.findall(_ORDINAL.sub("", plain))
    months = [month for piece in pieces if not is_month_or_weekday(piece) and (month := month_of(piece))]
    months = months or [month for piece in pieces if (month := month_of(piece))]
    strange = [piece for piece in pieces if not piece.isdecimal() and not is_date_word(piece)]
    days = [int(piece) for piece in pieces if piece.isdecimal() and len(piece) <= _DAYS_BEFORE]
    years = [int(piece) for piece in pieces if piece.isdecimal() and len(piece) > _DAYS_BEFORE]
    if strange or len(set(months)) != 1 or len(days) != 1 or len(years) != 1:
        raise ValueError(plain)
    return years[0], months[0], days[0]


def _full_year(figures: str) -> int:
    return int(figures) + (A_CENTURY if len(figures) == _DAYS_BEFORE else 0)
