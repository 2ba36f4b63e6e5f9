"""Days: today, any other, and a month of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from runmood.web.security import ClientIdentity
from runmood.web.svg import month, month_before, next_month

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.web.context import Site


ONE_DAY = dt.timedelta(days=1)
DAY_ENDS = dt.timedelta(hours=4)  # an evening ends at 04:00, as in the journal


@dataclass(frozen=True, slots=True)
class DayDesk:
    """Today, any other day, and the calendar."""

    site: Site

    def today(self, request: Request) -> Response:
        """What is planned, what was run, what was said, and what waits."""
        return self._day(request, (self.site.given.now() - DAY_ENDS).date())

    def day(self, request: Request) -> Response:
        """Another day."""
        date = _date(request.path_params["date"])
        return self._day(request, date) if date else self.site.message(request, HTTPStatus.NOT_FOUND)

    def _day(self, request: Request, date: dt.date) -> Response:
        given, near = self.site.given, self.site.gate.caller(request) is ClientIdentity.COMPUTER
        today = (given.now() - DAY_ENDS).date()
        days = given.looking.days(date, date)
        row = days.row(0, named=True) if days.height else None
        runs = given.looking.runs_of_day(date) if row and row["runs"] else None
        return self.site.page(
            request,
            "looking/day",
            date=date,
            before=date - ONE_DAY,
            after=date + ONE_DAY if date < today else None,
            today=today,
            row=row,
            runs=runs.to_dicts() if runs is not None else [],
            plan=given.saying.plans(date, 1)[date],
            spoken=given.saying.check_ins(date),
            said_since=near and date == today and given.looking.said_since(),
            doubtful=given.looking.doubtful().height if near and date == today else 0,
            works=[work for work in given.working.works() if not work.over] if near else [],
        )

    def calendar(self, request: Request) -> Response:
        """A month of running and mood."""
        today = self.site.given.now().date()
        first = _date(f"{request.query_params.get('month', '')}-01") or today.replace(day=1)
        span = self.site.given.looking.span()
        days = self.site.given.looking.days(first, next_month(first) - ONE_DAY)
        return self.site.page(
            request,
            "looking/calendar",
            first=first,
            today=today,
            weeks=month(first, days),
            before=month_before(first) if span and month_before(first) >= span[0].replace(day=1) else None,
            after=next_month(first) if first < max(today, span[1] if span else today).replace(day=1) else None,
            runs=int(days["runs"].sum()) if days["runs"].count() or days.is_empty() else None,
            distance_m=float(days["distance_m"].sum()),
            evenings=days["mood_evening"].count(),
            mood=days["mood_evening"].mean(),
        )


def _date(text: str) -> dt.date | None:
    try:
        date = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return date if 1970 <= date.year < 2200 else None  # noqa: PLR2004 - the years of a diary
