"""What a person says of a finding: hide it, it is not so, a note for later; or that it may be shown again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pipelines.saying.helping import show_if_touched
from runmood import journal
from runmood.terms.entries import Remark, Said, Withdrawn

if TYPE_CHECKING:
    import polars as pl

    from pipelines.home import Home


def say_of_finding(home: Home, finding: str, word: str | None, note: str | None) -> None:
    """Write down what is said of a finding, by its code; a note that was there stays where no other is given."""
    kept = remarks_of(home).filter(question=finding)["note"].to_list() if word and note is None else [note]
    remark = Remark(finding, word, kept[0] if kept else None)
    journal.append(home.journal, [Said(dt.datetime.now(home.zone), remark)])
    show_if_touched(home, [(note or "", None)])


def remarks_of(home: Home) -> pl.DataFrame:
    """What stands of all that was said of findings: a frame of REMARKS."""
    from runmood.terms import columns  # noqa: PLC0415 - as in cli.py

    told = journal.read(home.journal).told
    said = journal.standing(each for each in told if isinstance(each.entry, Remark | Withdrawn))
    return columns.REMARKS.frame(journal.remark_rows(said, home.zone))
