"""Nothing is lost: killed, on a full disk, in a home that cannot be written, with a damaged database."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pipelines_homes import LAST_DAY, made

from runmood.cli import main as cli
from runmood.core.checkins import CheckIn, NewEntry
from runmood.core.errors import UserError
from runmood.home.home import Home, open_home
from runmood.journal.store import append, read
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse.database import DamagedDatabaseError
from runmood.warehouse.database import damage as damage_opening
from runmood.warehouse.queries import run_query
from runmood.workflow import steps

Command = Callable[..., Any]
ROOT = Path(__file__).parents[2]
READ_LATER = """
import sys, duckdb
with duckdb.connect(sys.argv[1], read_only=True) as copy:
    print(1, flush=True)
    input()
    print(copy.execute("select count(*) from runs").fetchone()[0])
"""
OUTINGS = simulate(LAST_DAY, days=30).outings


def fill(home: Home, runs: int = 3) -> Home:
    """Some runs in the inbox and a word in the journal."""
    for number in range(runs):
        (home.inbox / f"{number}.fit").write_bytes(recorded_as(OUTINGS[number], "fit"))
    moment = dt.datetime.combine(OUTINGS[0].date, dt.time(20), home.zone)
    append(home.journal, [NewEntry(moment, CheckIn(moment, "evening", 6))])
    return home


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of such a home, with everything made."""
    return made(fill(open_home(tmp_path_factory.mktemp("filled") / "home"))).root


def copy_of(filled: Path, tmp_path: Path) -> Home:
    """A copy of it, to be harmed."""
    return open_home(shutil.copytree(filled, tmp_path / "home"))


def tables_of(published: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with duckdb.connect(published, read_only=True) as copy:
        tables = copy.execute("select table_name from duckdb_tables() where schema_name = 'main'").fetchall()
        tables = copy.execute("select table_name from duckdb_tables() where schema_name = 'main'").fetchall()
        names = [name for (name,) in tables]
        return {name: copy.execute(f"from {name} order by all").fetchall() for name in names}


def runs(home: Home) -> int:
    """How many runs are published."""
    return int(run_query(home.published, "select count(*) as n from runs")["n"].item())


def test_killed_at_any_moment() -> None:
    """Killed at random five times, a home ends like one left in peace, and its published copy always opened."""
    command = [sys.executable, str(ROOT / "benchmarks" / "crash.py"), "--kills", "5"]
    told = subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT)})
    assert told.returncode == 0, told.stdout + told.stderr
    assert " 0 faults" in told.stdout


@pytest.mark.parametrize("harm", ["rubbish", "half", "flipped", "empty", "another version"])
def test_a_damaged_database_of_the_writer_is_made_again(filled: Path, tmp_path: Path, harm: str) -> None:
    """It is kept aside under a name of its own, and every table comes back from the inbox and the journal."""
    home = copy_of(filled, tmp_path)
    before = tables_of(home.published)
    database = home.work / "runmood.duckdb"
    damage(database, harm)
    with contextlib.suppress(DamagedDatabaseError):  # a flipped byte may lie in a block that is read only in use
        steps.run_pipeline(home, LAST_DAY)
    steps.run_pipeline(home, LAST_DAY)
    assert tables_of(home.published) == before
    assert (home.work / "runmood.duckdb.damaged-1").exists() or harm == "flipped"


def damage(database: Path, harm: str) -> None:
    """What a disk, a thief of power or another program may do to a file."""
    content = bytearray(database.read_bytes())
    if harm == "rubbish":
        content = bytearray(b"<!doctype html>" * 500)
    elif harm == "half":
        del content[len(content) // 3 :]
    elif harm == "flipped":
        content[len(content) // 2] ^= 255
    elif harm == "empty":
        content = bytearray()
    else:
        place = content.index(b"DUCK") + 4
        content[place] = 99
    database.write_bytes(content)


def damage_in_use(database: Path) -> None:
    """Spoil one block of data, so that the database still opens."""
    content = database.read_bytes()
    for place in range(12_288 + 1000, len(content), 16_384):
        database.write_bytes(content[:place] + bytes(64) + content[place + 64 :])
        with contextlib.suppress(duckdb.Error):
            duckdb.connect(database, read_only=True).close()
            if damage_opening(database):
                return
    pytest.fail("no block could be spoiled so that the database still opens")


def test_damage_that_shows_only_in_use_is_told(filled: Path, tmp_path: Path) -> None:
    """A block that cannot be read is found when it is needed: the file is kept aside, the next command makes all."""
    home = copy_of(filled, tmp_path)
    before = tables_of(home.published)
    damage_in_use(home.work / "runmood.duckdb")
    with pytest.raises(DamagedDatabaseError, match=r"kept as runmood\.duckdb\.damaged-1"):
        steps.run_pipeline(home, LAST_DAY)
    steps.run_pipeline(home, LAST_DAY)
    assert tables_of(home.published) == before
    assert (home.work / "runmood.duckdb.damaged-1").exists()


def test_a_damaged_published_copy_is_replaced(cli: Command, filled: Path, tmp_path: Path) -> None:
    """Who asks it is told in a sentence; a rebuild keeps it aside and publishes a whole one."""
    home = copy_of(filled, tmp_path)
    damage(home.published, "half")
    answer = cli("query", "from runs")
    assert (answer.status, "can't open" in answer.complained) == (2, True)
    assert cli("rebuild").status == 0
    assert runs(home) == 3
    assert home.published.with_name("runmood.duckdb.damaged-1").exists()


def test_a_log_beside_the_published_copy_is_not_replayed(filled: Path, tmp_path: Path) -> None:
    """What somebody wrote into an old copy does not get into the new one."""
    home = copy_of(filled, tmp_path)
    with duckdb.connect(home.published) as old:
        old.execute("pragma disable_checkpoint_on_shutdown")
        old.execute("delete from runs")
    assert home.published.with_name("runmood.duckdb.wal").exists()
    steps.publish_copy(home)
    assert not home.published.with_name("runmood.duckdb.wal").exists()
    assert runs(home) == 3


def test_who_has_the_old_copy_open_keeps_it(empty_home: Home) -> None:
    """A reader sees what it opened to its end; the next one sees the new copy."""
    home = made(fill(empty_home, 2))
    command = [sys.executable, "-c", READ_LATER, str(home.published)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "1\n"
        made(fill(home, 3))
        assert reader.communicate("\n")[0] == "2\n"
    assert runs(home) == 3


def test_a_full_disk(small_disk: Path) -> None:
    """What cannot be written is told in a sentence; what was said and published stays, and with room all is made."""
    home = made(fill(open_home(small_disk / "home")))
    before = tables_of(home.published)
    (small_disk / "photos").write_bytes(bytes(shutil.disk_usage(small_disk).free - 8192))
    (home.inbox / "late.fit").write_bytes(recorded_as(OUTINGS[4], "fit")[:4096])
    with pytest.raises((UserError, OSError)):
        made(home)
    assert tables_of(home.published) == before
    assert len(read(home.journal).records) == 1
    (small_disk / "photos").unlink()
    (home.inbox / "late.fit").write_bytes(recorded_as(OUTINGS[4], "fit"))
    made(home)
    assert runs(home) == 4


def test_a_home_that_cannot_be_written(small_disk: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """The published copy still answers; what needs to write says so in a sentence, with exit status 2."""
    home = made(fill(open_home(small_disk / "home")))
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)  # noqa: S607 - as found
    for words, status in ((["query", "from runs"], 0), (["nightly"], 2), (["doctor"], 1)):
        monkeypatch.setattr(sys, "argv", ["runmood", "--home", str(home.root), *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        written = capsys.readouterr()
        assert int(ended.value.code or 0) == status, written
        assert status != 2 or home.say("error.system.read_only") in " ".join(written.err.split())


def test_a_rebuild_tells_what_is_different(cli: Command, filled: Path, tmp_path: Path) -> None:
    """Nothing, where nothing changed; else how many rows of each table."""
    home = copy_of(filled, tmp_path)
    assert "The tables are as they were." in cli("rebuild").written
    with duckdb.connect(home.published) as copy:
        copy.execute("update days set mood_evening = 9 where mood_evening is not null")
        copy.execute("delete from laps where true")
        copy.execute("insert into runs by name select * replace ('19700101-000000' as run_id) from runs limit 1")
    told = cli("rebuild").written
    assert "days: 0 added, 0 removed, 1 changed" in told
    assert "runs: 0 added, 1 removed, 0 changed" in told


def test_imports_keep_their_names_through_a_rebuild(cli: Command, empty_home: Home, tmp_path: Path) -> None:
    """Each import of the past has its name, its moment and its files again, and can be taken back alone."""
    for number in range(3):
        path = tmp_path / f"{number}.fit"
        path.write_bytes(recorded_as(OUTINGS[number], "fit"))
        cli("import", str(path))
    (tmp_path / "0 again.fit").write_bytes(recorded_as(OUTINGS[0], "fit"))
    cli("import", str(tmp_path / "0 again.fit"))
    names = [line.split()[0] for line in cli("undo").written.splitlines()]
    before = tables_of(empty_home.published)
    assert "The tables are as they were." in cli("rebuild").written
    assert tables_of(empty_home.published) == before
    assert [line.split()[0] for line in cli("undo").written.splitlines()] == names
    cli("undo", names[1])
    assert runs(empty_home) == 2
