"""What is true of the invented runner, so that a finding can be held against it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

from runmood.invent.life.calendar import HARD_WEEKS, MUCH_LONGER, Calendar
from runmood.invent.life.moods import HARD_DEPTH, HARD_FULL_DAY, LIFT, MOOD_POINTS, WEEKEND

BEFORE_HARD = dt.timedelta(days=42)


@dataclass(frozen=True, slots=True)
class Truth:
    """One thing known about the runner: planted, or known to be nothing.

    `question` is a code of `terms.questions`, of the dossier (A5), or a plain name where nobody asks yet.
    `size` is in mood points for B1 and B2, a ratio for A1 and A5, null for nothing.
    """

    question: str
    planted: bool
    sentence: str
    size: float | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None


LIFTS = Truth("C1", True, f"After a run the mood is {LIFT} points above that of the same morning.", LIFT)
NOTHINGS = (
    Truth("weekday", False, f"Weekdays are alike; only weekends are brighter, by {WEEKEND} standard deviations."),
    Truth("sleep and tomorrow's run", False, "How the runner slept has no bearing on whether they run."),
    Truth("morning mood and missing", False, "The morning's mood has no bearing on whether a run is missed."),
    Truth("music", False, "Runs tagged music feel like any other."),
    Truth("B3", False, "Running is one of several things that help, on low days too."),
    Truth("C2", False, "Runs of every kind lift the mood alike."),
    Truth("C4", False, "What the runner says helped has no bearing on the evening's mood."),
    Truth("C3", False, "Evenings after a run are like evenings of planned rest."),
)


def truths(calendar: Calendar, diary: pl.DataFrame, missed_dip: float) -> tuple[Truth, ...]:
    """Everything that is known about the runner of this diary."""
    return (*_missed(missed_dip), *_much_longer(diary), *_hard_stretch(calendar, diary), LIFTS, *NOTHINGS)


def _missed(missed_dip: float) -> tuple[Truth, ...]:
    """Whether evenings are lower when a planned run is missed."""
    points = round(missed_dip * MOOD_POINTS, 2)
    if not points:
        sentence = "Evenings of missed runs are like any other."
        return Truth("B1", False, sentence), Truth("B2", False, sentence)
    lower = f"On days when a planned run is missed the evening's mood is {points} points lower than on"
    return (
        Truth("B1", True, f"{lower} days when the run happens.", points),
        Truth("B2", True, f"{lower} days of planned rest too.", points),
    )


def _much_longer(diary: pl.DataFrame) -> tuple[Truth, ...]:
    """The one run that was much longer than the longest of the 30 days before."""
    row = diary.filter((pl.col("kind") == MUCH_LONGER) & pl.col("ran"))
    if row.is_empty():
        return ()
    date = row.item(0, "date")
    before = diary.filter(pl.col("date").is_between(date - dt.timedelta(days=30), date, closed="left"))
    ratio = row.item(0, "longest_m") / before.select(pl.max("longest_m")).item()
    sentence = (
        f"One run is {100 * (ratio - 1):.0f} % longer than the longest of the 30 days before; no other over 10 %."
    )
    return (Truth("A1", True, sentence, round(ratio, 3), date, date),)


def _hard_stretch(calendar: Calendar, diary: pl.DataFrame) -> tuple[Truth, ...]:
    """The five weeks of more load, lower wellness and harder runs, where the diary holds them whole."""
    first = calendar.date(HARD_WEEKS.start, 0)
    last = calendar.date(HARD_WEEKS.stop - 1, 6)
    if last > calendar.last:
        return ()
    ratio = _daily_load(diary, first, last) / _daily_load(diary, first - BEFORE_HARD, first - dt.timedelta(days=1))
    sentence = (
        f"For five weeks load is {100 * (ratio - 1):.0f} % above the six weeks before, runs feel a point harder, and "
        f"wellness sinks by {HARD_DEPTH} standard deviations, in full after {HARD_FULL_DAY} days."
    )
    return (Truth("A5", True, sentence, round(ratio, 3), first, last),)


def _daily_load(diary: pl.DataFrame, first: dt.date, last: dt.date) -> float:
    """Mean of effort times kilometres, a day."""
    load = (pl.col("distance_m") / 1000 * pl.col("effort")).fill_null(0).mean()
    return float(diary.filter(pl.col("date").is_between(first, last)).select(load).item())
