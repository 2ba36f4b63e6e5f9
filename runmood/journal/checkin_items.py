"""The scales of a check-in. The items and their words are our own (CC0); whole numbers from 0 to 10, none preset."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.core.enums import SCORES, CheckInKind, ItemKind
from runmood.core.errors import UserError
from runmood.core.models import CheckIn, CustomQuestion

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class RatingScale:
    """A question answered from 0 to 10: the words at 0, 5 and 10, and the kind of check-in it belongs to."""

    name: str
    asks: str
    words: tuple[str, str, str]
    kind: str = ""

    def word(self, step: str) -> str:
        """The word that stands at a step; empty between them."""
        return dict(zip(("0", "5", "10"), self.words, strict=True)).get(step, "")


_HOW_MUCH = ("not at all", "somewhat", "as much as can be")
ALWAYS = (
    RatingScale("mood", "Right now, how do you feel?", ("very bad", "neither", "very good")),
    RatingScale("energy", "Right now, how much energy do you have?", ("none", "half", "full")),
)
SOMETIMES = (
    RatingScale("sleep", "How did you sleep last night?", ("very badly", "so-so", "very well"), CheckInKind.MORNING),
    RatingScale("stress", "How stressful was today?", _HOW_MUCH, CheckInKind.EVENING),
    RatingScale("tiredness", "How tired is your body?", _HOW_MUCH, CheckInKind.EVENING),
    RatingScale("soreness", "How sore are you?", _HOW_MUCH, CheckInKind.EVENING),
    RatingScale(
        "effort", "Overall, how hard was that run?", ("no effort", "hard-ish", "as hard as I can go"), "after-run"
    ),
    RatingScale("pain", "How much did anything hurt?", _HOW_MUCH, CheckInKind.AFTER_RUN),
)


# --- A person's own questions: read from their settings, and the answers to them.

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")  # a name becomes a column of its own for who asks the database
_TAKEN = frozenset(CheckIn.__dataclass_fields__)
_MAY_HOLD = ("question", "kind", "choices", "when")
_YES, _NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")
_FEWEST_CHOICES = 2
_MOST = 10


def custom_items(table: object) -> tuple[CustomQuestion, ...]:
    """The questions of the table [custom_questions]; UserError names the first that cannot be asked, and why."""
    if not isinstance(table, dict):
        raise UserError(
            '[custom_questions] holds one table a question, such as [custom_questions.coffee] with question = "…".'
        )
    return tuple(_own_item(str(name), item) for name, item in table.items())


def answer_to(item: CustomQuestion, said: object) -> float | str:
    """The answer as the journal keeps it: a number, 1 for yes and 0 for no, or the word of a choice."""
    reader = {ItemKind.SCALE: _score, ItemKind.YES_NO: _yes_or_no}.get(item.kind)
    return reader(item, said) if reader else _choice(item, said)


def _own_item(name: str, item: object) -> CustomQuestion:
    if not _NAME.fullmatch(name) or name in _TAKEN:
        taken = f"{', '.join(SCORES)} and the like are taken"
        raise _fault(name, f"needs another name: small letters, digits and _, a letter first; {taken}")
    if not isinstance(item, dict):
        raise _fault(name, "has to be a table with a question and a kind")
    if strange := sorted(item.keys() - set(_MAY_HOLD)):
        raise _fault(name, f"does not know {', '.join(strange)}; it may hold {', '.join(_MAY_HOLD)}")
    question, kind = item.get("question"), item.get("kind")
    if not isinstance(question, str) or not question.strip():
        raise _fault(name, 'needs a question, such as question = "How many cups?"')
    if kind not in tuple(ItemKind):
        raise _fault(name, f"has the kind {kind!r}, not one of {', '.join(ItemKind)}")
    choices, when = _words(name, item, "choices"), _words(name, item, "when")
    if (kind == ItemKind.CHOICE) != (len(set(choices)) >= _FEWEST_CHOICES):
        raise _fault(name, "needs choices, two or more, if it is a choice, and none if it is not")
    if strange := [each for each in when if each not in tuple(CheckInKind)]:
        raise _fault(name, f"is asked when {strange[0]!r}, not one of {', '.join(CheckInKind)}")
    return CustomQuestion(name, question.strip(), ItemKind(kind), choices, when)


def _words(name: str, item: Mapping[str, object], key: str) -> tuple[str, ...]:
    words = item.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise _fault(name, f'needs {key} as a list of words, such as {key} = ["…", "…"]')
    return tuple(word.strip() for word in words)


def _fault(name: str, fault: str) -> UserError:
    return UserError(f"The question [custom_questions.{name}] {fault}.")


def _score(item: CustomQuestion, said: object) -> float:
    try:
        score = float(str(said).replace(",", "."))
    except ValueError as fault:
        raise ValueError(f"{item.name} is {said!r}, not a number from 0 to 10") from fault
    if not 0 <= score <= _MOST:
        raise ValueError(f"{item.name} is {said}, outside 0 to 10")
    return score


def _yes_or_no(item: CustomQuestion, said: object) -> float:
    word = str(said).strip().lower().removesuffix(".0")
    if word not in (*_YES, *_NO):
        raise ValueError(f"{item.name} is {said!r}, neither yes nor no")
    return float(word in _YES)


def _choice(item: CustomQuestion, said: object) -> str:
    found = [choice for choice in item.choices if choice.casefold() == str(said).strip().casefold()]
    if not found:
        raise ValueError(f"{item.name} is {said!r}, not one of {', '.join(item.choices)}")
    return found[0]
