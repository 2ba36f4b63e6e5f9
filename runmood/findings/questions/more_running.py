"""B6: more running, and the lift of a run no longer growing with it.

Minutes of twelve weeks by Theil and Sen's slope (Sen 1968, doi:10.1080/01621459.1968.10480934); the lift of single runs
by a straight line through the same weeks. What is weighed is whether the lift grew by less than a tenth of its own
standard deviation, on nights when minutes grew by a quarter.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.findings.answers import answered_view, format_evidence_strength
from runmood.findings.multiplicity import FAMILY, TestedHypothesis
from runmood.findings.question import Question, QuestionGroup, Specification, YesInFull
from runmood.findings.stats.evalues import GroupDifference
from runmood.findings.stats.mood_pairs import pair_moods
from runmood.findings.stats.windows import any_in_window, known, share, total, trailing

if TYPE_CHECKING:
    from runmood.findings.answers import FindingRow, FindingView
    from runmood.findings.evaluation import EvaluationContext
    from runmood.findings.question import RenderContext, ShareContext
    from runmood.findings.stats.windows import Counts, Flags, Numbers

WEEKS, WEEK = 12, 7
SPAN = WEEKS * WEEK
RUNS_NEEDED, DAYS_KNOWN = 24, 5
GROWN = 0.25  # by the end of the twelve weeks
AS_MUCH = 0.1  # standard deviations of lift in twelve weeks
LEAST_SPREAD = 0.1  # mood points; nobody tells their moods apart more finely
PLANNED_SHARE = 0.5  # of running days with a distance in the plan: then it is the plan that grows
LEAST_CHANGE = 0.05  # mood points: below it the lift is said to have stayed the same

SPECIFICATION = Specification(
    code="B6",
    group=QuestionGroup.CAUTION,
    place=5,
    asks="Did running grow over twelve weeks without the lift of a run growing with it?",
    needs="84 days, of which 5 of every seven are known, and 24 runs in them with a mood before and after.",
    rule=(
        "Asked on nights when weekly minutes had grown by at least 25 % over twelve weeks (Theil-Sen). Evidence is "
        "the e-value that the lift (mood after less before) changed by less than 0.1 of its standard deviation in the "
        f"twelve weeks; seen once it reaches {FAMILY['B6'].enough:g} on any night. Where a race or a plan "
        "with distances lies in the weeks it cannot be told apart from training. The effect is "
        "the change of lift in mood points."
    ),
    facts={
        "minutes_growth": "growth of weekly minutes over the twelve weeks, as a share",
        "rated_runs": "runs with a mood before and after",
        "lift_change": "change of the lift over the twelve weeks, in mood points",
        "race": "whether a race lies in the weeks",
        "plan_with_distances": "whether half of the running days had a distance in the plan",
        "lacking": "what is missing when there is not enough: days, rated_runs, known_weeks",
    },
    source=(
        "Griffiths 2005, doi:10.1080/14659890500114359; Hausenblas & Symons Downs 2002, "
        "doi:10.1080/0887044022000004894; Sen 1968, doi:10.1080/01621459.1968.10480934"
    ),
)


def evaluate(context: EvaluationContext) -> TestedHypothesis:
    """Return B6 for every night, to be decided with the other tested questions."""
    growth = _growth(context)
    slope, error, sigma, runs = _lift_slope(context)
    difference = GroupDifference(AS_MUCH * sigma - slope, error, sigma, np.maximum(runs - 2.0, 1))
    lacking = {
        "days": SPAN - np.arange(1, len(runs) + 1),
        "rated_runs": RUNS_NEEDED - runs,
        "known_weeks": np.where(np.isnan(growth), 1, 0),
    }
    race, planned = _race(context), _planned(context)
    enough = np.logical_and.reduce([missing <= 0 for missing in lacking.values()])
    width, kept = difference.half_width, difference.gain / (1 + difference.gain)
    facts = {
        "minutes_growth": growth,
        "rated_runs": runs,
        "lift_change": slope,
        "race": race,
        "plan_with_distances": planned,
    }
    claimable = enough & (growth >= GROWN) & ~race & ~planned
    told = slope * kept, slope - width, slope + width
    return TestedHypothesis(SPECIFICATION, lacking, difference, *told, facts, claimable, race | planned)


def _growth(context: EvaluationContext) -> Numbers:
    """Measure how weekly minutes grew in twelve weeks, by Sen's slope (doi:10.1080/01621459.1968.10480934).

    Returns:
        The growth as a share of where they began, one a night; nan if a week is unknown.
    """
    days = trailing(context.column("moving_s") / 60, SPAN).reshape(-1, WEEKS, WEEK)
    weeks = np.where(known(days) >= DAYS_KNOWN, WEEK * share(total(days), known(days)), np.nan)
    slopes = [(weeks[:, late] - weeks[:, early]) / (late - early) for early, late in combinations(range(WEEKS), 2)]
    slope = np.median(slopes, axis=0)
    began = np.median(weeks - slope[:, np.newaxis] * np.arange(WEEKS), axis=1)
    return share((WEEKS - 1) * slope, np.maximum(began, 1.0))


def _lift_slope(context: EvaluationContext) -> tuple[Numbers, Numbers, Numbers, Counts]:
    """Measure how the lift changed over each night's twelve weeks.

    Returns:
        The change in mood points, its standard error, the standard deviation of lifts, and the runs in it; one a night.
    """
    pairs, nights = pair_moods(context), len(context.nights)
    time, lift = pairs.day / SPAN, pairs.lift
    moments = np.column_stack([np.ones(len(time)), time, time**2, lift, time * lift, lift**2])
    sums = np.concatenate([np.zeros((1, moments.shape[1])), np.cumsum(moments, axis=0)])
    last, first = (np.searchsorted(pairs.day, np.arange(nights) + shift) for shift in (1, 1 - SPAN))
    count, t, tt, y, ty, yy = (sums[last] - sums[first]).T
    enough = count >= RUNS_NEEDED
    along, across = tt - share(t**2, count), yy - share(y**2, count)
    slope = np.where(enough, share(ty - share(t * y, count), along), np.nan)
    left = np.maximum(across - slope**2 * along, 0.0)
    sigma = np.maximum(np.sqrt(share(left, count - 2)), LEAST_SPREAD)
    return slope, sigma * np.sqrt(share(np.ones(nights), along)), sigma, count.astype(np.int64)


def _race(context: EvaluationContext) -> Flags:
    """Return whether a race lies within the twelve weeks: then training for it says why there is more running."""
    tagged = context.runs.filter(pl.col("tags").list.contains("race"))
    number = context.day_index(tagged["local_date"])
    days = np.isin(np.arange(len(context.nights)), number) | context.marked("race")
    return any_in_window(days, SPAN)


def _planned(context: EvaluationContext) -> Flags:
    """Return whether a plan with distances says how much is run."""
    ran, planned = context.column("runs") > 0, context.column("planned_m") > 0
    running, by_plan = total(trailing(ran, SPAN)), total(trailing(ran & planned, SPAN))
    return np.asarray((running > 0) & (by_plan >= PLANNED_SHARE * running))


def changes(finding: FindingRow) -> tuple[str, dict[str, float | int]]:
    """Return which way the lift went (same, rose, fell), and the growth, its points and the runs behind it."""
    growth, change = (float(finding.facts.get(name) or 0) for name in ("minutes_growth", "lift_change"))
    went = "same" if abs(change) < LEAST_CHANGE else "rose" if change > 0 else "fell"
    percent = round(100 * growth)
    return went, {"growth": growth, "percent": percent, "points": abs(change), "runs": finding.count("rated_runs")}


def render(finding: FindingRow, context: RenderContext) -> FindingView:
    """Word on the page that minutes grew, and the lift of a run did not."""
    say, (went, values) = context.say, changes(finding)
    return answered_view(
        say,
        "questions.B6.called",
        saw=[say("questions.B6.saw", **values), say(f"questions.B6.lift_{went}", **values)],
        sure=format_evidence_strength(finding.claim("higher"), context, finding, "sure.before_runs"),
        others=[say("questions.B6.reasons"), say("questions.B6.less_room")],
        some_do=[say("questions.B6.some_do")],
    )


def share_seen(finding: FindingRow, context: ShareContext) -> str:
    """Word it for a shared page."""
    went, values = changes(finding)
    return context.say(f"questions.B6.share.seen_{went}", **values)


QUESTION = Question(SPECIFICATION, evaluate, share_seen, YesInFull(render))
