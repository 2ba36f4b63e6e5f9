"""The picture in words: a sentence, how to read it, and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.parts import Grid
from runmood.summary.share.picture.steps import LANES, course_of
from runmood.summary.words.phrases import DASH, capital, counted, date, figure, listed

if TYPE_CHECKING:
    from runmood.summary.share.picture.steps import Course, Pace

HEADING = "Mood, energy and running"
CAPTIONS = {
    "day": "Dots are rated evenings; a line is the mean of the seven days around, where three or more were rated.",
    "week": "A line goes through the means of weeks. A bar is as high as the share of the week's days.",
    "month": "A line goes through the means of months. A bar is as high as the share of the month's days.",
}
TABLE_STEP: dict[Pace, Pace] = {"day": "week", "week": "month", "month": "month"}
NAMES = {"week": "Week from", "month": "Month from"}


def sentence(days: pl.DataFrame) -> str:
    """What the time held, planned rest beside running, and how its evenings were rated."""
    counts = days.select(pl.col.local_date.len(), **{name: test.sum() for name, test in LANES.items()}).row(
        0, named=True
    )
    ran, rested, missed, ill = (counts[name] for name in list(LANES)[:4])
    parts = [f"{counted(ran, 'day')} with a run" if ran else "no day with a run"]
    parts += [f"{rested:,} of planned rest"] if rested else []
    parts += [f"{missed:,} on which a planned run did not happen"] if missed else []
    parts += [f"{ill:,} marked ill or injured"] if ill else []
    if not days["runs"].is_not_null().any():
        parts[0] = "whether there were runs is not known"
    return f"{capital(listed(parts))}. {_felt(days)}"


def _felt(days: pl.DataFrame) -> str:
    moods, energies = (days[f"{name}_evening"].drop_nulls() for name in ("mood", "energy"))
    if moods.is_empty():
        return "No evening was rated."
    told = f"Evening mood was {figure(_mean(moods))} of 10 on average ({_rated(moods)}"
    spread = f", from {figure(_least(moods))} to {figure(_most(moods))})" if moods.len() > 1 else ")"
    energy = f", energy {figure(_mean(energies))}" if energies.len() else ""
    return f"{told}{spread}{energy}."


def _rated(moods: pl.Series) -> str:
    return counted(moods.len(), "rated evening")


def _mean(values: pl.Series) -> float:
    return float(values.sum()) / values.len()


def _least(values: pl.Series) -> float:
    return float(values.sort()[0])


def _most(values: pl.Series) -> float:
    return float(values.sort()[-1])


def caption(course: Course) -> str:
    """How to read the picture; empty where there is no line to read."""
    return CAPTIONS[course.pace] if course.rated else ""


def grid(days: pl.DataFrame, course: Course) -> Grid:
    """The picture as a table, by weeks or months."""
    pace = TABLE_STEP[course.pace]
    told = course_of(days, pace)
    head = (NAMES[pace], "Evening mood", "Energy", *(name for name, _ in told.lanes))
    rows = tuple(
        (date(step.start), _shown(step.mood), _shown(step.energy), *(f"{count}" for count in step.lanes))
        for step in told.steps
    )
    return Grid("The picture as a table: means of evenings, and days", head, rows)


def _shown(value: float | None) -> str:
    return DASH if value is None else figure(value)
