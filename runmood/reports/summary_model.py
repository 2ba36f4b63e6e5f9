"""A whole summary, and the parts of it that are neither charts nor findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingLine, FindingView, Section
    from runmood.reports.models import Bars, Calendar, HeatmapChart, Slopes, TrendChart
    from runmood.reports.run import RunView


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
