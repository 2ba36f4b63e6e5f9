"""What a person decides about their files is kept in the journal and outlasts a rebuild."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from runmood.core.i18n import translator
from runmood.home.home import open_home
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse.publish import read_points, read_run

if TYPE_CHECKING:
    from pathlib import Path

OUTINGS = simulate(dt.date(2025, 11, 21), days=30).outings
Command = Callable[..., Any]


def answer(typed: Command, question: str) -> list[dict[str, Any]]:
    """Rows of the published database."""
    rows: list[dict[str, Any]] = json.loads(typed("query", question, "--format", "json").written)
    return rows


def count(typed: Command, table: str) -> int:
    """How many rows a table has."""
    return len(answer(typed, f"from {table}"))


@pytest.fixture
def given(cli: Command, tmp_path: Path) -> Path:
    """A folder with two runs, one of them as the watch and as a service tell it, imported."""
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "a.fit").write_bytes(recorded_as(OUTINGS[0], "fit"))
    (folder / "a.gpx").write_bytes(recorded_as(OUTINGS[0], "gpx"))
    (folder / "b.tcx").write_bytes(recorded_as(OUTINGS[1], "tcx"))
    assert cli("import", str(folder)).status == 0
    return folder


def batches(typed: Command) -> list[str]:
    """The names of the imports, as `runmood undo` lists them."""
    return [line.split()[0] for line in typed("undo").written.splitlines()]


@pytest.mark.usefixtures("given")
def test_a_run_is_named_by_last_or_by_its_day_wherever_a_run_is_named(cli: Command, tmp_path: Path) -> None:
    """A day with two runs is asked about; one without says so. `undo last` takes back the last import that counts."""
    names = [row["run_id"] for row in answer(cli, "select run_id from runs order by run_id")]
    days = [row["day"] for row in answer(cli, "select cast(local_date as text) as day from runs order by run_id")]
    assert len(set(days)) == 2
    say = translator("en", "metric")
    assert say("cli.corrections.not_a_run", run=names[-1]) in cli("not-a-run", "last").written
    assert cli("not-a-run", names[-1], "--undo").status == 0
    assert say("cli.corrections.not_a_run", run=names[0]) in cli("not-a-run", days[0]).written
    assert [row["run_id"] for row in answer(cli, "from runs")] == names[1:]
    assert cli("run", days[1]).status == 0
    assert cli("trim", "today", "--from", "1km").status == 2
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "c.fit").write_bytes(recorded_as(OUTINGS[2], "fit"))
    assert cli("import", str(tmp_path / "later")).status == 0
    first, second = batches(cli)
    assert second in cli("undo", "last").written
    assert first in cli("undo", "last").written
    assert cli("undo", "last").status == 2


@pytest.mark.usefixtures("given")
def test_an_import_is_taken_back_for_good(cli: Command, tmp_path: Path) -> None:
    """Its runs, days and points go and stay away after a rebuild; its files stay in the inbox with the reason."""
    (batch,) = batches(cli)
    assert translator("en", "metric")("cli.runs.undone", batch=batch, files=3) in cli("undo", batch).written
    for _ in range(2):
        assert (count(cli, "runs"), count(cli, "days"), count(cli, "points")) == (0, 0, 0)
        files = answer(cli, "from source_files")
        assert {file["outcome"] for file in files} == {"skipped"}
        assert all(batch in file["reason"] for file in files)
        assert list((tmp_path / "home/points").iterdir()) == []
        assert cli("rebuild").status == 0
    assert sorted(path.name for path in (tmp_path / "home/inbox/given").iterdir()) == ["a.fit", "a.gpx", "b.tcx"]


def test_what_was_taken_back_is_taken_in_again_by_its_path(cli: Command, given: Path) -> None:
    """Importing a file by its path brings its content back and no other."""
    (batch,) = batches(cli)
    cli("undo", batch)
    assert translator("en", "metric")("import.restored", count=1) in cli("import", str(given / "b.tcx")).written
    assert count(cli, "runs") == 1
    cli("rebuild")
    (file,) = answer(cli, "from source_files where outcome = 'run'")
    assert file["file_name"].endswith("b.tcx")


def test_what_another_import_brought_too_stays(cli: Command, given: Path, tmp_path: Path) -> None:
    """A file that came with two imports stays when one of them is taken back."""
    (tmp_path / "copy.fit").write_bytes((given / "a.fit").read_bytes())
    (tmp_path / "new.fit").write_bytes(recorded_as(OUTINGS[2], "fit"))
    cli("import", str(tmp_path / "copy.fit"), str(tmp_path / "new.fit"))
    cli("undo", batches(cli)[-1])
    assert count(cli, "runs") == 2


def test_without_an_import_there_is_none_to_name(cli: Command) -> None:
    """Where nothing was imported, nobody is asked to name what they want to undo."""
    told = cli("undo")
    assert (told.status, "runmood undo NAME" in told.complained) == (0, False)


@pytest.mark.usefixtures("given")
def test_what_cannot_be_taken_back(cli: Command) -> None:
    """An import that never was, or that is taken back already, is told in a sentence."""
    (batch,) = batches(cli)
    assert "There is no import 19700101" in cli("undo", "19700101-000000").complained
    cli("undo", batch)
    again = cli("undo", batch)
    nothing_left = translator("en", "metric")("import.nothing_to_undo", batch=batch)
    assert (again.status, nothing_left in again.complained) == (2, True)


def runs(typed: Command) -> list[str]:
    """The names of the runs, as `runmood runs` lists them."""
    return [line.split()[0] for line in typed("runs").written.splitlines()]


@pytest.mark.usefixtures("given")
def test_runs_are_listed(cli: Command) -> None:
    """A line a run: its name, day and clock, distance, time, pace and all its files."""
    first, second = cli("runs", "--all").written.splitlines()
    assert "inbox/given/a.fit + a.gpx" in first
    assert " km " in second
    assert "/km" in second
    assert "No possible duplicates" in cli("runs", "--ambiguous").written


@pytest.mark.usefixtures("given")
def test_parted_and_joined_runs_outlast_a_rebuild(cli: Command) -> None:
    """A run is parted into two and put together again; runs_files says that the person said so."""
    one, other = runs(cli)
    assert "a.gpx is a run of its own" in cli("split", one).written
    cli("rebuild")
    three = runs(cli)
    assert len(three) == 3
    assert "They are one run" in cli("join", three[0], three[1]).written
    cli("rebuild")
    assert runs(cli) == [one, other]
    because = answer(cli, "select reason_code from run_files order by rank desc")[0]["reason_code"]
    assert because == "said_same"


def test_which_file_of_three_is_parted_is_asked(cli: Command, given: Path) -> None:
    """A run of three files asks which of them is a run of its own, and takes its name."""
    (given / "a.tcx").write_bytes(recorded_as(OUTINGS[0], "tcx"))
    cli("import", str(given / "a.tcx"))
    one = runs(cli)[0]
    asked = cli("split", one)
    assert (asked.status, "a.tcx" in asked.complained) == (2, True)
    assert cli("split", one, "a.tcx").status == 0
    assert sorted(row["files"] for row in answer(cli, "select files from runs")) == [1, 1, 2]


@pytest.mark.usefixtures("given")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("join", "19700101-000000", "19700101-000000"), "I don't know the run 19700101-000000"),
        (("split", "{0}"), "That run has one file"),
        (("join", "{0}", "{0}"), "That is already one run"),
        (("join", "{0}", "{1}"), "too far apart to be one run"),
    ],
)
def test_what_cannot_be_decided(cli: Command, words: tuple[str, ...], sentence: str) -> None:
    """A run that is not there, cannot be parted, or lies days from the other is told in a sentence."""
    answered = cli(*(word.format(runs(cli)[1], runs(cli)[0]) for word in words))
    assert (answered.status, sentence in answered.complained) == (2, True)


@pytest.mark.usefixtures("given")
def test_what_was_no_run_goes_and_can_come_back(cli: Command) -> None:
    """A run said to be none leaves the runs, stays away after a rebuild, and comes back when that is taken back."""
    first, *_ = (row["run_id"] for row in answer(cli, "from runs order by run_id"))
    before = count(cli, "runs")
    assert cli("not-a-run", first).status == 0
    assert count(cli, "runs") == before - 1
    cli("rebuild")
    assert count(cli, "runs") == before - 1
    assert cli("not-a-run", first, "--undo").status == 0
    assert count(cli, "runs") == before
    assert cli("not-a-run", first, "--undo").status == 2


@pytest.mark.usefixtures("given")
def test_the_file_that_is_chosen_gives_the_figures(cli: Command) -> None:
    """`use` puts a file first in its run, the last choice counts, and each can be taken back."""
    files = "select file_name from run_files join source_files using (content_hash)"
    best = f"{files} where rank = 1 and file_name like '%/a.%'"
    (before,) = answer(cli, best)
    assert cli("use", "a.gpx").status == 0
    assert answer(cli, best)[0]["file_name"].endswith("a.gpx")
    cli("use", "a.fit")
    assert answer(cli, best)[0]["file_name"].endswith("a.fit")
    cli("use", "a.fit", "--undo")
    assert answer(cli, best)[0]["file_name"].endswith("a.gpx")
    cli("use", "a.gpx", "--undo")
    assert answer(cli, best) == [before]
    assert cli("runs", "--to-decide").status == 0


def test_joined_files_that_follow_each_other_are_one_run_throughout(
    cli: Command, case_runs: Path, tmp_path: Path
) -> None:
    """Points, splits and best efforts go on from the first file into the second, on the page as in an exported GPX."""
    cli("import", str(case_runs / "split1.fit"), str(case_runs / "split2.fit"))
    cli("join", *runs(cli))
    (run,) = runs(cli)
    home = open_home(tmp_path / "home")
    points = read_points(home.published, home.points, run)
    assert points["distance_m"][-1] == pytest.approx(47_260, abs=60)
    assert points["distance_m"].is_sorted()
    assert points["elapsed_s"].is_sorted()
    frames = read_run(home.published, run)
    assert points["elapsed_s"][-1] == pytest.approx(frames["runs"]["elapsed_s"][0], abs=2)
    km = frames["splits"].filter(unit="km")
    assert km["split"].to_list() == list(range(1, km.height + 1))
    assert km["distance_m"].sum() == pytest.approx(47_260, abs=60)
    assert frames["best_efforts"]["effort"].is_unique().all()
    assert "47.3 km" in cli("run", run).written
    cli("export", run, str(tmp_path / "run.gpx"), "--gpx")
    assert (tmp_path / "run.gpx").read_text(encoding="utf-8").count("<trkpt") == points["latitude_deg"].count()
