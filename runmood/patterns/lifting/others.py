"""C4: other things that helped, and the mood of the evenings on which they were noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.patterns.lifting.joint import Needs, Rated, asked_jointly
from runmood.patterns.model import whiten
from runmood.terms.questions import OTHER_THINGS

if TYPE_CHECKING:
    import polars as pl

    from runmood.patterns.asking import Notes
    from runmood.patterns.windows import Flags, Numbers


NEEDS = Needs("rated_days", rated=20, with_it=10, without=10)
NO_THING = ("running", "nothing", "other")
HALF_A_YEAR = 180  # days; the unit of the trend


def other_things(notes: Notes) -> pl.DataFrame:
    """C4 for every night: evening mood on weekday, trend, running and the things most often noted, with its memory."""
    helped, mood = notes.days["helped"], notes.day("mood_evening")
    counts = helped.is_not_null().to_numpy() & ~np.isnan(mood)
    counts &= ~notes.flag("set_apart") & ~notes.flag("mood_evening_late")
    things = sorted(set(helped.explode().drop_nulls()) - set(NO_THING))
    marked = [notes.marked(thing, column="helped") for thing in things]
    noted = np.array(marked, dtype=bool).reshape(len(things), len(mood)).T[counts]
    rows = np.column_stack([_held_equal(notes)[counts], noted, mood[counts] - 5])
    by_night = np.cumsum(counts, dtype=np.int64)
    return asked_jointly(OTHER_THINGS, notes, Rated(by_night, tuple(things), noted, *_white(rows, counts)), NEEDS)


def _white(rows: Numbers, counts: Flags) -> tuple[Numbers, Numbers]:
    """The rows without their memory; nothing is worked out for somebody who notes nothing."""
    if not len(rows):
        return np.empty((0, 1, rows.shape[1])), np.empty((0, 1))
    return whiten(np.flatnonzero(counts), rows)


def _held_equal(notes: Notes) -> Numbers:
    """The columns of the regression that are no thing: constant, trend, Tuesday to Sunday, whether there was a run."""
    day, weekday = np.arange(len(notes.nights)), notes.day("weekday")
    trend = (day - HALF_A_YEAR / 2) / HALF_A_YEAR
    weekdays = [weekday == number for number in range(2, 8)]
    return np.column_stack([np.ones(len(day)), trend, *weekdays, np.nan_to_num(notes.day("runs")) > 0]).astype(float)
