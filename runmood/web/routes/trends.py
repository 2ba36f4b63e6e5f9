"""Trends: what changes from one week, month or year to the next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from runmood.web.svg.trends import INTERVAL, SHOWN, By, draw_trends, finest

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.web.context import RenderContext


LONG = dt.timedelta(days=2 * 366)  # a longer home opens by months
START = {By.WEEK: "week_start", By.MONTH: "month_start", By.YEAR: "year_start"}


@dataclass(frozen=True, slots=True)
class TrendRoutes:
    """The page of trends."""

    render: RenderContext

    def trends(self, request: Request) -> Response:
        """Show what changes by week, month or year, from and to the days that are asked."""
        app, say = self.render.app, self.render.translator()
        span, asked = app.queries.span(), request.query_params.get("by", "")
        since, until = (_day(request.query_params.get(name, "")) for name in ("from", "to"))
        usual = By.MONTH if span and span[1] - span[0] > LONG else By.WEEK
        if since:
            usual = finest(since, until or (span[1] if span else since))
        by = By(asked) if asked in tuple(By) else usual
        volumes = app.queries.volumes(by).rename({START[by]: "start"})
        begun = pl.col("start").dt.offset_by(INTERVAL[by]) > (since or dt.date.min)  # a column in which the day lies
        shown = volumes.filter(begun, pl.col("start") <= (until or dt.date.max)).tail(SHOWN[by])
        days = app.queries.days(*span) if span else None
        drawn = draw_trends(say, by, shown, days, app.queries.all_runs()) if days is not None else None
        earlier = drawn is not None and volumes["start"].min() < drawn.first  # type: ignore[operator]  # dates
        later = volumes.filter(pl.col("start") > drawn.last)["start"] if drawn else volumes["start"].clear()
        return self.render.page(
            request, "days/trends", trends=drawn, by=by, all_by=tuple(By), since=since, until=until,
            earlier=drawn.first - dt.timedelta(days=1) if drawn and earlier else None,
            later=later[min(SHOWN[by], len(later)) - 1] if len(later) else None, span=span,
        )  # fmt: skip


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
