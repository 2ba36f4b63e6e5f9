"""C1, C2 and C4 in words: what mood was higher, or lower, after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from runmood.summary.answers.told import how_sure, seen
from runmood.summary.words.phrases import capital, readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from runmood.summary.answers.told import Told
    from runmood.summary.diary import Diary
    from runmood.summary.parts import Answer
    from runmood.terms.speech import Speech

OFFERED = {"C2": "tags", "C4": "helped"}  # the choices that the things of a question are from


def runs_lift(finding: Told, diary: Diary) -> Answer:
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
        sure=how_sure(finding, diary, "sure.before_runs_and_hour"),
        others=[say("lift.company"), say("lift.noted")],
        some_do=[say(f"lift.some_do_{side}")],
    )


def kinds_of_runs(finding: Told, diary: Diary) -> Answer:
    """The answer to C2: kinds of runs that stood out."""
    return _things("things.kinds_title", finding, diary, ("things.kinds_together", "things.kinds_chosen"))


def other_things(finding: Told, diary: Diary) -> Answer:
    """The answer to C4: other things that went with better evenings, or with lower ones."""
    return _things("things.evenings_title", finding, diary, ("things.same_evening", "things.hard_days"))


def _things(title: str, finding: Told, diary: Diary, others: Iterable[str]) -> Answer:
    say = diary.say
    strength = capital(say.choice("strength", finding.strength or "some evidence"))
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


def _seen(finding: Told) -> Iterator[dict[str, Any]]:
    return (thing for thing in finding.facts.get("things") or () if thing.get("seen"))


def _thing(say: Speech, question: str, thing: dict[str, Any]) -> str:
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


def _name(say: Speech, question: str, thing: dict[str, Any]) -> str:
    return readable(say.choice(OFFERED[question], str(thing["thing"])))


def protective(say: Speech, findings: list[Told]) -> str:
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


def _range(say: Speech, least: float | None, most: float | None) -> str:
    """The range, in the direction of the figure before it."""
    if least is None or most is None:
        return ""
    low, high = sorted((abs(least), abs(most)))
    if least * most >= 0:
        return say("range.same_side", least=low, most=high)
    return say("range.both_from_lower", other=abs(least), most=abs(most))
