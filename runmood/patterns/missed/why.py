"""The evidence behind the latest night's B1 and B2: the days, the model's terms, what would change its mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.patterns.evidence import GOOD, SOME
from runmood.patterns.missed.answers import Asked, asked
from runmood.patterns.missed.diary import PLANNED_DAYS, Diary, diary_of
from runmood.patterns.missed.regression import regression_of
from runmood.terms.evidence import DayTold, Term, Why

if TYPE_CHECKING:
    import datetime as dt

    import polars as pl


def why(days: pl.DataFrame) -> dict[str, Why]:
    """The evidence of the last night, by question; nothing without days."""
    if days.is_empty():
        return {}
    diary, told = diary_of(days), _days(days)
    last = np.arange(len(diary.nights)) == len(diary.nights) - 1
    return {question.code: _why(question, diary, told) for question in asked(diary, last)}


def _why(question: Asked, diary: Diary, told: tuple[DayTold, ...]) -> Why:
    """The evidence of one question."""
    known = not question.lacking[-1]
    terms, memory, noise_share = _fitted(diary) if known else ((), None, None)
    has_evidence = known and not np.isnan(question.log_e[-1])
    e_value = float(np.exp(question.log_e[-1])) if has_evidence else None
    return Why(
        question=question.code,
        night=diary.nights[-1],
        days=told,
        terms=terms,
        memory=memory,
        noise_share=noise_share,
        scale=float(question.difference.sigma[-1]) if known else None,
        morning_used=bool(diary.mornings()[-1]),
        e_value=e_value,
        e_value_next=SOME if e_value is None or e_value < SOME else GOOD,
        detectable=float(question.difference.detectable[-1]) if has_evidence else None,
        lacking=question.lacking[-1],
        comparable=bool(question.comparable[-1]),
    )


def _fitted(diary: Diary) -> tuple[tuple[Term, ...], float, float]:
    """Every coefficient on the last night, the memory and the share of noise."""
    regression = regression_of(diary, mornings=bool(diary.mornings()[-1]))
    last = np.arange(len(diary.nights)) == len(diary.nights) - 1
    fits, row = regression.fitted(last, np.eye(len(regression.names))), regression.by_night[-1]
    pairs = zip(regression.names, fits.estimate[row].tolist(), fits.error[row].tolist(), strict=True)
    phi, kappa = fits.memory[row].tolist()
    return tuple(Term(*pair) for pair in pairs), phi, 1 - kappa


def _days(days: pl.DataFrame) -> tuple[DayTold, ...]:
    """Every day with a plan that was kept or missed, in order."""
    kinds = tuple(PLANNED_DAYS.values())
    columns = "local_date", "day_kind", "mood_evening", "set_apart", "mood_evening_late"
    rows = days.select(columns).iter_rows()
    return tuple(_told(*row) for row in rows if row[1] in kinds)


def _told(date: dt.date, kind: str, mood: float | None, apart: bool | None, late: bool | None) -> DayTold:
    """One day; of several reasons the first that there is."""
    reason = "set apart" if apart else "nothing said" if mood is None else "said late" if late else None
    return DayTold(date, kind, mood, reason is None, reason)
