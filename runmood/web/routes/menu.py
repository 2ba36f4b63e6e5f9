"""The pages behind the menu: the last summary, who is there to listen, and a page to share."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import Response

from runmood.core.errors import SchemaMismatchError, UserError
from runmood.reports.share.models import INCLUDED, LONGEST, MOST, ShareSelection
from runmood.reports.share.render import as_text, format_missing_letters
from runmood.warehouse.queries import NothingPublishedError
from runmood.web.context import RenderContext, summary_response
from runmood.web.forms import FormData, parse_text
from runmood.web.requests import HEADERS, SHARED_POLICY

if TYPE_CHECKING:
    from starlette.requests import Request


WIDTH = 76  # characters of the preview
TYPES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class MenuRoutes:
    """The pages that have no data of their own."""

    render: RenderContext

    def summary(self, request: Request) -> Response:
        """Show the summary as it was last written."""
        text = self.render.app.queries.summary()
        return self.render.page(request, "menu/no_summary") if text is None else summary_response(text)

    def support(self, request: Request) -> Response:
        """Show who is there to listen, by country."""
        return self.render.page(request, "menu/support", countries=self.render.app.help_lines())

    def more(self, request: Request) -> Response:
        """Show the pages that have no tab, with a sentence on each."""
        return self.render.page(request, "menu/more")


@dataclass(frozen=True, slots=True)
class ShareRoutes:
    """The pages of sharing."""

    render: RenderContext

    def choose(self, request: Request) -> Response:
        """Show what may stand on the page; nothing is chosen."""
        fields = {name: (request.query_params[name],) for name in ("from", "to") if name in request.query_params}
        return self._choices(request, FormData(fields))

    def preview(self, request: Request, form: FormData) -> Response:
        """Show everything that would leave, and ask whether to write it."""
        try:
            page = self.render.app.share.compose(self._selection(form))
        except (ValueError, UserError) as fault:
            return self._choices(request, form, self._sentence(fault))
        return self.render.page(
            request, "menu/share_preview", form=form, text=as_text(page, WIDTH), letters=format_missing_letters(page)
        )

    def write(self, request: Request, form: FormData) -> Response:
        """Write the page that was shown, as PDF and HTML, and lead to both."""
        try:
            names = self.render.app.share.write(self.render.app.share.compose(self._selection(form)))
        except (ValueError, UserError) as fault:
            return self._choices(request, form, self._sentence(fault))
        except OSError:
            return self.render.message(request, HTTPStatus.INSUFFICIENT_STORAGE)
        return self.render.page(request, "menu/shared", names=names)

    def file(self, request: Request) -> Response:
        """Send a page that was written, under a policy that lets it show its own style and letters and nothing else."""
        name = request.path_params["name"]
        content = self.render.app.share.read(name)
        if content is None:
            return self.render.message(request, HTTPStatus.NOT_FOUND)
        headers = HEADERS | {"Content-Security-Policy": SHARED_POLICY}
        return Response(content, media_type=TYPES[name.rpartition(".")[2]], headers=headers)

    def _choices(self, request: Request, form: FormData, error: str = "") -> Response:
        """Show the form as it was typed, with a sentence above it; without offers where nothing is published yet."""
        app, offers = self.render.app, None
        try:
            offers = app.share.offers(_day(form, "from"), _day(form, "to"))
        except SchemaMismatchError:
            raise
        except NothingPublishedError:
            error = ""
        except (ValueError, UserError) as fault:
            error = error or self._sentence(fault)
            with suppress(NothingPublishedError):
                offers = app.share.offers(None, None)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if error and offers else HTTPStatus.OK
        days, options = offers or (None, None)
        return self.render.page(
            request, "menu/share", status, form=form, days=days, options=options, error=error, most=MOST,
            included=tuple(INCLUDED), person_name=app.person().name, question_limit=LONGEST["question"],
        )  # fmt: skip

    def _selection(self, form: FormData) -> ShareSelection:
        """Return what the form chooses.

        Raises:
            ValueError: a day cannot be read.
        """
        days, _ = self.render.app.share.offers(_day(form, "from"), _day(form, "to"))
        return ShareSelection(
            days.first, days.last, tuple(form.several("finding")), tuple(form.several("goal")),
            tuple(form.several("note")), tuple(form.several("include")), parse_text(form, "question") or None,
            self.render.app.person().name if form.one("name") else None,
        )  # fmt: skip

    def _sentence(self, fault: Exception) -> str:
        say = self.render.translator()
        return fault.spoken(say) if isinstance(fault, UserError) else say("share_page.no_day")


def _day(form: FormData, name: str) -> dt.date | None:
    """Return the day of a field; null where it is empty.

    Raises:
        ValueError: it is no day.
    """
    text = form.one(name).strip()
    return dt.date.fromisoformat(text) if text else None
