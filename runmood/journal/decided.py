"""What a person decided about files, runs and findings; the last word counts, and what they withdrew does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.journal.changes import standing
from runmood.terms.choices import SET_BACK
from runmood.terms.entries import Joined, Measured, Parted, Remark, RunTagged, TakenAgain, TakenBack
from runmood.terms.records import Decisions

if TYPE_CHECKING:
    from runmood.journal.lines import Told


def decisions(told: tuple[Told, ...]) -> Decisions:
    """What was decided about recordings: which are one run, how far they were, what kind of run."""
    entries = [each.entry for each in standing(told)]
    return Decisions(
        same_run={_pair(entry): isinstance(entry, Joined) for entry in entries if isinstance(entry, Joined | Parted)},
        distances={entry.recording: entry.distance_m for entry in entries if isinstance(entry, Measured)},
        tags={entry.recording: entry.tags for entry in entries if isinstance(entry, RunTagged)},
    )


def taken_back(told: tuple[Told, ...]) -> dict[str, Told]:
    """Each content that is taken back, with the entry that did it; of several entries the last one counts."""
    held: dict[str, Told] = {}
    for each in standing(told):
        if isinstance(each.entry, TakenBack):
            held.update(dict.fromkeys(each.entry.content, each))
        elif isinstance(each.entry, TakenAgain):
            for content in each.entry.content:
                held.pop(content, None)
    return held


def remark(finding: str, word: str | None, note: str, before: str | None) -> Remark:
    """What is said of a finding next: a mere note leaves it hidden or disputed; without note or word nothing stands."""
    if word == "noted":
        word = before if before in SET_BACK else "noted" if note else None
    return Remark(finding, word, note or None if word else None)


def _pair(entry: Joined | Parted) -> tuple[str, str]:
    return (min(entry.one, entry.other), max(entry.one, entry.other))
