"""What a summary is made from: one person's days, weeks, runs, findings and notices, up to one day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt

    import polars as pl

Units = Literal["metric", "imperial"]


@dataclass(frozen=True, slots=True)
class Diary:
    """One person's notes up to a day, as the warehouse tells them.

    The frames are `columns.DAYS`, `WEEKS`, `RUNS`, `FINDINGS` and `NOTICES`. `findings` holds the latest night of each
    question and, for A1, the nights of the last 28 days on which a run was much longer than lately. `as_of` is the
    last day told of; later rows are left out. `truths` are the sentences planted in an invented home.
    """

    days: pl.DataFrame
    weeks: pl.DataFrame
    runs: pl.DataFrame
    findings: pl.DataFrame
    notices: pl.DataFrame
    as_of: dt.date
    name: str | None = None
    units: Units = "metric"
    invented: bool = False
    truths: tuple[str, ...] = ()
