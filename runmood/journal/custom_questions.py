"""A person's own questions: read from the table of settings.toml, and the answers to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from runmood.core.checkin_items import LEAST, MOST, NAMES
from runmood.core.enums import CheckInKind, ItemKind
from runmood.core.errors import UserError
from runmood.core.models import CheckIn, CustomQuestion

if TYPE_CHECKING:
    from collections.abc import Mapping


_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")  # a name becomes a column of its own for who asks the database
TAKEN = {*NAMES, *CheckIn.__dataclass_fields__} - {"scores"}
_KEYS = ("question", "kind", "choices", "when")
_YES, _NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")
FEWEST_CHOICES = 2


def custom_items(table: object) -> tuple[CustomQuestion, ...]:
    """Read the questions of the table [custom_questions].

    Returns:
        The questions in the order of the file.

    Raises:
        UserError: a question cannot be asked; the sentence names the first such, and why.
    """
    if not isinstance(table, dict):
        raise UserError(
            '[custom_questions] holds one table a question, such as [custom_questions.coffee] with question = "…".'
        )
    return tuple(_parse_question(str(name), item) for name, item in table.items())


def answer_to(item: CustomQuestion, answer: object) -> float | str:
    """Return an answer as the journal keeps it: a number, 1 for yes and 0 for no, or the word of a choice.

    Raises:
        ValueError: the question cannot be answered so.
    """
    if item.kind == ItemKind.CHOICE:
        return _parse_choice(item, answer)
    return _parse_score(item, answer) if item.kind == ItemKind.SCALE else _parse_yes_no(item, answer)


def _parse_question(name: str, item: object) -> CustomQuestion:
    if not _NAME.fullmatch(name) or name in TAKEN:
        taken = f"{', '.join(NAMES)} and the like are taken"
        raise _error(name, f"needs another name: small letters, digits and _, a letter first; {taken}")
    if not isinstance(item, dict):
        raise _error(name, "has to be a table with a question and a kind")
    if unknown := sorted(item.keys() - set(_KEYS)):
        raise _error(name, f"does not know {', '.join(unknown)}; it may hold {', '.join(_KEYS)}")
    question, kind = item.get("question"), item.get("kind")
    if not isinstance(question, str) or not question.strip():
        raise _error(name, 'needs a question, such as question = "How many cups?"')
    if kind not in tuple(ItemKind):
        raise _error(name, f"has the kind {kind!r}, not one of {', '.join(ItemKind)}")
    choices, when = _parse_words(name, item, "choices"), _parse_words(name, item, "when")
    if (kind == ItemKind.CHOICE) != (len(set(choices)) >= FEWEST_CHOICES):
        raise _error(name, "needs choices, two or more, if it is a choice, and none if it is not")
    if unknown := [each for each in when if each not in tuple(CheckInKind)]:
        raise _error(name, f"is asked when {unknown[0]!r}, not one of {', '.join(CheckInKind)}")
    return CustomQuestion(name, question.strip(), ItemKind(kind), choices, when)


def _parse_words(name: str, item: Mapping[str, object], key: str) -> tuple[str, ...]:
    words = item.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise _error(name, f'needs {key} as a list of words, such as {key} = ["…", "…"]')
    return tuple(word.strip() for word in words)


def _error(name: str, fault: str) -> UserError:
    return UserError(f"The question [custom_questions.{name}] {fault}.")


def _parse_score(item: CustomQuestion, answer: object) -> float:
    try:
        score = float(str(answer).replace(",", "."))
    except ValueError as fault:
        raise ValueError(f"{item.name} is {answer!r}, not a number from {LEAST} to {MOST}") from fault
    if not LEAST <= score <= MOST:
        raise ValueError(f"{item.name} is {answer}, outside {LEAST} to {MOST}")
    return score


def _parse_yes_no(item: CustomQuestion, answer: object) -> float:
    word = str(answer).strip().lower().removesuffix(".0")
    if word not in (*_YES, *_NO):
        raise ValueError(f"{item.name} is {answer!r}, neither yes nor no")
    return float(word in _YES)


def _parse_choice(item: CustomQuestion, answer: object) -> str:
    found = [choice for choice in item.choices if choice.casefold() == str(answer).strip().casefold()]
    if not found:
        raise ValueError(f"{item.name} is {answer!r}, not one of {', '.join(item.choices)}")
    return found[0]
