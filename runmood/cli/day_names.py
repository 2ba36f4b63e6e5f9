"""How a person names a day or a moment, alike in every command: a date, today, yesterday, a weekday; with a clock."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from runmood.core.catalogue import DEFAULT, catalogue
from runmood.core.date_words import without_accents
from runmood.core.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from runmood.core.i18n import Translator


FEWEST_LETTERS = 2  # from which on the beginning of a weekday names it
AWAY = {"today": 0, "yesterday": -1, "tomorrow": 1}  # days from today
DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
CLOCK = re.compile(r"(?P<day>.*?)(?:^|[\sT])(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2}))?")


def day_named(say: Translator, words: str, today: dt.date, *, ahead: bool = False) -> dt.date | None:
    """Return the day that words name, in the person's language or in English.

    Args:
        say: who speaks to the person.
        words: what was typed: 2026-11-10, 10.11.2026, today, yesterday, tomorrow, monday, mon.
        today: the day it is at home.
        ahead: a weekday is the next one, today at the earliest; else the last one, today at the latest.

    Returns:
        The day; null where the words name none.
    """
    word = without_accents(words.strip())
    try:
        if dotted := DOTTED.fullmatch(word):
            return dt.date(*map(int, reversed(dotted.groups())))
        return dt.date.fromisoformat(words.strip())
    except ValueError:
        pass
    for each in _languages(say):
        for name, days in AWAY.items():
            if word == without_accents(each[f"cli.day.{name}"]):
                return today + dt.timedelta(days=days)
    weekday = weekday_named(say, word)
    if weekday is None:
        return None
    away = (weekday - today.isoweekday()) % 7
    return today + dt.timedelta(days=away if ahead else -(-away % 7))


def read_day(say: Translator, words: str, today: dt.date, *, ahead: bool = False) -> dt.date:
    """Return the day that words name, as `day_named` does.

    Raises:
        UserError: They name none.
    """
    day = day_named(say, words, today, ahead=ahead)
    if day is None:
        raise UserError(say("cli.day.no_day", typed=words))
    return day


def read_moment(say: Translator, words: str, today: dt.date) -> dt.date:
    """Return the day that words name; with a clock behind it, the moment; a clock alone is of today.

    Args:
        say: who speaks to the person.
        words: what was typed: yesterday, monday 21:30, 2026-11-10T21:30, 21:30.
        today: the day it is at home.

    Returns:
        A date where no clock is named, else a datetime; it has an offset from UTC only where one was typed.

    Raises:
        UserError: They name no moment.
    """
    if day := day_named(say, words, today):
        return day
    try:
        return dt.datetime.fromisoformat(words.strip())
    except ValueError:
        pass
    if found := CLOCK.fullmatch(words.strip()):
        day = day_named(say, found["day"], today) if found["day"] else today
        clock = clock_named(words.strip()[len(found["day"]) :].lstrip("T"))
        if day and clock:
            return dt.datetime.combine(day, clock)
    raise UserError(say("cli.day.no_moment", typed=words))


def clock_named(words: str) -> dt.time | None:
    """Return the time of day that is written: 21:30, 7:05, 7.05; null for other words."""
    found = CLOCK.fullmatch(words.strip())
    try:
        if found and not found["day"]:
            return dt.time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
        return dt.time.fromisoformat(words.strip())
    except ValueError:
        return None


def weekday_named(say: Translator, words: str) -> int | None:
    """Return the weekday that a name or its beginning means, 1 Monday to 7 Sunday; null where that is open."""
    word = without_accents(words.strip().rstrip("."))
    if len(word) < FEWEST_LETTERS:
        return None
    for each in _languages(say):
        names = [without_accents(each[f"weekday.{number}"]) for number in range(1, 8)]
        found = [number for number, name in enumerate(names, 1) if f"{name}s".startswith(word)]
        if len(found) == 1:
            return found[0]
    return None


def _languages(say: Translator) -> tuple[Mapping[str, str], ...]:
    """Return the words of the person's language, then those of English."""
    return (say.words,) if say.language == DEFAULT else (say.words, catalogue(DEFAULT))
