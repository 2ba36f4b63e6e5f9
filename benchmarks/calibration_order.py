"""How often B1 is wrong where moods came before the run that they decided: with the order of the day, and without it.

    PYTHONPATH=tests python benchmarks/calibration_order.py --people 40

Invented people rate their mood at 17:00, run at 18:00 after a good one rather than a low one, and feel nothing of it:
every difference is false. Check-ins and runs with their clocks go through the warehouse, so that the days are the
product's own. "Without" asks the same people with the reason for leaving a mood out taken away. Seeds from 70,000 on;
nothing was chosen on them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from warehouse.store import BATCH, check_in, file_of, open_store, plan

from runmood.findings.stats.missed_runs_evidence import evaluate_missed_runs

if TYPE_CHECKING:
    from collections.abc import Iterator

START, NIGHTS, FIRST_SEED = dt.date(2025, 1, 6), 180, 70_000
MEMORY, PULL = 0.6, 1.0  # of mood from day to day; of mood on whether a planned run happens


def days_of(seed: int) -> pl.DataFrame:
    """Return the days of a person, made from their check-ins, plans and runs."""
    draw = np.random.default_rng(seed)
    said, plans, runs, mood = [], [], [], 0.0
    for number in range(NIGHTS):
        day = START + dt.timedelta(days=number)
        mood = MEMORY * mood + np.sqrt(1 - MEMORY**2) * draw.normal()
        planned = draw.random() < 4 / 7
        ran = planned and draw.random() < 1 / (1 + np.exp(-1.2 - PULL * mood))
        plans.append({"day": str(day), "planned": "run" if planned else "rest", "km": "", "minutes": ""})
        score = round(float(np.clip(6 + 1.5 * mood + draw.normal(), 0, 10)))
        said.append({"felt": f"{day} 17:{int(draw.integers(0, 60)):02}", "kind": "evening", "mood": str(score)})
        if ran:
            runs.append({"file": f"r{number}", "begins": f"{day} 18:05", "minutes": "40", "km": "8"})
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        store.save(BATCH, [file_of(row) for row in runs])
        store.build_tables({"check_ins": [check_in(row) for row in said], "plans": [plan(row) for row in plans]})
        return store.table("days")


def seen(days: pl.DataFrame) -> Iterator[bool]:
    """Yield whether B1 was seen on any night: without the order of the day, and with it."""
    for asked in (days.with_columns(mood_evening_left_out=pl.lit(None, pl.String())), days):
        yield bool((evaluate_missed_runs(asked).filter(question="B1")["state"] == "seen").any())


def main() -> None:
    """Print the shares of both, in percent, with their standard errors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=40)
    people = parser.parse_args().people
    wrong = np.array([list(seen(days_of(FIRST_SEED + number))) for number in range(people)])
    for name, share in zip(("without", "with"), wrong.mean(axis=0), strict=True):
        error = np.sqrt(share * (1 - share) / people)
        print(f"{name:8} B1 seen by night {NIGHTS}: {100 * share:.0f} % ± {100 * error:.0f}")


if __name__ == "__main__":
    main()
