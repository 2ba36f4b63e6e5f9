"""B3, B6 and B7 in words: what running stands for. They are facts about notes, told without a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.summary.answers.told import LABELS, OTHERS, SAW, SOME_DO, SURE, how_sure
from runmood.summary.parts import Answer, Passage
from runmood.summary.words.phrases import counted, plural, points, spelled

if TYPE_CHECKING:
    from runmood.summary.answers.told import Told
    from runmood.summary.diary import Diary

LEAST_CHANGE = 0.05  # mood points
HALF = 0.5
LONGER_RUNS = 4  # as in patterns/leaning/rests


def only_running(finding: Told, _diary: Diary) -> Answer:
    """The answer to B3: on low days, running was nearly all that was noted as a help."""
    low, only, other = (finding.count(name) for name in ("low_days", "only_running_days", "other_kinds"))
    noted = "nothing else" if not other else f"{spelled(other)} other {plural(other, 'thing')}"
    saw = (
        f"On {counted(low, 'low day')} you noted what had helped; on {spelled(only)} of them it was running and "
        f"nothing else. In the last 60 days you noted {noted} that helped."
    )
    others = (
        "Other things may have helped without being noted; running comes to mind first when it is what one logs here.",
        "On low days there may have been little room for anything else.",
    )
    some = (
        "Running is a good thing to have. Some people also write down one more thing that could do them good on a low "
        "evening: a call, a walk, music, an early night."
    )
    passages = (
        Passage(SAW, (saw,)),
        Passage(SURE, ("This is a count of what you ticked; it says nothing of what you did not.",)),
        Passage(OTHERS, others, listed=True),
        Passage(SOME_DO, (some,)),
    )
    return Answer("What helped on low days", LABELS["seen"], seen=True, passages=passages)


def more_running(finding: Told, diary: Diary) -> Answer:
    """The answer to B6: more minutes, and the lift of a run stayed as it was."""
    facts = finding.facts
    growth, change = float(facts.get("minutes_growth") or 0), float(facts.get("lift_change") or 0)
    lift = (
        "stayed about the same"
        if abs(change) < LEAST_CHANGE
        else f"{'rose' if change > 0 else 'fell'} by {points(change)}"
    )
    saw = (
        f"Over twelve weeks your minutes a week grew by about {100 * growth:.0f} %. How much higher mood was after a "
        f"run than before it {lift}, over {counted(finding.count('rated_runs'), 'run')} with both moods."
    )
    others = (
        "More running often has reasons of its own: a race, company, light evenings.",
        "Who already feels well before a run has less room to feel better after it.",
    )
    some = "Some people find the shorter run did as much for them; others run more for its own sake. Both are fine."
    passages = (
        Passage(SAW, (saw,)),
        how_sure(finding, diary, "sure.before_runs"),
        Passage(OTHERS, others, listed=True),
        Passage(SOME_DO, (some,)),
    )
    return Answer("More running, and the lift of a run", LABELS["seen"], seen=True, passages=passages)


def rests_became_runs(finding: Told, _diary: Diary) -> Answer:
    """The answer to B7: planned rests that became runs, runs that became much longer than planned."""
    rests, ran = finding.count("rest_days"), finding.count("runs_on_rest")
    planned, longer = finding.count("planned_runs"), finding.count("longer_runs")
    saw = []
    if rests and ran >= HALF * rests:
        saw.append(f"In the last four weeks {spelled(ran)} of {spelled(rests)} planned rest days became running days.")
    if longer >= LONGER_RUNS:
        often = f"{spelled(longer)} of {spelled(planned)} runs"
        saw.append(f"In the last four weeks {often} went more than 1.3 times as far as the plan said.")
    others = (
        "The plan may simply not have been kept up to date: changing it beforehand is normal, and counts as a plan.",
        "A friend, good weather or a moved race may have moved the days.",
    )
    some = (
        "A planned rest kept counts as much as a run. Some people put something else they like on rest days, so that "
        "the day has a shape of its own."
    )
    passages = (
        Passage(SAW, tuple(saw)),
        Passage(SURE, ("This is a count of days beside their plan.",)),
        Passage(OTHERS, others, listed=True),
        Passage(SOME_DO, (some,)),
    )
    return Answer("Planned rest and what became of it", LABELS["seen"], seen=True, passages=passages)
