"""What each setting may be: a reader a kind, which gives the value or says, in half a sentence, what is wrong."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from runmood.terms.notices import CannotBeDoneError

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.terms.entries import OwnItem

    Reader = Callable[[object], object]

MOST_TAGS = 5
COUNTRY_LETTERS = 2
ZONE_BOUNDS = 4


class WrongValueError(ValueError):
    """What is wrong with a value, as the end of a sentence that begins with the setting's name."""


class WrongQuestionError(ValueError):
    """What is wrong with a question of a person's own, in a sentence, and the question's name."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


def some_text(value: object) -> str:
    """Text with something in it."""
    if not isinstance(value, str):
        raise WrongValueError("is to be text in quotation marks")
    if not value.strip():
        raise WrongValueError("is empty; leave the line out instead")
    return value.strip()


def one_of(*choices: str) -> Reader:
    """A reader of one of some words."""

    def read(value: object) -> str:
        chosen = some_text(value)
        if chosen not in choices:
            raise WrongValueError(f"is {chosen!r}, not one of {', '.join(choices)}")
        return chosen

    return read


def between(least: int, most: int) -> Reader:
    """A reader of a whole number in a range."""

    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise WrongValueError(f"is to be a whole number from {least} to {most}")
        if not least <= value <= most:
            raise WrongValueError(f"is {value}, not from {least} to {most}")
        return value

    return read


def a_zone(value: object) -> str:
    """The name of a time zone."""
    name = some_text(value)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise WrongValueError(f"is {name!r}, which no list knows. It is a name like Europe/Lisbon") from fault
    return name


def a_country(value: object) -> str:
    """Two letters for a country."""
    letters = some_text(value).upper()
    if len(letters) != COUNTRY_LETTERS or not letters.isascii() or not letters.isalpha():
        raise WrongValueError(f"is {value!r}, not two letters such as PT")
    return letters


def a_clock(value: object) -> dt.time:
    """A time of day to the minute."""
    text = some_text(value)
    try:
        hours, minutes = text.split(":")
        return dt.time(int(hours), int(minutes))
    except ValueError as fault:
        raise WrongValueError(f"is {text!r}, not a time like 03:30") from fault


def heart_bounds(value: object) -> tuple[int, ...]:
    """Four heart rates, each above the one before: the upper bounds of zones 1 to 4."""
    if not isinstance(value, list) or len(value) != ZONE_BOUNDS:
        raise WrongValueError("is to be a list of four heart rates, like [112, 130, 149, 168]")
    read = between(30, 250)
    bounds = tuple(int(str(read(each))) for each in value)
    if list(bounds) != sorted(set(bounds)):
        raise WrongValueError(f"is {value}, of which each is to be above the one before")
    return bounds


def some_texts(value: object) -> tuple[str, ...]:
    """A list of texts, each once."""
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise WrongValueError('is to be a list of texts, like ["one", "other"]')
    return tuple(dict.fromkeys(each.strip() for each in value))


def few_tags(value: object) -> tuple[str, ...]:
    """At most five tags."""
    tags = some_texts(value)
    if len(tags) > MOST_TAGS:
        raise WrongValueError(f"names {len(tags)} tags; at most {MOST_TAGS} can be asked about")
    return tags


def own_questions(value: object) -> tuple[OwnItem, ...]:
    """A person's own questions, as the journal understands them."""
    from runmood import journal  # noqa: PLC0415 - only a home with such questions waits for it

    if not isinstance(value, dict):
        raise WrongValueError("holds a table for each question")
    items: list[OwnItem] = []
    for name, table in value.items():
        try:
            items += journal.own_items({name: table})
        except CannotBeDoneError as fault:
            raise WrongQuestionError(name, str(fault)) from fault
    return tuple(items)
