"""To be read: findings with their evidence, the summary, who is there to listen, and where everything is."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from runmood.core.enums import Feedback
from runmood.core.models import NOTE_LIMIT
from runmood.journal.resolve import remark
from runmood.web.context import Site, html_response, redirect_to
from runmood.web.forms import words

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.web.forms import FormData


@dataclass(frozen=True, slots=True)
class ReadingDesk:
    """What is there to read."""

    site: Site

    def findings(self, request: Request) -> Response:
        """Every question with its state."""
        return self.site.page(request, "looking/findings", findings=self.site.given.looking.findings())

    def finding(self, request: Request) -> Response:
        """One question: what was seen, how sure, other explanations."""
        found = [each for each in self.site.given.looking.findings() if each.key == request.path_params["key"]]
        if not found:
            return self.site.message(request, HTTPStatus.NOT_FOUND)
        return self.site.page(request, "looking/finding", finding=found[0])

    def remark(self, request: Request, typed: FormData) -> Response:
        """What the person says of a finding; the summary follows as soon as it is made anew."""
        found = [each for each in self.site.given.looking.findings() if each.key == request.path_params["key"]]
        word, note = typed.one("word") or None, words(typed, "note")
        if not found or word not in (None, *Feedback):
            return self.site.message(request, HTTPStatus.NOT_FOUND)
        if len(note) > NOTE_LIMIT:
            return self.site.message(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        said = [remark(code, word, note, found[0].word) for code in found[0].codes]
        try:
            self.site.given.saying.say(self.site.given.now(), said)
        except OSError:
            return self.site.message(request, HTTPStatus.INSUFFICIENT_STORAGE)
        self.site.given.working.make()
        return redirect_to("/support" if self.site.given.saying.heavy(note, None) else "/findings")

    def summary(self, request: Request) -> Response:
        """The summary as it was last written."""
        text = self.site.given.looking.summary()
        return self.site.page(request, "looking/no_summary") if text is None else html_response(text)

    def support(self, request: Request) -> Response:
        """Who is there to listen, by country."""
        return self.site.page(request, "home/support", help=self.site.given.help_lines())

    def more(self, request: Request) -> Response:
        """Every other page, with a sentence on each."""
        return self.site.page(request, "home/more")
