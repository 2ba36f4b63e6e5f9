"""What a person chose for the page, and the notes it is made from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.words import spoken
from runmood.terms.columns import REMARKS
from runmood.terms.notices import CannotBeDoneError

if TYPE_CHECKING:
    from runmood.terms.speech import Speech

MOST = {"findings": 3, "goals": 3, "notes": 3}  # a page holds no more of each and stays one to read
INCLUDED = {
    "distance": "how far you ran",
    "pace": "how fast you ran",
    "kinds": "which kinds of runs, as you marked them",
    "reasons": "why planned runs did not happen, as you tapped it",
    "sleep": "how well you slept",
    "stress": "how much stress there was",
    "own-words": "the names of your own for what helped and for kinds of runs, instead of “something else”",
}
USUAL = dt.timedelta(days=84)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to stand on the page: the days, both included, and by name what else; a question and a name of one's own.

    `findings` are questions by code, `goals` and `notes` begin like the names in the journal; `include` is of INCLUDED.
    """

    first: dt.date
    last: dt.date
    findings: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    question: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """A person's notes as the warehouse tells them; only what the choice names of them comes onto the page.

    The frames are `columns.DAYS`, `CHECK_INS`, `HELPED`, `GOALS`, `REFLECTIONS`, `REMARKS` and `FINDINGS`; the last has
    the latest night of each question up to the last day, and the nights with a much longer run of the 28 days before.
    """

    days: pl.DataFrame
    check_ins: pl.DataFrame
    helped: pl.DataFrame
    goals: pl.DataFrame
    reflections: pl.DataFrame
    findings: pl.DataFrame
    remarks: pl.DataFrame = field(default_factory=REMARKS.empty)
    say: Speech = field(default_factory=lambda: spoken("en", "metric"))
    invented: bool = False


def period(days: pl.DataFrame, first: dt.date | None, last: dt.date | None, today: dt.date) -> tuple[dt.date, dt.date]:
    """The days meant: up to the last with anything noted, from twelve weeks before it or from the first one noted."""
    noted = days.filter(pl.col("local_date") <= today, pl.col("runs").is_not_null() | (pl.col("check_ins") > 0))
    dates = noted["local_date"].sort()
    end = last or (dates[-1] if dates.len() else today)
    begin = first or max(end - USUAL + DAY, min(dates[0], end) if dates.len() else end)
    if begin > end:
        raise CannotBeDoneError(f"The page would end on {end}, before it begins on {begin}. Swap --from and --to.")
    if end > today:
        raise CannotBeDoneError(f"{end} is still to come; a page tells of days that have been.")
    return begin, end
