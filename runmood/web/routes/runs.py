"""Runs: the list, one run with its route, and the close calls of which files are one run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from runmood.core.models import RunsMerged, RunSplit
from runmood.reports.close_calls import agreement
from runmood.web.context import Site, redirect_to
from runmood.web.svg import lines, route

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.web.forms import FormData


ON_A_PAGE = 25
RUN_NAME = re.compile(r"\d{8}-\d{6}(-\d+)?")
RECORDING_NAME = re.compile(r"[0-9a-f]{4,64}-\d{1,4}")


@dataclass(frozen=True, slots=True)
class RunDesk:
    """The runs."""

    site: Site

    def listed(self, request: Request) -> Response:
        """The runs, newest first, a page at a time."""
        before = request.query_params.get("before", "")
        runs = self.site.given.looking.runs(before if RUN_NAME.fullmatch(before) else None, ON_A_PAGE + 1)
        shown = runs.head(ON_A_PAGE).to_dicts()
        older = shown[-1]["run_id"] if runs.height > ON_A_PAGE else None
        return self.site.page(
            request, "looking/runs", runs=shown, older=older, newest=not before, year=self.site.given.now().year,
        )  # fmt: skip

    def one(self, request: Request) -> Response:
        """One run. Start and end of its route are left out where asked, and at first while phones may come in."""
        name = request.path_params["run"]
        found = self.site.given.looking.run(name) if RUN_NAME.fullmatch(name) else None
        if found is None:
            return self.site.message(request, HTTPStatus.NOT_FOUND, "message.no_such_run")
        hidden = request.query_params.get("ends", "hidden" if self.site.gate.address else "shown") == "hidden"
        hidden_m = self.site.given.person().hidden_m
        told, points = found
        way = route(points, hidden_m if hidden else None)
        return self.site.page(
            request, "looking/run", run=told, way=way, hidden=hidden, hidden_m=hidden_m, lines=lines
        )  # fmt: skip

    def doubtful(self, request: Request) -> Response:
        """Files that may or may not be one run, to be decided."""
        pairs = self.site.given.looking.doubtful().to_dicts()
        works = [work for work in self.site.given.working.works() if not work.over]
        return self.site.page(request, "looking/doubtful", pairs=pairs, works=works, agreement=agreement)

    def decide(self, request: Request, typed: FormData) -> Response:
        """The person's word on two files goes into the journal, and what follows from it is made."""
        one, other, verdict = (typed.one(name) for name in ("one", "other", "verdict"))
        known = RECORDING_NAME.fullmatch(one) and RECORDING_NAME.fullmatch(other) and one < other
        if not known or verdict not in ("one", "two"):
            return self.site.message(request, HTTPStatus.BAD_REQUEST, "message.no_such_pair")
        entry = RunsMerged(one, other) if verdict == "one" else RunSplit(one, other)
        self.site.given.saying.say(self.site.given.now(), [entry])
        self.site.given.working.make()
        return redirect_to("/doubtful")
