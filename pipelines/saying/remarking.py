"""What a person says of a finding: hide it, it is not so, a note for later; or that it may be shown again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pipelines.saying.helping import show_if_touched
from runmood import journal
from runmood.terms.choices import SET_BACK
from runmood.terms.entries import Remark, Said, Withdrawn
from runmood.terms.notices import CannotBeDoneError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from pipelines.home import Home

LONGEST = 2000


def say_of_findings(home: Home, findings: Sequence[str], word: str | None, note: str | None) -> None:
    """Write down what is said of findings that are told as one, by their codes.

    A note stays where no other is given, an empty one takes it away, and a note alone leaves the word that stands.
    """
    if note and len(note) > LONGEST:
        raise CannotBeDoneError(f"A note holds up to {LONGEST} letters; this one has {len(note)}. Nothing was written.")
    stands = {row["question"]: row for row in remarks_of(home).iter_rows(named=True)}
    now = dt.datetime.now(home.zone)
    said = [Said(now, _remark(finding, word, note, stands.get(finding, {}))) for finding in findings]
    journal.append(home.journal, said)
    show_if_touched(home, [(note or "", None)])


def take_back_remarks(home: Home, findings: Sequence[str]) -> None:
    """Let go of all that was said of findings: they are shown as any other."""
    now = dt.datetime.now(home.zone)
    journal.append(home.journal, [Said(now, Remark(finding, None)) for finding in findings])


def _remark(finding: str, word: str | None, note: str | None, stands: dict[str, str | None]) -> Remark:
    kept = stands.get("note") if note is None else note or None
    before = stands.get("word")
    stays = before if before in SET_BACK else "noted" if kept else None
    told = word or stays
    return Remark(finding, told, kept if told else None)


def remarks_of(home: Home) -> pl.DataFrame:
    """What stands of all that was said of findings: a frame of REMARKS."""
    from runmood.terms import columns  # noqa: PLC0415 - as in cli.py

    told = journal.read(home.journal).told
    said = journal.standing(each for each in told if isinstance(each.entry, Remark | Withdrawn))
    return columns.REMARKS.frame(journal.remark_rows(said, home.zone))
