"""B8: the evening's mood on the first, second, third and later days without a run. To look at, without a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.patterns.asking import Answer, answered
from runmood.patterns.windows import share
from runmood.terms.questions import DAYS_WITHOUT_RUNS

if TYPE_CHECKING:
    import polars as pl

    from runmood.patterns.asking import Notes
    from runmood.patterns.windows import Counts, Flags, Numbers


LEAST_DAYS, GAPS_NEEDED = 3, 3
LATER = 4  # the fourth day of a gap, and all after it


def days_without_runs(notes: Notes) -> pl.DataFrame:
    """B8 for every night, over all gaps so far; a gap counts from its third day on. Days set apart have no mood."""
    without = notes.day("runs") == 0
    mood = np.where(notes.flag("set_apart"), np.nan, notes.day("mood_evening"))
    day = _day_of_gap(without)
    gaps = np.cumsum(day == LEAST_DAYS)
    facts: dict[str, Numbers | Counts] = {"gaps": gaps, "run_day_mood": _so_far(mood, notes.day("runs") > 0)[0]}
    for number in range(1, LATER + 1):
        counts_on = day >= LATER if number == LATER else day == LEAST_DAYS
        earlier = max(LEAST_DAYS - number, 0)
        felt, said = _so_far(np.concatenate([np.full(earlier, np.nan), mood])[: len(mood)], counts_on)
        facts |= {f"mood_day_{number}": felt, f"days_{number}": said}
    return answered(DAYS_WITHOUT_RUNS, notes, Answer({"gaps": GAPS_NEEDED - gaps}, np.zeros_like(without), facts))


def _day_of_gap(without: Flags) -> Counts:
    """1 on the first day without a run, 2 on the second, 0 on any other day."""
    number = np.arange(1, len(without) + 1)
    return number - np.maximum.accumulate(np.where(without, 0, number))


def _so_far(mood: Numbers, on: Flags) -> tuple[Numbers, Counts]:
    """The mean mood of these days so far, and how many of them were rated."""
    counts = on & ~np.isnan(mood)
    said = np.cumsum(counts, dtype=np.int64)
    return share(np.cumsum(np.where(counts, mood, 0.0)), said), said
