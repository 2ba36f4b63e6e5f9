"""What else of the time a person ticked, a sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.share.parts import Item
from runmood.summary.share.words.own import shown_name
from runmood.terms.choices import DAY_TAGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.summary.share.chosen import Choice
    from runmood.terms.speech import Speech

WEEK = 7
NAMES_SHOWN = 6


def sentences(say: Speech, days: pl.DataFrame, choice: Choice) -> tuple[Item, ...]:
    """A sentence for each thing ticked, in one order whichever was ticked first."""
    told: dict[str, Callable[[], str | None]] = {
        "distance": lambda: _distance(say, days),
        "pace": lambda: _pace(say, days),
        "kinds": lambda: _kinds(say, days, choice),
        "reasons": lambda: _reasons(say, days, choice),
        "sleep": lambda: _scale(say, "sleep", days),
        "stress": lambda: _scale(say, "stress", days),
    }
    return tuple(
        Item(say(f"shared.included.title.{name}"), tell() or say("shared.included.nothing"))
        for name, tell in told.items()
        if name in choice.include
    )


def _distance(say: Speech, days: pl.DataFrame) -> str | None:
    known = days.filter(pl.col("distance_m").is_not_null())
    far = float(known["distance_m"].sum())
    if not far:
        return None
    if known.height <= WEEK:
        return say("shared.included.words.distance", far=say.distance(far))
    weekly = say.distance(far * WEEK / known.height)
    return say("shared.included.words.distance_weekly", far=say.distance(far), weekly=weekly)


def _pace(say: Speech, days: pl.DataFrame) -> str | None:
    timed = days.filter(pl.col("distance_m") > 0, pl.col("moving_s") > 0)
    if timed.is_empty():
        return None
    seconds_a_km = 1000 * float(timed["moving_s"].sum()) / float(timed["distance_m"].sum())
    return say("shared.included.words.pace", pace=say.pace(seconds_a_km))


def _kinds(say: Speech, days: pl.DataFrame, choice: Choice) -> str | None:
    tags = days.select(pl.col("tags").explode().drop_nulls())["tags"]
    other = say("shared.included.other_kind")
    return _counts(say, "kinds", [shown_name(say, "tags", tag, choice, other) for tag in tags if tag not in DAY_TAGS])


def _reasons(say: Speech, days: pl.DataFrame, choice: Choice) -> str | None:
    missed = days.filter(pl.col("day_kind") == "missed run")["skip_reason"].drop_nulls()
    other = say.choice("skip_reason", "other")
    return _counts(say, "reasons", [shown_name(say, "skip_reason", reason, choice, other) for reason in missed])


def _counts(say: Speech, which: str, names: list[str]) -> str | None:
    """The names noted most often, each with how often."""
    counts = {name: names.count(name) for name in sorted(set(names))}
    shown = sorted(counts.items(), key=lambda each: -each[1])[:NAMES_SHOWN]
    named = [say("shared.included.of_several", what=name, count=count) for name, count in shown]
    return say(f"shared.included.words.{which}", named=named) if named else None


def _scale(say: Speech, which: str, days: pl.DataFrame) -> str | None:
    rated = days[which].drop_nulls()
    if rated.is_empty():
        return None
    return say(f"shared.included.words.{which}", score=float(rated.sum()) / rated.len(), days=rated.len())
