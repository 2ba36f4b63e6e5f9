"""What the ledger no longer holds, read again: it was lost, or an older runmood had read it."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from pipelines.home.book import imports
from pipelines.home.formulas import FORMULAS
from pipelines.importing.inbox import Batch, new_at, nobody_waits, open_warehouse, read_all, read_inbox
from pipelines.importing.workers import chunks

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.home import Home
    from pipelines.home.book import Import
    from pipelines.importing.inbox import Progress


def take_stock(home: Home, progress: Progress = nobody_waits) -> Batch | None:
    """What the inbox came to, where the ledger did not hold all of it: it was new, or an older runmood had read it.

    Every import of the past is read by its own name and in its order, so that each can still be taken back alone.
    Null where the ledger is in order.
    """
    formula = str(FORMULAS["reading"])
    with open_warehouse(home) as store:
        noted = store.notes.get("reading")
        if noted not in {None, formula}:
            store.forget_all()
    if noted == formula:
        return None
    batch = Batch({}, ())

    def further(files: int, size: int) -> None:
        progress(len(batch.files) + files, size)

    for each in imports(home.journal):
        batch += _read_again(home, each, further)
    batch += read_inbox(home, "inbox", further)
    with open_warehouse(home) as store:
        store.notes.put("reading", formula)
    return batch


def _read_again(home: Home, noted: Import, progress: Progress) -> Batch:
    """An import of the past, as far as its files lie in the inbox and are not in the ledger."""
    with_archives = {str(path) for name in noted.files for path in (PurePath(name), *PurePath(name).parents)}
    paths = {path for name in noted.files if (path := _in_the_inbox(home, name))}
    found = new_at(home, sorted(paths), lambda name: name in with_archives)
    return read_all(home, noted.source, chunks(found), progress, noted.batch)


def _in_the_inbox(home: Home, name: str) -> Path | None:
    """The file or the archive in the inbox that a file came with; null where it is gone."""
    path = home.root / name
    return next((each for each in (path, *path.parents) if each.is_file()), None)
