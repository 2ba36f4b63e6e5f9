"""Trends: values by week, month and year, with what is not known left out."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from typing import TYPE_CHECKING

import pytest
from web.homes import home_of
from web.web_client import WebClient

from runmood.core.i18n import DASH, translator
from runmood.reports.charts.trends import axis_top
from runmood.schema.tables import DAYS, MONTHS, RUNS
from runmood.web.svg.trends import Granularity, draw_trends, finest_granularity, runs_of_like_effort

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl


SAY = translator("en", "metric")
BEGAN = dt.datetime(2026, 1, 1, 7, tzinfo=dt.UTC)


def runs(*of: tuple[int, float | None, float | None, float]) -> pl.DataFrame:
    """RUNS by day of 2026, heart rate, effort and pace."""
    return RUNS.frame([
        {
            "run_id": f"2026{number:04}-070000", "local_date": dt.date(2026, 1, 1) + dt.timedelta(days=day), "files": 1,
            "started_at": BEGAN, "ended_at": BEGAN + dt.timedelta(hours=1),
            "time_zone": "UTC", "heart_bpm": heart, "effort": effort, "pace_s_km": pace,
        }
        for number, (day, heart, effort, pace) in enumerate(of)
    ])  # fmt: skip


def months(*rows: dict[str, object]) -> pl.DataFrame:
    """MONTHS from January 2026 on."""
    return MONTHS.frame([
        {"month_start": dt.date(2026, number, 1), "known_days": 31, "rated_evenings": 0, **row}
        for number, row in enumerate(rows, 1)
    ]).rename({"month_start": "start"})  # fmt: skip


def test_like_effort_is_by_heart_rate() -> None:
    """Only runs near the person's middle heart rate are compared, so a hard race is no faster month."""
    like = [(day, 150.0 + day % 3, None, 360.0) for day in range(20)]
    column, found = runs_of_like_effort(runs(*like, (25, 180.0, None, 250.0)))
    assert (column, found.height) == ("heart_bpm", 20)


def test_like_effort_is_by_rating_without_heart_rate() -> None:
    """Where too few runs have a heart rate, those of like rated effort are compared; with neither, none are."""
    column, found = runs_of_like_effort(runs(*[(day, None, 4.0, 360.0) for day in range(15)], (20, None, 9.0, 250.0)))
    assert (column, found.height) == ("effort", 15)
    assert runs_of_like_effort(runs(*[(day, None, None, 360.0) for day in range(15)]))[1].is_empty()


def test_what_is_not_known_is_a_gap() -> None:
    """A month of which nothing is known has no bar and breaks a line; a month known in part has a paler bar."""
    known: dict[str, object] = {"runs": 4, "distance_m": 40_000.0, "moving_s": 14_400.0, "mood_evening": 6.0}
    drawn = draw_trends(
        SAY, Granularity.MONTH, months(known, {"known_days": 0}, known | {"known_days": 10}), DAYS.empty(), runs()
    )
    assert drawn is not None
    charts = {chart.title: chart for chart in drawn.charts}
    assert set(charts) == {"Evening mood", "Distance in km", "Moving time in hours"}
    assert [bar.part for bar in charts["Distance in km"].bars] == [False, True]
    assert len(charts["Evening mood"].lines) == 2
    assert charts["Evening mood"].scale == ("10", "5", "0")
    assert charts["Evening mood"].columns[1].words == "February 2026"
    assert [row[0] for row in drawn.grid.rows] == ["March 2026", "February 2026", "January 2026"]
    assert drawn.grid.rows[1][1:] == (DASH, DASH, DASH)


@pytest.mark.parametrize(
    ("last", "by"),
    [
        ("2026-01-31", Granularity.WEEK),
        ("2026-12-31", Granularity.WEEK),
        ("2027-02-01", Granularity.MONTH),
        ("2032-01-01", Granularity.YEAR),
    ],
)
def test_a_stretch_of_days_is_drawn_as_finely_as_it_fits(last: str, by: Granularity) -> None:
    """Up to a year by weeks, up to five years by months, longer ones by years."""
    assert finest_granularity(dt.date(2026, 1, 1), dt.date.fromisoformat(last)) == by


def test_a_chosen_stretch_is_drawn_alone(tmp_path: Path) -> None:
    """The weeks in which its first and last day lie are its ends, and a link leads back to everything."""
    home = home_of(tmp_path / "home", 12, 90)
    client = WebClient(home.root)
    last = home.today() - dt.timedelta(days=30)
    first = last - dt.timedelta(days=14)
    page = client.browser.get(f"/trends?from={first}&to={last}").text
    drawn = [tuple(map(dt.date.fromisoformat, each)) for each in json.loads(data_of(page, "spans"))]
    assert drawn[0][0] <= first <= drawn[0][1]
    assert drawn[-1][0] <= last <= drawn[-1][1]
    assert len(drawn) == len(json.loads(data_of(page, "columns")))
    assert 'href="/trends"' in page
    assert 'href="/trends"' in client.browser.get("/trends?from=1990-01-01&to=1990-02-01").text


def data_of(page: str, name: str) -> str:
    """What an element of a page hands to the script."""
    found = re.search(rf'data-{name}="([^"]*)"', page)
    assert found
    return html.unescape(found[1])


def test_nothing_known_draws_nothing() -> None:
    """Without a known value there is no chart, and the page says what trends need."""
    assert draw_trends(SAY, Granularity.MONTH, months({"known_days": 0}), DAYS.empty(), runs()) is None


@pytest.mark.parametrize("by", ["week", "month", "year", "century", ""])
def test_a_page_of_trends_has_its_values_as_a_table(tmp_path: Path, by: str) -> None:
    """Charts and table say the same, whatever is asked; an unknown span or month shows the usual one."""
    client = WebClient(home_of(tmp_path / "home", 12, 30).root)
    page = html.unescape(client.browser.get(f"/trends?by={by}&to=never").text)
    assert "Evening mood" in page
    assert re.search(r"<caption>All values as a table</caption>", page)
    assert client.browser.get(f"/trends?by={by}&to=9999-12-31").status_code == 200
    assert SAY("trends.none") in html.unescape(client.browser.get("/trends?to=1990-01-31").text)


@pytest.mark.parametrize(
    ("most", "top"),
    [
        (0.4, 1),
        (1.2, 2),
        (2.4, 4),
        (9.1, 10),
        (10, 10),
        (24, 30),
        (24.9, 30),
        (47, 50),
        (91.5, 100),
        (576, 600),
        (2196, 3000),
    ],
)
def test_an_axis_ends_at_a_round_figure_with_a_round_middle(most: float, top: float) -> None:
    """Neither 12.5 nor 1.2 stands half-way up; what is highest fills two fifths of the height at least."""
    assert axis_top([None, most]) == top
    assert top <= 2.5 * most
