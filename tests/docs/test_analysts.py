"""What docs/analysts.md shows is so."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docs.answers import ASKED, answered

from runmood.schema import TABLES, VIEWS

if TYPE_CHECKING:
    from runmood.home.home import Home

PAGE = Path(__file__).parents[2] / "docs" / "analysts.md"
NOTEBOOK = PAGE.parent / "notebook" / "diary.py"


def test_every_answer_is_what_is_answered(demo_home: Home) -> None:
    """Each question, in SQL or Python, has the answer that stands below it; `make docs` prints them anew."""
    page = PAGE.read_text(encoding="utf-8")
    assert answered(page, demo_home) == page


def test_questions_are_short_and_answered() -> None:
    """There are a dozen questions or more, each of a few lines, and none is left unanswered."""
    page = PAGE.read_text(encoding="utf-8")
    asked = [block["asked"] for block in ASKED.finditer(page) if block["language"] == "sql"]
    assert len(asked) >= 12
    assert len(asked) == page.count("```sql")
    assert max(question.count("\n") for question in asked) <= 13


def test_every_name_in_the_prose_is_there() -> None:
    """What the page calls a table is one."""
    known = {table.name for table in (*TABLES, *VIEWS)}
    prose = re.sub(r"```.*?```", "", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    called = set(re.findall(r"`([a-z][a-z_]*)`", prose))
    columns = {name for table in (*TABLES, *VIEWS) for name in table.schema.names()}
    assert called - known - columns == {"rated", "pivot"}  # a column of an answer, and a word of SQL


@pytest.mark.filterwarnings("ignore")
def test_the_notebook_runs_from_end_to_end(demo_home: Home) -> None:
    """Every cell runs on the invented runner's home, without a browser, and comes to a share of shifts."""
    program = (
        "import importlib.util as u, sys\n"
        "spec = u.spec_from_file_location('diary', sys.argv[1]); book = u.module_from_spec(spec)\n"
        "spec.loader.exec_module(book); _, found = book.app.run()\n"
        "print(found['weeks'].height, found['around'].height, 0 < found['as_far'] <= 1, found['seen'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(NOTEBOOK)],
        env={"RUNMOOD_HOME": str(demo_home.root), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    weeks, moods, is_share, seen = done.stdout.split()
    assert (int(weeks) > 50, int(moods) > 3, is_share) == (True, True, "True")
    assert abs(float(seen)) < 1
