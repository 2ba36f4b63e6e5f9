"""The answers of docs/analysts.md: what its SQL and its Python say on the invented runner's home.

PYTHONPATH=tests python tests/docs/answers.py docs/analysts.md    prints them into the page; `make docs` does
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines_homes import LAST_DAY, made

from runmood.cli.imports import make_home
from runmood.cli.query import as_table
from runmood.warehouse.queries import run_query

if TYPE_CHECKING:
    from runmood.home.home import Home

WIDTH = 100
ASKED = re.compile(r"```(?P<language>sql|python)\n(?P<asked>.*?)```\n\n```text\n.*?```", re.DOTALL)


def answered(page: str, home: Home) -> str:
    """The page with every answer as the home gives it now."""

    def anew(block: re.Match[str]) -> str:
        told = _of_sql(block["asked"], home) if block["language"] == "sql" else _of_python(block["asked"], home)
        return f"```{block['language']}\n{block['asked']}```\n\n```text\n{told}\n```"

    return ASKED.sub(anew, page)


def _of_sql(query: str, home: Home) -> str:
    return as_table(run_query(home.published, query), WIDTH)


def _of_python(program: str, home: Home) -> str:
    """What a program prints where `data` is the home."""
    written = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder), contextlib.redirect_stdout(written):
        os.symlink(home.root.resolve(), "data")  # noqa: PTH211 - as one would in a shell
        exec(program, {})  # noqa: S102 - the programs of our own page
    return written.getvalue().rstrip()


def main(page: Path) -> None:
    """Print the answers into the page."""
    with tempfile.TemporaryDirectory() as folder:
        home = made(make_home(Path(folder) / "home", LAST_DAY))
        page.write_text(answered(page.read_text(encoding="utf-8"), home), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
