"""The addresses, what happens at each, and who stands at the door."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from runmood.core.errors import SchemaMismatchError
from runmood.web.context import STATIC, Site, form_cookie, static, static_address, static_content, with_form_cookie
from runmood.web.forms import FormData, parse_form
from runmood.web.routes.checkins import CheckInRoutes
from runmood.web.routes.days import DayDesk
from runmood.web.routes.findings import ReadingDesk
from runmood.web.routes.imports import ImportDesk
from runmood.web.routes.plans import PlanDesk
from runmood.web.routes.runs import RunDesk
from runmood.web.routes.settings import HomeDesk
from runmood.web.security import (
    COOKIE,
    FORM_TYPE,
    HEADERS,
    AccessControl,
    ClientIdentity,
    PairedDevices,
    body_within_limit,
    is_allowed,
    is_same_origin,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

    from runmood.web.ports import AppContext


if TYPE_CHECKING:
    Taker = Callable[[Request, FormData], Response]


def create_app(given: AppContext, address: str | None = None) -> tuple[Starlette, AccessControl]:
    """The pages, and the gate that tells callers apart; with an address on the network, phones may be let in."""
    site = Site(given, AccessControl(PairedDevices(given.phones), address))
    app = Starlette(
        routes=_routes(site),
        middleware=[Middleware(AccessMiddleware, site=site)],
        exception_handlers={
            HTTPException: ErrorPages(site).refused,
            SchemaMismatchError: ErrorPages(site).updated,
            Exception: ErrorPages(site).broken,
        },
    )
    app.router.redirect_slashes = False
    return app, site.gate


def _routes(site: Site) -> list[Route]:
    check_ins, days, runs, reading = CheckInRoutes(site), DayDesk(site), RunDesk(site), ReadingDesk(site)
    plans, bringing, home = PlanDesk(site), ImportDesk(site), HomeDesk(site)
    shown = {
        "/": days.today, "/day/{date}": days.day, "/calendar": days.calendar,
        "/check-in": check_ins.ask, "/check-in/{id}": check_ins.change, "/saved": check_ins.saved,
        "/offline": check_ins.offline,
        "/runs": runs.listed, "/runs/{run}": runs.one, "/doubtful": runs.doubtful,
        "/findings": reading.findings, "/findings/{key}": reading.finding, "/summary": reading.summary,
        "/support": reading.support, "/more": reading.more,
        "/plan": plans.plan, "/goals": plans.goals, "/import": bringing.page,
        "/settings": home.settings, "/pair": home.pair,
    }  # fmt: skip
    taken = {
        "/check-in": (check_ins.take, check_ins.stale),
        "/check-in/{id}": (check_ins.take_change, check_ins.stale),
        "/check-in/{id}/withdraw": (check_ins.withdraw, None),
        "/check-in/{id}/restore": (check_ins.restore, None),
        "/findings/{key}/remark": (reading.remark, None),
        "/doubtful": (runs.decide, None),
        "/plan/day": (plans.change_day, None),
        "/plan/habit": (plans.change_habit, None),
        "/goals": (plans.add_goal, None),
        "/goals/review": (plans.review_goal, None),
        "/make": (bringing.make, None),
        "/settings": (home.change, None),
        "/settings/unpair": (home.send_away, None),
        "/pair": (home.paired, None),
    }
    return [
        *(Route(path, page, methods=["GET"]) for path, page in shown.items()),
        *(Route(path, _taking(site, *takers), methods=["POST"]) for path, takers in taken.items()),
        Route("/import", bringing.receive, methods=["POST"]),
        *_files(site),
    ]


def _taking(site: Site, take: Taker, stale: Taker | None) -> Callable[[Request], object]:
    """Takes a form that is ours, small enough and sealed; one that the seal does not know goes to `stale`."""

    async def taken(request: Request) -> Response:
        if not is_same_origin(request.headers):
            return site.message(request, HTTPStatus.FORBIDDEN)
        if request.headers.get("content-type", "").partition(";")[0].strip() != FORM_TYPE:
            return site.message(request, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        body = await body_within_limit(request)
        if body is None:
            return site.message(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        typed = parse_form(body)
        if site.seal.holds(request.cookies.get(COOKIE, ""), typed.one("token")):
            return await run_in_threadpool(take, request, typed)
        if stale:
            return await run_in_threadpool(stale, request, typed)
        return site.message(request, HTTPStatus.FORBIDDEN, "message.stale")

    return taken


def _files(site: Site) -> list[Route]:
    """What a browser needs beside pages: style, script, icons, and what makes the page stay on a home screen."""

    def token(request: Request) -> Response:
        cookie = form_cookie(request)
        told = json.dumps({"token": site.seal.token(cookie)})
        return with_form_cookie(request, cookie, Response(told, media_type="application/json", headers=HEADERS))

    def worker(_: Request) -> Response:
        kept = ["/offline", *(static_address(name) for name in STATIC if name != "worker.js")]
        script = f"const KEPT = {json.dumps(kept)};\n".encode() + static_content("worker.js")
        return Response(script, media_type="text/javascript", headers=HEADERS)

    def manifest(_: Request) -> Response:
        return Response(_manifest(site), media_type="application/manifest+json", headers=HEADERS)

    def file(request: Request) -> Response:
        name = request.path_params["name"]
        return static(name) if name in STATIC else site.message(request, HTTPStatus.NOT_FOUND)

    told = {"/token": token, "/worker.js": worker, "/manifest.webmanifest": manifest, "/static/{name}": file}
    return [Route(path, answer, methods=["GET"]) for path, answer in told.items()]


def _manifest(site: Site) -> str:
    say = site.speech()
    icons = [{"src": static_address(f"icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png",
              "purpose": "any maskable"} for size in (192, 512)]  # fmt: skip
    return json.dumps({
        "name": "runmood", "short_name": "runmood", "description": say("manifest"), "lang": say.language,
        "start_url": "/check-in", "scope": "/", "display": "standalone", "icons": icons,
        "background_color": "#fbf7f0", "theme_color": "#fbf7f0",
    })  # fmt: skip


class AccessMiddleware:
    """Lets in who may come, before anything else is done."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app, self._site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it with a refusal."""
        if scope["type"] != "http":
            return
        request, gate = Request(scope), self._site.gate
        if not gate.is_for_us(request):
            await self._site.message(request, HTTPStatus.BAD_REQUEST)(scope, receive, send)
        elif not is_allowed(caller := gate.caller(request), scope["path"]):
            why = "message.not_on_phones" if caller is ClientIdentity.PHONE else "message.stranger"
            refused = "message.404" if caller is ClientIdentity.COMPUTER else why
            status = HTTPStatus.NOT_FOUND if caller is ClientIdentity.COMPUTER else HTTPStatus.FORBIDDEN
            await self._site.message(request, status, refused)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class ErrorPages:
    """What cannot be given, told kindly."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def refused(self, request: Request, refusal: Exception) -> Response:
        """Answer an HTTP error with a page that says what to do."""
        status = refusal.status_code if isinstance(refusal, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
        return self._site.message(request, status)

    async def updated(self, request: Request, _fault: Exception) -> Response:
        """Answer with the page that offers a rebuild, after an update of runmood."""
        works = [
            work
            for number, work in enumerate(await run_in_threadpool(self._site.given.working.works))
            if not work.over or (number == 0 and work.told)  # the newest, where it has something to say
        ]
        return self._site.page(request, "frame/updated", HTTPStatus.SERVICE_UNAVAILABLE, works=works)

    async def broken(self, request: Request, _fault: Exception) -> Response:
        """Answer a fault in the code with a page that says so."""
        return self._site.message(request, HTTPStatus.INTERNAL_SERVER_ERROR)
