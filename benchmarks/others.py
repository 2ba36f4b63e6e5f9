"""What importing the same FIT files costs here and in three other programs.

    python benchmarks/others.py [--files 40] [--rounds 3] [--envs ~/.cache/runmood-bench] [--python python3.12]

The others are installed with pip, each in an environment of its own under --envs, which takes minutes the first time;
where the release compared against cannot be had, the one before it is measured, and pip's reason printed. Each import
is the program's own command in an empty folder of its own. A file's cost is the slope between one file and all: CPU
time of all processes, start-up and empty databases left out. The programs take turns, round after round; medians.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from parts.costs import cost_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


ROOT = Path(__file__).resolve().parents[1]
PARTS = Path(__file__).resolve().parent / "parts"
GARMINDB_FOLDER = "HealthData/FitFiles/Activities"
GARMINDB_SETTINGS = {
    "db": {"type": "sqlite"},
    "garmin": {"domain": "garmin.com"},
    "directories": {"relative_to_home": True, "base_dir": "HealthData"},
    "enabled_stats": {"activities": True},
    "settings": {"metric": True},
}
# What its `serve` does before it serves.
PLAYGROUND = """
import pathlib
from geo_activity_playground.core.config import ConfigAccessor
from geo_activity_playground.core.scan import scan_for_activities
from geo_activity_playground.webui.app import create_app
app = create_app(database_uri=f"sqlite:///{pathlib.Path('database.sqlite').absolute()}", run_migrations=True)
with app.app_context():
    scan_for_activities(ConfigAccessor())
"""


@dataclass(frozen=True, slots=True)
class Import:
    """One import laid out in a folder: its command, what it needs of the environment, and how to count its runs."""

    command: list[str]
    count: Callable[[], int]
    settings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Program:
    """One program: how it is laid out, the releases to try, and how many times less ours is to cost."""

    lay_out: Callable[[Path, Path, list[Path]], Import]
    releases: tuple[str, ...] = ()
    goal: float | None = None


def runmood(bin_: Path, folder: Path, files: list[Path]) -> Import:
    """Ours: `import` of a folder, to the page."""
    inbox = _copied(files, folder / "files")
    asked = "select count(*) as runs from recordings"
    command = [str(bin_ / "python"), "-m", "runmood.cli.main", "--home", str(folder / "home")]

    def count() -> int:
        told = subprocess.check_output([*command, "query", asked, "--format", "json"], cwd=folder, env=_ours())  # noqa: S603 - ours
        return int(json.loads(told)[0]["runs"])

    return Import([*command, "import", str(inbox)], count, _ours())


def garmindb(bin_: Path, folder: Path, files: list[Path]) -> Import:
    """GarminDB: the import of activities without the download and without --analyze, which makes summaries."""
    _copied(files, folder / GARMINDB_FOLDER)
    (folder / ".GarminDb").mkdir()
    (folder / ".GarminDb" / "GarminConnectConfig.json").write_text(json.dumps(GARMINDB_SETTINGS), encoding="utf-8")
    command = [str(bin_ / "python"), str(bin_ / "garmindb_cli.py"), "--activities", "--import"]
    database = folder / "HealthData" / "DBs" / "garmin_activities.db"
    return Import(command, lambda: _rows(database, "activities"), {"HOME": str(folder)})


def grafit(bin_: Path, folder: Path, files: list[Path]) -> Import:
    """grafit: every message into SQLite, without the weather, which it would fetch."""
    database = folder / "grafit.db"
    command = [str(bin_ / "grafit"), "import", str(_copied(files, folder / "files")), str(database)]
    return Import(command, lambda: _rows(database, "session"))


def playground(bin_: Path, folder: Path, files: list[Path]) -> Import:
    """geo-activity-playground: what it does with a folder before its web server starts."""
    _copied(files, folder / "Activities")
    return Import([str(bin_ / "python"), "-c", PLAYGROUND], lambda: _rows(folder / "database.sqlite", "activities"))


PROGRAMS = {
    "runmood": Program(runmood),
    "GarminDB": Program(garmindb, ("garmindb==4.0.0", "garmindb==3.9.0"), 50),
    "grafit": Program(grafit, ("grafit==1.47.0",), 10),
    "geo-activity-playground": Program(playground, ("geo-activity-playground==1.57.0",), 20),
}


def _copied(files: Iterable[Path], folder: Path) -> Path:
    folder.mkdir(parents=True)
    for file in files:
        shutil.copy(file, folder)
    return folder


def _rows(database: Path, table: str) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute(f"select count(*) from {table}").fetchone()[0])  # noqa: S608 - named above


def _ours() -> dict[str, str]:
    return {"PYTHONPATH": str(ROOT)}


def environment(releases: tuple[str, ...], envs: Path, python: str) -> Path | None:
    """The `bin` of an environment with the first of the releases that can be had; null when none can."""
    for release in releases:
        bin_ = envs / release / "bin"
        if (bin_.parent / "ready").exists():
            return bin_
        subprocess.run([python, "-m", "venv", "--clear", bin_.parent], check=True)  # noqa: S603 - given by the caller
        pip = [bin_ / "pip", "install", "--quiet", "--disable-pip-version-check", release]
        done = subprocess.run(pip, check=False, capture_output=True, text=True)  # noqa: S603 - names written above
        if done.returncode == 0:
            (bin_.parent / "ready").touch()
            return bin_
        faults = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        print(f"{release} cannot be installed: {' '.join(faults)[:400]}")
    return None


def seconds(program: Program, bin_: Path, files: list[Path]) -> float:
    """CPU time of one import of these files; the benchmark ends where it does not take every file."""
    with tempfile.TemporaryDirectory(prefix="runmood-others-") as scratch:
        laid_out = program.lay_out(bin_, Path(scratch), files)
        cost = cost_of(laid_out.command, Path(scratch), laid_out.settings)
        taken = laid_out.count() if cost.status in {0, 1} else 0
        if taken < len(files):
            print(f"  {program.lay_out.__name__} took {taken} of {len(files)} files\n{cost.said[-600:]}")
        return cost.cpu_s


def measure(places: dict[str, Path], files: list[Path], rounds: int) -> dict[str, list[tuple[float, float]]]:
    """For each program and round, the seconds for the first file and for all."""
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in places}
    for _ in range(rounds):
        for name, bin_ in places.items():
            one, every = (seconds(PROGRAMS[name], bin_, some) for some in (files[:1], files))
            took[name].append((one, every))
            print(f"  {name}: {one:.2f} s for 1, {every:.2f} s for {len(files)}; load {os.getloadavg()[0]:.1f}")
    return took


def report(took: dict[str, list[tuple[float, float]]], places: dict[str, Path], count: int) -> None:
    """A line for each program: milliseconds a file, and how many times ours."""
    slopes = {
        name: [1000 * (every - one) / (count - 1) for one, every in both_of_rounds]
        for name, both_of_rounds in took.items()
    }
    print(f"\n{'':34} {'start s':>8} {'ms a file':>10} {'x ours':>7} {'range':>12} {'goal':>5}")
    for name, found in slopes.items():
        ratios = [each / ours for each, ours in zip(found, slopes["runmood"], strict=True)]
        release = places[name].parent.name if PROGRAMS[name].releases else name
        start = statistics.median(one for one, _ in took[name])
        spread = f"{min(ratios):.1f}-{max(ratios):.1f}"
        ratio = statistics.median(ratios)
        print(
            f"{release:34} {start:8.2f} {statistics.median(found):10.1f} {ratio:7.1f} {spread:>12}"
            f" {PROGRAMS[name].goal or '':>5}"
        )


def main() -> None:
    """Environments, files, rounds, table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--envs", type=Path, default=Path.home() / ".cache" / "runmood-bench")
    parser.add_argument("--python", default="python3.12", help="what the others are installed for")
    wish = parser.parse_args()
    places = {"runmood": Path(sys.executable).parent}
    for name, program in PROGRAMS.items():
        bin_ = environment(program.releases, wish.envs, wish.python)
        places |= {name: bin_} if bin_ else {}
    with tempfile.TemporaryDirectory(prefix="runmood-others-") as scratch:
        folder = Path(scratch) / "fit"
        made = [sys.executable, PARTS / "fit_folder.py", folder, str(wish.files)]
        print(subprocess.check_output(made, text=True, env=os.environ | _ours()).strip())  # noqa: S603 - ours
        files = sorted(folder.iterdir(), key=lambda path: int(path.stem.partition("_")[0]))
        report(measure(places, files, wish.rounds), places, len(files))


if __name__ == "__main__":
    main()
