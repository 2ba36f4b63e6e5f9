"""Files read a chunk at a time, on both cores. What comes back, and its order, is the same as from one."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING, TypeVar

from runmood.core.notices import READER_STOPPED
from runmood.ingest.read_file import read_file
from runmood.warehouse.file_rows import FileRead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from contextlib import AbstractContextManager
    from zoneinfo import ZoneInfo

    from runmood.core.recordings import FoundFile


if TYPE_CHECKING:
    Named = tuple[FoundFile, str]
    Reader = Callable[[list[Named], ZoneInfo], Iterator[FileRead]]
    OpenReader = Callable[[], AbstractContextManager[Reader]]
    Begun = TypeVar("Begun")

START_S = 2.5  # processor time that two processes need to start: who has read for so long has many files, or large ones
CHUNK_FILES, CHUNK_TINY_FILES = 100, 1000
TINY_BYTES = 512  # in which there is no run: of such files what is told of each is all that a transaction holds
CHUNK_BYTES = 16 * 2**20


def chunks(files: Iterable[FoundFile]) -> Iterator[list[FoundFile]]:
    """Yield some files at a time, so that neither memory nor a transaction grows with the archive."""
    chunk: list[FoundFile] = []
    size = runs = 0
    for found in files:
        chunk.append(found)
        size += len(found.content)
        runs += len(found.content) > TINY_BYTES
        if runs >= CHUNK_FILES or len(chunk) >= CHUNK_TINY_FILES or size >= CHUNK_BYTES:
            yield chunk
            chunk, size, runs = [], 0, 0
    if chunk:
        yield chunk


def is_large(found: FoundFile) -> bool:
    """Return whether a file takes so much memory that no other is read beside it, and no other process has a copy."""
    return len(found.content) > CHUNK_BYTES


def prefetch(begun: Iterable[Begun], waits: Callable[[Begun], bool] = lambda _begun: True) -> Iterator[Begun]:
    """Yield what has begun, each once the next has begun as well, unless it does not wait for that."""
    held: list[Begun] = []
    for further in begun:
        yield from held
        held = [further]
        if not waits(further):
            yield held.pop()
    yield from held


def in_process(files: list[Named], zone: ZoneInfo) -> Iterator[FileRead]:
    """Files read by this process."""
    return (read_file(found, name, zone) for found, name in files)


@contextmanager
def alone() -> Iterator[Reader]:
    """Yield a reader that starts no process, for a worker that shares the machine with others."""
    yield in_process


@contextmanager
def in_processes() -> Iterator[Reader]:
    """Yield a reader that shares files among processes, once they have taken long; the processes end with the block.

    In a daemonic process, which may start none, it reads by itself.
    """
    if multiprocessing.current_process().daemon:
        yield in_process
        return
    workers = _Workers()
    try:
        yield workers.read
    finally:
        workers.stop()


class _Workers:
    """Processes that read files, started when they are first needed; they know of no home and no database."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._spent_s = 0.0

    def read(self, files: list[Named], zone: ZoneInfo) -> Iterator[FileRead]:
        """Return the result of each file, in order; the processes begin at once."""
        if self._pool is None and self._spent_s > START_S:
            self._pool = _processes(os.cpu_count() or 1)
        if self._pool is None or any(is_large(found) for found, _ in files):
            return self._timed(files, zone)
        try:
            futures = [self._pool.submit(read_file, found, name, zone) for found, name in files]
        except BrokenProcessPool:  # while the chunk before was being read
            self.stop()
            return self.read(files, zone)
        return self._collected(files, zone, self._pool, futures)

    def _timed(self, files: list[Named], zone: ZoneInfo) -> Iterator[FileRead]:
        """Yield files read by this process, and add up the time that they take."""
        for found, name in files:
            began = time.thread_time()
            result = read_file(found, name, zone)
            self._spent_s += time.thread_time() - began
            yield result

    def _collected(
        self, files: list[Named], zone: ZoneInfo, pool: ProcessPoolExecutor, futures: list[Future[FileRead]]
    ) -> Iterator[FileRead]:
        for (found, name), future in zip(files, futures, strict=True):
            try:
                yield future.result()
            except BrokenProcessPool:
                if self._pool is pool:
                    self.stop()
                yield _read_alone(found, name, zone)

    def stop(self) -> None:
        """End the processes; what they have not begun is left."""
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = None


def _read_alone(found: FoundFile, name: str, zone: ZoneInfo) -> FileRead:
    """Read a file that was waiting when a process died, in a new process: if that dies too, it was the file."""
    with _processes(1) as process:
        try:
            return process.submit(read_file, found, name, zone).result()
        except BrokenProcessPool:
            return FileRead(name, found.stamp, "refused", found.content_hash, notices=(READER_STOPPED(),))


def _processes(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, get_context("spawn"), _leave_interrupts_to_the_parent)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
