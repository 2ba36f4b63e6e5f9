"""A process of its own that serves homes one after the other and stays warm between them.

A home is somebody else's input: it may take for ever, or take the process that reads it down. So homes are served by a
process that can be ended without loss, and whoever asks it, a task of an engine or a thread, goes on with the next.
`python -m runmood.cohort.worker` reads a line of JSON a request and answers with one; it ends when its input ends, so
that none outlives whoever started it, however that ended.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import select
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from runmood.cohort.contributions import Giver, contributions_of, merge_parts, write_part
from runmood.core.errors import UserError
from runmood.home.home import HomeIsBusyError, check_links, open_existing
from runmood.ingest.workers import alone
from runmood.warehouse.database import use_threads
from runmood.workflow.errors import NightlyStep
from runmood.workflow.nightly_run import one_night

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from runmood.home.home import Home

    Request = Mapping[str, str | None]
    Answer = dict[str, object]

ENVIRONMENT = {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
PRIVATE = 0o077
AT_ONCE = 65536
START_DEADLINE_S = 600.0
READY = "ready"
DONE, NOTHING, FAILED, BUSY, REFUSED = "done", "nothing", "failed", "busy", "refused"
SLOW, STOPPED = "slow", "stopped"  # said by who asks: ended after its time; ended by itself


class WorkerStoppedError(Exception):
    """The process that was asked is gone; `slow` where it was ended since its time was over."""

    def __init__(self, *, slow: bool = False) -> None:  # an engine packs it, and unpacks it without arguments
        super().__init__()
        self.slow = slow


class WarmWorker:
    """The process as who asks it sees it: started when it is needed, and again after it was ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._begun = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.stop()

    def ask(self, request: Request, deadline_s: float) -> Answer:
        """Return the answer to a request.

        Raises:
            WorkerStoppedError: there is none; the process is gone, and the next request starts another.
        """
        try:
            process = self._process or self._start()
            if process.stdin:
                process.stdin.write(json.dumps(request).encode() + b"\n")
                process.stdin.flush()
            answer = json.loads(self._line(process, deadline_s))
        except (BrokenPipeError, ValueError) as fault:
            self.stop()
            raise WorkerStoppedError(slow=False) from fault
        except TimeoutError as fault:
            self.stop()
            raise WorkerStoppedError(slow=True) from fault
        return dict(answer)

    def stop(self) -> None:
        """End the process at once; what it was writing is replaced whole the next time, or not at all."""
        if self._process:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()
        self._process, self._begun = None, b""

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-m", "runmood.cohort.worker"]
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a fault may quote what a person wrote
            env=os.environ | ENVIRONMENT,
            bufsize=0,  # so that nothing is left to be written to a process that is gone
        )
        json.loads(self._line(self._process, START_DEADLINE_S))  # a busy computer's time to start is no home's fault
        return self._process

    def _line(self, process: subprocess.Popen[bytes], deadline_s: float) -> bytes:
        """Return the next line of the process; empty where it has ended."""
        ends = time.monotonic() + deadline_s
        handle = process.stdout.fileno() if process.stdout else -1
        while b"\n" not in self._begun:
            if not select.select([handle], [], [], max(0.0, ends - time.monotonic()))[0]:
                raise TimeoutError
            read = os.read(handle, AT_ONCE)
            if not read:
                return b""
            self._begun += read
        line, _, self._begun = self._begun.partition(b"\n")
        return line


def serve_home(request: Request) -> Answer:
    """Do the night of a home, if it may be done; return its outcome, a sentence and the processor time."""
    began = time.process_time()
    root, day = Path(request["home"] or ""), dt.date.fromisoformat(request["day"] or "")
    try:
        home = open_existing(root)
        check_links(root)
        outcome, sentence = _night(home, day)
    except HomeIsBusyError as fault:
        outcome, sentence = BUSY, str(fault)
    except (UserError, OSError) as fault:
        outcome, sentence = REFUSED, str(fault)
    return {"outcome": outcome, "sentence": sentence, "cpu_s": round(time.process_time() - began, 3)}


def _night(home: Home, day: dt.date) -> tuple[str, str]:
    """Do the night under the home's own lock, which a night of the person's own may hold."""
    home.make_folders()
    with home.writing(wait=False):
        night = one_night(home, day, reader=alone)
    if night.failed:
        return FAILED, " ".join(f"{step}: {sentence}" for step, sentence in night.failed.items())
    return (DONE if night.done else NOTHING), ""


def give(request: Request) -> Answer:
    """Write what a home's person gives into a folder of parts; return how many rows, or why none."""
    root = Path(request["home"] or "")
    giver = Giver(request["person"] or "", request["site"])
    try:
        home = open_existing(root)
        check_links(root)
        with NightlyStep(home, "cohort"):
            tables = contributions_of(home, giver)
            write_part(Path(request["parts"] or ""), giver, tables)
    except (UserError, OSError) as fault:
        return {"rows": 0, "sentence": str(fault)}
    return {"rows": sum(frame.height for frame in tables.values()), "sentence": ""}


def merge(request: Request) -> Answer:
    """Put the parts of a bucket together; return how many rows each table has."""
    parts, pooled = Path(request["parts"] or ""), Path(request["pooled"] or "")
    return dict(merge_parts(parts, pooled, int(request["bucket"] or 0)))


ACTIONS: dict[str, Callable[[Request], Answer]] = {"night": serve_home, "give": give, "merge": merge}


def main() -> None:
    """Answer requests until there are no more."""
    os.umask(PRIVATE)
    use_threads(1)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that a library prints is taken for an answer
    answers.write(json.dumps(READY) + "\n")
    answers.flush()
    requests = os.fdopen(os.dup(sys.stdin.fileno()), "rb", buffering=0)
    waiting: list[bytes] = []
    arrived = threading.Semaphore(0)
    threading.Thread(target=_read, args=(requests, waiting, arrived), daemon=True).start()
    while arrived.acquire():
        request = json.loads(waiting.pop(0))
        answers.write(json.dumps(ACTIONS[request["do"]](request)) + "\n")
        answers.flush()


def _read(requests: object, waiting: list[bytes], arrived: threading.Semaphore) -> None:
    """Hand requests over; when there is nobody any more to ask, end at once, in the midst of whatever is being done."""
    for line in requests:  # type: ignore[attr-defined]
        waiting.append(line)
        arrived.release()
    os._exit(0)


if __name__ == "__main__":
    main()
