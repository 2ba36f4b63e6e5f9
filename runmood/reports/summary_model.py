"""A whole summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runmood.core.i18n import Speech
    from runmood.findings.answers import Also, Answer, Foot, Goal, Invented, News, Passage, Step, Unread
    from runmood.reports.models import Bars, Calendar, LongView, Slopes, Tiles
    from runmood.reports.run import RunView


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole summary in words and charts, in the order in which it is read; an absent part is null or empty.

    `say` is how it speaks, for a layout whose words depend on its width.
    """

    say: Speech
    heading: str
    whose: str
    period: str
    invented: Invented | None
    news: News | None
    opening: tuple[str, ...]
    in_short: tuple[Passage, ...]
    first_steps: tuple[Step, ...]
    calendar: Calendar | None
    tiles: Tiles | None
    long_view: LongView | None
    slopes: Slopes | None
    plan: tuple[Bars, ...]
    helped: Bars | None
    goals_title: str
    goals: tuple[Goal, ...]
    last_run_title: str
    last_run: RunView | None
    answers_title: str
    answers: tuple[Answer, ...]
    also_title: str
    also: tuple[Also, ...]
    unread: Unread | None
    foot: Foot
