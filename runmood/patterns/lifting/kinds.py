"""C2: kinds of runs that mood was higher, or lower, after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.patterns.lifting.joint import Needs, Rated, asked_jointly
from runmood.patterns.lifting.pairs import centred, pairs_of
from runmood.terms.choices import DAY_TAGS
from runmood.terms.questions import KINDS_OF_RUNS

if TYPE_CHECKING:
    import polars as pl

    from runmood.patterns.asking import Notes

NEEDS = Needs("rated_runs", rated=30, with_it=8, without=12)


def kinds_of_runs(notes: Notes) -> pl.DataFrame:
    """C2 for every night: lift on mood before, minutes, effort and the kinds most often tagged."""
    pairs = pairs_of(notes)
    tags = pairs.frame["tags"]
    kinds = sorted(set(tags.explode().drop_nulls()) - set(DAY_TAGS))
    tagged = [tags.list.contains(kind).fill_null(value=False).to_numpy() for kind in kinds]
    noted = np.array(tagged, dtype=bool).reshape(len(kinds), len(tags)).T
    equal = [centred(pairs.before), centred(pairs.number("moving_s") / 60), centred(pairs.number("effort"))]
    rows = np.column_stack([np.ones(len(tags)), *equal, noted, pairs.lift])
    by_night = pairs.by_night(len(notes.nights))
    rated = Rated(by_night, tuple(kinds), noted, rows[:, np.newaxis], np.zeros((len(rows), 1)))
    return asked_jointly(KINDS_OF_RUNS, notes, rated, NEEDS)
