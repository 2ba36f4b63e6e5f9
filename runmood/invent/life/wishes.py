"""What the runner wants and thinks about: two goals, a look at them, a few words each month."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from runmood.terms.entries import Goal, Reflection, Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.invent.life.calendar import Calendar

GOALS = (
    Goal("therapeutic", "Let a rest day be a rest day, and notice what it is like."),
    Goal("fitness", "Run three times in most weeks.", measure="runs a week", target=3),
)
PROMPT = "What else helped?"
THOUGHTS = (
    "Talking with Ana on the phone, more than I had thought.",
    "An hour in the garden.",
    "Sleeping in on Saturday.",
    "The choir. I had forgotten how much.",
    "Not much this month, and that was fine.",
    "Walking to work along the river.",
)
FIRST_SUNDAY_ENDS = 7


def wishes(calendar: Calendar) -> Iterator[Said]:
    """Both goals on the first evening, and a thought on the first Sunday evening of every month."""
    for goal in GOALS:
        yield Said(calendar.at(calendar.first, 20), goal)
    sundays = [date for date in calendar.dates if date.isoweekday() == 7 and date.day <= FIRST_SUNDAY_ENDS]  # noqa: PLR2004 - Sunday
    for number, date in enumerate(sundays):
        thought = THOUGHTS[number % len(THOUGHTS)]
        yield Said(calendar.at(date, 20) + dt.timedelta(minutes=30), Reflection(date, "month", PROMPT, thought))
