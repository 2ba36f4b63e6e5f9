"""Today, any other day, a month, and what changes over weeks, months or years.

Today has the week, how the last weeks felt, the last run, the next plan, and what waits; before any note, the runs.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import polars as pl

from runmood.core.checkin_items import LEAST, MOST
from runmood.core.checkins import NOTE_LIMIT
from runmood.core.entries import CareReported, ReportedDay, ReportedRun
from runmood.core.enums import CareWord, DayKind, DayWord, PlanSource
from runmood.core.i18n import METRES
from runmood.journal.checkin_days import DAY_ENDS
from runmood.journal.days import RETURN, is_likely
from runmood.journal.fields import YEARS
from runmood.reports.charts.calendar import shade_of
from runmood.reports.findings import HARD_TIME
from runmood.reports.first_look import describe_first_look
from runmood.reports.standing import ASKED_FOR, coming_back_since, day_to_ask, ill_or_injured_since
from runmood.web.access import ClientIdentity
from runmood.web.forms import parse_date
from runmood.web.svg.calendar import (
    DAYS_DRAWN,
    draw_moods,
    lay_out_month,
    lay_out_week,
    next_month,
    previous_month,
)
from runmood.web.svg.trends import INTERVAL, SHOWN, Granularity, draw_trends, finest_granularity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.journal.plans.versions import EffectivePlan
    from runmood.reports.first_look import FirstLook
    from runmood.web.context import RenderContext
    from runmood.web.forms import FormData
    from runmood.web.ports import AppContext, Finding
    from runmood.web.svg.calendar import DayCell


ONE_DAY = dt.timedelta(days=1)
PLANS_AHEAD = 14  # days
QUIET = dt.timedelta(days=28)  # with few rated evenings: then the runs alone are shown
FEW = 3  # rated evenings, which make no line


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


class TodayMode(Enum):
    """How a person is, from which follows what the page of today shows beside the day itself."""

    RESTING = auto()  # ill or injured: plans wait
    HARD_TIME = auto()  # the notes tell of one
    RETURNING = auto()  # after an illness or injury
    FIRST_LOOK = auto()  # hardly a mood lately: the runs alone
    USUAL = auto()


GENTLE = (TodayMode.RESTING, TodayMode.HARD_TIME, TodayMode.RETURNING)  # nothing is expected; of plans only a file's


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person is on a day; null for what does not hold.

    Attributes:
        care: since when they are ill or injured by their own word, and which.
        tagged: since when by their tags.
        back: since when they are coming back.
        hard_time: the finding that tells of a hard time.
    """

    care: tuple[dt.date, CareWord] | None = None
    tagged: dt.date | None = None
    back: dt.date | None = None
    hard_time: Finding | None = None

    @property
    def mode(self) -> TodayMode:
        """Return the mode of the page, before the moods of the last weeks are looked at."""
        if self.care or self.tagged:
            return TodayMode.RESTING
        if self.hard_time:
            return TodayMode.HARD_TIME
        return TodayMode.RETURNING if self.back else TodayMode.USUAL


@dataclass(frozen=True, slots=True)
class TodayRoutes:
    """The page of today."""

    render: RenderContext

    def today(self, request: Request) -> Response:
        """Show today: what to do, the week, and what the last weeks were like."""
        app, today = self.render.app, today_of(self.render.app)
        at_computer = self.render.access.identify(request) is ClientIdentity.COMPUTER
        standing = self._standing(today) if at_computer else Standing()
        plans = app.journal.plans(today, PLANS_AHEAD)
        if standing.mode is TodayMode.RESTING:
            plans = dict.fromkeys(plans)  # they wait
        elif standing.mode in GENTLE:
            plans = {date: plan if plan and plan.source == PlanSource.FILE else None for date, plan in plans.items()}
        common: dict[str, Any] = {
            "date": today, "today": today, "yesterday": today - ONE_DAY, "plan": plans[today], "runs": [], "row": None,
            "jobs": [], "check_ins": app.journal.check_ins(today), "DayWord": DayWord, "CareWord": CareWord,
            "standing": standing, "gentle": standing.mode in GENTLE,
        }  # fmt: skip
        if not at_computer:
            return self.render.page(request, "days/today", **common, at_computer=False)
        return self.render.page(
            request,
            "days/today",
            **(common | self._day(today) | self._weeks(today, plans, standing.mode)),
            at_computer=True,
        )

    def _standing(self, today: dt.date) -> Standing:
        """Return how the person is: by their word, else by their tags, else by what came before; and by their notes."""
        queries, care = self.render.app.queries, self.render.app.journal.care(today)
        is_told = bool(care) or self.render.app.journal.better_since(today) == today
        tagged = None if is_told else ill_or_injured_since(queries.days(today - QUIET, today), today)
        back = None
        if not (care or tagged):
            back = coming_back_since(queries.days(today - RETURN - ONE_DAY, today), today)
        hard_time = next((each for each in queries.findings() if HARD_TIME in each.codes and each.seen), None)
        return Standing(care, tagged, back, hard_time)

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

    def _weeks(self, today: dt.date, plans: Mapping[dt.date, EffectivePlan | None], mode: TodayMode) -> dict[str, Any]:
        """Return the week, and beside it what a page of this mode shows: moods, last run, next plan, what is new."""
        app = self.render.app
        moods = self._moods(today)
        week = self._week(today, plans, moods)
        first_look = self._first_look(moods, today) if mode is TodayMode.USUAL else None
        mode = TodayMode.FIRST_LOOK if first_look else mode
        next_plan = next(((date, plan) for date, plan in plans.items() if date > today and _is_run(plan)), None)
        newest = app.queries.runs(None, 1)
        return {
            "empty": app.queries.span() is None and app.journal.check_in(None) is None,
            "week": week if any(day.is_told for day in week) else (),
            "moods": None if first_look else draw_moods(self.render.translator(), moods, today),
            "last_run": _unless_today(newest, today) if mode in (TodayMode.RETURNING, TodayMode.USUAL) else None,
            "next_plan": None if mode in GENTLE else next_plan,
            "news": app.queries.news() if mode is TodayMode.USUAL else "",
            "first_look": first_look,
        }

    def _first_look(self, moods: Mapping[dt.date, float], today: dt.date) -> FirstLook | None:
        """Return what the runs alone tell, where hardly an evening was rated lately; else null."""
        queries = self.render.app.queries
        if sum(date > today - QUIET for date in moods) >= FEW or queries.span() is None:
            return None
        volumes = queries.volumes("year")
        return describe_first_look(self.render.translator(), queries.all_runs(), volumes, queries.best_times())

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


RAN = "ran"


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
        known = days.filter((days["runs"] > 0) | days["mood_evening"].is_not_null()) if days is not None else None
        last = known["local_date"][-1] if known is not None and known.height else today
        return min(last, today).replace(day=1)


def _parse_amount(text: str) -> float | None:
    """Return a number as typed, with a comma or a point; null where nothing was typed.

    Raises:
        ValueError: it is no number.
    """
    return float(text.strip().replace(",", ".")) if text.strip() else None


LONG = dt.timedelta(days=2 * 366)  # a longer home opens by months
START = {Granularity.WEEK: "week_start", Granularity.MONTH: "month_start", Granularity.YEAR: "year_start"}


@dataclass(frozen=True, slots=True)
class TrendRoutes:
    """The page of trends."""

    render: RenderContext

    def trends(self, request: Request) -> Response:
        """Show what changes by week, month or year, from and to the days that are asked."""
        app, say = self.render.app, self.render.translator()
        span, asked = app.queries.span(), request.query_params.get("by", "")
        since, until = (parse_date(request.query_params.get(name, "")) for name in ("from", "to"))
        usual = Granularity.MONTH if span and span[1] - span[0] > LONG else Granularity.WEEK
        if since:
            usual = finest_granularity(since, until or (span[1] if span else since))
        by = Granularity(asked) if asked in tuple(Granularity) else usual
        volumes = app.queries.volumes(by).rename({START[by]: "start"})
        begun = pl.col("start").dt.offset_by(INTERVAL[by]) > (since or dt.date.min)  # a column in which the day lies
        shown = volumes.filter(begun, pl.col("start") <= (until or dt.date.max)).tail(SHOWN[by])
        days = app.queries.days(*span) if span else None
        drawn = draw_trends(say, by, shown, days, app.queries.all_runs()) if days is not None else None
        earlier = drawn is not None and volumes["start"].min() < drawn.first  # type: ignore[operator]  # dates
        later = volumes.filter(pl.col("start") > drawn.last)["start"] if drawn else volumes["start"].clear()
        return self.render.page(
            request, "days/trends", trends=drawn, by=by, all_by=tuple(Granularity), since=since, until=until,
            earlier=drawn.first - dt.timedelta(days=1) if drawn and earlier else None,
            later=later[min(SHOWN[by], len(later)) - 1] if len(later) else None, span=span,
        )  # fmt: skip
