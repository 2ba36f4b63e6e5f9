"""What three watched folders of 5,000 known files each add to a night, against the same night without them.

    python benchmarks/watched_folders.py [--rounds 5] [--files 5000]

Each night is the command as typed, in a child process; CPU time of all its processes. The quiet nights come after a
first one that took all files in; nobody reads these files as runs, so that both homes have the same inbox.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from parts.costs import cost_of_night

from runmood.home.edit_settings import change
from runmood.home.home import open_home
from runmood.workflow.nightly_run import collect_watched_files, one_night

GOAL = 1.2


def fill(folder: Path, files: int) -> None:
    """Files of the last five years, a folder a month as apps keep them."""
    first = time.time() - 5 * 365 * 86400
    for number in range(files):
        path = folder / f"{number % 60:02}" / f"{number}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"lap,seconds\n1,{number}\n", encoding="utf-8")
        written = first + (number % 60) * 30 * 86400
        os.utime(path, (written, written))


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--files", type=int, default=5000)
    options = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="runmood-"))
    try:
        without, watching = open_home(scratch / "without"), open_home(scratch / "watching")
        folders = [scratch / name for name in ("watch", "phone", "cloud")]
        for folder in folders:
            fill(folder, options.files)
        change(watching.settings_file, "folders", [str(folder) for folder in folders])
        for home in (without, open_home(watching.root)):
            with home.writing():
                collect_watched_files(home)
                one_night(home, home.today())
        ratios = []
        for number in range(options.rounds):
            first, second = (without, watching) if number % 2 else (watching, without)
            costs = {home.root: cost_of_night(home.root).cpu_s for home in (first, second)}
            ratios.append(costs[watching.root] / costs[without.root])
            print(f"without {costs[without.root]:.2f} s, watching {costs[watching.root]:.2f} s, {ratios[-1]:.2f} times")
        files = options.files * len(folders)
        print(f"a quiet night over {files:,} known files: {statistics.median(ratios):.2f} times (goal {GOAL})")
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
