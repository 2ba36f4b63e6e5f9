"""What a summary is made from: one person's days, weeks, runs, findings and notices, up to one day."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import polars as pl

from runmood.core.errors import UserError
from runmood.core.i18n import translator
from runmood.schema.tables import FINDING_FEEDBACK, FINDINGS, GOALS, MONTHS, RUN_MOODS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from runmood.core.i18n import Translator, Units
    from runmood.reports.run import RunView


@dataclass(frozen=True, slots=True)
class ReportData:
    """One person's notes up to a day, as the warehouse tells them.

    The frames are tables of `runmood.schema`. `findings` holds the latest night of each question and, for A1, the
    nights of the last 28 days on which a run was much longer than lately; `findings_before` the latest night of each
    before the days that count as new; `finding_feedback` what the person said of findings. `as_of` is the last day told
    of; later rows
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
    finding_feedback: pl.DataFrame = field(default_factory=FINDING_FEEDBACK.empty)
    stands: Mapping[str, float] = field(default_factory=dict)
    last_run: RunView | None = None
    name: str | None = None
    say: Translator = field(default_factory=lambda: translator("en", "metric"))
    invented: bool = False
    truths: tuple[str, ...] = ()

    @property
    def units(self) -> Units:
        """In which the person thinks of distances."""
        return self.say.units


# --- Which time a summary tells of: the last six weeks, a week, a month, a year, or everything.

Kind = Literal["lately", "week", "month", "year", "all"]

LATELY = dt.timedelta(days=42)
LONG = 62  # days; beyond it days are told as tiles, not one by one
WEEKS_IN_COLUMNS = 800  # days; beyond it the long view goes by months
DAY = dt.timedelta(days=1)
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


@dataclass(frozen=True, slots=True)
class Period:
    """The time from one day to another, both in it; without a first day it begins with the notes."""

    kind: Kind
    first: dt.date | None
    last: dt.date

    @property
    def name(self) -> str:
        """Its short name, which may be given to get it again: 2025-W18, 2025-05, 2025, all."""
        if self.first is None or self.kind == "lately":
            return "all" if self.kind == "all" else "summary"
        return self.first.strftime({"week": "%G-W%V", "month": "%Y-%m"}.get(self.kind, "%Y"))


def lately(as_of: dt.date) -> Period:
    """The six weeks up to a day."""
    return Period("lately", as_of - LATELY + DAY, as_of)


def period_named(kind: Kind | None, when: str | None, today: dt.date) -> Period:
    """The period that a person means, up to today; UserError where it is none."""
    kind = kind or (_kind_of(when) if when else "lately")
    if kind == "all":
        return Period("all", None, today)
    if kind == "lately":
        return lately(today)
    first = _first_day(kind, when or NOW, today)
    if first > today:
        raise UserError(f"{when} has not begun yet.")
    return Period(kind, first, min(_after(kind, first) - DAY, today))


def _kind_of(when: str) -> Kind:
    """What is meant by a name alone; a date alone stands for its week."""
    for kind, form in FORMS.items():
        if re.fullmatch(form, when.strip(), re.IGNORECASE):
            return kind  # type: ignore[return-value]  # the keys of FORMS are kinds
    return "week"


def _first_day(kind: Kind, when: str, today: dt.date) -> dt.date:
    said = when.strip().lower()
    if said in (NOW, BEFORE):
        now = _begin(kind, today)
        return now if said == NOW else _begin(kind, now - DAY)
    named = re.fullmatch(FORMS[kind], when.strip(), re.IGNORECASE)
    try:
        if not named:
            return _begin(kind, dt.date.fromisoformat(when.strip()))
        year, *others = map(int, named.groups())
        if kind == "week":
            return dt.date.fromisocalendar(year, others[0], 1)
        return dt.date(year, others[0] if others else 1, 1)
    except ValueError as fault:
        raise UserError(f"{when} is no {kind}: {EXAMPLES}.") from fault


def _begin(kind: Kind, day: dt.date) -> dt.date:
    """The first day of the period in which a day lies."""
    if kind == "week":
        return day - dt.timedelta(days=day.weekday())
    return day.replace(day=1) if kind == "month" else day.replace(month=1, day=1)


def _after(kind: Kind, first: dt.date) -> dt.date:
    """The day after the last."""
    if kind == "week":
        return first + dt.timedelta(days=7)
    if kind == "year":
        return first.replace(year=first.year + 1)
    return (first + dt.timedelta(days=31)).replace(day=1)


# --- What is usual for a person: the middle half of their own weeks in the half-year before.

HALF_YEAR = dt.timedelta(weeks=26)
FEWEST = 8  # whole weeks
WEEK = 7


def baseline_range(diary: ReportData, first: dt.date, of: str) -> tuple[float, float] | None:
    """Between which two figures the middle half of the whole weeks lay in the half-year before a day; null if few."""
    before = pl.col("week_start").is_between(first - HALF_YEAR, first - dt.timedelta(days=WEEK))
    told = diary.weeks.filter(before, pl.col("known_days") == WEEK)[of].drop_nulls()
    if told.len() < FEWEST or not told.max():
        return None
    low, high = (told.quantile(share, "linear") for share in (0.25, 0.75))
    return None if low is None or high is None else (low, high)
