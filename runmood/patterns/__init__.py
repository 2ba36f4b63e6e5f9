"""Days and runs in, the answers to the registered questions out, one for every question and night.

    find(days, runs) -> FINDINGS

`days` is a frame of `columns.DAYS`, dense; `runs` of `columns.RUNS`. A night's answer uses nothing later than that
night, so an answer once given stays what it was when more days follow. Without days there are no answers.
"""

from __future__ import annotations

import polars as pl

from runmood.patterns.longer import much_longer_run
from runmood.patterns.missed import missed_and_mood
from runmood.terms.columns import FINDINGS

__all__ = ["find"]


def find(days: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    """Every registered question, answered for every night from the first day to the last."""
    if days.is_empty():
        return FINDINGS.empty()
    days = days.sort("local_date")
    return FINDINGS.check(pl.concat([much_longer_run(days, runs), missed_and_mood(days)]).sort("question", "night"))
