"""What was said by flags, as the fields of a check-in: what was not given is not there."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from runmood.core.errors import UserError
from runmood.core.models import CheckIn, EntryDeleted, EntryEdited, NewEntry
from runmood.journal.checkin_items import answer_to
from runmood.journal.codec import id_of
from runmood.journal.dates import datetime_on
from runmood.journal.resolve import effective_entries
from runmood.journal.store import append, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from runmood.core.models import CustomQuestion
    from runmood.home.home import Home
    from runmood.journal.codec import JournalRecord


if TYPE_CHECKING:
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
    local = at.replace(tzinfo=now.tzinfo) if isinstance(at, dt.datetime) else datetime_on(at, kind, now.tzinfo, now)
    if local > now:
        raise UserError("--at lies in the future. A check-in speaks of now, or of a moment gone by.")
    return {"at": local}


def custom_answers(given: Sequence[str], items: Sequence[CustomQuestion]) -> Answers:
    """Answers like coffee=2 to questions of one's own."""
    by_name = {item.name: item for item in items}
    said: Answers = {}
    for each in given:
        name, _, answer = each.partition("=")
        if name not in by_name:
            known = ", ".join(by_name) or "none yet; settings.toml takes them under [items.NAME]"
            raise UserError(f"--answer {each}: there is no question {name}. Your questions: {known}.")
        try:
            said[OWN + name] = answer_to(by_name[name], answer)
        except ValueError as fault:
            raise UserError(f"--answer {each}: {fault}.") from fault
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


# --- What was said before, found by name, changed and taken back: always by a new line.

ALWAYS_SAID = {"at", "kind", "mood", "energy", "source", "raw"}
LAST = "last"
LONGEST = 40
SHORT = 8  # as many letters of a name as are shown


def get_checkin(home: Home, which: str) -> tuple[JournalRecord, CheckIn]:
    """The check-in of that name as it stands, or the last one."""
    stands = effective_entries(read(home.journal).told)
    check_ins = [each for each in stands if isinstance(each.entry, CheckIn)]
    told = _last(check_ins) if which == LAST else named(check_ins, which)
    if not isinstance(told.entry, CheckIn):
        raise TypeError(f"{told} is no check-in")
    return told, told.entry


def changed(told: JournalRecord, check_in: CheckIn, now: dt.datetime) -> NewEntry:
    """The line that puts another check-in in its place."""
    return NewEntry(now, EntryEdited(told.id, check_in))


def remove_answers(said: Answers, unsay: Sequence[str]) -> Answers:
    """The answers without some; when, of what kind and how one felt cannot be left unsaid."""
    for item in unsay:
        if not {item, f"{OWN}{item}"} & said.keys() - ALWAYS_SAID:
            raise UserError(f"--unsay {item}: there is nothing of that name that could be left unsaid.")
    return {item: answer for item, answer in said.items() if item.removeprefix(OWN) not in unsay}


def take_back(home: Home, which: str, now: dt.datetime) -> str:
    """Withdraw what has that name, a withdrawal too; the sentence says how to undo it."""
    told = read(home.journal).told
    found = get_checkin(home, which)[0] if which == LAST else named(told, which)
    line = NewEntry(now, EntryDeleted(found.id))
    append(home.journal, [line])
    again = (
        "It counts again." if isinstance(found.entry, EntryDeleted) else "It stays in the journal and counts no more."
    )
    what = f": {in_a_line(found.entry)}" if isinstance(found.entry, CheckIn) else ""
    return f"Taken back{what}. {again} To undo that: runmood check-in --delete {id_of(line)[:SHORT]}"


def in_a_line(check_in: CheckIn) -> str:
    """A check-in as a person knows it again: its kind, its moment, its scores and how its note begins."""
    energy = f", energy {check_in.energy:g}" if check_in.energy is not None else ""
    note = f', "{shortened(check_in.note)}"' if check_in.note else ""
    return f"{check_in.kind}, {check_in.at:%A %Y-%m-%d %H:%M}, mood {check_in.mood:g}{energy}{note}"


def shortened(words: str) -> str:
    """Words in one line, cut where it is long."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


def named(told: Iterable[JournalRecord], which: str) -> JournalRecord:
    """The one entry whose name begins so."""
    found = {each.id: each for each in told if each.id.startswith(which.lower())}
    if len(found) != 1:
        many = f"{len(found)} entries begin with {which}; give more of the name." if found else f"There is no {which}."
        raise UserError(f"{many} `runmood log` lists what you said.")
    return next(iter(found.values()))


def _last(check_ins: list[JournalRecord]) -> JournalRecord:
    if not check_ins:
        raise UserError("There is no check-in yet.")
    return check_ins[-1]
