"""What is planned, and what is wanted. Changing a plan is normal; rest is a plan too."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from runmood.core.enums import GoalKind, GoalState, Planned
from runmood.core.i18n import METRES
from runmood.core.models import Goal, GoalReview, Habit, PlannedDay
from runmood.web.context import Site, redirect_to

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.core.models import Entry
    from runmood.web.forms import FormData


AHEAD = 14
A_YEAR = dt.timedelta(days=366)
GOAL_LIMIT = 300
FARTHEST_M = 500_000.0


@dataclass(frozen=True, slots=True)
class PlanDesk:
    """Plan, weekly habit, goals."""

    site: Site

    def plan(self, request: Request) -> Response:
        """The coming two weeks, and the weekdays on which the person means to run."""
        saying, today = self.site.given.saying, self.site.given.now().date()
        return self.site.page(
            request, "saying/plan", plans=saying.plans(today, AHEAD), habit=saying.habit(), today=today,
            open_from=saying.open_from(self.site.given.now()),
        )  # fmt: skip

    def change_day(self, request: Request, typed: FormData) -> Response:
        """A run, a rest, or nothing planned for one day."""
        date, planned = _date(typed.one("date")), typed.one("planned") or None
        first = self.site.given.saying.open_from(self.site.given.now())
        if date is None or not first <= date <= first + A_YEAR or planned not in (None, *Planned):
            return self.site.message(request, HTTPStatus.UNPROCESSABLE_ENTITY, "message.no_such_plan")
        far = self._metres(typed.one("distance")) if planned == Planned.RUN else None
        return self._said(request, PlannedDay(date, planned, far), "/plan")

    def change_habit(self, request: Request, typed: FormData) -> Response:
        """The weekdays on which the person means to run from now on."""
        days = sorted({int(day) for day in typed.several("weekday") if day in "1234567" and len(day) == 1})
        return self._said(request, Habit(tuple(days)), "/plan")

    def goals(self, request: Request) -> Response:
        """What the person wants of running, in their own words, and how it stands."""
        return self.site.page(request, "saying/goals", goals=self.site.given.saying.goals().to_dicts())

    def add_goal(self, request: Request, typed: FormData) -> Response:
        """A goal more."""
        words, kind, until = typed.one("words").strip(), typed.one("kind"), typed.one("until")
        if not words or len(words) > GOAL_LIMIT or kind not in tuple(GoalKind) or (until and not _date(until)):
            return self.site.message(request, HTTPStatus.UNPROCESSABLE_ENTITY, "message.no_such_goal")
        return self._said(request, Goal(kind, words, until=_date(until)), "/goals")

    def review_goal(self, request: Request, typed: FormData) -> Response:
        """How a goal stands, and a word about it."""
        known = self.site.given.saying.goals()["goal_id"].to_list()
        goal, state, words = typed.one("goal"), typed.one("state"), typed.one("words").strip()
        if goal not in known or state not in tuple(GoalState) or len(words) > GOAL_LIMIT:
            return self.site.message(request, HTTPStatus.UNPROCESSABLE_ENTITY, "message.no_such_goal")
        return self._said(request, GoalReview(goal, state, words or None), "/goals")

    def _said(self, request: Request, entry: Entry, then: str) -> Response:
        try:
            self.site.given.saying.say(self.site.given.now(), [entry])
        except OSError:
            return self.site.message(request, HTTPStatus.INSUFFICIENT_STORAGE)
        return redirect_to(then)

    def _metres(self, typed: str) -> float | None:
        """A distance typed in the person's units; null where it is none that anybody runs."""
        try:
            metres = float(typed.replace(",", ".")) * METRES[self.site.given.person().units]
        except ValueError:
            return None
        return metres if 0 < metres < FARTHEST_M else None


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
