"""What a quiet night costs over a large inbox of known files, against one of 100: `python benchmarks/known_files.py`.

Each night is the command as typed, in a child process; CPU time of all its processes, and ratios of nights that follow
each other. The files are JSON of a watch's app that nobody reads as runs, in 60 folders, of a year ago; so all that the
homes differ in is how many files they know. The clock is the computer's, so that the part of the files which a night
asks for size and time is today's, as it is every night.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from parts.costs import cost_of_night

from runmood.home.home import open_home

if TYPE_CHECKING:
    from runmood.home.home import Home

FEW, GOAL = 100, 1.5


def home_with(root: Path, files: int) -> Home:
    """A home that knows so many files."""
    home, written = open_home(root), time.time() - 365 * 86400
    for number in range(files):
        path = home.inbox / f"{number % 60:02}" / f"{number}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('{"heart_rate": [61, 62]}', encoding="utf-8")
        os.utime(path, (written, written))
    print(f"first night over {files:,} files: {cost_of_night(home.root).cpu_s:.1f} s of CPU", flush=True)
    cost_of_night(home.root)  # which finds the folders at rest
    return home


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--files", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="runmood-") as scratch:
        few, many = home_with(Path(scratch) / "few", FEW), home_with(Path(scratch) / "many", options.files)
        ratios = []
        for number in range(options.rounds):
            costs = {home.root: cost_of_night(home.root).cpu_s for home in ((few, many) if number % 2 else (many, few))}
            ratios.append(costs[many.root] / costs[few.root])
            print(f"{FEW} files {costs[few.root]:.2f} s, {options.files:,} files {costs[many.root]:.2f} s", flush=True)
        print(f"a quiet night over {options.files:,} known files: {statistics.median(ratios):.2f} times (goal {GOAL})")


if __name__ == "__main__":
    main()
