"""What a person takes back, and takes in again: words in the journal, so that they outlast a rebuild.

The files stay in the inbox, which is the truth of what was ever there; the journal says which of them count.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pipelines.importing.inbox import open_warehouse, taken_back
from pipelines.importing.stock import take_stock
from runmood import journal, sources
from runmood.terms.entries import Said, TakenAgain, TakenBack
from runmood.terms.notices import CannotBeDoneError

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from pipelines.home import Home


def batches(home: Home) -> pl.DataFrame:
    """Every import, the last one last, with how many of its files still are a run."""
    with open_warehouse(home) as store:
        return store.batches()


def take_back(home: Home, batch: str) -> int:
    """How many files of an import were set aside; what another import brought too stays."""
    take_stock(home)
    held = journal.taken_back(journal.read(home.journal).told)
    with open_warehouse(home) as store:
        if batch not in store.batches()["batch"]:
            raise CannotBeDoneError(f"There is no import {batch}. `runmood undo` lists them.")
        content = tuple(each for each in store.brought_only_by(batch) if each not in held)
        if not content:
            raise CannotBeDoneError(
                f"Nothing of import {batch} can be taken back: it was, or other imports have it too."
            )
        journal.append(home.journal, [Said(dt.datetime.now(home.zone), TakenBack(batch, content))])
        entry = journal.taken_back(journal.read(home.journal).told)[content[0]]
        return store.set_aside(content, taken_back(entry))


def take_again(home: Home, paths: list[Path]) -> int:
    """How many contents at these paths had been taken back; the next reading of the inbox takes them in again."""
    held = journal.taken_back(journal.read(home.journal).told)
    if not held:
        return 0
    found = {each.content_hash for each in sources.find(paths, lambda _name, _stamp: False) if each.content}
    again = tuple(sorted(found & held.keys()))
    if again:
        journal.append(home.journal, [Said(dt.datetime.now(home.zone), TakenAgain(again))])
        with open_warehouse(home) as store:
            store.forget(again)
    return len(again)
