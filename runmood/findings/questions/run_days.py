"""C3: run days were better days than missed ones, and no dip below rest shows: read from B1 and B2."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from runmood.core.enums import FindingState
from runmood.findings.question import Question, QuestionGroup, Specification
from runmood.findings.questions import missed_runs, missed_runs_and_rest
from runmood.findings.questions.missed_runs import counts
from runmood.schema.tables import FINDINGS

if TYPE_CHECKING:
    from runmood.findings.answers import FindingRow
    from runmood.findings.evaluation import EvaluationContext
    from runmood.findings.question import ShareContext

SPECIFICATION = Specification(
    code="C3",
    group=QuestionGroup.EVENINGS,
    place=3,
    part_of=missed_runs.SPECIFICATION.code,
    asks="Were evenings of run days better than those of missed days, with no dip of missed days below rest to see?",
    needs="As B1.",
    rule=(
        "Seen while B1 is seen and B2 is not, from the same numbers: a lift on run days, and no sign of a dip on "
        "missed ones. That none is seen does not say that there is none. Once B2 is seen too the two cannot be told "
        "apart."
    ),
    facts=missed_runs.SPECIFICATION.facts,
    source="Hausenblas, Gauvin, Symons Downs & Duley 2008, doi:10.1348/135910707X180378",
)
SEEN = pl.col("state") == "seen"
DIP = pl.col("dip")
KEPT = ("strength", "growing")


def evaluate(context: EvaluationContext) -> pl.DataFrame:
    """Return C3 for every night: seen while B1 is and B2 is not, which tells a lift from a dip."""
    dips = missed_runs_and_rest.evaluate(context).select("night", dip=SEEN)
    asked = missed_runs.evaluate(context).join(dips, on="night", how="left").sort("night")
    dip = DIP.fill_null(value=False)
    state = pl.when(SEEN & dip).then(pl.lit(FindingState.CONFOUNDED)).otherwise("state")
    gone = pl.when(SEEN & dip).then(None)
    return asked.with_columns(
        question=pl.lit(SPECIFICATION.code),
        state=state,
        since=gone.otherwise("since"),
        **{name: gone.otherwise(name) for name in KEPT},
    ).select(FINDINGS.schema.names())


def share(finding: FindingRow, context: ShareContext) -> str:
    """Word it for a shared page."""
    return context.say("questions.C3.share.seen", gap=finding.claim("higher").gap(context.say), **counts(finding))


QUESTION = Question(SPECIFICATION, evaluate, share, share_otherwise=missed_runs.share_otherwise)
