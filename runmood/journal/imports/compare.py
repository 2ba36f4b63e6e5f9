"""What an import gives, or what it lacks; and what of it is new beside the journal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.core.errors import CsvFormatError
from runmood.core.models import CheckIn, EntryEdited, NewEntry
from runmood.journal.codec import CHECK_IN, id_of
from runmood.journal.resolve import effective_entries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from runmood.core.models import Entry
    from runmood.journal.codec import JournalRecord


@dataclass(frozen=True, slots=True)
class Export:
    """What another app's file holds: entries for the journal, how sure its layout is, and what was left out."""

    source: str
    entries: tuple[NewEntry, ...]
    how_sure: str
    remarks: tuple[str, ...] = ()


class NeedsMappingError(CsvFormatError):
    """A file of a source that only the person can explain; `draft` is a mapping (TOML) for them to fill in."""

    def __init__(self, sentence: str, source: str, draft: str) -> None:
        super().__init__(sentence)
        self.source = source
        self.draft = draft


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One moment of which a source says something else than what the journal has from it."""

    told: JournalRecord
    said: NewEntry
    sentence: str
    settled: bool  # the person has changed or withdrawn here what came from there: their word stands


@dataclass(frozen=True, slots=True)
class Compared:
    """What of an export the journal has not heard yet, and where the two disagree."""

    new: tuple[NewEntry, ...]
    disagreements: tuple[Disagreement, ...]

    def as_theirs(self) -> tuple[NewEntry, ...]:
        """Return changes that put the export's word in place of the last import's; none where the person decided."""
        return tuple(
            NewEntry(each.said.said_at, EntryEdited(each.told.id, each.said.entry))
            for each in self.disagreements
            if not each.settled and isinstance(each.said.entry, CheckIn)
        )


def compare(entries: Iterable[NewEntry], told: Iterable[JournalRecord]) -> Compared:
    """Return the entries of an export beside the journal: an entry is known by its source and moment.

    What the journal has already is nothing new, also where the person has changed or withdrawn it since. Another
    answer of the same source and moment is a disagreement, told and not taken.
    """
    journal, file = tuple(told), tuple(entries)
    heard, in_file = {each.id for each in journal}, {id_of(said) for said in file}
    held = _by_moment(each for each in journal if each.id not in in_file)
    stands = {each.id: each for each in effective_entries(journal)}
    new, disagreements = [], []
    for said in (said for said in file if id_of(said) not in heard):
        others = held.get(_of(said.entry))
        if not others:
            new.append(said)
            continue
        before = others.pop(0)
        now = stands.get(before.id)
        if _answers(said.entry) not in (_answers(before.entry), now and _answers(now.entry)):
            disagreements.append(_disagreement(before, now, said, mine=before.id in _changed_by_hand(journal)))
    return Compared(tuple(new), tuple(disagreements))


def _changed_by_hand(told: Iterable[JournalRecord]) -> set[str]:
    """Return the entries that the person changed here; a change from a file is said at the moment it speaks of."""
    changes = [(each.said_at, each.entry) for each in told if isinstance(each.entry, EntryEdited)]
    return {change.of for said_at, change in changes if said_at != change.check_in.at}


def _by_moment(told: Iterable[JournalRecord]) -> dict[object, list[JournalRecord]]:
    held: dict[object, list[JournalRecord]] = {}
    for each in told:
        if isinstance(each.entry, CheckIn):
            held.setdefault(_of(each.entry), []).append(each)
    return held


def _of(entry: Entry) -> tuple[dt.datetime, str] | None:
    return (entry.at.astimezone(dt.UTC), entry.source) if isinstance(entry, CheckIn) else None


def _answers(entry: Entry) -> dict[str, object]:
    """Return what was answered; how another app wrote it (`raw`) is no answer of its own."""
    return {name: getattr(entry, name) for name in CHECK_IN.parsers if name not in ("at", "raw")}


def _disagreement(before: JournalRecord, stands: JournalRecord | None, said: NewEntry, *, mine: bool) -> Disagreement:
    theirs = said.entry
    if not isinstance(theirs, CheckIn):
        raise TypeError(f"{theirs} is no check-in")
    head = f"{theirs.at:%Y-%m-%d %H:%M}, {theirs.source}"
    if stands is None:
        sentence = f"{head}: you took it back here, and it stays so; the file says mood {theirs.mood:g}."
        return Disagreement(before, said, sentence, settled=True)
    ours, items = _answers(stands.entry), _answers(theirs)
    differing = [item for item, answer in items.items() if answer != ours[item]]
    shown = [f"{item} {_shown(ours[item])} here, {_shown(items[item])} in the file" for item in differing]
    settled = " You changed it here, and your word stands." * mine
    return Disagreement(before, said, f"{head} ({before.id[:8]}): {'; '.join(shown)}.{settled}", settled=mine)


def _shown(answer: object) -> str:
    if answer in (None, ()):
        return "unsaid"
    if isinstance(answer, float | int):
        return f"{answer:g}"
    return ", ".join(map(str, answer)) if isinstance(answer, tuple) else f'"{answer}"'
