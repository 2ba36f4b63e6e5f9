"""What a person decided about their files: imports taken back, files that are one run or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.terms.records import Joined, Parted, TakenAgain, TakenBack

if TYPE_CHECKING:
    from runmood.journal.lines import Told


def taken_back(told: tuple[Told, ...]) -> dict[str, Told]:
    """Each content that is taken back, with the entry that did it; of several entries the last one counts."""
    held: dict[str, Told] = {}
    for each in told:
        if isinstance(each.entry, TakenBack):
            held.update(dict.fromkeys(each.entry.content, each))
        elif isinstance(each.entry, TakenAgain):
            for content in each.entry.content:
                held.pop(content, None)
    return held


def same_run_decisions(told: tuple[Told, ...]) -> dict[tuple[str, str], bool]:
    """Whether two recordings are one run, for each pair that a person has decided; the last word counts."""
    entries = [each.entry for each in told if isinstance(each.entry, Joined | Parted)]
    return {_pair(entry): isinstance(entry, Joined) for entry in entries}


def _pair(entry: Joined | Parted) -> tuple[str, str]:
    return (min(entry.one, entry.other), max(entry.one, entry.other))
