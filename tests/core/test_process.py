"""What a process of runmood loads, whatever else is installed beside it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from runmood.core import process

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.home.home import Home

BIND = "import duckdb; print(duckdb.execute('select ?', [[1, 'a', None]]).fetchall())"
SET_UP = f"from {process.__name__} import configure_process; configure_process(); "


def run(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a Python that finds a pandas of the test's own first, which says when it is loaded."""
    (folder / "pandas.py").write_text("print('loaded'); NaT = NA = object()\n", encoding="utf-8")
    path = os.pathsep.join([str(folder), *sys.path])
    call = [sys.executable, "-c", code]
    return subprocess.run(call, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": path})


def test_what_duckdb_is_given_loads_no_pandas(tmp_path: Path) -> None:
    """DuckDB loads pandas for any value, to ask whether it is one of its nulls; ours never are."""
    assert "loaded" in run(tmp_path, BIND).stdout
    assert run(tmp_path, SET_UP + BIND).stdout == "[(['1', 'a', None],)]\n"


def test_a_command_loads_no_pandas(tmp_path: Path, demo_home: Home) -> None:
    """As a command that answers from the published copy does."""
    words = ["runmood", "--home", str(demo_home.root), "run", "last"]
    answer = run(tmp_path, f"import sys; sys.argv = {words!r}; from runmood.cli.main import main; main()")
    assert answer.stdout
    assert "loaded" not in answer.stdout


def test_a_pandas_that_is_loaded_stays(tmp_path: Path) -> None:
    """A program that has loaded it before goes on with it."""
    code = f"import pandas; {SET_UP}import pandas; print(pandas.NA is pandas.NaT)"
    assert run(tmp_path, code).stdout == "loaded\nTrue\n"
