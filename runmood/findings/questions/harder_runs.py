"""A6: whether ordinary runs felt harder lately; and how pace and heart rate stood, in neutral figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.findings.evaluation import QuestionResult, to_rows
from runmood.findings.question import FiguresInLine, Question, QuestionGroup, Specification
from runmood.findings.stats.changes import RUNS_BEFORE_NEEDED, RUNS_LATELY_NEEDED, compare_efforts

if TYPE_CHECKING:
    import polars as pl

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow
    from runmood.findings.evaluation import EvaluationContext
    from runmood.findings.question import ShareContext

HARDER = 0.5  # of 10

SPECIFICATION = Specification(
    code="A6",
    group=QuestionGroup.TRAINING,
    place=2,
    kind="context",
    asks="Did ordinary runs feel harder in the last two weeks than in the six weeks before?",
    needs="4 runs with an effort in the last 14 days and 8 in the 42 before, not tagged hard or race.",
    rule=(
        "Seen where the mean effort rose by at least 0.5 of 10. Pace and heart rate of the same runs stand beside it "
        "without a direction: a lower heart rate at one pace can go with fitness and with tiredness."
    ),
    facts={
        "effort_lately": "mean effort of the last 14 days",
        "effort_before": "mean effort of the 42 days before",
        "runs_lately": "runs in it",
        "runs_before": "runs in it",
        "heart_lately_bpm": "mean heart rate of those of the last 14 days",
        "heart_before_bpm": "mean heart rate of those of the 42 days before",
        "pace_lately_s_km": "mean pace of those of the last 14 days",
        "pace_before_s_km": "mean pace of those of the 42 days before",
        "lacking": "what is missing when there is not enough, in runs",
    },
    source="Roete et al. 2021, International Journal of Sports Physiology and Performance 16:1065",
)


def evaluate(context: EvaluationContext) -> pl.DataFrame:
    """Return A6 for every night."""
    effort, heart, pace = (compare_efforts(context, name) for name in ("effort", "heart_bpm", "pace_s_km"))
    facts = {
        "effort_lately": effort.lately,
        "effort_before": effort.before,
        "runs_lately": effort.runs_lately,
        "runs_before": effort.runs_before,
        "heart_lately_bpm": heart.lately,
        "heart_before_bpm": heart.before,
        "pace_lately_s_km": pace.lately,
        "pace_before_s_km": pace.before,
    }
    lacking = {
        "runs_lately": RUNS_LATELY_NEEDED - effort.runs_lately,
        "runs_before": RUNS_BEFORE_NEEDED - effort.runs_before,
    }
    return to_rows(SPECIFICATION, context, QuestionResult(lacking, effort.change >= HARDER, facts))


def efforts(finding: FindingRow) -> dict[str, float | int]:
    """Return mean efforts (of 10) and numbers of runs, lately and before."""
    runs = {name: finding.count(name) for name in ("runs_lately", "runs_before")}
    return runs | {when: float(finding.facts[f"effort_{when}"]) for when in ("lately", "before")}


def paces(say: Translator, finding: FindingRow) -> dict[str, str]:
    """Return the mean paces lately and before, in words; empty where either is unknown."""
    told = {when: say.pace(finding.facts.get(f"pace_{when}_s_km")) for when in ("lately", "before")}
    return told if all(told.values()) else {}


def figures(say: Translator, finding: FindingRow) -> str:
    """Word effort lately and before, with heart rate and pace beside it, whichever way they went."""
    beside = []
    if (now := finding.facts.get("heart_lately_bpm")) and (then := finding.facts.get("heart_before_bpm")):
        beside.append(say("questions.A6.heart", lately=round(now), before=round(then)))
    if both := paces(say, finding):
        beside.append(say("questions.A6.pace", **both))
    return say("questions.A6.felt_beside" if beside else "questions.A6.felt", **efforts(finding), beside=beside)


def share(finding: FindingRow, context: ShareContext) -> str:
    """Word it for a shared page, with paces only where they are ticked."""
    say, both = context.say, paces(context.say, finding)
    if context.ticked("pace") and both:
        named = {f"pace_{when}": pace for when, pace in both.items()}
        return say("questions.A6.share.seen_paces", **efforts(finding), **named)
    return say("questions.A6.share.seen", **efforts(finding))


QUESTION = Question(SPECIFICATION, evaluate, share, FiguresInLine(figures))
