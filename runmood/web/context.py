"""What every page is rendered with, and the responses that pages are sent as."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from typing import TYPE_CHECKING, TypeVar

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from runmood.core import enums
from runmood.core.checkins import NOTE_LIMIT
from runmood.core.errors import UserError, spoken
from runmood.core.i18n import translator
from runmood.reports.charts.calendar import shade_of
from runmood.reports.render.documents import colours
from runmood.web import forms
from runmood.web.access import AccessControl, ClientIdentity
from runmood.web.ports import JobKind
from runmood.web.requests import FORM_COOKIE, HEADERS, SUMMARY_POLICY, CsrfSigner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from runmood.core.entries import Entry
    from runmood.core.i18n import Translator
    from runmood.web.ports import AppContext


STATIC = {
    "runmood.css": "text/css",
    "runmood.js": "text/javascript",
    "worker.js": "text/javascript",
    "icon.svg": "image/svg+xml",
    "icon-192.png": "image/png",
    "icon-512.png": "image/png",
}
Reply = TypeVar("Reply", bound=Response)

CACHED = {"Cache-Control": "private, max-age=31536000, immutable"}  # the address changes with the content
WITH_MESSAGE = {400, 403, 404, 405, 413, 415, 429, 500, 507}  # statuses that have a sentence of their own


@dataclass(frozen=True, slots=True)
class RenderContext:
    """The app's dependencies, access control, and the signer of this process's forms."""

    app: AppContext
    access: AccessControl
    signer: CsrfSigner = field(default_factory=CsrfSigner)

    def translator(self) -> Translator:
        """Return the sentences in the person's language and units."""
        person = self.app.person()
        return translator(person.language, person.units)

    def page(self, request: Request, name: str, status: int = HTTPStatus.OK, **values: object) -> HTMLResponse:
        """Render a template; its values are escaped, and its forms carry a token for this browser."""
        cookie = form_cookie(request)
        always = {
            "say": self.translator(),
            "token": self.signer.token(cookie),
            "client": self.access.identify(request),
            "looks": self.access.may_look(request),
            "path": request.url.path,
        }
        text = _templates().get_template(f"{name}.html").render(always | values)
        return with_form_cookie(request, cookie, HTMLResponse(text, status, HEADERS))

    def message(self, request: Request, status: int, name: str = "") -> HTMLResponse:
        """Render a sentence instead of the page: the message of a name, or else that of the status."""
        name = name or (f"message.{int(status)}" if status in WITH_MESSAGE else "message.other")
        return self.page(request, "layout/message", status, sentence=self.translator()(name))

    def write(self, request: Request, entries: Sequence[Entry], then: str, *, update: bool = False) -> Response:
        """Write entries into the journal and lead on to a page.

        Args:
            request: what was asked.
            entries: what to write; it may be nothing.
            then: the page of ours to go on to.
            update: whether days, findings and pages are to be brought up to date where anything was written.

        Returns:
            The redirect, or a page that says that the disk is full, or why the journal takes no such entry.
        """
        if entries:
            try:
                self.app.journal.append(self.app.now(), entries)
            except OSError:
                return self.message(request, HTTPStatus.INSUFFICIENT_STORAGE)
            except UserError as fault:
                sentence = spoken(self.translator(), fault)
                return self.page(request, "layout/message", HTTPStatus.UNPROCESSABLE_ENTITY, sentence=sentence)
            if update:
                self.app.jobs.update()
        return redirect_to(then)


def form_cookie(request: Request) -> str:
    """Return the browser's cookie that form tokens are made from, or a new one."""
    return request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(32)


def with_form_cookie(request: Request, cookie: str, reply: Reply) -> Reply:
    """Return the response, which sets the cookie in a browser that has none."""
    if FORM_COOKIE not in request.cookies:
        reply.set_cookie(FORM_COOKIE, cookie, httponly=True, samesite="strict")
    return reply


def redirect_to(path: str) -> Response:
    """Return a redirect to a page of ours after a form, so that reloading stores nothing twice."""
    return Response(status_code=HTTPStatus.SEE_OTHER, headers=HEADERS | {"Location": path})


def summary_response(page: str) -> HTMLResponse:
    """Return the summary page, which has its styles inside it."""
    return HTMLResponse(page, headers=HEADERS | {"Content-Security-Policy": SUMMARY_POLICY})


def static_response(name: str) -> Response:
    """Return a static file, which the browser may cache."""
    return Response(static_content(name), media_type=STATIC[name], headers=HEADERS | CACHED)


@cache
def static_content(name: str) -> bytes:
    """Return the bytes of a static file; the stylesheet begins with the colours that all of runmood shares."""
    content = files(__package__).joinpath("static", name).read_bytes()
    return colours().encode() + content if name == "runmood.css" else content


@cache
def static_address(name: str) -> str:
    """Return the address of a static file, with a hash of its content."""
    return f"/static/{name}?v={hashlib.sha256(static_content(name)).hexdigest()[:10]}"


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    environment.globals |= {
        "static": static_address,
        "forms": forms,
        "enums": enums,
        "Client": ClientIdentity,
        "JobKind": JobKind,
        "NOTE_LIMIT": NOTE_LIMIT,
        "shade_of": shade_of,
        "zip": zip,
    }
    return environment
