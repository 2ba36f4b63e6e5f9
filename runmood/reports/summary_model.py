"""A whole summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runmood.core.i18n import Translator
    from runmood.findings.answers import (
        FindingLine,
        FindingView,
        Footer,
        Goal,
        Invented,
        News,
        OnboardingStep,
        Section,
        Unread,
    )
    from runmood.reports.models import Bars, Calendar, HeatmapChart, Slopes, TrendChart
    from runmood.reports.run import RunView


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
