"""B3: whether running was the only thing noted as a help on low days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.findings.answers import answered_view
from runmood.findings.evaluation import QuestionResult, to_rows
from runmood.findings.question import Question, QuestionGroup, Specification, YesInFull
from runmood.findings.stats.windows import known, share, total, trailing

if TYPE_CHECKING:
    from runmood.findings.answers import FindingRow, FindingView
    from runmood.findings.evaluation import EvaluationContext
    from runmood.findings.question import RenderContext, ShareContext
    from runmood.findings.stats.windows import Counts, Flags, Numbers

LOOK_BACK, KINDS_WITHIN = 180, 60  # days
LOW_QUARTER = 0.25
LOW_DAYS_NEEDED, LOG_NEEDED = 12, 0.5
MOST_OTHER_KINDS = 1
MAJORITY = 0.5
Z_90 = 1.6448536269514722  # two-sided 90 %
RUNNING, NO_KIND = "running", ("running", "nothing")

SPECIFICATION = Specification(
    code="B3",
    group=QuestionGroup.CAUTION,
    place=4,
    kind="rule",
    asks="Was running the only thing noted as a help on low days?",
    needs="12 low days with the log of what helped in half a year, and the log on half of the days since it was begun.",
    rule=(
        "A low day is one whose evening's mood a quarter of the evenings of half a year were at or below. Seen where "
        "the share of low days on which only running helped was above a half, by the lower end of its 90 % range "
        "(Wilson), and at most one other thing helped in 60 days."
    ),
    facts={
        "low_days": "low days with the log",
        "only_running_days": "those on which running helped and nothing else",
        "other_kinds": "other things that helped within 60 days",
        "log_share": "share of the days with the log since it was begun, within half a year",
        "lacking": "what is missing when there is not enough, in days: low_days, log_days",
    },
    source=(
        "Stenseng et al. 2023, doi:10.3389/fpsyg.2022.1035196; Chan & Grossman 1988, doi:10.2466/pms.1988.66.3.875; "
        "Wilson 1927, doi:10.1080/01621459.1927.10502953"
    ),
)


def evaluate(context: EvaluationContext) -> pl.DataFrame:
    """Return B3 for every night, from the half year before it."""
    mood, logged = context.column("mood_evening"), context.days["helped"].is_not_null().to_numpy()
    moods, log = trailing(mood, LOOK_BACK), trailing(logged, LOOK_BACK)
    low = (moods <= _quarter(moods)[:, np.newaxis]) & (log == 1)
    alone = trailing(_running_alone(context), LOOK_BACK)
    low_days, only = low.sum(axis=1), np.asarray(total(np.where(low, alone, 0.0)), dtype=np.int64)
    log_share = _log_share(log)
    kinds = _other_kinds(context)
    seen = (wilson_least(only, low_days) > MAJORITY) & (kinds <= MOST_OTHER_KINDS) & (log_share >= LOG_NEEDED)
    lacking = {"low_days": LOW_DAYS_NEEDED - low_days, "log_days": _log_days_missing(log)}
    facts = {"low_days": low_days, "only_running_days": only, "other_kinds": kinds, "log_share": log_share}
    return to_rows(SPECIFICATION, context, QuestionResult(lacking, seen & (low_days >= LOW_DAYS_NEEDED), facts))


def wilson_least(part: Counts, whole: Counts) -> Numbers:
    """Return the lower end of the 90 % range of a share, after Wilson 1927, doi:10.1080/01621459.1927.10502953."""
    number = np.maximum(whole, 1)
    rate, z2 = part / number, Z_90**2 / number
    return np.asarray((rate + z2 / 2 - np.sqrt(z2 * (rate * (1 - rate) + z2 / 4))) / (1 + z2))


def _quarter(moods: Numbers) -> Numbers:
    """Return the lower quartile of the known moods of each window (nights x days); nan where none is known."""
    place = np.ceil(LOW_QUARTER * known(moods)).astype(np.int64) - 1
    return np.asarray(np.take_along_axis(np.sort(moods, axis=1), np.maximum(place, 0)[:, np.newaxis], axis=1)[:, 0])


def _running_alone(context: EvaluationContext) -> Flags:
    """Return on which days running helped and nothing else did."""
    others = pl.element().is_in(NO_KIND).not_()
    helped = context.days.select(
        running=pl.col("helped").list.contains(RUNNING), more=pl.col("helped").list.eval(others)
    )
    alone = helped.select(pl.col("running") & ~pl.col("more").list.any())
    return alone.to_series().fill_null(value=False).to_numpy()


def _other_kinds(context: EvaluationContext) -> Counts:
    """Count the things other than running that helped within the last 60 days, by every night."""
    things = context.days["helped"].explode().drop_nulls().unique().sort()
    within = [
        total(trailing(context.marked(thing, column="helped"), KINDS_WITHIN)) > 0
        for thing in things.to_list()
        if thing not in NO_KIND
    ]
    return np.asarray(np.sum(within, axis=0), dtype=np.int64) + np.zeros(len(context.nights), dtype=np.int64)


def _log_share(log: Numbers) -> Numbers:
    """Return the share of days with the log since it was first used within the half year."""
    return share(total(log), _since_first(log))


def _log_days_missing(log: Numbers) -> Counts:
    """Return how many days with the log are missing to half of the days since its first use; 1 without any."""
    wanted = np.maximum(np.ceil(LOG_NEEDED * _since_first(log)), 1)
    return np.asarray(wanted - total(log), dtype=np.int64)


def _since_first(log: Numbers) -> Counts:
    used = log == 1
    return np.where(used.any(axis=1), log.shape[1] - used.argmax(axis=1), 0)


def counts(finding: FindingRow) -> dict[str, int]:
    """Return low days, those on which only running helped, and other things that helped."""
    names = {"low": "low_days", "only": "only_running_days", "other": "other_kinds"}
    return {name: finding.count(fact) for name, fact in names.items()}


def render(finding: FindingRow, context: RenderContext) -> FindingView:
    """Word on the page that on low days running was nearly all that was noted as a help."""
    say, values = context.say, counts(finding)
    return answered_view(
        say,
        "questions.B3.called",
        saw=[
            say("questions.B3.saw", **values),
            say("questions.B3.other" if values["other"] else "questions.B3.no_other", **values),
        ],
        sure=[say("questions.B3.sure")],
        others=[say("questions.B3.unnoted"), say("questions.B3.little_room")],
        some_do=[say("questions.B3.some_do")],
    )


def share_seen(finding: FindingRow, context: ShareContext) -> str:
    """Word it for a shared page."""
    values = counts(finding)
    return context.say("questions.B3.share.seen" if values["other"] else "questions.B3.share.seen_at_all", **values)


QUESTION = Question(SPECIFICATION, evaluate, share_seen, YesInFull(render))
