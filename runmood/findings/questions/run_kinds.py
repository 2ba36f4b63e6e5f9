"""C2: kinds of runs that mood was higher, or lower, after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.core.enums import DAY_TAGS
from runmood.findings import joint_answers
from runmood.findings.question import Question, QuestionGroup, Specification, YesInFull
from runmood.findings.stats.joint import THINGS_FACT, RatedEntries, SampleSizeRule, fit_joint, joint_rule
from runmood.findings.stats.mood_pairs import centred, pair_moods

if TYPE_CHECKING:
    import polars as pl

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow, FindingView
    from runmood.findings.evaluation import EvaluationContext
    from runmood.findings.question import RenderContext, ShareContext

NEEDS = SampleSizeRule("rated_runs", rated=30, with_it=8, without=12)
TAGS = "tags"  # the choices that the kinds are from

SPECIFICATION = Specification(
    code="C2",
    group=QuestionGroup.HELPS,
    place=2,
    asks="Which kinds of runs was mood higher, or lower, after?",
    needs="30 runs with a mood before and after, 8 of them tagged with a kind and 12 not.",
    rule=f"The lift on mood before, minutes, effort, and the kinds: {joint_rule('C2')}",
    facts={
        "rated_runs": "runs with both moods",
        "things": THINGS_FACT,
        "lacking": "what is missing, in runs: rated_runs, and rated_runs_with and rated_runs_without any one kind",
    },
    source="Ekkekakis et al. 2011, doi:10.2165/11590680-000000000-00000; Wang & Ramdas 2022, doi:10.1111/rssb.12489",
)


def evaluate(context: EvaluationContext) -> pl.DataFrame:
    """Return C2 for every night."""
    return fit_joint(SPECIFICATION, context, collect_rated(context), NEEDS)


def collect_rated(context: EvaluationContext) -> RatedEntries:
    """Return the rows of its regression: lift on mood before, minutes, effort and the kinds."""
    pairs = pair_moods(context)
    tags = pairs.frame["tags"]
    kinds = sorted(set(tags.explode().drop_nulls()) - set(DAY_TAGS))
    tagged = [tags.list.contains(kind).fill_null(value=False).to_numpy() for kind in kinds]
    noted = np.array(tagged, dtype=bool).reshape(len(kinds), len(tags)).T
    equal = [centred(pairs.before), centred(pairs.number("moving_s") / 60), centred(pairs.number("effort"))]
    rows = np.column_stack([np.ones(len(tags)), *equal, noted, pairs.lift])
    by_night = pairs.by_night(len(context.nights))
    return RatedEntries(by_night, tuple(kinds), noted, rows[:, np.newaxis], np.zeros((len(rows), 1)))


def render(finding: FindingRow, context: RenderContext) -> FindingView:
    """Word the kinds of runs that stood out on the page."""
    others = [context.say("questions.C2.together"), context.say("questions.C2.chosen")]
    return joint_answers.render(finding, context, TAGS, others)


def share(finding: FindingRow, context: ShareContext) -> str:
    """Word it for a shared page."""
    return joint_answers.share(finding, context, TAGS, context.say("questions.C2.share.own_words"))


def good(say: Translator, finding: FindingRow) -> str:
    """Word the kinds of runs that mood was higher after; empty without any."""
    return joint_answers.good(say, finding, TAGS)


QUESTION = Question(SPECIFICATION, evaluate, share, YesInFull(render), good=good)
