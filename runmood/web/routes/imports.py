"""Files that are dropped on the page, what an import is doing and came to, and everything made anew."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from runmood.web.context import Site, redirect_to
from runmood.web.security import COOKIE, is_same_origin
from runmood.web.uploads import BadUploadError, parse_boundary, receive

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.web.forms import FormData
    from runmood.web.uploads import UploadedForm


@dataclass(frozen=True, slots=True)
class ImportDesk:
    """Bringing files."""

    site: Site

    def page(self, request: Request) -> Response:
        """The place to drop files, what is going on, and what the last imports came to."""
        return self.site.page(request, "home/import", works=self.site.given.working.works())

    async def receive(self, request: Request) -> Response:
        """Files are written down as they come and then imported by a process of its own."""
        boundary = parse_boundary(request.headers.get("content-type", ""))
        if not is_same_origin(request.headers):
            return self.site.message(request, HTTPStatus.FORBIDDEN)
        if boundary is None:
            return self.site.message(request, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        folder = await run_in_threadpool(self.site.given.working.new_folder)
        try:
            parcel = await receive(request.stream(), boundary, folder)
        except BadUploadError:
            shutil.rmtree(folder)
            return self.site.message(request, HTTPStatus.BAD_REQUEST, "message.parcel")
        except OSError:
            shutil.rmtree(folder)
            return self.site.message(request, HTTPStatus.INSUFFICIENT_STORAGE)
        return await run_in_threadpool(self._received, request, parcel)

    def _received(self, request: Request, parcel: UploadedForm) -> Response:
        if not self.site.seal.holds(request.cookies.get(COOKIE, ""), parcel.values.get("token", "")):
            shutil.rmtree(parcel.folder)
            return self.site.message(request, HTTPStatus.FORBIDDEN, "message.stale")
        if not parcel.files:
            shutil.rmtree(parcel.folder)
            return redirect_to("/import")
        self.site.given.working.take_in(parcel.folder)
        return redirect_to("/import")

    def make(self, _: Request, typed: FormData) -> Response:
        """Days, findings and pages, with all that was said since."""
        self.site.given.working.make()
        return redirect_to("/" if typed.one("then") == "today" else "/import")
