"""Text as a terminal or a spreadsheet may be given it: nothing in it is a command, turns letters round or computes."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO


# Controls but tab and newline (ESC begins a command, 0x9b too), and the marks of writing direction (Unicode UAX 9).
UNSEEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
MARK = "\N{REPLACEMENT CHARACTER}"
FORMULA = r"^([=+\-@\t\r\n＝＋－＠])"  # noqa: RUF001 - what a spreadsheet takes for the beginning of a formula


def plain(text: str) -> str:
    """Return a text in which nothing is a command to a terminal."""
    return UNSEEN.sub(MARK, text)


def as_cell(text: str) -> str:
    """Return a text as CSV may hold it: with an apostrophe before what looks like a formula."""
    return re.sub(FORMULA, r"'\1", text)


class PlainOutput:
    """A stream of text on which every text is written plain; in everything else it is the stream.

    `fault` is what kept a text from being written. It is not raised, for whatever else the command does is still done;
    a reader that has left is.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.fault: OSError | None = None

    def write(self, text: str) -> int:
        """Write a text, plain."""
        with self._faults_kept():
            self._stream.write(plain(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write texts, plain."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Write what waits to be written."""
        with self._faults_kept():
            self._stream.flush()

    @contextmanager
    def _faults_kept(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            raise
        except OSError as fault:
            self.fault = fault

    def __getattr__(self, name: str) -> object:
        """Return what the stream has of that name."""
        return getattr(self._stream, name)
