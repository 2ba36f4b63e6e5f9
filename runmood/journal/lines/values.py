"""What a value of a line may be: each reader gives the value back as an entry holds it, or says what is wrong."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[str, object], object]

YEARS = range(1970, 2200)
MOST = 10  # of every score


def a_text(item: str, value: object) -> str:
    """Words."""
    if not isinstance(value, str):
        raise TypeError(f"{item} is {value}, which is no text")
    value.encode()  # half of a pair of surrogates is no text either: UnicodeEncodeError is a ValueError
    return value


def a_number(item: str, value: object) -> float:
    """Any number that a scale or a ruler can have."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{item} is {value}, which is no number")
    if not math.isfinite(value):
        raise ValueError(f"{item} is {value}")
    return float(value)


def an_amount(item: str, value: object) -> float:
    """A number from 0 on."""
    number = a_number(item, value)
    if number < 0:
        raise ValueError(f"{item} is {number:g}, less than nothing")
    return number


def a_score(item: str, value: object) -> float:
    """What a person says on a scale from 0 to 10."""
    if value is None:
        raise ValueError(f"the {item} is missing")
    number = a_number(item, value)
    if not 0 <= number <= MOST:
        raise ValueError(f"{item} is {number}, outside 0 to 10")
    return number


def a_moment(item: str, value: object) -> dt.datetime:
    """A moment with its offset from UTC."""
    moment = dt.datetime.fromisoformat(a_text(item, value))
    if moment.tzinfo is None:
        raise ValueError(f"the moment {value} has no offset from UTC")
    _within_a_diary(moment)
    return moment


def a_day(item: str, value: object) -> dt.date:
    """A calendar day."""
    day = dt.date.fromisoformat(a_text(item, value))
    _within_a_diary(day)
    return day


def _within_a_diary(day: dt.date) -> None:
    if day.year not in YEARS:
        raise ValueError(f"{day} lies beyond the years of a diary")


def texts(item: str, value: object) -> tuple[str, ...]:
    """A list of words."""
    if not isinstance(value, list):
        raise TypeError(f"{item} is {value}, which is no list")
    return tuple(a_text(f"one of {item}", each) for each in value)


def weekdays(item: str, value: object) -> tuple[int, ...]:
    """Days of the week, 1 Monday to 7 Sunday."""
    if not isinstance(value, list) or not all(day in range(1, 8) for day in value):
        raise ValueError(f"{item} is {value}, not among 1 to 7")
    return tuple(int(day) for day in value)


def answers(item: str, value: object) -> tuple[tuple[str, float | str], ...]:
    """Answers by the name of their question: a number or words."""
    if not isinstance(value, dict):
        raise TypeError(f"{item} is {value}, which names no questions")
    return tuple(
        (a_text("a question", name), a_text(name, said) if isinstance(said, str) else a_number(name, said))
        for name, said in value.items()
    )


def one_of(*choices: str | None) -> Reader:
    """One of the words."""

    def read(item: str, value: object) -> object:
        if value not in choices:
            raise ValueError(f"{item} is {value!r}, not one of {', '.join(filter(None, choices))}")
        return value

    return read
