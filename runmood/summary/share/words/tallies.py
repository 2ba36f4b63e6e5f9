"""What helped, and how often questions were answered: counts of days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.share.parts import Item, Tally
from runmood.summary.share.picture.steps import RUN_KINDS
from runmood.summary.share.words.own import shown_name
from runmood.summary.words.phrases import counted
from runmood.terms.choices import HELPED

if TYPE_CHECKING:
    from runmood.summary.share.chosen import Choice

HELPED_TITLE, ANSWERED_TITLE = "What helped", "How often it was noted"
THINGS_SHOWN = 6
OTHER = "other"
KINDS = {
    "Evenings of days with a run": RUN_KINDS,
    "Evenings of planned rest": ("planned rest",),
    "Evenings of missed runs": ("missed run",),
    "Other evenings": ("no run", "unknown"),
}


def helped(things: pl.DataFrame, days: pl.DataFrame, choice: Choice) -> Tally:
    """On how many days each thing was noted as a help, most often first; words of one's own only where ticked."""
    noted = things.filter(pl.col("local_date").is_between(choice.first, choice.last))
    asked = days["helped"].is_not_null().sum()
    if noted.is_empty():
        return Tally(HELPED_TITLE, (), "Nothing was noted in this time.")
    names = {thing: shown_name(thing, HELPED, choice, OTHER) for thing in noted["thing"].unique()}
    named = noted.with_columns(pl.col("thing").replace_strict(names)).unique(["local_date", "thing"])
    counts = named["thing"].value_counts().sort(["count", "thing"], descending=[True, False]).rows()
    rows = [Item(thing, counted(count, "day")) for thing, count in counts[:THINGS_SHOWN]]
    left = len(counts) - THINGS_SHOWN
    more = f" {counted(left, 'other thing')} came up less often." if left > 0 else ""
    return Tally(HELPED_TITLE, tuple(rows), f"Noted on {counted(int(asked), 'day')}; a day may have several.{more}")


def answered(days: pl.DataFrame) -> Tally:
    """How many mornings and evenings were rated, the evenings by kind of day."""
    rows = [Item("Mornings", _rate(days, "mood_morning")), Item("Evenings", _rate(days, "mood_evening"))]
    for title, kinds in KINDS.items():
        of_kind = days.filter(pl.col("day_kind").is_in(kinds))
        if of_kind.height:
            rows.append(Item(title, _rate(of_kind, "mood_evening")))
    return Tally(ANSWERED_TITLE, tuple(rows), "Kinds of days rated less often may have felt different.")


def _rate(days: pl.DataFrame, mood: str) -> str:
    rated = int(days[mood].is_not_null().sum())
    return f"{rated:,} of {days.height:,} ({rated / days.height:.0%})"
