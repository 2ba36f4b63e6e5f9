"""Fields of a journal's entries: every value is read by a parser of its own, and an entry by those of its fields.

Written by hand, since a library's import would cost a check-in more than all of this: `docs/decisions.md`. A parser
takes the field's name, for its message, and the value as JSON has it. What cannot stand in the field is a
`WrongValueError`, which is a ValueError.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING

from runmood.core.checkin_items import LEAST, MOST
from runmood.core.errors import WrongValueError

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.core.entries import Entry

    Parser = Callable[[str, object], object]


YEARS = range(1990, 2100)  # of a diary
LONGEST_NAME = 100  # characters of a question's name


def parse_text(name: str, value: object) -> str:
    """Return a text that can be written again.

    Raises:
        WrongValueError: it is no text, or half of a pair of surrogates stands in it.
    """
    if not isinstance(value, str):
        raise WrongValueError("no_text", name=name, value=f"{value}")
    try:
        value.encode()
    except UnicodeEncodeError as fault:
        raise WrongValueError("half_a_sign", name=name) from fault
    return value


def parse_number(name: str, value: object) -> float:
    """Return a finite number.

    Raises:
        WrongValueError: it is no number, infinite or NaN.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongValueError("no_number", name=name, value=f"{value}")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise WrongValueError("no_number", name=name, value=f"{number}")
    return number


def parse_amount(name: str, value: object) -> float:
    """Return a number from 0 on.

    Raises:
        WrongValueError: it is below 0.
    """
    number = parse_number(name, value)
    if number < 0:
        raise WrongValueError("below_0", name=name, value=f"{number:g}")
    return number


def parse_score(name: str, value: object) -> float:
    """Return a rating on the scale of every check-in item.

    Raises:
        WrongValueError: it is missing or off the scale.
    """
    if value is None:
        raise WrongValueError("missing", names=name)
    number = parse_number(name, value)
    if not LEAST <= number <= MOST:
        ends = {"least": LEAST, "most": MOST}
        raise WrongValueError("outside", name=name, value=f"{number}", **ends)
    return number


def parse_local(name: str, value: object) -> dt.datetime:
    """Return a moment, with its offset from UTC where it names one.

    Raises:
        WrongValueError: it is no ISO 8601 moment.
    """
    text = parse_text(name, value)
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError as fault:
        raise WrongValueError("no_moment", name=name, value=repr(text)) from fault


def parse_datetime(name: str, value: object) -> dt.datetime:
    """Return a moment with its offset from UTC.

    Raises:
        WrongValueError: it is no ISO 8601 moment, has no offset, or is of an unlikely year.
    """
    moment = parse_local(name, value)
    if moment.tzinfo is None:
        raise WrongValueError("no_offset", value=f"{value}")
    _check_year(moment)
    return moment


def parse_date(name: str, value: object) -> dt.date:
    """Return a calendar day.

    Raises:
        WrongValueError: it is no ISO 8601 date, or is of an unlikely year.
    """
    text = parse_text(name, value)
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as fault:
        raise WrongValueError("no_date", value=repr(text)) from fault
    _check_year(day)
    return day


def parse_positive(name: str, value: object) -> float:
    """Return a number above 0.

    Raises:
        WrongValueError: it is 0 or below.
    """
    number = parse_amount(name, value)
    if not number:
        raise WrongValueError("is_0", name=name)
    return number


def parse_clock(name: str, value: object) -> str:
    """Return a time of day, HH:MM.

    Raises:
        WrongValueError: it is no such time.
    """
    text = parse_text(name, value)
    try:
        return dt.time.fromisoformat(text).strftime("%H:%M")
    except ValueError as fault:
        raise WrongValueError("no_clock", value=repr(text)) from fault


def parse_texts(name: str, value: object) -> tuple[str, ...]:
    """Return a list of texts.

    Raises:
        WrongValueError: it is no list, or something else stands in it.
    """
    if not isinstance(value, list):
        raise WrongValueError("no_list", name=name, value=f"{value}")
    if odd := [each for each in value if not isinstance(each, str)]:
        raise WrongValueError("no_text_in_it", name=name, value=f"{odd[0]}")
    return tuple(parse_text(name, each) for each in value)


def parse_weekdays(name: str, value: object) -> tuple[int, ...]:
    """Return days of the week, 1 Monday to 7 Sunday.

    Raises:
        WrongValueError: it is no list of such.
    """
    if not isinstance(value, list) or not all(day in range(1, 8) for day in value):
        raise WrongValueError("no_weekdays", name=name, value=f"{value}")
    return tuple(int(day) for day in value)


def parse_answers(name: str, value: object) -> tuple[tuple[str, float | str], ...]:
    """Return answers by the name of their question, each a number or words.

    Raises:
        WrongValueError: it is no object, or a question has a name that cannot be one.
    """
    if not isinstance(value, dict):
        raise WrongValueError("no_questions", name=name, value=f"{value}")
    if odd := [question for question in value if not _is_name(question)]:
        raise WrongValueError("no_name", value=f"{odd[0]!r:.40}")
    return tuple(
        (
            parse_text(name, question),
            parse_text(question, answer) if isinstance(answer, str) else parse_number(question, answer),
        )
        for question, answer in value.items()
    )


def _is_name(question: str) -> bool:
    """Return whether a question may be called so: some letters, none of them a control character."""
    return bool(question.strip()) and question.isprintable() and len(question) <= LONGEST_NAME


def one_of(*choices: str | None) -> Parser:
    """Make a parser that takes one of the words alone."""

    def parse(name: str, value: object) -> object:
        if value not in choices:
            known = ", ".join(filter(None, choices))
            raise WrongValueError("not_one_of", name=name, value=repr(value), choices=known)
        return value

    return parse


def _check_year(day: dt.date) -> None:
    if day.year not in YEARS:
        raise WrongValueError("beyond", day=f"{day.date() if isinstance(day, dt.datetime) else day}")


class EntryCodec:
    """How one kind of entry is read: the parser of each field, and which fields a line must have."""

    def __init__(self, entry_type: type[Entry], **parsers: Parser) -> None:
        self.entry_type = entry_type
        self.parsers = parsers
        self.required = frozenset(
            field.name
            for field in fields(entry_type)
            if field.default is MISSING and field.default_factory is MISSING and field.name in parsers
        )

    def parse(self, content: dict[str, object]) -> Entry:
        """Return the entry; a field that it may be without counts as absent where it is null.

        Raises:
            WrongValueError: a field is unknown, missing or holds what it cannot.
        """
        if unknown := content.keys() - self.parsers.keys():
            raise WrongValueError("cannot_say", names=", ".join(sorted(unknown)))
        if missing := self.required - content.keys():
            raise WrongValueError("missing", names=", ".join(sorted(missing)))
        present = {name: value for name, value in content.items() if value is not None or name in self.required}
        return self.entry_type(**{name: self.parsers[name](name, value) for name, value in present.items()})  # type: ignore[arg-type]
