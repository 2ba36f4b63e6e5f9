"""What stands of all that was said: changes put in place, what was withdrawn left out. The lines themselves stay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.checkin_items import NAMES
from runmood.core.checkins import CheckIn, EntryDeleted, EntryEdited
from runmood.journal.codec import JournalRecord

if TYPE_CHECKING:
    from collections.abc import Iterable


WEIGHED = ("at", "kind", *NAMES)  # what findings weigh, and what decides of which day they weigh it


def effective_entries(records: Iterable[JournalRecord]) -> tuple[JournalRecord, ...]:
    """Return the entries that count, each under its first id, in the order in which they were first said.

    A change may name an entry or an earlier change of it; the last one counts. Taking a change back brings back what
    stood before it, and taking a withdrawal back brings back what was withdrawn.
    """
    said = _not_withdrawn(tuple(records))
    first: dict[str, str] = {}  # of each change, the id of the entry that it is about
    versions: dict[str, list[JournalRecord]] = {}
    for each in said:
        if isinstance(each.entry, EntryEdited):
            origin = first.get(each.entry.of, each.entry.of)
            first[each.id] = origin
            versions.setdefault(origin, []).append(replace(each, entry=each.entry.check_in))
    return tuple(
        _last_word(each, versions.get(each.id, []))
        for each in said
        if not isinstance(each.entry, EntryEdited | EntryDeleted)
    )


def _not_withdrawn(records: tuple[JournalRecord, ...]) -> list[JournalRecord]:
    """Everything that no later line that stands itself takes back."""
    withdrawn: set[str] = set()
    kept = []
    for each in reversed(records):
        if each.id in withdrawn:
            continue
        kept.append(each)
        if isinstance(each.entry, EntryDeleted):
            withdrawn.add(each.entry.of)
    return kept[::-1]


def standing_withdrawals(records: Iterable[JournalRecord]) -> dict[str, str]:
    """Return the id of each entry that is withdrawn, with the id of the withdrawal that stands."""
    kept = _not_withdrawn(tuple(records))
    return {each.entry.of: each.id for each in kept if isinstance(each.entry, EntryDeleted)}


def _last_word(original: JournalRecord, changes: list[JournalRecord]) -> JournalRecord:
    """Return the entry as last changed; it counts as said when what findings weigh of it was first said so."""
    if not changes or not isinstance(original.entry, CheckIn):
        return original
    final = changes[-1].entry
    said_at = min(each.said_at for each in (original, *changes) if _weighed(each.entry) == _weighed(final))
    return JournalRecord(original.id, said_at, final, edited=True)


def _weighed(entry: object) -> tuple[object, ...]:
    return tuple(getattr(entry, item) for item in WEIGHED)
