"""What was said by flags, as the fields of a check-in: what was not given is not there."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from runmood import journal
from runmood.terms.entries import CheckIn
from runmood.terms.notices import CannotBeDoneError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from runmood.terms.entries import OwnItem

    Answers = dict[str, Any]  # by field of a check-in; those to own questions by `answers.NAME`

OWN = "answers."


def scores(given: Mapping[str, float | None]) -> Answers:
    """The scores that were given."""
    return {item: score for item, score in given.items() if score is not None}


def words(given: Mapping[str, str | None]) -> Answers:
    """The words that were given."""
    return {item: said.strip() for item, said in given.items() if said and said.strip()}


def lists(given: Mapping[str, list[str] | None]) -> Answers:
    """The lists that were given, each word once."""
    return {item: tuple(dict.fromkeys(said)) for item, said in given.items() if said}


def moment(at: dt.date | None, kind: str | None, now: dt.datetime) -> Answers:
    """The moment that was given, by the clock at home; of a day alone the usual clock of the kind, or now if today."""
    if at is None:
        return {}
    if isinstance(at, dt.datetime):
        local = at.replace(tzinfo=now.tzinfo)
    else:
        local = journal.moment_on(at, kind, now.tzinfo, now)
    if local > now:
        raise CannotBeDoneError("--at lies in the future. A check-in speaks of now, or of a moment gone by.")
    return {"at": local}


def own_answers(given: Sequence[str], items: Sequence[OwnItem]) -> Answers:
    """Answers like coffee=2 to questions of one's own."""
    by_name = {item.name: item for item in items}
    said: Answers = {}
    for each in given:
        name, _, answer = each.partition("=")
        if name not in by_name:
            known = ", ".join(by_name) or "none yet; settings.toml takes them under [items.NAME]"
            raise CannotBeDoneError(f"--answer {each}: there is no question {name}. Your questions: {known}.")
        try:
            said[OWN + name] = journal.answer_to(by_name[name], answer)
        except ValueError as fault:
            raise CannotBeDoneError(f"--answer {each}: {fault}.") from fault
    return said


def answers_of(check_in: CheckIn) -> Answers:
    """What a check-in says, as if it had been given by flags."""
    said = {field.name: getattr(check_in, field.name) for field in fields(check_in) if field.name != "answers"}
    answered = {item: value for item, value in said.items() if value not in (None, ())}
    return answered | {OWN + name: answer for name, answer in check_in.answers}


def as_check_in(said: Answers) -> CheckIn:
    """The answers as a check-in; those to own questions under one roof."""
    own = tuple((item.removeprefix(OWN), answer) for item, answer in said.items() if item.startswith(OWN))
    return CheckIn(**{item: answer for item, answer in said.items() if not item.startswith(OWN)}, answers=own)
