"""What an import gives, or what it lacks; and what of it is new beside the journal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.core.checkins import CheckIn, EntryEdited, NewEntry
from runmood.core.errors import CsvFormatError
from runmood.journal.codec import CHECK_IN, id_of
from runmood.journal.imports.documents import plain_text
from runmood.journal.resolve import effective_entries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from runmood.core.entries import Entry
    from runmood.core.i18n import Message, Translator
    from runmood.journal.codec import JournalRecord
    from runmood.journal.imports.formats import ExportFormat
    from runmood.journal.imports.mapping import Draft
    from runmood.journal.imports.sheets import SetAside


@dataclass(frozen=True, slots=True)
class Export:
    """What another app's file holds: entries for the journal, how sure its layout is, and what was left out.

    `by_clock` are the ids of entries whose moment the file writes as a clock without a zone, `layouts` how it was read.
    """

    source: str
    entries: tuple[NewEntry, ...]
    how_sure: str
    remarks: tuple[Message, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    by_clock: frozenset[str] = frozenset()
    layouts: tuple[ExportFormat, ...] = ()


class NeedsMappingError(CsvFormatError):
    """A file of a source that only the person can explain; `asked` is a mapping for them to fill in."""

    def __init__(self, sentence: Message, source: str, asked: Draft) -> None:
        super().__init__(sentence)
        self.source = source
        self.asked = asked

    def draft(self, say: Translator) -> str:
        """Return the mapping as a file (TOML)."""
        return self.asked.as_toml(say)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One moment of which a source says something else than what the journal has from it."""

    ours: JournalRecord
    said: NewEntry
    differing: tuple[tuple[str, object, object], ...]  # item, answer here and in the file; empty: taken back here
    settled: bool  # the person has changed or withdrawn here what came from there: their word stands

    def spoken(self, say: Translator) -> str:
        """Return what either says, in the language of a translator."""
        theirs = self.said.entry
        if not isinstance(theirs, CheckIn):
            raise TypeError(f"{theirs} is no check-in")
        at, source = f"{theirs.at:%Y-%m-%d %H:%M}", theirs.source
        if not self.differing:
            return say("disagreement.taken_back", at=at, source=source, mood=say.exact(theirs.mood))
        items = "; ".join(
            say("disagreement.item", item=say.choice("field", item), here=_shown(say, here), there=_shown(say, there))
            for item, here, there in self.differing
        )
        name = "disagreement.settled" if self.settled else "disagreement.differs"
        return say(name, at=at, source=source, entry=self.ours.id[:8], items=items)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What of an export the journal has not heard yet, where the two disagree, and what another zone has moved.

    `moved` are entries of which only the moment differs, since the home's zone was another when they were read.
    """

    new: tuple[NewEntry, ...]
    disagreements: tuple[Disagreement, ...]
    moved: tuple[Disagreement, ...] = ()

    def as_theirs(self) -> tuple[NewEntry, ...]:
        """Return changes that put the export's word in place of the last import's; none where the person decided."""
        return tuple(
            NewEntry(each.said.said_at, EntryEdited(each.ours.id, each.said.entry))
            for each in (*self.disagreements, *self.moved)
            if not each.settled and isinstance(each.said.entry, CheckIn)
        )


def compare(
    entries: Iterable[NewEntry], records: Iterable[JournalRecord], by_clock: frozenset[str] = frozenset()
) -> Comparison:
    """Return the entries of an export beside the journal.

    An entry is known by its source and by its moment in the source's own words: the clock that the file writes, or,
    where it names a zone, the moment itself. So it is the same entry whatever zone the home had when it was read. What
    the journal has already is nothing new, also where the person has changed or withdrawn it since. Another answer of
    the same source and moment is a disagreement, told and not taken.

    Args:
        entries: of the export.
        records: everything in the journal.
        by_clock: the ids of the entries whose moment is a clock without a zone.

    Returns:
        What is new, where the two disagree, and what another zone has moved.
    """
    journal, file = tuple(records), tuple(entries)
    known_ids, in_file = {each.id for each in journal}, {id_of(said) for said in file}
    held = _by_moment(each for each in journal if each.id not in in_file)
    stands = {each.id: each for each in effective_entries(journal)}
    by_hand = _changed_by_hand(journal)
    new, disagreements, moved = [], [], []
    for said in (said for said in file if id_of(said) not in known_ids):
        before = _taken_from(held, said, by_clock=id_of(said) in by_clock)
        if before is None:
            new.append(said)
            continue
        now, mine = stands.get(before.id), before.id in by_hand
        if _answers(said.entry) not in (_answers(before.entry), now and _answers(now.entry)):
            disagreements.append(_disagreement(before, now, said, mine=mine))
        elif now and not mine and _at(now.entry) != _at(said.entry):
            moved.append(Disagreement(before, said, (), settled=False))
    return Comparison(tuple(new), tuple(disagreements), tuple(moved))


def _taken_from(held: dict[object, list[JournalRecord]], said: NewEntry, *, by_clock: bool) -> JournalRecord | None:
    """Return the entry of the journal that an entry of the file is, and take it out of those held."""
    others = held.get(_of(said.entry, by_clock=by_clock), [])
    if not others:
        return None
    alike = [each for each in others if _answers(each.entry) == _answers(said.entry)]
    before = (alike or others)[0]
    for key in (_of(before.entry, by_clock=True), _of(before.entry, by_clock=False)):
        held[key].remove(before)
    return before


def _changed_by_hand(records: Iterable[JournalRecord]) -> set[str]:
    """Return the entries that the person changed here; a change from a file is said at the moment it speaks of."""
    changes = [(each.said_at, each.entry) for each in records if isinstance(each.entry, EntryEdited)]
    return {change.of for said_at, change in changes if said_at != change.check_in.at}


def _by_moment(records: Iterable[JournalRecord]) -> dict[object, list[JournalRecord]]:
    """Return the check-ins by source and moment, and again by source and clock."""
    held: dict[object, list[JournalRecord]] = {}
    for each in records:
        if isinstance(each.entry, CheckIn):
            held.setdefault(_of(each.entry, by_clock=False), []).append(each)
            held.setdefault(_of(each.entry, by_clock=True), []).append(each)
    return held


def _of(entry: Entry, *, by_clock: bool) -> tuple[object, str] | None:
    if not isinstance(entry, CheckIn):
        return None
    return (entry.at.replace(tzinfo=None) if by_clock else entry.at.astimezone(dt.UTC), entry.source)


def _at(entry: Entry) -> dt.datetime | None:
    return entry.at.astimezone(dt.UTC) if isinstance(entry, CheckIn) else None


def _answers(entry: Entry) -> dict[str, object]:
    """Return what was answered; how another app wrote it (`raw`), and marked up its notes, is no answer of its own."""
    answers = {name: getattr(entry, name) for name in CHECK_IN.parsers if name not in ("at", "raw")}
    note = answers["note"]
    return answers | {"note": plain_text(note, markup="&" in note).strip() or None if isinstance(note, str) else None}


def _disagreement(before: JournalRecord, stands: JournalRecord | None, said: NewEntry, *, mine: bool) -> Disagreement:
    theirs = said.entry
    if not isinstance(theirs, CheckIn):
        raise TypeError(f"{theirs} is no check-in")
    if stands is None:
        return Disagreement(before, said, (), settled=True)
    ours, items = _answers(stands.entry), _answers(theirs)
    differing = tuple((item, ours[item], answer) for item, answer in items.items() if answer != ours[item])
    return Disagreement(before, said, differing, settled=mine)


def _shown(say: Translator, answer: object) -> str:
    if answer in (None, ()):
        return say("disagreement.unsaid")
    if isinstance(answer, float | int):
        return say.exact(answer)
    return ", ".join(map(str, answer)) if isinstance(answer, tuple) else f'"{answer}"'
