"""B5: runs on days that were marked ill or injured, or on which it hurt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.patterns.asking import Answer, answered
from runmood.patterns.windows import total, trailing
from runmood.terms.questions import RUNNING_WHILE_HURT

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from runmood.patterns.asking import Notes
    from runmood.patterns.windows import Flags, Numbers


WITHIN, PAIN_WITHIN = 28, 14  # days
RUNS_NEEDED, PAINFUL_RUNS = 2, 3
PAIN, STRONG_PAIN = 5.0, 7.0  # of 10
UNWELL = ("ill", "injured", "fever", "chest pain")
STOP = ("fever", "chest pain")


def running_while_hurt(notes: Notes) -> pl.DataFrame:
    """B5 for every night."""
    runs, pain = np.nan_to_num(notes.day("runs")), np.nan_to_num(notes.day("pain"))
    unwell, stop = notes.marked(*UNWELL), notes.marked(*STOP) | (pain >= STRONG_PAIN)
    within = np.where(unwell | (pain >= PAIN), runs, 0)
    hurt, at_once = _sum(within, WITHIN), _sum(np.where(stop, runs, 0), WITHIN)
    painful = _sum(np.where(pain >= PAIN, runs, 0), PAIN_WITHIN)
    facts = {
        "runs_hurt": hurt,
        "runs_to_stop": at_once,
        "painful_runs": painful,
        "most_pain": np.nanmax(trailing(np.where(runs > 0, pain, 0.0), WITHIN), axis=1),
        "stop_and_check": (at_once > 0) | (painful >= PAINFUL_RUNS),
        "dates": _dates(notes, within > 0),
    }
    marked = (notes.days["tags"].list.len().fill_null(0) > 0).to_numpy() | ~np.isnan(notes.day("pain"))
    lacking = {"marked_days": 1 - np.cumsum(marked).astype(np.int64)}
    return answered(RUNNING_WHILE_HURT, notes, Answer(lacking, (hurt >= RUNS_NEEDED) | (at_once > 0), facts))


def _sum(runs: Numbers, span: int) -> NDArray[np.int64]:
    return np.asarray(total(trailing(runs, span)), dtype=np.int64)


def _dates(notes: Notes, on: Flags) -> list[object]:
    """The days of the last four weeks on which it was so, night by night; null without any."""
    days, numbers = [f"{date}" for date in notes.nights], np.flatnonzero(on)
    first, past = (np.searchsorted(numbers, np.arange(len(on)) + shift) for shift in (1 - WITHIN, 1))
    return [[days[number] for number in numbers[low:high]] or None for low, high in zip(first, past, strict=True)]
