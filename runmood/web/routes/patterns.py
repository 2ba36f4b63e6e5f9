"""What the notes show: findings with the person's feedback, trends, the summary; help lines and menu beside them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

import polars as pl

from runmood.core.checkins import NOTE_LIMIT
from runmood.core.enums import Feedback
from runmood.journal.decisions import next_feedback
from runmood.web.context import RenderContext, summary_response
from runmood.web.forms import parse_date, parse_text
from runmood.web.svg.trends import INTERVAL, SHOWN, Granularity, draw_trends, finest_granularity

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.web.forms import FormData
    from runmood.web.ports import Finding


LONG = dt.timedelta(days=2 * 366)  # a longer home opens by months
START = {Granularity.WEEK: "week_start", Granularity.MONTH: "month_start", Granularity.YEAR: "year_start"}


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


@dataclass(frozen=True, slots=True)
class TrendRoutes:
    """The page of trends."""

    render: RenderContext

    def trends(self, request: Request) -> Response:
        """Show what changes by week, month or year, from and to the days that are asked."""
        app, say = self.render.app, self.render.translator()
        span, asked = app.queries.span(), request.query_params.get("by", "")
        since, until = (parse_date(request.query_params.get(name, "")) for name in ("from", "to"))
        usual = Granularity.MONTH if span and span[1] - span[0] > LONG else Granularity.WEEK
        if since:
            usual = finest_granularity(since, until or (span[1] if span else since))
        by = Granularity(asked) if asked in tuple(Granularity) else usual
        volumes = app.queries.volumes(by).rename({START[by]: "start"})
        begun = pl.col("start").dt.offset_by(INTERVAL[by]) > (since or dt.date.min)  # a column in which the day lies
        shown = volumes.filter(begun, pl.col("start") <= (until or dt.date.max)).tail(SHOWN[by])
        days = app.queries.days(*span) if span else None
        drawn = draw_trends(say, by, shown, days, app.queries.all_runs()) if days is not None else None
        earlier = drawn is not None and volumes["start"].min() < drawn.first  # type: ignore[operator]  # dates
        later = volumes.filter(pl.col("start") > drawn.last)["start"] if drawn else volumes["start"].clear()
        return self.render.page(
            request, "days/trends", trends=drawn, by=by, all_by=tuple(Granularity), since=since, until=until,
            earlier=drawn.first - dt.timedelta(days=1) if drawn and earlier else None,
            later=later[min(SHOWN[by], len(later)) - 1] if len(later) else None, span=span,
        )  # fmt: skip


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
