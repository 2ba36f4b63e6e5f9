"""A home that another version of runmood made: nothing breaks, every command says what to do, and it is made anew."""

from __future__ import annotations

import datetime as dt
import shutil
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from pipelines_homes import LAST_DAY, made

from runmood.core.i18n import translator
from runmood.home.home import open_home
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse.publish import read_tables
from runmood.warehouse.queries import has_current_schema
from runmood.workflow.doctor import examine
from runmood.workflow.state import STEPS, stale_steps, state_of

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.home.home import Home

Command = Callable[..., Any]
PATIENCE_S = 60
MADE_ANEW = "Another version of runmood made"
READERS = [
    ("runs",), ("runs", "--ambiguous"), ("run", "last"), ("findings",), ("export", "--gpx", "20251101-080000", "x.gpx"),
    ("share", "--yes"), ("tables", "elsewhere"),
]  # fmt: skip


def as_others_made_it(database: Path) -> None:
    """The database without a column that this version has, and with the fingerprint of those it is left with."""
    with duckdb.connect(database) as other:
        other.execute("alter table days drop column pain")
        other.execute("update schema_version set fingerprint = 'another'")


@pytest.fixture(scope="module")
def made_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a home that was made before an update."""
    home = open_home(tmp_path_factory.mktemp("before") / "home")
    (home.inbox / "a.fit").write_bytes(recorded_as(simulate(LAST_DAY, days=30).outings[0], "fit"))
    made(home)
    as_others_made_it(home.published)
    return home.root


@pytest.fixture
def older(made_before: Path, tmp_path: Path) -> Home:
    """A copy of that home."""
    return open_home(shutil.copytree(made_before, tmp_path / "home"))


@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_who_reads_is_told_what_to_do(older: Home, cli: Command, words: tuple[str, ...]) -> None:
    """One sentence names the file and the command that mends it."""
    told = cli(*words)
    assert told.status == 2
    assert str(older.published) in told.complained
    assert MADE_ANEW in told.complained


def test_questions_of_ones_own_are_answered(older: Home, cli: Command) -> None:
    """An analyst's query needs only the columns that it names."""
    assert cli("query", "select runs from days where runs > 0", "--format", "csv").written == "runs\n1\n"
    assert cli("doctor").written.count(MADE_ANEW) == 1
    assert [seen.name for seen in examine(older.root, dt.datetime.now(dt.UTC)) if MADE_ANEW in seen.sentence] == [
        "database"
    ]


def test_the_summary_makes_everything_anew(older: Home, cli: Command) -> None:
    """Whoever asks for the summary waits a little and has it."""
    told = cli("summary")
    assert told.status == 0
    assert has_current_schema(older.published)


def test_a_damaged_copy_is_made_anew_too(older: Home, cli: Command) -> None:
    """What cannot be read at all is no better than another version's."""
    older.published.write_bytes(b"no database")
    assert not has_current_schema(older.published)
    assert cli("summary").status == 0
    assert has_current_schema(older.published)


def test_an_import_makes_everything_anew(older: Home, cli: Command) -> None:
    """An import of nothing new still leaves a home of this version."""
    cli("import", str(older.inbox))
    assert has_current_schema(older.published)


def test_the_local_page_makes_everything_anew_as_it_starts(
    older: Home, cli: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process of its own does it, so that check-ins are taken meanwhile; a home in order is left as it is."""
    monkeypatch.setattr("runmood.cli.web.serve", lambda *_: None)
    assert translator("en", "metric")("cli.web.updating") in cli("web").written
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and not has_current_schema(older.published):
        time.sleep(0.1)
    assert has_current_schema(older.published)
    assert translator("en", "metric")("cli.web.updating") not in cli("web").written


def test_a_night_makes_everything_anew(older: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tables than those of the last night are news, though no file and no word is new."""
    now = state_of(older, LAST_DAY)
    monkeypatch.setattr("runmood.workflow.state.schema_sources", lambda: "another")
    assert stale_steps(state_of(older, LAST_DAY), now) == STEPS


def test_where_columns_stand_does_not_matter(older: Home) -> None:
    """A copy with the same columns in another order is read as it is."""
    made(older)
    with duckdb.connect(older.published) as other:
        other.execute("create table moved as select pain, * exclude (pain) from days")
        other.execute("alter table days rename to before")
        other.execute("alter table moved rename to days")
    days = read_tables(older.published, ("days",))["days"]
    assert days.columns[0] == "local_date"
    assert days["runs"].sum() == 1
