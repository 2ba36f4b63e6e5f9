"""What a summary consists of: finished words, and charts as words with places, ready to be laid out.

Places are in a chart's own units, from its left and top edge; `width` and `height` give its size. The page draws them
as they are; the terminal draws from the same values in characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt

Mark = Literal["run", "run on rest", "rest", "missed", "none", "unknown", "outside"]


@dataclass(frozen=True, slots=True)
class Grid:
    """The values of a chart as a table, for who cannot see it."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the calendar. `depth` is the shade of the evening's mood, 0 palest to 5; null without a mood."""

    date: dt.date
    x: float
    y: float
    label: str
    mark: Mark
    radius: float
    distance: str
    distance_short: str
    mood: float | None
    mood_label: str
    depth: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Sign:
    """One line of a legend: what a mark means."""

    mark: Mark
    words: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """Running and mood day by day, one row a week from Monday to Sunday."""

    title: str
    sentence: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Cell, ...], ...]
    legend: tuple[Sign, ...]
    mood_legend: str
    shades: tuple[str, ...]
    grid: Grid
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One week of the long view. `height` is null where nothing is known, `whole` is false while days are missing."""

    start: dt.date
    x: float
    distance: float | None
    height: float | None
    whole: bool
    mood: float | None
    mood_y: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on an axis and where it stands."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class LongView:
    """Distance and evening mood week by week. `lines` are the stretches of mood without a gap, as points."""

    title: str
    sentence: str
    distance_title: str
    mood_title: str
    part_note: str
    bars: tuple[Bar, ...]
    bar_width: float
    lines: tuple[tuple[tuple[float, float], ...], ...]
    months: tuple[Tick, ...]
    distance_ticks: tuple[Tick, ...]
    mood_ticks: tuple[Tick, ...]
    grid: Grid
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Pile:
    """The evenings of one kind of day, each a dot; `tally` holds each mood with its number of evenings, best first."""

    title: str
    count: str
    x: float
    dots: tuple[tuple[float, float], ...]
    tally: tuple[tuple[float, int], ...]
    middle: str
    middle_y: float | None


@dataclass(frozen=True, slots=True)
class Dots:
    """The days behind a finding: three columns of evenings, side by side."""

    sentence: str
    dot_note: str
    piles: tuple[Pile, ...]
    ticks: tuple[Tick, ...]
    pile_width: float
    grid: Grid
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences under a small heading; `listed` when each is a point of its own."""

    heading: str
    sentences: tuple[str, ...]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the notes say to one question."""

    title: str
    state: str
    seen: bool
    passages: tuple[Passage, ...]
    dots: Dots | None = None


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
    truths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Foot:
    """The last lines; `help_words` contain `help_name`, which leads to `help_address`."""

    statement: str
    made_here: str
    help_words: str
    help_name: str
    help_address: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole summary in words and charts, in the order in which it is read; an absent part is null or empty."""

    heading: str
    period: str
    whose: str | None
    invented: Invented | None
    opening: tuple[str, ...]
    first_steps: tuple[Step, ...]
    calendar: Calendar | None
    long_view: LongView | None
    answers_title: str
    answers: tuple[Answer, ...]
    unread: Unread | None
    foot: Foot
