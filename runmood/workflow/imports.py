"""An import from beginning to end, its preview, a rebuild, and an import taken back.

The files stay in the inbox; the journal says which imports count, so that a rebuild comes to the same.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from runmood.core.checkins import NewEntry
from runmood.core.entries import ImportReverted
from runmood.core.errors import UserError
from runmood.core.i18n import message
from runmood.home.home import Home, sweep_leftovers
from runmood.ingest.discover import discover_files
from runmood.ingest.entry_imports import brought_files, revert_entries
from runmood.ingest.importer import Batch, open_importer, open_warehouse, reverted_notice
from runmood.ingest.inbox import copy_to_inbox
from runmood.ingest.progress import NO_LISTENER
from runmood.ingest.watched import collect_from_folders, queue_messages
from runmood.ingest.workers import chunks
from runmood.journal.store import append
from runmood.warehouse.publish import differences
from runmood.warehouse.queries import has_current_schema
from runmood.workflow import steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from runmood.core.i18n import Message
    from runmood.core.recordings import FileStat, FoundFile
    from runmood.ingest.progress import ProgressListener
    from runmood.warehouse.publish import TableDiff
    from runmood.warehouse.writer import Warehouse

STOPPED = "import.stopped"
MOST_TOLD = 20


def import_paths(
    home: Home, paths: list[Path], listener: ProgressListener = NO_LISTENER
) -> tuple[Batch, list[Message], int]:
    """Copy files into the inbox, read everything new in it, and make what follows from it.

    Args:
        home: Where the files go.
        paths: Files, folders and archives; none, to read what lies in the inbox already.
        listener: Is told how far it is.

    Returns:
        The result, a message for each file that could not be copied, and how many contents had been taken back before
        and count again.
    """
    with home.writing(), _may_be_stopped(STOPPED):
        sweep_leftovers(home)
        with open_importer(home) as importer:
            reread = importer.reprocess_missing()
            places: list[Path] = []
            left_out = copy_to_inbox(paths, home.inbox, places.append)
            again = importer.restore(paths)
            progress = listener.reading(home, importer.store)
            batch = importer.read_inbox(", ".join(map(_as_text, paths)), progress)
            batch = reread + batch if reread else batch
            left_out += _refused_before(importer.store, {home.name_of(place.as_posix()) for place in places}, batch)
            changed = bool(batch.counts["files"] or batch.read_again or again or not has_current_schema(home.published))
            if changed:
                listener.begin("import.building")
                steps.build_tables(home, importer.store, home.today())
        if changed:
            listener.begin("import.publishing")
            steps.publish_results(home, home.today())
    return batch, left_out, again


def _refused_before(store: Warehouse, names: set[str], batch: Batch) -> list[Message]:
    """Return a message for each file that was named again and still cannot be read: it is not new, and not read."""
    in_batch = {file.file_name for file in batch.files}
    refused = (
        (name, reason)
        for name, reason in store.files.refused()
        if name not in in_batch and names & {name, *map(str, PurePosixPath(name).parents)}
    )
    return [message("import.not_copied", file=name, reason=reason) for name, reason in islice(refused, MOST_TOLD)]


def _as_text(path: Path) -> str:
    """Return a path as a database may hold it; what is no text in it stands as an escape."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def preview_of(home: Home, paths: list[Path], listener: ProgressListener = NO_LISTENER) -> Batch:
    """Read files as an import of these paths would, into a temporary home that is deleted.

    Nothing is changed, and the home need not exist.

    Returns:
        What the import would come to.
    """
    with _may_be_stopped("import.preview_stopped"), tempfile.TemporaryDirectory(prefix="runmood-") as folder:
        aside = Home(Path(folder), home.settings)
        for made in (aside.inbox, aside.journal, aside.work):
            made.mkdir()
        if home.journal.exists():
            shutil.copytree(home.journal, aside.journal, dirs_exist_ok=True)
        if any(home.work.glob("runmood.duckdb*")):
            with home.writing():
                for database in home.work.glob("runmood.duckdb*"):
                    shutil.copyfile(database, aside.work / database.name)
        with open_importer(aside) as importer:
            progress = listener.reading(home, importer.store, paths)
            importer.restore(paths)
            found = _preview_files(home, paths, importer.store.files.stamps())
            return importer.read_all("preview", chunks(found), progress)


def _preview_files(home: Home, paths: list[Path], known: set[tuple[str, FileStat]]) -> Iterator[FoundFile]:
    """Yield what is new in the inbox and what the paths would bring there, under the names it would have."""
    inbox = home.inbox.resolve()
    tops = [path.resolve() for path in paths]
    outside = [top for top in tops if inbox != top and inbox not in top.parents]
    for top in [inbox, *outside] if inbox.exists() else outside:
        above = f"{top.as_posix()}/" if top == inbox else f"{top.parent.as_posix().rstrip('/')}/"
        yield from _files_under(top, above, known)


def _files_under(top: Path, above: str, known: set[tuple[str, FileStat]]) -> Iterator[FoundFile]:
    def name_in_inbox(name: str) -> str:
        return f"inbox/{name.removeprefix(above)}"

    for found in discover_files([top], lambda name, stamp: (name_in_inbox(name), stamp) in known):
        yield replace(found, name=name_in_inbox(found.name))


def rebuild(home: Home, listener: ProgressListener = NO_LISTENER) -> tuple[Batch, list[TableDiff]]:
    """Make everything again from the inbox and the journal, after a look into the watched folders.

    Returns:
        What reading the inbox came to, and how the published tables differ from before.
    """
    with home.writing(), _may_be_stopped(STOPPED):
        queue_messages(home, collect_from_folders(home, dt.datetime.now(dt.UTC)))
        before = steps.keep_published(home)
        steps.delete_derived_files(home)
        with open_importer(home) as importer:
            progress = listener.reading(home, importer.store)
            batch = importer.reprocess_missing(progress) or Batch({"files": 0}, ())
            listener.begin("import.building")
            steps.build_tables(home, importer.store, home.today())
        listener.begin("import.publishing")
        steps.publish_results(home, home.today())
        changes = differences(before, home.published) if before else []
        if before:
            before.unlink()
    return batch, changes


def batches(home: Home) -> pl.DataFrame:
    """Return every import, the last one last, with how many of its files still are a run."""
    with open_warehouse(home) as store:
        return store.batches()


def revert_import(home: Home, batch: str) -> int:
    """Take an import back: its entries are withdrawn, and files that no other import brought are set aside.

    Returns:
        How many entries were withdrawn, or files set aside.

    Raises:
        UserError: There is no such import, or nothing of it is left to take back.
    """
    entries = revert_entries(home, batch)
    if entries is not None and not brought_files(home, batch):
        if not entries:
            raise UserError(message("import.nothing_to_undo", batch=batch))
        return entries
    with open_importer(home) as importer:
        importer.reprocess_missing()
        store = importer.store
        if batch not in store.batches()["batch"]:
            raise UserError(message("import.no_such_import", batch=batch))
        contents = tuple(each for each in store.files_only_in_batch(batch) if each not in importer.reverted)
        if not contents:
            raise UserError(message("import.nothing_to_undo", batch=batch))
        now = dt.datetime.now(home.zone)
        append(home.journal, [NewEntry(now, ImportReverted(batch, contents))])
        return store.set_aside(contents, reverted_notice(now, batch))


@contextmanager
def _may_be_stopped(name: str) -> Iterator[None]:
    """End with a sentence where a person presses Ctrl-C."""
    try:
        yield
    except KeyboardInterrupt:
        raise UserError(message(name)) from None
