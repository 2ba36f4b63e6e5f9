"""The addresses, and what happens at each."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.routing import Route

from runmood.journal import append, usual_kind
from runmood.terms.records import CheckIn, Said
from runmood.web import form, guard, pages

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from fastapi.telemetry import TelemetryConfig
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

PRESSED_TWICE = dt.timedelta(seconds=10)

_STALE = "This page was opened before runmood was last started. What you typed is still here: please save again."
_NOTHING_TOLD: TelemetryConfig = {  # otherwise a variable of the machine's environment could send requests elsewhere
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
_UNWRITTEN = "The journal could not be written ({fault}). Nothing was stored yet, and what you typed is still here."


def create_app(journal: Path, summary_page: Callable[[], str | None], now: Callable[[], dt.datetime]) -> FastAPI:
    """The local pages: the check-in form, what was saved, the summary, and who is there to listen."""
    desk = _Desk(journal, summary_page, now)
    routes: list[BaseRoute] = [
        Route("/", desk.ask, methods=["GET"]),
        Route("/check-in", desk.check_in, methods=["POST"]),
        Route("/saved", desk.saved, methods=["GET"]),
        Route("/summary", desk.summary, methods=["GET"]),
        Route("/support", desk.support, methods=["GET"]),
        Route("/runmood.css", desk.stylesheet, methods=["GET"]),
    ]
    app = FastAPI(
        routes=routes,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry=_NOTHING_TOLD,
    )
    app.middleware("http")(_only_this_computer)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _broken)
    return app


def serve(app: FastAPI, port: int) -> None:
    """Shows the pages to this computer until interrupted; no request is logged."""
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=port,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        ws="none",
        lifespan="off",
    )


@dataclass(slots=True)
class _Desk:
    """Where a person sits down: their journal, their summary, and what they said last since the page was opened."""

    journal: Path
    summary_page: Callable[[], str | None]
    now: Callable[[], dt.datetime]
    seal: guard.Seal = field(default_factory=guard.Seal)
    last: CheckIn | None = None

    async def ask(self, request: Request) -> Response:
        typed = form.Typed({"kind": (usual_kind(self.now()),)})
        return self._asked(request, typed, HTTPStatus.OK, {})

    async def check_in(self, request: Request) -> Response:
        if not guard.is_from_our_page(request.headers):
            return pages.message(HTTPStatus.FORBIDDEN)
        if request.headers.get("content-type", "").partition(";")[0].strip() != guard.FORM_TYPE:
            return pages.message(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        body = await guard.body_within_limit(request)
        if body is None:
            return pages.message(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return await self._take(request, form.typed_in(body))

    async def saved(self, _: Request) -> Response:
        return pages.page("saved", said=self.last)

    async def summary(self, _: Request) -> Response:
        text = await run_in_threadpool(self.summary_page)
        return pages.page("no_summary") if text is None else pages.summary(text)

    async def support(self, _: Request) -> Response:
        return pages.support()

    async def stylesheet(self, _: Request) -> Response:
        return pages.stylesheet()

    async def _take(self, request: Request, typed: form.Typed) -> Response:
        if not self.seal.holds(request.cookies.get(guard.COOKIE, ""), typed.one("token")):
            return self._asked(request, typed, HTTPStatus.FORBIDDEN, {"": _STALE})
        if faults := form.faults(typed):
            return self._asked(request, typed, HTTPStatus.UNPROCESSABLE_ENTITY, faults)
        said = form.check_in(typed, self.now())
        if self._was_said(said):
            return pages.way_to("/saved")
        try:
            await run_in_threadpool(append, self.journal, [Said(said.at, said)])
        except OSError as fault:
            sentence = _UNWRITTEN.format(fault=fault.strerror or type(fault).__name__)
            return self._asked(request, typed, HTTPStatus.SERVICE_UNAVAILABLE, {"": sentence})
        self.last = said
        return pages.way_to("/saved")

    def _was_said(self, said: CheckIn) -> bool:
        """Whether this is the last check-in once more, from a button pressed twice."""
        if self.last is None or said.at - self.last.at > PRESSED_TWICE:
            return False
        return replace(said, at=self.last.at) == self.last

    def _asked(self, request: Request, typed: form.Typed, status: int, faults: dict[str, str]) -> Response:
        """The form as typed, with a sentence beside each fault; a fault under no name concerns the whole form."""
        cookie = request.cookies.get(guard.COOKIE) or secrets.token_urlsafe(32)
        token = self.seal.token(cookie)
        reply = pages.page("check_in", status, typed=typed, faults=faults, token=token, now=self.now())
        reply.set_cookie(guard.COOKIE, cookie, httponly=True, samesite="strict")
        return reply


async def _only_this_computer(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    if guard.is_for_us(request.headers):
        return await answer(request)
    return pages.message(HTTPStatus.BAD_REQUEST)


async def _refused(_: Request, refusal: Exception) -> Response:
    status = refusal.status_code if isinstance(refusal, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
    return pages.message(status)


async def _broken(_request: Request, _fault: Exception) -> Response:
    return pages.message(HTTPStatus.INTERNAL_SERVER_ERROR)
