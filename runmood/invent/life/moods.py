"""How the runner felt, day by day: a mood that lingers, notes that waver, and a dip on missed days.

An AR(1) state and noise, together with a standard deviation of one: the process on which the tests of findings are
calibrated. A morning's mood holds half of the day's change and nothing of what the day then brings.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from runmood.invent.life.calendar import HARD_WEEKS, Calendar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from numpy.typing import NDArray

    from runmood.invent.life.deeds import Deeds

    Days = NDArray[np.float64]

LINGERS, STATE_SHARE = 0.6, 0.6
WEEKEND = 0.28
ILL = 1.0
HARD_DEPTH, HARD_FULL_DAY, HARD_AFTER = 1.2, 21, 14
MOOD_POINTS = 1.3
MOOD_MEAN = 6.3
LIFT = 0.6  # mood points after a run, above the morning before it


def moods(
    calendar: Calendar, deeds: list[Deeds], missed_dip: float, rng: np.random.Generator
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
