"""How often a finding is wrong, how often a true one is missed: invented people, the product's own door, every night.

    python benchmarks/calibration.py --people 300 --jobs 2

The people are those of the science dossier (`sim/core.py` in the shared folder beside the repository, or where
RUNMOOD_SHARED points): four planned runs a week, a quarter missed, a fifth of check-ins missing, mood with memory,
weekdays, trend and season, in units of a person's own standard deviation. In brackets is what the dossier's prototype
found (science.md 3.3). The last rows put the question of asks.md 4.2, where other programs were measured. Seeds are
fixed; the standard error of a share of 5 % is 1.3 points with 300 people.
"""

from __future__ import annotations

import argparse
import datetime as dt
import functools
import importlib.util
import os
import sys
import types
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

import numpy as np
import polars as pl

from runmood.patterns import find
from runmood.terms.columns import DAYS, RUNS

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED = Path(os.environ.get("RUNMOOD_SHARED", Path(__file__).parents[2] / "shared"))
MONDAY = dt.date(2024, 1, 1)
LOOKS = (60, 90, 120, 180, 270, 365)
KINDS = np.array(["planned rest", "planned run", "missed run"])  # in the order of the dossier's codes
ORDINARY = {
    "phi": 0.6, "kappa": 0.6, "d": 0.0, "lift": 0.0, "p_miss": 0.25, "clus": 0.8, "g_lag": 0.0, "g_am": 0.0,
    "dow_amp": 0.4, "trend": 0.3, "season": 0.3, "mcar": 0.2, "mnar": 0.0, "mnar_miss": 0.0, "ill_rate": 0.0,
    "ill_eff": 0.0, "heavy": False, "discretise": 0, "p_shift": 0.15, "level_shift": 0.0,
}  # fmt: skip
INDEPENDENT = {"phi": 0.0, "kappa": 1.0, "clus": 0.0, "dow_amp": 0.0, "trend": 0.0, "season": 0.0}
SILENT = {"mnar": 0.6, "mnar_miss": 0.7}


@dataclass(frozen=True)
class Row:
    """A kind of people, how long they keep a diary, and what was found elsewhere by each of LOOKS, in percent."""

    name: str
    nights: int
    people: dict[str, Any] = field(default_factory=dict)
    b1: dict[int, float] = field(default_factory=dict)
    b2: dict[int, float] = field(default_factory=dict)
    morning: bool = False  # whether they check in in the morning too
    tagged: bool = False  # whether they tag the days they are ill
    asks: bool = False  # whether they are the people of asks.md


class Outcome(NamedTuple):
    """One person: the number of the night on which each was first seen, and two failures."""

    b1: float
    b2: float
    off: bool  # the range missed the truth on some night
    untold: bool  # on night 180 B2 could not be told apart


def by(*percent: float) -> dict[int, float]:
    """Percentages by LOOKS."""
    return dict(zip(LOOKS, percent, strict=True))


ROWS = (
    Row("N0 no memory", 365, INDEPENDENT, {180: 2.2, 365: 3.6}, {180: 0.5, 365: 0.8}),
    Row("N1 ordinary", 365, {}, {180: 4.6, 365: 5.7}, {180: 0.7, 365: 1.2}),
    Row("N2 strong memory", 365, {"phi": 0.85, "kappa": 0.7, "clus": 1.2}, {180: 4.3, 365: 5.6}, {180: 0.8, 365: 1.3}),
    Row("N3 silent when low", 365, SILENT, {180: 2.4, 365: 3.1}, {180: 0.5, 365: 0.7}),
    Row("N4 wild, 5 steps", 365, {"heavy": True, "discretise": 5}, {180: 3.8, 365: 4.5}, {180: 0.2, 365: 0.3}),
    Row("N5 life event", 180, {"level_shift": -1.0}, {180: 3.3}, {180: 0.5}),
    Row("R1 low yesterday, skip", 180, {"g_lag": 0.8}, {180: 5.0}, {180: 0.6}),
    Row("R2 low at dawn, skip", 180, {"g_am": 0.8}, {180: 12.0}, {180: 2.5}),
    Row("R2 + morning said", 180, {"g_am": 0.8}, {180: 7.0}, {180: 1.2}, morning=True),
    Row("C1 ill, tagged", 180, {"ill_rate": 0.02, "ill_eff": 1.0}, {180: 2.5}, {180: 1.0}, tagged=True),
    Row("L1 a run lifts by .5", 365, {"lift": 0.5}, {180: 54, 365: 84}, {180: 2.0, 365: 4.5}),
    Row("dip .3", 365, {"d": 0.3}, by(5, 10, 15, 25, 36, 47), by(1, 3, 5, 9, 16, 22)),
    Row("dip .5", 365, {"d": 0.5}, by(10, 22, 34, 54, 72, 84), by(3, 8, 14, 28, 46, 64)),
    Row("dip .8", 365, {"d": 0.8}, by(23, 49, 68, 87, 97, 100), by(8, 24, 42, 66, 89, 95)),
    Row("dip .5 + morning said", 365, {"d": 0.5}, by(7, 16, 28, 47, 67, 80), by(1, 5, 10, 22, 38, 54), morning=True),
    Row("dip .5, run lifts .3", 365, {"d": 0.5, "lift": 0.3}, by(23, 49, 68, 87, 97, 100), by(4, 11, 20, 37, 53, 70)),
    Row("dip .5, silent, 5 steps", 365, {"d": 0.5, "discretise": 5, **SILENT},
        by(4, 10, 16, 29, 46, 58), by(1, 2, 4, 12, 23, 34)),
    Row("dip .8, 10 % missed", 365, {"d": 0.8, "p_miss": 0.1}, by(4, 17, 34, 57, 80, 91), by(1, 9, 18, 38, 65, 81)),
    Row("dip .8, rigid plan", 365, {"d": 0.8, "p_shift": 0.0}, by(26, 51, 70, 90, 98, 100), by(0, 0, 0, 0, 0, 0)),
    Row("asks: no link, AR .7", 180, {}, {180: 18}, asks=True),
    Row("asks: weekends do both", 180, {"weekend": 1.0}, {180: 75}, asks=True),
    Row("asks: run days +1", 180, {"lift": 1.0}, {180: 99.5}, asks=True),
)  # fmt: skip


@functools.cache
def dossier() -> Callable[..., tuple[np.ndarray, ...]]:
    """The dossier's generator as plain Python; numba, which compiles it there, would save little here."""
    plain = types.ModuleType("numba")
    plain.njit = lambda **_: lambda function: function  # type: ignore[attr-defined]
    with patch.dict(sys.modules, numba=plain):
        spec = importlib.util.spec_from_file_location("dossier", SHARED / "sim" / "core.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module.simulate


def person(row: Row, seed: int) -> pl.DataFrame:
    """DAYS of one person of the dossier: 5 + a point a standard deviation, unrounded; five steps become 0 to 10."""
    people = ORDINARY | row.people
    _, mood, status, ill, morning = dossier()(row.nights, seed, *people.values())
    points = (mood - 1) * 2.5 if people["discretise"] == 5 else 5 + mood
    said = 5 + morning if row.morning else np.full(row.nights, np.nan)
    return days(KINDS[status], points, said, (ill == 1) & row.tagged)


def person_of_asks(row: Row, seed: int) -> pl.DataFrame:
    """DAYS of someone who means to run every day, by asks.md 4.2: running and mood each AR(1) .7, whole points 1 to 10.

    A standard deviation of mood is 1.5 points; a fifth of evenings is missing. On weekends `weekend` standard
    deviations are added to both.
    """
    chance = np.random.default_rng(seed)
    running, mood = np.zeros((2, row.nights))
    for series in (running, mood):
        series[0] = chance.normal()
        for night in range(1, row.nights):
            series[night] = 0.7 * series[night - 1] + np.sqrt(0.51) * chance.normal()
    weekend = row.people.get("weekend", 0.0) * (np.arange(row.nights) % 7 >= 5)
    run = running + weekend > 0
    points = np.clip(np.round(6 + 1.5 * (mood + weekend) + row.people.get("lift", 0.0) * run), 1, 10)
    points[chance.random(row.nights) < 0.2] = np.nan
    return days(
        np.where(run, "planned run", "missed run"),
        points,
        np.full(row.nights, np.nan),
        np.zeros(row.nights, dtype=bool),
    )


def days(kind: np.ndarray, evening: np.ndarray, morning: np.ndarray, apart: np.ndarray) -> pl.DataFrame:
    """A dense frame of DAYS from a Monday on; nan is unsaid."""
    night = [MONDAY + dt.timedelta(days=number) for number in range(len(kind))]
    said = {
        "local_date": night,
        "weekday": [date.isoweekday() for date in night],
        "day_kind": kind.tolist(),
        "mood_evening": np.clip(evening, 0, 10),
        "mood_morning": np.clip(morning, 0, 10),
        "set_apart": apart,
    }
    frame = pl.DataFrame(said).with_columns(pl.col("mood_evening", "mood_morning").fill_nan(None))
    return DAYS.check(pl.concat([DAYS.empty(), frame], how="diagonal"))


def outcome(task: tuple[Row, int]) -> Outcome:
    """What the door says of one person on the last night, and of the range on every night."""
    row, seed = task
    findings = find(person_of_asks(row, seed) if row.asks else person(row, seed), RUNS.empty())
    b1, b2 = (findings.filter(question=code) for code in ("B1", "B2"))
    truth = row.people.get("d", 0.0) + row.people.get("lift", 0.0)
    off = ((b1["effect_least"] > truth) | (b1["effect_most"] < truth)).any()
    return Outcome(first_seen(b1), first_seen(b2), off, b2["state"][180 - 1] == "cannot be told apart")


def first_seen(findings: pl.DataFrame) -> float:
    """The number of the night; infinite when it was never seen."""
    since = findings["since"][-1]
    return np.inf if since is None else (since - MONDAY).days + 1


def beside(found: list[float], elsewhere: dict[int, float], nights: int) -> str:
    """The percentage seen by each look, and that found elsewhere behind it."""
    looks = [look for look in LOOKS if look <= nights]
    shares = {look: f"{100 * np.mean(np.array(found) <= look):.1f}" for look in looks}
    cells = [shares[look] + (f" ({elsewhere[look]:g})" if look in elsewhere else "") for look in looks]
    return "".join(f"{cell:>13}" for cell in (cells + [""] * len(LOOKS))[: len(LOOKS)])


def main() -> None:
    """The table, a row at a time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=300, help="people a row")
    parser.add_argument("--seed", type=int, default=1000, help="of the first person; the others follow")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--only", default="", help="rows whose name contains this")
    asked = parser.parse_args()
    print(f"% of {asked.people} people in whom it was seen by that night (found elsewhere)")
    print(f"{'':27}{''.join(f'{look:>13}' for look in LOOKS)}{'range off':>11}{'untold':>8}")
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1"}  # of the processes about to start
    with get_context("spawn").Pool(asked.jobs) as pool:
        for row in (row for row in ROWS if asked.only in row.name):
            outcomes = pool.map(outcome, [(row, asked.seed + number) for number in range(asked.people)], chunksize=5)
            b1, b2, off, untold = zip(*outcomes, strict=True)
            print(f"{row.name:24} B1{beside(list(b1), row.b1, row.nights)}{100 * np.mean(off):11.1f}")
            print(f"{'':24} B2{beside(list(b2), row.b2, row.nights)}{'':11}{100 * np.mean(untold):8.1f}", flush=True)


if __name__ == "__main__":
    main()
