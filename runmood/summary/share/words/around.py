"""What stands on every page: who made it from what, how far its figures carry, and what was not looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.summary.share.parts import Block, Item
from runmood.summary.words.phrases import readable
from runmood.terms.questions import QUESTIONS

if TYPE_CHECKING:
    import polars as pl

    from runmood.terms.speech import Speech

LONGEST_NAME = 60
TESTED = {question.code for question in QUESTIONS if question.kind == "tested"}


def made_by(say: Speech, name: str | None) -> str:
    """Who made the page and from what; a name where the person put it there."""
    told = " ".join(readable(name or "").split())[:LONGEST_NAME].strip()
    return say("shared.made_by_name", who=told) if told else say("shared.made_by")


def quality(say: Speech, days: pl.DataFrame, findings: tuple[str, ...]) -> Block:
    """How much of the time is known, how findings were tested, and what was not looked at."""
    told = (_known(say, days), _tested(say, {code.upper() for code in findings}), say("shared.quality.not_looked_at"))
    return Block(say("shared.quality.title"), tuple(Item("", words) for words in told if words))


def _known(say: Speech, days: pl.DataFrame) -> str:
    """How many of the days tell whether there was a run, and how many evenings are rated."""
    known, rated = (int(days[name].is_not_null().sum()) for name in ("runs", "mood_evening"))
    counts = {"known": known, "rated": rated, "days": days.height, "share": rated / days.height}
    late = int(days["mood_evening_late"].fill_null(value=False).sum())
    return say("shared.quality.known_late", **counts, late=late) if late else say("shared.quality.known", **counts)


def _tested(say: Speech, codes: set[str]) -> str:
    """How the findings were tested, and which were only counted; empty without findings."""
    if not codes & TESTED:
        return say("shared.quality.only_counts") if codes else ""
    told = say("shared.quality.tested")
    return " ".join((told, say("shared.quality.also_counts"))) if codes - TESTED else told
