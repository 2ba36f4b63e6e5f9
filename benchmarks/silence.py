"""How long a terminal stays silent during a first import, a first night or the demo, from the command to the page.

    python benchmarks/silence.py [--command import|nightly|demo] [--runs 200] [--busy 0] [--archive ZIP]

A night finds the archive in the inbox. The archive is made (parts/strava_zip.py): invented runs of about an hour as
.fit.gz. The command runs on a terminal of its own (a pty); each time something appears there is noted. `--busy` starts
so many processes that only calculate, for a slow computer. Printed are when the first words appeared, the longest
silences with what stood there meanwhile, and the time of the same command with its output in a file, which says nothing
until it ends: the alternative.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from parts.costs import cost_of

if TYPE_CHECKING:
    from collections.abc import Iterator


ROOT = Path(__file__).resolve().parents[1]
PARTS = Path(__file__).resolve().parent / "parts"
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "TERM": "xterm"}
GOAL_S = 2.0
SHOWN = 5
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\r\n]+")

Moment = tuple[float, str]  # seconds since the command was typed, and what appeared then


def typed(command: str, home: Path, archive: Path) -> list[str]:
    """The command as typed, in a home that has what it needs."""
    if command == "nightly":
        (home / "inbox").mkdir(parents=True)
        shutil.copy(archive, home / "inbox")
    files = [str(archive)] if command == "import" else []
    return [sys.executable, "-m", "runmood.cli.main", "--home", str(home), command, *files]


def appearances(command: list[str], folder: Path) -> list[Moment]:
    """What a command writes on a terminal, and when; the last moment is its end."""
    ours, its = pty.openpty()
    began = time.monotonic()
    moments: list[Moment] = []
    with subprocess.Popen(  # noqa: S603 - a program that the benchmark names itself
        command, cwd=folder, env=os.environ | ENVIRONMENT, stdin=its, stdout=its, stderr=its
    ) as started:
        os.close(its)
        while True:
            select.select([ours], [], [])
            try:
                portion = os.read(ours, 65536)
            except OSError:  # the terminal's last user has gone
                break
            moments.append((time.monotonic() - began, portion.decode("utf-8", "replace")))
        started.wait()
        moments.append((time.monotonic() - began, ""))
    os.close(ours)
    if started.returncode not in {0, 1}:
        sys.exit(f"exit status {started.returncode}\n{''.join(text for _, text in moments)}")
    return moments


def silences(moments: list[Moment]) -> list[tuple[float, float, str]]:
    """Each silence: how long, since when, and what had appeared last."""
    found, since, last = [], 0.0, "(nothing yet)"
    for at, text in moments:
        found.append((at - since, since, last))
        since, last = at, next((words for words in reversed(_CONTROL.split(text)) if words), last)
    return sorted(found, reverse=True)


@contextmanager
def busy(count: int) -> Iterator[None]:
    """Run so many processes that only calculate."""
    processes = [multiprocessing.get_context("spawn").Process(target=_calculate, daemon=True) for _ in range(count)]
    for process in processes:
        process.start()
    try:
        yield
    finally:
        for process in processes:
            process.terminate()


def _calculate() -> None:
    while True:
        sum(range(100_000))


def main() -> None:
    """Makes the archive where none is named, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--command", choices=["import", "nightly", "demo"], default="import")
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--busy", type=int, default=0, metavar="PROCESSES")
    parser.add_argument("--archive", type=Path, help="somebody's own export instead of an invented one")
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="runmood-bench-") as scratch:
        folder = Path(scratch)
        archive = wish.archive.resolve() if wish.archive else folder / "export.zip"
        if not archive.exists():
            cost_of([sys.executable, str(PARTS / "strava_zip.py"), str(archive), str(wish.runs), "fit.gz"], folder)
        with busy(wish.busy):
            print(f"{wish.command}: {archive.name}, {archive.stat().st_size / 1e6:.0f} MB; {wish.busy} busy processes")
            moments = appearances(typed(wish.command, folder / "home", archive), folder)
            alternative = cost_of(typed(wish.command, folder / "other-home", archive), folder, ENVIRONMENT)
        found = silences(moments)
        print(f"first words after {moments[0][0]:.2f} s, the end after {moments[-1][0]:.1f} s")
        for length, since, words in found[:SHOWN]:
            print(f"  {length:5.2f} s of silence from {since:.1f} s on, after: {words.strip()[:80]}")
        share = found[0][0] / alternative.wall_s
        print(f"longest silence {found[0][0]:.2f} s, goal at most {GOAL_S:g}; {share:.3f} of one that is not told")
        print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
