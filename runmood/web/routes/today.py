"""Today: the week, how the last weeks felt, the last run, the next plan, and what waits; before any note, the runs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from runmood.core.enums import CareWord, DayKind, DayWord
from runmood.reports.first_look import describe_first_look
from runmood.reports.standing import ASKED_FOR, day_to_ask, ill_or_injured_since
from runmood.web.access import ClientIdentity
from runmood.web.svg.calendar import DAYS_DRAWN, draw_moods, lay_out_week, shade_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl
    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.journal.plans.versions import EffectivePlan
    from runmood.web.context import RenderContext
    from runmood.web.ports import AppContext
    from runmood.web.svg.calendar import DayCell


ONE_DAY = dt.timedelta(days=1)
PLANS_AHEAD = 14  # days
QUIET = dt.timedelta(days=28)  # with few rated evenings: then the runs alone are shown
FEW = 3  # rated evenings, which make no line
DAY_ENDS = dt.timedelta(hours=4)  # an evening ends at 04:00, as in the journal


def today_of(app: AppContext) -> dt.date:
    """Return the day that is now, which ends at 04:00."""
    return (app.now() - DAY_ENDS).date()


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of the week: what is known of it, what is planned, and the evening's mood as the journal has it."""

    cell: DayCell
    plan: EffectivePlan | None
    mood: float | None
    shade: int | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shade", shade_of(self.mood))

    @property
    def is_told(self) -> bool:
        """Return whether anything is known or planned."""
        kind = self.cell.row["day_kind"] if self.cell.row else DayKind.UNKNOWN
        return kind != DayKind.UNKNOWN or self.plan is not None or self.mood is not None


@dataclass(frozen=True, slots=True)
class TodayRoutes:
    """The page of today."""

    render: RenderContext

    def today(self, request: Request) -> Response:
        """Show today: what to do, the week, and what the last weeks were like."""
        app, today = self.render.app, today_of(self.render.app)
        at_computer = self.render.access.identify(request) is ClientIdentity.COMPUTER
        plans = app.journal.plans(today, PLANS_AHEAD)
        told = tagged = None
        if at_computer:
            told = app.journal.care(today)
            tagged = None if told else ill_or_injured_since(app.queries.days(today - QUIET, today), today)
        if told or tagged:
            plans = dict.fromkeys(plans)  # they wait
        common: dict[str, Any] = {
            "date": today, "today": today, "yesterday": today - ONE_DAY, "plan": plans[today],
            "check_ins": app.journal.check_ins(today), "DayWord": DayWord, "CareWord": CareWord, "runs": [],
            "row": None, "jobs": [], "care": told, "tagged": tagged,
        }  # fmt: skip
        if not at_computer:
            return self.render.page(request, "days/today", **common, at_computer=False)
        return self.render.page(
            request, "days/today", **(common | self._day(today) | self._weeks(today, plans)), at_computer=True
        )

    def _day(self, today: dt.date) -> dict[str, Any]:
        """Return what today's runs are, and what waits."""
        app = self.render.app
        days = app.queries.days(today, today)
        row = days.row(0, named=True) if days.height else None
        return {
            "row": row,
            "runs": app.queries.runs_of_day(today).to_dicts() if row and row["runs"] else [],
            "asked": day_to_ask(app.queries.days(today - ASKED_FOR, today), today, app.journal.reported_days),
            "newer_entries": app.queries.has_newer_entries(),
            "to_decide": app.queries.to_decide().height
            + app.queries.unclear_pairs().height
            + sum(map(len, app.titles().values())),
            "jobs": [job for job in app.jobs.statuses() if not job.over],
        }

    def _weeks(self, today: dt.date, plans: Mapping[dt.date, EffectivePlan | None]) -> dict[str, Any]:
        """Return the week, the moods, the last run, the next plan and what is new; or else what the runs alone tell."""
        app, say = self.render.app, self.render.translator()
        moods = self._moods(today)
        week = self._week(today, plans, moods)
        newest = app.queries.runs(None, 1)
        quiet = sum(date > today - QUIET for date in moods) < FEW and app.queries.span() is not None
        first_look = (
            describe_first_look(say, app.queries.all_runs(), app.queries.volumes("year"), app.queries.best_times())
            if quiet
            else None
        )
        return {
            "empty": app.queries.span() is None and app.journal.check_in(None) is None,
            "week": week if any(day.is_told for day in week) else (),
            "moods": None if first_look else draw_moods(say, moods, today),
            "last_run": _unless_today(newest, today) if not first_look else None,
            "next_plan": next(((date, plan) for date, plan in plans.items() if date > today and _is_run(plan)), None),
            "news": "" if first_look else app.queries.news(),
            "first_look": first_look,
        }

    def _moods(self, today: dt.date) -> dict[dt.date, float]:
        """Return the evenings' moods of the last weeks, as published, with what was said since."""
        first = today - dt.timedelta(days=DAYS_DRAWN + 7)
        days = self.render.app.queries.days(first, today).select("local_date", "mood_evening").drop_nulls()
        return dict(sorted({**dict(days.iter_rows()), **self.render.app.journal.evening_moods(first, today)}.items()))

    def _week(
        self, today: dt.date, plans: Mapping[dt.date, EffectivePlan | None], moods: Mapping[dt.date, float]
    ) -> tuple[WeekDay, ...]:
        """Return the days from Monday to Sunday; from today on a day without a run shows its plan."""
        monday = today - dt.timedelta(days=today.weekday())
        cells = lay_out_week(monday, self.render.app.queries.days(monday, today))
        return tuple(_week_day(cell, today, plans.get(cell.date), moods.get(cell.date)) for cell in cells)


def _week_day(cell: DayCell, today: dt.date, plan: EffectivePlan | None, mood: float | None) -> WeekDay:
    open_day = cell.date >= today and not (cell.row and cell.row["runs"])
    if open_day:
        mark = {None: "nothing", "run": "planned", "rest": "rest"}[plan.plan.planned if plan else None]
        return WeekDay(replace(cell, mark=mark, row=None), plan, mood)
    return WeekDay(replace(cell, mark="nothing") if cell.mark == "unknown" else cell, None, mood)


def _unless_today(newest: pl.DataFrame, today: dt.date) -> dict[str, Any] | None:
    """Return the newest run, unless it stands among today's runs already."""
    run = newest.row(0, named=True) if newest.height else None
    return None if run is None or run["local_date"] == today else run


def _is_run(plan: EffectivePlan | None) -> bool:
    return plan is not None and plan.plan.planned == "run"
