"""What writing the published copy costs, and what it weighs, by how DuckDB stores it, against how it is stored.

    python benchmarks/publishing.py [--days 365] [--rounds 15]

The home is the invented runner's. Every round publishes it in each way, one after the other in one process with one
thread, so that whatever else the computer does falls on all of them; processor time, the median of the rounds.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from parts.invented_home import invented_home

from runmood.ingest.workers import alone
from runmood.warehouse import database, publish
from runmood.workflow.nightly_run import one_night

LAST_DAY = dt.date(2025, 11, 21)
AS_IT_IS = "as it is"
OURS = dict(database.OURS)
NEWER = OURS | {"storage_compatibility_version": "v1.1.0"}
TEXTS = [setting for setting in publish.COPYING if "fsst" not in setting]
WAYS = {
    AS_IT_IS: (OURS, [*publish.COPYING]),
    "storage of DuckDB 1.1": (NEWER, [*publish.COPYING]),
    "texts by FSST": (OURS, TEXTS),
    "as DuckDB has it": (OURS, []),
}


def main() -> None:
    """Print a line for each way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    database.use_threads(1)
    spent: defaultdict[str, list[float]] = defaultdict(list)
    sizes = {}
    with tempfile.TemporaryDirectory() as folder:
        home = invented_home(Path(folder) / "home", LAST_DAY, days=asked.days)
        with home.writing():
            one_night(home, LAST_DAY, reader=alone)
        for _ in range(asked.rounds):
            for way, (stored, copied) in WAYS.items():
                database.OURS.clear()
                database.OURS.update(stored | {"threads": "1"})
                publish.COPYING[:] = copied
                before = time.process_time()
                publish.publish(home.work, home.published)
                spent[way].append(time.process_time() - before)
                sizes[way] = home.published.stat().st_size
    usual = statistics.median(spent[AS_IT_IS])
    for way, times in spent.items():
        cost = statistics.median(times)
        told = f"{cost:.3f} s of CPU ({cost / usual:.2f} of {AS_IT_IS})"
        print(f"{way:21}: {told}, {sizes[way] / 1e6:.1f} MB ({sizes[way] / sizes[AS_IT_IS]:.2f})")


if __name__ == "__main__":
    main()
