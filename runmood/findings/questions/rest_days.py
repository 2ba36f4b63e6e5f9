"""B7: planned rests that became runs, and runs much longer than planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.core.enums import DayKind, PlanSource
from runmood.findings.answers import answered_view
from runmood.findings.evaluation import QuestionResult, to_rows
from runmood.findings.question import Question, QuestionGroup, Specification, YesInFull
from runmood.findings.stats.windows import share, total, trailing

if TYPE_CHECKING:
    import polars as pl

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow, FindingView
    from runmood.findings.evaluation import EvaluationContext
    from runmood.findings.question import RenderContext, ShareContext
    from runmood.findings.stats.windows import Counts, Flags

WITHIN = 28  # days
RESTS_NEEDED, HALF = 6, 0.5
LONGER, LONGER_RUNS = 1.3, 4  # times the plan; runs
LEARNED = PlanSource.HABIT  # a rest that a person never meant cannot be broken

SPECIFICATION = Specification(
    code="B7",
    group=QuestionGroup.CAUTION,
    place=6,
    kind="rule",
    asks="Did planned rests become runs, or runs become much longer than planned?",
    needs="6 planned rests in 28 days; rests that were only learned from habit do not count.",
    rule=(
        "Seen on nights when, in 28 days, runs fell on half or more of the planned rests, or 4 or more days went "
        "beyond 1.3 times the planned distance."
    ),
    facts={
        "rest_days": "planned rests in 28 days, kept or not",
        "runs_on_rest": "those with a run",
        "planned_runs": "days with a run and a planned distance",
        "longer_runs": "those beyond 1.3 times the plan",
        "lacking": "what is missing when there is not enough, in days",
    },
    source="Hausenblas & Symons Downs 2002, doi:10.1080/0887044022000004894",
)


def evaluate(context: EvaluationContext) -> pl.DataFrame:
    """Return B7 for every night."""
    meant = ~(context.days["plan_source"].fill_null("") == LEARNED).to_numpy()
    kind = context.days["day_kind"]
    turned = _days(meant & (kind == DayKind.RUN_ON_REST).to_numpy())
    rests = turned + _days(meant & (kind == DayKind.PLANNED_REST).to_numpy())
    planned, ran = context.column("planned_m"), context.column("distance_m")
    longer, with_distance = _days(ran > LONGER * planned), _days((planned > 0) & (ran > 0))
    rested = rests >= RESTS_NEEDED
    seen = (rested & (share(turned, rests) >= HALF)) | (longer >= LONGER_RUNS)
    facts = {"rest_days": rests, "runs_on_rest": turned, "planned_runs": with_distance, "longer_runs": longer}
    return to_rows(SPECIFICATION, context, QuestionResult({"rest_days": RESTS_NEEDED - rests}, seen, facts))


def _days(flags: Flags) -> Counts:
    return np.asarray(total(trailing(flags, WITHIN)), dtype=np.int64)


def parts(say: Translator, finding: FindingRow, became_runs: str, longer: str) -> list[str]:
    """Word what was seen, of both or either: rests that became runs, runs longer than planned."""
    names = {"ran": "runs_on_rest", "rests": "rest_days", "longer": "longer_runs", "planned": "planned_runs"}
    counts = {name: finding.count(fact) for name, fact in names.items()}
    often = counts["rests"] > 0 and counts["ran"] >= HALF * counts["rests"]
    told = [say(became_runs, **counts)] if often else []
    return told + ([say(longer, **counts)] if counts["longer"] >= LONGER_RUNS else [])


def render(finding: FindingRow, context: RenderContext) -> FindingView:
    """Word planned rests that became runs, and runs that became much longer than planned, on the page."""
    say = context.say
    return answered_view(
        say,
        "questions.B7.called",
        saw=parts(say, finding, "questions.B7.became_runs", "questions.B7.longer"),
        sure=[say("questions.B7.sure")],
        others=[say("questions.B7.plan_not_kept_up"), say("questions.B7.moved")],
        some_do=[say("questions.B7.some_do")],
    )


def share_seen(finding: FindingRow, context: ShareContext) -> str:
    """Word it for a shared page."""
    told = parts(context.say, finding, "questions.B7.share.became_runs", "questions.B7.share.longer")
    return context.say("questions.B7.share.seen", parts=told)


QUESTION = Question(SPECIFICATION, evaluate, share_seen, YesInFull(render))
