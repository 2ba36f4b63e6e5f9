"""A1: runs much longer than the longest of the 30 days before them."""

from __future__ import annotations

import datetime as dt
import json
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from runmood.core.enums import FindingState
from runmood.findings.answers import missing, not_seen, seen
from runmood.findings.specs import MUCH_LONGER_RUN
from runmood.schema.tables import FINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow, FindingView
    from runmood.findings.base import EvaluationContext
    from runmood.reports.context import ReportData


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


def much_longer_run(notes: EvaluationContext) -> pl.DataFrame:
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
    state = FindingState.NOT_ENOUGH_EVIDENCE if lacking else "seen" if band else FindingState.NOT_SEEN
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


# --- A1 in words: runs much longer than those of the 30 days before.

LATELY = dt.timedelta(days=28)
SHOWN = 3
FEW_RUNS = 8  # in 30 days; their longest says little of what a person is used to
DOUBLE = 2.0
LEAST_LONGEST_M = 3000.0


def longer_runs(nights: list[FindingRow], diary: ReportData) -> FindingView | None:
    """The answer to A1; null when it was never asked."""
    if not nights:
        return None
    recent = [night for night in nights if night.seen and night.night > diary.as_of - LATELY]
    if recent:
        return _seen(recent, diary)
    latest, say = nights[-1], diary.say
    words = _lacking_longer(say, latest) if latest.state == FindingState.NOT_ENOUGH_EVIDENCE else _not_seen(say)
    return not_seen(say, "called.A1", FindingState.NOT_SEEN if latest.seen else latest.state, *words)


def _seen(nights: list[FindingRow], diary: ReportData) -> FindingView:
    say, left = diary.say, len(nights) - SHOWN
    return seen(
        say,
        "called.A1",
        saw=[*(_run(night, diary) for night in nights[-SHOWN:]), say("longer.more", left=left) if left > 0 else ""],
        sure=[say("longer.sure"), say("longer.study")],
        others=_others(nights[-1], diary),
        some_do=[say("longer.some_do")],
    )


def _run(night: FindingRow, diary: ReportData) -> str:
    """One run beside the longest of the 30 days before it."""
    say, facts = diary.say, night.facts
    far, before = float(facts["distance_m"]), float(facts["longest_m"])
    longest = say.distance(before)
    if "longest_date" in facts:
        day = say.date_near(dt.date.fromisoformat(facts["longest_date"]), diary.as_of)
        longest = say("longer.longest_on", far=longest, day=day)
    name = "longer.ran_double" if far / before > DOUBLE else "longer.ran"
    day = say.weekday_near(night.night, diary.as_of)
    return say(name, day=day, far=say.distance(far), share=far / before - 1, longest=longest)


def _others(night: FindingRow, diary: ReportData) -> Iterator[str]:
    say, runs = diary.say, night.count("runs_before")
    day = diary.days.filter(pl.col("local_date") == night.night)
    yield _as_far_before(night, diary)
    yield say("longer.planned" if not day.is_empty() and day["planned"][0] == "run" else "longer.unplanned")
    yield say("longer.few_before" if runs < FEW_RUNS else "longer.quieter_before", runs=runs)


def _as_far_before(night: FindingRow, diary: ReportData) -> str:
    """That the person has run as far before; empty where their runs do not say so."""
    say, far = diary.say, float(night.facts["distance_m"])
    known = diary.runs.filter(pl.col("local_date") < night.night, pl.col("distance_m") >= far).sort("local_date")
    if known.is_empty():
        return ""
    last = known.row(-1, named=True)
    return say(
        "longer.as_far_before",
        far=say.distance(last["distance_m"]),
        day=say.date_near(last["local_date"], diary.as_of),
    )


def _not_seen(say: Translator) -> tuple[str, ...]:
    return say("longer.not_seen"), say("longer.would_show", least=say.distance(LEAST_LONGEST_M))


def _lacking_longer(say: Translator, night: FindingRow) -> tuple[str, ...]:
    lacking = night.facts.get("lacking") or {}
    things = []
    if "runs_before" in lacking:
        things.append(say("longer.more_runs", count=int(lacking["runs_before"])))
    if "longest_m" in lacking:
        things.append(say("longer.one_run", least=say.distance(LEAST_LONGEST_M)))
    return say("longer.too_little"), missing(say, things), say("longer.no_hurry")
