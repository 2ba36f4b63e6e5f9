"""Describe what a home holds before anything was noted: the last active stretch, the years, the best efforts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from runmood.core.i18n import Translator


BREAK = dt.timedelta(days=28)  # without a run: what came before is another stretch
FEWEST_WEEKS = 2  # of a stretch of which a week's mean is told
EFFORTS = ("1 km", "5 km", "10 km", "half marathon", "marathon")
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Effort:
    """The fastest stretch for a distance: its name, time, pace and day, and the run it is of."""

    name: str
    time: str
    pace: str
    day: str
    run_id: str


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year of running in words; null where nothing tells."""

    year: str
    runs: str
    distance: str
    moving: str
    longest: str


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What the runs alone tell: a sentence on the last active stretch, the years, newest first, the best efforts."""

    stretch: str
    last_run_id: str
    last_month: dt.date
    years: tuple[YearLine, ...]
    efforts: tuple[Effort, ...]


def describe_first_look(
    say: Translator, runs: pl.DataFrame, years: pl.DataFrame, best_times: pl.DataFrame
) -> FirstLook | None:
    """Describe the runs of a home in which nothing was noted lately, from its RUNS, YEARS and BEST_TIMES.

    Returns:
        The description; null without runs.
    """
    if runs.is_empty():
        return None
    runs = runs.sort("local_date")
    return FirstLook(
        stretch=_describe_stretch(say, runs),
        last_run_id=runs["run_id"][-1],
        last_month=runs["local_date"][-1].replace(day=1),
        years=tuple(
            YearLine(
                str(row["year_start"].year),
                say.whole(row["runs"]),
                say.distance(row["distance_m"], whole=True) if row["distance_m"] else "",
                say.clock(row["moving_s"]),
                say.short_distance(row["longest_m"]),
            )
            for row in years.sort("year_start", descending=True).iter_rows(named=True)
            if row["runs"]
        ),
        efforts=tuple(_efforts(say, best_times)),
    )


def _describe_stretch(say: Translator, runs: pl.DataFrame) -> str:
    """Return from when to when the person last ran without a long break, how often and how far."""
    new = (pl.col("local_date").diff() > BREAK).fill_null(value=False).cum_sum()
    stretch = runs.with_columns(stretch=new).filter(pl.col("stretch") == pl.col("stretch").max())
    first, last, far = stretch["local_date"][0], stretch["local_date"][-1], float(stretch["distance_m"].sum())
    span = say.span(first, last)
    told = say("first_look.stretch", span=span, runs=stretch.height, far=say.distance(far, whole=True))
    weeks = ((last - first).days + 1) / DAYS_A_WEEK
    if weeks < FEWEST_WEEKS or not far:
        return told
    mean = say("first_look.a_week", runs=stretch.height / weeks, far=say.distance(far / weeks, whole=True))
    return f"{told} {mean}"


def _efforts(say: Translator, best_times: pl.DataFrame) -> list[Effort]:
    rows = {row["effort"]: row for row in best_times.iter_rows(named=True)}
    return [
        Effort(
            say.choice("run.stretch", name),
            say.clock(rows[name]["elapsed_s"]),
            say.pace(rows[name]["pace_s_km"]),
            say.date(rows[name]["local_date"]),
            rows[name]["run_id"],
        )
        for name in EFFORTS
        if name in rows
    ]
