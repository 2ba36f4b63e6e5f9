"""B2: evenings of missed runs beside evenings of planned rest, and not only beside evenings of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.core.enums import FindingState
from runmood.findings.answers import answered_view, format_evidence_strength, latest_of, unanswered_view
from runmood.findings.multiplicity import FAMILY
from runmood.findings.question import AllInFull, Question, QuestionGroup, Specification
from runmood.findings.questions import missed_runs
from runmood.findings.questions.missed_runs import (
    are_told_together,
    counts,
    lacking,
    left_out,
    not_below,
    unevenly_rated,
)
from runmood.findings.stats.missed_runs_evidence import MIXED_WEEKDAYS, missed_run_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow, FindingView
    from runmood.findings.evaluation import EvaluationContext
    from runmood.findings.question import RenderContext, ShareContext

SPECIFICATION = Specification(
    code="B2",
    group=QuestionGroup.EVENINGS,
    place=2,
    asks="Was mood on missed days lower than on planned rest days too, and not only lower than on run days?",
    needs="As B1, and 8 rated days of planned rest, with rest and runs mixed on at least 2 weekdays (2 days each).",
    rule=(
        "Seen once the smaller of two e-values, run minus missed and rest minus missed, reaches "
        f"{FAMILY['B2'].enough:g} on one night. "
        "Where rest always falls on the same weekdays the two cannot be told apart."
    ),
    facts={
        "days": "days from the first to the night",
        "missed_days": "rated days with a missed run",
        "run_days": "rated days with the planned run done",
        "rest_days": "rated days of planned rest",
        "lacking": "what is missing, in days, by name, when there is not enough",
        "detectable": "the difference in mood points that would probably have shown by now",
        "mixed_weekdays": "weekdays that hold both rest and planned runs, at least 2 of each",
        "rated_missed_share": "share of the missed days whose evening was rated",
        "rated_run_share": "share of the run days whose evening was rated; a claim is blocked beyond 25 points apart",
        "missed_beside_runs": "share of missed days that have a run of the same weekday to stand beside",
        "left_out_before_run": "rated days left out because their mood was said before the day's run had ended",
        "left_out_other_hour": "those left out because days with runs and days without are not both rated at that hour",
        "morning_used": "whether mornings were held equal",
        "sleep_used": "whether the night's sleep was held equal",
        "silence": "mood points that silence could have made of the difference; evidence and range allow for them",
        "common_cause": (
            "how many times as likely something unrecorded would have to make both a missed run and a low evening to "
            "explain the effect away (VanderWeele & Ding 2017); where it is seen"
        ),
        "scale": "mood points in one standard deviation of this person's evenings",
    },
    source="Hausenblas, Gauvin, Symons Downs & Duley 2008, doi:10.1348/135910707X180378",
)


def evaluate(context: EvaluationContext) -> pl.DataFrame:
    """Return B2 for every night."""
    return missed_run_rows(context).filter(question=SPECIFICATION.code)


def compose(findings: Sequence[FindingRow], context: RenderContext) -> FindingView | None:
    """Word the answer, for B1 too once it is seen; none of its own while B1's tells that both wait."""
    missed, rest = latest_of(findings, missed_runs.SPECIFICATION.code), latest_of(findings, SPECIFICATION.code)
    if rest is None:
        return None
    if rest.seen:
        return _seen(missed, rest, context)
    if are_told_together(missed, rest):
        return None
    return unanswered_view(context.say, "questions.B2.called", rest.state, *_open(context.say, rest), codes=("B2",))


def _seen(missed: FindingRow | None, rest: FindingRow, context: RenderContext) -> FindingView:
    """Word that missed days were lower than run days and than planned rest: the cautious reading."""
    say = context.say
    than_run, than_rest = (each.claim("lower").gap(say) if each else "" for each in (missed, rest))
    name = "questions.B2.below_both" if missed else "questions.B2.below_rest"
    return answered_view(
        say,
        "questions.B2.title",
        codes=("B1", "B2") if missed else ("B2",),
        saw=[say(name, than_run=than_run, than_rest=than_rest, **counts(rest))],
        sure=[*format_evidence_strength(rest.claim("lower"), context, rest), *left_out(say, rest)],
        others=missed_runs.explanations(rest, context),
        some_do=[say("questions.B2.talk"), say("questions.B2.some_do")],
    )


def _open(say: Translator, finding: FindingRow) -> Iterator[str]:
    """Word an answer without a yes."""
    if finding.state == FindingState.NOT_SEEN:
        yield from not_below(say, finding)
        yield from left_out(say, finding)
    elif finding.state == FindingState.NOT_ENOUGH_EVIDENCE:
        yield from lacking(say, finding)
    else:
        yield from unevenly_rated(say, finding)
        if finding.count("mixed_weekdays") < MIXED_WEEKDAYS:
            yield say("questions.B2.same_weekdays")
            yield say("questions.B2.later")


def share(finding: FindingRow, context: ShareContext) -> str:
    """Word it for a shared page."""
    return context.say("questions.B2.share.seen", gap=finding.claim("lower").gap(context.say), **counts(finding))


QUESTION = Question(SPECIFICATION, evaluate, share, AllInFull(compose), share_otherwise=missed_runs.share_otherwise)
