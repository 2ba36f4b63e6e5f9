"""The points of recordings: gathered by month once it is over, and never missing or twice on the way."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import polars as pl
import pytest
from web.homes import LAST_DAY, gpx, home_of

from runmood.ingest.importer import open_importer
from runmood.schema.tables import POINTS
from runmood.warehouse.points import (
    SEVERAL,
    are_merged,
    merge_months,
    months_of,
    points_as_file,
    read_recording,
    write_recordings,
)
from runmood.warehouse.publish import list_runs, read_points
from runmood.workflow import steps

if TYPE_CHECKING:
    from runmood.home.home import Home

BEGAN = dt.datetime(2026, 5, 3, 8, tzinfo=dt.UTC)
MONTHS = {"a-1": "2026-05", "b-1": "2026-05", "c-1": "2026-06", "d-1": "2026-07"}
NOW = "2026-07"


class KilledError(Exception):
    """The process ended there."""


def samples(number: int) -> pl.DataFrame:
    """Three samples of a recording, like those of no other."""
    rows = [
        {"sampled_at": BEGAN + dt.timedelta(days=number, seconds=at), "elapsed_s": float(at), "segment": number}
        for at in range(3)
    ]
    return POINTS.frame(rows)


SAMPLES = {name: samples(number) for number, name in enumerate(MONTHS)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which each recording has its file."""
    for name, points in SAMPLES.items():
        (tmp_path / f"{name}.parquet").write_bytes(points_as_file(name, points))
    return tmp_path


def names(folder: Path) -> list[str]:
    """What the files are called."""
    return sorted(path.stem for path in folder.glob("*.parquet"))


def seen_by_analysts(folder: Path) -> list[tuple[str, dt.datetime]]:
    """The rows that a view over the folder shows, by the statement of the view itself."""
    statement = (Path(months_of.__code__.co_filename).parent / "sql" / "views" / "points.sql").read_text("utf-8")
    with duckdb.connect() as analyst:
        runs = ", ".join(f"('{name}', '{name}')" for name in SAMPLES)
        analyst.execute(f"create table runs as from (values {runs}) as runs (run_id, points_recording_id)")
        rows = analyst.sql(statement.replace("{folder}", f"'{folder}'")).select("run_id, sampled_at").fetchall()
    return sorted(rows)


ALL_ROWS = sorted((name, at) for name, points in SAMPLES.items() for at in points["sampled_at"])


def assert_whole(folder: Path, months: dict[str, str]) -> None:
    """Every reader finds every point once."""
    for name, month in months.items():
        assert read_recording(folder, name, month).equals(SAMPLES[name])
    assert seen_by_analysts(folder) == ALL_ROWS


def test_months_that_are_over_are_a_file_each(folder: Path) -> None:
    """The recordings of this month keep their files; what is read is the same."""
    merge_months(folder, folder, MONTHS, NOW)
    assert names(folder) == ["2026-05", "2026-06", "d-1"]
    assert_whole(folder, MONTHS)
    merge_months(folder, folder, MONTHS, "2026-08")
    assert names(folder) == ["2026-05", "2026-06", "2026-07"]
    assert_whole(folder, MONTHS)


@pytest.mark.parametrize(("beside", "gathered"), [(None, True), ("a-1", False), ("no-1", False)])
def test_what_is_gathered_is_not_looked_through_again(folder: Path, beside: str | None, *, gathered: bool) -> None:
    """Files of months that are over are no work left; one of a recording of theirs is, and one of no recording."""
    assert not are_merged(folder, MONTHS, NOW)
    merge_months(folder, folder, MONTHS, NOW)
    if beside:
        (folder / f"{beside}.parquet").write_bytes(points_as_file(beside, SAMPLES["a-1"]))
    assert are_merged(folder, MONTHS, NOW) is gathered


def test_a_recording_that_is_no_more_leaves_its_month(folder: Path) -> None:
    """Its rows go from the month's file, and a month without recordings has none."""
    merge_months(folder, folder, MONTHS, NOW)
    merge_months(folder, folder, {"a-1": "2026-05", "d-1": NOW}, NOW)
    assert names(folder) == ["2026-05", "d-1"]
    assert pl.read_parquet(folder / "2026-05.parquet")["recording_id"].unique().to_list() == ["a-1"]
    assert read_recording(folder, "b-1", "2026-05").is_empty()


def test_a_recording_read_again_goes_before_its_month(folder: Path) -> None:
    """At once, and once it is gathered; so does one that was moved to another month."""
    merge_months(folder, folder, MONTHS, "2026-08")
    again = SAMPLES["a-1"].with_columns(heart_bpm=pl.lit(150.0))
    (folder / "a-1.parquet").write_bytes(points_as_file("a-1", again))
    assert read_recording(folder, "a-1", "2026-05").equals(again)
    assert seen_by_analysts(folder) == ALL_ROWS
    merge_months(folder, folder, MONTHS | {"a-1": "2026-06"}, "2026-08")
    assert names(folder) == ["2026-05", "2026-06", "2026-07"]
    assert read_recording(folder, "a-1", "2026-06").equals(again)
    assert read_recording(folder, "a-1", "2026-05").is_empty()


def test_files_of_an_earlier_version_are_taken_over(folder: Path) -> None:
    """They do not say whose their rows are; their name does."""
    for name, points in SAMPLES.items():
        points.write_parquet(folder / f"{name}.parquet")
    assert all(read_recording(folder, name, month).equals(SAMPLES[name]) for name, month in MONTHS.items())
    merge_months(folder, folder, MONTHS, NOW)
    assert names(folder) == ["2026-05", "2026-06", "d-1"]
    assert_whole(folder, MONTHS)


@pytest.mark.parametrize("survived", range(14))
def test_a_gathering_may_be_killed_at_any_moment(folder: Path, survived: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """After every change on the disk all is there once, and the next gathering comes to what the first would have."""
    merge_months(folder, folder, MONTHS, NOW)
    for name in ("a-1", "c-1"):  # which are read again, one of them as of another month
        (folder / f"{name}.parquet").write_bytes(points_as_file(name, SAMPLES[name]))
    months, left = MONTHS | {"a-1": "2026-06"}, survived

    def counted(change: str) -> None:
        done = getattr(Path, change)

        def change_or_die(path: Path, *target: Path, **more: bool) -> object:
            nonlocal left
            if left == 0:
                raise KilledError
            left -= 1
            return done(path, *target, **more)

        patched.setattr(Path, change, change_or_die)

    with monkeypatch.context() as patched:
        counted("replace")
        counted("unlink")
        with suppress(KilledError):
            merge_months(folder, folder, months, "2026-08")
    assert_whole(folder, months)
    merge_months(folder, folder, months, "2026-08")
    assert names(folder) == ["2026-05", "2026-06", "2026-07"]
    assert_whole(folder, months)


@pytest.mark.parametrize("name", ["a-1", "2026-05"])
def test_a_damaged_file_is_left_as_it_is_and_stops_nothing(folder: Path, name: str) -> None:
    """The other months are gathered."""
    if name not in SAMPLES:
        merge_months(folder, folder, {"b-1": "2026-05"} | MONTHS, NOW)
        (folder / "a-1.parquet").write_bytes(points_as_file("a-1", SAMPLES["a-1"]))
    (folder / f"{name}.parquet").write_bytes(b"no Parquet")
    merge_months(folder, folder, MONTHS, "2026-08")
    assert {"2026-06", "2026-07", name} <= {*names(folder)}
    assert (folder / f"{name}.parquet").read_bytes() == b"no Parquet"
    assert read_recording(folder, "c-1", "2026-06").equals(SAMPLES["c-1"])


def test_a_home_shows_the_same_course_before_and_after_a_month_is_over(tmp_path: Path) -> None:
    """By what runmood reads, and by the view of the published copy."""
    home = home_of(tmp_path / "home", runs=3)
    with home.writing(), open_importer(home) as importer:
        importer.read_inbox()
    shown = []
    last = dt.date(2026, 11, 28)
    for day in (last, last + dt.timedelta(days=40)):
        with home.writing():
            steps.run_pipeline(home, day)
        shown.append((_courses(home), _rows_of_view(home)))
    assert shown[0] == shown[1]
    assert shown[0][1] > 0
    assert all(len(name) == len("2026-11") for name in names(home.points))


def _courses(home: Home) -> list[list[tuple[object, ...]]]:
    runs = list_runs(home.published)["run_id"]
    return [read_points(home.published, home.points, run).rows() for run in runs]


def _rows_of_view(home: Home) -> int:
    with duckdb.connect(home.published, read_only=True) as analyst:
        row = analyst.sql("select count(*) from points").fetchone()
    return int(row[0]) if row else 0


def test_several_of_a_month_that_come_at_once_are_written_together(tmp_path: Path) -> None:
    """At a first import, in as many portions as they come; what is alone in its month has a file of its own."""
    months = dict.fromkeys(SAMPLES, "2026-05")
    parts = ({name: ("2026-05", SAMPLES[name]) for name in SAMPLES}, {"e-1": ("2026-06", SAMPLES["a-1"])})
    for part in (*parts, parts[0]):  # of which one comes again, after it was not saved
        write_recordings(tmp_path, tmp_path, part, by_month=True)
    assert names(tmp_path) == ["2026-05", "e-1"]
    assert_whole(tmp_path, months)
    write_recordings(tmp_path, tmp_path, parts[0], by_month=False)
    assert names(tmp_path) == ["2026-05", *SAMPLES, "e-1"]
    assert_whole(tmp_path, months)


def test_points_of_an_import_that_was_not_saved_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an import ends between its points and their rows, the next night leaves no point of theirs.

    Even where nothing else would tell that there is something to do: here somebody has emptied the folder before.
    """
    home = home_of(tmp_path / "home", runs=1)
    for path in home.points.iterdir():
        path.unlink()
    for number in range(SEVERAL):
        began = dt.datetime.combine(LAST_DAY - dt.timedelta(number), dt.time(12), dt.UTC)
        (home.inbox / f"{number}.gpx").write_bytes(gpx(began, 20 + number))

    def killed(*_: object) -> None:
        raise KilledError

    with home.writing(), monkeypatch.context() as patched:
        patched.setattr("runmood.warehouse.ddl.insert", killed)
        with suppress(KilledError), open_importer(home) as importer:
            importer.read_inbox()
    assert names(home.points) == [f"{LAST_DAY:%Y-%m}"]
    for number in range(SEVERAL):
        (home.inbox / f"{number}.gpx").unlink()
    with home.writing():
        steps.run_pipeline(home, LAST_DAY)
    assert names(home.points) == []
