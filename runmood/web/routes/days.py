"""Days: today, any other day, and a month of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from runmood.web.security.access import ClientIdentity
from runmood.web.svg.month import lay_out_month, next_month, previous_month

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.web.context import RenderContext


ONE_DAY = dt.timedelta(days=1)
DAY_ENDS = dt.timedelta(hours=4)  # an evening ends at 04:00, as in the journal


@dataclass(frozen=True, slots=True)
class DayRoutes:
    """The pages of days."""

    render: RenderContext

    def today(self, request: Request) -> Response:
        """Show today's plan, runs and check-ins, and what waits to be done."""
        return self._day(request, (self.render.app.now() - DAY_ENDS).date())

    def day(self, request: Request) -> Response:
        """Show another day."""
        date = _parse_date(request.path_params["date"])
        return self._day(request, date) if date else self.render.message(request, HTTPStatus.NOT_FOUND)

    def _day(self, request: Request, date: dt.date) -> Response:
        app, at_computer = self.render.app, self.render.access.identify(request) is ClientIdentity.COMPUTER
        today = (app.now() - DAY_ENDS).date()
        days = app.queries.days(date, date)
        row = days.row(0, named=True) if days.height else None
        runs = app.queries.runs_of_day(date) if row and row["runs"] else None
        return self.render.page(
            request,
            "days/day",
            date=date,
            previous=date - ONE_DAY,
            following=date + ONE_DAY if date < today else None,
            today=today,
            row=row,
            runs=runs.to_dicts() if runs is not None else [],
            plan=app.journal.plans(date, 1)[date],
            check_ins=app.journal.check_ins(date),
            newer_entries=at_computer and date == today and app.queries.has_newer_entries(),
            unclear_pairs=app.queries.unclear_pairs().height if at_computer and date == today else 0,
            jobs=[job for job in app.jobs.statuses() if not job.over] if at_computer else [],
        )

    def calendar(self, request: Request) -> Response:
        """Show a month of running and mood."""
        today = self.render.app.now().date()
        first = _parse_date(f"{request.query_params.get('month', '')}-01") or today.replace(day=1)
        span = self.render.app.queries.span()
        days = self.render.app.queries.days(first, next_month(first) - ONE_DAY)
        return self.render.page(
            request,
            "days/calendar",
            first=first,
            today=today,
            weeks=lay_out_month(first, days),
            previous=previous_month(first) if span and previous_month(first) >= span[0].replace(day=1) else None,
            following=next_month(first) if first < max(today, span[1] if span else today).replace(day=1) else None,
            runs=int(days["runs"].sum()) if days["runs"].count() or days.is_empty() else None,
            distance_m=float(days["distance_m"].sum()),
            evenings=days["mood_evening"].count(),
            mood=days["mood_evening"].mean(),
        )


def _parse_date(text: str) -> dt.date | None:
    try:
        date = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return date if 1970 <= date.year < 2200 else None  # noqa: PLR2004 - the years of a diary
