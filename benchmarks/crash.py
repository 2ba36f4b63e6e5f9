"""Killed at any moment, nothing is lost: kill -9 at random points, each followed by a run to the end.

    python benchmarks/crash.py [--kills 200] [--seed 1]        (make crash)

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

from parts.reading import Readers

from pipelines.home import open_home
from runmood import journal
from runmood.invent import invent, recorded_as
from runmood.warehouse import ask, differences

WORK = """
import datetime as dt, pickle, sys
from pathlib import Path
from pipelines.home import open_home
from pipelines.nightly.work import STEPS
from runmood import journal
home, said, upto, day = open_home(Path(sys.argv[1])), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
journal.append(home.journal, pickle.loads(said.read_bytes())[:upto])
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

    kills: int
    killed_at_work: int
    runs: int
    lines: int
    reads: int
    faults: tuple[str, ...]


def suffer(folder: Path, kills: int, seed: int) -> Told:
    """A home whose every night is killed once, compared with one left in peace."""
    drawn = random.Random(seed)  # noqa: S311 - moments, not secrets
    invented = invent(DAY, days=DAYS)
    outings = [outing for outing in invented.outings if outing.sport == "running"]
    (folder / "said").write_bytes(pickle.dumps(invented.said))
    home, peace = (open_home(folder / name) for name in ("killed", "peace"))
    faults: list[str] = []
    took, hit = _work(home.root, 0), 0
    with Readers(home.published, 1) as readers:
        for number in range(kills):
            if number < len(outings):
                content = recorded_as(outings[number], ("fit", "gpx", "tcx")[number % 3])
                for each in (home, peace):
                    (each.inbox / f"{number:03}.{('fit', 'gpx', 'tcx')[number % 3]}").write_bytes(content)
            upto = (number + 1) * len(invented.said) // kills
            hit += _killed_after(home.root, upto, drawn.uniform(0, took))
            took = max(0.5, 0.5 * (took + _work(home.root, upto)))
            faults += _lost(home.root, min(number + 1, len(outings)), upto)
            print(
                f"\r{number + 1} of {kills}, {hit} at work, {len(faults)} faults", end="", file=sys.stderr, flush=True
            )
    journal.append(peace.journal, invented.said)
    _work(peace.root, len(invented.said))
    differing = [each for each in differences(peace.published, home.published) if each.table not in OF_THE_IMPORT]
    faults += [f"{each} differs from the home left in peace" for each in differing] + readers.faults
    runs = int(ask(home.published, "select count(*) as n from runs")["n"].item())
    lines = len(journal.read(home.journal).told)
    return Told(kills, hit, runs, lines, readers.reads, tuple(faults))


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
    told = ask(root / "runmood.duckdb", "select count(*) as runs, count(distinct started_at) as starts from runs")
    heard = journal.read(root / "journal")
    found = []
    if told.row(0) != (runs, runs):
        found.append(f"{told.row(0)} runs and starts, where there are {runs}")
    if len(heard.told) != lines or len({each.id for each in heard.told}) != lines:
        found.append(f"{len(heard.told)} entries, where {lines} were said")
    return found


def main() -> None:
    """Kills, and tells; exit status 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="runmood-crash-") as folder:
        told = suffer(Path(folder), wish.kills, wish.seed)
    print(f"\n{told.kills} kills, {told.killed_at_work} of them at work: {told.runs} runs, {told.lines} entries,")
    print(f"{told.reads} openings of the published copy meanwhile, {len(told.faults)} faults")
    for fault in told.faults:
        print(f"  {fault}")
    sys.exit(bool(told.faults))


if __name__ == "__main__":
    main()
