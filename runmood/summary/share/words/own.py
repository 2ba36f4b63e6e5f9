"""What a person wrote themselves and chose to share: a question for the session, goals, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.share.parts import Block, Item
from runmood.summary.words.phrases import readable
from runmood.terms.choices import CHECK_IN_KINDS, HELPED, RUN_TAGS, SKIP_REASONS

if TYPE_CHECKING:
    import datetime as dt
    from typing import Any

    from runmood.summary.share.chosen import Choice, Material
    from runmood.terms.speech import Speech

LONGEST = {"question": 400, "goal": 160, "note": 260}
OFFERED = {"helped": HELPED, "tags": RUN_TAGS, "skip_reason": SKIP_REASONS}


def question(say: Speech, words: str | None) -> Block | None:
    """The person's own question; null without one."""
    told = fitted(say, "question", words or "")
    return Block(say("shared.question"), (Item("", told),)) if told else None


def goals(material: Material) -> dict[str, Item]:
    """Every goal by its name, in the person's words, with its kind and how it stands."""
    rows = material.goals.sort("since", "goal_id").iter_rows(named=True)
    return {row["goal_id"]: _goal(material.say, row) for row in rows}


def _goal(say: Speech, row: dict[str, Any]) -> Item:
    about, state = f"shared.goal.{row['kind']}", say.choice("shared.goal.state", row["state"])
    title = say(f"{about}_until", state=state, until=row["until"]) if row["until"] else say(about, state=state)
    return Item(title, fitted(say, "goal", row["words"]))


def notes(material: Material, first: dt.date | None = None, last: dt.date | None = None) -> dict[str, Item]:
    """Notes beside check-ins and answers to questions to think about, by name, the newest first."""
    moments = {kind: material.say.choice("kind", kind) for kind in CHECK_IN_KINDS}
    said = material.check_ins.filter(pl.col("note").is_not_null()).select(
        "local_date", pl.col("check_in_id").alias("name"), pl.col("kind").replace(moments).alias("about"),
        pl.col("note").alias("words"),
    )  # fmt: skip
    thought = material.reflections.select(
        "local_date", pl.col("reflection_id").alias("name"), pl.col("prompt").alias("about"),
        pl.col("answer").alias("words"),
    )  # fmt: skip
    told = pl.concat([said, thought]).filter(
        pl.lit(first is None) | pl.col("local_date").is_between(pl.lit(first), pl.lit(last))
    )
    rows = told.sort("local_date", "name", descending=[True, False]).iter_rows(named=True)
    return {row["name"]: _note(material.say, row) for row in rows if readable(row["words"])}


def _note(say: Speech, row: dict[str, Any]) -> Item:
    title = say("shared.note.title", day=row["local_date"], about=readable(row["about"]))
    return Item(title, say("shared.note.words", words=fitted(say, "note", row["words"])))


def fitted(say: Speech, kind: str, words: str) -> str:
    """The words in one paragraph; a long one ends at a word, and says so."""
    told = " ".join(readable(words).split())
    if len(told) <= LONGEST[kind]:
        return told
    return say(f"shared.shortened.{kind}", words=told[: LONGEST[kind]].rsplit(" ", 1)[0].rstrip())


def shown_name(say: Speech, kind: str, name: str, choice: Choice, otherwise: str) -> str:
    """A thing that helped, a kind of run or a reason; a name of the person's own only where they ticked that."""
    if name in OFFERED[kind]:
        return say.choice(kind, name)
    return readable(name) if "own-words" in choice.include else otherwise
