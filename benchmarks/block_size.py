"""Size of a home's databases by DuckDB's block size, and what a night costs: a process of its own for each size.

    python benchmarks/block_size.py [--days 365]

The home is the invented runner's. "Night" is days, findings, the published copy and the page made again after the day
has moved on, in processor time, the median of five.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from parts.invented_home import invented_home

from runmood.ingest.importer import open_importer
from runmood.warehouse import database
from runmood.workflow import steps

LAST_DAY = dt.date(2025, 11, 21)
SIZES = (262144, 65536, 16384)
MB = 2**20


def one(size: int, days: int) -> None:
    """Make the home with blocks of this size, do five nights, and print what both databases weigh."""
    database.OURS["default_block_size"] = str(size)
    with tempfile.TemporaryDirectory() as folder:
        home = invented_home(Path(folder) / "home", LAST_DAY, days=days)
        with home.writing():
            with open_importer(home) as importer:
                importer.read_inbox()
            steps.run_pipeline(home, LAST_DAY)
            spent = []
            for later in range(1, 6):
                before = time.process_time()
                steps.run_pipeline(home, LAST_DAY + dt.timedelta(days=later))
                spent.append(time.process_time() - before)
        sizes = [path.stat().st_size / MB for path in (home.published, home.work / "runmood.duckdb")]
    print(f"{size:7} B blocks: published {sizes[0]:5.1f} MB, writer's {sizes[1]:5.1f} MB, ", end="")
    print(f"night {statistics.median(spent):.2f} s of CPU")


def main() -> None:
    """Print a line a size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--size", type=int)
    asked = parser.parse_args()
    if asked.size:
        one(asked.size, asked.days)
        return
    for size in SIZES:
        subprocess.run([sys.executable, __file__, "--size", str(size), "--days", str(asked.days)], check=True)  # noqa: S603 - ourselves


if __name__ == "__main__":
    main()
