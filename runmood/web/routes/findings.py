"""What the notes show: the questions with their answers, and what the person says of them."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from runmood.core.checkins import NOTE_LIMIT
from runmood.core.enums import Feedback
from runmood.journal.decisions import next_feedback
from runmood.web.forms import parse_text

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.web.context import RenderContext
    from runmood.web.forms import FormData
    from runmood.web.ports import Finding


@dataclass(frozen=True, slots=True)
class FindingRoutes:
    """The pages of findings."""

    render: RenderContext

    def list_findings(self, request: Request) -> Response:
        """Show every question with its state."""
        queries = self.render.app.queries
        nothing, may_begin = queries.nothing_found()
        return self.render.page(
            request, "findings/list", findings=queries.findings(), nothing=nothing, may_begin=may_begin
        )

    def finding(self, request: Request) -> Response:
        """Show one question: what was seen, how sure it is, and other explanations."""
        finding = self._find(request)
        if finding is None:
            return self.render.message(request, HTTPStatus.NOT_FOUND)
        return self.render.page(request, "findings/finding", finding=finding)

    def add_feedback(self, request: Request, form: FormData) -> Response:
        """Write feedback on a finding into the journal, and start an update of the summary."""
        finding, word, note = self._find(request), form.one("word") or None, parse_text(form, "note")
        if finding is None or word not in (None, *Feedback):
            return self.render.message(request, HTTPStatus.NOT_FOUND)
        if len(note) > NOTE_LIMIT:
            return self.render.message(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        entries = [next_feedback(code, word, note, finding.word) for code in finding.codes]
        then = "/support" if self.render.app.journal.offered_support(note).panel else "/findings"
        return self.render.write(request, entries, then, update=True)

    def _find(self, request: Request) -> Finding | None:
        key = request.path_params["key"]
        return next((each for each in self.render.app.queries.findings() if each.key == key), None)
