"""The process that serves homes as who asks it sees it: started when it is needed, and again after it was ended.

A home is somebody else's input: it may take for ever, or take the process that reads it down. So homes are served by a
process that can be ended without loss (`runmood.cohort.worker`), and whoever asks it, a task of an engine or a thread,
goes on with the next. Who asks reads no home, so nothing that reads one is imported here.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

    Request = Mapping[str, str | None]
    Answer = dict[str, object]

ENVIRONMENT = {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
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
