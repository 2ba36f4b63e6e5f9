"""What a night costs, against an empty Prefect flow in the same round, and whether it grows with history.

    python benchmarks/nightly.py [--rounds 3] [--folder SCRATCH] [--first RUNS]

The homes are the invented runner's last year and last ten years. Each night is the command as typed, Python's and
Prefect's start included, a child process of its own; CPU time of all its processes, memory of all of them together.
`--first` adds the first night of a home of so many one-hour runs at one sample a second (2500 are ten years).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from parts.costs import Cost, cost_of
from parts.long_home import NewThings, make_home

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


def night(home: Path) -> Cost:
    """The nightly as typed; the benchmark ends where it cannot be done."""
    cost = cost_of([sys.executable, "-m", "pipelines.cli", "--home", str(home), "nightly"], home, ENVIRONMENT)
    if cost.status not in {0, 1}:
        sys.exit(f"nightly of {home}: exit status {cost.status}\n{cost.said}")
    return cost


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
    yield "nothing new", night(year)
    turn_the_day(year)
    yield "a new day", night(year)
    for years, new in homes.items():
        new.arrive()
        yield f"new things, {years} years", night(new.home)
    yield "nothing new, 10 years", night(homes[10].home)


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
    cost = night(home)
    points = sum(path.stat().st_size for path in (home / "points").glob("*.parquet")) / 1e6
    published = (home / "runmood.duckdb").stat().st_size / 1e6
    print(f"first night of {runs} runs: {cost.wall_s:.0f} s, {cost.cpu_s:.0f} s CPU, {cost.peak_mb:.0f} MB, goal 1000")
    print(f"  published {published:.0f} MB, points {points:.0f} MB; {cost.said.splitlines()[0]}")


def main() -> None:
    """Makes the homes where they are not there yet, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="kept, with the homes; a scratch folder where left out")
    parser.add_argument("--first", type=int, metavar="RUNS", help="and the first night of so many one-hour runs")
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="runmood-bench-") as scratch:
        folder = (wish.folder or Path(scratch)).resolve()
        homes = {years: make_home(folder / f"{years}-years", years, wish.rounds) for years in YEARS}
        for new in homes.values():
            night(new.home)
        costs: dict[str, list[Cost]] = defaultdict(list)
        print(f"{wish.rounds} rounds; load {os.getloadavg()[0]:.1f}")
        for _ in range(wish.rounds):
            for name, cost in one_round(homes):
                costs[name].append(cost)
        report(costs)
        if wish.first:
            first_night(folder, wish.first)
        print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
