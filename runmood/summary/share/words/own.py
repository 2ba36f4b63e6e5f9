"""What a person wrote themselves and chose to share: a question for the session, goals, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.share.parts import Block, Item
from runmood.summary.words.phrases import date, readable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from runmood.summary.share.chosen import Choice, Material

QUESTION = "What I would like to talk about"
LONGEST = {"question": 400, "goal": 160, "note": 260}
SHORTENED = {
    "question": "(Shortened to fit the page; the rest is for the conversation.)",
    "goal": "(Shortened.)",
    "note": "(Shortened to fit the page.)",
}
MOMENTS = {"morning": "Morning", "evening": "Evening", "before-run": "Before a run", "after-run": "After a run"}


def question(words: str | None) -> Block | None:
    """The person's own question; null without one."""
    told = fitted("question", words or "")
    return Block(QUESTION, (Item("", told),)) if told else None


def goals(rows: pl.DataFrame) -> dict[str, Item]:
    """Every goal by its name, in the person's words, with its kind and how it stands."""
    return {row["goal_id"]: _goal(row) for row in rows.sort("since", "goal_id").iter_rows(named=True)}


def _goal(row: dict[str, object]) -> Item:
    until = f", until {date(row['until'])}" if row["until"] else ""  # type: ignore[arg-type]
    about = {"therapeutic": "For how I feel", "fitness": "For how I run"}[str(row["kind"])]
    return Item(f"{about} ({row['state']}{until})", fitted("goal", str(row["words"])))


def notes(material: Material, first: dt.date | None = None, last: dt.date | None = None) -> dict[str, Item]:
    """Notes beside check-ins and answers to questions to think about, by name, the newest first."""
    said = material.check_ins.filter(pl.col("note").is_not_null()).select(
        "local_date", pl.col("check_in_id").alias("name"), pl.col("kind").replace(MOMENTS).alias("about"),
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
    return {row["name"]: _note(row) for row in rows if fitted("note", row["words"])}


def _note(row: dict[str, object]) -> Item:
    when = date(row["local_date"])  # type: ignore[arg-type]
    return Item(f"{when}. {readable(str(row['about']))}", f"“{fitted('note', str(row['words']))}”")


def fitted(kind: str, words: str) -> str:
    """The words in one paragraph; a long one ends at a word, and says so."""
    told = " ".join(readable(words).split())
    if len(told) <= LONGEST[kind]:
        return told
    return f"{told[: LONGEST[kind]].rsplit(' ', 1)[0].rstrip()} … {SHORTENED[kind]}"


def shown_name(thing: str, offered: Collection[str], choice: Choice, otherwise: str) -> str:
    """A thing or kind by its name; a name of the person's own only where they ticked that."""
    return readable(thing) if thing in offered or "own-words" in choice.include else otherwise
