"""C1: whether mood was higher after runs than before them.

The lift (after less before) is regressed on the mood before, less the person's usual mood, and on the time of day; the
constant is then the lift of a run begun in one's usual mood. Who rates mostly on bad days would otherwise see their
mood come back to its usual, run or no run, and take it for a lift.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from runmood.core.enums import DAY_TAGS, EvidenceStrength
from runmood.core.i18n import capital, readable
from runmood.findings.answers import format_evidence_strength, seen
from runmood.findings.multiplicity import TestedHypothesis
from runmood.findings.specs import KINDS_OF_RUNS, OTHER_THINGS, RUNS_LIFT
from runmood.findings.stats.evalues import TwoSidedEValue
from runmood.findings.stats.joint import MoodPairs, Rated, SampleSizeRule, centred, fit_joint, pairs_of
from runmood.findings.stats.regression import fit, whiten
from runmood.findings.stats.windows import share

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow, FindingView
    from runmood.findings.base import EvaluationContext
    from runmood.findings.stats.windows import Counts, Flags, Numbers
    from runmood.reports.context import ReportData


NEEDED = 15  # runs
NOON, EVENING = 11, 16  # o'clock: where the morning ends and the evening begins
ENOUGH = 20.0  # e-value from which it is seen, as one of a family of two


def runs_lift(notes: EvaluationContext) -> TestedHypothesis:
    """C1 for every night, to be decided with its family."""
    pairs = pairs_of(notes)
    runs = pairs.by_night(len(notes.nights))
    difference = _difference(pairs, runs)
    lacking = {"rated_runs": NEEDED - runs}
    open_ = (runs >= NEEDED) & ~np.isnan(difference.estimate)
    width = difference.half_width
    facts = {
        "rated_runs": runs,
        "higher_after": _by_night(np.cumsum(pairs.lift > 0), runs),
        "lower_after": _by_night(np.cumsum(pairs.lift < 0), runs),
        "mood_before": share(_by_night(np.cumsum(pairs.before), runs), runs),
        "mood_after": share(_by_night(np.cumsum(pairs.before + pairs.lift), runs), runs),
        "detectable": np.where(open_, difference.detectable_at(ENOUGH), np.nan),
    }
    ends = difference.estimate - width, difference.estimate + width
    return TestedHypothesis(RUNS_LIFT, lacking, difference, difference.shrunken, *ends, facts, open_)


def _difference(pairs: MoodPairs, runs: Counts) -> TwoSidedEValue:
    """The lift of a run begun in one's usual mood, by every night.

    Runs before which too little was said for a usual mood have a constant of their own, so that they tell nothing of
    it; while there are no others, they stand for what is usual.
    """
    hour = pairs.frame["local_clock"].str.slice(0, 2).cast(pl.Int64).to_numpy()
    parts_of_day = [centred(part.astype(np.float64)) for part in (hour < NOON, hour >= EVENING)]
    unusual = np.isnan(pairs.usual)
    off = np.where(unusual, centred(pairs.before), pairs.before - pairs.usual)
    columns = [np.ones(len(hour)), off, *parts_of_day, unusual]
    rows = np.column_stack([*columns, pairs.lift])
    asked = np.repeat(np.arange(1, len(rows) + 1)[:, np.newaxis] >= NEEDED, len(columns), axis=1)
    asked[:, -1] &= ~np.logical_and.accumulate(unusual)
    fits = fit(rows[:, np.newaxis], np.zeros((len(rows), 1)), asked, np.eye(len(columns), 1))
    last = runs - 1
    return TwoSidedEValue(fits.estimate[last, 0], fits.error[last, 0], fits.sigma[last], fits.freedom[last])


def _by_night(so_far: Numbers, runs: Counts) -> Numbers:
    """A running figure of runs as it stood on every night."""
    return np.concatenate([so_far, [0]])[runs - 1]


# --- C2: kinds of runs that mood was higher, or lower, after.

NEEDS = SampleSizeRule("rated_runs", rated=30, with_it=8, without=12)


def kinds_of_runs(notes: EvaluationContext) -> pl.DataFrame:
    """C2 for every night: lift on mood before, minutes, effort and the kinds most often tagged."""
    pairs = pairs_of(notes)
    tags = pairs.frame["tags"]
    kinds = sorted(set(tags.explode().drop_nulls()) - set(DAY_TAGS))
    tagged = [tags.list.contains(kind).fill_null(value=False).to_numpy() for kind in kinds]
    noted = np.array(tagged, dtype=bool).reshape(len(kinds), len(tags)).T
    equal = [centred(pairs.before), centred(pairs.number("moving_s") / 60), centred(pairs.number("effort"))]
    rows = np.column_stack([np.ones(len(tags)), *equal, noted, pairs.lift])
    by_night = pairs.by_night(len(notes.nights))
    rated = Rated(by_night, tuple(kinds), noted, rows[:, np.newaxis], np.zeros((len(rows), 1)))
    return fit_joint(KINDS_OF_RUNS, notes, rated, NEEDS)


# --- C4: other things that helped, and the mood of the evenings on which they were noted.

NEEDS_OTHERS = SampleSizeRule("rated_days", rated=20, with_it=10, without=10)
NO_THING = ("running", "nothing", "other")
HALF_A_YEAR = 180  # days; the unit of the trend


def other_things(notes: EvaluationContext) -> pl.DataFrame:
    """C4 for every night: evening mood on weekday, trend, running and the things most often noted, with its memory."""
    helped, mood = notes.days["helped"], notes.day("mood_evening")
    counts = helped.is_not_null().to_numpy() & ~np.isnan(mood)
    counts &= ~notes.flag("excluded") & ~notes.flag("mood_evening_late")
    things = sorted(set(helped.explode().drop_nulls()) - set(NO_THING))
    marked = [notes.marked(thing, column="helped") for thing in things]
    noted = np.array(marked, dtype=bool).reshape(len(things), len(mood)).T[counts]
    rows = np.column_stack([_held_equal(notes)[counts], noted, mood[counts] - 5])
    by_night = np.cumsum(counts, dtype=np.int64)
    return fit_joint(OTHER_THINGS, notes, Rated(by_night, tuple(things), noted, *_white(rows, counts)), NEEDS_OTHERS)


def _white(rows: Numbers, counts: Flags) -> tuple[Numbers, Numbers]:
    """The rows without their memory; nothing is worked out for somebody who notes nothing."""
    if not len(rows):
        return np.empty((0, 1, rows.shape[1])), np.empty((0, 1))
    return whiten(np.flatnonzero(counts), rows)


def _held_equal(notes: EvaluationContext) -> Numbers:
    """The columns of the regression that are no thing: constant, trend, Tuesday to Sunday, whether there was a run."""
    day, weekday = np.arange(len(notes.nights)), notes.day("weekday")
    trend = (day - HALF_A_YEAR / 2) / HALF_A_YEAR
    weekdays = [weekday == number for number in range(2, 8)]
    return np.column_stack([np.ones(len(day)), trend, *weekdays, np.nan_to_num(notes.day("runs")) > 0]).astype(float)


# --- C1, C2 and C4 in words: what mood was higher, or lower, after.

OFFERED = {"C2": "tags", "C4": "helped"}  # the choices that the things of a question are from


def runs_lift_helps(finding: FindingRow, diary: ReportData) -> FindingView:
    """The answer to C1, whichever way it goes."""
    say, facts, effect = diary.say, finding.facts, finding.effect or 0.0
    side = _side(effect)
    before, after = facts.get("mood_before"), facts.get("mood_after")
    counts = {name: finding.count(name) for name in ("rated_runs", "higher_after", "lower_after")}
    span = _range(say, finding.effect_least, finding.effect_most)
    return seen(
        say,
        f"lift.title_{side}",
        saw=[
            say(f"lift.saw_{side}", runs=counts["rated_runs"], points=abs(effect), range=span),
            say("lift.counts", higher=counts["higher_after"], lower=counts["lower_after"]),
            "" if before is None or after is None else say("lift.means", before=before, after=after),
        ],
        sure=format_evidence_strength(finding, diary, "sure.before_runs_and_hour"),
        others=[say("lift.company"), say("lift.noted")],
        some_do=[say(f"lift.some_do_{side}")],
    )


def kinds_of_runs_helps(finding: FindingRow, diary: ReportData) -> FindingView:
    """The answer to C2: kinds of runs that stood out."""
    return _things("things.kinds_title", finding, diary, ("things.kinds_together", "things.kinds_chosen"))


def other_things_helps(finding: FindingRow, diary: ReportData) -> FindingView:
    """The answer to C4: other things that went with better evenings, or with lower ones."""
    return _things("things.evenings_title", finding, diary, ("things.same_evening", "things.hard_days"))


def _things(title: str, finding: FindingRow, diary: ReportData, others: Iterable[str]) -> FindingView:
    say = diary.say
    strength = capital(say.choice("strength", finding.strength or EvidenceStrength.SOME))
    since = say.date_near(finding.since, diary.as_of) if finding.since else ""
    tonight = say("things.tonight_since" if since else "things.tonight", strength=strength, since=since)
    return seen(
        say,
        title,
        saw=[_thing(say, finding.question, thing) for thing in _seen(finding)],
        sure=[tonight, say("things.together"), say("things.withdrawn")],
        others=map(say, others),
        some_do=[say("things.some_do")],
    )


def _seen(finding: FindingRow) -> Iterator[dict[str, Any]]:
    return (thing for thing in finding.facts.get("things") or () if thing.get("seen"))


def _thing(say: Translator, question: str, thing: dict[str, Any]) -> str:
    """One kind or thing: mood after 12 runs marked social was about 0.8 points higher than after 31 others."""
    effect = float(thing["effect"])
    return say(
        f"things.{question}_{_side(effect)}",
        thing=_name(say, question, thing),
        points=abs(effect),
        range=_range(say, thing.get("effect_least"), thing.get("effect_most")),
        among=int(thing["with"]),
        others=int(thing["without"]),
    )


def _name(say: Translator, question: str, thing: dict[str, Any]) -> str:
    return readable(say.choice(OFFERED[question], str(thing["thing"])))


def protective(say: Translator, findings: list[FindingRow]) -> str:
    """What did the person good, to stand beside a caution; empty where nothing is known yet."""
    good = []
    for finding in findings:
        if finding.question == "C1" and finding.seen and (finding.effect or 0) > 0:
            good.append(say("good.lift"))
        if finding.question in OFFERED and finding.seen:
            things = [thing for thing in _seen(finding) if thing["effect"] > 0]
            names = [say("good.thing", thing=_name(say, finding.question, thing)) for thing in things]
            good += [say("good.things", names=names)] if names else []
    return say("good.are", things=good) if good else ""


def _side(effect: float) -> str:
    return "higher" if effect >= 0 else "lower"


def _range(say: Translator, least: float | None, most: float | None) -> str:
    """The range, in the direction of the figure before it."""
    if least is None or most is None:
        return ""
    low, high = sorted((abs(least), abs(most)))
    if least * most >= 0:
        return say("range.same_side", least=low, most=high)
    return say("range.both_from_lower", other=abs(least), most=abs(most))
