"""The settings of a home, and its paired phones."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from runmood.core.catalogue import catalogue, languages
from runmood.core.errors import UserError
from runmood.web.context import RenderContext, redirect_to
from runmood.web.security.pairing import PHONE_COOKIE, PHONE_LASTS_S
from runmood.web.svg.qr import as_svg

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.web.forms import FormData


EDITABLE = ("name", "units", "time_zone", "language")
PHONE_MODELS = ("iPhone", "iPad", "Android")  # as the User-Agent header names them


@dataclass(frozen=True, slots=True)
class SettingsRoutes:
    """The pages of settings and phones."""

    render: RenderContext

    def page(self, request: Request) -> Response:
        """Show the settings and where their file is."""
        return self._page(request)

    def change(self, request: Request, form: FormData) -> Response:
        """Change name, units, time zone and language; say why where one of them cannot be."""
        person = self.render.app.person()
        try:
            for name in EDITABLE:
                value = form.one(name).strip()
                if value != (getattr(person, name) or ""):
                    self.render.app.change_setting(name, value)
        except UserError as fault:
            return self._page(request, HTTPStatus.UNPROCESSABLE_ENTITY, str(fault))
        return redirect_to("/settings")

    def _page(self, request: Request, status: int = HTTPStatus.OK, error: str = "") -> Response:
        access = self.render.access
        code = as_svg(access.pairing_address()) if access.address else ""
        return self.render.page(
            request, "settings/settings", status, person=self.render.app.person(), error=error,
            languages={each: catalogue(each)["language_name"] for each in languages()},
            phones=access.phones.all(), code=code, address=access.address,
        )  # fmt: skip

    def unpair(self, request: Request, form: FormData) -> Response:
        """Remove a paired phone."""
        number = form.one("phone")
        if not number.isascii() or not number.isdigit():
            return self.render.message(request, HTTPStatus.BAD_REQUEST)
        self.render.access.phones.remove(int(number))
        return redirect_to("/settings")

    def confirm_pairing(self, request: Request) -> Response:
        """Ask a phone that scanned the code to confirm; opening the page alone does not use the code up."""
        return self.render.page(request, "settings/pair", pairing_token=request.query_params.get("token", "")[:64])

    def pair(self, request: Request, form: FormData) -> Response:
        """Pair a phone that sends the code's token."""
        access = self.render.access
        if not access.pairing_code.accept(form.one("pairing_token")):  # first: wrong ones never lock out the right one
            if access.pairing_code.is_rate_limited():
                return self.render.message(request, HTTPStatus.TOO_MANY_REQUESTS)
            return self.render.message(request, HTTPStatus.FORBIDDEN, "message.no_invitation")
        agent = request.headers.get("user-agent", "")
        name = next((model for model in PHONE_MODELS if model in agent), "browser")
        secret = access.phones.add(name, self.render.app.now().date().isoformat())
        reply = redirect_to("/check-in")
        reply.set_cookie(PHONE_COOKIE, secret, max_age=PHONE_LASTS_S, httponly=True, samesite="strict")
        return reply
