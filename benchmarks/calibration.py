"""How often B1 and B2 are wrong, how often a true one is missed: invented people, the product's own path, every night.

    python benchmarks/calibration.py --people 400 --jobs 1

Who the people are stands in `parts/people.py`. In brackets is what the dossier's prototype found (science.md 3.3). The
last rows put the question of asks.md 4.2, where other programs were measured. Seeds are fixed; people of one seed share
their random numbers in all rows, so rows may be compared closer than their standard errors tell. Choices were made on
people from seed 50,000 on, who are not in this table.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from parts.people import MONDAY, World, person

from runmood.findings.stats.missed_runs_evidence import evaluate_missed_runs

if TYPE_CHECKING:
    import polars as pl


LOOKS = (60, 90, 120, 180, 270, 365)
INDEPENDENT = {"phi": 0.0, "kappa": 1.0, "clus": 0.0, "dow_amp": 0.0, "trend": 0.0, "season": 0.0}
SILENT = {"mnar": 0.6, "mnar_miss": 0.7}
LIFT = {"lift": 0.5}


@dataclass(frozen=True)
class Row:
    """A kind of people, how long they keep a diary, and what was found elsewhere by each of LOOKS, in percent."""

    name: str
    nights: int
    world: World = field(default_factory=World)
    b1: dict[int, float] = field(default_factory=dict)
    b2: dict[int, float] = field(default_factory=dict)


class Outcome(NamedTuple):
    """One person: the number of the night on which each was first seen, two failures, and the price."""

    b1: float
    b2: float
    off: bool  # the range missed the truth on some night
    untold1: bool  # on the last night B1 could not be told apart
    untold2: bool
    ms: float  # processor time of all nights


class Bar(NamedTuple):
    """What a row should reach by a night, in percent."""

    says: str
    row: str
    of: str
    night: int
    most: float | None = None
    least: float | None = None


def by(*percent: float) -> dict[int, float]:
    """Percentages by LOOKS."""
    return dict(zip(LOOKS, percent, strict=True))


def of(morning: float = 0.0, **people: float) -> World:
    """People of the dossier with some settings changed."""
    return World(people, morning)


ROWS = (
    Row("N0 no memory", 365, of(**INDEPENDENT), {180: 2.2, 365: 3.6}, {180: 0.5, 365: 0.8}),
    Row("N1 ordinary", 365, of(), {180: 4.6, 365: 5.7}, {180: 0.7, 365: 1.2}),
    Row("N1 + morning said", 365, of(1)),
    Row("N1 + mornings, half as wide", 365, of(0.5)),
    Row("N2 strong memory", 365, of(phi=0.85, kappa=0.7, clus=1.2), {180: 4.3, 365: 5.6}, {180: 0.8, 365: 1.3}),
    Row("N3 silent when low", 365, of(**SILENT), {180: 2.4, 365: 3.1}, {180: 0.5, 365: 0.7}),
    Row("N4 wild, 5 steps", 365, of(heavy=True, discretise=5), {180: 3.8, 365: 4.5}, {180: 0.2, 365: 0.3}),
    Row("N5 life event", 180, of(level_shift=-1.0), {180: 3.3}, {180: 0.5}),
    Row("R1 low yesterday, skip", 180, of(g_lag=0.8), {180: 5.0}, {180: 0.6}),
    Row("R2 low at dawn, skip", 180, of(g_am=0.8), {180: 12.0}, {180: 2.5}),
    Row("R2 + morning said", 180, of(1, g_am=0.8), {180: 7.0}, {180: 1.2}),
    Row("R2 + mornings, half as wide", 180, of(0.5, g_am=0.8)),
    Row("C1 ill, tagged", 180, World({"ill_rate": 0.02, "ill_eff": 1.0}, tagged=True), {180: 2.5}, {180: 1.0}),
    Row("L1 a run lifts by .5", 365, of(**LIFT), {180: 54, 365: 84}, {180: 2.0, 365: 4.5}),
    Row("L1 + morning said", 365, of(1, **LIFT)),
    Row("L1, low weekends", 365, of(**LIFT, dow_amp=-0.4)),
    Row("L1, weekdays of one's own", 365, World(LIFT, weekdays="own")),
    Row("L1, good days are rest days", 365, World(LIFT, weekdays="rests")),
    Row("null, half from another app", 365, World(app=1.5)),
    Row("null, weeks of silence", 365, World(silent_weeks=True)),
    Row("null, learned habit", 365, World({"p_miss": 0.12, "p_shift": 0.1}, learned=True)),
    Row("null, learned, made up if well", 365, World({"p_miss": 0.12, "p_shift": 0.1}, learned=True, made_up=True)),
    Row("dip .3", 365, of(d=0.3), by(5, 10, 15, 25, 36, 47), by(1, 3, 5, 9, 16, 22)),
    Row("dip .5", 365, of(d=0.5), by(10, 22, 34, 54, 72, 84), by(3, 8, 14, 28, 46, 64)),
    Row("dip .8", 365, of(d=0.8), by(23, 49, 68, 87, 97, 100), by(8, 24, 42, 66, 89, 95)),
    Row("dip .3 + morning said", 365, of(1, d=0.3)),
    Row("dip .5 + morning said", 365, of(1, d=0.5), by(7, 16, 28, 47, 67, 80), by(1, 5, 10, 22, 38, 54)),
    Row("dip .8 + morning said", 365, of(1, d=0.8)),
    Row("dip .5, run lifts .3", 365, of(d=0.5, lift=0.3), by(23, 49, 68, 87, 97, 100), by(4, 11, 20, 37, 53, 70)),
    Row("dip .5, silent, 5 steps", 365, of(d=0.5, discretise=5, **SILENT),
        by(4, 10, 16, 29, 46, 58), by(1, 2, 4, 12, 23, 34)),
    Row("dip .8, very silent if missed", 365, of(d=0.8, mnar_miss=2.0)),
    Row("dip .5, half from another app", 365, World({"d": 0.5}, app=1.5)),
    Row("dip .5, weeks of silence", 365, World({"d": 0.5}, silent_weeks=True)),
    Row("dip .8, learned habit", 365, World({"d": 0.8, "p_miss": 0.12, "p_shift": 0.1}, learned=True)),
    Row("dip .8, 10 % missed", 365, of(d=0.8, p_miss=0.1), by(4, 17, 34, 57, 80, 91), by(1, 9, 18, 38, 65, 81)),
    Row("dip .8, rigid plan", 365, of(d=0.8, p_shift=0.0), by(26, 51, 70, 90, 98, 100), by(0, 0, 0, 0, 0, 0)),
    Row("asks: no link, AR .7", 180, World(asks=True), {180: 18}),
    Row("asks: weekends do both", 180, World({"weekend": 1.0}, asks=True), {180: 75}),
    Row("asks: run days +1", 180, World({"lift": 1.0}, asks=True), {180: 99.5}),
)  # fmt: skip

BARS = (
    Bar("no effect, a year", "N1 ordinary", "b1", 365, most=6),
    Bar("low mood yesterday, then skip", "R1 low yesterday, skip", "b1", 180, most=6),
    Bar("low mood this morning, then skip, morning said", "R2 + morning said", "b1", 180, most=8),
    Bar("a run lifts by .5, taken for a dip, a year", "L1 a run lifts by .5", "b2", 365, most=5),
    *(Bar(f"dip {dip}", f"dip {dip}", "b1", 180, least=least) for dip, least in ((".3", 25), (".5", 54), (".8", 87))),
    *(
        Bar(f"dip {dip}, below rest too", f"dip {dip}", "b2", 180, least=least)
        for dip, least in ((".5", 28), (".8", 66))
    ),
    Bar("noise with memory .7, no link", "asks: no link, AR .7", "b1", 180, most=5),
    Bar("a weekend lifts both running and mood", "asks: weekends do both", "b1", 180, most=5),
    Bar("a real point found", "asks: run days +1", "b1", 180, least=90),
)


def outcome(task: tuple[Row, int]) -> Outcome:
    """What is said of one person on the last night, and of the range on every night."""
    row, seed = task
    days = person(row.world, row.nights, seed)
    start = time.process_time()
    findings = evaluate_missed_runs(days)
    ms = 1e3 * (time.process_time() - start)
    b1, b2 = (findings.filter(question=code) for code in ("B1", "B2"))
    truth = row.world.people.get("d", 0.0) + row.world.people.get("lift", 0.0)
    off = ((b1["effect_least"] > truth) | (b1["effect_most"] < truth)).any()
    untold = (answers["state"][-1] == "confounded" for answers in (b1, b2))
    return Outcome(first_seen(b1), first_seen(b2), off, *untold, ms)


def first_seen(findings: pl.DataFrame) -> float:
    """The number of the night; infinite when it was never seen."""
    since = findings["since"][-1]
    return np.inf if since is None else (since - MONDAY).days + 1


def beside(found: np.ndarray, elsewhere: dict[int, float], nights: int) -> str:
    """The percentage seen by each look, and that found elsewhere behind it."""
    looks = [look for look in LOOKS if look <= nights]
    shares = {look: f"{100 * np.mean(found <= look):.1f}" for look in looks}
    cells = [shares[look] + (f" ({elsewhere[look]:g})" if look in elsewhere else "") for look in looks]
    return "".join(f"{cell:>13}" for cell in (cells + [""] * len(LOOKS))[: len(LOOKS)])


def print_row(row: Row, outcomes: np.ndarray) -> None:
    """Two lines of the table."""
    b1, b2, *others = outcomes.T
    off, untold1, untold2 = (100 * column.mean() for column in others[:3])
    print(f"{row.name:30} B1{beside(b1, row.b1, row.nights)}{off:11.1f}{untold1:8.1f}{np.median(others[3]):7.0f}")
    print(f"{'':30} B2{beside(b2, row.b2, row.nights)}{'':11}{untold2:8.1f}", flush=True)


def print_bars(found: dict[str, np.ndarray]) -> None:
    """Each bar with what was found, its standard error, and whether it is reached."""
    print("\n| bar | asked | here | |\n|---|---|---|---|")
    for bar in (bar for bar in BARS if bar.row in found):
        seen = found[bar.row][:, Outcome._fields.index(bar.of)] <= bar.night
        share, error = 100 * seen.mean(), 100 * seen.std() / np.sqrt(len(seen))
        reached = share <= bar.most if bar.most is not None else share >= bar.least
        asked = f"≤ {bar.most:g}" if bar.most is not None else f"≥ {bar.least:g}"
        verdict = "" if reached else "**missed**"
        print(f"| {bar.says}, {bar.of.upper()} by {bar.night} | {asked} | {share:.1f} ± {error:.1f} | {verdict} |")


def print_price(found: dict[str, np.ndarray]) -> None:
    """What a year of nights costs, and what 10,000 such people cost on one night, for a year is worked out anew."""
    for name in (name for name in ("N1 ordinary", "N1 + morning said") if name in found):
        ms = float(np.median(found[name][:, Outcome._fields.index("ms")]))
        print(f"{name}: {ms:.0f} ms of processor time a person's year; 10,000 people on two cores {ms / 12:.1f} min")


def main() -> None:
    """The table, a row at a time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=400, help="people a row")
    parser.add_argument("--seed", type=int, default=1000, help="of the first person; the others follow")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--only", default="", help="rows whose name this pattern finds")
    asked = parser.parse_args()
    print(f"% of {asked.people} people in whom it was seen by that night (found elsewhere)")
    print(f"{'':33}{''.join(f'{look:>13}' for look in LOOKS)}{'range off':>11}{'untold':>8}{'ms':>7}")
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1"}  # of the processes about to start
    found = {}
    with get_context("spawn").Pool(asked.jobs) as pool:
        for row in (row for row in ROWS if re.search(asked.only, row.name)):
            tasks = [(row, asked.seed + number) for number in range(asked.people)]
            found[row.name] = np.array(pool.map(outcome, tasks, chunksize=5), dtype=float)
            print_row(row, found[row.name])
    print_bars(found)
    print_price(found)


if __name__ == "__main__":
    main()
