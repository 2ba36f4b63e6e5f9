"""What a quiet night costs over a large inbox of known files, against one of 100: `python benchmarks/known_files.py`.

    python benchmarks/known_files.py [--files 100000] [--ending json|csv] [--watched]

Each night is the command as typed, in a child process; CPU time of all its processes, and ratios of nights that follow
each other. The files are those of a watch's app that nobody reads as runs, in 60 folders, of a year ago, in the inbox
or in a watched folder; so all that the homes differ in is how many files they know. The clock is the computer's, so
that the part of the files which a night asks for size and time is today's, as it is every night.
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

from runmood.home.edit_settings import change
from runmood.home.home import open_home

if TYPE_CHECKING:
    from runmood.home.home import Home

FEW, GOAL = 100, 1.5
CONTENT = {"json": '{"heart_rate": [61, 62]}', "csv": "lap,seconds\n1,300\n"}


def home_with(root: Path, files: int, ending: str, *, watched: bool) -> Home:
    """A home that knows so many files."""
    home, written = open_home(root), time.time() - 365 * 86400
    folder = root.with_name(f"{root.name}-watched") if watched else home.inbox
    if watched:
        change(home.settings_file, "folders", [str(folder)])
    for number in range(files):
        path = folder / f"{number % 60:02}" / f"{number}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CONTENT[ending], encoding="utf-8")
        os.utime(path, (written, written))
    print(f"first night over {files:,} files: {cost_of_night(home.root).cpu_s:.1f} s of CPU", flush=True)
    cost_of_night(home.root)  # which finds the folders at rest
    return home


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--ending", choices=CONTENT, default="json")
    parser.add_argument("--watched", action="store_true", help="in a watched folder instead of the inbox")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="runmood-") as scratch:
        few, many = (
            home_with(Path(scratch) / name, files, options.ending, watched=options.watched)
            for name, files in (("few", FEW), ("many", options.files))
        )
        ratios = []
        for number in range(options.rounds):
            costs = {home.root: cost_of_night(home.root).cpu_s for home in ((few, many) if number % 2 else (many, few))}
            ratios.append(costs[many.root] / costs[few.root])
            print(f"{FEW} files {costs[few.root]:.2f} s, {options.files:,} files {costs[many.root]:.2f} s", flush=True)
        print(f"a quiet night over {options.files:,} known files: {statistics.median(ratios):.2f} times (goal {GOAL})")


if __name__ == "__main__":
    main()
