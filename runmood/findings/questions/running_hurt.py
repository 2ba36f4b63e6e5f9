"""B5: runs on days that were marked ill or injured, or on which it hurt."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from runmood.findings.answers import answered_view
from runmood.findings.evaluation import QuestionResult, to_rows
from runmood.findings.question import Question, QuestionGroup, Specification, YesInFull
from runmood.findings.stats.windows import total, trailing

if TYPE_CHECKING:
    import polars as pl

    from runmood.findings.answers import FindingRow, FindingView
    from runmood.findings.evaluation import EvaluationContext
    from runmood.findings.question import RenderContext, ShareContext
    from runmood.findings.stats.windows import Counts, Flags, Numbers

WITHIN, PAIN_WITHIN = 28, 14  # days
RUNS_NEEDED, PAINFUL_RUNS = 2, 3
PAIN, STRONG_PAIN = 5.0, 7.0  # of 10
UNWELL = ("ill", "injured", "fever", "chest pain")
STOP = ("fever", "chest pain")
DATES_SHOWN = 5

SPECIFICATION = Specification(
    code="B5",
    group=QuestionGroup.CAUTION,
    place=3,
    kind="rule",
    safety=True,
    asks="Were there runs on days marked ill or injured, or on which it hurt?",
    needs="A tag or a pain noted on at least one day.",
    rule=(
        "Seen on nights with 2 or more runs, in 28 days, on days marked ill or injured or with pain of 5 or more; or "
        "with one on a day marked fever or chest pain, or with pain of 7 or more."
    ),
    facts={
        "runs_hurt": "such runs in 28 days",
        "runs_to_stop": "those with fever, chest pain or pain of 7 or more",
        "painful_runs": "runs on days with pain of 5 or more, in 14 days",
        "most_pain": "the most pain said on a day with a run, in 28 days",
        "stop_and_check": "whether one was of those to stop, or three hurt in 14 days",
        "dates": "the days of the runs",
        "lacking": "marked_days: no tag and no pain was noted on any day",
    },
    source=(
        "Granziol et al. 2023, International Journal of Mental Health and Addiction (EAI-3); "
        "Hausenblas & Symons Downs 2002, doi:10.1080/0887044022000004894"
    ),
)


def evaluate(context: EvaluationContext) -> pl.DataFrame:
    """Return B5 for every night."""
    runs, pain = np.nan_to_num(context.column("runs")), np.nan_to_num(context.column("pain"))
    unwell, stop = context.marked(*UNWELL), context.marked(*STOP) | (pain >= STRONG_PAIN)
    within = np.where(unwell | (pain >= PAIN), runs, 0)
    hurt, at_once = _sum(within, WITHIN), _sum(np.where(stop, runs, 0), WITHIN)
    painful = _sum(np.where(pain >= PAIN, runs, 0), PAIN_WITHIN)
    facts = {
        "runs_hurt": hurt,
        "runs_to_stop": at_once,
        "painful_runs": painful,
        "most_pain": np.nanmax(trailing(np.where(runs > 0, pain, 0.0), WITHIN), axis=1),
        "stop_and_check": (at_once > 0) | (painful >= PAINFUL_RUNS),
        "dates": _dates(context, within > 0),
    }
    marked = (context.days["tags"].list.len().fill_null(0) > 0).to_numpy() | ~np.isnan(context.column("pain"))
    lacking = {"marked_days": 1 - np.cumsum(marked).astype(np.int64)}
    return to_rows(SPECIFICATION, context, QuestionResult(lacking, (hurt >= RUNS_NEEDED) | (at_once > 0), facts))


def _sum(runs: Numbers, span: int) -> Counts:
    return np.asarray(total(trailing(runs, span)), dtype=np.int64)


def _dates(context: EvaluationContext, on: Flags) -> list[object]:
    """Return the flagged days of the last four weeks, night by night, as ISO dates; None without any."""
    days, numbers = [f"{date}" for date in context.nights], np.flatnonzero(on)
    first, past = (np.searchsorted(numbers, np.arange(len(on)) + shift) for shift in (1 - WITHIN, 1))
    return [[days[number] for number in numbers[low:high]] or None for low, high in zip(first, past, strict=True)]


def days_hurt(finding: FindingRow) -> list[dt.date]:
    """Return the days of these runs, in order."""
    return [dt.date.fromisoformat(day) for day in finding.facts.get("dates") or ()]


def render(finding: FindingRow, context: RenderContext) -> FindingView:
    """Word runs on days marked ill or hurt on the page."""
    say, dates = context.say, _shown_dates(finding, context)
    day, pain = say.date_near(finding.night, context.as_of), finding.facts.get("most_pain")
    return answered_view(
        say,
        "questions.B5.title",
        saw=[
            say(
                "questions.B5.saw_on" if dates else "questions.B5.saw",
                day=day,
                runs=finding.count("runs_hurt"),
                dates=dates,
            ),
            "" if pain is None else say("questions.B5.most_pain", pain=float(pain)),
        ],
        sure=[say("questions.B5.sure")],
        others=[say("questions.B5.another_time"), say("questions.B5.easy")],
        some_do=[
            say("questions.B5.stop_and_check") if finding.facts.get("stop_and_check") else "",
            say("questions.B5.some_do"),
        ],
    )


def _shown_dates(finding: FindingRow, context: RenderContext) -> str:
    """Word the last few of the days."""
    days = days_hurt(finding)
    shown = ", ".join(context.say.date_near(day, context.as_of) for day in days[-DATES_SHOWN:])
    return context.say("questions.B5.the_last", dates=shown) if len(days) > DATES_SHOWN else shown


def share(finding: FindingRow, context: ShareContext) -> str:
    """Word it for a shared page."""
    values, days = {"day": context.near(finding.night), "runs": finding.count("runs_hurt")}, days_hurt(finding)
    if not days:
        return context.say("questions.B5.share.seen", **values)
    return context.say("questions.B5.share.seen_last", **values, last=context.near(days[-1]))


QUESTION = Question(SPECIFICATION, evaluate, share, YesInFull(render))
