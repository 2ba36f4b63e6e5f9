"""The summary and its page, out of the published copy.

To show what is published takes neither what reads files nor what answers questions, so nothing of that is loaded here.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from runmood.core.enums import GoalMeasure
from runmood.core.files import make_made_folder, replace_made
from runmood.reports.context import Period, ReportData, period_named
from runmood.reports.headlines import new_findings_since
from runmood.reports.render.documents import as_page
from runmood.reports.render.text import as_text
from runmood.reports.run import RunView, describe_run
from runmood.reports.standing import goal_progress
from runmood.reports.summary import build_summary
from runmood.warehouse.publish import findings_to_show, read_points, read_run, read_tables
from runmood.warehouse.queries import has_current_schema, open_published
from runmood.workflow.pooled_effects import read_pooled_effects

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from runmood.home.home import Home
    from runmood.reports.models import Summary

    Layout = Callable[[Summary], str]


ONE_DAY = dt.timedelta(days=1)
LONG_RUNS_SHOWN = dt.timedelta(days=28)
TOLD_OF = ("days", "weeks", "months", "runs", "run_moods", "goals", "finding_feedback", "notices")


def load_report_data(home: Home, as_of: dt.date, period: Period | None = None) -> ReportData:
    """Read what a summary is made from, out of the published copy: up to a day, or of a period."""
    period = period or period_named(None, None, as_of)
    truths = json.loads(home.truths.read_text(encoding="utf-8")) if home.truths.exists() else []
    day_before_news = (new_findings_since(period) or dt.date.min + ONE_DAY) - ONE_DAY
    with open_published(home.published):  # held open, so that what follows opens it once and reads one publication
        frames = read_tables(home.published, TOLD_OF)
        return ReportData(
            **frames,
            findings=findings_to_show(home.published, period.last - LONG_RUNS_SHOWN, period.last),
            findings_before=findings_to_show(home.published, day_before_news, day_before_news),
            as_of=period.last,
            period=period,
            stands=goal_progress(frames["days"], GoalMeasure, period.last),
            last_run=_last_run(home, frames["runs"], period),
            name=home.settings.name,
            say=home.say,
            invented=bool(truths),
            truths=tuple(truths),
            pooled=read_pooled_effects(home),
        )


def _last_run(home: Home, runs: pl.DataFrame, period: Period) -> RunView | None:
    """Return the period's last run with its course; of the last weeks, the last run whenever it was."""
    first = None if period.kind == "lately" else period.first
    shown = runs.filter(runs["local_date"].is_between(first or dt.date.min, period.last))
    if shown.is_empty():
        return None
    name = shown["run_id"][-1]
    points = read_points(home.published, home.points, name)
    return describe_run(
        read_run(home.published, name) | {"points": points},
        home.say,
    )


def write_summary(home: Home, as_of: dt.date, period: Period | None = None) -> Summary:
    """Return the summary, whose page is written aside and put in place at once."""
    summary = build_summary(load_report_data(home, as_of, period))
    page = home.page.with_stem(period.name) if period else home.page
    make_made_folder(page.parent)
    replace_made(page, as_page(summary), home.work / "summary.html")
    return summary


def refresh_summary(home: Home, as_of: dt.date, period: Period | None = None, layout: Layout = as_text) -> str:
    """Write a summary and its page, with what was said since the last night.

    Where something was said and another period is asked for, today's page is written as well.

    Returns:
        The summary in words, laid out.
    """
    made_at = home.published.stat().st_mtime if has_current_schema(home.published) else 0.0
    said_at = max((file.stat().st_mtime for file in home.journal.glob("*")), default=0.0)
    with home.writing():
        if not made_at or said_at > made_at:
            from runmood.workflow.steps import update_published  # noqa: PLC0415 - see above

            update_published(home, as_of)
            if period:
                write_summary(home, as_of)
        return layout(write_summary(home, as_of, period))
