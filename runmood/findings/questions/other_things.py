"""C4: other things that helped, and the mood of the evenings on which they were noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.findings import joint_answers
from runmood.findings.question import Question, QuestionGroup, Specification, YesInFull
from runmood.findings.stats.joint import THINGS_FACT, RatedEntries, SampleSizeRule, fit_joint, joint_rule
from runmood.findings.stats.regression import whiten

if TYPE_CHECKING:
    import polars as pl

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow, FindingView
    from runmood.findings.evaluation import EvaluationContext
    from runmood.findings.question import RenderContext, ShareContext
    from runmood.findings.stats.windows import Flags, Numbers

NEEDS = SampleSizeRule("rated_days", rated=20, with_it=10, without=10)
NO_THING = ("running", "nothing", "other")
HALF_A_YEAR = 180  # days; the unit of the trend
HELPED = "helped"  # the choices that the things are from

SPECIFICATION = Specification(
    code="C4",
    group=QuestionGroup.HELPS,
    place=3,
    asks="Which other things went with better evenings on the days they helped?",
    needs="20 rated evenings with the log of what helped, 10 of them with a thing and 10 without.",
    rule=f"Evening mood with its memory on weekday, trend, whether there was a run, and the things: {joint_rule('C4')}",
    facts={
        "rated_days": "rated evenings with the log",
        "things": THINGS_FACT,
        "lacking": "what is missing, in days: rated_days, and rated_days_with and rated_days_without any one thing",
    },
    source="Wang & Ramdas 2022, doi:10.1111/rssb.12489",
)


def evaluate(context: EvaluationContext) -> pl.DataFrame:
    """Return C4 for every night."""
    return fit_joint(SPECIFICATION, context, collect_rated(context), NEEDS)


def collect_rated(context: EvaluationContext) -> RatedEntries:
    """Return the rows of its regression: evening mood, with its memory, on weekday, trend, running and what helped."""
    helped, mood = context.days["helped"], context.column("mood_evening")
    counts = helped.is_not_null().to_numpy() & ~np.isnan(mood)
    counts &= ~context.flag("excluded") & ~context.flag("mood_evening_late") & ~context.left_out
    things = sorted(set(helped.explode().drop_nulls()) - set(NO_THING))
    marked = [context.marked(thing, column="helped") for thing in things]
    noted = np.array(marked, dtype=bool).reshape(len(things), len(mood)).T[counts]
    rows = np.column_stack([_held_equal(context)[counts], noted, mood[counts] - 5])
    return RatedEntries(np.cumsum(counts, dtype=np.int64), tuple(things), noted, *_white(rows, counts))


def _white(rows: Numbers, counts: Flags) -> tuple[Numbers, Numbers]:
    """Return the rows without their memory; nothing is worked out for somebody who notes nothing."""
    if not len(rows):
        return np.empty((0, 1, rows.shape[1])), np.empty((0, 1))
    return whiten(np.flatnonzero(counts), rows)


def _held_equal(context: EvaluationContext) -> Numbers:
    """Return the columns that are no thing, nights x 9: constant, trend, Tuesday to Sunday, whether there was a run."""
    day, weekday = np.arange(len(context.nights)), context.column("weekday")
    trend = (day - HALF_A_YEAR / 2) / HALF_A_YEAR
    weekdays = [weekday == number for number in range(2, 8)]
    return np.column_stack([np.ones(len(day)), trend, *weekdays, np.nan_to_num(context.column("runs")) > 0]).astype(
        float
    )


def render(finding: FindingRow, context: RenderContext) -> FindingView:
    """Word what went with better evenings, or with lower ones, on the page."""
    others = [context.say("questions.C4.same_evening"), context.say("questions.C4.hard_days")]
    return joint_answers.render(finding, context, HELPED, others)


def share(finding: FindingRow, context: ShareContext) -> str:
    """Word it for a shared page."""
    return joint_answers.share(finding, context, HELPED, context.say.choice(HELPED, "other"))


def good(say: Translator, finding: FindingRow) -> str:
    """Word the things that went with better evenings; empty without any."""
    return joint_answers.good(say, finding, HELPED)


QUESTION = Question(SPECIFICATION, evaluate, share, YesInFull(render), good=good)
