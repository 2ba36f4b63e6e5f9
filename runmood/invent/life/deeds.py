"""What became of the plan: which runs happened, how far they went, which were missed."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from runmood.invent.life.calendar import EASY, MIDNIGHT, MUCH_LONGER, SURE_RUNS, WARM_UP_AND_RACE, Calendar
from runmood.invent.life.plan import FIRST_LONG_RUN_M, planned_kinds, wished_m

if TYPE_CHECKING:
    import numpy as np

MISSED = 0.25
CLUSTERED, STICKY = 0.8, 0.6
RUN_ON_REST = 0.03
HARD_STRETCH = 1.15  # and no run is missed in it, which is the larger part of its load
SENSIBLE_STEP = 1.06
MUCH_LONGER_STEP = 1.45
LOOK_BACK = dt.timedelta(days=30)
EFFORTS = {"easy": 4, "long": 5, "intervals": 7, "race": 8, MUCH_LONGER: 7, "warm-up": 3}


@dataclass(frozen=True, slots=True)
class Going:
    """One run that happened: when, where, what kind, how far, how hard."""

    date: dt.date
    started_at: dt.datetime
    time_zone: str
    kind: str
    distance_m: float
    effort: int


@dataclass(frozen=True, slots=True)
class Deeds:
    """One day's plan and what became of it."""

    date: dt.date
    planned: str | None
    planned_m: float | None
    missed: bool = False
    runs: tuple[Going, ...] = ()


def year_of_deeds(calendar: Calendar, rng: np.random.Generator) -> list[Deeds]:
    """Every day's plan and runs; how the runner feels has no part in it."""
    plan = planned_kinds(calendar, rng)
    deeds: list[Deeds] = []
    inclination = rng.normal()
    for date in calendar.dates:
        inclination = STICKY * inclination + math.sqrt(1 - STICKY**2) * rng.normal()
        missed_odds = math.log(MISSED / (1 - MISSED)) + CLUSTERED * inclination
        missed = rng.random() < 1 / (1 + math.exp(-missed_odds))
        deeds.append(_day(calendar, _planned(calendar, date, plan.get(date), deeds, rng), deeds, missed, rng))
    return deeds


def _planned(calendar: Calendar, date: dt.date, kind: str | None, past: list[Deeds], rng: np.random.Generator) -> Deeds:
    """The day as the plan of the Sunday before has it: never much further than what was run lately."""
    wished = wished_m(kind or EASY, calendar.week(date), rng)
    if kind is None:
        return Deeds(date, None, None)
    stretch = HARD_STRETCH if calendar.hard(date) and kind != "long" else 1.0
    sunday = date - dt.timedelta(days=date.weekday())
    sensible = SENSIBLE_STEP * (longest_m(past, sunday) or FIRST_LONG_RUN_M)
    return Deeds(date, kind, round(min(wished * stretch, sensible), -2))


def _day(calendar: Calendar, day: Deeds, past: list[Deeds], missed: bool, rng: np.random.Generator) -> Deeds:
    """The same day with what happened."""
    date, kind = day.date, day.planned
    unplanned = kind is None and rng.random() < RUN_ON_REST and not (calendar.away(date) or calendar.ill(date))
    sure = calendar.hard(date) or (calendar.week(date), date.weekday()) in SURE_RUNS
    missed = kind is not None and not sure and (missed or calendar.ill(date))
    distance = (day.planned_m or wished_m(EASY, 0, rng)) * rng.normal(1, 0.015)
    clock = _clock(kind or EASY, date, rng)
    if not unplanned and (kind is None or missed):
        return replace(day, missed=missed)
    return replace(day, runs=_runs(calendar, day, clock, _run_m(kind, distance, longest_m(past, date))))


def _run_m(kind: str | None, distance: float, longest: float | None) -> float:
    """How far the run went: near what was meant, and a sensible step at most, but for the one that was not."""
    if longest is None:
        return float(FIRST_LONG_RUN_M)
    return round(MUCH_LONGER_STEP * longest if kind == MUCH_LONGER else min(distance, SENSIBLE_STEP * longest))


def longest_m(past: list[Deeds], date: dt.date) -> float | None:
    """The longest run of the 30 days before a date; null without one."""
    runs = [run.distance_m for day in past[-40:] if date - LOOK_BACK <= day.date < date for run in day.runs]
    return max(runs, default=None)


def _runs(calendar: Calendar, day: Deeds, clock: tuple[int, int, int], distance: float) -> tuple[Going, ...]:
    """The day's runs: one, or a warm-up and an hour later the race."""
    started_at, zone = calendar.at(day.date, *clock), calendar.zone(day.date)
    kinds = [(day.planned or EASY, 0, distance)]
    if day.planned == WARM_UP_AND_RACE:
        kinds = [("warm-up", 0, 2_000.0), ("race", 60, distance)]
    return tuple(
        Going(day.date, started_at + dt.timedelta(minutes=later), zone, kind, metres, _effort(calendar, day, kind))
        for kind, later, metres in kinds
    )


def _effort(calendar: Calendar, day: Deeds, kind: str) -> int:
    """How hard the run felt, 0 to 10; one more in the hard stretch."""
    return EFFORTS.get(kind, EFFORTS["easy"]) + (1 if calendar.hard(day.date) else 0)


def _clock(kind: str, date: dt.date, rng: np.random.Generator) -> tuple[int, int, int]:
    """Hour, minute and second at which the run begins: morning, lunch or late afternoon; a free morning at weekends."""
    minutes, second = int(rng.integers(0, 50)), int(rng.integers(0, 60))
    first = int(rng.choice((410, 740, 1040), p=(0.45, 0.2, 0.35)))
    if kind == MIDNIGHT:
        first, minutes = 23 * 60 + 40, 0
    elif date.weekday() >= 5:  # noqa: PLR2004 - Saturday and Sunday
        first = 520
    return (first + minutes) // 60, (first + minutes) % 60, second
