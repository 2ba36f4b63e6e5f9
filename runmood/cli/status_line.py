"""A line at the foot of a terminal that says what goes on: written over, and drawn again twice a second."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import TextIO

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

    def begin(self, stage: str, *, at_once: bool = True) -> None:
        """Say what begins, and from the third second on since when; else than at once when it is next drawn."""
        began, words = time.monotonic(), self._say(stage)

        def told() -> str:
            elapsed_s = time.monotonic() - began
            return words if elapsed_s < AT_ONCE_S else f"{words} {self._say('import.elapsed', count=int(elapsed_s))}"

        self.show(told, at_once=at_once)

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

    def show(self, words: Callable[[], str], *, at_once: bool = True) -> None:
        """Say, from now on, what these words are at each moment."""
        self._words = words
        if at_once:
            self.draw()

    def draw(self) -> None:
        """Write the words of now over the line; it never wraps, for of two lines only one could be written over."""
        width = shutil.get_terminal_size().columns - 1
        print(f"{CLEAR}{self._words()[:width]}", end="", file=sys.stderr, flush=True)  # noqa: T201 - a line of its own kind


@contextmanager
def status_line(say: Translator, stage: str, *, at_once: bool = True) -> Iterator[ProgressListener]:
    """Show a status line while the block goes on; nothing where nobody watches.

    A thread draws it, so that it goes on while a library is loaded, a large file copied, or a long question answered.

    Args:
        say: Who speaks.
        stage: What begins, as the key of its sentence.
        at_once: Whether it is shown from the beginning, and not only once the block has taken half a second.

    Yields:
        Who is to be told how far it is.
    """
    if not sys.stderr.isatty():
        from runmood.ingest.progress import NO_LISTENER

        yield NO_LISTENER
        return
    line = StatusLine(say)
    line.begin(stage, at_once=at_once)
    over = threading.Event()
    thread = threading.Thread(target=_draw_until, args=(line, over), daemon=True)
    thread.start()
    try:
        yield line
    finally:
        over.set()
        thread.join()
        print(CLEAR, end="", file=sys.stderr, flush=True)  # noqa: T201 - as above


@contextmanager
def status_until_answer(say: Translator, stage: str) -> Iterator[None]:
    """Show a status line, from half a second on, until something is written on standard output or the block ends.

    Args:
        say: Who speaks.
        stage: What goes on, as the key of its sentence.
    """
    if not sys.stderr.isatty():
        yield
        return
    stream = sys.stdout
    with ExitStack() as shown:
        shown.enter_context(status_line(say, stage, at_once=False))
        sys.stdout = cast("TextIO", _Answer(stream, shown.close))
        try:
            yield
        finally:
            sys.stdout = stream


class _Answer:
    """A stream before whose first text something ends; in everything else it is the stream."""

    def __init__(self, stream: TextIO, end: Callable[[], None]) -> None:
        self._stream, self._end = stream, end

    def write(self, text: str) -> int:
        """Write a text, once nothing else stands in its line."""
        self._end()
        return self._stream.write(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> object:
        """Return what the stream has of that name."""
        return getattr(self._stream, name)


def _draw_until(line: StatusLine, over: threading.Event) -> None:
    while not over.wait(EVERY_S):
        line.draw()
