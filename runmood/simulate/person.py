"""The year the runner lives through: its days, its clock, and what was to happen in which week."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


HOME_ZONE = "Europe/Lisbon"
TRIP_ZONE = "America/New_York"

# Counted in weeks from the Monday on or before the first day. The hard stretch has ten ordinary weeks before it.
ILL_WEEK, ILL_WEEKDAYS = 9, range(1, 5)
TRIP_WEEK = 16
HARD_WEEKS = range(34, 39)
LATE_WEEKS = (5, 21, 43)

TREADMILL = "treadmill"
MIDNIGHT = "midnight"
WARM_UP_AND_RACE = "warm-up and race"
MUCH_LONGER = "much longer"
EASY = "easy"

# Runs that are sure to happen: (week, weekday from Monday 0) -> what kind.
SURE_RUNS = {
    (6, 3): TREADMILL,
    (13, 3): MIDNIGHT,
    (TRIP_WEEK, 1): EASY,
    (TRIP_WEEK, 4): EASY,
    (18, 5): WARM_UP_AND_RACE,
    (22, 6): MUCH_LONGER,
    (29, 5): WARM_UP_AND_RACE,
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of the diary, from the first to the last."""

    first: dt.date
    last: dt.date

    @property
    def dates(self) -> list[dt.date]:
        """Every day, none left out."""
        return [self.first + dt.timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    @property
    def monday(self) -> dt.date:
        """The Monday on or before the first day; week 0 begins there."""
        return self.first - dt.timedelta(days=self.first.weekday())

    @property
    def weeks(self) -> range:
        """The numbers of the weeks that hold a day of the diary."""
        return range(self.week(self.last) + 1)

    def week(self, date: dt.date) -> int:
        """The number of the week a day lies in."""
        return (date - self.monday).days // 7

    def date(self, week: int, weekday: int) -> dt.date:
        """The day on a weekday (Monday 0) of a week."""
        return self.monday + dt.timedelta(weeks=week, days=weekday)

    def ill(self, date: dt.date) -> bool:
        """Whether the runner lay in bed."""
        return self.week(date) == ILL_WEEK and date.weekday() in ILL_WEEKDAYS

    def away(self, date: dt.date) -> bool:
        """Whether the runner was on the trip."""
        return self.week(date) == TRIP_WEEK

    def hard_day(self, date: dt.date) -> int | None:
        """Days since the hard stretch began, also after its end; null before it."""
        since = (date - self.date(HARD_WEEKS.start, 0)).days
        return since if since >= 0 else None

    def hard(self, date: dt.date) -> bool:
        """Whether the day lies in the hard stretch."""
        return self.week(date) in HARD_WEEKS

    def zone(self, date: dt.date) -> str:
        """The zone of the place where the runner was."""
        return TRIP_ZONE if self.away(date) else HOME_ZONE

    def at(self, date: dt.date, hour: int, minute: int = 0, second: int = 0) -> dt.datetime:
        """The instant, in UTC, at which the runner's own clock showed this."""
        local = dt.datetime.combine(date, dt.time(hour, minute, second), ZoneInfo(self.zone(date)))
        return local.astimezone(dt.UTC)


# --- How the runner felt, day by day: a mood that lingers, notes that waver, and a dip on missed days.

if TYPE_CHECKING:
    Days = NDArray[np.float64]

LINGERS, STATE_SHARE = 0.6, 0.6
WEEKEND = 0.28
ILL = 1.0
HARD_DEPTH, HARD_FULL_DAY, HARD_AFTER = 1.2, 21, 14
MOOD_POINTS = 1.3
MOOD_MEAN = 6.3
LIFT = 0.6  # mood points after a run, above the morning before it


def moods(
    calendar: Calendar, deeds: list[SimulatedDay], missed_dip: float, rng: np.random.Generator
) -> dict[str, NDArray[np.float64]]:
    """Every score of every day, as the person would say it if asked, in whole points from 0 to 10.

    `mood_sd` is the evening's mood in standard deviations, before it is rounded.
    Source of memory and noise share: Schuurman et al. 2015, doi:10.3389/fpsyg.2015.01038.
    """
    days = len(deeds)
    morning_state, evening_state = _states(days, rng)
    dates = calendar.dates
    usual = -ILL * _each(calendar.ill, dates) - hard_depth(calendar)
    dip = missed_dip * np.array([day.missed for day in deeds], dtype=float)
    noise = math.sqrt(1 - STATE_SHARE) * rng.normal(size=days)
    weekend = WEEKEND * _each(lambda date: date.weekday() >= 5, dates)  # noqa: PLR2004 - Saturday and Sunday
    evening = evening_state + noise + weekend + usual - dip
    morning = morning_state + 0.7 * math.sqrt(1 - STATE_SHARE) * rng.normal(size=days) + usual
    ran = np.array([bool(day.runs) for day in deeds], dtype=float)
    other = rng.normal(size=(6, days))
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


def hard_depth(calendar: Calendar) -> Days:
    """How far the hard stretch weighs on each day: full after three weeks, gone two weeks after its end."""
    length = 7 * len(HARD_WEEKS)
    since = [calendar.hard_day(date) for date in calendar.dates]
    days = np.array([math.nan if day is None else day for day in since], dtype=float)
    rising = np.minimum((days + 1) / HARD_FULL_DAY, 1)
    falling = np.clip(1 - (days - length + 1) / HARD_AFTER, 0, 1)
    return HARD_DEPTH * np.nan_to_num(np.minimum(rising, falling))


def _states(days: int, rng: np.random.Generator) -> tuple[Days, Days]:
    """The lingering part of mood in the morning and in the evening of every day."""
    spread = math.sqrt(STATE_SHARE)
    half_shock = spread * math.sqrt((1 - LINGERS**2) / 2)
    shocks = half_shock * rng.normal(size=(days, 2))
    evening, mornings, evenings = spread * rng.normal(), [], []
    for early, late in shocks.tolist():
        mornings.append(LINGERS * evening + early)
        evening = mornings[-1] + late
        evenings.append(evening)
    return np.array(mornings), np.array(evenings)


def _each(asks: Callable[[dt.date], bool], dates: list[dt.date]) -> Days:
    """One where the answer is yes, nought where it is no."""
    return np.array([asks(date) for date in dates], dtype=float)


def _points(mean: float, spread: float, deviations: Days) -> Days:
    """Scores in whole points from 0 to 10."""
    return np.clip(np.round(mean + spread * deviations), 0, 10)


# --- What the runner means to do, week by week; written down on the Sunday before.

USUAL_WEEKDAYS = (1, 3, 5, 6)
SHIFTED = 0.18
FIRST_LONG_RUN_M, LONG_RUN_GROWTH_M, LONG_RUN_LIMIT_M = 10_000, 180, 17_000
INTERVALS_EVERY = 3


def planned_kinds(calendar: Calendar, rng: np.random.Generator) -> dict[dt.date, str]:
    """The kind of run planned for each day that has one; every other day is a planned rest.

    Four runs a week; each moves by a day with some chance, so that runs and rests share the weekdays.
    """
    return {
        calendar.date(week, weekday): kind
        for week in calendar.weeks
        for weekday, kind in _week(week, _weekdays(week, rng)).items()
    }


def wished_m(kind: str, week: int, rng: np.random.Generator) -> float:
    """How far a run of this kind is meant to be."""
    if kind == "long":
        return min(FIRST_LONG_RUN_M + LONG_RUN_GROWTH_M * week, LONG_RUN_LIMIT_M)
    least, most = {"intervals": (7_000, 8_000), WARM_UP_AND_RACE: (10_000, 10_000)}.get(kind, (5_000, 8_000))
    return float(rng.integers(least // 500, most // 500 + 1) * 500)


def _weekdays(week: int, rng: np.random.Generator) -> list[int]:
    """The weekdays of one week's runs, in order."""
    moves = rng.choice((-1, 0, 1), size=len(USUAL_WEEKDAYS), p=(SHIFTED / 2, 1 - SHIFTED, SHIFTED / 2))
    sure = [weekday for number, weekday in SURE_RUNS if number == week]
    if week == TRIP_WEEK:
        return sure
    taken: list[int] = []
    for usual, move in zip(USUAL_WEEKDAYS, moves.tolist(), strict=True):
        moved = min(max(usual + move, 0), 6)
        taken.append(usual if moved in taken else moved)
    return sorted(_made_room(set(taken), sure))


def _made_room(weekdays: set[int], sure: list[int]) -> set[int]:
    """The weekdays with the sure ones among them, each in place of its nearest."""
    for weekday in sure:
        if weekday not in weekdays:
            nearest = min(weekdays - set(sure), key=lambda other: (abs(other - weekday), other))
            weekdays = (weekdays - {nearest}) | {weekday}
    return weekdays


def _week(week: int, weekdays: list[int]) -> dict[int, str]:
    """The kind of each of one week's runs: the last is the long one, and now and then there are intervals."""
    kinds = dict.fromkeys(weekdays, "easy")
    if week != TRIP_WEEK:
        kinds[weekdays[-1]] = "long"
    if week % INTERVALS_EVERY == 1:
        kinds[weekdays[1]] = "intervals"
    return kinds | {weekday: kind for (number, weekday), kind in SURE_RUNS.items() if number == week}


# --- What became of the plan: which runs happened, how far they went, which were missed.

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


def year_of_deeds(calendar: Calendar, rng: np.random.Generator) -> list[SimulatedDay]:
    """Every day's plan and runs; how the runner feels has no part in it."""
    plan = planned_kinds(calendar, rng)
    deeds: list[SimulatedDay] = []
    inclination = rng.normal()
    for date in calendar.dates:
        inclination = STICKY * inclination + math.sqrt(1 - STICKY**2) * rng.normal()
        missed_odds = math.log(MISSED / (1 - MISSED)) + CLUSTERED * inclination
        missed = rng.random() < 1 / (1 + math.exp(-missed_odds))
        deeds.append(_day(calendar, _planned(calendar, date, plan.get(date), deeds, rng), deeds, missed, rng))
    return deeds


def _planned(
    calendar: Calendar, date: dt.date, kind: str | None, past: list[SimulatedDay], rng: np.random.Generator
) -> SimulatedDay:
    """The day as the plan of the Sunday before has it: never much further than what was run lately."""
    wished = wished_m(kind or EASY, calendar.week(date), rng)
    if kind is None:
        return SimulatedDay(date, None, None)
    stretch = HARD_STRETCH if calendar.hard(date) and kind != "long" else 1.0
    sunday = date - dt.timedelta(days=date.weekday())
    sensible = SENSIBLE_STEP * (longest_m(past, sunday) or FIRST_LONG_RUN_M)
    return SimulatedDay(date, kind, round(min(wished * stretch, sensible), -2))


def _day(
    calendar: Calendar, day: SimulatedDay, past: list[SimulatedDay], missed: bool, rng: np.random.Generator
) -> SimulatedDay:
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


def longest_m(past: list[SimulatedDay], date: dt.date) -> float | None:
    """The longest run of the 30 days before a date; null without one."""
    runs = [run.distance_m for day in past[-40:] if date - LOOK_BACK <= day.date < date for run in day.runs]
    return max(runs, default=None)


def _runs(
    calendar: Calendar, day: SimulatedDay, clock: tuple[int, int, int], distance: float
) -> tuple[SimulatedRun, ...]:
    """The day's runs: one, or a warm-up and an hour later the race."""
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


# --- The whole truth of the year, one row a day: what the files and the check-ins are made from.

MORNINGS_ANSWERED, EVENINGS_ANSWERED = 0.75, 0.85


def year_diary(calendar: Calendar, deeds: list[SimulatedDay], missed_dip: float, seed: int) -> pl.DataFrame:
    """One row a day; scores as they would be said, and whether they were.

    `missed` is a planned run that did not happen; `distance_m` is 0 and `longest_m` null on a day without a run.
    """
    scores = moods(calendar, deeds, missed_dip, np.random.default_rng((seed, 2)))
    rng = np.random.default_rng((seed, 3))
    answered = rng.random((2, len(deeds)))
    facts = pl.DataFrame(
        {
            "date": [day.date for day in deeds],
            "weekday": [day.date.isoweekday() for day in deeds],
            "planned": ["rest" if day.planned is None else "run" for day in deeds],
            "planned_m": [day.planned_m for day in deeds],
            "kind": [day.planned for day in deeds],
            "ran": [bool(day.runs) for day in deeds],
            "missed": [day.missed for day in deeds],
            "runs": [len(day.runs) for day in deeds],
            "distance_m": [float(sum(run.distance_m for run in day.runs)) for day in deeds],
            "longest_m": [max((run.distance_m for run in day.runs), default=None) for day in deeds],
            "effort": [max((run.effort for run in day.runs), default=None) for day in deeds],
            "ill": [calendar.ill(day.date) for day in deeds],
            "away": [calendar.away(day.date) for day in deeds],
            "hard": [calendar.hard(day.date) for day in deeds],
            "morning_said": answered[0] < MORNINGS_ANSWERED,
            "evening_said": answered[1] < EVENINGS_ANSWERED,
        },
        schema_overrides={"planned_m": pl.Float64, "kind": pl.String, "longest_m": pl.Float64, "effort": pl.Int64},
    )
    frame = facts.with_columns(pl.Series(name, values) for name, values in scores.items())
    return frame.with_columns(late=pl.col("date").is_in(_late_evenings(calendar, frame)))


def _late_evenings(calendar: Calendar, diary: pl.DataFrame) -> list[dt.date]:
    """The evenings that were written down the next morning: the first answered one in each of three weeks."""
    answered = diary.filter(pl.col("evening_said"))["date"].to_list()
    firsts = (next((date for date in answered if calendar.week(date) == week), None) for week in LATE_WEEKS)
    return [date for date in firsts if date is not None]
