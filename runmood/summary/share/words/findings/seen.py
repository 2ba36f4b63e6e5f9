"""What was seen, a sentence a question: counts, size and range. No distance and no pace unless ticked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from runmood.summary.answers.told import Told, gap
from runmood.summary.share.words.own import shown_name
from runmood.summary.words.measures import pace
from runmood.summary.words.phrases import counted, date_near, distance, figure, listed, points
from runmood.terms.choices import HELPED, RUN_TAGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.summary.share.chosen import Choice, Material
    from runmood.terms.speech import Speech

FOUR = {1: "first", 2: "second", 3: "third", 4: "fourth and later"}
NO_CHANGE = 0.05  # mood points
HALF, LONGER_RUNS = 0.5, 4  # as in patterns/leaning/rests


@dataclass(frozen=True, slots=True)
class Saying:
    """A finding to be told, with the notes behind it and what the person ticked."""

    finding: Told
    material: Material
    choice: Choice

    def days(self, fact: str) -> str:
        """A count of days: 41 days."""
        return counted(self.finding.count(fact), "day")

    def ticked(self, what: str) -> bool:
        """Whether the person ticked it."""
        return what in self.choice.include


def _longer_run(saying: Saying) -> str:
    facts, finding = saying.finding.facts, saying.finding
    far, longest = float(facts["distance_m"]), float(facts["longest_m"])
    when = date_near(finding.night, saying.choice.last)
    lengths = ""
    if saying.ticked("distance"):
        lengths = f" ({distance(far, saying.material.units)} after {distance(longest, saying.material.units)})"
    return f"On {when} a run was {far / longest - 1:.0%} longer than the longest of the 30 days before{lengths}."


def _hard_stretch(saying: Saying) -> str:
    finding, facts = saying.finding, saying.finding.facts
    ratio, harder = facts.get("load_ratio"), facts.get("effort_change")
    parts = [f"load was {ratio - 1:.0%} above that of the six weeks before"] if ratio is not None else []
    parts += ["notes on mood, energy, sleep and body were lower than usual"]
    parts += [f"ordinary runs felt about {points(float(harder))} of 10 harder"] if harder is not None else []
    return f"In the weeks to {date_near(finding.night, saying.choice.last)} {listed(parts)}."


def _felt_harder(saying: Saying) -> str:
    finding, facts = saying.finding, saying.finding.facts
    lately, before = (figure(facts[f"effort_{when}"]) for when in ("lately", "before"))
    runs = counted(finding.count("runs_lately"), "run")
    told = f"Of 10, {runs} of the last two weeks felt {lately}, the {finding.count('runs_before')} before {before}"
    if saying.ticked("pace") and facts.get("pace_lately_s_km") and facts.get("pace_before_s_km"):
        paces = [pace(facts[f"pace_{when}_s_km"], saying.material.units) for when in ("lately", "before")]
        told += f", at {listed(paces)}"
    return f"{told}."


def _load(saying: Saying) -> str:
    share = saying.finding.facts.get("load_percentile")
    if share is None:
        return "Not every day of the last seven was known."
    return f"It was more than, or as much as, on {share:.0f}% of the nights of a year."


def _missed(saying: Saying) -> str:
    return (
        f"On {saying.days('missed_days')} when a planned run did not happen, evenings were rated "
        f"{gap(saying.material.say, saying.finding, 'lower')} on {saying.days('run_days')} when it did."
    )


def _missed_and_rest(saying: Saying) -> str:
    return (
        f"On {saying.days('missed_days')} when a planned run did not happen, evenings were rated "
        f"{gap(saying.material.say, saying.finding, 'lower')} on {saying.days('rest_days')} of planned rest."
    )


def _run_days(saying: Saying) -> str:
    return (
        f"On {saying.days('run_days')} with the planned run done, evenings were rated {gap(saying.material.say, saying.finding, 'higher')} "
        f"on {saying.days('missed_days')} when it did not happen; those were about like planned rest days."
    )


def _only_running(saying: Saying) -> str:
    finding = saying.finding
    low, only, other = (finding.count(name) for name in ("low_days", "only_running_days", "other_kinds"))
    things = counted(other, "other thing") if other else "no other thing"
    return (
        f"Of {counted(low, 'low day')} with a note of what helped, {only:,} named running and nothing else; "
        f"in 60 days {things} had been noted."
    )


def _hurt(saying: Saying) -> str:
    finding = saying.finding
    dates = [date_near(dt.date.fromisoformat(day), saying.choice.last) for day in finding.facts.get("dates") or ()]
    on = f", the last on {dates[-1]}" if dates else ""
    runs = counted(finding.count("runs_hurt"), "run")
    return f"In the four weeks to {date_near(finding.night, saying.choice.last)} there {_were(finding)} {runs} on days marked ill, injured or painful{on}."  # noqa: E501


def _were(finding: Told) -> str:
    return "was" if finding.count("runs_hurt") == 1 else "were"


def _more_running(saying: Saying) -> str:
    facts = saying.finding.facts
    growth, change = float(facts.get("minutes_growth") or 0), float(facts.get("lift_change") or 0)
    lift = (
        "stayed about the same"
        if abs(change) < NO_CHANGE
        else f"{'rose' if change > 0 else 'fell'} by {points(change)}"
    )
    return (
        f"Over twelve weeks minutes a week grew by about {growth:.0%}; how much higher mood was after a run than "
        f"before it {lift}, over {counted(saying.finding.count('rated_runs'), 'run')} with both moods."
    )


def _rests(saying: Saying) -> str:
    finding = saying.finding
    rests, ran = finding.count("rest_days"), finding.count("runs_on_rest")
    planned, longer = finding.count("planned_runs"), finding.count("longer_runs")
    told = (
        [f"{ran:,} of {counted(rests, 'planned rest day')} became running days"]
        if rests and ran >= HALF * rests
        else []
    )
    if longer >= LONGER_RUNS:
        told.append(f"{longer:,} of {counted(planned, 'run')} went more than 1.3 times as far as planned")
    return f"In four weeks {listed(told)}."


def _gaps(saying: Saying) -> str:
    facts, finding = saying.finding.facts, saying.finding
    told = [
        f"{figure(facts[f'mood_day_{day}'])} on the {name} ({counted(finding.count(f'days_{day}'), 'evening')})"
        for day, name in FOUR.items()
        if facts.get(f"mood_day_{day}") is not None
    ]
    gaps = counted(finding.count("gaps"), "stretch", "stretches")
    if not told:
        return f"Of {gaps} of three days and more without a run, no evening was rated."
    beside = f"; on days with a run, {figure(facts['run_day_mood'])}" if facts.get("run_day_mood") is not None else ""
    return f"In {gaps} of three days and more without a run, evenings were on average {listed(told)}{beside}."


def _lift(saying: Saying) -> str:
    finding, side = saying.finding, "higher" if (saying.finding.effect or 0) >= 0 else "lower"
    runs, higher, lower = (finding.count(name) for name in ("rated_runs", "higher_after", "lower_after"))
    signed = _turned(finding) if side == "lower" else finding
    return (
        f"On {counted(runs, 'run')} with a mood noted before and after, mood after was {gap(saying.material.say, signed, side)} before: "
        f"higher after {higher:,}, lower after {lower:,}, the same after the rest."
    )


def _turned(finding: Told) -> Told:
    """The same difference seen from the other side, as `gap` words it."""
    return _sized(
        -(finding.effect or 0), *(None if end is None else -end for end in (finding.effect_most, finding.effect_least))
    )


def _sized(effect: float, least: float | None, most: float | None) -> Told:
    """A difference alone, to be worded."""
    return Told("", dt.date.min, "seen", None, None, None, None, effect, least, most, {})


def _kinds(saying: Saying) -> str:
    return _things(
        saying, RUN_TAGS, "a kind named otherwise", "mood after {} marked “{}” was {} after {} others", "run"
    )


def _helps(saying: Saying) -> str:
    return _things(saying, HELPED, "something else", "on {} with “{}” mood was {} on {} without", "evening")


def _things(saying: Saying, offered: tuple[str, ...], otherwise: str, words: str, noun: str) -> str:
    """Each thing that stood out, with its counts and size; looked at together."""
    told = []
    for thing in saying.finding.facts.get("things") or ():
        if thing.get("seen"):
            name = shown_name(str(thing["thing"]), offered, saying.choice, otherwise)
            with_it, without = counted(int(thing["with"]), noun), f"{int(thing['without']):,}"
            told.append(words.format(with_it, name, _size(saying.material.say, thing), without))
    return f"Looked at together: {'; '.join(told)}."


def _size(say: Speech, thing: dict[str, Any]) -> str:
    finding = _sized(float(thing["effect"]), thing.get("effect_least"), thing.get("effect_most"))
    higher = finding.effect is not None and finding.effect >= 0
    return gap(say, finding, "higher") if higher else gap(say, _turned(finding), "lower")


def _heavier(saying: Saying) -> str:
    return f"The two weeks to {date_near(saying.finding.night, saying.choice.last)} looked heavier in the notes."


SEEN: dict[str, Callable[[Saying], str]] = {
    "A1": _longer_run, "A5": _hard_stretch, "A6": _felt_harder, "A7": _load, "B1": _missed, "B2": _missed_and_rest,
    "B3": _only_running, "B5": _hurt, "B6": _more_running, "B7": _rests, "B8": _gaps, "C1": _lift, "C2": _kinds,
    "C3": _run_days, "C4": _helps, "S1": _heavier,
}  # fmt: skip
