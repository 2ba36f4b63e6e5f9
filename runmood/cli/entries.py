"""Check-ins as answers by field: read from flags, their words understood, found by ID, changed and taken back."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from runmood.core.checkin_items import NAMES, REQUIRED
from runmood.core.checkins import CheckIn, EntryDeleted, EntryEdited, NewEntry
from runmood.core.enums import HELPED, SKIP_REASONS, TAGS
from runmood.core.errors import UserError, spoken
from runmood.journal.checkin_days import datetime_on
from runmood.journal.codec import id_of
from runmood.journal.custom_questions import answer_to
from runmood.journal.resolve import effective_entries
from runmood.journal.store import append, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from runmood.core.checkins import CustomQuestion
    from runmood.core.entries import Entry
    from runmood.core.i18n import Translator
    from runmood.home.home import Home
    from runmood.journal.codec import JournalRecord

    Answers = dict[str, Any]  # by field of a check-in; those to own questions by `answers.NAME`


OWN = "answers."
ALWAYS_SAID = {"at", "kind", *REQUIRED, "source", "raw"}
LAST = "last"
MADE_HERE = ("hand", "web", "json")  # sources; all others are imports
LONGEST = 40
SHORT = 8  # as many letters of a name as are shown
OFFERED: Mapping[str, Sequence[str]] = {"tags": TAGS, "helped": HELPED, "skip_reason": SKIP_REASONS}
FLAGS = {"tags": "--tag", "helped": "--helped", "skip_reason": "--skip-reason"}
ALIKE = 0.7  # of difflib's ratio, from which on a word may be a slip of another


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
    if not isinstance(at, dt.datetime):
        local = datetime_on(at, kind, now.tzinfo, now)
    else:
        local = at.astimezone(now.tzinfo) if at.tzinfo else at.replace(tzinfo=now.tzinfo)
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


def get_checkin(home: Home, which: str) -> tuple[JournalRecord, CheckIn]:
    """Return the check-in of that ID as it stands, or the one last made here."""
    stands = effective_entries(read(home.journal).records)
    check_ins = [each for each in stands if isinstance(each.entry, CheckIn)]
    record = _last_made_here(home, check_ins) if which == LAST else find_record(home.say, check_ins, which)
    if not isinstance(record.entry, CheckIn):
        raise TypeError(f"{record} is no check-in")
    return record, record.entry


def changed(record: JournalRecord, check_in: CheckIn, now: dt.datetime) -> NewEntry:
    """Return the line that puts another check-in in its place."""
    return NewEntry(now, EntryEdited(record.id, check_in))


def remove_answers(say: Translator, said: Answers, unsay: Sequence[str]) -> Answers:
    """Return the answers without some; the moment, the kind, mood and energy cannot be left out."""
    for item in unsay:
        if not {item, f"{OWN}{item}"} & said.keys() - ALWAYS_SAID:
            raise UserError(say("cli.checkin.not_unsaid", item=item))
    unsaid = {OWN + item if OWN + item in said else item for item in unsay}  # an own question goes first
    return {item: answer for item, answer in said.items() if item not in unsaid}


def take_back(home: Home, which: str, now: dt.datetime) -> str:
    """Withdraw the entry of that ID, a withdrawal too; return a sentence that says how to undo it."""
    records = read(home.journal).records
    found = get_checkin(home, which)[0] if which == LAST else find_record(home.say, records, which)
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


def append_now(home: Home, entries: Iterable[Entry | EntryDeleted]) -> None:
    """Write entries in the journal as said at this moment."""
    now = dt.datetime.now(home.zone)
    append(home.journal, [NewEntry(now, entry) for entry in entries])


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


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word that is neither offered nor used before; `near` is the offered word that it looks like, if any."""

    item: str
    typed: str
    near: str | None


def offered_word(say: Translator, item: str, typed: str) -> str | None:
    """Return the word offered by `core.enums` that is meant, in its own letters or in the person's language."""
    return _by_spelling(say, item).get(_spelling(typed))


def unknown_words(home: Home, check_ins: Iterable[CheckIn]) -> list[UnknownWord]:
    """Return the words of check-ins that are neither offered, nor named in the settings, nor in the journal so far."""
    found = [(item, word) for each in check_ins for item in OFFERED for word in _words(each, item)]
    strange = [(item, word) for item, word in dict.fromkeys(found) if offered_word(home.say, item, word) is None]
    if not strange:
        return []
    used = {(item, word) for each in _check_ins(home) for item in OFFERED for word in _words(each, item)}
    used |= {("tags", tag) for tag in home.settings.tracked_tags}
    return [UnknownWord(item, word, _near(home.say, item, word)) for item, word in strange if (item, word) not in used]


def understand_words(home: Home, check_in: CheckIn) -> dict[str, object]:
    """Return tags, what helped and the reason as they are meant; ask about each word that nobody knows.

    Without a terminal to ask in, a word like an offered one is refused, and any other one kept.

    Raises:
        UserError: names the word, the one it looks like, and what to type instead.
    """
    meant = {}
    for unknown in unknown_words(home, [check_in]):
        if sys.stdin.isatty():
            meant[unknown.item, unknown.typed] = _ask(home.say, unknown)
        elif unknown.near:
            raise UserError(_sentence(home.say, "refused", unknown))
    words: dict[str, object] = {}
    for item in OFFERED:
        typed = _words(check_in, item)
        known = [meant.get((item, word), offered_word(home.say, item, word) or word) for word in typed]
        kept = tuple(dict.fromkeys(word for word in known if word))
        if typed:
            words[item] = next(iter(kept), None) if item == "skip_reason" else kept
    return words


def new_words(say: Translator, unknown: Iterable[UnknownWord]) -> list[str]:
    """Return a sentence for each word that was kept although nobody knows it."""
    return [_sentence(say, "kept_like" if each.near else "kept", each) for each in unknown]


def _ask(say: Translator, unknown: UnknownWord) -> str | None:
    """Return the word that is meant, or nothing where it is to be left out."""
    import typer

    while True:
        question = _sentence(say, "ask_near" if unknown.near else "ask_new", unknown)
        answer = typer.prompt(question, default="", show_default=False, prompt_suffix=" ").strip()
        if answer.lower() in ("", *say("cli.words.yes").split()):
            return unknown.near or unknown.typed
        if answer.lower() in say("cli.words.no").split():
            return unknown.typed if unknown.near else None
        if word := offered_word(say, unknown.item, answer):
            return word


def _sentence(say: Translator, name: str, unknown: UnknownWord) -> str:
    near = say.choice(unknown.item, unknown.near) if unknown.near else ""
    kind = say(f"field.{unknown.item}")
    return say(f"cli.words.{name}", typed=unknown.typed, near=near, kind=kind, flag=FLAGS[unknown.item])


def _near(say: Translator, item: str, typed: str) -> str | None:
    from difflib import get_close_matches

    spellings = _by_spelling(say, item)
    close = get_close_matches(_spelling(typed), spellings, n=1, cutoff=ALIKE)
    return spellings[close[0]] if close else None


def _by_spelling(say: Translator, item: str) -> dict[str, str]:
    """Return each offered word by the ways to write it."""
    return {_spelling(way): word for word in OFFERED[item] for way in (word, say.choice(item, word))}


def _spelling(word: str) -> str:
    return " ".join(word.casefold().replace("_", " ").replace("-", " ").split())


def _words(check_in: CheckIn, item: str) -> tuple[str, ...]:
    said = getattr(check_in, item)
    return (said,) if isinstance(said, str) else tuple(said or ())


def _check_ins(home: Home) -> Iterable[CheckIn]:
    return (each.entry for each in effective_entries(read(home.journal).records) if isinstance(each.entry, CheckIn))
