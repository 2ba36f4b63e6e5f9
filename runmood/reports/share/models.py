"""Define a shared page, what it is made from, and what a person may select for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from runmood.core.enums import HELPED, RUN_TAGS, SKIP_REASONS, CheckInKind
from runmood.core.errors import UserError, WrongValueError
from runmood.core.i18n import message, readable, translator
from runmood.journal.fields import YEARS
from runmood.schema.tables import FINDING_FEEDBACK

if TYPE_CHECKING:
    from typing import Any

    from runmood.core.i18n import Translator
    from runmood.reports.models import Grid
    from runmood.reports.share.chart import DaySeries


MOST = {"findings": 3, "goals": 3, "notes": 3}  # a page holds no more of each and stays one to read
INCLUDED = ("distance", "pace", "kinds", "reasons", "sleep", "stress", "own-words")
USUAL = dt.timedelta(days=84)
ONE_DAY = dt.timedelta(days=1)
LONGEST = {"question": 400, "goal": 160, "note": 260}
OFFERED = {"helped": HELPED, "tags": RUN_TAGS, "skip_reason": SKIP_REASONS}


@dataclass(frozen=True, slots=True)
class Item:
    """A line or a paragraph; the title may be empty. `too_early` where the notes are too few to say anything."""

    title: str
    words: str
    too_early: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs under a heading; short titles stand beside their words, long ones above."""

    heading: str
    items: tuple[Item, ...]
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts under a heading: each row's title with its figure, and a sentence on what is counted."""

    heading: str
    rows: tuple[Item, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Mood, energy and running over the period: in a sentence, as a course to draw, and as a table.

    `shows` stands in the preview in place of what is drawn.
    """

    heading: str
    sentence: str
    course: DaySeries
    caption: str
    shows: str
    grid: Grid


@dataclass(frozen=True, slots=True)
class SharedPage:
    """All that leaves, in reading order; an absent part is null or empty.

    `file` is what its file is called, without an ending; `last` is its last day; `say` is the translator of
    the names in the picture, and names the language of the page.
    """

    file: str
    title: str
    period: str
    made_by: str
    invented: str
    question: Block | None
    picture: Picture
    tallies: tuple[Tally, ...]
    blocks: tuple[Block, ...]
    quality: Block
    statement: str
    last: dt.date
    say: Translator


@dataclass(frozen=True, slots=True)
class ShareOptions:
    """What may be chosen for a page, by name, each as it would stand there."""

    findings: dict[str, Item]
    goals: dict[str, Item]
    notes: dict[str, Item]


@dataclass(frozen=True, slots=True)
class ShareSelection:
    """What a person selects for the page: the days, both included, and by name what else.

    `findings` are questions by code, `goals` and `notes` begin like the names in the journal; `include` is of INCLUDED.
    """

    first: dt.date
    last: dt.date
    findings: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    question: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class ShareData:
    """A person's notes as the warehouse tells them; only what the selection names of them comes onto the page.

    The frames are of the tables DAYS, CHECK_INS, CHECK_IN_HELPED, GOALS, REFLECTIONS, FINDING_FEEDBACK and FINDINGS;
    the last has the latest night of each question up to the last day, and the nights with a much longer run of the 28
    days before.
    """

    days: pl.DataFrame
    check_ins: pl.DataFrame
    check_in_helped: pl.DataFrame
    goals: pl.DataFrame
    reflections: pl.DataFrame
    findings: pl.DataFrame
    finding_feedback: pl.DataFrame = field(default_factory=FINDING_FEEDBACK.empty)
    say: Translator = field(default_factory=lambda: translator("en", "metric"))
    invented: bool = False


def period(days: pl.DataFrame, first: dt.date | None, last: dt.date | None, today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of a page.

    Args:
        days: rows of DAYS.
        first: the first day asked for; None for twelve weeks before the last, or the first day noted.
        last: the last day asked for; None for the last day with anything noted.
        today: no page goes beyond it.

    Returns:
        The first and the last day, both included.

    Raises:
        UserError: the period ends before it begins, or lies in the future.
        WrongValueError: it is of another century.
    """
    noted = days.filter(pl.col("local_date") <= today, pl.col("runs").is_not_null() | (pl.col("check_ins") > 0))
    dates = noted["local_date"].sort()
    end = last or (dates[-1] if dates.len() else today)
    begin = first or max(end - USUAL + ONE_DAY, min(dates[0], end) if dates.len() else end)
    if begin > end:
        raise UserError(message("error.ends_before", first=begin, last=end))
    if begin.year < YEARS.start:
        raise WrongValueError("beyond", day=str(begin))
    if end > today:
        raise UserError(message("error.still_to_come", day=end))
    return begin, end


def question(say: Translator, words: str | None) -> Block | None:
    """Return the person's own question; None without one."""
    shown = fitted(say, "question", words or "")
    return Block(say("shared.question"), (Item("", shown),)) if shown else None


def goals(data: ShareData) -> dict[str, Item]:
    """Return every goal by its name, in the person's words, with its kind and state."""
    rows = data.goals.sort("since", "goal_id").iter_rows(named=True)
    return {row["goal_id"]: _goal(data.say, row) for row in rows}


def _goal(say: Translator, row: dict[str, Any]) -> Item:
    about, state = f"shared.goal.{row['kind']}", say.choice("shared.goal.state", row["state"])
    title = say(f"{about}_until", state=state, until=row["until"]) if row["until"] else say(about, state=state)
    return Item(title, fitted(say, "goal", row["words"]))


def notes(data: ShareData, first: dt.date | None = None, last: dt.date | None = None) -> dict[str, Item]:
    """Return notes of check-ins and answers of reflections by name, the newest first."""
    moments = {kind: data.say.choice("kind", kind) for kind in CheckInKind}
    notes = data.check_ins.filter(pl.col("note").is_not_null()).select(
        "local_date", pl.col("check_in_id").alias("name"), pl.col("kind").replace(moments).alias("about"),
        pl.col("note").alias("words"),
    )  # fmt: skip
    answers = data.reflections.select(
        "local_date", pl.col("reflection_id").alias("name"), pl.col("prompt").alias("about"),
        pl.col("answer").alias("words"),
    )  # fmt: skip
    items = pl.concat([notes, answers]).filter(
        pl.lit(first is None) | pl.col("local_date").is_between(pl.lit(first), pl.lit(last))
    )
    rows = items.sort("local_date", "name", descending=[True, False]).iter_rows(named=True)
    return {row["name"]: _note(data.say, row) for row in rows if readable(row["words"])}


def _note(say: Translator, row: dict[str, Any]) -> Item:
    title = say("shared.note.title", day=row["local_date"], about=readable(row["about"]))
    return Item(title, say("shared.note.words", words=fitted(say, "note", row["words"])))


def fitted(say: Translator, kind: str, words: str) -> str:
    """Return the words in one paragraph; a long one is shortened at a word, and marked as shortened."""
    paragraph = " ".join(readable(words).split())
    if len(paragraph) <= LONGEST[kind]:
        return paragraph
    return say(f"shared.shortened.{kind}", words=paragraph[: LONGEST[kind]].rsplit(" ", 1)[0].rstrip())


def shown_name(say: Translator, kind: str, name: str, selection: ShareSelection, otherwise: str) -> str:
    """Name a thing that helped, a kind of run or a reason; the person's own name only where they ticked that."""
    if name in OFFERED[kind]:
        return say.choice(kind, name)
    return readable(name) if "own-words" in selection.include else otherwise
