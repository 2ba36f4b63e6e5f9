"""What a command costs: CPU time of it and of all that it starts, and the most memory they hold together."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


ROOT = Path(__file__).resolve().parents[2]
LOOK_EVERY_S = 0.05


@dataclass(frozen=True, slots=True)
class Cost:
    """One command, ended. `peak_mb` is the sum over its processes, looked at twenty times a second.

    Memory that several processes share, such as a library's code, is counted once (Linux's proportional set size).
    """

    cpu_s: float
    wall_s: float
    peak_mb: float
    status: int
    said: str


def cost_of(command: list[str], folder: Path, settings: Mapping[str, str] | None = None) -> Cost:
    """The command run in a folder, to its end, with these settings added to the environment.

    ru_maxrss is not used: a process that forks hands its own size on to its children, and it knows no sums.
    """
    began = time.monotonic()
    with tempfile.TemporaryFile() as said:
        started = subprocess.Popen(  # noqa: S603 - a program that the benchmark names itself
            command, cwd=folder, env=os.environ | dict(settings or {}), stdout=said, stderr=subprocess.STDOUT
        )
        peak, ended = 0.0, 0
        while not ended:
            time.sleep(LOOK_EVERY_S)
            peak = max(peak, sum(map(_megabytes, _family(started.pid))))
            ended, status, used = os.wait4(started.pid, os.WNOHANG)
        started.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read().decode("utf-8", "replace")
    return Cost(used.ru_utime + used.ru_stime, time.monotonic() - began, peak, started.returncode, words)


def cost_of_night(home: Path) -> Cost:
    """The nightly of a home as typed, with this checkout's code; the benchmark ends where it cannot be done."""
    command = [sys.executable, "-m", "runmood.cli.main", "--home", str(home), "nightly"]
    cost = cost_of(command, home, {"PYTHONPATH": str(ROOT)})
    if cost.status not in {0, 1}:
        sys.exit(f"nightly of {home}: exit status {cost.status}\n{cost.said}")
    return cost


def _family(pid: int) -> Iterator[int]:
    """The process and all that it started."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _words(task):
            yield from _family(int(child))


def _megabytes(pid: int) -> float:
    told = _words(Path(f"/proc/{pid}/smaps_rollup"))
    return int(told[told.index("Pss:") + 1]) / 1024 if "Pss:" in told else 0.0


def _words(path: Path) -> list[str]:
    """What a file of the system says; nothing where the process has just ended."""
    try:
        return path.read_text(encoding="ascii").split()
    except OSError:
        return []
