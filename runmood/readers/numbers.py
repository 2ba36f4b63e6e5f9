"""Read numbers as exports write them: in figures or words, with a point or a comma, some of them impossible."""

from __future__ import annotations

import re
from math import isfinite

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
