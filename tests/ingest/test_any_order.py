"""The order in which files arrive decides nothing: the same files and words give the same runs, days and decisions."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest.test_exports import laid_out, packed
from readers.apple_drawn import export, route, route_of, total, workout

from runmood.core.checkins import NewEntry
from runmood.core.entries import FileChosen, SeriesJudged
from runmood.home.home import open_home
from runmood.ingest.calendars import judge_titles, keep_doubtful, read_calendar_file
from runmood.ingest.importer import open_importer
from runmood.ingest.inbox import copy_to_inbox
from runmood.ingest.read_file import read_file
from runmood.ingest.report import batch_as_text
from runmood.journal.codec import ID_LENGTH
from runmood.journal.plans.classify import series_of
from runmood.journal.store import append
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse.ddl import BY_NAME, load_sql
from runmood.workflow import steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from runmood.core.recordings import FoundFile
    from runmood.home.home import Home
    from runmood.ingest.importer import Batch
    from runmood.ingest.workers import Reader
    from runmood.simulate.recording import SimulatedRecording
    from runmood.warehouse.file_rows import FileRead
    from runmood.warehouse.writer import Warehouse

LAST = dt.date(2025, 11, 21)
SAMPLES = 400


def first(outing: SimulatedRecording, samples: int) -> SimulatedRecording:
    """The first samples of an outing, as a whole one."""
    return replace(outing, samples=outing.samples[:samples])


OUTINGS = [
    first(outing, SAMPLES)
    for outing in simulate(LAST, days=30).outings
    if outing.sport == "running" and outing.samples["latitude_deg"].count()
]
TWICE, LISTED, CUT, TORN = OUTINGS[:4]
SAID_AT = dt.datetime(2025, 10, 1, 6, tzinfo=dt.UTC)
COMPARED = ("recordings", "runs", "run_files", "run_pairs", "days")


def later(outing: SimulatedRecording, seconds: float) -> SimulatedRecording:
    """The same by a clock that is behind."""
    return replace(outing, samples=outing.samples.with_columns(pl.col("sampled_at") + dt.timedelta(seconds=seconds)))


def gpx(outing: SimulatedRecording) -> bytes:
    """A GPX that names no sport, as Runkeeper writes it."""
    return recorded_as(outing, "gpx").replace(b"<type>running</type>", b"")


def summary(outing: SimulatedRecording) -> bytes:
    """What Garmin's list of activities tells of a run."""
    elapsed_ms = (outing.ended_at - outing.started_at) / dt.timedelta(milliseconds=1)
    began_ms = outing.started_at.timestamp() * 1000
    listed = {
        "activityId": 1, "activityType": "running", "beginTimestamp": began_ms, "startTimeGmt": began_ms,
        "duration": elapsed_ms, "elapsedDuration": elapsed_ms, "distance": 102 * outing.distance_m, "avgHr": 150.0,
    }  # fmt: skip
    return json.dumps([{"summarizedActivitiesExport": [listed]}]).encode()


HEAD = (
    "Activity Id,Date,Type,Route Name,Distance (km),Duration,Average Pace,Average Speed (km/h),Calories Burned,"
    "Climb (m),Average Heart Rate (bpm),Friend's Tagged,Notes,GPX File"
)


def line(outing: SimulatedRecording, title: str, file: str) -> str:
    """A line of Runkeeper's table: what it measured is a twentieth more than the watch's."""
    minutes, seconds = divmod(round((outing.ended_at - outing.started_at).total_seconds()), 60)
    far = f"{1.05 * outing.distance_m / 1000:.2f},{minutes}:{seconds:02}"
    return f"a,{outing.started_at:%Y-%m-%d %H:%M:%S},Running,{title},{far},5:06,11.8,90,2,150,,,{file}"


TABLE = "\n".join([HEAD, line(LISTED, "Round the lake", "listed.gpx"), line(TWICE, "By hand", "")]).encode()
FULLER = TABLE.replace(b",,,listed.gpx", b",Tim,windy,listed.gpx").replace(b"Round the lake", b"Lake and back")
TITLE = "Maybe run with Tim"
CALENDAR = f"""BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:{LISTED.started_at:%Y%m%d}
SUMMARY:{TITLE}
END:VEVENT
END:VCALENDAR
"""

CROPPED = recorded_as(first(CUT, 300), "fit")
FILES = {
    "watch": {"twice.fit": recorded_as(TWICE, "fit")},
    "phone, 40 s late": {"phone.gpx": gpx(later(TWICE, 40))},
    "list of activities": {"me_0_summarizedActivities.json": summary(TWICE)},
    "GPX by itself": {"by itself.gpx": gpx(LISTED)},
    "GPX of a folder": {"runkeeper/listed.gpx": gpx(LISTED)},
    "table of that folder": {"runkeeper/cardioActivities.csv": TABLE},
    "whole": {"cut.fit": recorded_as(CUT, "fit")},
    "cropped": {"cut-2.fit": CROPPED},
    "torn": {"torn.fit": recorded_as(TORN, "fit")[:5000]},
    "sound": {"torn-sound.fit": recorded_as(TORN, "fit")},
    "copy": {"torn (1).fit": recorded_as(TORN, "fit")},
}
EXPORTS = ("export", "fuller export")
SAID = ("calendar", "title", "the cropped one")


@pytest.fixture(scope="module")
def given_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What arrives, each where a person has it: a file, a folder, and a zip of an export."""
    top = tmp_path_factory.mktemp("given")
    places = {
        name: laid_out(top / f"{number}", files) / next(iter(files)).partition("/")[0]
        for number, (name, files) in enumerate(FILES.items())
    }
    export_files = {"cardioActivities.csv": TABLE, "listed.gpx": gpx(LISTED)}
    calendar = laid_out(top / "said", {"calendar.ics": CALENDAR.encode()}) / "calendar.ics"
    fuller = {"cardioActivities.csv": FULLER, "listed.gpx": gpx(LISTED)}
    return places | {
        "export": packed(top / "runkeeper.zip", export_files),
        "fuller export": packed(top / "edited.zip", fuller),
        "calendar": calendar,
    }


class Remembering:
    """A reader that reads each content once, whichever home asks: what a file says does not depend on the home."""

    def __init__(self) -> None:
        self._read: dict[object, FileRead] = {}

    def read(self, files: list[tuple[FoundFile, str]], zone: ZoneInfo) -> Iterator[FileRead]:
        """The result of each file, under the name that it has here."""
        for found, name in files:
            key = found.content_hash, name, found.note, found.fault, found.opened, found.disputed
            if key not in self._read:
                self._read[key] = read_file(found, name, zone)
            yield replace(self._read[key], stamp=found.stamp, again=found.again)

    @contextmanager
    def __call__(self) -> Iterator[Reader]:
        """As an importer opens it."""
        yield self.read


READER = Remembering()


def named(found: dict[str, object], table: str) -> list[dict[str, object]]:
    """The rows of a table by column."""
    return [dict(zip(BY_NAME[table].schema.names(), row, strict=True)) for row in found[table]]  # type: ignore[attr-defined]


def tables(store: Warehouse) -> dict[str, list[tuple[object, ...]]]:
    """What stands of everything: the rows that people see, and what waits for them."""
    found = {name: store.table(name).rows() for name in COMPARED}
    return found | {"to decide": store.frame(load_sql("to_decide")).drop("file_name").rows()}


def imported(home: Home, paths: Iterable[Path]) -> tuple[dict[str, object], Batch]:
    """What stands after an import."""
    with open_importer(home, READER) as importer:
        importer.reprocess_missing()
        copy_to_inbox(paths, home.inbox)
        batch = importer.read_inbox()
        steps.build_days(home, importer.store, LAST)
        return {**tables(importer.store)}, batch


def say(home: Home, word: str, calendar: Path) -> None:
    """What a person says, weeks before the runs."""
    if word == "calendar":
        draft, *_ = read_calendar_file(home, calendar, SAID_AT)
        keep_doubtful(home, calendar, draft.doubtful)
    elif word == "title":
        judge_titles(home, [SeriesJudged(series_of(TITLE), "run")], SAID_AT)
    else:
        append(home.journal, [NewEntry(SAID_AT, FileChosen(f"{hashlib.sha256(CROPPED).hexdigest()[:ID_LENGTH]}-1"))])


def arrived(home: Home, batches: Iterable[Iterable[str]], places: dict[str, Path]) -> dict[str, object]:
    """What stands after files and words came in this order, a batch at a time."""
    found: dict[str, object] = {}
    for batch in batches:
        for word in SAID:
            if word in batch:
                say(home, word, places["calendar"])
        found, _ = imported(home, [places[name] for name in batch if name not in SAID])
    return found


@pytest.fixture(scope="module")
def once(given_files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What stands after all came at once."""
    home = open_home(tmp_path_factory.mktemp("once") / "home")
    return arrived(home, [sorted([*FILES, *EXPORTS, *SAID])], given_files)


@settings(max_examples=8)
@given(order=st.permutations([*FILES, *EXPORTS, *SAID]), cuts=st.sets(st.integers(1, 15), max_size=2))
def test_no_order_decides_anything(
    given_files: dict[str, Path],
    once: dict[str, object],
    tmp_path_factory: pytest.TempPathFactory,
    order: list[str],
    cuts: set[int],
) -> None:
    """One batch or three, in any order, twice, and made again from nothing: the same rows."""
    home = open_home(tmp_path_factory.mktemp("parts") / "home")
    bounds = [0, *sorted(cuts), len(order)]
    batches = [order[first:last] for first, last in itertools.pairwise(bounds)]
    assert arrived(home, batches, given_files) == once
    again, batch = imported(home, [given_files[name] for name in batches[0] if name not in SAID])
    assert (again, batch.counts["files"]) == (once, 0)
    steps.delete_derived_files(home)
    assert imported(home, [])[0] == once


def test_what_the_files_of_that_test_come_to(given_files: dict[str, Path], empty_home: Home) -> None:
    """Four runs: of two devices and a summary, listed by two exports, cropped and chosen, torn and sound."""
    found = arrived(empty_home, [[*FILES, *EXPORTS, *SAID]], given_files)
    assert [(row["name"], row["distance_m"], row["files"], row["partial"]) for row in named(found, "runs")] == [
        ("Easy run", TWICE.distance_m, 5, False),
        ("Lake and back", 5010.0, 1, False),
        (None, 3942.15, 2, False),
        (None, TORN.distance_m, 2, False),
    ]
    kinds = {row["local_date"]: row["day_kind"] for row in named(found, "days")}
    assert [day for day, kind in kinds.items() if kind == "planned_run"] == [LISTED.date]


def test_a_table_that_comes_later_tells_of_the_files_beside_it(given_files: dict[str, Path], empty_home: Home) -> None:
    """A GPX read before its table gets title and distance; it stays with the import that brought it, and it says so."""
    (before,) = named(imported(empty_home, [given_files["GPX of a folder"]])[0], "recordings")
    after, batch = imported(empty_home, [given_files["table of that folder"]])
    told = {row["name"]: row["distance_m"] for row in named(after, "recordings")}
    assert (before["name"], told["Round the lake"]) == (LISTED.name, 5010.0)
    assert (batch.counts["files"], batch.read_again) == (1, 1)
    assert "1 file was read again" in batch_as_text(empty_home.say, batch)
    assert imported(empty_home, [])[1].read_again == 0


@pytest.mark.parametrize("first_sport", ["Running", "Cycling"])
@pytest.mark.parametrize("at_once", [True, False])
def test_exports_that_name_two_sports_are_asked_about(
    empty_home: Home, tmp_path: Path, first_sport: str, at_once: bool
) -> None:
    """Of a file that one table calls a run and another a ride, only the person knows which, whichever came first."""
    ride = FULLER.replace(b",Running,Lake", b",Cycling,Lake")
    tables_of = {"Running": TABLE, "Cycling": ride}
    order = sorted(tables_of, key=lambda sport: sport != first_sport)
    places = [
        packed(tmp_path / f"{sport}.zip", {"cardioActivities.csv": tables_of[sport], "listed.gpx": gpx(LISTED)})
        for sport in order
    ]
    for batch in [places] if at_once else [[place] for place in places]:
        found, _ = imported(empty_home, batch)
    for _ in range(2):
        (row,) = [row for row in named(found, "recordings") if row["format"] == "gpx"]
        assert (row["status"], row["status_reason"], row["name"]) == ("undecided", "unclear_sport", "Lake and back")
        steps.delete_derived_files(empty_home)
        found, _ = imported(empty_home, [])


ROUTE = "workout-routes/route_2026-11-02_5.30pm.gpx"
RUN = workout("Running", total(5.04), route_of("route_2026-11-02_5.30pm.gpx"))


def test_a_route_that_comes_later_joins_its_workout(empty_home: Home, tmp_path: Path) -> None:
    """Apple's workout without its route is read again once that lies beside it: one run, with positions."""
    place = laid_out(tmp_path / "apple_health_export", {"export.xml": export(RUN)})
    before, _ = imported(empty_home, [place])
    laid_out(place, {ROUTE: route()})
    after, batch = imported(empty_home, [place])
    placed = [row["start_latitude_deg"] for rows in (before, after) for row in named(rows, "recordings")]
    assert placed == [None, 50.08]
    assert batch.read_again == 1
    quiet, batch = imported(empty_home, [place])
    assert (quiet, batch.counts["files"], batch.read_again) == (after, 0, 0)
    steps.delete_derived_files(empty_home)
    assert imported(empty_home, [])[0] == after
