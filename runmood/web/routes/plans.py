"""Plans and goals. Changing a plan is normal; rest is a plan too."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from runmood.core.entries import Goal, GoalReview, Habit, PlannedDay
from runmood.core.enums import GoalKind, GoalState, Planned
from runmood.web.forms import metres_of, parse_date

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.web.context import RenderContext
    from runmood.web.forms import FormData


DAYS_SHOWN = 14
A_YEAR = dt.timedelta(days=366)
GOAL_LIMIT = 300  # characters


@dataclass(frozen=True, slots=True)
class PlanRoutes:
    """The pages of plans and goals."""

    render: RenderContext

    def plan(self, request: Request) -> Response:
        """Show the coming two weeks, and the weekdays of the usual week's runs."""
        journal, now = self.render.app.journal, self.render.app.now()
        return self.render.page(
            request, "plans/plan", plans=journal.plans(now.date(), DAYS_SHOWN), habit=journal.habit(), today=now.date(),
            first_open_day=journal.first_open_day(now), care=journal.care(now.date()),
        )  # fmt: skip

    def plan_day(self, request: Request, form: FormData) -> Response:
        """Plan a run, a rest or nothing for one day."""
        date, planned = parse_date(form.one("date")), form.one("planned") or None
        first = self.render.app.journal.first_open_day(self.render.app.now())
        if date is None or not first <= date <= first + A_YEAR or planned not in (None, *Planned):
            return self.render.message(request, HTTPStatus.UNPROCESSABLE_ENTITY, "message.no_such_plan")
        distance_m = self._parse_distance(form.one("distance")) if planned == Planned.RUN else None
        return self.render.write(request, [PlannedDay(date, planned, distance_m)], "/plan")

    def set_habit(self, request: Request, form: FormData) -> Response:
        """Set the weekdays on which the person means to run from now on."""
        days = sorted({int(day) for day in form.several("weekday") if day in "1234567" and len(day) == 1})
        return self.render.write(request, [Habit(tuple(days))], "/plan")

    def goals(self, request: Request) -> Response:
        """Show what the person wants of running, in their own words, and the state of each goal."""
        goals = self.render.app.journal.goals().to_dicts()
        return self.render.page(request, "plans/goals", goals=goals, word_limit=GOAL_LIMIT)

    def add_goal(self, request: Request, form: FormData) -> Response:
        """Add a goal."""
        words, kind, until = form.one("words").strip(), form.one("kind"), form.one("until")
        if not words or len(words) > GOAL_LIMIT or kind not in tuple(GoalKind) or (until and not parse_date(until)):
            return self.render.message(request, HTTPStatus.UNPROCESSABLE_ENTITY, "message.no_such_goal")
        return self.render.write(request, [Goal(kind, words, until=parse_date(until))], "/goals")

    def review_goal(self, request: Request, form: FormData) -> Response:
        """Set the state of a goal, with a note."""
        known = self.render.app.journal.goals()["goal_id"].to_list()
        goal, state, words = form.one("goal"), form.one("state"), form.one("words").strip()
        if goal not in known or state not in tuple(GoalState) or len(words) > GOAL_LIMIT:
            return self.render.message(request, HTTPStatus.UNPROCESSABLE_ENTITY, "message.no_such_goal")
        return self.render.write(request, [GoalReview(goal, state, words or None)], "/goals")

    def _parse_distance(self, text: str) -> float | None:
        """Return a distance typed in the person's units, in metres; null where nobody runs that far."""
        try:
            return metres_of(text, self.render.app.person().units)
        except ValueError:
            return None
