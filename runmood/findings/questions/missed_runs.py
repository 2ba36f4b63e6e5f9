"""B1: evenings of days on which a planned run was missed, beside evenings of planned runs that happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from runmood.core.enums import DayKind, FindingState, MoodLeftOut
from runmood.core.i18n import readable
from runmood.findings.answers import (
    answered_view,
    describe_missing,
    format_evidence_strength,
    latest_of,
    unanswered_view,
)
from runmood.findings.multiplicity import FAMILY
from runmood.findings.question import AllInFull, Question, QuestionGroup, Specification
from runmood.findings.stats.missed_runs_evidence import MOST_APART, missed_run_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow, FindingView
    from runmood.findings.evaluation import EvaluationContext
    from runmood.findings.question import RenderContext, ShareContext

SPECIFICATION = Specification(
    code="B1",
    group=QuestionGroup.EVENINGS,
    place=1,
    asks="Was the evening's mood lower on days when a planned run was missed than on days when it happened?",
    needs="42 days, 8 rated missed days and 12 rated days with the planned run done.",
    rule=(
        "Each night, a regression with weekday, trend, the scale of each import and day-to-day memory (AR(1) and "
        "noise, exact over gaps, averaged by restricted likelihood). Where six in ten rated days have a morning's "
        "mood, mornings are ratings too, and as much of their difference as lasts until evening is taken out; where as "
        "many have a rated sleep, or the hours that a device recorded, that is held equal. Where one kind of day is "
        "rated more rarely than chance explains, "
        "the silent evenings count as the best or the worst, whichever is less kind to the difference. Seen "
        "once the e-value of run minus missed, for differences of .6 standard deviations, give or take .3, reaches "
        f"{FAMILY['B1'].enough:g} on any night. Where missed and run days are answered more than 25 "
        "points apart, or fewer than half of missed days have a run of their weekday beside them, the two cannot be "
        "told apart."
    ),
    facts={
        "days": "days from the first to the night",
        "missed_days": "rated days with a missed run",
        "run_days": "rated days with the planned run done",
        "rest_days": "rated days of planned rest",
        "lacking": "what is missing, in days, by name, when there is not enough",
        "detectable": "the difference in mood points that would probably have shown by now",
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
    source=(
        "Aidman & Woollard 2003, Psychology of Sport and Exercise 4:225; "
        "Robbins 1970, Annals of Mathematical Statistics 41:1397, doi:10.1214/aoms/1177696786; "
        "Lee 2009, doi:10.1111/j.1467-937X.2009.00536.x; VanderWeele & Ding 2017, doi:10.7326/M16-2607"
    ),
)
REST = "B2"  # the question that is told with this one while both wait, and instead of it once it is seen


def evaluate(context: EvaluationContext) -> pl.DataFrame:
    """Return B1 for every night."""
    return missed_run_rows(context).filter(question=SPECIFICATION.code)


# Words and counts that the questions on missed runs share.

WORTH_SAYING = 0.1  # between the shares of rated evenings
LOW_MOOD, BUSY = "low mood", ("no time", "busy")
THINGS = (
    "missed_days",
    "run_days",
    "rest_days",
    "mixed_weekdays",
    "days",
)  # of what there may be too little, in this order


def are_told_together(missed: FindingRow | None, rest: FindingRow | None) -> bool:
    """Return whether one answer tells of B1 and B2: missed days differ from rest too, or both questions wait."""
    early = FindingState.NOT_ENOUGH_EVIDENCE
    return bool(missed and rest and (rest.seen or missed.state == rest.state == early))


def joined(findings: Sequence[FindingRow]) -> tuple[str, ...]:
    """Return the codes of the questions in one answer with this one, its own among them."""
    missed, rest = latest_of(findings, SPECIFICATION.code), latest_of(findings, REST)
    return (SPECIFICATION.code, REST) if are_told_together(missed, rest) else (SPECIFICATION.code,)


def compose(findings: Sequence[FindingRow], context: RenderContext) -> FindingView | None:
    """Word the answer; with B2's in one while both wait, and not at all once B2 is seen and tells of both."""
    missed, rest, say = latest_of(findings, SPECIFICATION.code), latest_of(findings, REST), context.say
    if missed is None or (rest and rest.seen):
        return None
    if rest and are_told_together(missed, rest):
        return unanswered_view(
            say, "questions.B1.early_title", missed.state, *lacking(say, missed, rest), codes=("B1", REST)
        )
    if missed.seen:
        return _seen(missed, rest, context)
    return unanswered_view(say, "questions.B1.called", missed.state, *_open(say, missed), codes=("B1",))


def _seen(missed: FindingRow, rest: FindingRow | None, context: RenderContext) -> FindingView:
    """Word that run days were better days, and nothing says that missed days were worse than rest: the kind reading."""
    say, claim = context.say, missed.claim("higher")
    unknown = rest is None or rest.state != FindingState.NOT_SEEN or rest.effect is None
    beside_rest = (
        say("questions.B1.rest_unknown")
        if rest is None or unknown
        else say("questions.B1.beside_rest", than_rest=rest.claim("lower").gap(say), **counts(rest))
    )
    return answered_view(
        say,
        "questions.B1.called" if claim.faded else "questions.B1.better_title",
        codes=("B1",),
        saw=[
            say("questions.B1.above_missed", than_missed=claim.gap(say), **counts(missed)),
            beside_rest if rest else "",
        ],
        sure=[*format_evidence_strength(claim, context, missed), *left_out(say, missed)],
        others=explanations(missed, context),
        some_do=[say("questions.B1.better_some_do")],
    )


def counts(finding: FindingRow) -> dict[str, int]:
    """Return how many rated days of each kind the answer rests on."""
    return {name: finding.count(name) for name in ("missed_days", "run_days", "rest_days")}


def tested_days(days: pl.DataFrame) -> pl.DataFrame:
    """Return the days whose evenings are compared: rated in time, after what they speak of, and not excluded."""
    late, apart = pl.col("mood_evening_late").fill_null(value=False), pl.col("excluded").fill_null(value=False)
    in_order = pl.col("mood_evening_left_out").is_null()
    return days.filter(pl.col("mood_evening").is_not_null(), late.not_(), apart.not_(), in_order)


def skip_reasons(days: pl.DataFrame) -> dict[str, int]:
    """Count the reasons given on the missed days that are compared, most often first."""
    missed = tested_days(days).filter(pl.col("day_kind") == DayKind.MISSED_RUN, pl.col("skip_reason").is_not_null())
    counts = missed["skip_reason"].value_counts().sort(["count", "skip_reason"], descending=[True, False])
    return {reason: int(count) for reason, count in counts.iter_rows()}


def explanations(finding: FindingRow, context: RenderContext) -> Iterator[str]:
    """Word what else may be behind it, with the person's own reasons counted."""
    say, reasons = context.say, skip_reasons(context.days)
    low, busy = reasons.get(LOW_MOOD, 0), sum(reasons.get(reason, 0) for reason in BUSY)
    if low:
        yield say("questions.B1.low_first_tapped", days=low, reason=say.choice("skip_reason", LOW_MOOD))
    else:
        yield say("questions.B1.low_first" if finding.facts.get("morning_used") else "questions.B1.low_first_untold")
    yield say("questions.B1.full_day_said" if busy else "questions.B1.full_day", days=busy)
    if reasons:
        told = [f"{readable(say.choice('skip_reason', reason))} ({count})" for reason, count in reasons.items()]
        yield say("questions.B1.reasons", reasons=told)
    if (times := finding.facts.get("common_cause")) is not None:
        yield say("questions.B1.common_cause", times=float(times))
    yield _rated(say, "questions.B1.rated", finding, WORTH_SAYING)
    if (silence := round(float(finding.facts.get("silence") or 0), 1)) > 0:
        yield say("questions.B1.silence", points=silence)


def _rated(say: Translator, name: str, finding: FindingRow, apart: float) -> str:
    """Word how often either kind of evening was rated, where the two shares lie further apart than this."""
    missed, run = (finding.facts.get(f"rated_{kind}_share") for kind in ("missed", "run"))
    if missed is None or run is None or abs(missed - run) <= apart:
        return ""
    return say(name, missed=float(missed), run=float(run))


def _open(say: Translator, finding: FindingRow) -> Iterator[str]:
    """Word an answer without a yes."""
    if finding.state == FindingState.NOT_SEEN:
        yield from not_below(say, finding)
        yield from left_out(say, finding)
    elif finding.state == FindingState.NOT_ENOUGH_EVIDENCE:
        yield from lacking(say, finding)
    else:
        yield from unevenly_rated(say, finding)


def not_below(say: Translator, finding: FindingRow) -> Iterator[str]:
    """Word that no difference shows, and how large a one would probably have shown."""
    yield say(f"questions.{finding.question}.not_below", **counts(finding))
    if (detectable := finding.facts.get("detectable")) is not None:
        yield say("questions.B1.would_have_shown", points=float(detectable))


def lacking(say: Translator, *waiting: FindingRow) -> Iterator[str]:
    """Word what the questions that wait lack, each thing once."""
    each = [finding.facts.get("lacking") or {} for finding in waiting]
    yield say("questions.B1.too_early")
    yield describe_missing(
        say, [say(f"questions.B1.missing.{name}") for name in THINGS if any(name in one for one in each)]
    )
    yield from left_out(say, waiting[0])
    yield say("questions.B1.with_time")


def left_out(say: Translator, finding: FindingRow) -> Iterator[str]:
    """Word how many evenings are left out because they came too early, or at an hour of their own, and why."""
    for reason in MoodLeftOut:
        if days := finding.count(f"left_out_{reason}"):
            yield say(f"questions.B1.left_out_{reason}", days=days)


def unevenly_rated(say: Translator, finding: FindingRow) -> Iterator[str]:
    """Word that the evenings were rated too unevenly to be compared; nothing where they were not."""
    if shares := _rated(say, "questions.B1.rated", finding, MOST_APART):
        yield shares
        yield say("questions.B1.not_compared")
    yield from left_out(say, finding)


def share(finding: FindingRow, context: ShareContext) -> str:
    """Word it for a shared page."""
    return context.say("questions.B1.share.seen", gap=finding.claim("lower").gap(context.say), **counts(finding))


def share_otherwise(say: Translator, finding: FindingRow) -> str:
    """Word for a shared page: low mood first, or a full day; and evenings that were rated unevenly."""
    order = "low_first_held" if finding.facts.get("morning_used") else "low_first"
    told = (
        say(f"questions.B1.share.{order}"),
        say("questions.B1.share.full_day"),
        _rated(say, "questions.B1.share.uneven", finding, WORTH_SAYING),
    )
    return " ".join(filter(None, told))


QUESTION = Question(SPECIFICATION, evaluate, share, AllInFull(compose, joined), share_otherwise=share_otherwise)
