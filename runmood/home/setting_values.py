"""How the value of a setting is read: a time zone, a time of day, heart rates, a list of words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from runmood.core.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.core.models import CustomQuestion

    Reader = Callable[[object], object]

MOST_TAGS = 5
COUNTRY_LETTERS = 2
AGREED = "agreed+"
THIS_COMPUTER = {"127.0.0.1", "localhost", "::1"}
ZONE_BOUNDS = 4


class WrongValueError(ValueError):
    """A value cannot be used; the message ends a sentence that begins with the setting's name."""


class WrongQuestionError(ValueError):
    """A question of a person's own cannot be asked; the message is a sentence.

    Attributes:
        name: the question's name.
    """

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


def nonempty_text(value: object) -> str:
    """Read a text.

    Returns:
        A text that is not empty.

    Raises:
        WrongValueError: if it is something else.
    """
    if not isinstance(value, str):
        raise WrongValueError("is to be text in quotation marks")
    if not value.strip():
        raise WrongValueError("is empty; leave the line out instead")
    return value.strip()


def one_of(*choices: str) -> Reader:
    """Return a reader of one of some words."""

    def read(value: object) -> str:
        chosen = nonempty_text(value)
        if chosen not in choices:
            raise WrongValueError(f"is {chosen!r}, not one of {', '.join(choices)}")
        return chosen

    return read


def between(least: int, most: int) -> Reader:
    """Return a reader of a whole number in a range, both ends included."""

    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise WrongValueError(f"is to be a whole number from {least} to {most}")
        if not least <= value <= most:
            raise WrongValueError(f"is {value}, not from {least} to {most}")
        return value

    return read


def time_zone_name(value: object) -> str:
    """Read a time zone.

    Returns:
        The name of a time zone.

    Raises:
        WrongValueError: if it is something else.
    """
    name = nonempty_text(value)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise WrongValueError(f"is {name!r}, which no list knows. It is a name like Europe/Lisbon") from fault
    return name


def server_address(value: object) -> str:
    """Read the address of a Prefect server.

    Returns:
        An address on this computer, or one elsewhere that is named with `agreed+` before it.

    Raises:
        WrongValueError: if it is something else.
    """
    address = nonempty_text(value)
    agreed = address.startswith(AGREED)
    address = address.removeprefix(AGREED)
    from urllib.parse import urlsplit  # noqa: PLC0415 - few have a server, and check-in starts without it

    try:
        parts = urlsplit(address)
    except ValueError:  # as a bracket that is not closed
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise WrongValueError(f"is {address!r}, not an address like http://127.0.0.1:4200/api")
    if parts.hostname not in THIS_COMPUTER and not agreed:
        raise WrongValueError(
            f"is {address!r}, on another computer, which would be told what your nights find. "
            f"If you mean that, write {AGREED}{address}"
        )
    return address


def country_code(value: object) -> str:
    """Read a country.

    Returns:
        Two letters for a country.

    Raises:
        WrongValueError: if it is something else.
    """
    letters = nonempty_text(value).upper()
    if len(letters) != COUNTRY_LETTERS or not letters.isascii() or not letters.isalpha():
        raise WrongValueError(f"is {value!r}, not two letters such as PT")
    return letters


def time_of_day(value: object) -> dt.time:
    """Read a time of day.

    Returns:
        A time of day to the minute.

    Raises:
        WrongValueError: if it is something else.
    """
    text = nonempty_text(value)
    try:
        hours, minutes = text.split(":")
        return dt.time(int(hours), int(minutes))
    except (ValueError, OverflowError) as fault:
        raise WrongValueError(f"is {text!r}, not a time like 03:30") from fault


def heart_bounds(value: object) -> tuple[int, ...]:
    """Read heart rate zones.

    Returns:
        Four heart rates, each above the one before: the upper bounds of zones 1 to 4, in beats a minute.

    Raises:
        WrongValueError: if it is something else.
    """
    if not isinstance(value, list) or len(value) != ZONE_BOUNDS:
        raise WrongValueError("is to be a list of four heart rates, like [112, 130, 149, 168]")
    read = between(30, 250)
    bounds = tuple(int(str(read(each))) for each in value)
    if list(bounds) != sorted(set(bounds)):
        raise WrongValueError(f"is {value}, of which each is to be above the one before")
    return bounds


def text_list(value: object) -> tuple[str, ...]:
    """Read a list of texts.

    Returns:
        A list of texts, each once.

    Raises:
        WrongValueError: if it is something else.
    """
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise WrongValueError('is to be a list of texts, like ["one", "other"]')
    return tuple(dict.fromkeys(each.strip() for each in value))


def some_of(*choices: str) -> Reader:
    """Return a reader of a list of some words."""

    def read(value: object) -> tuple[str, ...]:
        words = text_list(value)
        if other := [word for word in words if word not in choices]:
            raise WrongValueError(f"names {', '.join(other)}; it may name {', '.join(choices)}")
        return words

    return read


def tag_list(value: object) -> tuple[str, ...]:
    """Read tags.

    Returns:
        At most five tags.

    Raises:
        WrongValueError: if it is something else.
    """
    tags = text_list(value)
    if len(tags) > MOST_TAGS:
        raise WrongValueError(f"names {len(tags)} tags; at most {MOST_TAGS} can be asked about")
    return tags


def read_custom_questions(value: object) -> tuple[CustomQuestion, ...]:
    """Read a person's own questions.

    Returns:
        The questions as the journal understands them.

    Raises:
        WrongValueError: if they are no table of tables.
        WrongQuestionError: if one of them cannot be asked.
    """
    from runmood.journal.custom_questions import custom_items  # noqa: PLC0415

    if not isinstance(value, dict):
        raise WrongValueError("holds a table for each question")
    items: list[CustomQuestion] = []
    for name, table in value.items():
        try:
            items += custom_items({name: table})
        except UserError as fault:
            raise WrongQuestionError(name, str(fault)) from fault
    return tuple(items)
