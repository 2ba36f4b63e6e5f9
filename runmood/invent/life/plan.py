"""What the runner means to do, week by week; written down on the Sunday before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.invent.life.calendar import SURE_RUNS, TRIP_WEEK, WARM_UP_AND_RACE, Calendar

if TYPE_CHECKING:
    import datetime as dt

    import numpy as np

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
