"""Killed at any moment, nothing is lost: kill -9 at random points, each followed by a run to the end.

    python benchmarks/crash.py [--kills 200] [--seed 1] [--readers 1]        (make crash)
    python benchmarks/crash.py --kills 10 --in-peace --readers 100           (readers throughout ten nights)

A small home of the invented runner is imported, written in, examined and published by a child process that is killed
after a random time, over and over, with a new file and new words before each. All the while another process opens,
reads and closes the published copy. After each kill the same work is done to its end, and at the end every table
equals that of a home in which nobody was ever killed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import pickle
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from parts.reading import Readers

from runmood.home.home import open_home
from runmood.journal.store import read
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse.publish import differences
from runmood.warehouse.queries import run_query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.home.home import Home
    from runmood.simulate.recording import SimulatedRecording


WORK = """
import datetime as dt, pickle, sys
from pathlib import Path
from runmood.home.home import open_home
from runmood.workflow.night import STEPS
from runmood.journal.store import append
home, said, upto, day = open_home(Path(sys.argv[1])), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
append(home.journal, pickle.loads(said.read_bytes())[:upto])
with home.writing():
    for step in STEPS.values():
        step(home, dt.date.fromisoformat(day))
"""
DAY = dt.date(2025, 11, 21)
DAYS = 60
# What names the moment of an import, which is another in the other home.
OF_THE_IMPORT = {"imports", "source_files", "notices"}


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it all."""

    nights: int
    killed: int
    runs: int
    lines: int
    reads: int
    faults: tuple[str, ...]


def suffer(folder: Path, nights: int, seed: int, readers: int = 1, *, kill: bool = True) -> Told:
    """A home whose every night is killed once, compared with one left in peace."""
    drawn = random.Random(seed)  # noqa: S311 - moments, not secrets
    invented = simulate(DAY, days=DAYS)
    (folder / "said").write_bytes(pickle.dumps(invented.said))
    home, peace = (open_home(folder / name) for name in ("killed", "peace"))
    news = _news([outing for outing in invented.outings if outing.sport == "running"], (home, peace))
    faults: list[str] = []
    took, hit = _work(home.root, 0), 0
    with Readers(home.published, readers) as reading:
        for number in range(nights):
            runs, upto = next(news), (number + 1) * len(invented.said) // nights
            hit += kill and _killed_after(home.root, upto, drawn.uniform(0, took))
            took = 0.5 * (took + _work(home.root, upto))
            faults += _lost(home.root, runs, upto)
            print(f"\r{number + 1} of {nights}, {len(faults)} faults", end="", file=sys.stderr, flush=True)
    _work(peace.root, len(invented.said))
    differing = [each for each in differences(peace.published, home.published) if each.table not in OF_THE_IMPORT]
    faults += [f"{each} from the home left in peace" for each in differing] + reading.faults
    return Told(nights, hit, runs, upto, reading.reads, tuple(faults))


def _news(outings: list[SimulatedRecording], homes: tuple[Home, ...]) -> Iterator[int]:
    """A run more in the inboxes each time, as long as there are any; how many there are now."""
    for number, outing in enumerate(outings):
        ending = ("fit", "gpx", "tcx")[number % 3]
        for home in homes:
            (home.inbox / f"{number:03}.{ending}").write_bytes(recorded_as(outing, ending))
        yield number + 1
    while True:
        yield len(outings)


def _work(root: Path, upto: int) -> float:
    """The seconds that all steps take from here to the end."""
    began = time.monotonic()
    subprocess.run(_command(root, upto), check=True)  # noqa: S603 - our own program
    return time.monotonic() - began


def _command(root: Path, upto: int) -> list[str]:
    """Some words said and all steps done in a home, in a process of its own."""
    return [sys.executable, "-c", WORK, str(root), str(root.with_name("said")), str(upto), f"{DAY}"]


def _killed_after(root: Path, upto: int, seconds: float) -> bool:
    """Whether the child was still at work when it was killed."""
    with subprocess.Popen(_command(root, upto)) as child:  # noqa: S603 - our own program
        time.sleep(seconds)
        at_work = child.poll() is None
        child.send_signal(signal.SIGKILL)
    return at_work


def _lost(root: Path, runs: int, lines: int) -> list[str]:
    """What is missing or doubled, in sentences."""
    told = run_query(root / "runmood.duckdb", "select count(*) as runs, count(distinct started_at) as starts from runs")
    heard = read(root / "journal")
    found = []
    if told.row(0) != (runs, runs):
        found.append(f"{told.row(0)} runs and starts, where there are {runs}")
    if len(heard.records) != lines or len({each.id for each in heard.records}) != lines:
        found.append(f"{len(heard.records)} entries, where {lines} were said")
    return found


def main() -> None:
    """Kills, and tells; exit status 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, metavar="NIGHTS")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--readers", type=int, default=1, help="processes that read the published copy meanwhile")
    parser.add_argument("--in-peace", action="store_true", help="the nights and the readers, without a kill")
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="runmood-crash-") as folder:
        told = suffer(Path(folder), wish.kills, wish.seed, wish.readers, kill=not wish.in_peace)
    print(f"\n{told.nights} nights, {told.killed} killed at work: {told.runs} runs, {told.lines} entries;")
    print(f"{told.reads} openings of the published copy by {wish.readers} readers meanwhile: {len(told.faults)} faults")
    for fault in told.faults:
        print(f"  {fault}")
    sys.exit(bool(told.faults))


if __name__ == "__main__":
    main()
