"""A recording is cut to the run in it, put on its true day, or taken in although it was skipped; all of it undoable."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from pipelines_homes import made

from runmood.home.home import open_home
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as

if TYPE_CHECKING:
    from pathlib import Path

OUTINGS = simulate(dt.date(2025, 11, 21), days=30).outings
Command = Callable[..., Any]
FIGURES = "select distance_m, elapsed_s, started_at, local_date, files from runs"


def answer(typed: Command, question: str) -> list[dict[str, Any]]:
    """Rows of the published database."""
    rows: list[dict[str, Any]] = json.loads(typed("query", question, "--format", "json").written)
    return rows


@pytest.fixture(scope="module")
def with_two_watches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a home that has one run, as two devices tell it."""
    home = open_home(tmp_path_factory.mktemp("two") / "home")
    for kind in ("fit", "gpx"):
        (home.inbox / f"a.{kind}").write_bytes(recorded_as(OUTINGS[0], kind))
        made(home)
    return home.root


@pytest.fixture
def two_watches(with_two_watches: Path, cli: Command, tmp_path: Path) -> list[dict[str, Any]]:
    """What is known of that run, in a copy of that home."""
    shutil.copytree(with_two_watches, tmp_path / "home")
    return answer(cli, FIGURES)


def test_a_cut_leaves_the_run_and_outlasts_a_rebuild(cli: Command, two_watches: list[dict[str, Any]]) -> None:
    """Cut by distance, the run is that long, still one of both files, also after a rebuild; undo brings all back."""
    (before,) = two_watches
    assert cli("trim", "a.fit", "--to", "2km").status == 0
    for _ in range(2):
        (after,) = answer(cli, FIGURES)
        assert after["distance_m"] == pytest.approx(2000, abs=60)
        assert after["elapsed_s"] < before["elapsed_s"]
        assert after["files"] == before["files"]
        splits = answer(cli, "select max(split) as last from splits join runs using (recording_id)")
        assert splits[0]["last"] <= 3
        assert cli("rebuild").status == 0
    assert cli("trim", "a.fit", "--undo").status == 0
    assert answer(cli, FIGURES) == [before]
    assert cli("trim", "a.fit", "--undo").status == 2


@pytest.mark.usefixtures("two_watches")
def test_a_run_of_two_watches_is_cut_in_both(cli: Command) -> None:
    """Named by its run, all of its recordings are cut at the same moment, so that they stay one run."""
    (run,) = answer(cli, "select run_id, local_clock, files from runs")
    began = dt.datetime.strptime(run["local_clock"], "%H:%M").replace(tzinfo=dt.UTC)
    later = f"{began + dt.timedelta(minutes=10):%H:%M}"
    assert f"to {later}" in cli("trim", run["run_id"], "--to", later).written
    (after,) = answer(cli, FIGURES)
    assert after["files"] == run["files"]
    lengths = [row["elapsed_s"] for row in answer(cli, "select elapsed_s from recordings")]
    assert max(lengths) - min(lengths) < 20
    assert 500 < max(lengths) <= 600


@pytest.mark.usefixtures("two_watches")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Say where the run began or ended"),
        (("--to", "soon"), 'I can\'t read "soon"'),
        (("--to", "25:10"), 'I can\'t read "25:10"'),
        (("--from", "300km"), "is farther than this recording"),
        (("--to", "10m"), "there is no run left"),
    ],
)
def test_what_cannot_be_cut(cli: Command, words: tuple[str, ...], sentence: str) -> None:
    """A place that is none, lies outside or leaves nothing is told in a sentence, and nothing changes."""
    before = answer(cli, FIGURES)
    answered = cli("trim", "a.fit", *words)
    assert (answered.status, sentence in answered.complained) == (2, True)
    assert answer(cli, FIGURES) == before


@pytest.mark.usefixtures("two_watches")
def test_a_file_that_is_gone_is_not_cut(cli: Command, tmp_path: Path) -> None:
    """A cut needs the file itself; without it the run stays as it is, and a sentence says what to do."""
    (tmp_path / "home/inbox/a.fit").unlink()
    answered = cli("trim", "a.fit", "--to", "2km")
    assert (answered.status, "no longer in your inbox" in answered.complained) == (2, True)


def test_only_the_file_that_was_corrected_is_read_again(
    cli: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, two_watches: list[dict[str, Any]]
) -> None:
    """A correction reads the files of its own run and no other one."""
    from runmood.ingest import corrections  # noqa: PLC0415

    assert two_watches
    read: list[str] = []
    reader = corrections.read_file

    def noted(found: Any, name: str, *rest: Any) -> Any:
        read.append(name)
        return reader(found, name, *rest)

    monkeypatch.setattr(corrections, "read_file", noted)
    (tmp_path / "b.tcx").write_bytes(recorded_as(OUTINGS[1], "tcx"))
    cli("import", str(tmp_path / "b.tcx"))
    assert read == []
    cli("trim", "a.gpx", "--to", "2km")
    assert set(read) <= {"inbox/a.gpx", "inbox/a.fit"}


def test_a_wrong_clock_is_put_right_by_word(cli: Command, case_runs: Path) -> None:
    """A run of 1,024 weeks ago waits, with its probable day; said, it stands on that day; undo lets it wait again."""
    cli("import", str(case_runs / "rollover.gpx"))
    assert "--date 2026-11-21" in cli("runs", "--to-decide").written
    assert "--date 2026-11-21" in cli("is-a-run", "rollover.gpx").complained
    assert cli("is-a-run", "rollover.gpx", "--date", "2026-11-21").status == 0
    for _ in range(2):
        assert [row["local_date"] for row in answer(cli, FIGURES)] == ["2026-11-21"]
        assert answer(cli, "select count(*) as days from days")[0]["days"] < 60
        cli("rebuild")
    cli("is-a-run", "rollover.gpx", "--undo")
    assert answer(cli, FIGURES) == []
    assert "--date 2026-11-21" in cli("runs", "--to-decide").written


@pytest.mark.parametrize("text", ["2099-01-01", "soon", "2026-02-30", "2026-11-21 25:00"])
def test_a_day_that_is_none_is_told(cli: Command, case_runs: Path, text: str) -> None:
    """A day to come, or none, changes nothing."""
    cli("import", str(case_runs / "rollover.gpx"))
    answered = cli("is-a-run", "rollover.gpx", "--date", text)
    assert (answered.status, text in answered.complained) == (2, True)


def test_a_skipped_file_can_be_a_run(cli: Command, case_runs: Path) -> None:
    """A file set aside for its name is a run once the person says so, after a rebuild too, and none when undone."""
    cli("import", str(case_runs / "bike_by_its_name_no_type.gpx"))
    assert answer(cli, FIGURES) == []
    assert cli("is-a-run", "bike_by_its_name_no_type.gpx", "--distance", "9.5").status == 0
    cli("rebuild")
    assert [row["distance_m"] for row in answer(cli, FIGURES)] == [9500]
    cli("is-a-run", "bike_by_its_name_no_type.gpx", "--undo")
    assert answer(cli, FIGURES) == []


def test_a_file_without_a_recording_is_no_run(cli: Command, tmp_path: Path) -> None:
    """Of a file that holds nothing nobody can say that it is a run; nothing is written."""
    (tmp_path / "x.gpx").write_text("<gpx></gpx>", encoding="utf-8")
    cli("import", str(tmp_path / "x.gpx"))
    answered = cli("is-a-run", "x.gpx")
    assert (answered.status, "no run that we could read" in answered.complained) == (2, True)


def test_the_drive_home_is_no_best_effort(cli: Command, case_runs: Path) -> None:
    """Once the bus is cut off, distance, pace and best efforts are those of the run."""
    cli("import", str(case_runs / "forgot_stop.fit"))
    cli("trim", "forgot_stop.fit", "--to", "17:40")
    (run,) = answer(cli, FIGURES)
    assert run["distance_m"] == pytest.approx(6720, abs=20)
    best = answer(cli, "select min(pace_s_km) as pace from best_efforts")[0]["pace"]
    assert best == pytest.approx(357, abs=5)
