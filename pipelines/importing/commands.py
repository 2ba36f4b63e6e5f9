"""An import from beginning to end, as a person asks for it and waits."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipelines import steps
from pipelines.importing.preview import preview
from pipelines.importing.telling import progress_of
from pipelines.importing.undo import take_again
from runmood import sources, warehouse
from runmood.terms.notices import CannotBeDoneError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from pipelines.home import Home
    from pipelines.importing.inbox import Batch, Progress
    from runmood.warehouse import Difference

    Watch = Callable[[Home], AbstractContextManager[Progress]]

STOPPED = "Stopped. What was read is kept; the next import goes on."


def take_in(home: Home, paths: list[Path], watch: Watch | None = None) -> tuple[Batch, list[str], int]:
    """What the import came to, a sentence for each file that could not be brought, and how many are in again.

    `watch` tells how far it is: on the terminal unless another way is given.
    """
    with home.writing(), _may_be_stopped(STOPPED):
        stock = steps.take_stock(home)
        left_out = sources.collect(paths, home.inbox)
        again = take_again(home, paths)
        with (watch or progress_of)(home) as progress:
            batch = steps.read_inbox(home, ", ".join(map(_as_text, paths)), progress)
        batch = stock + batch if stock else batch
        if batch.counts["files"] or again or not warehouse.is_ours(home.published):
            steps.make_everything(home, home.today())
    return batch, left_out, again


def _as_text(path: Path) -> str:
    """A path as a database may hold it; what is no text in it stands as an escape."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def preview_of(home: Home, paths: list[Path]) -> Batch:
    """What the import would come to."""
    with _may_be_stopped("Stopped. Nothing was changed."), progress_of(home, paths) as progress:
        return preview(home, paths, progress)


def make_anew(home: Home) -> tuple[Batch, list[Difference]]:
    """What the inbox came to, with everything made again from it and the journal, and what is different now."""
    with home.writing(), _may_be_stopped(STOPPED):
        before = steps.keep_published(home)
        steps.forget_what_was_made(home)
        with progress_of(home) as progress:
            batch = steps.take_stock(home, progress) or steps.Batch({"files": 0}, ())
        steps.make_everything(home, home.today())
        differences = warehouse.differences(before, home.published) if before else []
        if before:
            before.unlink()
    return batch, differences


@contextmanager
def _may_be_stopped(sentence: str) -> Iterator[None]:
    """Ctrl-C ends with a sentence."""
    try:
        yield
    except KeyboardInterrupt:
        raise CannotBeDoneError(sentence) from None
