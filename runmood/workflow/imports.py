"""What a person takes back, and takes in again: words in the journal, so that they outlast a rebuild.

The files stay in the inbox, which is the truth of what was ever there; the journal says which of them count.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from runmood import ingest
from runmood.core.errors import UserError
from runmood.core.models import ImportRestored, ImportReverted, NewEntry
from runmood.home.home import Home
from runmood.ingest.batch import Batch, open_warehouse, read_all, read_inbox, reprocess_missing, taken_back
from runmood.ingest.inbox import copy_to_inbox
from runmood.ingest.report import progress_of
from runmood.ingest.workers import chunks
from runmood.journal.resolve import reverted_imports
from runmood.journal.store import append, read
from runmood.warehouse.publish import differences as differences_publish
from runmood.warehouse.queries import has_current_schema
from runmood.workflow import steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    import polars as pl

    from runmood.core.models import FileStat, FoundFile
    from runmood.ingest.batch import Progress
    from runmood.warehouse.diff import TableDiff


def batches(home: Home) -> pl.DataFrame:
    """Every import, the last one last, with how many of its files still are a run."""
    with open_warehouse(home) as store:
        return store.batches()


def revert_import(home: Home, batch: str) -> int:
    """How many files of an import were set aside; what another import brought too stays."""
    reprocess_missing(home)
    held = reverted_imports(read(home.journal).told)
    with open_warehouse(home) as store:
        if batch not in store.batches()["batch"]:
            raise UserError(f"There is no import {batch}. `runmood undo` lists them.")
        content = tuple(each for each in store.files_only_in_batch(batch) if each not in held)
        if not content:
            raise UserError(f"Nothing of import {batch} can be taken back: it was, or other imports have it too.")
        append(home.journal, [NewEntry(dt.datetime.now(home.zone), ImportReverted(batch, content))])
        entry = reverted_imports(read(home.journal).told)[content[0]]
        return store.set_aside(content, taken_back(entry))


def restore_import(home: Home, paths: list[Path]) -> int:
    """How many contents at these paths had been taken back; the next reading of the inbox takes them in again."""
    held = reverted_imports(read(home.journal).told)
    if not held:
        return 0
    found = {each.content_hash for each in ingest.discover_files(paths, lambda _name, _stamp: False) if each.content}
    again = tuple(sorted(found & held.keys()))
    if again:
        append(home.journal, [NewEntry(dt.datetime.now(home.zone), ImportRestored(again))])
        with open_warehouse(home) as store:
            store.forget(again)
    return len(again)


# --- An import from beginning to end, as a person asks for it and waits.

if TYPE_CHECKING:
    Watch = Callable[[Home], AbstractContextManager[Progress]]

STOPPED = "Stopped. What was read is kept; the next import goes on."


def import_paths(home: Home, paths: list[Path], watch: Watch | None = None) -> tuple[Batch, list[str], int]:
    """What the import came to, a sentence for each file that could not be brought, and how many are in again.

    `watch` tells how far it is: on the terminal unless another way is given.
    """
    with home.writing(), _may_be_stopped(STOPPED):
        stock = reprocess_missing(home)
        left_out = copy_to_inbox(paths, home.inbox)
        again = restore_import(home, paths)
        with (watch or progress_of)(home) as progress:
            batch = read_inbox(home, ", ".join(map(_as_text, paths)), progress)
        batch = stock + batch if stock else batch
        if batch.counts["files"] or again or not has_current_schema(home.published):
            steps.run_pipeline(home, home.today())
    return batch, left_out, again


def _as_text(path: Path) -> str:
    """A path as a database may hold it; what is no text in it stands as an escape."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def preview_of(home: Home, paths: list[Path]) -> Batch:
    """What the import would come to; nothing is changed, and the home need not exist."""
    with _may_be_stopped("Stopped. Nothing was changed."), progress_of(home, paths) as progress:
        return _preview(home, paths, progress)


def _preview(home: Home, paths: list[Path], progress: Progress) -> Batch:
    """What importing these paths would come to: read as they would be, into a work folder that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="runmood-") as folder:
        aside = Home(Path(folder), home.settings)
        for made in (aside.inbox, aside.journal, aside.work):
            made.mkdir()
        if home.journal.exists():
            shutil.copytree(home.journal, aside.journal, dirs_exist_ok=True)
        if any(home.work.glob("runmood.duckdb*")):
            with home.writing():
                for ledger in home.work.glob("runmood.duckdb*"):
                    shutil.copyfile(ledger, aside.work / ledger.name)
        restore_import(aside, paths)
        return read_all(aside, "preview", chunks(_found(home, aside, paths)), progress)


def _found(home: Home, aside: Home, paths: list[Path]) -> Iterator[FoundFile]:
    """What is new in the inbox and what the paths would bring there, under the names it would have."""
    inbox = home.inbox.resolve()
    with open_warehouse(aside) as store:
        seen = store.stamps()
    tops = [path.resolve() for path in paths]
    outside = [top for top in tops if inbox != top and inbox not in top.parents]
    for top in [inbox, *outside] if inbox.exists() else outside:
        above = f"{top.as_posix()}/" if top == inbox else f"{top.parent.as_posix().rstrip('/')}/"
        yield from _under(top, above, seen)


def _under(top: Path, above: str, seen: set[tuple[str, FileStat]]) -> Iterator[FoundFile]:
    def named(name: str) -> str:
        return f"inbox/{name.removeprefix(above)}"

    for found in ingest.discover_files([top], lambda name, stamp: (named(name), stamp) in seen):
        yield replace(found, name=named(found.name))


def rebuild(home: Home) -> tuple[Batch, list[TableDiff]]:
    """What the inbox came to, with everything made again from it and the journal, and what is different now."""
    with home.writing(), _may_be_stopped(STOPPED):
        before = steps.keep_published(home)
        steps.delete_derived_files(home)
        with progress_of(home) as progress:
            batch = reprocess_missing(home, progress) or Batch({"files": 0}, ())
        steps.run_pipeline(home, home.today())
        differences = differences_publish(before, home.published) if before else []
        if before:
            before.unlink()
    return batch, differences


@contextmanager
def _may_be_stopped(sentence: str) -> Iterator[None]:
    """Ctrl-C ends with a sentence."""
    try:
        yield
    except KeyboardInterrupt:
        raise UserError(sentence) from None
