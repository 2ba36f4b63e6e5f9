"""C1, C2 and C4 in words: what mood was higher, or lower, after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from runmood.summary.answers.told import LABELS, OTHERS, SAW, SOME_DO, SURE, how_sure
from runmood.summary.parts import Answer, Passage
from runmood.summary.words.phrases import capital, counted, date_near, figure, listed, points, readable

if TYPE_CHECKING:
    from runmood.summary.answers.told import Told
    from runmood.summary.diary import Diary


COMPANY = (
    "Daylight, company, a shower, or a thing well done may have had their part in it; no run was left out by chance to "
    "compare with."
)
BESIDE_RUNS = (COMPANY, "Runs on which both moods were noted may be the ones worth noting.")


def runs_lift(finding: Told, diary: Diary) -> Answer:
    """The answer to C1, whichever way it goes."""
    facts, side = finding.facts, "higher" if (finding.effect or 0) >= 0 else "lower"
    runs, higher, lower = (finding.count(name) for name in ("rated_runs", "higher_after", "lower_after"))
    effect = f"about {points(finding.effect or 0)} {side}{_span(finding.effect_least, finding.effect_most)}"
    saw = (
        f"On {counted(runs, 'run')} with a mood before and after, mood was {effect} after runs begun in your usual "
        f"mood. It was higher after {higher} of them, lower after {lower}, and the same after the rest."
    )
    means = ""
    if facts.get("mood_before") is not None and facts.get("mood_after") is not None:
        means = f"On average {figure(facts['mood_before'])} before, {figure(facts['mood_after'])} after."
    some = (
        "Some people think of this on an evening when getting out is hard. It needs no proof, and a rest day "
        "takes nothing from it."
        if side == "higher"
        else "Some people try other hours, shorter or easier runs, or company, and note how those were."
    )
    passages = (
        Passage(SAW, tuple(filter(None, (saw, means)))),
        how_sure(finding, diary, "sure.before_runs_and_hour"),
        Passage(OTHERS, BESIDE_RUNS, listed=True),
        Passage(SOME_DO, (some,)),
    )
    return Answer(f"Mood was {side} after runs", LABELS["seen"], seen=True, passages=passages)


def kinds_of_runs(finding: Told, diary: Diary) -> Answer:
    """The answer to C2: kinds of runs that stood out."""
    others = (
        "Kinds often come together: a run with others may also be the slow one on a free morning.",
        "Runs of a kind may have been chosen on days that were good, or hard, already.",
    )
    return _things("Kinds of runs that stood out", "run", finding, diary, others)


def other_things(finding: Told, diary: Diary) -> Answer:
    """The answer to C4: other things that went with better evenings, or with lower ones."""
    others = (
        "What helped is noted on the same evening as the mood, and a good evening makes one notice more.",
        "Hard days may call for some of these things; then they stand beside lower evenings without harm.",
    )
    return _things("What went with your evenings", "evening", finding, diary, others)


def _things(title: str, noun: str, finding: Told, diary: Diary, others: tuple[str, ...]) -> Answer:
    told = [_thing(thing, noun) for thing in finding.facts.get("things") or () if thing.get("seen")]
    together = "They were looked at together, so that one is not praised for what another went with."
    since = f"{capital(finding.strength or 'some evidence')} tonight"
    since += f", seen since {date_near(finding.since, diary.as_of)}." if finding.since else "."
    passages = (
        Passage(SAW, tuple(told)),
        Passage(SURE, (since, together, "It is withdrawn when newer notes no longer show it.")),
        Passage(OTHERS, others, listed=True),
        Passage(SOME_DO, ("Some people keep a little room in the week for what seems to do them good.",)),
    )
    return Answer(title, LABELS["seen"], seen=True, passages=passages)


def _thing(thing: dict[str, Any], noun: str) -> str:
    """One kind or thing: mood after 12 runs marked social was about 0.8 points higher than after 31 others."""
    effect = float(thing["effect"])
    side = "higher" if effect >= 0 else "lower"
    size = f"about {points(effect)} {side}{_span(thing.get('effect_least'), thing.get('effect_most'))}"
    name, with_it, without = readable(str(thing["thing"])), int(thing["with"]), int(thing["without"])
    if noun == "run":
        others = counted(without, "other")
        runs = f"{counted(with_it, 'run')} marked “{name}”"
        return f"Next to the mood before, mood after {runs} was {size} than after {others}."
    return f"On {counted(with_it, 'evening')} with “{name}” mood was {size} than on {without} without it."


def protective(findings: list[Told]) -> str:
    """What did the person good, to stand beside a caution; empty where nothing is known yet."""
    good = []
    for finding in findings:
        if not finding.seen:
            continue
        if finding.question == "C1" and (finding.effect or 0) > 0:
            good.append("your mood was higher after runs than before them")
        if finding.question in ("C2", "C4"):
            things = finding.facts.get("things") or ()
            names = [readable(str(thing["thing"])) for thing in things if thing.get("seen") and thing["effect"] > 0]
            good += [f"{listed(names)} went with better moods"] if names else []
    return f"Your notes also hold good things: {listed(good)}." if good else ""


def _span(least: float | None, most: float | None) -> str:
    """The range, in the direction of the figure before it."""
    if least is None or most is None:
        return ""
    low, high = sorted((abs(least), abs(most)))
    if least * most >= 0:
        return f" (range {figure(low)} to {figure(high)})"
    return f" (range from {figure(abs(least))} lower to {figure(abs(most))} higher)"
