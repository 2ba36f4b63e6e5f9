"""Imports and updates, each in a process of its own, with a file that says how far it is.

The pages start a process and read its file, so no page waits for the writer's lock, and a job outlives the server.
"""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import os
import secrets
import shutil
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from runmood.core.errors import UserError, spoken
from runmood.core.files import read_kept, replace_made
from runmood.core.json_records import read_record
from runmood.core.process import configure_process
from runmood.home.home import UPLOADS, Home, open_home
from runmood.web.ports import ACTIVE, JobKind, JobState, JobStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from runmood.ingest.importer import Batch
    from runmood.ingest.progress import Progress
    from runmood.warehouse.writer import Warehouse


FOLDER = "jobs"  # in the work folder: uploaded files, and a file a job
KEPT = 6
LEAST_SHARE = 0.05  # of a job; of less nobody can tell how long the rest takes
NICENESS = 10  # so that pages are answered first


@dataclass(frozen=True, slots=True)
class JobRecord:
    """How far a job is, as its file says."""

    kind: JobKind
    began: dt.datetime
    batch: str = ""
    process: int | None = None
    state: JobState = JobState.WAITING
    files: int = 0
    share: float | None = None
    messages: tuple[str, ...] = ()


class ProcessJobRunner:
    """Jobs of a home in processes of their own, as `JobRunner`."""

    def __init__(self, home: Callable[[], Home]) -> None:
        self._home = home

    def new_folder(self) -> Path:
        """Create an empty folder for uploaded files."""
        folder = self._folder() / f"{UPLOADS}{secrets.token_hex(6)}"
        folder.mkdir(mode=0o700, parents=True)
        return folder

    def import_folder(self, folder: Path) -> None:
        """Start to import a folder of uploaded files, which is removed afterwards."""
        self._start(JobKind.IMPORT, _import_folder, folder)

    def undo(self, batch: str) -> None:
        """Start to undo an import: nothing of it counts afterwards, and no file is deleted."""
        self._start(JobKind.UNDO, _undo, batch=batch)

    def update(self) -> None:
        """Start to bring days, findings and pages up to date, unless such a job waits for its turn already."""
        if not any(job.kind == JobKind.UPDATE and job.state == JobState.WAITING for job in self.statuses()):
            self._start(JobKind.UPDATE, _update)

    def statuses(self) -> Sequence[JobStatus]:
        """Return the running jobs and the last ones that ended, newest first."""
        multiprocessing.active_children()  # joins the processes that have ended
        found = sorted(self._folder().glob("*.json"), reverse=True)
        for old in found[KEPT:]:
            old.unlink(missing_ok=True)
        return [_status(record) for path in found[:KEPT] if (record := _read(path))]

    def _folder(self) -> Path:
        return self._home().work / FOLDER

    def _start(
        self,
        kind: JobKind,
        job: Callable[[Path, Path, Path | None], None],
        folder: Path | None = None,
        batch: str = "",
    ) -> None:
        home = self._home()
        self._folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder() / f"{time.time_ns()}.json"
        _write(path, JobRecord(kind, dt.datetime.now(home.zone).replace(microsecond=0), batch))
        process = multiprocessing.get_context("spawn").Process(target=job, args=(home.root, path, folder))
        process.start()


def _import_folder(root: Path, path: Path, folder: Path | None) -> None:
    """Import uploaded files, in a process of its own."""
    from runmood.ingest.report import batch_as_text  # noqa: PLC0415
    from runmood.workflow import imports  # noqa: PLC0415

    with _recording(root, path) as record:
        home = open_home(root)
        try:
            batch, left_out, again = imports.import_paths(
                home,
                sorted(folder.iterdir()) if folder else [],
                _RecordWatch(path, record),
            )
        finally:
            if folder:
                shutil.rmtree(folder)
        restored = [home.say("import.restored", count=again)] if again else []
        faults = [each.spoken(home.say).replace(f"{folder}/", "") for each in left_out]
        messages = (*faults, *restored, *_sentences(batch_as_text(home.say, batch)))
        _write(path, replace(record, state=_end(batch, faults), files=batch.counts["files"], messages=messages))


def _undo(root: Path, path: Path, _: Path | None) -> None:
    """Undo an import and bring everything up to date, in a process of its own."""
    from runmood.workflow import imports, steps  # noqa: PLC0415

    with _recording(root, path) as record:
        home = open_home(root)
        with home.writing():
            _write(path, replace(record, state=JobState.RUNNING))
            imports.revert_import(home, record.batch)
            steps.run_pipeline(home, home.today())
        _write(path, replace(record, state=JobState.DONE))


def _update(root: Path, path: Path, _: Path | None) -> None:
    """Bring days, findings and pages up to date, in a process of its own."""
    from runmood.workflow import steps  # noqa: PLC0415

    with _recording(root, path) as record:
        home = open_home(root)
        with home.writing():
            _write(path, replace(record, state=JobState.RUNNING))
            steps.run_pipeline(home, home.today())
        _write(path, replace(record, state=JobState.DONE))


@contextmanager
def _recording(root: Path, path: Path) -> Iterator[JobRecord]:
    """Yield the record of this process; write into its file, as a sentence, what could not be done."""
    configure_process()
    if hasattr(os, "nice"):  # Windows has none
        os.nice(NICENESS)
    record = replace(_read(path) or JobRecord(JobKind.IMPORT, dt.datetime.now(dt.UTC)), process=os.getpid())
    _write(path, record)
    try:
        yield record
    except (UserError, OSError) as fault:
        _write(path, replace(record, state=JobState.ATTENTION, messages=(spoken(open_home(root).say, fault),)))


class _RecordWatch:
    """Writes down how much was read, each time that a file was."""

    def __init__(self, path: Path, record: JobRecord) -> None:
        self._path, self._record = path, replace(record, state=JobState.RUNNING)

    def begin(self, stage: str) -> None:
        """Leave it at the files: what follows them takes seconds."""

    def reading(self, home: Home, store: Warehouse, paths: Iterable[Path] = ()) -> Progress:
        """Write down that the job runs, and how far it is after each file."""
        from runmood.ingest.progress import pending_bytes  # noqa: PLC0415

        done, total = 0, pending_bytes(home, store, paths)
        _write(self._path, self._record)

        def report(files: int, size: int) -> None:
            nonlocal done
            done += size
            share = min(done / total, 1.0) if total else None
            _write(self._path, replace(self._record, files=files, share=share))

        return report


def _end(batch: Batch, left_out: list[str]) -> JobState:
    return JobState.ATTENTION if left_out or not batch.clean else JobState.DONE


def _sentences(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _write(path: Path, record: JobRecord) -> None:
    replace_made(path, json.dumps(asdict(record), default=dt.datetime.isoformat), path.with_suffix(".new"))


def _read(path: Path) -> JobRecord | None:
    try:
        return read_record(JobRecord, json.loads(read_kept(path)))
    except (OSError, ValueError, RecursionError):
        return None  # what is made and cannot be read counts as absent


def _status(record: JobRecord) -> JobStatus:
    died = record.state in ACTIVE and record.process is not None and not _is_alive(record.process)
    state = JobState.STOPPED if died else record.state
    began = record.began
    left_s = None
    if state == JobState.RUNNING and record.share and LEAST_SHARE < record.share < 1:
        left_s = (dt.datetime.now(began.tzinfo) - began).total_seconds() * (1 - record.share) / record.share
    return JobStatus(record.kind, state, began, record.files, record.share, record.messages, left_s)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
