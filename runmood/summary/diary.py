"""What a summary is made from: one person's days, weeks, runs, findings and notices, up to one day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from runmood.summary.words import spoken
from runmood.terms.columns import FINDINGS, GOALS, MONTHS, REMARKS, RUN_MOODS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    import polars as pl

    from runmood.summary.one_run.view import RunView
    from runmood.summary.period import Period
    from runmood.terms.speech import Speech, Units


@dataclass(frozen=True, slots=True)
class Diary:
    """One person's notes up to a day, as the warehouse tells them.

    The frames are tables of `terms.columns`. `findings` holds the latest night of each question and, for A1, the nights
    of the last 28 days on which a run was much longer than lately; `findings_before` the latest night of each before
    the days that count as new; `remarks` what the person said of findings. `as_of` is the last day told of; later rows
    are left out. `period` is what is told of, the last six weeks where it is null. `stands` says how the measures of
    goals stood in the four weeks to the last day, `say` how this person is spoken to, `last_run` tells of the period's
    last run, `truths` are the sentences planted in an invented home.
    """

    days: pl.DataFrame
    weeks: pl.DataFrame
    runs: pl.DataFrame
    findings: pl.DataFrame
    notices: pl.DataFrame
    as_of: dt.date
    period: Period | None = None
    months: pl.DataFrame = field(default_factory=MONTHS.empty)
    run_moods: pl.DataFrame = field(default_factory=RUN_MOODS.empty)
    goals: pl.DataFrame = field(default_factory=GOALS.empty)
    findings_before: pl.DataFrame = field(default_factory=FINDINGS.empty)
    remarks: pl.DataFrame = field(default_factory=REMARKS.empty)
    stands: Mapping[str, float] = field(default_factory=dict)
    last_run: RunView | None = None
    name: str | None = None
    say: Speech = field(default_factory=lambda: spoken("en", "metric"))
    invented: bool = False
    truths: tuple[str, ...] = ()

    @property
    def units(self) -> Units:
        """In which the person thinks of distances."""
        return self.say.units
