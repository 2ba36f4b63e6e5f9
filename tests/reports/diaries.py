"""Invented diaries for the tests of the summary: a year with everything in it, and the odd homes."""

from __future__ import annotations

import datetime as dt
import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from runmood.reports.context import ReportData
from runmood.schema.tables import DAYS, FINDING_FEEDBACK, FINDINGS, MONTHS, NOTICES, RUNS, WEEKS

if TYPE_CHECKING:
    from collections.abc import Iterator


LAST = dt.date(2026, 11, 22)
PLANNED = {"planned_run": "run", "partly_met": "run", "missed_run": "run", "planned_rest": "rest",
           "run_on_rest": "rest"}  # fmt: skip
REASONS = ("no time", "low mood", "weather", "too tired")
RUN_KINDS = ("planned_run", "partly_met", "run_on_rest", "unplanned_run")


def day(date: dt.date, kind: str, distance_m: float = 0.0, mood: float | None = None, **more: Any) -> dict[str, Any]:
    """One row of DAYS."""
    unknown, ran = kind == "unknown", kind in RUN_KINDS
    planned = PLANNED.get(kind)
    return {
        "local_date": date,
        "weekday": date.isoweekday(),
        "day_kind": kind,
        "planned": planned,
        "runs": None if unknown else int(ran),
        "known_from": None if unknown or kind == "missed_run" else "run" if ran else "device",
        "distance_m": None if unknown else distance_m,
        "moving_s": None if unknown else distance_m * 0.36,
        "longest_m": distance_m if ran else None,
        "mood_evening": mood,
        "check_ins": int(mood is not None),
        **more,
    }


def weeks_of(days: pl.DataFrame) -> pl.DataFrame:
    """WEEKS from DAYS, as the warehouse would."""
    rows = [{"week_start": start, "iso_week": start.strftime("%G-W%V"), **told} for start, told in _volumes(days, "1w")]
    return WEEKS.frame(rows)


def months_of(days: pl.DataFrame) -> pl.DataFrame:
    """MONTHS from DAYS, as the warehouse would."""
    return MONTHS.frame([{"month_start": start, **told} for start, told in _volumes(days, "1mo")])


def _volumes(days: pl.DataFrame, length: str) -> Iterator[tuple[dt.date, dict[str, Any]]]:
    for (start,), some in days.group_by(pl.col("local_date").dt.truncate(length), maintain_order=True):
        known, moods = some.filter(pl.col("runs").is_not_null()), some["mood_evening"].drop_nulls()
        yield (
            start,  # type: ignore[misc]  # a date
            {
                "known_days": known.height,
                "runs": int(known["runs"].sum()) if known.height else None,
                "distance_m": float(known["distance_m"].sum()) if known.height else None,
                "load": float(known["load"].sum()) if known["load"].count() == known.height > 0 else None,
                "mood_evening": moods.mean() if moods.len() else None,
                "rated_evenings": moods.len(),
            },
        )


def runs_of(days: pl.DataFrame) -> pl.DataFrame:
    """RUNS from DAYS, one a day at seven in the morning."""
    rows = []
    for date, distance_m in days.filter(pl.col("distance_m") > 0).select("local_date", "distance_m").iter_rows():
        start = dt.datetime.combine(date, dt.time(7), dt.UTC)
        rows.append(
            {
                "run_id": f"{start:%Y%m%d-%H%M%S}",
                "started_at": start,
                "ended_at": start + dt.timedelta(hours=1),
                "local_date": date,
                "local_clock": "07:00",
                "time_zone": "UTC",
                "distance_m": distance_m,
                "files": 1,
                "recording_id": f"{start:%Y%m%d}",
            }
        )
    return RUNS.frame(rows)


def diary(days: list[dict[str, Any]], as_of: dt.date = LAST, **more: Any) -> ReportData:
    """A diary of these days, with weeks and runs to match, and no findings or notices unless given."""
    frame = DAYS.frame(days)
    given = {"findings": FINDINGS.empty(), "notices": NOTICES.empty(), **more}
    return ReportData(
        days=frame, weeks=weeks_of(frame), months=months_of(frame), runs=runs_of(frame), as_of=as_of, **given
    )


def finding(question: str, state: str, facts: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One row of FINDINGS on the last night, unless it names another."""
    return {"question": question, "night": LAST, "state": state, "facts": json.dumps(facts), **more}


def notice(file_name: str, code: str, severity: str, sentence: str, number: int = 1) -> dict[str, Any]:
    """One row of NOTICES."""
    return {"file_name": file_name, "number": number, "code": code, "severity": severity, "sentence": sentence}


def year_of_days(length: int = 365, last: dt.date = LAST) -> list[dict[str, Any]]:
    """A year of a runner with a plan of four days, some missed, some unrated, some unknown, by fixed dice."""
    dice = random.Random(11)  # noqa: S311 - invented evenings, nothing secret
    rows = []
    for number in range(length):
        date = last - dt.timedelta(days=length - 1 - number)
        rows.append(_invented_day(date, number, dice))
    return rows


def _invented_day(date: dt.date, number: int, dice: random.Random) -> dict[str, Any]:
    means_to_run = (date.isoweekday() in (2, 4, 6, 7)) != (dice.random() < 0.15)
    missed, extra, rated = dice.random() < 0.25, dice.random() < 0.04, dice.random() < 0.82
    far = dice.choice((5200.0, 6400.0, 8100.0, 10300.0)) * (1.7 if date.isoweekday() == 7 else 1.0)
    drift = 0.8 * ((number % 90) / 90 - 0.5)
    if 118 <= number < 127 or number == 350:
        return day(date, "unknown")
    kind = ("missed_run" if missed else "planned_run") if means_to_run else "run_on_rest" if extra else "planned_rest"
    lift = {"missed_run": -1.3, "planned_run": 0.3}.get(kind, 0.0)
    mood = float(min(10, max(0, round(6.4 + drift + lift + dice.gauss(0, 1.1)))))
    reason = dice.choice((*REASONS, None)) if kind == "missed_run" else None
    return day(date, kind, far if kind in RUN_KINDS else 0.0, mood if rated else None, skip_reason=reason)


COUNTS = {
    "days": 365,
    "missed_days": 40,
    "run_days": 134,
    "rest_days": 108,
    "morning_used": True,
    "detectable": 0.71,
    "rated_missed_share": 0.84,
    "rated_run_share": 0.87,
    "mixed_weekdays": 6,
}
LONGER = {"run_id": "20261115-070000", "distance_m": 17510.0, "longest_m": 13770.0, "longest_date": "2026-11-01",
          "runs_before": 14, "band": "10-30"}  # fmt: skip
LOWER = {"strength": "good", "since": dt.date(2026, 6, 3), "growing": True, "e_value": 210.0,
         "e_value_best": 233.0, "effect": 1.12, "effect_least": 0.31, "effect_most": 1.93}  # fmt: skip


def full_year(**more: Any) -> ReportData:
    """Everything at once: a year, all three questions seen, every kind of notice."""
    findings = [
        finding("A1", "seen", LONGER, night=dt.date(2026, 11, 15), since=dt.date(2026, 11, 15)),
        finding("A1", "not_seen", {"runs_before": 16}),
        finding("B1", "seen", COUNTS, **LOWER),
        finding("B2", "seen", COUNTS, **(LOWER | {"strength": "some", "effect": 0.9, "effect_least": 0.1})),
    ]
    cut = "The fit file is damaged (it ends early). What can be read was kept: {} samples."
    notices = [
        notice("inbox/2026-03-14.fit", "damaged", "warning", cut.format(1204)),
        notice("export.zip/activities/771.fit.gz", "damaged", "warning", cut.format(88)),
        notice("inbox/empty.gpx", "empty-file", "error", "The file is empty. If it comes from a watch, copy it again."),
        *(notice(f"export.zip/{number}.tcx", "not-a-run", "info",
                 "The file says this is cycling, not running. It was set aside.") for number in range(12)),
    ]  # fmt: skip
    given: dict[str, Any] = {"findings": FINDINGS.frame(findings), "notices": NOTICES.frame(notices), "name": "Robin"}
    return diary(year_of_days(), **(given | more))


def feedback(question: str, word: str, note: str | None = None) -> dict[str, Any]:
    """A row of FINDING_FEEDBACK, said two days ago."""
    return {"question": question, "word": word, "note": note, "said_on": LAST - dt.timedelta(days=2)}


def seen_otherwise() -> ReportData:
    """The full year of a person who hid one finding, disputes another and keeps a note with the third."""
    remarks = [
        feedback("A1", "hidden"),
        feedback("B2", "not so", "Lisboa, <Ana>"),
        feedback("B1", "noted", "Ana, Berlin"),
    ]
    return full_year(finding_feedback=FINDING_FEEDBACK.frame(remarks))


def with_findings(*rows: dict[str, Any]) -> ReportData:
    """The full year with other findings."""
    return replace(full_year(), findings=FINDINGS.frame(list(rows)))


def quiet_weeks() -> ReportData:
    """Six weeks in which nothing was run and evenings were rated."""
    rows = [day(LAST - dt.timedelta(days=41 - number), "no_run", mood=5.0 + number % 3) for number in range(42)]
    return diary(rows)


def all_unknown() -> ReportData:
    """Six weeks that no import covers, rated now and then."""
    return diary(
        [
            day(LAST - dt.timedelta(days=41 - number), "unknown", mood=6.0 if number % 5 else None)
            for number in range(42)
        ]
    )


def only_a_plan() -> ReportData:
    """A week with a plan and nothing else: what was planned is known, what was run is not."""
    rows = [
        day(LAST - dt.timedelta(days=6 - number), "unknown", planned="rest" if number % 2 else "run")
        for number in range(7)
    ]
    return diary(rows)


def no_moods() -> ReportData:
    """A year of runs without a single rating."""
    return diary([row | {"mood_evening": None, "check_ins": 0} for row in year_of_days()])


def early_days() -> ReportData:
    """Three weeks and a bit, every question waiting."""
    lacking = {"missed_days": 5, "run_days": 3, "days": 18}
    rows = [
        finding("A1", "not_enough_evidence", {"runs_before": 2, "lacking": {"runs_before": 1, "longest_m": 400.0}}),
        finding("B1", "not_enough_evidence", {"missed_days": 3, "run_days": 9, "rest_days": 8, "lacking": lacking}),
        finding("B2", "not_enough_evidence", {"missed_days": 3, "run_days": 9, "rest_days": 8,
                                                  "lacking": lacking | {"rest_days": 1, "mixed_weekdays": 2}}),
    ]  # fmt: skip
    return diary(year_of_days(24), findings=FINDINGS.frame(rows))


def nothing_seen() -> ReportData:
    """A year in which nothing stood out."""
    return with_findings(
        finding("A1", "not_seen", {"runs_before": 15}),
        finding("B1", "not_seen", COUNTS),
        finding("B2", "not_seen", COUNTS),
    )


def fixed_rest_days() -> ReportData:
    """Run days were better, and rest always fell on the same weekdays."""
    return with_findings(
        finding("B1", "seen", COUNTS, **LOWER),
        finding("B2", "confounded", COUNTS | {"mixed_weekdays": 0}),
    )


def lift() -> ReportData:
    """Run days were better, missed days like rest days."""
    return with_findings(finding("B1", "seen", COUNTS, **LOWER), finding("B2", "not_seen", COUNTS))


def fading() -> ReportData:
    """Seen long ago, and the newest notes say nothing more; the range crosses zero, nothing was tapped."""
    older = LOWER | {"since": dt.date(2025, 3, 1), "growing": False, "effect": 0.01, "effect_least": -0.6,
                     "strength": "faded", "e_value": 0.3}  # fmt: skip
    facts = COUNTS | {"morning_used": False}
    rows = [finding("B1", "seen", facts, **older), finding("B2", "seen", facts, **(older | {"e_value_best": 4e9}))]
    plain = [row | {"skip_reason": None} for row in year_of_days()]
    return diary(plain, findings=FINDINGS.frame(rows))


def unevenly_rated() -> ReportData:
    """Evenings with a skipped run were rated much less often, so no answer is given."""
    facts = COUNTS | {"rated_missed_share": 0.41, "rated_run_share": 0.88}
    return with_findings(
        finding("B1", "confounded", facts),
        finding("B2", "confounded", facts | {"mixed_weekdays": 1}),
    )


def a_turn() -> ReportData:
    """Seen once; by the newest notes the difference has turned round, and fewer missed evenings are rated."""
    facts = COUNTS | {"rated_missed_share": 0.7, "rated_run_share": 0.88}
    turned = LOWER | {"growing": False, "effect": -0.4, "effect_least": -0.9, "effect_most": -0.1}
    return with_findings(finding("B1", "seen", facts, **turned), finding("B2", "not_seen", facts))


def many_long_runs() -> ReportData:
    """Five much longer runs in four weeks, one of them more than double, few runs before."""
    rows = [
        finding("A1", "seen", LONGER | {"distance_m": 29000.0, "band": "over 100", "runs_before": 1},
                night=LAST - dt.timedelta(days=5 * number))
        for number in range(5)
    ]  # fmt: skip
    return with_findings(*rows)
