"""Things counted: what became of the plan, the reasons, and what helped."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from runmood.summary.parts import Bar, Bars
from runmood.summary.words.phrases import counted, plural, readable

if TYPE_CHECKING:
    import polars as pl

    from runmood.summary.parts import Mark

BECAME: dict[str, tuple[str, Mark]] = {
    "planned rest": ("planned rest, kept", "rest"),
    "run on rest": ("planned rest, with a run", "run on rest"),
    "planned run": ("planned run, done", "run"),
    "partly met": ("planned run, done in part", "run"),
    "missed run": ("planned run, did not happen", "missed"),
    "unplanned run": ("run without a plan", "run"),
}
REST_COUNTS = "Planned rest counts as much as a run, and changing a plan is normal."
PLANNED = ("planned rest", "run on rest", "planned run", "partly met", "missed run")


def plan_bars(days: pl.DataFrame) -> tuple[Bars, ...]:
    """What became of planned rests and runs, and the reasons given; nothing where nothing was planned."""
    kinds = Counter(days["day_kind"].to_list())
    planned = sum(kinds[kind] for kind in PLANNED)
    if not planned:
        return ()
    most = max(kinds[kind] for kind in BECAME)
    counts = [(name, kinds[kind], mark) for kind, (name, mark) in BECAME.items() if kinds[kind]]
    bars = tuple(Bar(name, count, count / most, mark) for name, count, mark in counts)
    sentence = f"{counted(planned, 'day')} had a plan. {REST_COUNTS}"
    told = Bars("Plan and what became of it", sentence, ("", "Days"), bars)
    return (told, *_reasons(days))


def _reasons(days: pl.DataFrame) -> tuple[Bars, ...]:
    """Why planned runs did not happen, where the person said."""
    missed = days.filter(day_kind="missed run")
    reasons = Counter(readable(reason) for reason in missed["skip_reason"].drop_nulls())
    if not reasons:
        return ()
    told = sum(reasons.values())
    sentence = (
        f"For {told} of {counted(missed.height, 'planned run')} that did not happen you gave a reason."
        if missed.height > 1
        else "You gave a reason for the planned run that did not happen."
    )
    return (Bars("The reasons you gave", sentence, ("Reason", "Days"), _counted(reasons)),)


def helped_bars(days: pl.DataFrame) -> Bars | None:
    """What the person said helped, by how many days; null where they never said."""
    answered = days["helped"].drop_nulls()
    things = Counter(readable(thing) for things in answered for thing in set(things))
    if not things:
        return None
    said = counted(answered.len(), "day")
    note = plural(answered.len(), "It may hold", "Each may hold")
    sentence = f"On {said} you noted what helped. {note} several things; what is noted most need not have helped most."
    return Bars("What helped", sentence, ("What you noted", "Days"), _counted(things))


def _counted(things: Counter[str]) -> tuple[Bar, ...]:
    """The most frequent first."""
    most = max(things.values())
    ordered = sorted(things.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Bar(name, count, count / most) for name, count in ordered)
