"""Define a summary: its parts, and its charts, each with its sentence and its values as a table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingLine, FindingView, Section
    from runmood.reports.run import RunView


Form = Literal["bars", "line", "faint line"]


class Mark(StrEnum):
    """How a day is marked in a calendar; `outside`: not in the period."""

    RUN = "run"
    RUN_ON_REST = "run_on_rest"
    REST = "rest"
    MISSED = "missed"
    ILL_OR_INJURED = "ill_or_injured"
    AWAY = "away"
    NONE = "none"
    UNKNOWN = "unknown"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Grid:
    """The values of a chart as a table, for those who cannot see it."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on an axis and where it stands."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class LegendItem:
    """One line of a legend: what a mark means."""

    mark: Mark
    words: str


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
class Calendar:
    """Running and mood day by day, one row a week from Monday to Sunday; text shows `rest` instead of the mark."""

    title: str
    sentence: str
    weekdays: tuple[str, ...]
    mondays: tuple[str, ...]
    weeks: tuple[tuple[Cell, ...], ...]
    rest: str
    legend: tuple[LegendItem, ...]
    mood_legend: str
    shades: tuple[str, ...]
    grid: Grid
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Tile:
    """One day of a year, or one month of many years: its ground shows the mood, its mark the running."""

    x: float
    y: float
    mark: Mark
    radius: float
    mood: float | None
    depth: int | None
    words: str


@dataclass(frozen=True, slots=True)
class HeatmapChart:
    """A long time at a glance. A row is a line of tiles with its name; a heading stands over a group of tiles."""

    title: str
    sentence: str
    rows: tuple[tuple[str, tuple[Tile | None, ...]], ...]
    columns: tuple[str, ...]
    side: float
    headings: tuple[tuple[float, float, str], ...]
    legend: tuple[LegendItem, ...]
    mood_legend: str
    shades: tuple[str, ...]
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
class Slope:
    """All runs with one mood before and one after, as one line; `lately`: within the period."""

    before: float
    after: float
    count: int
    lately: bool
    before_y: float
    after_y: float
    thick: float
    words: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing counted: its name, how often, and how long its bar is, 0 to 1; with the mark of the calendar if any."""

    name: str
    count: int
    share: float
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Slopes:
    """Mood before and after runs, one line for all runs that went the same way; `changes` counts by how far it went."""

    title: str
    sentence: str
    lines_note: str
    before: str
    after: str
    slopes: tuple[Slope, ...]
    changes: tuple[Bar, ...]
    left: float
    right: float
    ticks: tuple[Tick, ...]
    grid: Grid
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Things counted, one a row: the table and the chart are one."""

    title: str
    sentence: str
    columns: tuple[str, str]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class WeekBar:
    """One week or month of a panel. `share` is how high it stands, 0 to 1; null where nothing is known of it.

    `whole` is false while days are missing.
    """

    start: dt.date
    x: float
    y: float | None
    share: float | None
    whole: bool
    words: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One thing through the weeks: bars from the ground or a line. `usual` is the band of the person's own usual."""

    title: str
    form: Form
    columns: tuple[WeekBar, ...]
    lines: tuple[tuple[tuple[float, float], ...], ...]
    ticks: tuple[Tick, ...]
    usual: tuple[float, float] | None
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class TrendChart:
    """Up to three panels above each other, one column a week or month. `drawn_as` explains the picture alone."""

    title: str
    sentence: str
    note: str
    drawn_as: tuple[str, ...]
    panels: tuple[Panel, ...]
    bar_width: float
    months: tuple[Tick, ...]
    grid: Grid
    left: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class News:
    """What has changed since the last time, a line each."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal in the person's own words, and how it stands."""

    words: str
    kind: str
    stands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeGroup:
    """Notices of one kind: what was found, and in which files."""

    sentence: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read, and what is merely worth knowing."""

    title: str
    faults: tuple[NoticeGroup, ...]
    remarks_title: str
    remarks: tuple[NoticeGroup, ...]


@dataclass(frozen=True, slots=True)
class OnboardingStep:
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
class Footer:
    """The last lines; `help_words` contain `help_name`, which leads to `help_address`."""

    statement: str
    made_here: str
    help_words: str
    help_name: str
    help_address: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole summary in words and charts, in the order in which it is read; an absent part is null or empty.

    `say` is how it speaks, for a layout whose words depend on its width.
    """

    say: Translator
    heading: str
    whose: str
    period: str
    invented: Invented | None
    news: News | None
    asked: Section | None
    opening: tuple[str, ...]
    in_short: tuple[Section, ...]
    first_steps: tuple[OnboardingStep, ...]
    calendar: Calendar | None
    tiles: HeatmapChart | None
    long_view: TrendChart | None
    slopes: Slopes | None
    plan: tuple[Bars, ...]
    helped: Bars | None
    goals_title: str
    goals: tuple[Goal, ...]
    last_run_title: str
    last_run: RunView | None
    answers_title: str
    answers: tuple[FindingView, ...]
    also_title: str
    also: tuple[FindingLine, ...]
    unread: Unread | None
    foot: Footer
