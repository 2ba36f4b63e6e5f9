"""Diaries of a week, a month, a year and everything, and one in which everything is said."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reports.diaries import COUNTS, LAST, LOWER, day, diary, finding, full_year, year_of_days

from runmood.core.i18n import translator
from runmood.reports.context import ReportData, period_named
from runmood.reports.run import describe_run
from runmood.schema.tables import BEST_EFFORTS, FINDINGS, GOALS, LAPS, POINTS, RUN_MOODS, RUNS, SPLITS

if TYPE_CHECKING:
    import polars as pl

    from runmood.reports.context import Kind
    from runmood.reports.run import RunView


HELPED = (["running"], ["rest", "talking to someone"], ["nothing"], ["time outside", "running"], None)


def of(kind: Kind, when: str | None = None, told: ReportData | None = None) -> ReportData:
    """A year's diary, or another, told of one period."""
    told = told or full_year()
    period = period_named(kind, when, told.as_of)
    return replace(told, period=period, as_of=period.last)


def everything_said(**more: Any) -> ReportData:
    """A year with loads, moods around runs, goals of both kinds, what helped, and a last run with its course."""
    dice = random.Random(5)  # noqa: S311 - invented, nothing secret
    rows = [_said(number, row) for number, row in enumerate(year_of_days())]
    told = diary(rows, name="Robin", findings=_findings(), findings_before=_findings_before(), **more)
    moods = [
        {
            **run,
            "mood_before": (before := float(dice.randint(4, 7))),
            "mood_after": before + dice.choice((-1, 0, 1, 1, 2)),
        }
        for run in told.runs.select("run_id", "local_date", "local_clock").iter_rows(named=True)
        if dice.random() < 0.4
    ]
    return replace(told, run_moods=RUN_MOODS.frame(moods), goals=goals(), stands=STANDS, last_run=last_run(told))


def _said(number: int, row: dict[str, Any]) -> dict[str, Any]:
    ran = row["day_kind"] == "planned_run"
    kind = "partly_met" if ran and number % 29 == 0 else row["day_kind"]
    load = None if row["runs"] is None else row["distance_m"] * 0.03
    return row | {"day_kind": kind, "load": load, "helped": HELPED[number % 5], "excluded": 340 <= number < 343}


def _findings() -> pl.DataFrame:
    """B1 seen since this week; B2 seen before and no longer growing."""
    rows = [
        finding("B1", "seen", COUNTS, **(LOWER | {"since": LAST - dt.timedelta(days=3)})),
        finding("B2", "seen", COUNTS, **(LOWER | {"growing": False})),
        finding("B3", "not_seen", {}),
    ]
    return FINDINGS.frame(rows)


def _findings_before() -> pl.DataFrame:
    before = LAST - dt.timedelta(days=7)
    rows = [
        finding("B1", "not_seen", COUNTS, night=before),
        finding("B2", "seen", COUNTS, night=before, **LOWER),
        finding("B3", "seen", {}, night=before, since=dt.date(2026, 10, 1)),
    ]
    return FINDINGS.frame(rows)


STANDS = {"runs a week": 2.5, "longest run": 17510.0}


def goals() -> pl.DataFrame:
    """One of each: measured, measured without figures, in words alone, reached, and let go long ago."""
    since = {"since": dt.date(2026, 1, 4), "state": "open"}
    rows = [
        {"goal_id": "a", "kind": "fitness", "words": "Run three times", "measure": "runs a week", "target": 3.0,
         **since},
        {"goal_id": "b", "kind": "fitness", "words": "A long run", "measure": "longest run", "target": 21097.5, **since,
         "until": dt.date(2027, 3, 1)},
        {"goal_id": "c", "kind": "therapeutic", "words": "Let rest be <b>rest</b> | *now*", **since,
         "review": "It goes better.", "reviewed_on": dt.date(2026, 9, 1)},
        {"goal_id": "d", "kind": "therapeutic", "words": "Evenings outside", "measure": "evening mood", "target": 7.0,
         "since": dt.date(2026, 2, 1), "state": "reached", "reviewed_on": dt.date(2026, 11, 20)},
        {"goal_id": "e", "kind": "fitness", "words": "A race", "since": dt.date(2025, 12, 1), "state": "let go",
         "reviewed_on": dt.date(2026, 1, 9)},
    ]  # fmt: skip
    return GOALS.frame(rows)


def last_run(told: ReportData) -> RunView:
    """The diary's last run, with a hill in it and splits."""
    run = told.runs.row(-1, named=True)
    begun = run["started_at"]
    points = [
        {"sampled_at": begun + dt.timedelta(seconds=second), "elapsed_s": float(second), "distance_m": second * 2.8,
         "height_m": 100.0 + min(second, 1800 - second) / 10}
        for second in range(0, 1800, 5)
    ]  # fmt: skip
    splits = [{"recording_id": "a", "unit": "km", "split": number, "distance_m": 1000.0, "pace_s_km": 357.0}
              for number in (1, 2, 3)]  # fmt: skip
    frames = {
        "runs": RUNS.frame([run | {"recording_id": "a", "moving_s": 1800.0, "name": "Hills <b> & [co]"}]),
        "run_moods": RUN_MOODS.empty(),
        "splits": SPLITS.frame(splits),
        "laps": LAPS.empty(),
        "best_efforts": BEST_EFFORTS.empty(),
        "points": POINTS.frame(points),
    }
    return describe_run(frames, told.say)


def year_of_illness() -> ReportData:
    """A year in which every day is marked as ill, nothing was run, and evenings were rated now and then."""
    days = [
        day(LAST - dt.timedelta(days=364 - number), "no_run", mood=3.0 + number % 4 if number % 3 else None,
            excluded=True, tags=["ill"])
        for number in range(365)
    ]  # fmt: skip
    return diary(days)


def one_pair() -> ReportData:
    """One run with a mood before and after it, and one thing that helped."""
    told = diary([day(LAST, "unplanned_run", 5012.0, 7.0, helped=["running"])])
    moods = [{"run_id": told.runs["run_id"][0], "local_date": LAST, "local_clock": "07:00", "mood_before": 5.0,
              "mood_after": 7.0}]  # fmt: skip
    return replace(told, run_moods=RUN_MOODS.frame(moods))


def one_missed() -> ReportData:
    """One planned run that did not happen, with its reason, and a goal."""
    told = diary([day(LAST, "missed_run", mood=6.0, skip_reason="weather")])
    return replace(told, goals=goals().filter(goal_id="a"))


PERIODS = {
    "everything said": everything_said,
    "everything said in miles": lambda: everything_said(say=translator("en", "imperial")),
    "a week": lambda: of("week", None, everything_said()),
    "a week long ago": lambda: of("week", "2026-W12"),
    "a month": lambda: of("month", "2026-10", everything_said()),
    "a year": lambda: of("year", "2026", everything_said()),
    "everything": lambda: of("all", None, everything_said()),
    "a week before the notes": lambda: of("week", "2020-W12"),
    "a week of silence": lambda: of("week", None, replace(full_year(), as_of=LAST + dt.timedelta(days=60))),
    "an empty month": lambda: of("month", None, diary([])),
    "an empty all": lambda: of("all", None, diary([])),
    "all of ten years": lambda: of("all", None, diary(year_of_days(3650))),
    "a year of illness": year_of_illness,
    "a year of illness as a year": lambda: of("year", "2026", year_of_illness()),
    "one pair": one_pair,
    "one missed": one_missed,
}
