"""Days: any one of them, and a month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from runmood.core.checkin_items import LEAST, MOST
from runmood.core.checkins import NOTE_LIMIT
from runmood.core.entries import CareReported, ReportedDay, ReportedRun
from runmood.core.enums import CareWord, DayWord
from runmood.core.i18n import METRES
from runmood.journal.days import is_likely
from runmood.web.forms import parse_date
from runmood.web.routes.today import today_of
from runmood.web.svg.calendar import lay_out_month, next_month, previous_month

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.web.context import RenderContext
    from runmood.web.forms import FormData


ONE_DAY = dt.timedelta(days=1)
RAN = "ran"
YEARS = range(1970, 2200)  # of a diary


@dataclass(frozen=True, slots=True)
class DayRoutes:
    """The pages of days."""

    render: RenderContext

    def day(self, request: Request) -> Response:
        """Show another day."""
        date = parse_date(request.path_params["date"], YEARS)
        return self._day(request, date) if date else self.render.message(request, HTTPStatus.NOT_FOUND)

    def _day(self, request: Request, date: dt.date) -> Response:
        app, today = self.render.app, today_of(self.render.app)
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
            jobs=[job for job in app.jobs.statuses() if not job.over],
        )

    def tell(self, request: Request, form: FormData) -> Response:
        """Write down a run without a watch, or what the person says of a day without a run; then update."""
        app = self.render.app
        date, said = parse_date(form.one("date"), YEARS), form.one("said")
        if date is None or date > app.now().date() or said not in (RAN, *DayWord):
            return self.render.message(request, HTTPStatus.UNPROCESSABLE_ENTITY, "message.no_such_run_told")
        entry: ReportedRun | ReportedDay = ReportedDay(date, said)
        if said == RAN:
            try:
                minutes, far, effort = (_parse_amount(form.one(name)) for name in ("minutes", "distance", "effort"))
            except ValueError:
                return self.render.message(request, HTTPStatus.UNPROCESSABLE_ENTITY, "message.no_such_run_told")
            entry = ReportedRun(
                date,
                distance_m=far and far * METRES[app.person().units],
                moving_s=minutes and minutes * 60,
                effort=effort,
                note=form.one("note").strip()[:NOTE_LIMIT] or None,
            )
            if not is_likely(entry) or (effort is not None and not LEAST <= effort <= MOST):
                return self.render.message(request, HTTPStatus.UNPROCESSABLE_ENTITY, "message.no_such_run_told")
        return self.render.write(request, [entry], f"/day/{date}", update=True)

    def care(self, request: Request, form: FormData) -> Response:
        """Write down that the person is ill, hurt or better from today on; then update."""
        app, word = self.render.app, form.one("word")
        if word not in tuple(CareWord):
            return self.render.message(request, HTTPStatus.UNPROCESSABLE_ENTITY)
        return self.render.write(request, [CareReported(today_of(app), word)], "/", update=True)

    def calendar(self, request: Request) -> Response:
        """Show a month of running and mood."""
        today, span = self.render.app.now().date(), self.render.app.queries.span()
        first = parse_date(f"{request.query_params.get('month', '')}-01", YEARS) or self._newest_month(span, today)
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

    def _newest_month(self, span: tuple[dt.date, dt.date] | None, today: dt.date) -> dt.date:
        """Return the first day of the month that a calendar opens with: the last one of which anything is known."""
        days = self.render.app.queries.days(*span) if span else None
        told = days.filter((days["runs"] > 0) | days["mood_evening"].is_not_null()) if days is not None else None
        last = told["local_date"][-1] if told is not None and told.height else today
        return min(last, today).replace(day=1)


def _parse_amount(text: str) -> float | None:
    """Return a number as typed, with a comma or a point; null where nothing was typed.

    Raises:
        ValueError: it is no number.
    """
    return float(text.strip().replace(",", ".")) if text.strip() else None
