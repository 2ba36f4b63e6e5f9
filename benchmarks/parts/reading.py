"""Processes that open the published copy, ask it something and close it, all the time, as analysts do."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path


PAUSE_S = 0.02  # for each of them, so that many readers leave a processor for the writer

READER = """
import os, sys, time
from pathlib import Path
import duckdb
path, stop, pause_s = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
reads, parent = 0, os.getppid()
while not stop.exists() and os.getppid() == parent:  # nobody goes on reading when the benchmark was stopped
    if path.exists():
        try:
            with duckdb.connect(path, read_only=True, config={"threads": 1}) as copy:
                copy.execute("set enable_progress_bar = false")  # which DuckDB draws into what is told here
                days, last = copy.execute("select count(*), max(local_date) from days").fetchone()
                findings = copy.execute("select count(distinct night) from findings").fetchone()[0]
                if findings not in (days, 0):
                    print("fault:", days, "days with", findings, "nights of findings", flush=True)
            reads += 1
        except duckdb.Error as fault:
            print("fault:", type(fault).__name__, *str(fault).split(), flush=True)
    time.sleep(pause_s)
print("reads:", reads)
"""


class Readers:
    """So many processes while the block lasts; afterwards `reads` and `faults` tell how it went."""

    def __init__(self, published: Path, count: int) -> None:
        self._stop = published.with_name(".work") / "readers-stop"
        self._stop.unlink(missing_ok=True)
        command = [sys.executable, "-c", READER, str(published), str(self._stop), f"{PAUSE_S * count}"]
        self._processes = [
            subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
            for _ in range(count)
        ]
        self.reads, self.faults = 0, list[str]()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.touch()
        for process in self._processes:
            for line in process.communicate()[0].splitlines():
                kind, _, told = line.partition(": ")
                if kind == "reads":
                    self.reads += int(told)
                else:
                    self.faults.append(f"a reader: {line}")
            if process.returncode:
                self.faults.append(f"a reader ended with status {process.returncode}")
