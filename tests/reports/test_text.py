"""The summary on a terminal."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from reports.diaries import full_year, notice
from reports.homes import HOMES

from runmood.reports.render.text import as_text
from runmood.reports.summary import build_summary
from runmood.schema.tables import NOTICES


@pytest.mark.parametrize("width", [40, 57, 58, 79, 80, 100, 160])
@pytest.mark.parametrize("home", HOMES)
def test_no_line_is_wider_than_the_terminal(home: str, width: int) -> None:
    """No line is longer than the width, and none ends in blanks."""
    for line in as_text(build_summary(HOMES[home]()), width).splitlines():
        assert len(line) <= width, line
        assert line == line.rstrip()


def test_control_characters_do_not_reach_the_terminal() -> None:
    """A file name or a name with control characters cannot move the cursor or colour the screen."""
    faults = [notice("a\x1b[2Jb\n\r.fit", "empty-file", "error", "The file is\x07 empty.")]
    hostile = replace(full_year(), notices=NOTICES.frame(faults), name="\x1b]0;Robin\x07")
    shown = as_text(build_summary(hostile))
    assert all(letter.isprintable() for letter in shown.replace("\n", ""))
    assert "a [2Jb  .fit" in shown


def test_the_calendar_tells_rest_missed_and_unknown_apart() -> None:
    """A planned rest, a missed run and an unknown day each look different."""
    shown = as_text(build_summary(full_year()))
    week = next(line for line in shown.splitlines() if line.startswith(" 2 Nov"))
    assert week.split()[2:] == ["rest", "○", "rest", "●", "6.4", "rest", "○", "?"]


def test_the_terminal_needs_no_jinja() -> None:
    """A summary on the terminal loads no template engine, no Prefect and no database."""
    program = "import sys, runmood.reports.summary; print(*{'jinja2', 'duckdb', 'prefect'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
