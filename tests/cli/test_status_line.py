"""The line that says what goes on, on a terminal."""

from __future__ import annotations

import io
import sys
import threading
from contextlib import contextmanager, suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import typer

from runmood.cli import status_line as drawn
from runmood.cli.main import ANSWERING
from runmood.core.errors import UserError
from runmood.core.i18n import translator
from runmood.ingest.progress import SilentListener

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from runmood.core.i18n import Translator

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


class Answer(io.StringIO):
    """A stream that notes, at each text, whether the line of the terminal beside it was cleared by then."""

    def __init__(self, beside: Terminal) -> None:
        super().__init__()
        self.beside, self.cleared = beside, set[bool]()

    def write(self, text: str) -> int:
        """Take a text."""
        self.cleared.add(self.beside.getvalue().endswith(drawn.CLEAR))
        return super().write(text)


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


def test_an_answer_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that says nothing for long shows it meanwhile; it is cleared before the first word of the answer."""
    terminal = watched(monkeypatch)
    answer = Answer(terminal)
    monkeypatch.setattr("sys.stdout", answer)
    monkeypatch.setattr(drawn, "EVERY_S", 0.001)
    with drawn.status_until_answer(SAY, "import.building"):
        assert terminal.reached.wait(60)
        typer.echo("seven runs")
        typer.echo("and a ride")
        assert terminal.getvalue().endswith(drawn.CLEAR)
    assert (answer.getvalue(), answer.cleared) == ("seven runs\nand a ride\n", {True})
    assert sys.stdout is answer


def test_a_quick_answer_shows_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes less than half a second is not preceded by a line that nobody could read."""
    terminal, answer = watched(monkeypatch), io.StringIO()
    monkeypatch.setattr("sys.stdout", answer)
    monkeypatch.setattr(drawn, "EVERY_S", 60.0)
    with drawn.status_until_answer(SAY, "import.building"):
        typer.echo("seven runs")
    assert SAY("import.building") not in terminal.getvalue()


def test_what_fails_ends_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an answer it is cleared before the fault is told."""
    terminal = watched(monkeypatch)
    monkeypatch.setattr(drawn, "EVERY_S", 0.001)
    with suppress(UserError), drawn.status_until_answer(SAY, "import.building"):
        assert terminal.reached.wait(60)
        raise UserError(SAY("cli.runs.no_such_run", run="7"))
    assert terminal.getvalue().endswith(drawn.CLEAR)


@pytest.mark.parametrize("command", sorted(ANSWERING))
def test_commands_that_only_answer_have_one(
    command: str, cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each shows it from the moment at which its libraries are loaded, in the words of the home's language."""
    told: list[str] = []

    @contextmanager
    def noted(say: Translator, stage: str) -> Iterator[None]:
        told.append(say(stage))
        yield

    monkeypatch.setattr(drawn, "status_until_answer", noted)
    cli(command)
    assert told == [SAY("cli.main.begun")]
