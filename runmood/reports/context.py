"""Define the data of a report, and the period that it covers."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import polars as pl

from runmood.core.errors import UserError, WrongValueError
from runmood.core.i18n import message, translator
from runmood.journal.fields import YEARS
from runmood.schema.tables import FINDING_FEEDBACK, FINDINGS, GOALS, MONTHS, RUN_MOODS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from runmood.core.i18n import Translator, Units
    from runmood.findings.stats.pooling import PooledEffect
    from runmood.reports.run import RunView


Kind = Literal["lately", "week", "month", "year", "all"]
LATELY = dt.timedelta(days=42)
LONG = 62  # days; a longer period has a heatmap instead of a calendar
WEEKS_IN_COLUMNS = 800  # days; beyond it the long view goes by months
ONE_DAY = dt.timedelta(days=1)
NOW, BEFORE = "now", "last"
FORMS = {
    "week": r"(?P<year>\d{4})-?W(?P<week>\d\d?)",
    "month": r"(?P<year>\d{4})-(?P<month>\d\d?)",
    "year": r"(?P<year>\d{4})",
    "all": "all",
}
EXAMPLES = (
    "2025-W18 is a week, 2025-05 a month, 2025 a year; a date stands for the one it lies in, last for the one before"
)
HALF_YEAR = dt.timedelta(weeks=26)
FEWEST = 8  # whole weeks
WEEK = 7


@dataclass(frozen=True, slots=True)
class ReportData:
    """One person's notes up to a day, as the warehouse holds them.

    The frames are tables of `runmood.schema`. `findings` holds the latest night of each question and, for A1, the
    nights of the last 28 days on which a run was much longer than usual; `findings_before` the latest night of each
    question before the days that count as new; `finding_feedback` what the person answered to findings. `as_of` is the
    last day; later rows are left out. `period` is what the report covers, the last six weeks where it is null.
    `stands` holds each measure of goals over the four weeks to the last day, `say` translates into the person's
    language and units, `last_run` is the period's last run, `truths` are the sentences planted in an invented home.
    `pooled` holds what the people of a cohort have in common by question, where the person asks to be told of it.
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
    finding_feedback: pl.DataFrame = field(default_factory=FINDING_FEEDBACK.empty)
    stands: Mapping[str, float] = field(default_factory=dict)
    last_run: RunView | None = None
    name: str | None = None
    say: Translator = field(default_factory=lambda: translator("en", "metric"))
    invented: bool = False
    truths: tuple[str, ...] = ()
    pooled: Mapping[str, PooledEffect] = field(default_factory=dict)

    @property
    def units(self) -> Units:
        """Return the person's units of distance."""
        return self.say.units


@dataclass(frozen=True, slots=True)
class Period:
    """The time from one day to another, both included; without a first day it begins with the first note."""

    kind: Kind
    first: dt.date | None
    last: dt.date

    @property
    def name(self) -> str:
        """Return its short name, which may be typed to get it again: 2025-W18, 2025-05, 2025, all."""
        if self.first is None or self.kind == "lately":
            return "all" if self.kind == "all" else "summary"
        return self.first.strftime({"week": "%G-W%V", "month": "%Y-%m"}.get(self.kind, "%Y"))


def last_six_weeks(as_of: dt.date) -> Period:
    """Return the six weeks up to a day."""
    return Period("lately", as_of - LATELY + ONE_DAY, as_of)


def period_named(kind: Kind | None, when: str | None, today: dt.date) -> Period:
    """Return the period that a person named, up to today.

    Args:
        kind: the kind of period; None to read it from `when`, or for the last six weeks.
        when: a name (2025-W18, 2025-05, 2025, all), a date in the period, `now`, `last`; None for now.
        today: the last day that the period may hold.

    Returns:
        The period, which ends today at the latest.

    Raises:
        UserError: `when` names no period, or one that is still to come.
        WrongValueError: it is of another century.
    """
    kind = kind or (_guess_kind(when) if when else "lately")
    if kind == "all":
        return Period("all", None, today)
    if kind == "lately":
        return last_six_weeks(today)
    first = _parse_first_day(kind, when or NOW, today)
    if first.year < YEARS.start:
        raise WrongValueError("beyond", day=str(first))
    if first > today:
        raise UserError(message("error.period_to_come", period=when))
    return Period(kind, first, min(_next_start(kind, first) - ONE_DAY, today))


def _guess_kind(when: str) -> Kind:
    """Return the kind that a name alone stands for; a date alone stands for its week."""
    for kind, form in FORMS.items():
        if re.fullmatch(form, when.strip(), re.IGNORECASE):
            return kind  # type: ignore[return-value]  # the keys of FORMS are kinds
    return "week"


def _parse_first_day(kind: Kind, when: str, today: dt.date) -> dt.date:
    word = when.strip().lower()
    if word in (NOW, BEFORE):
        now = _period_start(kind, today)
        return now if word == NOW else _period_start(kind, now - ONE_DAY)
    named = re.fullmatch(FORMS[kind], when.strip(), re.IGNORECASE)
    try:
        if not named:
            return _period_start(kind, dt.date.fromisoformat(when.strip()))
        year, *others = map(int, named.groups())
        if kind == "week":
            return dt.date.fromisocalendar(year, others[0], 1)
        return dt.date(year, others[0] if others else 1, 1)
    except ValueError as fault:
        raise UserError(message(f"error.no_period.{kind}", text=when, examples=EXAMPLES)) from fault


def _period_start(kind: Kind, day: dt.date) -> dt.date:
    """Return the first day of the period in which a day lies."""
    if kind == "week":
        return day - dt.timedelta(days=day.weekday())
    return day.replace(day=1) if kind == "month" else day.replace(month=1, day=1)


def _next_start(kind: Kind, first: dt.date) -> dt.date:
    """Return the day after the last day of a period."""
    if kind == "week":
        return first + dt.timedelta(days=7)
    if kind == "year":
        return first.replace(year=first.year + 1)
    return (first + dt.timedelta(days=31)).replace(day=1)


def baseline_range(data: ReportData, first: dt.date, of: str) -> tuple[float, float] | None:
    """Return the quartiles (25 % and 75 %) of the whole weeks in the half-year before a day; None below eight weeks."""
    before = pl.col("week_start").is_between(first - HALF_YEAR, first - dt.timedelta(days=WEEK))
    whole_weeks = data.weeks.filter(before, pl.col("known_days") == WEEK)[of].drop_nulls()
    if whole_weeks.len() < FEWEST or not whole_weeks.max():
        return None
    low, high = (whole_weeks.quantile(share, "linear") for share in (0.25, 0.75))
    return None if low is None or high is None else (low, high)
