"""How often the findings beside B1 and B2 are wrong, and how often missed: the product's own door, every night.

    python benchmarks/calibration_others.py --people 200

People of the science dossier (`sim/overtraining.py` and `sim/multiflag.py` in the shared folder beside the repository,
or where RUNMOOD_SHARED points) become frames of days and runs; a few worlds of our own stand below. In brackets is what
the dossier's prototypes found. Seeds are fixed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import functools
import json
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from parts.shares import share_and_error

from runmood.findings import evaluate_all
from runmood.schema.tables import DAYS, RUN_MOODS, RUNS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from runmood.schema.types import Table


SHARED = Path(os.environ.get("RUNMOOD_SHARED", Path(__file__).parents[2] / "shared"))
MONDAY = dt.date(2024, 1, 1)
YEAR = 365
BEGUN = 200  # the day on which a planted stretch begins
GAP = 28  # nights between two episodes that count as two


@dataclass(frozen=True, slots=True)
class Person:
    """The frames the door takes."""

    days: pl.DataFrame
    runs: pl.DataFrame = field(default_factory=RUNS.empty)
    run_moods: pl.DataFrame = field(default_factory=RUN_MOODS.empty)

    def asked(self) -> pl.DataFrame:
        """Every answer of every night."""
        return evaluate_all(self.days, self.runs, self.run_moods)


# --- worlds ------------------------------------------------------------------------------------------------


@functools.cache
def dossier(name: str) -> ModuleType:
    """A module of the dossier's simulations."""
    sys.path.insert(0, str(SHARED / "sim"))
    return __import__(name)


def training(seed: int, severity: float | None = None, *, life: bool = False, efforts: bool = True) -> Person:
    """A runner of `overtraining.py`: load, efforts, and one wellness, said as mood and energy; a point a deviation.

    With a severity (in deviations) a hard stretch begins on day BEGUN: five weeks of .45 more load that come to feel a
    point harder, and wellness that falls by so much; at 0 it is borne well. With `life`, mood dips for reasons of its
    own.
    """
    stretch = None if severity is None else (BEGUN, severity)
    them = dossier("overtraining").person(np.random.default_rng(seed), YEAR, stretch, life)
    ran = them["dur"] > 0
    said = np.clip(5 + them["well"], 0, 10)
    days = days_of(
        runs=ran.astype(int), moving_s=60 * them["dur"], load=them["load"], mood_evening=said, energy_evening=said
    )
    effort = np.minimum(them["srpe"][ran], 10) if efforts else np.full(ran.sum(), np.nan)
    return Person(days, runs_of(np.flatnonzero(ran), effort=effort))


def tagged(seed: int, effects: dict[int, float], nights: int = YEAR) -> Person:
    """A runner of `multiflag.py`: twelve tags, the lift of each run, a point a deviation."""
    effect = np.zeros(12)
    effect[list(effects)] = list(effects.values())
    chance = np.random.default_rng(seed)
    day, tags, lift = dossier("multiflag").person(chance, nights, effect)
    before = np.clip(5 + 0.8 * chance.standard_normal(len(day)), 3, 7)
    named = [[f"tag {place:02}" for place in np.flatnonzero(row)] for row in tags]
    moods = moods_of(day, before, before + lift, tags=named)
    return Person(days_of(runs=np.isin(np.arange(nights), day)), run_moods=moods)


def lifted(seed: int, lift: float = 0.0, *, selects: bool = False, growing: float = 0.0, grows: float = 0.0) -> Person:
    """A runner with moods before and after two runs in three, 1.3 points a deviation, a mood with memory and noise.

    `lift` is in deviations, `growing` its change over twelve weeks; `grows` is the growth of minutes in twelve weeks.
    Who `selects` rates a run mostly when mood is low before it.
    """
    chance = np.random.default_rng(seed)
    state = memory(chance, YEAR)
    noise = np.sqrt(0.4) * chance.standard_normal((3, YEAR))
    ran = chance.random(YEAR) < 4 / 7
    before, after, evening = state + noise
    after += lift + growing * np.arange(YEAR) / 84
    rated = ran & (chance.random(YEAR) < (np.where(before < -0.5, 0.9, 0.25) if selects else 0.67))
    minutes = 40 * (1 + grows) ** (np.arange(YEAR) % 180 / 84) * np.exp(0.15 * chance.standard_normal(YEAR))
    said = np.where(chance.random(YEAR) < 0.8, points(evening), np.nan)
    days = days_of(runs=ran.astype(int), moving_s=np.where(ran, 60 * minutes, 0), mood_evening=said)
    return Person(days, run_moods=moods_of(np.flatnonzero(rated), points(before[rated]), points(after[rated])))


def coping(seed: int, effect: float = 0.0) -> Person:
    """Someone who notes on four days in five which of eight things helped; the second (.35 of days) has an effect."""
    chance = np.random.default_rng(seed)
    often = np.array([0.5, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05])
    helped = chance.random((YEAR, 8)) < often
    mood = memory(chance, YEAR) + np.sqrt(0.4) * chance.standard_normal(YEAR) + effect * helped[:, 1]
    logged = chance.random(YEAR) < 0.8
    named = [[f"thing {k}" for k in np.flatnonzero(row)] or ["nothing"] for row in helped]
    log = [words if said else None for words, said in zip(named, logged, strict=True)]
    return Person(days_of(runs=chance.random(YEAR) < 4 / 7, mood_evening=points(mood), helped=log))


def memory(chance: np.random.Generator, length: int) -> np.ndarray:
    """An AR(1) of .6 with variance .6."""
    state, shocks = np.empty(length), np.sqrt(0.6) * chance.standard_normal(length)
    state[0] = shocks[0]
    for day in range(1, length):
        state[day] = 0.6 * state[day - 1] + 0.8 * shocks[day]
    return state


def points(deviations: np.ndarray) -> np.ndarray:
    """Whole points around 6, 1.3 a deviation."""
    return np.clip(np.round(6 + 1.3 * deviations), 0, 10)


# --- frames ------------------------------------------------------------------------------------------------


def days_of(**columns: Sequence[object] | np.ndarray) -> pl.DataFrame:
    """Dense days from a Monday on; nan is unsaid."""
    length = len(columns["runs"])
    date = [MONDAY + dt.timedelta(days=number) for number in range(length)]
    frame = pl.DataFrame(
        {"local_date": date, "weekday": [day.isoweekday() for day in date], "day_kind": ["no_run"] * length, **columns}
    )
    return DAYS.check(filled(DAYS, frame))


def runs_of(day: np.ndarray, **columns: np.ndarray) -> pl.DataFrame:
    """Runs on these days."""
    date = [MONDAY + dt.timedelta(days=int(number)) for number in day]
    noon = [dt.datetime(d.year, d.month, d.day, 12, tzinfo=dt.UTC) for d in date]
    name = [f"run-{number}" for number in range(len(day))]
    always = {"run_id": name, "recording_id": name, "local_date": date, "started_at": noon, "ended_at": noon}
    said = {"local_clock": ["12:00"] * len(day), "time_zone": ["UTC"] * len(day)}
    return RUNS.check(filled(RUNS, pl.DataFrame({**always, **said, **columns})))


def moods_of(day: np.ndarray, before: np.ndarray, after: np.ndarray, **columns: object) -> pl.DataFrame:
    """Runs on these days with the mood before and after."""
    named = {
        "run_id": [f"run-{number}" for number in range(len(day))],
        "local_date": [MONDAY + dt.timedelta(days=int(number)) for number in day],
        "local_clock": ["12:00"] * len(day),
    }
    moods = {"mood_before": np.clip(before, 0, 10), "mood_after": np.clip(after, 0, 10)}
    return RUN_MOODS.check(filled(RUN_MOODS, pl.DataFrame({**named, **moods, **columns})))


def filled(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the columns it lacks as null, and numbers that are nan as null."""
    frame = frame.with_columns(pl.col(pl.Float64).fill_nan(None))
    types = {name: dtype for name, dtype in table.schema.items() if name in frame.columns}
    return pl.concat([table.empty(), frame.cast(types)], how="diagonal")


# --- what was found ----------------------------------------------------------------------------------------


def nights_seen(answers: pl.DataFrame, code: str) -> np.ndarray:
    """Whether it was seen, night by night."""
    return (answers.filter(question=code).sort("night")["state"] == "seen").to_numpy()


def ever(code: str) -> Callable[[pl.DataFrame], dict[str, float]]:
    """In how many people it was ever seen by half a year and a year."""
    return lambda answers: {
        f"{code} by {nights}": float(nights_seen(answers, code)[:nights].any()) for nights in (180, YEAR)
    }


def begun_a_year(code: str, first: int) -> Callable[[pl.DataFrame], dict[str, float]]:
    """How many times a year it began, from a night on; nights seen less than GAP apart are one time."""

    def count(answers: pl.DataFrame) -> dict[str, float]:
        nights = np.flatnonzero(nights_seen(answers, code)[first:])
        begun = len(nights) and 1 + np.count_nonzero(np.diff(nights) > GAP)
        return {f"{code} a year": begun * YEAR / (YEAR - first)}

    return count


def found_after(code: str, *looks: int) -> Callable[[pl.DataFrame], dict[str, float]]:
    """Whether it was seen by so many days after BEGUN."""

    def by(answers: pl.DataFrame) -> dict[str, float]:
        seen = nights_seen(answers, code)[BEGUN:]
        return {f"{code} by day {look}": float(seen[: look + 1].any()) for look in looks}

    return by


def things_seen(code: str, *true: str) -> Callable[[pl.DataFrame], dict[str, float]]:
    """Whether anything false was ever seen, and each true thing."""

    def seen(answers: pl.DataFrame) -> dict[str, float]:
        nights = [json.loads(facts).get("things", ()) for facts in answers.filter(question=code)["facts"]]
        named = [{thing["thing"] for thing in night if thing["seen"]} for night in nights]
        out = {"any false by 180": float(any(night - set(true) for night in named[:180]))}
        out |= {"any false by 365": float(any(night - set(true) for night in named))}
        return out | {thing: float(any(thing in night for night in named)) for thing in true}

    return seen


TESTED = ("B1", "B2", "B6", "C1", "C2", "C3", "C4")


def anything(answers: pl.DataFrame) -> dict[str, float]:
    """Whether any tested question was ever seen."""
    return {"any tested by 365": float(any(nights_seen(answers, code).any() for code in TESTED))}


@dataclass(frozen=True, slots=True)
class Row:
    """A world, what is looked for in it, and what it was elsewhere or is to be."""

    name: str
    person: Callable[[int], Person]
    looks: tuple[Callable[[pl.DataFrame], dict[str, float]], ...]
    beside: str = ""


T3 = {1: 0.5, 4: 0.5, 7: 0.8}
ROWS = (
    Row("A5, S1: life events", functools.partial(training, life=True),
        (begun_a_year("A5", 70), begun_a_year("S1", 70)), "A5 .69, bar .6"),
    Row("A5, S1: nothing special", training, (begun_a_year("A5", 70), begun_a_year("S1", 70)), "S1 .4-.5"),
    Row("A5: life events, no efforts", functools.partial(training, life=True, efforts=False),
        (begun_a_year("A5", 70),), ".51"),
    *(Row(f"A5: stretch of {severity} SD", functools.partial(training, severity=severity),
          (found_after("A5", 28, 42),), beside)
      for severity, beside in ((0.8, ".38 .65"), (1.2, ".59 .85, bar .67 .83"), (1.8, ".68 .93"))),
    Row("A5: a hard block borne well", functools.partial(training, severity=0.0), (found_after("A5", 28, 42),),
        "bar .26"),
    Row("A5: 1.2 SD, no efforts", functools.partial(training, severity=1.2, efforts=False),
        (found_after("A5", 28, 42),), ".43 .73"),
    Row("C2: twelve null tags", functools.partial(tagged, effects={}), (things_seen("C2"),), ".01 .05, bar .05"),
    Row("C2: .5, .5 and .8 true", functools.partial(tagged, effects=T3),
        (things_seen("C2", "tag 01", "tag 04", "tag 07"),), ".47 .44 .73 of twelve tags"),
    Row("C1: no lift", lifted, (ever("C1"), ever("B6"), anything)),
    Row("C1: no lift, rates when low", functools.partial(lifted, selects=True), (ever("C1"),)),
    *(Row(f"C1: lift of {lift}", functools.partial(lifted, lift=lift), (ever("C1"),)) for lift in (0.2, 0.34, 0.5)),
    Row("B6: lift grows with minutes", functools.partial(lifted, lift=0.4, growing=0.1, grows=0.4), (ever("B6"),)),
    Row("B6: lift stays", functools.partial(lifted, lift=0.4, grows=0.4), (ever("B6"),)),
    Row("B6: lift falls by .5 SD", functools.partial(lifted, lift=1.0, growing=-0.5, grows=0.4), (ever("B6"),)),
    Row("C4: eight null things", coping, (things_seen("C4"), anything)),
    Row("C4: one of .5", functools.partial(coping, effect=0.5), (things_seen("C4", "thing 1"),)),
)  # fmt: skip


def main() -> None:
    """The table, a row at a time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=200, help="people a row")
    parser.add_argument("--seed", type=int, default=1000, help="of the first person; the others follow")
    parser.add_argument("--only", default="", help="rows whose name contains this")
    asked = parser.parse_args()
    for row in (row for row in ROWS if asked.only in row.name):
        began, found = time.process_time(), []
        for seed in range(asked.seed, asked.seed + asked.people):
            answers = row.person(seed).asked()
            found.append({name: value for look in row.looks for name, value in look(answers).items()})
        told = ", ".join(f"{name} {share_and_error([one[name] for one in found])}" for name in found[0])
        cost = (time.process_time() - began) / asked.people
        print(f"{row.name:34} {told:78} ({row.beside}) {cost:.2f} s a person", flush=True)


if __name__ == "__main__":
    main()
