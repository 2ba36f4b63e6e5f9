"""C1: whether mood was higher after runs than before them.

The lift (after less before) must hold for a run begun in one's usual mood, by a regression on the mood before less the
usual one, and on average over all runs, in whatever mood they were begun; the time of day is held equal in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.findings.answers import answered_view, format_evidence_strength
from runmood.findings.multiplicity import FAMILY, TestedHypothesis
from runmood.findings.question import Question, QuestionGroup, Specification, YesInFull
from runmood.findings.stats.evalues import Expected, GroupDifference, log_e_value
from runmood.findings.stats.mood_pairs import MoodPairs, centred, pair_moods
from runmood.findings.stats.regression import fit
from runmood.findings.stats.windows import share

if TYPE_CHECKING:
    from runmood.core.i18n import Translator
    from runmood.findings.answers import Claim, FindingRow, FindingView
    from runmood.findings.evaluation import EvaluationContext
    from runmood.findings.question import RenderContext, ShareContext
    from runmood.findings.stats.windows import Counts, Flags, Numbers

NEEDED = 15  # runs
NOON, EVENING = 11, 16  # o'clock: where the morning ends and the evening begins
# Lifts looked for, in standard deviations of lifts: in 103 studies mood rose by .23 to .44 of its own (Weinstein et al.
# 2024), which is .3 to .5 of these. A lower mood after runs is looked for too, with what is left of the weight.
LIFTS, HIGHER = Expected(0.4, 0.1), 0.9
ALL_RUNS = np.array([True, True, True, False, False])  # columns held equal where all runs count: those of the hour

SPECIFICATION = Specification(
    code="C1",
    group=QuestionGroup.HELPS,
    place=1,
    asks="Was mood higher, or lower, after runs than before them?",
    needs="15 runs with a mood within three hours before and after, on days not set apart.",
    rule=(
        "Two lifts (after less before) are estimated in mood points, the time of day held equal: of a run begun in "
        "one's usual mood, by a regression on the mood before less the mean mood of the twelve weeks before, and of "
        "all runs, in whatever mood they were begun; the smaller one is told. Seen once the e-values of both, on one "
        f"side, for lifts of {LIFTS.mean:g} standard deviations, give or take {LIFTS.spread:g}, reach "
        f"{FAMILY['C1'].enough:g} on any night; a higher mood has {HIGHER:g} of the weight beforehand, a lower one "
        f"{1 - HIGHER:.1g}. "
        "Without runs left out by chance this goes with running; it does not show what moved the mood."
    ),
    facts={
        "rated_runs": "runs with both moods",
        "higher_after": "those with a higher mood after",
        "lower_after": "those with a lower mood after",
        "mood_before": "mean mood before",
        "mood_after": "mean mood after",
        "detectable": "the lift that would probably have shown by now",
        "lacking": "runs that are missing when there are not enough",
    },
    source=(
        "Reed & Ones 2006, doi:10.1016/j.psychsport.2005.11.003; Weinstein et al. 2024, Psychosomatic Medicine 86:486; "
        "Robbins 1970, doi:10.1214/aoms/1177696786"
    ),
)


def evaluate(context: EvaluationContext) -> TestedHypothesis:
    """Return C1 for every night, to be decided with the other tested questions."""
    pairs = pair_moods(context)
    runs = pairs.by_night(len(context.nights))
    difference = _difference(pairs, runs)
    lacking = {"rated_runs": NEEDED - runs}
    claimable = (runs >= NEEDED) & ~np.isnan(difference.estimate)
    width = difference.half_width
    facts = {
        "rated_runs": runs,
        "higher_after": _by_night(np.cumsum(pairs.lift > 0), runs),
        "lower_after": _by_night(np.cumsum(pairs.lift < 0), runs),
        "mood_before": share(_by_night(np.cumsum(pairs.before), runs), runs),
        "mood_after": share(_by_night(np.cumsum(pairs.before + pairs.lift), runs), runs),
        "detectable": np.where(claimable, difference.detectable_at(FAMILY["C1"].enough / HIGHER, LIFTS), np.nan),
    }
    ends = difference.estimate - width, difference.estimate + width
    return TestedHypothesis(SPECIFICATION, lacking, difference, difference.shrunken, *ends, facts, claimable)


@dataclass(frozen=True)
class LiftDifference(GroupDifference):
    """The smaller of two lifts: of a run begun in one's usual mood, and in the mood in which runs were begun."""

    other: GroupDifference

    @cached_property
    def log_e(self) -> Numbers:
        """The weaker evidence of the two for a lift on the side of the smaller one, by that side's weight."""
        higher = self.estimate > 0
        side = np.where(higher, 1.0, -1.0)
        each = (log_e_value(side * one.z, one.error / one.sigma, LIFTS) for one in (self, self.other))
        return np.minimum(*each) + np.log(np.where(higher, HIGHER, 1 - HIGHER))


def _difference(pairs: MoodPairs, runs: Counts) -> LiftDifference:
    """Estimate the lift by every night, of a run begun in one's usual mood and of one begun as runs were on average.

    Either alone can be made by something else: who rates runs mostly on low days sees mood come back to its usual, and
    where mood at the hours of runs differs from that of mornings and evenings, "usual" is not what it was before a run.
    Runs before which too few moods were noted for a usual one have a constant of their own, so that they tell nothing
    of it; while there are no others, they stand for what is usual. The second lift is that of all runs, with the error
    of a mean: in which moods they were begun is chance too.

    Args:
        pairs: runs with both moods, in order of time.
        runs: how many of them there are by each night.

    Returns:
        The lift in mood points and its errors, one entry a night.
    """
    hour = pairs.frame["local_clock"].str.slice(0, 2).cast(pl.Int64).to_numpy()
    parts_of_day = [centred(part.astype(np.float64)) for part in (hour < NOON, hour >= EVENING)]
    unusual = np.isnan(pairs.usual)
    off = np.where(unusual, centred(pairs.before), pairs.before - pairs.usual)
    rows = np.column_stack([np.ones(len(hour)), *parts_of_day, off, unusual, pairs.lift])
    number = np.arange(1, len(rows) + 1)[:, np.newaxis]
    held = np.repeat(number >= NEEDED, rows.shape[1] - 1, axis=1)
    held[:, -1] &= ~np.logical_and.accumulate(unusual)
    usual, begun = (_constant(rows, columns)[runs - 1] for columns in (held, held & ALL_RUNS))
    begun_is_less = np.abs(begun[:, 0]) < np.abs(usual[:, 0])
    smaller, other = (
        GroupDifference(*np.where(less[:, np.newaxis], begun, usual).T) for less in (begun_is_less, ~begun_is_less)
    )
    return LiftDifference(smaller.estimate, smaller.error, smaller.sigma, smaller.freedom, other)


def _constant(rows: Numbers, held: Flags) -> Numbers:
    """Return the constant of a regression after each run, with its error, sigma and freedom; a last row of nan.

    Args:
        rows: runs x columns, the constant first and the lift last.
        held: runs x columns, which columns the regression has.
    """
    fits = fit(rows[:, np.newaxis], np.zeros((len(rows), 1)), held, np.eye(rows.shape[1] - 1)[:, :1])
    return np.column_stack([fits.estimate, fits.error, fits.sigma, fits.freedom])


def _by_night(so_far: Numbers, runs: Counts) -> Numbers:
    """Return a running figure of runs as it stood on every night."""
    return np.concatenate([so_far, [0]])[runs - 1]


def claimed(finding: FindingRow) -> Claim:
    """Return what the row claims: mood after less mood before, on whichever side it lies."""
    return finding.claim("higher", both_sides=True)


def values(say: Translator, finding: FindingRow) -> dict[str, object]:
    """Return the lift with its range, and on how many runs mood was higher, lower, rated at all."""
    counts = {"runs": "rated_runs", "higher": "higher_after", "lower": "lower_after"}
    return claimed(finding).values(say) | {name: finding.count(fact) for name, fact in counts.items()}


def render(finding: FindingRow, context: RenderContext) -> FindingView:
    """Word the lift on the page, whichever way it goes."""
    say, facts, claim, told = context.say, finding.facts, claimed(finding), values(context.say, finding)
    side, before, after = told["side"], facts.get("mood_before"), facts.get("mood_after")
    return answered_view(
        say,
        "questions.C1.called" if claim.faded else f"questions.C1.title_{side}",
        saw=[
            say(f"questions.C1.saw_{side}", **told),
            say("questions.C1.counts", **told),
            "" if before is None or after is None else say("questions.C1.means", before=before, after=after),
        ],
        sure=[
            *format_evidence_strength(claim, context, finding, "sure.before_runs_and_hour"),
            say("questions.C1.usual"),
        ],
        others=[say("questions.C1.company"), say("questions.C1.noted")],
        some_do=[say(f"questions.C1.some_do_{side}")],
    )


def share_seen(finding: FindingRow, context: ShareContext) -> str:
    """Word it for a shared page."""
    return context.say("questions.C1.share.seen", **values(context.say, finding))


def good(say: Translator, finding: FindingRow) -> str:
    """Word that mood was higher after runs; empty where it was not, or the evidence has faded."""
    claim = claimed(finding)
    return say("questions.C1.good") if claim.direction == "higher" and not claim.faded else ""


QUESTION = Question(SPECIFICATION, evaluate, share_seen, YesInFull(render), good=good)
