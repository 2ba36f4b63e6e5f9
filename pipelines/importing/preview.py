"""What an import would come to: everything is read as it would be, into a work folder that is thrown away."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.home import Home
from pipelines.importing.inbox import open_warehouse, read_all
from pipelines.importing.undo import take_again
from pipelines.importing.workers import chunks
from runmood import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.importing.inbox import Batch, Progress
    from runmood.terms.records import FoundFile, Stamp


def preview(home: Home, paths: list[Path], progress: Progress) -> Batch:
    """What importing these paths into a home would come to; nothing is changed, and the home need not exist."""
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
        take_again(aside, paths)
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


def _under(top: Path, above: str, seen: set[tuple[str, Stamp]]) -> Iterator[FoundFile]:
    def named(name: str) -> str:
        return f"inbox/{name.removeprefix(above)}"

    for found in sources.find([top], lambda name, stamp: (named(name), stamp) in seen):
        yield replace(found, name=named(found.name))
