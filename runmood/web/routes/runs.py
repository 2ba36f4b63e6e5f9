"""Runs: the list, and one run with its route."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING

from runmood.web.svg.course import course_lines
from runmood.web.svg.route import draw_route

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.web.context import RenderContext


RUNS_A_PAGE = 25
RUN_ID = re.compile(r"\d{8}-\d{6}(-\d+)?")


class RouteEnds(StrEnum):
    """Whether a route is drawn with its start and its end."""

    SHOWN = "shown"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class RunRoutes:
    """The pages of runs."""

    render: RenderContext

    def list_runs(self, request: Request) -> Response:
        """Show the runs, newest first, a page at a time."""
        before = request.query_params.get("before", "")
        runs = self.render.app.queries.runs(before if RUN_ID.fullmatch(before) else None, RUNS_A_PAGE + 1)
        shown = runs.head(RUNS_A_PAGE).to_dicts()
        older = shown[-1]["run_id"] if runs.height > RUNS_A_PAGE else None
        return self.render.page(
            request, "runs/list", runs=shown, older=older, newest=not before, year=self.render.app.now().year
        )

    def run(self, request: Request) -> Response:
        """Show one run. The ends of its route are hidden when asked for, and by default while phones may be paired."""
        run_id = request.path_params["run"]
        found = self.render.app.queries.run(run_id) if RUN_ID.fullmatch(run_id) else None
        if found is None:
            return self.render.message(request, HTTPStatus.NOT_FOUND, "message.no_such_run")
        default = RouteEnds.HIDDEN if self.render.access.address else RouteEnds.SHOWN
        hidden = request.query_params.get("ends", default) == RouteEnds.HIDDEN
        hidden_m = self.render.app.person().hidden_m
        run, points = found
        return self.render.page(
            request, "runs/run", run=run, route=draw_route(points, hidden_m if hidden else None), hidden=hidden,
            hidden_m=hidden_m, course_lines=course_lines, other_ends=RouteEnds.SHOWN if hidden else RouteEnds.HIDDEN,
        )  # fmt: skip
