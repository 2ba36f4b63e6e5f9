"""What every page is made with: the templates, the words, the form's token, who asks; and the answers themselves."""

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

from runmood.core.i18n import translator
from runmood.core.models import NOTE_LIMIT
from runmood.core.theme import colours
from runmood.web import forms
from runmood.web.security import COOKIE, HEADERS, SUMMARY_POLICY, AccessControl, ClientIdentity, CsrfSigner

if TYPE_CHECKING:
    from starlette.requests import Request

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

KEEP = {"Cache-Control": "private, max-age=31536000, immutable"}  # the address changes with the content
TOLD = {400, 403, 404, 405, 413, 415, 429, 500, 507}


@dataclass(frozen=True, slots=True)
class Site:
    """The home as given, the gate, and the seal of this process's forms."""

    given: AppContext
    gate: AccessControl
    seal: CsrfSigner = field(default_factory=CsrfSigner)

    def speech(self) -> Translator:
        """How this person reads."""
        person = self.given.person()
        return translator(person.language, person.units)

    def page(self, request: Request, name: str, status: int = HTTPStatus.OK, **shown: object) -> HTMLResponse:
        """The page of that template; what it shows is escaped, and its forms carry a token for this browser."""
        cookie = form_cookie(request)
        always = {
            "say": self.speech(),
            "token": self.seal.token(cookie),
            "caller": self.gate.caller(request),
            "here": request.url.path,
        }
        text = _templates().get_template(f"{name}.html").render(always | shown)
        return with_form_cookie(request, cookie, HTMLResponse(text, status, HEADERS))

    def message(self, request: Request, status: int, why: str = "") -> HTMLResponse:
        """A kind sentence in place of a page that cannot be given."""
        name = why or (f"message.{int(status)}" if status in TOLD else "message.other")
        return self.page(request, "frame/message", status, sentence=self.speech()(name))


def form_cookie(request: Request) -> str:
    """What a form's token is made from: the browser's own, or a fresh one."""
    return request.cookies.get(COOKIE) or secrets.token_urlsafe(32)


def with_form_cookie(request: Request, cookie: str, reply: Reply) -> Reply:
    """The reply, which hands the cookie to a browser that has none."""
    if COOKIE not in request.cookies:
        reply.set_cookie(COOKIE, cookie, httponly=True, samesite="strict")
    return reply


def redirect_to(path: str) -> Response:
    """Sends the browser on to a page of ours, so that loading it again stores nothing twice."""
    return Response(status_code=HTTPStatus.SEE_OTHER, headers=HEADERS | {"Location": path})


def html_response(page: str) -> HTMLResponse:
    """A page that was made elsewhere, its styles inside it."""
    return HTMLResponse(page, headers=HEADERS | {"Content-Security-Policy": SUMMARY_POLICY})


def static(name: str) -> Response:
    """A file of the page's own; the browser may keep it."""
    return Response(static_content(name), media_type=STATIC[name], headers=HEADERS | KEEP)


@cache
def static_content(name: str) -> bytes:
    """The bytes of a static file; the stylesheet stands on the colours that all of runmood shares."""
    content = files(__package__).joinpath("static", name).read_bytes()
    return colours().encode() + content if name == "runmood.css" else content


@cache
def static_address(name: str) -> str:
    """Where a static file is, with a mark of its content."""
    return f"/static/{name}?v={hashlib.sha256(static_content(name)).hexdigest()[:10]}"


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    environment.globals |= {
        "items": forms,
        "static": static_address,
        "Caller": ClientIdentity,
        "NOTE_LIMIT": NOTE_LIMIT,
        "zip": zip,
    }
    return environment
