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

from runmood.findings.answers import format_evidence_strength, seen
from runmood.findings.multiplicity import TestedHypothesis
from runmood.findings.specs import MORE_RUNNING
from runmood.findings.stats.evalues import GroupDifference
from runmood.findings.stats.joint import pairs_of
from runmood.findings.stats.windows import any_in_window, known, share, total, trailing

if TYPE_CHECKING:
    from runmood.findings.answers import FindingRow, FindingView
    from runmood.findings.base import EvaluationContext
    from runmood.findings.stats.windows import Counts, Flags, Numbers
    from runmood.reports.context import ReportData


WEEKS, WEEK = 12, 7
SPAN = WEEKS * WEEK
RUNS_NEEDED, DAYS_KNOWN = 24, 5
GROWN = 0.25  # by the end of the twelve weeks
AS_MUCH = 0.1  # standard deviations of lift in twelve weeks
LEAST_SPREAD = 0.1  # mood points; nobody tells their moods apart more finely
PLANNED_SHARE = 0.5  # of running days with a distance in the plan: then it is the plan that grows


def more_running(notes: EvaluationContext) -> TestedHypothesis:
    """B6 for every night, to be decided with its family."""
    growth = _growth(notes)
    slope, error, sigma, runs = _lift_slope(notes)
    difference = GroupDifference(AS_MUCH * sigma - slope, error, sigma, np.maximum(runs - 2.0, 1))
    lacking = {
        "days": SPAN - np.arange(1, len(runs) + 1),
        "rated_runs": RUNS_NEEDED - runs,
        "known_weeks": np.where(np.isnan(growth), 1, 0),
    }
    race, planned = _race(notes), _planned(notes)
    enough = np.logical_and.reduce([missing <= 0 for missing in lacking.values()])
    width, kept = difference.half_width, difference.gain / (1 + difference.gain)
    facts = {
        "minutes_growth": growth,
        "rated_runs": runs,
        "lift_change": slope,
        "race": race,
        "plan_with_distances": planned,
    }
    open_ = enough & (growth >= GROWN) & ~race & ~planned
    told = slope * kept, slope - width, slope + width
    return TestedHypothesis(MORE_RUNNING, lacking, difference, *told, facts, open_, race | planned)


def _growth(notes: EvaluationContext) -> Numbers:
    """How much weekly minutes grew over the twelve weeks, as a share of where they began; nan if a week is unknown."""
    days = trailing(notes.day("moving_s") / 60, SPAN).reshape(-1, WEEKS, WEEK)
    weeks = np.where(known(days) >= DAYS_KNOWN, WEEK * share(total(days), known(days)), np.nan)
    slopes = [(weeks[:, late] - weeks[:, early]) / (late - early) for early, late in combinations(range(WEEKS), 2)]
    slope = np.median(slopes, axis=0)
    began = np.median(weeks - slope[:, np.newaxis] * np.arange(WEEKS), axis=1)
    return share((WEEKS - 1) * slope, np.maximum(began, 1.0))


def _lift_slope(notes: EvaluationContext) -> tuple[Numbers, Numbers, Numbers, Counts]:
    """The change of lift over each night's twelve weeks, its standard error, the spread of lifts, and runs in it."""
    pairs, nights = pairs_of(notes), len(notes.nights)
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


def _race(notes: EvaluationContext) -> Flags:
    """Whether a race lies within the twelve weeks: then training for it says why there is more running."""
    tagged = notes.runs.filter(pl.col("tags").list.contains("race"))
    number = notes.number_of(tagged["local_date"])
    days = np.isin(np.arange(len(notes.nights)), number) | notes.marked("race")
    return any_in_window(days, SPAN)


def _planned(notes: EvaluationContext) -> Flags:
    """Whether a plan with distances says how much is run."""
    ran, planned = notes.day("runs") > 0, notes.day("planned_m") > 0
    running, by_plan = total(trailing(ran, SPAN)), total(trailing(ran & planned, SPAN))
    return np.asarray((running > 0) & (by_plan >= PLANNED_SHARE * running))


# --- B3, B6 and B7 in words: what running stands for. They are facts about notes, told without a verdict.

LEAST_CHANGE = 0.05  # mood points
HALF = 0.5
LONGER_RUNS = 4  # as in patterns/leaning/rests


def only_running(finding: FindingRow, diary: ReportData) -> FindingView:
    """The answer to B3: on low days, running was nearly all that was noted as a help."""
    say, other = diary.say, finding.count("other_kinds")
    return seen(
        say,
        "called.B3",
        saw=[
            say("only_running.saw", low=finding.count("low_days"), only=finding.count("only_running_days")),
            say("only_running.other" if other else "only_running.no_other", other=other),
        ],
        sure=[say("only_running.sure")],
        others=[say("only_running.unnoted"), say("only_running.little_room")],
        some_do=[say("only_running.some_do")],
    )


def more_running_leaning(finding: FindingRow, diary: ReportData) -> FindingView:
    """The answer to B6: more minutes, and the lift of a run stayed as it was."""
    say, facts = diary.say, finding.facts
    growth, change = float(facts.get("minutes_growth") or 0), float(facts.get("lift_change") or 0)
    went = "same" if abs(change) < LEAST_CHANGE else "rose" if change > 0 else "fell"
    return seen(
        say,
        "called.B6",
        saw=[
            say("more_running.saw", percent=round(100 * growth)),
            say(f"more_running.lift_{went}", points=abs(change), runs=finding.count("rated_runs")),
        ],
        sure=format_evidence_strength(finding, diary, "sure.before_runs"),
        others=[say("more_running.reasons"), say("more_running.less_room")],
        some_do=[say("more_running.some_do")],
    )


def rests_became_runs(finding: FindingRow, diary: ReportData) -> FindingView:
    """The answer to B7: planned rests that became runs, runs that became much longer than planned."""
    say, rests, ran = diary.say, finding.count("rest_days"), finding.count("runs_on_rest")
    planned, longer = finding.count("planned_runs"), finding.count("longer_runs")
    return seen(
        say,
        "called.B7",
        saw=[
            say("rests.became_runs", ran=ran, rests=rests) if rests and ran >= HALF * rests else "",
            say("rests.longer", longer=longer, planned=planned) if longer >= LONGER_RUNS else "",
        ],
        sure=[say("rests.sure")],
        others=[say("rests.plan_not_kept_up"), say("rests.moved")],
        some_do=[say("rests.some_do")],
    )
