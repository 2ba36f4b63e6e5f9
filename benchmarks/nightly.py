"""What a night costs, against an empty Prefect flow in the same round, and whether it grows with history.

    python benchmarks/nightly.py [--rounds 3] [--folder SCRATCH] [--first RUNS]

The homes are the invented runner's last year and last ten years. Each night is the command as typed, Python's and
Prefect's start included, a child process of its own; CPU time of all its processes, memory of all of them together.
`--first` adds the first night of a home of so many one-hour runs at one sample a second (2500 are ten years), against
decoding them and nothing else, and what the published copy of such a home costs; `--rounds 0` leaves all else out.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from parts.costs import Cost, cost_of, cost_of_night
from parts.long_home import NewThings, make_home

from runmood.warehouse.publish import publish

if TYPE_CHECKING:
    from collections.abc import Iterator


ROOT = Path(__file__).resolve().parents[1]
PARTS = Path(__file__).resolve().parent / "parts"
ENVIRONMENT = {"PYTHONPATH": str(ROOT)}
YEARS = (1, 10)
GOALS = {
    "nothing new / empty flow": 1.2,
    "a new day / empty flow": None,
    "new things, 10 years / 1 year": 1.15,
}


def empty_flow(home: Path) -> Cost:
    """A flow that does nothing, with Prefect set up as for the nightly of that home."""
    return cost_of([sys.executable, str(PARTS / "empty_flow.py"), str(home)], home, ENVIRONMENT)


def turn_the_day(home: Path) -> None:
    """Let the last night seem to have been yesterday's."""
    kept = home / ".work" / "last-night.json"
    night = json.loads(kept.read_text(encoding="utf-8"))
    night["state"]["day"] = str(dt.date.fromisoformat(night["day"]) - dt.timedelta(days=1))
    kept.write_text(json.dumps(night), encoding="utf-8")


def one_round(homes: dict[int, NewThings]) -> Iterator[tuple[str, Cost]]:
    """Every kind of night once."""
    year = homes[1].home
    yield "empty flow", empty_flow(year)
    yield "nothing new", cost_of_night(year)
    turn_the_day(year)
    yield "a new day", cost_of_night(year)
    for years, new in homes.items():
        new.arrive()
        yield f"new things, {years} years", cost_of_night(new.home)
    yield "nothing new, 10 years", cost_of_night(homes[10].home)


def report(costs: dict[str, list[Cost]]) -> None:
    """Medians, and the ratios of each round."""
    print(f"{'':26} {'wall s':>7} {'CPU s':>7} {'MB':>5}")
    for name, its in costs.items():
        wall, cpu, peak = (statistics.median(getattr(each, what) for each in its) for what in PARTS_OF_A_COST)
        print(f"{name:26} {wall:7.1f} {cpu:7.1f} {peak:5.0f}")
    pairs = {
        "nothing new / empty flow": ("nothing new", "empty flow"),
        "nothing new, 10 years / empty flow": ("nothing new, 10 years", "empty flow"),
        "a new day / empty flow": ("a new day", "empty flow"),
        "new things, 10 years / 1 year": ("new things, 10 years", "new things, 1 years"),
    }
    for name, (one, other) in pairs.items():
        told = [f"{what.split('_')[0]} {ratio(costs[one], costs[other], what):.2f}" for what in PARTS_OF_A_COST]
        goal = f", goal {GOALS[name]:g} for wall and memory" if GOALS.get(name) else ""
        print(f"{name}: {', '.join(told)}{goal}")


PARTS_OF_A_COST = ("wall_s", "cpu_s", "peak_mb")


def ratio(one: list[Cost], other: list[Cost], what: str) -> float:
    """The median over the rounds, each round against itself."""
    return statistics.median(getattr(a, what) / getattr(b, what) for a, b in zip(one, other, strict=True))


def first_night(folder: Path, runs: int) -> None:
    """The first night of a home with an archive of so many one-hour runs, against decoding them alone."""
    home, archive = folder / f"first-{runs}", folder / f"export-{runs}.zip"
    if not archive.exists():
        cost_of([sys.executable, str(PARTS / "strava_zip.py"), str(archive), str(runs)], folder, ENVIRONMENT)
    (home / "inbox").mkdir(parents=True)
    (home / "settings.toml").write_text('time_zone = "Europe/Lisbon"\n', encoding="utf-8")
    (home / "inbox" / archive.name).hardlink_to(archive)
    cost = cost_of_night(home)
    print(f"first night of {runs} runs: {cost.wall_s:.0f} s, {cost.cpu_s:.0f} s CPU, {cost.peak_mb:.0f} MB, goal 1000")
    print(f"  {cost.said.splitlines()[0]}")
    copy(home)
    alone = json.loads(cost_of([sys.executable, str(PARTS / "alone.py"), str(archive)], folder, ENVIRONMENT).said)
    decoding = sum(each["unpack_s"] + each["decode_s"] for each in alone.values())
    print(f"  unpacking and decoding alone: {decoding:.0f} s CPU; the night {cost.cpu_s / decoding:.2f} times that")


def copy(home: Path) -> None:
    """What the published copy of a home costs, in time and on the disk; points lie beside it and are not copied."""
    published, times = home / "runmood.duckdb", []
    for _ in range(5):
        began = time.monotonic()
        publish(home / ".work", published)
        times.append(time.monotonic() - began)
    points = sum(path.stat().st_size for path in (home / "points").glob("*.parquet"))
    print(f"  publishing: {statistics.median(times):.2f} s for {published.stat().st_size / 1e6:.0f} MB, each night;")
    print(f"  points: {points / 1e6:.0f} MB, not copied")


def rounds(folder: Path, count: int) -> None:
    """Every kind of night so many times, in homes made for it."""
    homes = {years: make_home(folder / f"{years}-years", years, count) for years in YEARS}
    costs: dict[str, list[Cost]] = defaultdict(list)
    for years, new in homes.items():
        costs[f"first night, {years} years"].append(cost_of_night(new.home))
    print(f"{count} rounds; load {os.getloadavg()[0]:.1f}")
    for _ in range(count):
        for name, cost in one_round(homes):
            costs[name].append(cost)
    report(costs)
    copy(homes[10].home)


def main() -> None:
    """Makes the homes where they are not there yet, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="kept, with the homes; a scratch folder where left out")
    parser.add_argument("--first", type=int, metavar="RUNS", help="and the first night of so many one-hour runs")
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="runmood-bench-") as scratch:
        folder = (wish.folder or Path(scratch)).resolve()
        if wish.rounds:
            rounds(folder, wish.rounds)
        if wish.first:
            first_night(folder, wish.first)
        print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
