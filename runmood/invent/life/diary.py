"""The whole truth of the year, one row a day: what the files and the check-ins are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.invent.life.calendar import LATE_WEEKS, Calendar
from runmood.invent.life.moods import moods

if TYPE_CHECKING:
    import datetime as dt

    from runmood.invent.life.deeds import Deeds

MORNINGS_ANSWERED, EVENINGS_ANSWERED = 0.75, 0.85


def year_diary(calendar: Calendar, deeds: list[Deeds], missed_dip: float, seed: int) -> pl.DataFrame:
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
