"""One outing is one run, in whatever format it was saved."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from pipelines_homes import LAST_DAY, made, new_files

from runmood.home.home import Home, open_home
from runmood.ingest.importer import open_importer
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse.queries import run_query

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.simulate.recording import SimulatedRecording

OUTING: SimulatedRecording = next(outing for outing in simulate(LAST_DAY, days=30).outings if outing.kind == "easy")
DAY = "select local_date, runs, distance_m, moving_s from days where runs > 0"


def home_with(folder: Path, *names: str) -> Home:
    """A home whose inbox holds the outing under these names."""
    home = open_home(folder / "-".join(names).replace(".", "-"))
    for name in names:
        content = recorded_as(OUTING, name.split(".", 1)[1])
        (home.inbox / name).write_bytes(content)
    return made(home)


@pytest.mark.parametrize("form", ["gpx", "tcx", "fit.gz", "gpx.gz", "tcx.gz"])
def test_one_run_saved_in_several_formats_gives_the_same_day(form: str, tmp_path: Path) -> None:
    """FIT, GPX and TCX of one run, packed or not, give the same day; a GPX has only positions to tell the distance."""
    (one,), (other,) = (run_query(home_with(tmp_path, f"run.{each}").published, DAY).rows() for each in ("fit", form))
    assert other[:2] == one[:2] == (OUTING.date, 1)
    assert other[2:] == pytest.approx(one[2:], rel=0.01 if "gpx" in form else 0.0001)


def test_all_formats_together_are_one_run(tmp_path: Path) -> None:
    """The same run as FIT, as GPX, as TCX and packed is one run of three files, and one more known already."""
    home = home_with(tmp_path, "a.fit", "b.gpx", "c.tcx", "d.fit.gz")
    assert run_query(home.published, "select files from runs")["files"].to_list() == [3]
    assert run_query(home.published, "select runs from days")["runs"].to_list() == [1]
    assert (
        "same content as inbox/a.fit"
        in run_query(home.published, "from source_files where outcome = 'known'")["reason"][0]
    )


def test_an_import_that_was_cut_off_goes_on(tmp_path: Path) -> None:
    """Killed after some files, the next import reads the rest, and everything is as if nothing had happened."""
    year = simulate(LAST_DAY, days=60)
    home = open_home(tmp_path / "cut")
    for file in year.files:
        path = home.inbox / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    with open_importer(home) as importer:
        first = next(importer.new_files())
        importer.read_chunk("20250101-000000", first[:7])
    assert sum(len(chunk) for chunk in new_files(home)) == len(year.files) - 7
    made(home)
    assert run_query(home.published, "select count(*) as runs from runs")["runs"].item() == len(year.outings)


def test_a_home_can_be_moved(tmp_path: Path) -> None:
    """Files are named within the home, so that nothing is read again after a move."""
    home = home_with(tmp_path, "run.fit")
    moved = open_home(home.root.rename(tmp_path / "elsewhere"))
    assert new_files(moved) == []


def test_the_day_is_known_by_the_file(tmp_path: Path) -> None:
    """The run stands on the day of its place with its clock."""
    home = home_with(tmp_path, "run.gpx")
    (run,) = run_query(home.published, "from runs").iter_rows(named=True)
    assert (run["local_date"], run["zone_source"], run["time_zone"]) == (OUTING.date, "place", "Europe/Lisbon")
    assert abs(run["started_at"] - OUTING.started_at) < dt.timedelta(seconds=1)
