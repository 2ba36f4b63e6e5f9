"""Checking in: the form, what was saved, and a word changed or taken back afterwards."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from runmood.core.models import EntryDeleted, EntryEdited
from runmood.web.context import Site, redirect_to
from runmood.web.forms import KINDS, FieldError, FormData, check_in, faults, form_from_checkin, written_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.core.models import CheckIn, CustomQuestion, Entry
    from runmood.web.ports import StoredCheckIn


PRESSED_TWICE = dt.timedelta(seconds=10)


@dataclass(slots=True)
class CheckInRoutes:
    """The check-in, and what was said last since the page was opened."""

    site: Site
    last: CheckIn | None = None

    def ask(self, request: Request) -> Response:
        """An empty form; only the moment of the day is guessed, by the clock."""
        kind = request.query_params.get("kind", "")
        typed = FormData(
            {"kind": (kind if kind in KINDS else self.site.given.saying.usual_kind(self.site.given.now()),)}
        )
        return self._asked(request, typed)

    def offline(self, request: Request) -> Response:
        """The form without anything of the person in it, for a browser to keep for when this computer sleeps."""
        return self.site.page(
            request, "saying/check_in", typed=FormData(), faults=[], spoken=None, offline=True, own=[]
        )

    def take(self, request: Request, typed: FormData) -> Response:
        """What was said goes into the journal."""
        if wrong := faults(typed, self._own):
            return self._asked(request, typed, HTTPStatus.UNPROCESSABLE_ENTITY, wrong)
        said = check_in(typed, written_at(typed, self.site.given.now()), self._own)
        if not self._was_said(said):
            if unwritten := self._write(said.at, said):
                return self._asked(request, typed, HTTPStatus.SERVICE_UNAVAILABLE, [unwritten])
            self.last = said
        return redirect_to("/saved")

    def stale(self, request: Request, typed: FormData) -> Response:
        """A form from before the last start of runmood comes back as it was typed, to be saved again."""
        spoken = self._spoken(request) if "id" in request.path_params else None
        return self._asked(request, typed, HTTPStatus.FORBIDDEN, [FieldError("", "stale")], spoken)

    def saved(self, request: Request) -> Response:
        """What was said last, as it stands, with the panel of who is there to listen where its words are heavy."""
        spoken = self.site.given.saying.check_in(None)
        said = spoken.check_in if spoken else None
        heavy = said is not None and self.site.given.saying.heavy(said.note or "", said.mood)
        return self.site.page(request, "saying/saved", spoken=spoken, heavy=heavy, withdrawn=None)

    def change(self, request: Request) -> Response:
        """The form with what was said, to be said otherwise."""
        spoken = self._spoken(request)
        return (
            self._asked(request, form_from_checkin(spoken.check_in), spoken=spoken)
            if spoken
            else self._unknown(request)
        )

    def take_change(self, request: Request, typed: FormData) -> Response:
        """What the person would rather have said stands in its place; the journal keeps both."""
        spoken = self._spoken(request)
        if spoken is None:
            return self._unknown(request)
        if wrong := faults(typed, self._own, spoken.check_in):
            return self._asked(request, typed, HTTPStatus.UNPROCESSABLE_ENTITY, wrong, spoken)
        said = check_in(typed, spoken.check_in.at, self._own, spoken.check_in)
        if said != spoken.check_in and (unwritten := self._write(self.site.given.now(), EntryEdited(spoken.id, said))):
            return self._asked(request, typed, HTTPStatus.SERVICE_UNAVAILABLE, [unwritten], spoken)
        return redirect_to("/saved")

    def withdraw(self, request: Request, _: FormData) -> Response:
        """It no longer counts; the page offers to bring it back."""
        spoken = self._spoken(request)
        if spoken is None:
            return self._unknown(request)
        if self._write(self.site.given.now(), EntryDeleted(spoken.id)):
            return self.site.message(request, HTTPStatus.INSUFFICIENT_STORAGE)
        self.last = None
        return self.site.page(request, "saying/saved", spoken=spoken, heavy=False, withdrawn=spoken.id)

    def restore(self, request: Request, _: FormData) -> Response:
        """What was taken back counts again."""
        withdrawal = self.site.given.saying.withdrawal(request.path_params["id"])
        if withdrawal is None:
            return self._unknown(request)
        if self._write(self.site.given.now(), EntryDeleted(withdrawal)):
            return self.site.message(request, HTTPStatus.INSUFFICIENT_STORAGE)
        return redirect_to("/")

    @property
    def _own(self) -> Sequence[CustomQuestion]:
        return self.site.given.person().items

    def _write(self, at: dt.datetime, entry: Entry) -> FieldError | None:
        try:
            self.site.given.saying.say(at, [entry])
        except OSError as fault:
            return FieldError("", "unwritten", {"fault": fault.strerror or type(fault).__name__})
        return None

    def _was_said(self, said: CheckIn) -> bool:
        """Whether this is the last check-in once more, from a button pressed twice."""
        if self.last is None or abs(said.at - self.last.at) > PRESSED_TWICE:
            return False
        return replace(said, at=self.last.at) == self.last

    def _spoken(self, request: Request) -> StoredCheckIn | None:
        return self.site.given.saying.check_in(request.path_params["id"])

    def _unknown(self, request: Request) -> Response:
        return self.site.message(request, HTTPStatus.NOT_FOUND, "message.no_such_check_in")

    def _asked(
        self,
        request: Request,
        typed: FormData,
        status: int = HTTPStatus.OK,
        wrong: list[FieldError] | None = None,
        spoken: StoredCheckIn | None = None,
    ) -> Response:
        """The form as typed, with a sentence beside each fault; a fault under no name concerns the whole form."""
        return self.site.page(
            request, "saying/check_in", status, typed=typed, faults=wrong or [], spoken=spoken, offline=False,
            own=self._own, now=self.site.given.now(),
        )  # fmt: skip
