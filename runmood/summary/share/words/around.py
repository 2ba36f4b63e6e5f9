"""What stands on every page: its title, who made it from what, how far its figures carry, and what it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.summary.share.parts import Block, Item
from runmood.summary.words.notes import FOOT
from runmood.summary.words.phrases import date, readable
from runmood.terms.questions import QUESTIONS

if TYPE_CHECKING:
    import datetime as dt

    import polars as pl

TITLE = "Running and mood"
GOALS = "My goals"
NOTES = "From my notes"
MORE = "Also of this time"
QUALITY = "How far this carries"
STATEMENT = FOOT.statement
INVENTED = "This runner is invented: the runs, the evenings and the plan are made up."
LONGEST_NAME = 60
TESTED = {question.code for question in QUESTIONS if question.kind == "tested"}
# docs/calibration.md: 5.7 ± 1 of 100 within a year where nothing was there; 8 to 11 where low mornings came first.
HOW_TESTED = (
    "The questions were written down beforehand and asked every night in a way that allows for looking often: of 100 "
    "invented people in whom nothing was there, about 6 were told such a finding within a year, and 8 to 11 where low "
    "mornings came before leaving out a run."
)
COUNTED = "What is marked as a count was not tested."
NOT_LOOKED_AT = (
    "Not looked at: anything that was not noted, such as health, medicines, work, family and the season; nobody was "
    "compared with others."
)


def showed(last: dt.date) -> str:
    """The heading of the findings, which rest on all that was ever noted."""
    return f"What all notes up to {date(last)} showed"


def made_by(name: str | None) -> str:
    """Who made the page and from what; a name where the person put it there."""
    told = " ".join(readable(name or "").split())[:LONGEST_NAME].strip()
    by = f"the client, {told}," if told else "the client"
    return f"Made by {by} from self-ratings; not a clinical measure."


def quality(days: pl.DataFrame, findings: tuple[str, ...]) -> Block:
    """How much of the time is known, how findings were tested, and what was not looked at."""
    items = [_known(days)]
    codes = {code.upper() for code in findings}
    if codes & TESTED:
        items.append(f"{HOW_TESTED} {COUNTED}" if codes - TESTED else HOW_TESTED)
    elif codes:
        items.append("The findings here are counts of what was noted; they were not tested.")
    return Block(QUALITY, tuple(Item("", words) for words in (*items, NOT_LOOKED_AT)))


def _known(days: pl.DataFrame) -> str:
    """How many of the days tell whether there was a run, and how many evenings are rated."""
    known, rated = (int(days[name].is_not_null().sum()) for name in ("runs", "mood_evening"))
    late = int(days["mood_evening_late"].fill_null(value=False).sum())
    told = f"Days of which it is known whether there was a run: {known:,} of {days.height:,}. "
    told += f"Rated evenings: {rated:,} of {days.height:,} ({rated / days.height:.0%})"
    return f"{told}, {late:,} of them rated late." if late else f"{told}."
