"""A1: runs much longer than the longest of the 30 days before them."""

from __future__ import annotations

import datetime as dt
import json
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from runmood.terms.columns import FINDINGS
from runmood.terms.questions import MUCH_LONGER_RUN

if TYPE_CHECKING:
    from runmood.patterns.asking import Notes

WINDOW = dt.timedelta(days=30)
RUNS_NEEDED = 3
LONGEST_NEEDED_M = 3000.0
MUCH_LONGER = 1.10  # times the longest of the window
BANDS = ((2.0, "over 100"), (1.3, "30-100"), (MUCH_LONGER, "10-30"))  # percent longer; Frandsen et al. 2025


class Run(NamedTuple):
    """A run of known length; of a partial one it is known that it was at least so long."""

    local_date: dt.date
    distance_m: float
    run_id: str
    partial: bool


def much_longer_run(notes: Notes) -> pl.DataFrame:
    """A1 for every night; it speaks of the night's own day, so an answer is not kept for the next.

    A partial run is never called long, but counts among the runs before.
    """
    columns = pl.col("local_date", "distance_m", "run_id"), pl.col("partial").fill_null(value=False)
    known = sorted(Run(*row) for row in notes.runs.drop_nulls("distance_m").select(*columns).iter_rows())
    dates = [run.local_date for run in known]
    answers = []
    for night in notes.nights[notes.asked]:
        first, today, tomorrow = (bisect_left(dates, date) for date in (night - WINDOW, night, night + dt.timedelta(1)))
        answers.append(_answer(night, known[first:today], [run for run in known[today:tomorrow] if not run.partial]))
    return FINDINGS.frame(answers)


def _answer(night: dt.date, before: list[Run], today: list[Run]) -> dict[str, object]:
    """One night's row of FINDINGS, from the runs of the 30 days before and those of the day."""
    lacking = _lacking(before)
    facts: dict[str, object] = {"runs_before": len(before)}
    facts |= {"lacking": lacking} if lacking else {}
    if before:
        longest = max(before, key=lambda run: run.distance_m)
        facts |= {"longest_m": longest.distance_m, "longest_date": longest.local_date.isoformat()}
    if today:
        run = max(today, key=lambda run: run.distance_m)
        facts |= {"run_id": run.run_id, "distance_m": run.distance_m}
    band = _band(before, today) if not lacking else None
    facts |= {"band": band} if band else {}
    state = "not enough evidence yet" if lacking else "seen" if band else "not seen so far"
    return {
        "question": MUCH_LONGER_RUN.code,
        "night": night,
        "state": state,
        "since": night if band else None,
        "facts": json.dumps(facts, sort_keys=True, separators=(",", ":")),
    }


def _lacking(before: list[Run]) -> dict[str, float]:
    """What the 30 days lack before a run can be called long: runs, or metres of the longest."""
    longest_m = max((run.distance_m for run in before), default=0.0)
    lacking = {"runs_before": RUNS_NEEDED - len(before), "longest_m": LONGEST_NEEDED_M - longest_m}
    return {name: amount for name, amount in lacking.items() if amount > 0}


def _band(before: list[Run], today: list[Run]) -> str | None:
    """How much longer the day's longest run was; null when it was not much longer, or there was none."""
    longest_m = max(run.distance_m for run in before)
    distance_m = max((run.distance_m for run in today), default=0.0)
    return next((band for times, band in BANDS if distance_m > times * longest_m), None)
