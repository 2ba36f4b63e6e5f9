"""C1: whether mood was higher after runs than before them.

The lift (after less before) is regressed on the mood before, less the person's usual mood, and on the time of day; the
constant is then the lift of a run begun in one's usual mood. Who rates mostly on bad days would otherwise see their
mood come back to its usual, run or no run, and take it for a lift.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.patterns.families import Tested
from runmood.patterns.lifting.either_way import EitherWay
from runmood.patterns.lifting.pairs import Pairs, centred, pairs_of
from runmood.patterns.model import fit
from runmood.patterns.windows import share
from runmood.terms.questions import RUNS_LIFT

if TYPE_CHECKING:
    from runmood.patterns.asking import Notes
    from runmood.patterns.windows import Counts, Numbers


NEEDED = 15  # runs
NOON, EVENING = 11, 16  # o'clock: where the morning ends and the evening begins
ENOUGH = 20.0  # e-value from which it is seen, as one of a family of two


def runs_lift(notes: Notes) -> Tested:
    """C1 for every night, to be decided with its family."""
    pairs = pairs_of(notes)
    runs = pairs.by_night(len(notes.nights))
    difference = _difference(pairs, runs)
    lacking = {"rated_runs": NEEDED - runs}
    open_ = (runs >= NEEDED) & ~np.isnan(difference.estimate)
    width = difference.half_width
    facts = {
        "rated_runs": runs,
        "higher_after": _by_night(np.cumsum(pairs.lift > 0), runs),
        "lower_after": _by_night(np.cumsum(pairs.lift < 0), runs),
        "mood_before": share(_by_night(np.cumsum(pairs.before), runs), runs),
        "mood_after": share(_by_night(np.cumsum(pairs.before + pairs.lift), runs), runs),
        "detectable": np.where(open_, difference.detectable_at(ENOUGH), np.nan),
    }
    ends = difference.estimate - width, difference.estimate + width
    return Tested(RUNS_LIFT, lacking, difference, difference.shrunken, *ends, facts, open_)


def _difference(pairs: Pairs, runs: Counts) -> EitherWay:
    """The lift of a run begun in one's usual mood, by every night.

    Runs before which too little was said for a usual mood have a constant of their own, so that they tell nothing of
    it; while there are no others, they stand for what is usual.
    """
    hour = pairs.frame["local_clock"].str.slice(0, 2).cast(pl.Int64).to_numpy()
    parts_of_day = [centred(part.astype(np.float64)) for part in (hour < NOON, hour >= EVENING)]
    unusual = np.isnan(pairs.usual)
    off = np.where(unusual, centred(pairs.before), pairs.before - pairs.usual)
    columns = [np.ones(len(hour)), off, *parts_of_day, unusual]
    rows = np.column_stack([*columns, pairs.lift])
    asked = np.repeat(np.arange(1, len(rows) + 1)[:, np.newaxis] >= NEEDED, len(columns), axis=1)
    asked[:, -1] &= ~np.logical_and.accumulate(unusual)
    fits = fit(rows[:, np.newaxis], np.zeros((len(rows), 1)), asked, np.eye(len(columns), 1))
    last = runs - 1
    return EitherWay(fits.estimate[last, 0], fits.error[last, 0], fits.sigma[last], fits.freedom[last])


def _by_night(so_far: Numbers, runs: Counts) -> Numbers:
    """A running figure of runs as it stood on every night."""
    return np.concatenate([so_far, [0]])[runs - 1]
