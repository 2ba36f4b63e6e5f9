"""What a person says: check-ins, plans and goals; written, and changed or withdrawn afterwards.

Changing a plan is normal; rest is a plan too.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from runmood.core.checkins import EntryDeleted, EntryEdited
from runmood.core.entries import Goal, GoalReview, Habit, PlannedDay
from runmood.core.enums import GoalKind, GoalState, Planned
from runmood.core.errors import UserError, as_message
from runmood.web.context import RenderContext, redirect_to
from runmood.web.forms import (
    KINDS,
    FieldError,
    FormData,
    find_day_errors,
    find_errors,
    form_from_checkin,
    metres_of,
    parse_checkin,
    parse_date,
    parse_day,
    parse_written_at,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.core.checkins import CheckIn, CustomQuestion
    from runmood.core.entries import Entry
    from runmood.web.ports import StoredCheckIn


PRESSED_TWICE = dt.timedelta(seconds=10)


@dataclass(slots=True)
class CheckInRoutes:
    """The pages of check-ins; `last` is the check-in last sent since the server started."""

    render: RenderContext
    last: CheckIn | None = None

    def new(self, request: Request) -> Response:
        """Show an empty form; only the moment of the day is chosen, by the clock."""
        kind = request.query_params.get("kind", "")
        if kind not in KINDS:
            kind = self.render.app.journal.default_kind(self.render.app.now())
        day = request.query_params.get("day", "")[:10]
        return self._form(request, FormData({"kind": (kind,), "day": (day,)} if day else {"kind": (kind,)}))

    def offline(self, request: Request) -> Response:
        """Show the form without anything personal, which a browser keeps for when this computer is off."""
        return self.render.page(
            request, "checkins/form", form=FormData(), errors=[], stored=None, offline=True, questions=[]
        )

    def create(self, request: Request, form: FormData) -> Response:
        """Write a check-in into the journal."""
        now = self.render.app.now()
        if errors := [*find_day_errors(form, now), *find_errors(form, self._questions)]:
            return self._form(request, form, HTTPStatus.UNPROCESSABLE_ENTITY, errors)
        written = parse_written_at(form, now)
        check_in = parse_checkin(form, parse_day(form, written), self._questions)
        if not self._is_repeated(check_in):
            if error := self._append(written, check_in):
                return self._form(request, form, HTTPStatus.SERVICE_UNAVAILABLE, [error])
            self.last = check_in
        return redirect_to("/saved")

    def show_again(self, request: Request, form: FormData) -> Response:
        """Show a form from before the last start of runmood as it was typed, to be saved again."""
        stored = self._stored(request) if "id" in request.path_params else None
        return self._form(request, form, HTTPStatus.FORBIDDEN, [FieldError("", "stale")], stored)

    def saved(self, request: Request) -> Response:
        """Show the last check-in, with people to talk to where its words are heavy."""
        stored = self.render.app.journal.check_in(None)
        check_in = stored.check_in if stored else None
        support = check_in and self.render.app.journal.offered_support(
            check_in.note or "", check_in.mood, check_in.tags
        )
        return self.render.page(request, "checkins/saved", stored=stored, support=support, withdrawn=None)

    def edit(self, request: Request) -> Response:
        """Show the form with the answers of a check-in."""
        stored = self._stored(request)
        if stored is None:
            return self._not_found(request)
        return self._form(request, form_from_checkin(stored.check_in), stored=stored)

    def update(self, request: Request, form: FormData) -> Response:
        """Write the changed check-in into the journal, which keeps both."""
        stored = self._stored(request)
        if stored is None:
            return self._not_found(request)
        if errors := find_errors(form, self._questions, stored.check_in):
            return self._form(request, form, HTTPStatus.UNPROCESSABLE_ENTITY, errors, stored)
        changed = parse_checkin(form, stored.check_in.at, self._questions, stored.check_in)
        if changed != stored.check_in:
            error = self._append(self.render.app.now(), EntryEdited(stored.id, changed))
            if error:
                return self._form(request, form, HTTPStatus.SERVICE_UNAVAILABLE, [error], stored)
        return redirect_to("/saved")

    def withdraw(self, request: Request, _: FormData) -> Response:
        """Withdraw a check-in; the page offers to restore it."""
        stored = self._stored(request)
        if stored is None:
            return self._not_found(request)
        if self._append(self.render.app.now(), EntryDeleted(stored.id)):
            return self.render.message(request, HTTPStatus.INSUFFICIENT_STORAGE)
        self.last = None
        return self.render.page(request, "checkins/saved", stored=stored, support=None, withdrawn=stored.id)

    def restore(self, request: Request, _: FormData) -> Response:
        """Restore a withdrawn check-in."""
        withdrawal = self.render.app.journal.withdrawal(request.path_params["id"])
        if withdrawal is None:
            return self._not_found(request)
        if self._append(self.render.app.now(), EntryDeleted(withdrawal)):
            return self.render.message(request, HTTPStatus.INSUFFICIENT_STORAGE)
        return redirect_to("/")

    @property
    def _questions(self) -> Sequence[CustomQuestion]:
        return self.render.app.person().items

    def _append(self, at: dt.datetime, entry: Entry) -> FieldError | None:
        try:
            self.render.app.journal.append(at, [entry])
        except (OSError, UserError) as fault:
            return FieldError("", "unwritten", {"fault": as_message(fault)})
        return None

    def _is_repeated(self, check_in: CheckIn) -> bool:
        """Return whether this is the last check-in once more, from a button pressed twice."""
        if self.last is None or abs(check_in.at - self.last.at) > PRESSED_TWICE:
            return False
        return replace(check_in, at=self.last.at) == self.last

    def _stored(self, request: Request) -> StoredCheckIn | None:
        return self.render.app.journal.check_in(request.path_params["id"])

    def _not_found(self, request: Request) -> Response:
        return self.render.message(request, HTTPStatus.NOT_FOUND, "message.no_such_check_in")

    def _form(
        self,
        request: Request,
        form: FormData,
        status: int = HTTPStatus.OK,
        errors: list[FieldError] | None = None,
        stored: StoredCheckIn | None = None,
    ) -> Response:
        """Show the form as typed, with a sentence beside each error; one without a name is about the whole form."""
        return self.render.page(
            request, "checkins/form", status, form=form, errors=errors or [], stored=stored, offline=False,
            questions=self._questions, now=self.render.app.now(),
        )  # fmt: skip


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
            first_plannable_day=journal.first_plannable_day(now), care=journal.care(now.date()),
        )  # fmt: skip

    def plan_day(self, request: Request, form: FormData) -> Response:
        """Plan a run, a rest or nothing for one day."""
        date, planned = parse_date(form.one("date")), form.one("planned") or None
        first = self.render.app.journal.first_plannable_day(self.render.app.now())
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
