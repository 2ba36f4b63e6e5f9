"""Nothing that stands in a note, a name or a file is a command to the terminal that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from runmood.core.plain_text import UNSEEN, plain

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Command

HOSTILE = "calm\x1b]0;owned\x07 \x1b[2J\x9b31m \u202eesrever\u202c \u2066x\u2069 \x08\x08 end"


@pytest.mark.parametrize(
    "words",
    [
        ("check-in", "--mood", "5", "--energy", "5", "--tag", HOSTILE, "--note", HOSTILE, "--own-words"),
        ("log",),
        ("verify",),
        ("summary",),
        ("query", "select note, tags from check_ins"),
        ("goal", "add", HOSTILE),
        ("goal",),
        ("import", f"/nowhere/{HOSTILE}"),
        ("undo", HOSTILE),
        ("query", f"select {HOSTILE}"),
        ("forget", HOSTILE),
    ],
)
def test_no_command_to_the_terminal_is_written(cli: Command, words: tuple[str, ...]) -> None:
    """ESC, OSC, C1 controls and marks of writing direction are shown as a mark, wherever they come from."""
    cli("check-in", "--mood", "5", "--energy", "5", "--note", HOSTILE)
    typed = cli(*words)
    assert UNSEEN.findall(typed.written) == []
    assert "\x1b" not in typed.complained


def test_what_is_written_for_programs_stays_as_it_is(cli: Command, tmp_path: Path) -> None:
    """JSON for a program that reads standard output has the note as it was said."""
    cli("check-in", "--mood", "5", "--energy", "5", "--note", HOSTILE)
    cli("nightly" if not (tmp_path / "home").exists() else "summary")
    assert "\u202e" in cli("query", "--format", "json", "select note from check_ins").written


@pytest.mark.parametrize("text", ["café 走 👩‍👩‍👧 ❤️", "a\tb\nc", "10 °C … “so”"])
def test_ordinary_text_stays(text: str) -> None:
    """Letters of every script, emoji, tabs and line ends are as they were."""
    assert plain(text) == text
