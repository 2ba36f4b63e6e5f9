"""What a check-in costs from its start to its prompt: `python benchmarks/start.py [times]`.

CPU time, user and system, of `python -c pass`, of a check-in that has come to its first question on a terminal, and of
one that was given everything; each in turn, so that all meet the same machine. The home stands already, as on every day
but the first, and code is compiled, as an installer leaves it. A ratio is told by the medians.
"""

from __future__ import annotations

import os
import pty
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

TIMES = 25
NANOSECONDS = 1e9
PYTHON = [sys.executable, "-c", "pass"]
CHECK_IN = [sys.executable, "-c", "from runmood.cli.main import main; main()", "check-in"]
GIVEN = ["--mood", "7", "--energy", "6"]
STREAMS = ("stdin", "stdout", "stderr")
QUESTION = b":"  # how the first question ends, and nothing before it


def whole_cost(command: list[str], settings: dict[str, str]) -> float:
    """CPU seconds of a command, to its end."""
    started = subprocess.Popen(command, env=settings, **dict.fromkeys(STREAMS, subprocess.DEVNULL))  # noqa: S603
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise SystemExit(f"{command} failed")
    return used.ru_utime + used.ru_stime


def cost_to_prompt(command: list[str], settings: dict[str, str]) -> float:
    """CPU seconds of a command until it asks on its terminal."""
    terminal, theirs = pty.openpty()
    with subprocess.Popen(command, env=settings, stdin=theirs, stdout=theirs, stderr=theirs) as started:  # noqa: S603
        os.close(theirs)
        shown = b""
        while not shown.rstrip().endswith(QUESTION):
            shown += os.read(terminal, 4096)
        used = int(Path(f"/proc/{started.pid}/schedstat").read_text(encoding="ascii").split()[0]) / NANOSECONDS
        started.kill()
    os.close(terminal)
    return used


def main(times: int) -> None:
    """Print the medians, and how many times each is that of an empty program."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "RUNMOOD_HOME": f"{folder}/home",
            "PYTHONPYCACHEPREFIX": f"{folder}/compiled",
        }
        measured = {
            "python -c pass": lambda: whole_cost(PYTHON, settings),
            "check-in, to its first question": lambda: cost_to_prompt(CHECK_IN, settings),
            "check-in, given everything": lambda: whole_cost([*CHECK_IN, *GIVEN], settings),
        }
        for measure in reversed(measured.values()):
            measure()
        costs = [[measure() for measure in measured.values()] for _ in range(times)]
    empty, *_ = medians = [statistics.median(column) for column in zip(*costs, strict=True)]
    print(f"| median of {times} | ms | times an empty program |\n|---|---|---|")
    for name, cost in zip(measured, medians, strict=True):
        print(f"| {name} | {1000 * cost:.0f} | {cost / empty:.1f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES)
