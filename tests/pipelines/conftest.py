"""Homes to look at: the invented runner's, and one with nothing in it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from runmood.cli import main as cli
from runmood.home.home import Home, open_home


@pytest.fixture
def empty(tmp_path: Path) -> Home:
    """A home that has just been opened."""
    return open_home(tmp_path / "home")


class Typed:
    """What came of a command: its exit status, and what it wrote."""

    def __init__(self, status: int, written: str, complained: str) -> None:
        self.status, self.written, self.complained = status, written, complained


@pytest.fixture
def typed(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Typed]:
    """Types a command of runmood in a home of its own."""

    def run(*words: str) -> Typed:
        monkeypatch.setattr(sys, "argv", ["runmood", "--home", str(tmp_path / "home"), *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        written = capsys.readouterr()
        return Typed(int(ended.value.code or 0), written.out, written.err)

    return run
