"""Runs: the list, and one run with its route."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING

from runmood.core.checkins import EntryDeleted
from runmood.core.entries import DistanceCorrection, RunJudged, RunTagged
from runmood.core.enums import RUN_TAGS
from runmood.core.errors import UserError
from runmood.web.forms import metres_of
from runmood.web.svg.course import PIECES, cut_course, draw_course, draw_route, pace_range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.core.entries import Entry
    from runmood.core.i18n import Translator
    from runmood.web.context import RenderContext
    from runmood.web.forms import FormData
    from runmood.web.ports import RunDetail
    from runmood.web.svg.chart import Chart
    from runmood.web.svg.course import Route


RUNS_A_PAGE = 25
RUN_ID = re.compile(r"\d{8}-\d{6}(-\d+)?")


class RouteEnds(StrEnum):
    """Whether a route is drawn with its start and its end."""

    SHOWN = "shown"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a run's page draws: of which run, with what hidden and in whose words; its route, charts and paces."""

    of: RunDetail
    how: tuple[float | None, Translator]
    route: Route | None
    charts: tuple[Chart, ...]
    paces: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class RunRoutes:
    """The pages of runs; `last` holds what was drawn last."""

    render: RenderContext
    last: dict[str, Drawing] = field(default_factory=dict)

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
        return self._page(request)

    def _page(self, request: Request, status: int = HTTPStatus.OK, error: str = "") -> Response:
        found = self._find(request)
        if found is None:
            return self.render.message(request, HTTPStatus.NOT_FOUND, "message.no_such_run")
        default = RouteEnds.HIDDEN if self.render.access.address else RouteEnds.SHOWN
        hidden = request.query_params.get("ends", default) == RouteEnds.HIDDEN
        hidden_m, say = self.render.app.person().hidden_m, self.render.translator()
        drawn = self._drawn(found, hidden_m if hidden else None, say)
        return self.render.page(
            request, "runs/run", status, run=found.view, row=found.row, moods=found.moods, route=drawn.route,
            hidden=hidden, hidden_m=hidden_m, other_ends=RouteEnds.SHOWN if hidden else RouteEnds.HIDDEN, error=error,
            charts=drawn.charts, paces=drawn.paces, reported_only=not found.recordings,
            jobs=[job for job in self.render.app.jobs.statuses() if not job.over],
        )  # fmt: skip

    def _drawn(self, found: RunDetail, hidden_m: float | None, say: Translator) -> Drawing:
        """Return what a run's page draws, which is kept for the run that was looked at last."""
        last = self.last.get("drawn")
        if last and last.of is found and last.how == (hidden_m, say):
            return last
        course = cut_course(found.points)
        route = draw_route(found.points, hidden_m, course)
        places = (route.places if route else ()) or (None,) * PIECES
        charts = draw_course(say, course, places) if course else ()
        drawn = Drawing(found, (hidden_m, say), route, charts, pace_range(say, course) if course else None)
        self.last["drawn"] = drawn
        return drawn

    def correct(self, request: Request, form: FormData) -> Response:
        """Write down what the person knows better of a run (how far, of what kind, which part), then update."""
        found = self._find(request)
        if found is None or not found.recordings:
            return self.render.message(request, HTTPStatus.NOT_FOUND, "message.no_such_run")
        try:
            entries = tuple(self._corrections(found, form))
        except ValueError:
            sentence = self.render.translator()("run.no_distance")
            return self._page(request, HTTPStatus.UNPROCESSABLE_ENTITY, sentence)
        except UserError as fault:
            return self._page(request, HTTPStatus.UNPROCESSABLE_ENTITY, fault.spoken(self.render.translator()))
        return self.render.write(request, entries, f"/runs/{request.path_params['run']}", update=True)

    def _corrections(self, found: RunDetail, form: FormData) -> Iterator[Entry]:
        """Yield an entry for each thing that differs from what is known.

        Raises:
            ValueError: The distance is no number, or nobody runs that far.
        """
        app, row = self.render.app, found.row
        if typed := form.one("distance").strip():
            metres = metres_of(typed, app.person().units)
            yield from (DistanceCorrection(each, metres) for each in found.recordings)
        if "kind_asked" in form.fields:
            known = row["tags"] or ()
            chosen = [tag for tag in RUN_TAGS if tag in form.several("kind")]
            tags = (*chosen, *(tag for tag in known if tag not in RUN_TAGS))
            if set(tags) != set(known):
                yield from (RunTagged(each, tags) for each in found.recordings)
        begin, end = form.one("from").strip(), form.one("to").strip()
        if begin or end:
            yield from app.trim(row["run_id"], begin, end)

    def judge(self, request: Request, _: FormData) -> Response:
        """Write down that this was no run, then show how to take that back."""
        found = self._find(request)
        if found is None or not found.recordings:
            return self.render.message(request, HTTPStatus.NOT_FOUND, "message.no_such_run")
        entries = [RunJudged(each, "not-a-run") for each in found.recordings]
        if (reply := self.render.write(request, entries, "/runs", update=True)).status_code != HTTPStatus.SEE_OTHER:
            return reply
        return self.render.page(request, "runs/judged", heading=found.view.heading, recordings=found.recordings)

    def restore(self, request: Request, form: FormData) -> Response:
        """Take back what was said of whether these recordings are a run, then update."""
        said = self.render.app.journal.judgements(form.several("recording"))
        entries = [EntryDeleted(each) for each in said]
        return self.render.write(request, entries, "/runs", update=True)

    def _find(self, request: Request) -> RunDetail | None:
        run_id = request.path_params["run"]
        return self.render.app.queries.run(run_id) if RUN_ID.fullmatch(run_id) else None
