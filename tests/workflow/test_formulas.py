"""Whoever changes what the same files and the same journal come to is asked to raise the formula's number.

A few simulated files are read, and the rows of each step are compared with a committed digest. How the code is written
does not matter; what it returns does.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sys
import tempfile
from pathlib import Path

import polars as pl
import pytest
from findings.life import life
from pipelines_homes import LAST_DAY, made

from runmood import findings, schema
from runmood.core.versions import FORMULAS
from runmood.home.home import Home, open_home
from runmood.journal.store import append
from runmood.simulate import simulate
from runmood.warehouse.publish import read_tables

GOLDEN = Path(__file__).with_name("formulas.json")
REMINDER = """\
The {name} formula comes to other rows: {tables}. If that is meant, raise FORMULAS["{name}"] in
runmood/core/versions.py, so that every home makes them again. Then:
PYTHONPATH=tests python tests/workflow/test_formulas.py"""
DAYS = 20
DIGITS = 6  # more differ from one processor to another
READ = ("recordings", "splits", "laps", "best_efforts", "heart_rate_histogram")
JOINED = (
    "runs",
    "run_files",
    "run_pairs",
    "plans",
    "days",
    "run_moods",
    "weeks",
    "months",
    "rolling",
    "check_ins",
    "goals",
)
SETTINGS = 'time_zone = "Europe/Lisbon"\nheart_max_bpm = 186\nprivacy_zone_m = 300\n'

Digests = dict[str, dict[str, str]]


def digest(frame: pl.DataFrame) -> str:
    """Return a hash of the rows in whatever order, with rounded numbers; what columns are called does not count."""
    rounded = frame.with_columns(pl.col(pl.Float64).round_sig_figs(DIGITS))
    rows = sorted(json.dumps(row, default=str) for row in rounded.rows())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def home_of_a_few_weeks(folder: Path) -> Home:
    """Make a home of the simulated runner's last weeks, with everything read and joined."""
    folder.mkdir()
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    home, simulated = open_home(folder), simulate(LAST_DAY, days=DAYS)
    for file in simulated.files:
        path = home.inbox / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    append(home.journal, simulated.said)
    return made(home)


def rows_of_each_formula(folder: Path) -> Digests:
    """Return a digest of every table that a formula makes."""
    home = home_of_a_few_weeks(folder)
    tables = read_tables(home.published, (*READ, *JOINED))
    points = pl.concat([pl.read_parquet(path) for path in home.points.glob("*.parquet")]).drop("recording_id")
    answers = findings.evaluate_all(*life(1, 180), nights=3).drop("since")
    return {
        "reading": {name: digest(tables[name]) for name in READ} | {"points": digest(points)},
        "joining": {name: digest(tables[name]) for name in JOINED},
        "findings": {"findings": digest(unpacked(answers))},
    }


def unpacked(answers: pl.DataFrame) -> pl.DataFrame:
    """Return answers whose facts are rounded like columns are."""

    def rounded(facts: str) -> str:
        known = json.loads(facts, parse_float=lambda text: float(f"{float(text):.{DIGITS}g}"))
        return json.dumps(known, sort_keys=True)

    return answers.with_columns(pl.col("facts").map_elements(rounded, pl.String))


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Digests:
    """The digests by the code of today."""
    return rows_of_each_formula(tmp_path_factory.mktemp("formulas") / "home")


@pytest.mark.parametrize("name", sorted(FORMULAS))
def test_a_changed_formula_has_a_new_number(name: str, now: Digests) -> None:
    """The same inputs come to the rows that were committed with the formula's number."""
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))[name]
    other = [table for table, rows in now[name].items() if golden["rows"].get(table) != rows]
    assert not other, REMINDER.format(name=name, tables=", ".join(other))
    assert golden["number"] == FORMULAS[name], REMINDER.format(name=name, tables="none, but the number has changed")


def test_each_table_has_rows_to_compare(now: Digests) -> None:
    """No digest is that of a table without rows, so none can hide a change."""
    empty = digest(schema.RUNS.empty())
    assert [table for tables in now.values() for table, rows in tables.items() if rows == empty] == []


def test_a_changed_number_changes_the_digest() -> None:
    """A value that differs in its sixth figure is noticed, the order of rows and the names of columns are not."""
    frame = pl.DataFrame({"date": [dt.date(2025, 5, 1), dt.date(2025, 5, 2)], "mood": [6.5, None]})
    assert digest(frame[::-1].rename({"mood": "rating"})) == digest(frame)
    assert digest(frame.with_columns(pl.col("mood") + 1e-5)) != digest(frame)
    assert digest(frame.with_columns(pl.col("mood") + 1e-9)) == digest(frame)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        rows = rows_of_each_formula(Path(temporary) / "home")
    noted = {name: {"number": number, "rows": rows[name]} for name, number in FORMULAS.items()}
    GOLDEN.write_text(json.dumps(noted, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{GOLDEN} written\n")
