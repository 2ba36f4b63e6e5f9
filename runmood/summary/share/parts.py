"""What a shared page consists of: finished words, and a picture as steps of time, ready to be laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from runmood.summary.parts import Grid
    from runmood.summary.share.picture.steps import Course
    from runmood.terms.speech import Speech


@dataclass(frozen=True, slots=True)
class Item:
    """A line or a paragraph; the title may be empty."""

    title: str
    words: str


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
    course: Course
    caption: str
    shows: str
    grid: Grid


@dataclass(frozen=True, slots=True)
class SharedPage:
    """All that leaves, in reading order; an absent part is null or empty.

    `file` is what its file is called, without an ending; `last` is the last day told of; `say` is how the names in the
    picture are said, and which language all of it is in.
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
    say: Speech


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be chosen for a page, by name, each as it would stand there."""

    findings: dict[str, Item]
    goals: dict[str, Item]
    notes: dict[str, Item]
