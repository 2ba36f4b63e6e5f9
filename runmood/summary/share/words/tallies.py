"""What helped, and how often questions were answered: counts of days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.share.parts import Item, Tally
from runmood.summary.share.picture.steps import RUN_KINDS
from runmood.summary.share.words.own import shown_name

if TYPE_CHECKING:
    from runmood.summary.share.chosen import Choice
    from runmood.terms.speech import Speech

THINGS_SHOWN = 6
KINDS = {"run": RUN_KINDS, "rest": ("planned rest",), "missed": ("missed run",), "other": ("no run", "unknown")}


def helped(say: Speech, things: pl.DataFrame, days: pl.DataFrame, choice: Choice) -> Tally:
    """On how many days each thing was noted as a help, most often first; words of one's own only where ticked."""
    noted, title = things.filter(pl.col("local_date").is_between(choice.first, choice.last)), say("shared.helped.title")
    if noted.is_empty():
        return Tally(title, (), say("shared.helped.nothing"))
    other = say.choice("helped", "other")
    names = {thing: shown_name(say, "helped", thing, choice, other) for thing in noted["thing"].unique()}
    named = noted.with_columns(pl.col("thing").replace_strict(names)).unique(["local_date", "thing"])
    counts = named["thing"].value_counts().sort(["count", "thing"], descending=[True, False]).rows()
    rows = [Item(thing, say("shared.helped.days", days=count)) for thing, count in counts[:THINGS_SHOWN]]
    note = [say("shared.helped.noted", days=int(days["helped"].is_not_null().sum()))]
    if left := counts[THINGS_SHOWN:]:
        note.append(say("shared.helped.less_often", things=len(left)))
    return Tally(title, tuple(rows), " ".join(note))


def answered(say: Speech, days: pl.DataFrame) -> Tally:
    """How many mornings and evenings were rated, the evenings by kind of day."""
    of_kinds = {name: days.filter(pl.col("day_kind").is_in(kinds)) for name, kinds in KINDS.items()}
    rows = [
        ("mornings", days, "mood_morning"),
        ("evenings", days, "mood_evening"),
        *((name, of_kind, "mood_evening") for name, of_kind in of_kinds.items() if of_kind.height),
    ]
    told = tuple(Item(say(f"shared.noted.{name}"), _rate(say, some[mood])) for name, some, mood in rows)
    return Tally(say("shared.noted.title"), told, say("shared.noted.note"))


def _rate(say: Speech, moods: pl.Series) -> str:
    rated = moods.count()
    return say("shared.noted.rate", rated=rated, days=moods.len(), share=rated / moods.len())
