"""What takes the writer's lock, done by a process of its own, and a file that tells how far it is.

The page only starts it and reads the file, so it never waits, and what goes on outlasts it.
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
from typing import TYPE_CHECKING, Literal

from runmood.core.errors import UserError
from runmood.home.home import Home, open_home
from runmood.web.ports import JobStatus as Work_given

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from runmood.ingest.importer import Batch, Progress
    from runmood.warehouse.writer import Warehouse


FOLDER = "at-work"  # in the writer's folder: what arrives, and what is being done
KEPT = 6
POLITE = 10  # the page answers first

Kind = Literal["import", "making"]


@dataclass(frozen=True, slots=True)
class JobStatus:
    """How far a process is, as its file says."""

    kind: Kind
    began: str
    process: int | None = None
    state: Literal["waiting", "going on", "done", "look"] = "waiting"
    files: int = 0
    share: float | None = None
    told: tuple[str, ...] = ()


class JobRunner:
    """Where work is handed out."""

    def __init__(self, home: Callable[[], Home]) -> None:
        self._home = home

    def new_folder(self) -> Path:
        """An empty folder for what arrives."""
        folder = self._home().work / FOLDER / f"arriving-{secrets.token_hex(6)}"
        folder.mkdir(mode=0o700, parents=True)
        return folder

    def take_in(self, folder: Path) -> None:
        """Import what arrived there, and clear it away."""
        self._begin("import", _take_in, folder)

    def make(self) -> None:
        """Days, findings and pages made, with what was said since; nothing more where that waits for its turn."""
        if not any(work.kind == "making" and work.state == "waiting" for work in self.works()):
            self._begin("making", _make, None)

    def works(self) -> Sequence[Work_given]:
        """What is being done and what was done last, the newest first."""
        multiprocessing.active_children()  # takes leave of those that have ended
        found = sorted(self._folder().glob("*.json"), reverse=True)
        for old in found[KEPT:]:
            old.unlink(missing_ok=True)
        return [_work(note) for path in found[:KEPT] if (note := _read(path))]

    def _folder(self) -> Path:
        return self._home().work / FOLDER

    def _begin(self, kind: Kind, work: Callable[[Path, Path, Path | None], None], folder: Path | None) -> None:
        home = self._home()
        self._folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder() / f"{time.time_ns()}.json"
        _write(path, JobStatus(kind, dt.datetime.now(home.zone).isoformat(timespec="seconds")))
        process = multiprocessing.get_context("spawn").Process(target=work, args=(home.root, path, folder))
        process.start()


def _take_in(root: Path, path: Path, folder: Path | None) -> None:
    """The import, in a process of its own."""
    from runmood.ingest import report  # noqa: PLC0415
    from runmood.workflow import imports  # noqa: PLC0415

    with _noted(path) as note:
        home = open_home(root)
        try:
            batch, left_out, again = imports.import_paths(
                home, sorted(folder.iterdir()) if folder else [], lambda home, store: _progress(home, store, path, note)
            )
        finally:
            if folder:
                shutil.rmtree(folder)
        in_again = [report.count_restored(again)] if again else []
        left_out = [sentence.replace(f"{folder}/", "") for sentence in left_out]
        told = [*left_out, *in_again, *_sentences(report.batch_as_text(batch))]
        _write(path, replace(note, state=_end(batch, left_out), files=batch.counts["files"], told=tuple(told)))


def _make(root: Path, path: Path, _: Path | None) -> None:
    """Everything made, in a process of its own."""
    from runmood.workflow import steps  # noqa: PLC0415

    with _noted(path) as note:
        home = open_home(root)
        with home.writing():
            _write(path, replace(note, state="going on"))
            steps.run_pipeline(home, home.today())
        _write(path, replace(note, state="done"))


@contextmanager
def _noted(path: Path) -> Iterator[JobStatus]:
    """The note of this process; what could not be done stands in it, in a sentence."""
    os.umask(0o077)
    os.nice(POLITE)
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    note = replace(_read(path) or JobStatus("import", ""), process=os.getpid())
    _write(path, note)
    try:
        yield note
    except (UserError, OSError) as fault:
        _write(path, replace(note, state="look", told=(str(fault),)))


@contextmanager
def _progress(home: Home, store: Warehouse, path: Path, note: JobStatus) -> Iterator[Progress]:
    """Writes down how much was read, each time that some was."""
    from runmood.ingest.report import pending_bytes  # noqa: PLC0415

    done, total = 0, pending_bytes(home, store)
    _write(path, replace(note, state="going on"))

    def tell(files: int, size: int) -> None:
        nonlocal done
        done += size
        _write(path, replace(note, state="going on", files=files, share=min(done / total, 1.0) if total else None))

    yield tell


def _end(batch: Batch, left_out: list[str]) -> Literal["done", "look"]:
    return "look" if left_out or not batch.clean else "done"


def _sentences(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _write(path: Path, note: JobStatus) -> None:
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(asdict(note)), encoding="utf-8")
    draft.replace(path)


def _read(path: Path) -> JobStatus | None:
    if not path.exists():
        return None
    content = json.loads(path.read_text(encoding="utf-8"))
    return JobStatus(**content | {"told": tuple(content["told"])})


def _work(note: JobStatus) -> Work_given:
    ended = note.state in {"done", "look"}
    gone = not ended and note.process is not None and not _is_alive(note.process)
    state = "stopped" if gone else note.state
    return Work_given(note.kind, state, dt.datetime.fromisoformat(note.began), note.files, note.share, note.told)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
