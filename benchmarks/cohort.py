"""What the nights of many homes cost: two workers against two plain processes, many homes against few, killed workers.

    python benchmarks/cohort.py [--homes 40] [--days 45] [--engines here dask] [--growth 10 100]
        [--kills 0] [--restarts 0]

Homes are copies of a few invented ones. A plain process does the nights of half of the homes in a row with
`one_night` and nothing else; workers do the same through `runmood cohort night`. Each takes its first night of a day on
which only the day has moved. Processor time is of all processes, children included; ratios are of one run, of wall,
which others on the machine disturb, and of processor time, which they disturb less. The same night once more, with
nothing due, shows what starting an engine takes, whatever the number of homes. Each piece runs alone: `--engines`
without a name leaves the comparison out; `--growth` holds each number of homes against the first. `--kills` kills so
many workers of Dask at random moments, five a night, `--restarts` so many nights with their scheduler, which then begin
again; both count homes lost or doubled, those passed over since they were hit twice in a night, as they are meant to
be, and what each kill cost beyond nights like one without.
"""

from __future__ import annotations

import argparse
import ctypes
import datetime as dt
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from parts.invented_home import invented_home

from runmood.cohort.bucket import PASSED_OVER, all_visits
from runmood.cohort.folder import CohortSettings, make_cohort, open_cohort
from runmood.core.process import configure_process
from runmood.home.home import open_home
from runmood.ingest.workers import alone
from runmood.warehouse.cohort import read_cohort
from runmood.warehouse.database import use_threads
from runmood.workflow.nightly_run import one_night

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runmood.cohort.folder import Cohort

LAST_DAY = dt.date(2025, 11, 21)
KINDS = 4
KILLS_A_NIGHT = 5  # most of a night is its start: with more of them less is waited for
MOST_BETWEEN_S = 3  # until a worker is killed, on an idle computer: some homes' nights
GIVES = 'cohort_gives = ["days", "measures", "findings"]\n'
PR_SET_CHILD_SUBREAPER = 36
ENVIRONMENT = {"POLARS_MAX_THREADS": "1", "PYTHONPATH": str(Path(__file__).resolve().parents[1])}


def make_homes(folder: Path, count: int, days: int) -> list[Path]:
    """Make homes, each with its first night done where it stands."""
    kinds = [invented_home(folder / f"kind-{seed}", LAST_DAY, days=days, seed=seed) for seed in range(1, KINDS + 1)]
    for kind in kinds:
        with kind.settings_file.open("a", encoding="utf-8") as lines:
            lines.write(GIVES)
    homes = []
    for number in range(count):
        homes.append(folder / f"home-{number:05}")
        shutil.copytree(kinds[number % KINDS].root, homes[-1])
    for kind in kinds:
        shutil.rmtree(kind.root)
    return homes


def plain(homes: Sequence[str], day: str) -> None:
    """Do the nights of these homes in this process, which is set up as a worker is."""
    configure_process()
    use_threads(1)
    for root in homes:
        home = open_home(Path(root))
        with home.writing():
            one_night(home, dt.date.fromisoformat(day), reader=alone)


def adopt_orphans() -> None:
    """Become the parent of processes whose own is killed, so that what they took can be counted; on Linux only."""
    if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        sys.exit("Processor time of workers that an engine kills cannot be counted on this system.")


def timed(commands: list[list[str]]) -> tuple[float, float]:
    """Return wall and processor time of commands side by side, with that of all they have started."""
    before, began = _spent(), time.perf_counter()
    running = [subprocess.Popen(words, env=os.environ | ENVIRONMENT, stdout=subprocess.DEVNULL) for words in commands]  # noqa: S603 - ourselves
    for each in running:
        if each.wait() not in {0, 1}:
            sys.exit(f"{commands[0][:6]} ended with status {each.returncode}")
    return time.perf_counter() - began, spent_below() - before


def spent_below() -> float:
    """Return the processor time of all processes that were started and have ended, once there are no others."""
    with suppress(ChildProcessError):  # none is left
        while True:
            os.wait()
    return _spent()


def _spent() -> float:
    """Return the processor time of all processes below that have been waited for."""
    times = os.times()
    return times.children_user + times.children_system


def night_command(cohort: Cohort, day: dt.date, engine: str) -> list[str]:
    """Return the night of a cohort, as typed."""
    words = ["cohort", "night", "--folder", str(cohort.root), "--day", f"{day}", "--engine", engine, "--workers", "2"]
    return [sys.executable, "-m", "runmood.cli.main", *words]


def compare(cohort: Cohort, homes: list[Path], engines: Sequence[str]) -> None:
    """Print what two plain processes and each engine take for the same night."""
    halves = [[str(home) for home in homes[start::2]] for start in (0, 1)]
    for number, engine in enumerate(engines):
        day = LAST_DAY + dt.timedelta(days=2 * number + 1)
        words = [[sys.executable, __file__, "--plain", f"{day}", *half] for half in halves]
        wall, spent = timed(words)
        told = f"{wall:6.1f} s, {spent:6.1f} s of CPU"
        tonight = night_command(cohort, day + dt.timedelta(days=1), engine)
        with_engine, cpu = timed([tonight])
        others = 1 - sum(visit.cpu_s for visit in all_visits(cohort).values()) / cpu
        idle, idle_cpu = timed([tonight])
        print(
            f"{len(homes)} homes: two plain processes {told}; {engine} {with_engine:6.1f} s, {cpu:6.1f} s of CPU",
            flush=True,
        )
        ratios = f"{wall / with_engine:.2f} of wall, {spent / cpu:.2f} of CPU"
        print(f"    plain by {engine}: {ratios}; not homes' nights: {100 * others:.0f} % of CPU", flush=True)
        print(
            f"    {engine} again with nothing due: {idle:.1f} s, {idle_cpu:.1f} s of CPU, the engine's own start",
            flush=True,
        )


def growth(scratch: Path, counts: Sequence[int], days: int) -> None:
    """Print processor time a home by how many homes there are, as a ratio to the first number too."""
    first = 0.0
    for count in counts:
        cohort = make_cohort(scratch / f"of-{count}", CohortSettings("bench", buckets=max(1, count // 25)))
        cohort.add(make_homes(scratch / f"homes-{count}", count, days))
        timed([night_command(cohort, LAST_DAY, "here")])
        _, spent = timed([night_command(cohort, LAST_DAY + dt.timedelta(days=1), "here")])
        visits = all_visits(cohort)
        _, nothing = timed([night_command(cohort, LAST_DAY + dt.timedelta(days=1), "here")])
        nights = sum(visit.cpu_s for visit in visits.values()) / count
        first = first or nights
        told = f"{spent / count:.3f} s of CPU a home, of which nights {nights:.3f} ({nights / first:.2f} of the first)"
        print(f"{count} homes, the day moved: {told}; nothing due {nothing / count:.3f}", flush=True)


def kill(cohort: Cohort, kills: int, first_day: dt.date, *, workers: bool, seed: int = 1) -> None:
    """Kill workers, several a night, or nights with their scheduler; count homes lost or doubled.

    A night that was killed itself is begun again, as a supervisor does.
    """
    if not kills:
        return
    drawn = random.Random(seed)  # noqa: S311 - moments, not secrets
    _, undisturbed = timed([night_command(cohort, first_day - dt.timedelta(days=1), "dask")])
    counts: Counter[str] = Counter()
    before = spent_below()
    while counts["killed"] < kills:
        day = first_day + dt.timedelta(days=counts["nights"])
        most = min(kills - counts["killed"], KILLS_A_NIGHT if workers else 1)
        tonight = night_command(cohort, day, "dask")
        killed = killed_night(tonight, most, drawn, workers=workers)
        counts += Counter(nights=1, killed=killed)
        if killed and not workers:
            timed([tonight])
        counts += homes_after(cohort, day)
        cost = (spent_below() - before - counts["nights"] * undisturbed) / counts["killed"]
        told = "{killed} killed in {nights} nights: {lost} homes lost, {doubled} doubled, {passed} passed over"
        print(f"{'workers' if workers else 'nights with their scheduler'}, {told.format_map(counts)};", flush=True)
        print(f"    each cost {cost:.1f} s of CPU beside the {undisturbed:.1f} of a night without", flush=True)


def killed_night(command: list[str], most: int, drawn: random.Random, *, workers: bool) -> int:
    """Do a night while up to so many of its workers are killed, or it itself; return how many were."""
    killed = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as night:  # noqa: S603 - ours
        for _ in range(most):
            while night.poll() is None and not serving(night.pid):
                time.sleep(0.1)
            time.sleep(drawn.uniform(0, MOST_BETWEEN_S) * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)))
            if below := serving(night.pid):
                (drawn.choice(below) if workers else night).kill()
                killed += 1
    return killed


def homes_after(cohort: Cohort, day: dt.date) -> Counter[str]:
    """Count the homes that a night lost, passed over since they were hit twice, or gave twice."""
    visits = all_visits(cohort)
    tonight = [visits[each.member] for each in cohort.members() if each.member in visits]
    good = sum(visit.day == day and visit.good for visit in tonight)
    passed = sum(visit.day == day and visit.outcome == PASSED_OVER for visit in tonight)
    persons = read_cohort(cohort.database, "select person from persons")["person"]
    lost = len(cohort.members()) - good - passed
    return Counter(lost=lost, passed=passed, doubled=len(persons) - persons.n_unique())


def serving(above: int) -> list[psutil.Process]:
    """Return the workers of Dask that have a home served just now."""
    try:
        below = psutil.Process(above).children(recursive=True)
        parents = [each.parent() for each in below if "runmood.cohort.worker" in each.cmdline()]
    except psutil.Error:
        return []
    return [each for each in parents if each]


def main() -> None:
    """Print what is asked for."""
    if sys.argv[1:2] == ["--plain"]:
        plain(sys.argv[3:], sys.argv[2])
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--homes", type=int, default=40)
    parser.add_argument("--days", type=int, default=45)
    parser.add_argument("--engines", nargs="*", default=["here", "dask"])
    parser.add_argument("--growth", type=int, nargs="*", default=[])
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--restarts", type=int, default=0)
    asked = parser.parse_args()
    adopt_orphans()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        if asked.engines or asked.kills or asked.restarts:
            homes = make_homes(scratch / "homes", asked.homes, asked.days)
            made = make_cohort(scratch / "cohort", CohortSettings("bench", buckets=max(2, asked.homes // 6)))
            made.add(homes)
            timed([night_command(made, LAST_DAY, "here")])
            compare(open_cohort(made.root), homes, asked.engines)
            kill(open_cohort(made.root), asked.kills, LAST_DAY + dt.timedelta(days=20), workers=True)
            kill(open_cohort(made.root), asked.restarts, LAST_DAY + dt.timedelta(days=120), workers=False)
        growth(scratch, asked.growth, asked.days)


if __name__ == "__main__":
    main()
