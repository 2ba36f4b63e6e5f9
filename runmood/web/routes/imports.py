"""Uploading files, the jobs that import them, and updating everything."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from runmood.web.context import RenderContext, redirect_to
from runmood.web.ports import JobKind
from runmood.web.requests import FORM_COOKIE, BadUploadError, is_same_origin, parse_boundary, receive

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.web.forms import FormData
    from runmood.web.requests import UploadedForm


DIGITS = 16
UPLOAD_LIMIT = 8 * 2**30  # bytes; an account export of many years has some


def _refusal(request: Request) -> HTTPStatus | None:
    """Return why an upload is refused before anything of it is written; null where it may come."""
    if not is_same_origin(request.headers):
        return HTTPStatus.FORBIDDEN
    if parse_boundary(request.headers.get("content-type", "")) is None:
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    return None if 0 < _length(request) <= UPLOAD_LIMIT else HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def _length(request: Request) -> int:
    """Return how many bytes a request announces; 0 where it does not say."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isdecimal() and len(length) < DIGITS else 0


IMPORTS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class ImportRoutes:
    """The pages of imports."""

    render: RenderContext

    def page(self, request: Request) -> Response:
        """Show the form for files, the running jobs and the results of the last ones."""
        app = self.render.app
        jobs = app.jobs.statuses()
        over = any(job.over and job.kind == JobKind.IMPORT for job in jobs)
        return self.render.page(
            request, "imports/import", jobs=jobs, to_decide=not app.queries.to_decide().is_empty(),
            someone=over and app.journal.asks_for_support(app.now()), imports=app.journal.imports(IMPORTS_SHOWN),
        )  # fmt: skip

    async def receive(self, request: Request) -> Response:
        """Write files to disk as they arrive, then start a process that imports them."""
        boundary = parse_boundary(request.headers.get("content-type", ""))
        if status := _refusal(request):
            return self.render.message(request, status)
        folder = await run_in_threadpool(self.render.app.jobs.new_folder)
        try:
            upload = await receive(request.stream(), boundary or b"", folder)
        except (BadUploadError, ClientDisconnect):
            shutil.rmtree(folder)
            return self.render.message(request, HTTPStatus.BAD_REQUEST, "message.parcel")
        except OSError:
            shutil.rmtree(folder)
            return self.render.message(request, HTTPStatus.INSUFFICIENT_STORAGE)
        return await run_in_threadpool(self._import, request, upload)

    def _import(self, request: Request, upload: UploadedForm) -> Response:
        if not self.render.signer.is_valid(request.cookies.get(FORM_COOKIE, ""), upload.values.get("token", "")):
            shutil.rmtree(upload.folder)
            return self.render.message(request, HTTPStatus.FORBIDDEN, "message.stale")
        if upload.files:
            self.render.app.jobs.import_folder(upload.folder)
        else:
            shutil.rmtree(upload.folder)
        return redirect_to("/import")

    def undo(self, request: Request, form: FormData) -> Response:
        """Start to undo one of the imports that are shown."""
        batch = form.one("batch")
        if batch not in {each.batch for each in self.render.app.journal.imports(IMPORTS_SHOWN)}:
            return self.render.message(request, HTTPStatus.NOT_FOUND, "message.no_such_import")
        self.render.app.jobs.undo(batch)
        return redirect_to("/import")

    def update(self, _: Request, form: FormData) -> Response:
        """Start to bring days, findings and pages up to date."""
        self.render.app.jobs.update()
        return redirect_to("/" if form.one("then") == "today" else "/import")
