"""The line that says what goes on, on a terminal."""

from __future__ import annotations

import io
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING

from runmood.cli import status_line as drawn
from runmood.core.i18n import translator
from runmood.ingest.progress import SilentListener

if TYPE_CHECKING:
    import pytest

SAY = translator("en", "metric")


class Terminal(io.StringIO):
    """A stream that is a terminal, and says when so many lines have been drawn on it."""

    def __init__(self, awaited: int = 1) -> None:
        super().__init__()
        self.awaited, self.reached = awaited, threading.Event()

    def isatty(self) -> bool:
        """Whether somebody watches."""
        return True

    def write(self, text: str) -> int:
        """Take a text."""
        if (written := super().write(text)) and self.getvalue().count(drawn.CLEAR) >= self.awaited:
            self.reached.set()
        return written


def watched(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return the terminal that is written on from now on; pytest puts its own stream in place after fixtures."""
    stream = Terminal(awaited=4)
    monkeypatch.setattr("sys.stderr", stream)
    return stream


def test_the_first_words_come_before_anything_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """What begins is told when the block is entered, before a library is loaded or a file counted."""
    terminal = watched(monkeypatch)
    with drawn.status_line(SAY, "import.begun"):
        assert terminal.getvalue().startswith(f"{drawn.CLEAR}{SAY('import.begun')}")


def test_it_is_drawn_while_the_work_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread draws it again and again, so that no step leaves the terminal still; at the end it is cleared."""
    terminal = watched(monkeypatch)
    monkeypatch.setattr(drawn, "EVERY_S", 0.001)
    with drawn.status_line(SAY, "import.building"):
        assert terminal.reached.wait(60)
    assert terminal.getvalue().endswith(drawn.CLEAR)


def test_what_takes_long_is_told_with_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the third second on the seconds since a stage began stand beside it; each stage counts from its own."""
    terminal = watched(monkeypatch)
    now = [100.0]
    monkeypatch.setattr(drawn, "time", SimpleNamespace(monotonic=lambda: now[0]))
    line = drawn.StatusLine(SAY)
    shown = []
    for stage, at in (("import.begun", 100.0), ("", 103.5), ("import.building", 104.0), ("", 105.0)):
        now[0] = at
        if stage:
            line.begin(stage)
        else:
            line.draw()
        shown.append(terminal.getvalue().rpartition(drawn.CLEAR)[2])
    elapsed = SAY("import.elapsed", count=3)
    begun, building = SAY("import.begun"), SAY("import.building")
    assert shown == [begun, f"{begun} {elapsed}", building, building]


def test_it_never_wraps(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a narrow terminal it is cut: a second line could not be written over."""
    terminal = watched(monkeypatch)
    monkeypatch.setenv("COLUMNS", "20")
    drawn.StatusLine(SAY).begin("import.building")
    assert terminal.getvalue() == f"{drawn.CLEAR}{SAY('import.building')[:19]}"


def test_nobody_watches_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the output goes to a file, nothing is written and nothing counted."""
    log = io.StringIO()
    monkeypatch.setattr("sys.stderr", log)
    with drawn.status_line(SAY, "import.begun") as watch:
        watch.begin("import.building")
        assert isinstance(watch, SilentListener)
    assert log.getvalue() == ""
