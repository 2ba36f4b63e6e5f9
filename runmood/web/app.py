"""The application: its addresses, the handler of each, access control and error pages."""

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
from runmood.web.access import (
    LAUNCH_COOKIE,
    LAUNCH_PARAMETER,
    OPEN_IN_A_LOCKED_HOME,
    AccessControl,
    ClientIdentity,
    PairedDevices,
    is_loopback,
)
from runmood.web.context import (
    STATIC,
    RenderContext,
    form_cookie,
    redirect_to,
    static_address,
    static_content,
    static_response,
    with_form_cookie,
)
from runmood.web.forms import FormData, parse_form
from runmood.web.requests import FORM_COOKIE, FORM_TYPE, HEADERS, body_within_limit, is_same_origin
from runmood.web.routes.days import DayRoutes, TodayRoutes, TrendRoutes
from runmood.web.routes.decisions import DecisionRoutes
from runmood.web.routes.entries import CheckInRoutes, PlanRoutes
from runmood.web.routes.findings import FindingRoutes
from runmood.web.routes.imports import ImportRoutes
from runmood.web.routes.menu import MenuRoutes, ShareRoutes
from runmood.web.routes.runs import RunRoutes
from runmood.web.routes.settings import SettingsRoutes

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

    from runmood.web.ports import AppContext

    FormHandler = Callable[[Request, FormData], Response]


def create_app(
    context: AppContext, address: str | None = None, launch_token: str | None = None
) -> tuple[Starlette, AccessControl]:
    """Return the application and its access control.

    Args:
        context: the home, through its ports.
        address: ours on the network, where phones may be paired.
        launch_token: what a browser on this computer has to show, where other accounts share it.
    """
    render = RenderContext(context, AccessControl(PairedDevices(context.paired_devices), address, launch_token))
    errors = ErrorPages(render)
    app = Starlette(
        routes=_routes(render),
        middleware=[Middleware(AccessMiddleware, render=render)],
        exception_handlers={
            HTTPException: errors.http_error,
            SchemaMismatchError: errors.schema_mismatch,
            Exception: errors.internal_error,
        },
    )
    app.router.redirect_slashes = False
    return app, render.access


def _routes(render: RenderContext) -> list[Route]:
    check_ins, days, runs, findings = CheckInRoutes(render), DayRoutes(render), RunRoutes(render), FindingRoutes(render)
    today, trends, share = TodayRoutes(render), TrendRoutes(render), ShareRoutes(render)
    plans, imports, settings, menu = (
        PlanRoutes(render),
        ImportRoutes(render),
        SettingsRoutes(render),
        MenuRoutes(render),
    )
    decisions = DecisionRoutes(render)
    pages = {
        "/": today.today, "/day/{date}": days.day, "/calendar": days.calendar, "/trends": trends.trends,
        "/share": share.choose, "/shared/{name}": share.file,
        "/check-in": check_ins.new, "/check-in/{id}": check_ins.edit, "/saved": check_ins.saved,
        "/offline": check_ins.offline,
        "/runs": runs.list_runs, "/runs/{run}": runs.run, "/doubtful": decisions.page,
        "/findings": findings.list_findings, "/findings/{key}": findings.finding,
        "/summary": menu.summary, "/support": menu.support, "/more": menu.more,
        "/plan": plans.plan, "/goals": plans.goals, "/import": imports.page,
        "/settings": settings.page, "/pair": settings.confirm_pairing,
    }  # fmt: skip
    form_handlers = {
        "/check-in": (check_ins.create, check_ins.show_again),
        "/check-in/{id}": (check_ins.update, check_ins.show_again),
        "/check-in/{id}/withdraw": (check_ins.withdraw, None),
        "/check-in/{id}/restore": (check_ins.restore, None),
        "/findings/{key}/feedback": (findings.add_feedback, None),
        "/doubtful": (decisions.decide_pair, None),
        "/doubtful/recording": (decisions.decide_recording, None),
        "/doubtful/title": (decisions.decide_title, None),
        "/doubtful/undo": (decisions.undo, None),
        "/runs/restore": (runs.restore, None),
        "/runs/{run}/correct": (runs.correct, None),
        "/runs/{run}/not-a-run": (runs.judge, None),
        "/told": (days.tell, None),
        "/care": (days.care, None),
        "/plan/day": (plans.plan_day, None),
        "/plan/habit": (plans.set_habit, None),
        "/goals": (plans.add_goal, None),
        "/goals/review": (plans.review_goal, None),
        "/update": (imports.update, None),
        "/share/preview": (share.preview, None),
        "/share/write": (share.write, None),
        "/import/undo": (imports.undo, None),
        "/settings": (settings.change, None),
        "/settings/more": (settings.change_more, None),
        "/settings/question": (settings.add_question, None),
        "/settings/question/remove": (settings.remove_question, None),
        "/settings/look": (settings.let_look, None),
        "/settings/unpair": (settings.unpair, None),
        "/pair": (settings.pair, None),
    }
    return [
        *(Route(path, page, methods=["GET"]) for path, page in pages.items()),
        *(Route(path, _checked(render, *handlers), methods=["POST"]) for path, handlers in form_handlers.items()),
        Route("/import", imports.receive, methods=["POST"]),
        *_file_routes(render),
    ]


def _checked(render: RenderContext, handle: FormHandler, show_again: FormHandler | None) -> Callable[[Request], object]:
    """Return a handler that lets through our own signed forms of allowed size; unsigned ones go to `show_again`."""

    async def checked(request: Request) -> Response:
        if not is_same_origin(request.headers):
            return render.message(request, HTTPStatus.FORBIDDEN)
        if request.headers.get("content-type", "").partition(";")[0].strip() != FORM_TYPE:
            return render.message(request, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        body = await body_within_limit(request)
        if body is None:
            return render.message(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        form = parse_form(body)
        if render.signer.is_valid(request.cookies.get(FORM_COOKIE, ""), form.one("token")):
            return await run_in_threadpool(handle, request, form)
        if show_again:
            return await run_in_threadpool(show_again, request, form)
        return render.message(request, HTTPStatus.FORBIDDEN, "message.stale")

    return checked


def _file_routes(render: RenderContext) -> list[Route]:
    """Return the routes of style, scripts and icons, and of what keeps the check-in on a home screen."""

    def token(request: Request) -> Response:
        cookie = form_cookie(request)
        body = json.dumps({"token": render.signer.token(cookie)})
        return with_form_cookie(request, cookie, Response(body, media_type="application/json", headers=HEADERS))

    def worker(_: Request) -> Response:
        kept = ["/offline", *(static_address(name) for name in STATIC if name != "worker.js")]
        script = f"const KEPT = {json.dumps(kept)};\n".encode() + static_content("worker.js")
        return Response(script, media_type="text/javascript", headers=HEADERS)

    def manifest(_: Request) -> Response:
        return Response(_manifest(render), media_type="application/manifest+json", headers=HEADERS)

    def file(request: Request) -> Response:
        name = request.path_params["name"]
        return static_response(name) if name in STATIC else render.message(request, HTTPStatus.NOT_FOUND)

    files = {"/token": token, "/worker.js": worker, "/manifest.webmanifest": manifest, "/static/{name}": file}
    return [Route(path, handler, methods=["GET"]) for path, handler in files.items()]


def _manifest(render: RenderContext) -> str:
    say = render.translator()
    icons = [{"src": static_address(f"icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png",
              "purpose": "any maskable"} for size in (192, 512)]  # fmt: skip
    return json.dumps({
        "name": "runmood", "short_name": "runmood", "description": say("manifest"), "lang": say.language,
        "start_url": "/check-in", "scope": "/", "display": "standalone", "icons": icons,
        "background_color": "#fbf7f0", "theme_color": "#fbf7f0",
    })  # fmt: skip


class AccessMiddleware:
    """Refuses requests of clients that may not open the page, before anything else is done."""

    def __init__(self, app: ASGIApp, render: RenderContext) -> None:
        self._app, self._render = app, render

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with a refusal."""
        if scope["type"] != "http":
            return
        request = Request(scope)
        refusal = self._refusal(request, scope["path"]) or self._closed(request, scope["path"])
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, request: Request, path: str) -> Response | None:
        access, render = self._render.access, self._render
        if not access.is_addressed_to_us(request):
            return render.message(request, HTTPStatus.BAD_REQUEST)
        if is_loopback(request) and (token := request.query_params.get(LAUNCH_PARAMETER)) is not None:
            return self._launched(request, token)
        client = access.identify(request)
        if access.may_open(request, path):
            return None
        if is_loopback(request) and client is ClientIdentity.STRANGER:
            return render.message(request, HTTPStatus.FORBIDDEN, "message.launch")
        if client is ClientIdentity.COMPUTER:
            return render.message(request, HTTPStatus.NOT_FOUND)
        name = "message.not_on_phones" if client is ClientIdentity.PHONE else "message.stranger"
        return render.message(request, HTTPStatus.FORBIDDEN, name)

    def _closed(self, request: Request, path: str) -> Response | None:
        """Answer that the home was locked while its pages are open; the lines to call are shown all the same."""
        if not self._render.app.is_locked() or OPEN_IN_A_LOCKED_HOME.fullmatch(path):
            return None
        return self._render.message(request, HTTPStatus.SERVICE_UNAVAILABLE, "message.locked")

    def _launched(self, request: Request, token: str) -> Response:
        """Answer the printed address: a cookie for this browser, and the page without the token in its address."""
        if not self._render.access.is_launch_token(token):
            return self._render.message(request, HTTPStatus.FORBIDDEN, "message.launch")
        reply = redirect_to("/")
        reply.set_cookie(LAUNCH_COOKIE, token, httponly=True, samesite="strict")
        return reply


class ErrorPages:
    """Pages that say what could not be done, and what to do instead."""

    def __init__(self, render: RenderContext) -> None:
        self._render = render

    async def http_error(self, request: Request, error: Exception) -> Response:
        """Answer an HTTP error with a page that says what to do."""
        status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
        return self._render.message(request, status)

    async def schema_mismatch(self, request: Request, _error: Exception) -> Response:
        """Answer with the page that offers an update, after another version of runmood was installed."""
        jobs = [
            job
            for number, job in enumerate(await run_in_threadpool(self._render.app.jobs.statuses))
            if not job.over or (number == 0 and job.messages)  # the newest, where it has something to say
        ]
        return self._render.page(request, "layout/updated", HTTPStatus.SERVICE_UNAVAILABLE, jobs=jobs)

    async def internal_error(self, request: Request, _error: Exception) -> Response:
        """Answer a fault in the code with a page that says so."""
        return self._render.message(request, HTTPStatus.INTERNAL_SERVER_ERROR)
