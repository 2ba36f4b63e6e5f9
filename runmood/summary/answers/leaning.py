"""B3, B6 and B7 in words: what running stands for. They are facts about notes, told without a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.summary.answers.told import how_sure, seen

if TYPE_CHECKING:
    from runmood.summary.answers.told import Told
    from runmood.summary.diary import Diary
    from runmood.summary.parts import Answer

LEAST_CHANGE = 0.05  # mood points
HALF = 0.5
LONGER_RUNS = 4  # as in patterns/leaning/rests


def only_running(finding: Told, diary: Diary) -> Answer:
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


def more_running(finding: Told, diary: Diary) -> Answer:
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
        sure=how_sure(finding, diary, "sure.before_runs"),
        others=[say("more_running.reasons"), say("more_running.less_room")],
        some_do=[say("more_running.some_do")],
    )


def rests_became_runs(finding: Told, diary: Diary) -> Answer:
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
