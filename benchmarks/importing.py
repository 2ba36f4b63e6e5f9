"""What importing a Strava-like archive costs, against decoding its files alone, and what importing it again costs.

    python benchmarks/importing.py [--runs 3000] [--rounds 1] [--folder SCRATCH] [--fit]

The archive is made (parts/strava_zip.py): invented runs drawn out to about an hour at one sample a second, .fit.gz,
.gpx.gz and .tcx.gz, or .fit.gz alone. Each command is a child process of its own; CPU time of all its processes, memory
of all of them together. Decoding is from unpacked bytes to a frame; `import` is the command as typed, Python's start
included, from the archive to the page. An import of an empty folder tells what all of them cost before the first file.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from parts.costs import Cost, cost_of

ROOT = Path(__file__).resolve().parents[1]
PARTS = Path(__file__).resolve().parent / "parts"
SETTINGS = {"PYTHONPATH": str(ROOT)}
GOALS = {"first": 3.0, "again": 2.0, "memory": 600.0}


@dataclass(frozen=True, slots=True)
class Round:
    """One time through: decoding by format, an import of nothing, of the archive, and of the same archive again."""

    alone: dict[str, dict[str, float]]
    nothing: Cost
    first: Cost
    again: Cost

    def alone_s(self, what: str) -> float:
        """CPU seconds over all formats."""
        return sum(sums[what] for sums in self.alone.values())

    def shares(self) -> dict[str, float]:
        """First import over decoding, second over first in percent; each also without what an empty import costs."""
        decoding = self.alone_s("decode_s")
        new, same = self.first.cpu_s - self.nothing.cpu_s, self.again.cpu_s - self.nothing.cpu_s
        return {
            "first": self.first.cpu_s / decoding,
            "first, net": new / decoding,
            "first, of unpacking and decoding, net": new / (decoding + self.alone_s("unpack_s")),
            "again": 100 * self.again.cpu_s / self.first.cpu_s,
            "again, net": 100 * same / new,
        }


def python(*words: str | Path | int, folder: Path) -> Cost:
    """What a program of ours costs; the benchmark ends where it cannot be done."""
    cost = cost_of([sys.executable, *map(str, words)], folder, SETTINGS)
    if cost.status not in {0, 1}:
        sys.exit(f"{words}: exit status {cost.status}\n{cost.said}")
    return cost


def one_round(archive: Path, folder: Path) -> Round:
    """Every command once, each import in a home that was just made."""
    nothing = folder / "nothing"
    homes = folder / "home", folder / "empty-home"
    nothing.mkdir(exist_ok=True)
    for home in homes:
        shutil.rmtree(home, ignore_errors=True)
    alone = python(PARTS / "alone.py", archive, folder=folder)
    command = ("-m", "runmood.cli.main", "--home")
    return Round(
        alone=json.loads(alone.said),
        nothing=python(*command, homes[1], "import", nothing, folder=folder),
        first=python(*command, homes[0], "import", archive, folder=folder),
        again=python(*command, homes[0], "import", archive, folder=folder),
    )


def report(rounds: list[Round], runs: int) -> None:
    """The medians over the rounds, and the goals."""
    for kind, sums in rounds[-1].alone.items():
        took = 1000 * statistics.median(each.alone[kind]["decode_s"] for each in rounds) / sums["files"]
        print(f"  {kind}: {sums['files']:.0f} files, {sums['bytes'] / sums['files'] / 1e3:.0f} kB, {took:.1f} ms each")
    print(f"{'':24} {'CPU s':>7} {'ms a run':>9} {'wall s':>7} {'MB':>5}")
    for what in ("unpack_s", "decode_s"):
        seconds = statistics.median(each.alone_s(what) for each in rounds)
        print(f"{what.removesuffix('_s') + ' alone':24} {seconds:7.2f} {1000 * seconds / runs:9.2f}")
    for name, words in (("nothing", "import of nothing"), ("first", "first import"), ("again", "second import")):
        costs = [getattr(each, name) for each in rounds]
        cpu, wall = (statistics.median(getattr(cost, what) for cost in costs) for what in ("cpu_s", "wall_s"))
        peak = max(cost.peak_mb for cost in costs)
        print(f"{words:24} {cpu:7.2f} {1000 * cpu / runs:9.2f} {wall:7.1f} {peak:5.0f}")
    for name in rounds[0].shares():
        ratio = statistics.median(each.shares()[name] for each in rounds)
        unit = "%" if name.startswith("again") else "x"
        goal = f", goal at most {GOALS[name]:g}" if name in GOALS else ""
        print(f"{name}: {ratio:.2f} {unit}{goal}")
    print(f"peak memory: {max(each.first.peak_mb for each in rounds):.0f} MB, goal at most {GOALS['memory']:g}")
    print(rounds[-1].first.said.splitlines()[0])
    print(rounds[-1].again.said.splitlines()[0])


def main() -> None:
    """Makes the archive where it is not there yet, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="kept, with the archive; a scratch folder where left out")
    parser.add_argument("--fit", action="store_true", help="of FIT files alone")
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="runmood-bench-") as scratch:
        folder = (wish.folder or Path(scratch)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        archive = folder / f"export-{wish.runs}{'-fit' if wish.fit else ''}.zip"
        if not archive.exists():
            python(PARTS / "strava_zip.py", archive, wish.runs, *["fit.gz"] * wish.fit, folder=folder)
        size = archive.stat().st_size / 1e6
        print(f"{wish.runs} runs, {size:.0f} MB packed, {wish.rounds} rounds; load {os.getloadavg()[0]:.1f}")
        report([one_round(archive, folder) for _ in range(wish.rounds)], wish.runs)
        print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
