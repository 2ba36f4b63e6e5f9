"""A simulated runner: how they feel each day, what they plan, what becomes of it, and all of it as one row a day."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.simulate.calendar import (
    EASY,
    HARD_WEEKS,
    LATE_WEEKS,
    MIDNIGHT,
    MUCH_LONGER,
    SURE_RUNS,
    TRIP_WEEK,
    WARM_UP_AND_RACE,
    Calendar,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Days = NDArray[np.float64]


# How the runner felt, day by day: a mood that lingers, notes that waver, and a dip on missed days.

MOOD_MEMORY, STATE_SHARE = 0.6, 0.6
WEEKEND = 0.28
ILL = 1.0
HARD_DEPTH, HARD_FULL_DAY, HARD_AFTER = 1.2, 21, 14
MOOD_POINTS = 1.3
MOOD_MEAN = 6.3
LIFT = 0.6  # mood points after a run, above the morning before it


def simulate_moods(
    calendar: Calendar, days: list[SimulatedDay], missed_dip: float, rng: np.random.Generator
) -> dict[str, NDArray[np.float64]]:
    """Simulate every score of every day, as the person would answer if asked.

    The memory of mood and its share of noise are those of Schuurman et al. 2015, doi:10.3389/fpsyg.2015.01038.

    Args:
        calendar: the days.
        days: what happened on each of them.
        missed_dip: how much lower the evening is after a missed run, in standard deviations of mood.
        rng: the source of everything random.

    Returns:
        Scores by name, one a day, in whole points from 0 to 10; `mood_sd` is the evening's mood in standard deviations,
        before it is rounded.
    """
    length = len(days)
    morning_state, evening_state = _states(length, rng)
    dates = calendar.dates
    usual = -ILL * _each(calendar.ill, dates) - hard_stretch_depth(calendar)
    dip = missed_dip * np.array([day.missed for day in days], dtype=float)
    noise = math.sqrt(1 - STATE_SHARE) * rng.normal(size=length)
    weekend = WEEKEND * _each(lambda date: date.weekday() >= 5, dates)  # noqa: PLR2004 - Saturday and Sunday
    evening = evening_state + noise + weekend + usual - dip
    morning = morning_state + 0.7 * math.sqrt(1 - STATE_SHARE) * rng.normal(size=length) + usual
    ran = np.array([bool(day.runs) for day in days], dtype=float)
    other = rng.normal(size=(6, length))
    return {
        "mood_sd": evening,
        "mood": _points(MOOD_MEAN, MOOD_POINTS, evening),
        "mood_morning": _points(MOOD_MEAN, MOOD_POINTS, morning),
        "energy": _points(6.0, 1.4, 0.6 * (evening - usual) + 0.8 * other[0] + usual),
        "energy_morning": _points(5.8, 1.4, 0.6 * (morning - usual) + 0.8 * other[1] + usual),
        "sleep": _points(6.8, 1.3, other[2] + usual),
        "stress": _points(3.8, 1.5, other[3] - 0.4 * evening_state - usual),
        "tiredness": _points(3.8, 1.4, 0.9 * other[4] + 0.3 * ran - usual),
        "soreness": _points(2.8, 1.3, 0.9 * other[5] + 0.4 * ran - usual),
    }


def hard_stretch_depth(calendar: Calendar) -> Days:
    """Return how far the hard stretch weighs on each day: full after three weeks, gone two weeks after its end."""
    length = 7 * len(HARD_WEEKS)
    since = [calendar.hard_day(date) for date in calendar.dates]
    days = np.array([math.nan if day is None else day for day in since], dtype=float)
    rising = np.minimum((days + 1) / HARD_FULL_DAY, 1)
    falling = np.clip(1 - (days - length + 1) / HARD_AFTER, 0, 1)
    return HARD_DEPTH * np.nan_to_num(np.minimum(rising, falling))


def _states(days: int, rng: np.random.Generator) -> tuple[Days, Days]:
    """Return the lingering part of mood in the morning and in the evening of every day."""
    spread = math.sqrt(STATE_SHARE)
    half_shock = spread * math.sqrt((1 - MOOD_MEMORY**2) / 2)
    shocks = half_shock * rng.normal(size=(days, 2))
    evening, mornings, evenings = spread * rng.normal(), [], []
    for early, late in shocks.tolist():
        mornings.append(MOOD_MEMORY * evening + early)
        evening = mornings[-1] + late
        evenings.append(evening)
    return np.array(mornings), np.array(evenings)


def _each(asks: Callable[[dt.date], bool], dates: list[dt.date]) -> Days:
    """Return 1 where the answer is yes, 0 where it is no."""
    return np.array([asks(date) for date in dates], dtype=float)


def _points(mean: float, spread: float, deviations: Days) -> Days:
    """Return scores in whole points from 0 to 10."""
    return np.clip(np.round(mean + spread * deviations), 0, 10)


# What the runner means to do, week by week; written down on the Sunday before.

USUAL_WEEKDAYS = (1, 3, 5, 6)
SHIFTED = 0.18
FIRST_LONG_RUN_M, LONG_RUN_GROWTH_M, LONG_RUN_LIMIT_M = 10_000, 180, 17_000
INTERVALS_EVERY = 3


def planned_kinds(calendar: Calendar, rng: np.random.Generator) -> dict[dt.date, str]:
    """Plan the kinds of runs: four a week; each moves by a day with some chance, so that weekdays hold runs and rests.

    Returns:
        The kind of run for each day that has one; every other day is a planned rest.
    """
    return {
        calendar.date(week, weekday): kind
        for week in calendar.weeks
        for weekday, kind in _week(week, _weekdays(week, rng)).items()
    }


def intended_distance_m(kind: str, week: int, rng: np.random.Generator) -> float:
    """Return how far a run of this kind is meant to be."""
    if kind == "long":
        return min(FIRST_LONG_RUN_M + LONG_RUN_GROWTH_M * week, LONG_RUN_LIMIT_M)
    least, most = {"intervals": (7_000, 8_000), WARM_UP_AND_RACE: (10_000, 10_000)}.get(kind, (5_000, 8_000))
    return float(rng.integers(least // 500, most // 500 + 1) * 500)


def _weekdays(week: int, rng: np.random.Generator) -> list[int]:
    """Return the weekdays of one week's runs, in order."""
    moves = rng.choice((-1, 0, 1), size=len(USUAL_WEEKDAYS), p=(SHIFTED / 2, 1 - SHIFTED, SHIFTED / 2))
    sure = [weekday for number, weekday in SURE_RUNS if number == week]
    if week == TRIP_WEEK:
        return sure
    taken: list[int] = []
    for usual, move in zip(USUAL_WEEKDAYS, moves.tolist(), strict=True):
        moved = min(max(usual + move, 0), 6)
        taken.append(usual if moved in taken else moved)
    return sorted(_fit_in(set(taken), sure))


def _fit_in(weekdays: set[int], sure: list[int]) -> set[int]:
    """Return the weekdays with the sure ones among them, each in place of its nearest."""
    for weekday in sure:
        if weekday not in weekdays:
            nearest = min(weekdays - set(sure), key=lambda other: (abs(other - weekday), other))
            weekdays = (weekdays - {nearest}) | {weekday}
    return weekdays


def _week(week: int, weekdays: list[int]) -> dict[int, str]:
    """Return the kind of each of one week's runs: the last is the long one, and now and then there are intervals."""
    kinds = dict.fromkeys(weekdays, "easy")
    if week != TRIP_WEEK:
        kinds[weekdays[-1]] = "long"
    if week % INTERVALS_EVERY == 1:
        kinds[weekdays[1]] = "intervals"
    return kinds | {weekday: kind for (number, weekday), kind in SURE_RUNS.items() if number == week}


# What became of the plan: which runs happened, how far they went, which were missed.

MISSED = 0.25
CLUSTERED, STICKY = 0.8, 0.6
RUN_ON_REST = 0.03
HARD_STRETCH = 1.15  # and no run is missed in it, which is the larger part of its load
SENSIBLE_STEP = 1.06
MUCH_LONGER_STEP = 1.45
LOOK_BACK = dt.timedelta(days=30)
EFFORTS = {"easy": 4, "long": 5, "intervals": 7, "race": 8, MUCH_LONGER: 7, "warm-up": 3}


@dataclass(frozen=True, slots=True)
class SimulatedRun:
    """One run that happened: when, where, what kind, how far, how hard."""

    date: dt.date
    started_at: dt.datetime
    time_zone: str
    kind: str
    distance_m: float
    effort: int


@dataclass(frozen=True, slots=True)
class SimulatedDay:
    """One day's plan and what became of it."""

    date: dt.date
    planned: str | None
    planned_m: float | None
    missed: bool = False
    runs: tuple[SimulatedRun, ...] = ()


def simulate_days(calendar: Calendar, rng: np.random.Generator) -> list[SimulatedDay]:
    """Return every day's plan and runs; how the runner feels has no part in it."""
    plan = planned_kinds(calendar, rng)
    days: list[SimulatedDay] = []
    inclination = rng.normal()
    for date in calendar.dates:
        inclination = STICKY * inclination + math.sqrt(1 - STICKY**2) * rng.normal()
        missed_odds = math.log(MISSED / (1 - MISSED)) + CLUSTERED * inclination
        missed = rng.random() < 1 / (1 + math.exp(-missed_odds))
        days.append(_day(calendar, _planned(calendar, date, plan.get(date), days, rng), days, missed, rng))
    return days


def _planned(
    calendar: Calendar, date: dt.date, kind: str | None, past: list[SimulatedDay], rng: np.random.Generator
) -> SimulatedDay:
    """Return the day as the plan of the Sunday before has it: never much further than what was run lately."""
    wished = intended_distance_m(kind or EASY, calendar.week(date), rng)
    if kind is None:
        return SimulatedDay(date, None, None)
    stretch = HARD_STRETCH if calendar.hard(date) and kind != "long" else 1.0
    sunday = date - dt.timedelta(days=date.weekday())
    sensible = SENSIBLE_STEP * (longest_m(past, sunday) or FIRST_LONG_RUN_M)
    return SimulatedDay(date, kind, round(min(wished * stretch, sensible), -2))


def _day(
    calendar: Calendar, day: SimulatedDay, past: list[SimulatedDay], missed: bool, rng: np.random.Generator
) -> SimulatedDay:
    """Return the same day with what happened."""
    date, kind = day.date, day.planned
    unplanned = kind is None and rng.random() < RUN_ON_REST and not (calendar.away(date) or calendar.ill(date))
    sure = calendar.hard(date) or (calendar.week(date), date.weekday()) in SURE_RUNS
    missed = kind is not None and not sure and (missed or calendar.ill(date))
    distance = (day.planned_m or intended_distance_m(EASY, 0, rng)) * rng.normal(1, 0.015)
    clock = _clock(kind or EASY, date, rng)
    if not unplanned and (kind is None or missed):
        return replace(day, missed=missed)
    return replace(day, runs=_runs(calendar, day, clock, _run_m(kind, distance, longest_m(past, date))))


def _run_m(kind: str | None, distance: float, longest: float | None) -> float:
    """Return how far the run went: near what was meant, and a sensible step at most, but for the one that was not."""
    if longest is None:
        return float(FIRST_LONG_RUN_M)
    return round(MUCH_LONGER_STEP * longest if kind == MUCH_LONGER else min(distance, SENSIBLE_STEP * longest))


def longest_m(past: list[SimulatedDay], date: dt.date) -> float | None:
    """Return the longest run of the 30 days before a date; null without one."""
    runs = [run.distance_m for day in past[-40:] if date - LOOK_BACK <= day.date < date for run in day.runs]
    return max(runs, default=None)


def _runs(
    calendar: Calendar, day: SimulatedDay, clock: tuple[int, int, int], distance: float
) -> tuple[SimulatedRun, ...]:
    """Return the day's runs: one, or a warm-up and an hour later the race."""
    started_at, zone = calendar.at(day.date, *clock), calendar.zone(day.date)
    kinds = [(day.planned or EASY, 0, distance)]
    if day.planned == WARM_UP_AND_RACE:
        kinds = [("warm-up", 0, 2_000.0), ("race", 60, distance)]
    return tuple(
        SimulatedRun(
            day.date, started_at + dt.timedelta(minutes=later), zone, kind, metres, _effort(calendar, day, kind)
        )
        for kind, later, metres in kinds
    )


def _effort(calendar: Calendar, day: SimulatedDay, kind: str) -> int:
    """Return how hard the run felt, 0 to 10; one more in the hard stretch."""
    return EFFORTS.get(kind, EFFORTS["easy"]) + (1 if calendar.hard(day.date) else 0)


def _clock(kind: str, date: dt.date, rng: np.random.Generator) -> tuple[int, int, int]:
    """Return hour, minute and second at which the run begins: morning, lunch or late afternoon, at weekends at nine."""
    minutes, second = int(rng.integers(0, 50)), int(rng.integers(0, 60))
    first = int(rng.choice((410, 740, 1040), p=(0.45, 0.2, 0.35)))
    if kind == MIDNIGHT:
        first, minutes = 23 * 60 + 40, 0
    elif date.weekday() >= 5:  # noqa: PLR2004 - Saturday and Sunday
        first = 520
    return (first + minutes) // 60, (first + minutes) % 60, second


# The whole truth of the year, one row a day: what the files and the check-ins are made from.

MORNINGS_ANSWERED, EVENINGS_ANSWERED = 0.75, 0.85


def build_diary(calendar: Calendar, days: list[SimulatedDay], missed_dip: float, seed: int) -> pl.DataFrame:
    """Build the whole truth of the year: scores as they would be noted, and whether they were.

    Returns:
        One row a day; `missed` is a planned run that did not happen, `distance_m` is 0 and `longest_m` null on a day
        without a run.
    """
    scores = simulate_moods(calendar, days, missed_dip, np.random.default_rng((seed, 2)))
    rng = np.random.default_rng((seed, 3))
    answered = rng.random((2, len(days)))
    facts = pl.DataFrame(
        {
            "date": [day.date for day in days],
            "weekday": [day.date.isoweekday() for day in days],
            "planned": ["rest" if day.planned is None else "run" for day in days],
            "planned_m": [day.planned_m for day in days],
            "kind": [day.planned for day in days],
            "ran": [bool(day.runs) for day in days],
            "missed": [day.missed for day in days],
            "runs": [len(day.runs) for day in days],
            "distance_m": [float(sum(run.distance_m for run in day.runs)) for day in days],
            "longest_m": [max((run.distance_m for run in day.runs), default=None) for day in days],
            "effort": [max((run.effort for run in day.runs), default=None) for day in days],
            "ill": [calendar.ill(day.date) for day in days],
            "away": [calendar.away(day.date) for day in days],
            "hard": [calendar.hard(day.date) for day in days],
            "morning_said": answered[0] < MORNINGS_ANSWERED,
            "evening_said": answered[1] < EVENINGS_ANSWERED,
        },
        schema_overrides={"planned_m": pl.Float64, "kind": pl.String, "longest_m": pl.Float64, "effort": pl.Int64},
    )
    frame = facts.with_columns(pl.Series(name, values) for name, values in scores.items())
    return frame.with_columns(late=pl.col("date").is_in(_late_evenings(calendar, frame)))


def _late_evenings(calendar: Calendar, diary: pl.DataFrame) -> list[dt.date]:
    """Return the evenings that were written down the next morning: the first answered one in each of three weeks."""
    answered = diary.filter(pl.col("evening_said"))["date"].to_list()
    firsts = (next((date for date in answered if calendar.week(date) == week), None) for week in LATE_WEEKS)
    return [date for date in firsts if date is not None]
