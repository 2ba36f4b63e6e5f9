"""Reading what is new: on both cores, foreseen, watched, stopped half-way, and tried again."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from pipelines_homes import new_files, read_inbox
from readers import apple_drawn as apple

from runmood.cli import imports as typed
from runmood.cli.status_line import CLEAR
from runmood.core.i18n import translator
from runmood.core.notices import CANNOT_OPEN
from runmood.core.recordings import FileStat, FoundFile
from runmood.ingest import workers
from runmood.ingest.discover import discover_files
from runmood.ingest.importer import open_importer, open_warehouse
from runmood.ingest.progress import SilentListener, pending_bytes, progress_line
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse.file_rows import FileRead
from runmood.warehouse.queries import run_query
from runmood.workflow import imports as commands
from runmood.workflow import steps

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.home.home import Home
    from runmood.warehouse.writer import Warehouse

OUTINGS = simulate(dt.date(2025, 11, 21), days=30).outings
STAMP = FileStat(1, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
HERE = ZoneInfo("UTC")
Command = Callable[..., Any]


def found(count: int) -> list[tuple[FoundFile, str]]:
    """Files that hold a run each, and one that holds none."""
    files = [FoundFile(f"{number}.fit", STAMP, recorded_as(OUTINGS[number], "fit")) for number in range(count)]
    files.append(FoundFile("page.fit", STAMP, b"<!doctype html>"))
    return [(file, file.name) for file in files]


def told(file: FileRead) -> tuple[object, ...]:
    """All that was read of a file, fit to be compared."""
    runs = [(run.row, run.laps, run.points.rows()) for run in file.recordings]
    return file.name, file.outcome, file.content_hash, file.notices, runs


def test_two_cores_read_what_one_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shared out among processes, the same comes back in the same order."""
    monkeypatch.setattr(workers, "START_S", -1.0)
    with workers.in_processes() as read:
        shared = [told(file) for file in read(found(4), HERE)]
    assert shared == [told(file) for file in workers.in_process(found(4), HERE)]


class Deadly:
    """What ends the process that unpacks it."""

    def __reduce__(self) -> tuple[Callable[[int], None], tuple[int]]:
        return os._exit, (9,)


def test_a_reader_that_dies_costs_only_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file that ends a process is refused with a notice; all others, before and after it, are read."""
    monkeypatch.setattr(workers, "START_S", -1.0)
    files = found(3)
    files[1] = (FoundFile("1.fit", STAMP, b"x", note=Deadly()), "1.fit")  # type: ignore[arg-type]
    with workers.in_processes() as read:
        outcomes = {file.name: file.outcome for file in read(files, HERE)}
        again = [file.outcome for file in read(found(1), HERE)]
    assert outcomes == {"0.fit": "run", "1.fit": "refused", "2.fit": "run", "page.fit": "refused"}
    assert again == ["run", "refused"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two runs, one of them in an archive, and a page."""
    given = tmp_path / "given"
    given.mkdir()
    (given / "a.fit").write_bytes(recorded_as(OUTINGS[0], "fit"))
    (given / "page.fit").write_bytes(b"<!doctype html>")
    with zipfile.ZipFile(given / "export.zip", "w") as archive:
        archive.writestr("activities/b.fit", recorded_as(OUTINGS[1], "fit"))
        archive.writestr("activities/a.fit", recorded_as(OUTINGS[0], "fit"))
    return given


def below(folder: Path) -> dict[str, float]:
    """Everything in a folder with the time it was changed."""
    return {str(path): path.stat().st_mtime_ns for path in sorted(folder.rglob("*"))}


def test_a_dry_run_tells_what_will_happen(cli: Command, folder: Path, tmp_path: Path) -> None:
    """It tells the lines of the import itself, makes no home, and changes nothing in one."""
    foreseen = cli("import", "--dry-run", str(folder))
    assert (foreseen.status, (tmp_path / "home").exists()) == (0, False)
    cli("check-in", "--mood", "5", "--energy", "5")
    for _ in range(2):
        before = below(tmp_path)
        foreseen = cli("import", "--dry-run", str(folder))
        assert {path: at for path, at in below(tmp_path).items() if not path.endswith("lock")} == {
            path: at for path, at in before.items() if not path.endswith("lock")
        }
        done = [line for line in cli("import", str(folder)).written.splitlines() if "`runmood summary`" not in line]
    assert foreseen.written.splitlines()[1:] == done
    assert "Nothing new" in foreseen.written


def test_stopped_half_way(cli: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends with a sentence and status 2; what was read is kept, and the next import goes on."""

    class Stopping(SilentListener):
        def reading(self, _home: Home, _store: Warehouse, _paths: Iterable[Path] = ()) -> Callable[[int, int], None]:
            def stop(files: int, _size: int) -> None:
                if files == 3:
                    raise KeyboardInterrupt

            return stop

    monkeypatch.setattr(workers, "CHUNK_FILES", 1)
    with monkeypatch.context() as patched:
        patched.setattr(typed, "status_line", lambda _say, _stage: contextlib.nullcontext(Stopping()))
        answer = cli("import", str(folder))
    assert (answer.status, translator("en", "metric")("import.stopped") in answer.complained) == (2, True)
    assert cli("import", str(folder)).written.startswith("1 new file: ")


def test_each_file_is_told_before_the_next_is_read(empty_home: Home) -> None:
    """Of a chunk that takes a minute, progress is told file by file, not at its end."""
    for number in range(3):
        (empty_home.inbox / f"{number}.fit").write_bytes(recorded_as(OUTINGS[number], "fit"))
    events: list[object] = []

    @contextlib.contextmanager
    def reading() -> Iterator[workers.Reader]:
        def read_each(files: list[tuple[FoundFile, str]], zone: ZoneInfo) -> Iterator[FileRead]:
            for result in workers.in_process(files, zone):
                events.append(result.name)
                yield result

        yield read_each

    with open_importer(empty_home, reading) as importer:
        importer.read_inbox(progress=lambda files, size: events.append((files, size)))
    sizes = [(empty_home.inbox / f"{number}.fit").stat().st_size for number in range(3)]
    assert events == [
        "inbox/0.fit", (1, sizes[0]),
        "inbox/1.fit", (2, sizes[1]),
        "inbox/2.fit", (3, sizes[2]),
    ]  # fmt: skip


def test_whoever_watches_hears_of_each_stage(folder: Path, empty_home: Home) -> None:
    """Reading, building and publishing are told as they begin; an import of nothing new ends with the reading."""
    stages: list[str] = []

    class Listening(SilentListener):
        def begin(self, stage: str) -> None:
            stages.append(stage)

        def reading(self, _home: Home, _store: Warehouse, _paths: Iterable[Path] = ()) -> Callable[[int, int], None]:
            return lambda files, _size: stages.append(f"{files}")

    commands.import_paths(empty_home, [folder / "a.fit"], Listening())
    assert stages == ["1", "import.building", "import.publishing"]
    commands.import_paths(empty_home, [folder / "a.fit"], Listening())
    assert stages == ["1", "import.building", "import.publishing"]


@pytest.mark.parametrize(
    ("files", "seconds", "share", "line"),
    [
        (50, 2.0, 0.001, "50 files read, 25 a second"),
        (1, 2.0, 0.5, "1 file read, 0 a second, about 2 s left"),
        (600, 60.0, 0.1, "600 files read, 10 a second, about 9 min left"),
        (600, 60.0, 1.2, "600 files read, 10 a second"),
    ],
)
def test_how_far_it_is(files: int, seconds: float, share: float, line: str) -> None:
    """A line tells the files, how fast, and what is left where that can be judged."""
    assert progress_line(translator("en", "metric"), files, seconds, share) == line


def test_a_terminal_sees_how_far_it_is_and_a_log_does_not(
    cli: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal a line is written over and cleared before the next; elsewhere nothing is written."""
    assert cli("import", str(folder / "a.fit")).complained.startswith("Your runs and notes are kept in a new folder: ")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    seen = cli("import", str(folder)).complained
    assert "file read" in seen  # the first; later ones as time allows
    assert CLEAR in seen.rpartition("read")[2]


def test_waiting_bytes_are_those_of_watch_files_not_read_yet(empty_home: Home) -> None:
    """An archive counts by what it holds, a photo in it by nothing, a file that has been read by nothing."""
    with zipfile.ZipFile(empty_home.inbox / "export.zip", "w") as archive:
        archive.writestr("activities/a.fit", bytes(1000))
        archive.writestr("media/photo.jpg", bytes(9000))
    (empty_home.inbox / "b.fit").write_bytes(bytes(500))
    with open_warehouse(empty_home) as store:
        assert pending_bytes(empty_home, store) == 1500
    read_inbox(empty_home)
    with open_warehouse(empty_home) as store:
        assert pending_bytes(empty_home, store) == 0


def test_what_could_not_be_opened_is_tried_again(empty_home: Home) -> None:
    """A file that was refused only because it could not be opened is read next time; until then it is no news."""
    (empty_home.inbox / "a.fit").write_bytes(recorded_as(OUTINGS[0], "fit"))
    (empty_home.inbox / "gone.fit").symlink_to(empty_home.root / "nowhere")
    files = {
        file.name.rpartition("/")[2]: file for file in discover_files([empty_home.inbox], lambda _name, _stamp: False)
    }
    locked = [
        FileRead(empty_home.name_of(file.name), file.stamp, "refused", notices=(file.fault or CANNOT_OPEN(fault="no"),))
        for file in files.values()
    ]
    with open_warehouse(empty_home) as store:
        store.save("20250101-000000", locked)
    (chunk,) = new_files(empty_home)
    assert [file.name.rpartition("/")[2] for file in chunk] == ["a.fit"]
    read_inbox(empty_home)
    with open_warehouse(empty_home) as store:
        steps.build_days(empty_home, store, dt.date(2025, 11, 21))
    steps.publish_copy(empty_home)
    assert new_files(empty_home) == []
    assert run_query(empty_home.published, "from runs").height == 1


def test_a_run_is_written_for_other_programs(cli: Command, folder: Path, tmp_path: Path) -> None:
    """As GPX, with a word on what it tells; a file that is there already is left as it is."""
    cli("import", str(folder))
    run = cli("runs").written.split()[0]
    written = cli("export", run, "--gpx", str(tmp_path / "run.gpx"))
    assert "share it with care" in written.written
    assert "TrackPointExtension" in (tmp_path / "run.gpx").read_text("utf-8")
    again = cli("export", run, "--gpx", str(tmp_path / "run.gpx"))
    assert (again.status, "we left it as it is" in again.complained) == (2, True)
    assert cli("export", run).status == 2


def test_a_table_too_wide_is_told_record_by_record(cli: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fits the terminal is a table; what does not is one value a line, records apart."""
    cli("import", str(folder))
    monkeypatch.setenv("COLUMNS", "80")
    wide = cli("query", "select * exclude (name) from runs").written
    first, second = wide.split("\n\n")
    assert "      run_id: 2025" in first
    assert "distance_m: " in second
    assert max(map(len, wide.splitlines())) <= 80
    assert "│" in cli("query", "select run_id from runs").written


def test_one_chunk_is_read_ahead() -> None:
    """A chunk is given once the next has begun, and the last one too."""
    begun: list[int] = []
    given = workers.prefetch(begun.append(number) or number for number in range(3))  # type: ignore[func-returns-value]
    assert [(each, len(begun)) for each in given] == [(0, 2), (1, 3), (2, 3)]
    assert list(workers.prefetch(iter(()))) == []


def test_a_large_file_is_held_alone() -> None:
    """What does not wait for the next is given before that begins: two large files need the memory of one."""
    begun: list[int] = []
    coming = (begun.append(number) or number for number in range(4))  # type: ignore[func-returns-value]
    given = workers.prefetch(coming, lambda number: number != 1)
    assert [(each, len(begun)) for each in given] == [(0, 2), (1, 2), (2, 4), (3, 4)]


def test_a_content_that_moved_to_another_name_stays_a_run(empty_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is replaced while what it held comes again under another name, in the chunk after: both are runs."""
    monkeypatch.setattr(workers, "CHUNK_FILES", 1)
    (empty_home.inbox / "a.fit").write_bytes(recorded_as(OUTINGS[0], "fit"))
    read_inbox(empty_home)
    (empty_home.inbox / "a.fit").write_bytes(recorded_as(OUTINGS[1], "fit"))
    (empty_home.inbox / "b.fit").write_bytes(recorded_as(OUTINGS[0], "fit"))
    batch = read_inbox(empty_home)
    assert [told.outcome for told in batch.files] == ["run", "run"]
    with open_warehouse(empty_home) as store:
        assert store.table("recordings").height == 2


def test_the_same_content_in_two_chunks_is_known(empty_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that comes again while the first is still being read is known by its content."""
    monkeypatch.setattr(workers, "CHUNK_FILES", 1)
    for name in ("a.fit", "b.fit", "c.fit"):
        (empty_home.inbox / name).write_bytes(recorded_as(OUTINGS[0], "fit"))
    batch = read_inbox(empty_home)
    assert [(told.outcome, told.reason) for told in batch.files] == [
        ("run", None),
        ("known", "It has the same content as inbox/a.fit, so we did not read it again."),
        ("known", "It has the same content as inbox/a.fit, so we did not read it again."),
    ]


def test_a_route_that_was_once_read_alone_is_part_of_its_workout_after_an_update(empty_home: Home) -> None:
    """A run that an older version made of a ride's route is gone, though it was in the last publication."""
    folder = empty_home.inbox / "apple_health_export"
    (folder / "workout-routes").mkdir(parents=True)
    taken_for_a_run = apple.route().replace(b"<trkseg>", b"<type>running</type><trkseg>")
    (folder / "workout-routes/a.gpx").write_bytes(taken_for_a_run)
    commands.import_paths(empty_home, [])
    before = run_query(empty_home.published, "from runs").height
    ride = apple.export(apple.workout("Cycling", apple.route_of("a.gpx")))
    (folder / "export.xml").write_bytes(ride)
    commands.rebuild(empty_home)
    files = run_query(empty_home.published, "from source_files where outcome <> 'opened'")
    assert before == 1
    assert files["format"].to_list() == ["apple"]
    assert run_query(empty_home.published, "from runs").is_empty()
