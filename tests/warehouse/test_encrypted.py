"""An encrypted copy of the published database opens in any DuckDB by its key, and by nothing else."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from typing import TYPE_CHECKING

import duckdb
import pytest
from pipelines_homes import LAST_DAY

from runmood.core.checkins import CheckIn, NewEntry
from runmood.core.errors import UserError
from runmood.home.home import Home, open_home
from runmood.home.work_folder import outside_copies
from runmood.journal.store import append
from runmood.schema import TABLES, VIEWS
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse import encrypted
from runmood.workflow import steps

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Command

NOTE = "nobody else is to read this"

pytest.importorskip("duckdb_extension_httpfs", reason="the extra for encrypted databases is not installed")

READ = """
import sys, duckdb
with duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}) as analyst:
    analyst.execute(f"attach '{sys.argv[1]}' as diary (encryption_key '{sys.argv[2]}', read_only)")
    print(analyst.execute("select count(*) from diary.days").fetchone()[0],
          analyst.execute("select count(*) from diary.points").fetchone()[0])
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with a run and a note, published."""
    home = open_home(tmp_path_factory.mktemp("encrypted") / "home")
    outing = simulate(LAST_DAY, days=10).outings[0]
    (home.inbox / "run.fit").write_bytes(recorded_as(outing, "fit"))
    at = dt.datetime.combine(outing.date, dt.time(20), home.zone)
    append(home.journal, [NewEntry(at, CheckIn(at, "evening", 6, note=NOTE))])
    steps.run_pipeline(home, LAST_DAY)
    return home


def test_any_duckdb_reads_it_by_its_key_while_the_home_is_away(home: Home, cli: Command, tmp_path: Path) -> None:
    """All tables and views with their comments, the samples among them, in a program that knows nothing of runmood."""
    typed = cli("--home", str(home.root), "tables", str(tmp_path / "diary.duckdb"), "--encrypt")
    assert typed.status == 0
    file, key = tmp_path / "diary.duckdb", typed.written.splitlines()[1]
    assert f"ENCRYPTION_KEY '{key}'" in typed.written
    with duckdb.connect(home.published, read_only=True) as clear:
        days = clear.execute("select count(*) from days").fetchall()[0][0]
        comments = clear.execute("select count(*) from duckdb_columns() where comment is not null").fetchall()[0][0]
    away = home.root.rename(home.root.with_name("away"))
    done = subprocess.run([sys.executable, "-c", READ, str(file), key], capture_output=True, text=True, check=True)
    away.rename(home.root)
    told, points = map(int, done.stdout.split())
    assert (told, points > 0) == (days, True)
    with duckdb.connect() as analyst:
        encrypted.attach_encrypted(analyst, file, key)
        for table in (*TABLES, *VIEWS):
            analyst.execute(f"from diary.{table.name} limit 1").fetchall()
        query = "select count(*) from duckdb_columns() where comment is not null and database_name = 'diary'"
        assert analyst.execute(query).fetchall()[0][0] == comments


def test_nobody_else_reads_it(home: Home, tmp_path: Path) -> None:
    """Another key is refused, no word stands in its bytes, and it is its owner's alone; forgetting names it."""
    file = tmp_path / "diary.duckdb"
    key = encrypted.write_encrypted(home.published, file)
    assert [word for word in (NOTE, "check_ins", "mood_evening") if word.encode() in home.published.read_bytes()] != []
    assert [word for word in (NOTE, "check_ins", "mood_evening") if word.encode() in file.read_bytes()] == []
    assert file.stat().st_mode & 0o077 == 0
    with duckdb.connect() as analyst, pytest.raises(duckdb.Error, match="Wrong encryption key"):
        encrypted.attach_encrypted(analyst, file, key[::-1])
    assert [path.name for path in tmp_path.iterdir() if ".part" in path.name] == []


def test_a_file_that_is_there_is_left_alone(home: Home, cli: Command, tmp_path: Path) -> None:
    """And what was written is named when words are forgotten."""
    file = tmp_path / "diary.duckdb"
    words = ("--home", str(home.root), "tables", str(file), "--encrypt")
    assert [cli(*words).status, cli(*words).status] == [0, 2]
    assert file in [each.path for each in outside_copies(home)]


def test_without_the_extension_it_is_said_how_to_get_it(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written, least of all by the random numbers that DuckDB itself holds to be unfit."""
    monkeypatch.setattr(encrypted, "PACKAGE", "no_such_package")
    with pytest.raises(UserError, match=r"runmood\[encrypted\]"):
        encrypted.write_encrypted(home.published, tmp_path / "diary.duckdb")
    assert not (tmp_path / "diary.duckdb").exists()
