"""A person's own questions: read from the table of settings.toml, and the answers to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from runmood.core.checkin_items import LEAST, MOST, NAMES, REQUIRED
from runmood.core.checkins import CheckIn, CustomQuestion
from runmood.core.enums import CheckInKind, ItemKind
from runmood.core.errors import UserError
from runmood.core.i18n import message

if TYPE_CHECKING:
    from collections.abc import Mapping


_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")  # a name becomes a column of its own for who asks the database
TAKEN = {*NAMES, *CheckIn.__dataclass_fields__} - {"scores"}
# A rating that comes with a later version must not stop a home that asks a question of its own by that name.
REFUSED = TAKEN - {*NAMES} | {*REQUIRED}
_KEYS = ("question", "kind", "choices", "when")
_YES, _NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")
FEWEST_CHOICES = 2


class WrongItemError(UserError):
    """A question of a person's own cannot be asked; the sentence names it, and why.

    Args:
        fault: why, as `error.question` in the catalogues names it.
        question: its name; empty where the whole table is wrong.
        table: what the file calls the table of all questions.
        values: what the sentence names besides.
    """

    def __init__(self, fault: str, question: str = "", table: str = "custom_questions", **values: object) -> None:
        super().__init__(message(f"error.question.{fault}", question=f"[{table}.{question}]", table=table, **values))
        self._fault, self._question, self._values = fault, question, values

    def in_table(self, table: str) -> WrongItemError:
        """Return the same of a table that the file calls by another name."""
        return WrongItemError(self._fault, self._question, table, **self._values)


class WrongAnswerError(UserError, ValueError):
    """A question cannot be answered so; the sentence says what it takes."""


def custom_items(table: object) -> tuple[CustomQuestion, ...]:
    """Read the questions of the table [custom_questions].

    One may be called as an optional rating is: its answers are kept apart from the ratings, under its name.

    Returns:
        The questions in the order of the file.

    Raises:
        WrongItemError: a question cannot be asked; the sentence names the first such, and why.
    """
    if not isinstance(table, dict):
        raise WrongItemError("no_table")
    return tuple(_parse_question(str(name), item) for name, item in table.items())


def answer_to(item: CustomQuestion, answer: object) -> float | str:
    """Return an answer as the journal keeps it: a number, 1 for yes and 0 for no, or the word of a choice.

    Raises:
        WrongAnswerError: the question cannot be answered so.
    """
    if item.kind == ItemKind.CHOICE:
        return _parse_choice(item, answer)
    return _parse_score(item, answer) if item.kind == ItemKind.SCALE else _parse_yes_no(item, answer)


def _parse_question(name: str, item: object) -> CustomQuestion:
    if not _NAME.fullmatch(name) or name in REFUSED:
        raise WrongItemError("taken", name, taken=", ".join(REQUIRED))
    if not isinstance(item, dict):
        raise WrongItemError("no_table_of_it", name)
    if unknown := sorted(item.keys() - set(_KEYS)):
        raise WrongItemError("unknown", name, unknown=", ".join(map(str, unknown)), known=", ".join(_KEYS))
    question, kind = item.get("question"), item.get("kind")
    if not isinstance(question, str) or not question.strip():
        raise WrongItemError("no_question", name)
    if kind not in tuple(ItemKind):
        raise WrongItemError("no_kind", name, kind=repr(kind), kinds=", ".join(ItemKind))
    choices, when = _parse_words(name, item, "choices"), _parse_words(name, item, "when")
    if (kind == ItemKind.CHOICE) != (len(set(choices)) >= FEWEST_CHOICES):
        raise WrongItemError("choices", name)
    if unknown := [each for each in when if each not in tuple(CheckInKind)]:
        raise WrongItemError("no_moment", name, when=repr(unknown[0]), moments=", ".join(CheckInKind))
    return CustomQuestion(name, question.strip(), ItemKind(kind), choices, when)


def _parse_words(name: str, item: Mapping[str, object], key: str) -> tuple[str, ...]:
    words = item.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise WrongItemError("no_words", name, key=key)
    return tuple(word.strip() for word in words)


def _parse_score(item: CustomQuestion, answer: object) -> float:
    try:
        score = float(str(answer).replace(",", "."))
    except ValueError as fault:
        raise _wrong("no_number", item, answer) from fault
    if not LEAST <= score <= MOST:
        raise _wrong("out_of_range", item, answer)
    return score


def _parse_yes_no(item: CustomQuestion, answer: object) -> float:
    word = str(answer).strip().lower().removesuffix(".0")
    if word not in (*_YES, *_NO):
        raise _wrong("no_yes_or_no", item, answer)
    return float(word in _YES)


def _parse_choice(item: CustomQuestion, answer: object) -> str:
    found = [choice for choice in item.choices if choice.casefold() == str(answer).strip().casefold()]
    if not found:
        raise _wrong("no_choice", item, answer)
    return found[0]


def _wrong(fault: str, item: CustomQuestion, answer: object) -> WrongAnswerError:
    about = {"least": LEAST, "most": MOST, "choices": ", ".join(item.choices)}
    return WrongAnswerError(message(f"error.answer.{fault}", name=item.name, answer=repr(answer), **about))
