"""The home itself: its settings, and the phones that may come in."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from runmood.core.catalogue import catalogue, languages
from runmood.core.errors import UserError
from runmood.web.context import Site, redirect_to
from runmood.web.security import PHONE_COOKIE, PHONE_LASTS_S
from runmood.web.svg import as_svg

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.web.forms import FormData


MAY_BE_SET = ("name", "units", "time_zone", "language")
PHONES = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android"}


@dataclass(frozen=True, slots=True)
class HomeDesk:
    """Settings and phones."""

    site: Site

    def settings(self, request: Request) -> Response:
        """What is set, and where it stands."""
        return self._settings(request)

    def change(self, request: Request, typed: FormData) -> Response:
        """Another name, time zone, unit or language; each is refused with the reason where it cannot be."""
        person = self.site.given.person()
        try:
            for name in MAY_BE_SET:
                value = typed.one(name).strip()
                if value != (getattr(person, name) or ""):
                    self.site.given.change_setting(name, value)
        except UserError as fault:
            return self._settings(request, HTTPStatus.UNPROCESSABLE_ENTITY, str(fault))
        return redirect_to("/settings")

    def _settings(self, request: Request, status: int = HTTPStatus.OK, fault: str = "") -> Response:
        gate = self.site.gate
        code = as_svg(gate.invitation_address()) if gate.address else ""
        return self.site.page(
            request, "home/settings", status, person=self.site.given.person(), fault=fault,
            languages={each: catalogue(each)["language_name"] for each in languages()},
            phones=gate.phones.all(), code=code, address=gate.address,
        )  # fmt: skip

    def send_away(self, request: Request, typed: FormData) -> Response:
        """A phone that may come in no more."""
        number = typed.one("phone")
        if not number.isascii() or not number.isdigit():
            return self.site.message(request, HTTPStatus.BAD_REQUEST)
        self.site.gate.phones.forget(int(number))
        return redirect_to("/settings")

    def pair(self, request: Request) -> Response:
        """Asks a phone that read the code to confirm; looking alone uses nothing up, as a preview might."""
        return self.site.page(request, "home/pair", invitation=request.query_params.get("token", "")[:64])

    def paired(self, request: Request, typed: FormData) -> Response:
        """A phone that has the token may come in from now on."""
        if self.site.gate.invitation.is_crowded():
            return self.site.message(request, HTTPStatus.TOO_MANY_REQUESTS)
        if not self.site.gate.invitation.accept(typed.one("invitation")):
            return self.site.message(request, HTTPStatus.FORBIDDEN, "message.no_invitation")
        agent = request.headers.get("user-agent", "")
        name = next((name for mark, name in PHONES.items() if mark in agent), "browser")
        secret = self.site.gate.phones.let_in(name, self.site.given.now().date().isoformat())
        reply = redirect_to("/check-in")
        reply.set_cookie(PHONE_COOKIE, secret, max_age=PHONE_LASTS_S, httponly=True, samesite="strict")
        return reply
