"""S1: two weeks that were heavier than usual, or low by any measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.findings.base import QuestionResult, to_rows
from runmood.findings.questions.hard_stretch import wellness_of
from runmood.findings.specs import HEAVIER_WEEKS
from runmood.findings.stats.windows import held_for, known, trailing

if TYPE_CHECKING:
    import polars as pl

    from runmood.findings.base import EvaluationContext
    from runmood.findings.stats.windows import Numbers


LATELY, NEEDED = 14, 8  # days; rated evenings among them
LOW_MOOD = 3.0  # of 10: the same for everyone, since one's own usual hides a mood that is always low
HEAVIER, NIGHTS = -1.25, 7  # own standard deviations of W; nights running


def heavier_weeks(notes: EvaluationContext) -> pl.DataFrame:
    """S1 for every night. A mood said late counts here: this is for support, not for evidence."""
    evenings, wellness = trailing(notes.day("mood_evening"), LATELY), wellness_of(notes)
    rated = known(evenings)
    middle = np.where(rated >= NEEDED, median(evenings), np.nan)
    low, heavier = middle <= LOW_MOOD, held_for(wellness.lately <= HEAVIER, NIGHTS)
    facts = {
        "median_mood": middle,
        "rated_days_lately": rated,
        "wellness": wellness.lately,
        "low_mood": low,
        "heavier_than_usual": heavier,
    }
    return to_rows(HEAVIER_WEEKS, notes, QuestionResult({"rated_days_lately": NEEDED - rated}, low | heavier, facts))


def median(windows: Numbers) -> Numbers:
    """The middle of the known days of each window; nan where none is."""
    rising, count = np.sort(windows, axis=-1), known(windows)
    middle = np.maximum(np.column_stack([(count - 1) // 2, count // 2]), 0)
    return np.asarray(np.take_along_axis(rising, middle, axis=-1).mean(axis=-1))
