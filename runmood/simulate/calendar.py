"""The calendar of a simulated year: its days, the runner's clock, and what was to happen in which week."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

HOME_ZONE = "Europe/Lisbon"
TRIP_ZONE = "America/New_York"

# Counted in weeks from the Monday on or before the first day. The hard stretch has ten ordinary weeks before it.
ILL_WEEK, ILL_WEEKDAYS = 9, range(1, 5)
TRIP_WEEK = 16
HARD_WEEKS = range(34, 39)
LATE_WEEKS = (5, 21, 43)

TREADMILL = "treadmill"
MIDNIGHT = "midnight"
WARM_UP_AND_RACE = "warm-up and race"
MUCH_LONGER = "much longer"
EASY = "easy"

# Runs that are sure to happen: (week, weekday from Monday 0) -> what kind.
SURE_RUNS = {
    (6, 3): TREADMILL,
    (13, 3): MIDNIGHT,
    (TRIP_WEEK, 1): EASY,
    (TRIP_WEEK, 4): EASY,
    (18, 5): WARM_UP_AND_RACE,
    (22, 6): MUCH_LONGER,
    (29, 5): WARM_UP_AND_RACE,
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of the diary, from the first to the last."""

    first: dt.date
    last: dt.date

    @property
    def dates(self) -> list[dt.date]:
        """Return every day, none left out."""
        return [self.first + dt.timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    @property
    def monday(self) -> dt.date:
        """Return the Monday on or before the first day; week 0 begins there."""
        return self.first - dt.timedelta(days=self.first.weekday())

    @property
    def weeks(self) -> range:
        """Return the numbers of the weeks that hold a day of the diary."""
        return range(self.week(self.last) + 1)

    def week(self, date: dt.date) -> int:
        """Return the number of the week a day lies in."""
        return (date - self.monday).days // 7

    def date(self, week: int, weekday: int) -> dt.date:
        """Return the day on a weekday (Monday 0) of a week."""
        return self.monday + dt.timedelta(weeks=week, days=weekday)

    def ill(self, date: dt.date) -> bool:
        """Return whether the runner lay in bed."""
        return self.week(date) == ILL_WEEK and date.weekday() in ILL_WEEKDAYS

    def away(self, date: dt.date) -> bool:
        """Return whether the runner was on the trip."""
        return self.week(date) == TRIP_WEEK

    def hard_day(self, date: dt.date) -> int | None:
        """Return days since the hard stretch began, also after its end; null before it."""
        since = (date - self.date(HARD_WEEKS.start, 0)).days
        return since if since >= 0 else None

    def hard(self, date: dt.date) -> bool:
        """Return whether the day lies in the hard stretch."""
        return self.week(date) in HARD_WEEKS

    def zone(self, date: dt.date) -> str:
        """Return the zone of the place where the runner was."""
        return TRIP_ZONE if self.away(date) else HOME_ZONE

    def at(self, date: dt.date, hour: int, minute: int = 0, second: int = 0) -> dt.datetime:
        """Return the instant, in UTC, at which the runner's own clock showed this."""
        local = dt.datetime.combine(date, dt.time(hour, minute, second), ZoneInfo(self.zone(date)))
        return local.astimezone(dt.UTC)
