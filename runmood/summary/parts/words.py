"""The words around the charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runmood.summary.parts.charts import Dots


@dataclass(frozen=True, slots=True)
class News:
    """What has changed since the last time, a line each."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences under a small heading; `listed` when each is a point of its own."""

    heading: str
    sentences: tuple[str, ...]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the notes say to one question, or to two that are told as one; `codes` names them."""

    title: str
    state: str
    seen: bool
    passages: tuple[Passage, ...]
    dots: Dots | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Also:
    """A question without a yes, in a line: where it stands, and what is missing or would have shown."""

    title: str
    state: str
    words: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal in the person's own words, and how it stands."""

    words: str
    kind: str
    stands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Notices of one kind: what was found, and in which files."""

    sentence: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read, and what is merely worth knowing."""

    title: str
    faults: tuple[Fault, ...]
    remarks_title: str
    remarks: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A command to begin with and what it does."""

    command: str
    words: str


@dataclass(frozen=True, slots=True)
class Invented:
    """The kind word on a page that tells of nobody, and what was planted in it."""

    sentence: str
    truths_title: str
    truths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Foot:
    """The last lines; `help_words` contain `help_name`, which leads to `help_address`."""

    statement: str
    made_here: str
    help_words: str
    help_name: str
    help_address: str
