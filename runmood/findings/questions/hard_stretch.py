"""A5: a hard stretch: more load, lower wellness and harder runs, all at once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from runmood.findings.answers import answered_view
from runmood.findings.evaluation import QuestionResult, to_rows
from runmood.findings.question import Question, QuestionGroup, Specification, YesInFull
from runmood.findings.stats.changes import compare_efforts, compute_load_rise, compute_wellness
from runmood.findings.stats.windows import held_for, run_lengths, total, trailing

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from runmood.findings.answers import FindingRow, FindingView
    from runmood.findings.evaluation import EvaluationContext, FactValues
    from runmood.findings.question import RenderContext, ShareContext
    from runmood.findings.stats.windows import Flags, Numbers

DAYS_NEEDED = 70
LATELY = 14  # nights
# One score of three things, each of which must point that way at all: docs/decisions.md.
RISEN = 1.15  # times the load of the weeks before
LOWER, HARDER = -0.5, 0.25  # own standard deviations of W; effort of 10
OF_FALL, OF_EFFORT = 0.7, 0.3  # weights of a deviation of W and a point of effort; the logarithm of the ratio has 1
TOGETHER = 1.65
TOGETHER_UNRATED, NIGHTS_UNRATED = 1.3, 5  # without efforts: of fall and load, on so many nights running
BETTER, NIGHTS_BETTER = -0.5, 7
MOST_SET_APART = 7  # of 14 days: beyond, low notes are those of an illness, an injury or a journey
CLEARLY_LOWER = 1.5  # own standard deviations of W: "much lower" in words

SPECIFICATION = Specification(
    code="A5",
    group=QuestionGroup.CAUTION,
    place=2,
    kind="rule",
    safety=True,
    asks="Were these weeks a hard stretch: more load, lower wellness and harder runs at once?",
    needs=(
        "70 days, of which it is known on 15 of the last 21 and 30 of the 42 before whether there was a run; 28 rated "
        "days in days -70 to -15 and 8 in the last 14."
    ),
    rule=(
        "W is the mean of mood, energy, sleep, and of tiredness, soreness and stress turned round, each in own "
        "standard deviations of days -70 to -15; two of them are needed on a day, mood or energy among them. The score "
        "is .7 times the fall of W of 14 days, plus .3 times how much harder runs of 14 days not meant to be hard felt "
        "than those of the 42 before (4 and 8 runs), plus the logarithm of the load ratio: load a day of 21 days by "
        "that of the 42 before, the highest of the last 14 nights on which those 42 held at least 70 % of the usual "
        "running days. It began on a night when the score was at least 1.65, with a ratio of at least 1.15, W at least "
        "0.5 low and runs at least 0.25 harder, and no more than 7 of the last 14 days marked ill, injured, travel or "
        "major event, since those lower it by themselves. Without enough efforts, fall and load alone came to 1.3 on 5 "
        "nights running. It ended when W was above -0.5 for 7 nights running."
    ),
    facts={
        "as_of": "the night of which the figures speak: while it is on, the last on which all came together",
        "score": "the score of that night; without efforts of fall and load alone",
        "load_ratio": (
            "load a day in the last 21 days by load a day in the 42 before; while on, the highest of 14 nights"
        ),
        "load_unit": "effort minutes, or minutes where too many runs have no effort: one of them for both windows",
        "wellness": "W of the last 14 days, in own standard deviations",
        "effort_change": "how much harder runs felt in the last 14 days than in the 42 before, of 10",
        "rated_days_lately": "days with a W in the last 14",
        "runs_lately": "runs with an effort in the last 14 days, but for hard ones and races",
        "set_apart_days": "days of the last 14 marked ill, injured, travel or major event",
        "estimated_days": "days of the last 14 whose load rests on an estimated effort",
        "left_out_days": "days of the last 14 whose evening came before the run, or at an hour of its own",
        "lacking": "what is missing when there is not enough, in days, by name",
    },
    source=(
        "Meeusen et al. 2013, doi:10.1080/17461391.2012.730061; Saw, Main & Gastin 2016, "
        "doi:10.1136/bjsports-2015-094758; Hooper et al. 1995, Medicine & Science in Sports & Exercise 27:106; "
        "Le Meur et al. 2017, International Journal of Sports Physiology and Performance 12:569"
    ),
)


def evaluate(context: EvaluationContext) -> pl.DataFrame:
    """Return A5 for every night."""
    rise, effort = compute_load_rise(context), compare_efforts(context, "effort")
    wellness = compute_wellness(context, outcomes=True)
    ratios = trailing(np.where(rise.after_a_break, np.nan, rise.ratio), LATELY)
    highest = np.nan_to_num(ratios, nan=0.0).max(axis=1)
    score = _score(highest, wellness.lately, effort.change)
    days = np.arange(1, len(score) + 1)
    set_apart = total(trailing(context.flag("excluded"), LATELY)).astype(int)
    begins = _begins(score, highest, wellness.lately, effort.change) & (days >= DAYS_NEEDED)
    begins &= set_apart <= MOST_SET_APART
    on = run_lengths(begins, held_for(~(wellness.lately <= BETTER), NIGHTS_BETTER))
    estimated = total(trailing(context.flag("load_estimated"), LATELY)).astype(int)
    # While it is on, the figures are those of the last night on which all came together: no word outlives its own.
    spoken = np.where(on, np.maximum.accumulate(np.where(begins, days - 1, -1)), days - 1)
    facts: dict[str, FactValues] = {
        "score": np.where(np.isfinite(score), score, np.nan),
        "load_ratio": np.where(on, highest, rise.ratio),
        "load_unit": np.asarray(rise.unit),
        "wellness": wellness.lately,
        "effort_change": effort.change,
        "rated_days_lately": wellness.rated_lately,
        "runs_lately": effort.runs_lately,
        "set_apart_days": set_apart,
        "estimated_days": estimated,
        "left_out_days": total(trailing(context.left_out, LATELY)).astype(int),
    }
    facts = {name: np.asarray(values)[spoken] for name, values in facts.items()}
    facts["as_of"] = [str(context.nights[night]) for night in spoken.tolist()]
    lacking = {"days": DAYS_NEEDED - days} | rise.lacking | wellness.lacking
    return to_rows(SPECIFICATION, context, QuestionResult(lacking, on, facts))


def _score(ratio: Numbers, wellness: Numbers, harder: Numbers) -> Numbers:
    """Return load, wellness and effort as one score; without an effort that of the two others."""
    with np.errstate(divide="ignore"):
        return -OF_FALL * wellness + OF_EFFORT * np.nan_to_num(harder) + np.log(ratio)


def _begins(score: Numbers, ratio: Numbers, wellness: Numbers, harder: Numbers) -> Flags:
    """Return on which nights load, wellness and effort came together; or, without efforts, load and wellness."""
    both = (ratio >= RISEN) & (wellness <= LOWER)
    rated = both & (harder >= HARDER) & (score >= TOGETHER)
    return np.where(np.isnan(harder), held_for(both & (score >= TOGETHER_UNRATED), NIGHTS_UNRATED), rated)


def render(finding: FindingRow, context: RenderContext) -> FindingView:
    """Word a hard stretch on the page."""
    say, runs = context.say, finding.count("runs_lately")
    day, things = say.date_near(_spoken_of(finding), context.as_of), list(_things(finding, context))
    return answered_view(
        say,
        "questions.A5.title",
        saw=[say("questions.A5.saw", day=day, things=things)],
        sure=[
            say(
                "questions.A5.sure_with_runs" if runs else "questions.A5.sure",
                days=finding.count("rated_days_lately"),
                runs=runs,
            )
        ],
        others=_others(finding, context),
        some_do=[say("questions.A5.some_do")],
    )


def _spoken_of(finding: FindingRow) -> dt.date:
    """Return the night of which the figures speak."""
    return dt.date.fromisoformat(finding.facts["as_of"]) if "as_of" in finding.facts else finding.night


def changes(finding: FindingRow) -> tuple[float | None, float | None]:
    """Return by which share load rose, and by how many points of 10 runs felt harder; None where unknown."""
    ratio, harder = finding.facts.get("load_ratio"), finding.facts.get("effort_change")
    return None if ratio is None else float(ratio) - 1, None if harder is None else float(harder)


def _things(finding: FindingRow, context: RenderContext) -> Iterator[str]:
    """Word what came together."""
    say, (more, harder) = context.say, changes(finding)
    unit = say.choice("questions.A5.load_unit", finding.facts.get("load_unit", "effort minutes"))
    yield (
        say("questions.A5.load", unit=unit)
        if more is None
        else say("questions.A5.load_above", unit=unit, percent=round(100 * more))
    )
    yield say(
        "questions.A5.much_lower"
        if float(finding.facts.get("wellness") or 0) <= -CLEARLY_LOWER
        else "questions.A5.lower"
    )
    if harder is not None:
        yield say("questions.A5.harder", points=harder)


def _others(finding: FindingRow, context: RenderContext) -> Iterator[str]:
    """Word what may look the same, with what the notes themselves say of it."""
    say = context.say
    yield say("questions.A5.infection")
    yield say("questions.A5.training")
    if excluded := finding.count("set_apart_days"):
        yield say("questions.A5.excluded", days=excluded)
    if estimated := finding.count("estimated_days"):
        yield say("questions.A5.estimated_days", days=estimated)


def share(finding: FindingRow, context: ShareContext) -> str:
    """Word it for a shared page."""
    say, (more, harder) = context.say, changes(finding)
    parts = [
        "" if more is None else say("questions.A5.share.load", more=more),
        say("questions.A5.share.notes"),
        "" if harder is None else say("questions.A5.share.effort", points=harder),
    ]
    return say("questions.A5.share.seen", day=context.near(_spoken_of(finding)), parts=list(filter(None, parts)))


QUESTION = Question(SPECIFICATION, evaluate, share, YesInFull(render))
