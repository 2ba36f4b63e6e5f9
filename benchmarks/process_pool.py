"""From how many new files on a pool of processes pays: wall and processor time of reading them, with it and without.

    python benchmarks/process_pool.py [--files 100 200 400 800] [--rounds 3]

The files are the invented runner's, drawn again and again with another seed. Each reading is a process of its own, so
that the start of the others is in it; orders alternate.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import statistics
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from runmood.core.recordings import FileStat, FoundFile
from runmood.ingest import workers
from runmood.simulate import simulate

if TYPE_CHECKING:
    from collections.abc import Iterator

LAST_DAY = date(2025, 11, 21)
WAYS = {"processes at once": -1.0, "as shipped": workers.START_S, "one process": 1e9}
STAMP = FileStat(1, datetime(2025, 1, 1, tzinfo=UTC))


def files() -> Iterator[tuple[FoundFile, str]]:
    """Yield runs of as many years as are wanted."""
    for seed in range(1, 99):
        for file in simulate(LAST_DAY, seed).files:
            name = f"{seed}/{file.name}"
            yield FoundFile(name, STAMP, file.content), name


def one(count: int, start_s: float) -> None:
    """Read so many files, with processes once they took so long, and print wall and processor time."""
    given = list(islice(files(), count))
    workers.START_S = start_s
    wall, own = time.perf_counter(), time.process_time()
    with workers.in_processes() as read:
        for begins in range(0, count, workers.CHUNK_FILES):
            for _ in read(given[begins : begins + workers.CHUNK_FILES], ZoneInfo("Europe/Lisbon")):
                pass
    wall, own = time.perf_counter() - wall, time.process_time() - own
    for other in multiprocessing.active_children():  # whose time is counted once they have ended
        other.join()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(wall, own + children.ru_utime + children.ru_stime)


def measured(count: int, start_s: float) -> tuple[float, float]:
    """Return wall and processor time of a reading in a process of its own."""
    words = [sys.executable, __file__, "--one", str(count), str(start_s)]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()  # noqa: S603 - ourselves
    return float(said[0]), float(said[1])


def main() -> None:
    """Print a line a number of files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, nargs="*", default=[100, 200, 400, 800])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", type=float, nargs=2)
    asked = parser.parse_args()
    if asked.one:
        one(int(asked.one[0]), asked.one[1])
        return
    for count in asked.files:
        for name, start_s in WAYS.items():
            wall, spent = zip(*(measured(count, start_s) for _ in range(asked.rounds)), strict=True)
            print(f"{count:5} files, {name}: {statistics.median(wall):5.1f} s, ", end="")
            print(f"{statistics.median(spent):5.1f} s of CPU")


if __name__ == "__main__":
    main()
