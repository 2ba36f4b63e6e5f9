"""How the value of a setting is read: a time zone, a time of day, heart rates, a list of words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from runmood.core.i18n import message
from runmood.home.user_config import agreed_servers, config_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.core.checkins import CustomQuestion
    from runmood.core.i18n import Message
    from runmood.journal.custom_questions import WrongItemError

    Reader = Callable[[object], object]

MOST_TAGS = 5
COUNTRY_LETTERS = 2
THIS_COMPUTER = {"127.0.0.1", "localhost", "::1"}
ZONE_BOUNDS = 4


class WrongSettingError(ValueError):
    """A value cannot be used.

    Args:
        fault: why, as `home.settings.value` in the catalogues names it.
        values: what its sentence names, other than the setting.
    """

    def __init__(self, fault: str, **values: object) -> None:
        super().__init__(fault)
        self._fault = fault
        self._values = values

    def of(self, name: str) -> Message:
        """Return the sentence on a setting, by its name as the file writes it."""
        return message(f"home.settings.value.{self._fault}", name=name, **self._values)


class WrongQuestionError(ValueError):
    """A question of a person's own cannot be asked.

    Attributes:
        name: the question's name.
        fault: the sentence that says why.
    """

    def __init__(self, name: str, fault: WrongItemError) -> None:
        super().__init__(str(fault))
        self.name = name
        self.fault = fault


def nonempty_text(value: object) -> str:
    """Read a text.

    Returns:
        A text that is not empty.

    Raises:
        WrongSettingError: if it is something else.
    """
    if not isinstance(value, str):
        raise WrongSettingError("no_text")
    if not value.strip():
        raise WrongSettingError("empty")
    return value.strip()


def one_of(*choices: str) -> Reader:
    """Return a reader of one of some words."""

    def read(value: object) -> str:
        chosen = nonempty_text(value)
        if chosen not in choices:
            raise WrongSettingError("none_of", value=repr(chosen), choices=", ".join(choices))
        return chosen

    return read


def between(least: int, most: int) -> Reader:
    """Return a reader of a whole number in a range, both ends included."""

    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise WrongSettingError("no_whole_number", least=str(least), most=str(most))
        if not least <= value <= most:
            raise WrongSettingError("out_of_range", value=str(value), least=str(least), most=str(most))
        return value

    return read


def time_zone_name(value: object) -> str:
    """Read a time zone.

    Returns:
        The name of a time zone.

    Raises:
        WrongSettingError: if it is something else.
    """
    name = nonempty_text(value)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise WrongSettingError("no_zone", value=repr(name)) from fault
    return name


def server_address(value: object) -> str:
    """Read the address of a Prefect server.

    Returns:
        An address on this computer, or one elsewhere that this account's own configuration names, which no home brings
        along.

    Raises:
        WrongSettingError: if it is something else.
    """
    address = nonempty_text(value)
    from urllib.parse import urlsplit  # noqa: PLC0415 - few have a server, and check-in starts without it

    try:
        parts = urlsplit(address)
    except ValueError:  # as a bracket that is not closed
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise WrongSettingError("no_address", value=repr(address))
    if parts.hostname not in THIS_COMPUTER and address not in agreed_servers():
        raise WrongSettingError("elsewhere", value=repr(address), config=str(config_path()))
    return address


def country_code(value: object) -> str:
    """Read a country.

    Returns:
        Two letters for a country.

    Raises:
        WrongSettingError: if it is something else.
    """
    letters = nonempty_text(value).upper()
    if len(letters) != COUNTRY_LETTERS or not letters.isascii() or not letters.isalpha():
        raise WrongSettingError("no_country", value=repr(value))
    return letters


def time_of_day(value: object) -> dt.time:
    """Read a time of day.

    Returns:
        A time of day to the minute.

    Raises:
        WrongSettingError: if it is something else.
    """
    text = nonempty_text(value)
    try:
        hours, minutes = text.split(":")
        return dt.time(int(hours), int(minutes))
    except (ValueError, OverflowError) as fault:
        raise WrongSettingError("no_time", value=repr(text)) from fault


def heart_bounds(value: object) -> tuple[int, ...]:
    """Read heart rate zones.

    Returns:
        Four heart rates, each above the one before: the upper bounds of zones 1 to 4, in beats a minute.

    Raises:
        WrongSettingError: if it is something else.
    """
    if not isinstance(value, list) or len(value) != ZONE_BOUNDS:
        raise WrongSettingError("no_zones")
    read = between(30, 250)
    bounds = tuple(int(str(read(each))) for each in value)
    if list(bounds) != sorted(set(bounds)):
        raise WrongSettingError("zones_not_rising", value=str(value))
    return bounds


def text_list(value: object) -> tuple[str, ...]:
    """Read a list of texts.

    Returns:
        A list of texts, each once.

    Raises:
        WrongSettingError: if it is something else.
    """
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise WrongSettingError("no_texts")
    return tuple(dict.fromkeys(each.strip() for each in value))


def some_of(*choices: str) -> Reader:
    """Return a reader of a list of some words."""

    def read(value: object) -> tuple[str, ...]:
        words = text_list(value)
        if other := [word for word in words if word not in choices]:
            raise WrongSettingError("not_among", other=", ".join(other), choices=", ".join(choices))
        return words

    return read


def tag_list(value: object) -> tuple[str, ...]:
    """Read tags.

    Returns:
        At most five tags.

    Raises:
        WrongSettingError: if it is something else.
    """
    tags = text_list(value)
    if len(tags) > MOST_TAGS:
        raise WrongSettingError("too_many_tags", tags=len(tags), most=MOST_TAGS)
    return tags


def read_custom_questions(value: object) -> tuple[CustomQuestion, ...]:
    """Read a person's own questions.

    Returns:
        The questions as the journal understands them.

    Raises:
        WrongSettingError: if they are no table of tables.
        WrongQuestionError: if one of them cannot be asked.
    """
    from runmood.journal.custom_questions import WrongItemError, custom_items  # noqa: PLC0415

    if not isinstance(value, dict):
        raise WrongSettingError("no_tables")
    items: list[CustomQuestion] = []
    for name, table in value.items():
        try:
            items += custom_items({name: table})
        except WrongItemError as fault:
            raise WrongQuestionError(name, fault) from fault
    return tuple(items)
