"""The latest night asked otherwise: without the mornings, without days after poor nights, without low moods.

A difference that vanishes when one of these is left out may have come from there. What leaves nothing out is not asked.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from runmood.patterns.missed.answers import Asked, asked
from runmood.patterns.missed.diary import PLANNED_DAYS, Diary, diary_of
from runmood.terms.columns import SENSITIVITY

POOR = 0.25  # the share of nights, by the person's own scale, taken for poor ones
LOW_FIRST = ("low mood", "unwell")
MOOD, SLEEP = pl.col("mood_evening"), pl.col("sleep")
NOTHING = pl.lit(None, dtype=pl.Float64())

VARIANTS: dict[str, dict[str, pl.Expr]] = {
    "without the morning's mood": {"mood_morning": NOTHING},
    "without days after poor sleep": {
        "mood_evening": pl.when(SLEEP.is_null() | SLEEP.gt(SLEEP.quantile(POOR, "lower"))).then(MOOD)
    },
    "without runs missed for low mood or feeling unwell": {
        "mood_evening": pl.when(~pl.col("skip_reason").is_in(LOW_FIRST) | pl.col("skip_reason").is_null()).then(MOOD)
    },
}


def sensitivity(days: pl.DataFrame) -> pl.DataFrame:
    """B1 and B2 of the last night, each with something left out; empty where there is nothing to leave out."""
    rows: list[dict[str, object]] = []
    for variant, change in VARIANTS.items():
        changed = days.with_columns(**change)
        if not changed.equals(days):
            diary = diary_of(changed)
            last = np.arange(len(diary.nights)) == len(diary.nights) - 1
            rows += [_row(variant, question, diary) for question in asked(diary, last)]
    return SENSITIVITY.frame(rows)


def _row(variant: str, question: Asked, diary: Diary) -> dict[str, object]:
    """The last night's numbers; null where too few days are left or nothing can be told apart."""
    difference, width = question.difference, question.difference.half_width
    told = not question.lacking[-1] and not np.isnan(question.log_e[-1])
    numbers = {
        "e_value": np.exp(question.log_e[-1]),
        "effect": difference.shrunken[-1],
        "effect_least": difference.estimate[-1] - width[-1],
        "effect_most": difference.estimate[-1] + width[-1],
    }
    return {
        "question": question.code,
        "variant": variant,
        "night": diary.nights[-1],
        "days": sum(int(diary.counts()[name][-1]) for name in PLANNED_DAYS),
        **{name: float(value) if told else None for name, value in numbers.items()},
    }
