"""What else of the time a person ticked, a sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.share.parts import Item
from runmood.summary.share.words.own import shown_name
from runmood.summary.words.measures import pace
from runmood.summary.words.phrases import counted, distance, figure, listed
from runmood.terms.choices import DAY_TAGS, RUN_TAGS, SKIP_REASONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.summary.share.chosen import Choice
    from runmood.terms.speech import Units

OTHER_KIND, OTHER_REASON = "another kind", "other"
NOT_NOTED = "Not noted in this time."
WEEK = 7
NAMES_SHOWN = 6


def sentences(days: pl.DataFrame, choice: Choice, units: Units) -> tuple[Item, ...]:
    """A sentence for each thing ticked, in one order whichever was ticked first."""
    told: dict[str, Callable[[], str]] = {
        "distance": lambda: _distance(days, units),
        "pace": lambda: _pace(days, units),
        "kinds": lambda: _kinds(days, choice),
        "reasons": lambda: _reasons(days, choice),
        "sleep": lambda: _scale(days["sleep"], "of 10 on average, where 10 is very good"),
        "stress": lambda: _scale(days["stress"], "of 10 on average, where 10 is as much as can be"),
    }
    return tuple(Item(name.capitalize(), tell()) for name, tell in told.items() if name in choice.include)


def _distance(days: pl.DataFrame, units: Units) -> str:
    known = days.filter(pl.col("distance_m").is_not_null())
    far = float(known["distance_m"].sum())
    if not far:
        return NOT_NOTED
    weekly = f", about {distance(far * WEEK / known.height, units)} a week" if known.height > WEEK else ""
    return f"{distance(far, units)} in all{weekly}."


def _pace(days: pl.DataFrame, units: Units) -> str:
    timed = days.filter(pl.col("distance_m") > 0, pl.col("moving_s") > 0)
    if timed.is_empty():
        return NOT_NOTED
    return f"{pace(1000 * float(timed['moving_s'].sum()) / float(timed['distance_m'].sum()), units)} over all runs."


def _kinds(days: pl.DataFrame, choice: Choice) -> str:
    tags = days.select(pl.col("tags").explode().drop_nulls())["tags"]
    marked = [shown_name(tag, RUN_TAGS, choice, OTHER_KIND) for tag in tags if tag not in DAY_TAGS]
    return _counts(marked, "Days with runs marked as such: {}.")


def _reasons(days: pl.DataFrame, choice: Choice) -> str:
    missed = days.filter(pl.col("day_kind") == "missed run")["skip_reason"].drop_nulls()
    return _counts([shown_name(reason, SKIP_REASONS, choice, OTHER_REASON) for reason in missed],
                   "Noted for planned runs that did not happen: {}.")  # fmt: skip


def _counts(names: list[str], words: str) -> str:
    counts = {name: names.count(name) for name in sorted(set(names))}
    shown = sorted(counts.items(), key=lambda each: -each[1])[:NAMES_SHOWN]
    return words.format(listed([f"{name} ({count})" for name, count in shown])) if shown else NOT_NOTED


def _scale(scores: pl.Series, words: str) -> str:
    rated = scores.drop_nulls()
    if rated.is_empty():
        return NOT_NOTED
    return f"{figure(float(rated.sum()) / rated.len())} {words} ({counted(rated.len(), 'day')} rated)."
