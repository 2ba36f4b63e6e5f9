"""A line at the foot of a terminal that says what goes on: written over, and drawn again twice a second."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from runmood.core.i18n import Translator
    from runmood.home.home import Home
    from runmood.ingest.progress import Progress, ProgressListener
    from runmood.warehouse.writer import Warehouse


CLEAR = "\r\x1b[K"
EVERY_S = 0.5
AT_ONCE_S = 2.0  # what takes no longer is told without its time


class StatusLine:
    """What goes on, for an import as `runmood.ingest.progress.ProgressListener`; `draw` shows it as it is now."""

    def __init__(self, say: Translator) -> None:
        self._say = say
        self._words: Callable[[], str] = str

    def begin(self, stage: str) -> None:
        """Say what begins, and from the third second on since when."""
        began, words = time.monotonic(), self._say(stage)

        def told() -> str:
            elapsed_s = time.monotonic() - began
            return words if elapsed_s < AT_ONCE_S else f"{words} {self._say('import.elapsed', count=int(elapsed_s))}"

        self.show(told)

    def reading(self, home: Home, store: Warehouse, paths: Iterable[Path] = ()) -> Progress:
        """Say how many files were read, how fast, and about how long the others will take."""
        from runmood.ingest.progress import pending_bytes, progress_line

        total, began = pending_bytes(home, store, paths), time.monotonic()
        files, size = 0, 0

        def told() -> str:
            return progress_line(self._say, files, time.monotonic() - began, size / max(total, 1))

        def progress(done: int, further: int) -> None:
            nonlocal files, size
            files, size = done, size + further
            if files == 1:
                self.show(told)

        return progress

    def show(self, words: Callable[[], str]) -> None:
        """Say, from now on, what these words are at each moment."""
        self._words = words
        self.draw()

    def draw(self) -> None:
        """Write the words of now over the line; it never wraps, for of two lines only one could be written over."""
        width = shutil.get_terminal_size().columns - 1
        print(f"{CLEAR}{self._words()[:width]}", end="", file=sys.stderr, flush=True)  # noqa: T201 - a line of its own kind


@contextmanager
def status_line(say: Translator, stage: str) -> Iterator[ProgressListener]:
    """Show a status line while the block goes on; nothing where nobody watches.

    A thread draws it, so that it goes on while a library is loaded, a large file copied, or a long question answered.

    Args:
        say: Who speaks.
        stage: What begins, as the key of its sentence.

    Yields:
        Who is to be told how far it is.
    """
    if not sys.stderr.isatty():
        from runmood.ingest.progress import NO_LISTENER

        yield NO_LISTENER
        return
    line = StatusLine(say)
    line.begin(stage)
    over = threading.Event()
    thread = threading.Thread(target=_draw_until, args=(line, over), daemon=True)
    thread.start()
    try:
        yield line
    finally:
        over.set()
        thread.join()
        print(CLEAR, end="", file=sys.stderr, flush=True)  # noqa: T201 - as above


def _draw_until(line: StatusLine, over: threading.Event) -> None:
    while not over.wait(EVERY_S):
        line.draw()
