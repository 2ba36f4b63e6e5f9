"""Things counted: what became of the plan, the reasons, and what helped."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from runmood.summary.parts import Bar, Bars
from runmood.summary.words.phrases import readable

if TYPE_CHECKING:
    import polars as pl

    from runmood.summary.parts import Mark
    from runmood.terms.speech import Speech

BECAME: dict[str, Mark] = {
    "planned rest": "rest",
    "run on rest": "run on rest",
    "planned run": "run",
    "partly met": "run",
    "missed run": "missed",
    "unplanned run": "run",
}
PLANNED = ("planned rest", "run on rest", "planned run", "partly met", "missed run")


def plan_bars(say: Speech, days: pl.DataFrame) -> tuple[Bars, ...]:
    """What became of planned rests and runs, and the reasons given; nothing where nothing was planned."""
    kinds = Counter(days["day_kind"].to_list())
    planned = sum(kinds[kind] for kind in PLANNED)
    if not planned:
        return ()
    most = max(kinds[kind] for kind in BECAME)
    bars = tuple(
        Bar(say(f"plan.became.{kind.replace(' ', '_')}"), kinds[kind], kinds[kind] / most, mark)
        for kind, mark in BECAME.items()
        if kinds[kind]
    )
    told = Bars(say("plan.title"), say("plan.sentence", days=planned), ("", say("column.days")), bars)
    return (told, *_reasons(say, days))


def _reasons(say: Speech, days: pl.DataFrame) -> tuple[Bars, ...]:
    """Why planned runs did not happen, where the person said."""
    missed = days.filter(day_kind="missed run")
    reasons = Counter(readable(say.choice("skip_reason", reason)) for reason in missed["skip_reason"].drop_nulls())
    if not reasons:
        return ()
    count = "several" if missed.height > 1 else "one"
    sentence = say(f"reasons.{count}", told=sum(reasons.values()), missed=missed.height)
    return (Bars(say("reasons.title"), sentence, (say("column.reason"), say("column.days")), _counted(reasons)),)


def helped_bars(say: Speech, days: pl.DataFrame) -> Bars | None:
    """What the person said helped, by how many days; null where they never said."""
    answered = days["helped"].drop_nulls()
    things = Counter(readable(say.choice("helped", thing)) for things in answered for thing in set(things))
    if not things:
        return None
    columns = (say("column.noted"), say("column.days"))
    return Bars(say("helped_bars.title"), say("helped_bars.sentence", days=answered.len()), columns, _counted(things))


def _counted(things: Counter[str]) -> tuple[Bar, ...]:
    """The most frequent first."""
    most = max(things.values())
    ordered = sorted(things.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Bar(name, count, count / most) for name, count in ordered)
