"""Check-ins as answers by field: read from flags, found by ID, changed and taken back, always by a new line."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from runmood.core.checkin_items import NAMES, REQUIRED
from runmood.core.checkins import CheckIn, EntryDeleted, EntryEdited, NewEntry
from runmood.core.errors import UserError, spoken
from runmood.journal.checkin_days import datetime_on
from runmood.journal.codec import id_of
from runmood.journal.custom_questions import answer_to
from runmood.journal.resolve import effective_entries
from runmood.journal.store import append, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from runmood.core.checkins import CustomQuestion
    from runmood.core.i18n import Translator
    from runmood.home.home import Home
    from runmood.journal.codec import JournalRecord


if TYPE_CHECKING:
    Answers = dict[str, Any]  # by field of a check-in; those to own questions by `answers.NAME`

OWN = "answers."


def scores(given: Mapping[str, float | None]) -> Answers:
    """Return the scores that were given."""
    return {item: score for item, score in given.items() if score is not None}


def words(given: Mapping[str, str | None]) -> Answers:
    """Return the words that were given."""
    return {item: said.strip() for item, said in given.items() if said and said.strip()}


def lists(given: Mapping[str, list[str] | None]) -> Answers:
    """Return the lists that were given, each word once."""
    return {item: tuple(dict.fromkeys(said)) for item, said in given.items() if said}


def moment(say: Translator, at: dt.date | None, kind: str | None, now: dt.datetime) -> Answers:
    """Return the moment that was given, by the clock at home; for a day alone the usual time of the kind, or now."""
    if at is None:
        return {}
    local = at.replace(tzinfo=now.tzinfo) if isinstance(at, dt.datetime) else datetime_on(at, kind, now.tzinfo, now)
    if local > now:
        raise UserError(say("cli.checkin.in_future"))
    return {"at": local}


def custom_answers(say: Translator, given: Sequence[str], items: Sequence[CustomQuestion]) -> Answers:
    """Return answers like coffee=2 to questions of one's own."""
    by_name = {item.name: item for item in items}
    said: Answers = {}
    for each in given:
        name, _, answer = each.partition("=")
        if name not in by_name:
            known = ", ".join(by_name) or say("cli.checkin.no_questions")
            raise UserError(say("cli.checkin.no_question", given=each, name=name, known=known))
        try:
            said[OWN + name] = answer_to(by_name[name], answer)
        except ValueError as fault:
            raise UserError(say("cli.checkin.wrong_answer", given=each, fault=spoken(say, fault))) from fault
    return said


def answers_of(check_in: CheckIn) -> Answers:
    """Return the answers of a check-in, as if they had been given by flags."""
    said = {field.name: getattr(check_in, field.name) for field in fields(check_in)}
    said = {**said, **check_in.scores}
    del said["answers"], said["scores"]
    answered = {item: value for item, value in said.items() if value not in (None, ())}
    return answered | {OWN + name: answer for name, answer in check_in.answers}


def as_check_in(said: Answers) -> CheckIn:
    """Return the answers as a check-in; those to own questions stand together in `answers`."""
    own = tuple((item.removeprefix(OWN), answer) for item, answer in said.items() if item.startswith(OWN))
    return CheckIn(**{item: answer for item, answer in said.items() if not item.startswith(OWN)}, answers=own)


ALWAYS_SAID = {"at", "kind", *REQUIRED, "source", "raw"}
LAST = "last"
MADE_HERE = ("hand", "web", "json")  # sources; all others are imports
LONGEST = 40
SHORT = 8  # as many letters of a name as are shown


def get_checkin(home: Home, which: str) -> tuple[JournalRecord, CheckIn]:
    """Return the check-in of that ID as it stands, or the one last made here."""
    stands = effective_entries(read(home.journal).records)
    check_ins = [each for each in stands if isinstance(each.entry, CheckIn)]
    told = _last_made_here(home, check_ins) if which == LAST else find_record(home.say, check_ins, which)
    if not isinstance(told.entry, CheckIn):
        raise TypeError(f"{told} is no check-in")
    return told, told.entry


def changed(record: JournalRecord, check_in: CheckIn, now: dt.datetime) -> NewEntry:
    """Return the line that puts another check-in in its place."""
    return NewEntry(now, EntryEdited(record.id, check_in))


def remove_answers(say: Translator, said: Answers, unsay: Sequence[str]) -> Answers:
    """Return the answers without some; the moment, the kind, mood and energy cannot be left out."""
    for item in unsay:
        if not {item, f"{OWN}{item}"} & said.keys() - ALWAYS_SAID:
            raise UserError(say("cli.checkin.not_unsaid", item=item))
    return {item: answer for item, answer in said.items() if item.removeprefix(OWN) not in unsay}


def take_back(home: Home, which: str, now: dt.datetime) -> str:
    """Withdraw the entry of that ID, a withdrawal too; return a sentence that says how to undo it."""
    told = read(home.journal).records
    found = get_checkin(home, which)[0] if which == LAST else find_record(home.say, told, which)
    line = NewEntry(now, EntryDeleted(found.id))
    append(home.journal, [line])
    say, entry = home.say, id_of(line)[:SHORT]
    restores = isinstance(found.entry, EntryDeleted)
    again = say("cli.checkin.counts_again" if restores else "cli.checkin.counts_no_more")
    if isinstance(found.entry, CheckIn):
        return say("cli.checkin.taken_back", what=in_a_line(say, found.entry), again=again, entry=entry)
    return say("cli.checkin.taken_back_entry", again=again, entry=entry)


def in_a_line(say: Translator, check_in: CheckIn) -> str:
    """Return all of a check-in, as a person reads what was kept: its kind, its moment and each answer."""
    kind, moment = say.choice("cli.checkin.kind", check_in.kind), f"{check_in.at:%Y-%m-%d %H:%M}"
    line = say("cli.checkin.line", kind=kind, weekday=say.weekday(check_in.at), moment=moment)
    rated = [
        f"{say(f'field.{item}')} {say.exact(score)}" for item in NAMES if (score := getattr(check_in, item)) is not None
    ]
    worded = {
        "pain_where": check_in.pain_where,
        **{item: ", ".join(say.choice(item, word) for word in getattr(check_in, item)) for item in ("tags", "helped")},
        "skip_reason": say.choice("skip_reason", check_in.skip_reason or ""),
    }
    answered = [f"{say(f'field.{item}')}: {words}" for item, words in worded.items() if words]
    own = [f"{name}: {answer if isinstance(answer, str) else say.exact(answer)}" for name, answer in check_in.answers]
    note = [say("cli.checkin.note", note=" ".join(check_in.note.split()))] if check_in.note else []
    return "; ".join([", ".join([line, *rated]), *answered, *own, *note])


def shortened(words: str) -> str:
    """Return words in one line, cut where it is long."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


def find_record(say: Translator, records: Iterable[JournalRecord], which: str) -> JournalRecord:
    """Return the one entry whose ID begins so."""
    found = {each.id: each for each in records if each.id.startswith(which.lower())}
    if len(found) != 1:
        if found:
            raise UserError(say("cli.checkin.several", entries=len(found), which=which))
        raise UserError(say("cli.checkin.none", which=which))
    return next(iter(found.values()))


def _last_made_here(home: Home, check_ins: Iterable[JournalRecord]) -> JournalRecord:
    """Return the check-in last made by hand, on the page or by a shortcut, whatever was imported or changed since."""
    made_at = {each.id: each.said_at for each in read(home.journal).records}
    made_here = [each for each in check_ins if isinstance(each.entry, CheckIn) and each.entry.source in MADE_HERE]
    if not made_here:
        raise UserError(home.say("cli.checkin.no_check_in"))
    return max(enumerate(made_here), key=lambda each: (made_at[each[1].id], each[0]))[1]
