"""What an import gives, or what it lacks; and what of it disagrees with the journal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.journal.sheet import BadSheetError
from runmood.terms.records import CheckIn, Said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from runmood.journal.lines import Told


@dataclass(frozen=True, slots=True)
class Export:
    """What another app's file holds: entries for the journal, how sure its layout is, and what was left out."""

    source: str
    entries: tuple[Said, ...]
    how_sure: str
    remarks: tuple[str, ...] = ()


class NeedsMappingError(BadSheetError):
    """A file that only the person can explain; `draft` is a mapping (TOML) for them to fill in."""

    def __init__(self, sentence: str, draft: str) -> None:
        super().__init__(sentence)
        self.draft = draft


def conflicts(entries: Iterable[Said], told: Iterable[Told]) -> list[str]:
    """A sentence for each moment of which the same source says another mood than the journal holds."""
    stands: dict[tuple[dt.datetime, str], list[float]] = {}
    for each in told:
        if isinstance(each.entry, CheckIn):
            stands.setdefault(_of(each.entry), []).append(each.entry.mood)
    check_ins = [said.entry for said in entries if isinstance(said.entry, CheckIn)]
    return [
        f"{new.at:%Y-%m-%d %H:%M}, {new.source}: the journal holds mood {stands[_of(new)][-1]:g}, "
        f"the file says {new.mood:g}. Both are kept."
        for new in check_ins
        if new.mood not in stands.get(_of(new), [new.mood])
    ]


def _of(check_in: CheckIn) -> tuple[dt.datetime, str]:
    return check_in.at.astimezone(dt.UTC), check_in.source
