"""A1: runs much longer than the longest of the 30 days before them, and longer than any of the 90 days before."""

from __future__ import annotations

import datetime as dt
import json
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from runmood.core.enums import Care, FindingState
from runmood.findings.answers import answered_view, unanswered_view
from runmood.findings.question import AllInFull, Question, QuestionGroup, Specification
from runmood.schema.tables import FINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow, FindingView
    from runmood.findings.evaluation import EvaluationContext
    from runmood.findings.question import RenderContext, ShareContext

WINDOW = dt.timedelta(days=30)
REMEMBERED = dt.timedelta(days=90)  # after an easy month one's own long run is no step: docs/decisions.md
RUNS_NEEDED = 3
LONGEST_NEEDED_M = 3000.0
DOUBLE = 2.0  # times the longest of the window: told even where a run of the 90 days was as long
MUCH_LONGER = 1.10  # times the longest of the window
BANDS = ((DOUBLE, "over 100"), (1.3, "30-100"), (MUCH_LONGER, "10-30"))  # percent longer; Frandsen et al. 2025

SPECIFICATION = Specification(
    code="A1",
    group=QuestionGroup.TRAINING,
    place=1,
    momentary=True,
    kind="rule",
    asks="Was a run much longer than the longest of the 30 days before it?",
    needs="3 runs in the 30 days before, the longest of them at least 3 km.",
    rule=(
        "Seen on the day of a run more than 10 % longer than the longest run of the 30 days before, where no run of "
        "the 90 days before was as long or it is more than twice as long. Up to 30 % longer is a note; more than 30 % "
        "and more than double are told apart."
    ),
    facts={
        "run_id": "the run",
        "distance_m": "its distance",
        "longest_m": "the longest run of the 30 days before",
        "longest_date": "the day of that run",
        "runs_before": "runs in the 30 days before",
        "lacking": "what is missing when there is not enough: runs_before in runs, longest_m in metres",
        "band": "10-30, 30-100 or over 100: percent longer",
        "care": "true where the person was ill, injured or coming back, so that nothing is compared",
    },
    source="Frandsen et al. 2025, British Journal of Sports Medicine 59:1203, doi:10.1136/bjsports-2024-109380",
)


class Run(NamedTuple):
    """A run of known length; of a partial one it is known that it was at least so long."""

    local_date: dt.date
    distance_m: float
    run_id: str
    partial: bool


def evaluate(context: EvaluationContext) -> pl.DataFrame:
    """Evaluate A1 for every night, of which each speaks of its own day alone.

    A partial run is never called long, but counts among the runs before.

    Returns:
        Rows of FINDINGS of the nights to answer.
    """
    columns = pl.col("local_date", "distance_m", "run_id"), pl.col("partial").fill_null(value=False)
    known = sorted(Run(*row) for row in context.runs.drop_nulls("distance_m").select(*columns).iter_rows())
    dates = [run.local_date for run in known]
    answers = []
    caring = dict(
        zip(context.nights, context.days["care"].is_not_null() & (context.days["care"] != Care.RECOVERED), strict=True)
    )
    for night in context.nights[context.asked]:
        marks = night - REMEMBERED, night - WINDOW, night, night + dt.timedelta(1)
        remembered, first, today, tomorrow = (bisect_left(dates, date) for date in marks)
        farthest_m = max((run.distance_m for run in known[remembered:today]), default=0.0)
        runs = [run for run in known[today:tomorrow] if not run.partial]
        answers.append(_answer(night, known[first:today], runs, farthest_m, caring=caring[night]))
    return FINDINGS.frame(answers)


def _answer(
    night: dt.date, before: list[Run], today: list[Run], farthest_m: float, *, caring: bool
) -> dict[str, object]:
    """Return one night's row of FINDINGS, from the runs of the 30 days before, the day's, and the farthest of 90.

    Somebody who is ill, injured or just coming back is compared with nothing.
    """
    if caring:
        return _row(night, FindingState.NOT_ENOUGH_EVIDENCE, {"care": True})
    lacking = _lacking(before)
    facts: dict[str, object] = {"runs_before": len(before)}
    facts |= {"lacking": lacking} if lacking else {}
    if before:
        longest = max(before, key=lambda run: run.distance_m)
        facts |= {"longest_m": longest.distance_m, "longest_date": longest.local_date.isoformat()}
    if today:
        run = max(today, key=lambda run: run.distance_m)
        facts |= {"run_id": run.run_id, "distance_m": run.distance_m}
    band = _band(before, today, farthest_m) if not lacking else None
    facts |= {"band": band} if band else {}
    state = FindingState.NOT_ENOUGH_EVIDENCE if lacking else "seen" if band else FindingState.NOT_SEEN
    return _row(night, state, facts)


def _row(night: dt.date, state: str, facts: dict[str, object]) -> dict[str, object]:
    return {
        "question": SPECIFICATION.code,
        "night": night,
        "state": state,
        "since": night if state == FindingState.SEEN else None,
        "facts": json.dumps(facts, sort_keys=True, separators=(",", ":")),
    }


def _lacking(before: list[Run]) -> dict[str, float]:
    """Return what the 30 days lack before a run can be called long: runs, or metres of the longest."""
    longest_m = max((run.distance_m for run in before), default=0.0)
    lacking = {"runs_before": RUNS_NEEDED - len(before), "longest_m": LONGEST_NEEDED_M - longest_m}
    return {name: amount for name, amount in lacking.items() if amount > 0}


def _band(before: list[Run], today: list[Run], farthest_m: float) -> str | None:
    """Return how much longer the day's longest run was; None when it was not much longer, or there was none."""
    longest_m = max(run.distance_m for run in before)
    distance_m = max((run.distance_m for run in today), default=0.0)
    if distance_m <= min(farthest_m, DOUBLE * longest_m):
        return None
    return next((band for times, band in BANDS if distance_m > times * longest_m), None)


LATELY = dt.timedelta(days=28)
SHOWN = 3  # runs on the page
FEW_RUNS = 8  # in 30 days; their longest says little of what a person is used to


def lengths(say: Translator, night: FindingRow) -> dict[str, object]:
    """Return the run's length and that of the longest before, in words, and by which share it is longer."""
    far, longest = (float(night.facts[name]) for name in ("distance_m", "longest_m"))
    return {"far": say.distance(far), "longest": say.distance(longest), "share": far / longest - 1}


def compose(findings: Sequence[FindingRow], context: RenderContext) -> FindingView | None:
    """Word the much longer runs of the last four weeks, or that there was none; None when it was never asked."""
    nights = [finding for finding in findings if finding.question == SPECIFICATION.code]
    if not nights:
        return None
    recent = [night for night in nights if night.seen and night.night > context.as_of - LATELY]
    if recent:
        return _seen(recent, context)
    latest, say = nights[-1], context.say
    words = _too_little(say, latest) if latest.state == FindingState.NOT_ENOUGH_EVIDENCE else _not_seen(say)
    state = FindingState.NOT_SEEN if latest.seen else latest.state
    return unanswered_view(say, "questions.A1.called", state, *words, codes=(SPECIFICATION.code,))


def _seen(nights: list[FindingRow], context: RenderContext) -> FindingView:
    say, left = context.say, len(nights) - SHOWN
    return answered_view(
        say,
        "questions.A1.called",
        codes=(SPECIFICATION.code,),
        saw=[
            *(_run(night, context) for night in nights[-SHOWN:]),
            say("questions.A1.more", left=left) if left > 0 else "",
        ],
        sure=[say("questions.A1.sure"), say("questions.A1.study")],
        others=_others(nights[-1], context),
        some_do=[say("questions.A1.some_do")],
    )


def _run(night: FindingRow, context: RenderContext) -> str:
    """Word one run beside the longest of the 30 days before it."""
    say, facts, values = context.say, night.facts, lengths(context.say, night)
    if "longest_date" in facts:
        day = say.date_near(dt.date.fromisoformat(facts["longest_date"]), context.as_of)
        values["longest"] = say("questions.A1.longest_on", far=values["longest"], day=day)
    name = "questions.A1.ran_double" if facts["distance_m"] / facts["longest_m"] > DOUBLE else "questions.A1.ran"
    return say(name, **values, day=say.weekday_near(night.night, context.as_of))


def _others(night: FindingRow, context: RenderContext) -> Iterator[str]:
    say, runs = context.say, night.count("runs_before")
    day = context.days.filter(pl.col("local_date") == night.night)
    yield _as_far_before(night, context)
    yield say("questions.A1.planned" if not day.is_empty() and day["planned"][0] == "run" else "questions.A1.unplanned")
    yield say("questions.A1.few_before" if runs < FEW_RUNS else "questions.A1.quieter_before", runs=runs)


def _as_far_before(night: FindingRow, context: RenderContext) -> str:
    """Word that the person has run as far before; empty where their runs do not say so."""
    say, far = context.say, float(night.facts["distance_m"])
    known = context.runs.filter(pl.col("local_date") < night.night, pl.col("distance_m") >= far).sort("local_date")
    if known.is_empty():
        return ""
    last = known.row(-1, named=True)
    day = say.date_near(last["local_date"], context.as_of)
    return say("questions.A1.as_far_before", far=say.distance(last["distance_m"]), day=day)


def _not_seen(say: Translator) -> tuple[str, ...]:
    return say("questions.A1.not_seen"), say("questions.A1.would_show", least=say.distance(LONGEST_NEEDED_M))


def _too_little(say: Translator, night: FindingRow) -> tuple[str, ...]:
    """Word that there is nothing to compare with yet; how many runs that would take is counted for nobody."""
    if night.facts.get("care"):
        return (say("questions.A1.coming_back"),)
    return say("questions.A1.too_little"), say("questions.A1.no_hurry")


def share(finding: FindingRow, context: ShareContext) -> str:
    """Word it for a shared page, with distances only where they are ticked."""
    name = "questions.A1.share.seen_distances" if context.ticked("distance") else "questions.A1.share.seen"
    return context.say(name, day=context.near(finding.night), **lengths(context.say, finding))


QUESTION = Question(SPECIFICATION, evaluate, share, AllInFull(compose))
