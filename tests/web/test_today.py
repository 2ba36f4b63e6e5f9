"""Today: the week, the moods of the last weeks, the last run, the next plan; and what the runs alone tell."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl
import pytest
from web.homes import LAST_DAY, home_of
from web.web_client import WebClient

from runmood.core.entries import PlannedDay
from runmood.core.enums import DayKind
from runmood.core.i18n import translator
from runmood.findings.answers import Section
from runmood.reports.first_look import describe_first_look
from runmood.schema.tables import RUNS, YEARS
from runmood.schema.views import BEST_TIMES
from runmood.web.ports import Finding
from runmood.web.svg.calendar import draw_moods

if TYPE_CHECKING:
    from pathlib import Path


SAY = translator("en", "metric")
ONE_DAY = dt.timedelta(days=1)


def seen(client: WebClient) -> str:
    """Return the page of today."""
    return html.unescape(client.browser.get("/").text)


def runs(*days: dt.date, metres: float = 8000.0) -> pl.DataFrame:
    """RUNS at seven in the morning of these days."""
    began = [dt.datetime.combine(day, dt.time(7), dt.UTC) for day in days]
    return RUNS.frame([
        {
            "run_id": f"{at:%Y%m%d-%H%M%S}", "started_at": at, "ended_at": at + dt.timedelta(hours=1), "files": 1,
            "local_date": at.date(), "time_zone": "UTC", "distance_m": metres, "moving_s": 2400.0,
        }
        for at in began
    ])  # fmt: skip


@pytest.fixture
def full(tmp_path: Path) -> WebClient:
    """Return a client of a home with three runs and ten evenings."""
    return WebClient(home_of(tmp_path / "home", 3, 10).root)


def test_the_week_shows_runs_plans_and_moods(full: WebClient) -> None:
    """The strip has seven days: what was run with the evening's mood, and from today on what is planned."""
    full.context.journal.append(full.clock, [PlannedDay(LAST_DAY + ONE_DAY, "run", 12_000.0)])
    strip = seen(full).partition('<ol class="week">')[2].partition("</ol>")[0]
    assert strip.count("<li>") == 7
    assert re.search(r'href="/day/2026-11-19" aria-label="Thu 19 Nov: [^"]*km, evening mood \d"', strip)
    assert f'aria-label="Sun 22 Nov: Planned: Run · {SAY.short_distance(12_000)}"' in strip


def test_a_hard_time_is_said_first(full: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the check-in and the week, with the way to people to talk to; nothing else is new then."""
    saw = Section("What we saw", ("Your evenings have been low.", "More on it."))
    low = Finding("s", "A hard time lately", "seen in your notes", seen=True, passages=(saw,), codes=("S1",))
    queries = type(full.context.queries)
    monkeypatch.setattr(queries, "news", lambda _: "Something is new.")
    for found, said in (([low], True), ([replace(low, seen=False)], False), ([replace(low, codes=("A5",))], False)):
        monkeypatch.setattr(queries, "findings", lambda _, found=found: found)
        before, _, after = seen(full).partition('<a class="way strong"')
        assert ('Your evenings have been low. <a href="/support">' in before) is said
        assert ("Something is new." in after) is not said
        assert "More on it." not in before + after


def test_an_evening_counts_before_the_night(full: WebClient) -> None:
    """A mood said after the last publication is in the week and in the chart at once, an edited one as edited."""
    full.send(mood="2")
    assert re.search(r'aria-label="Sat 21 Nov[^"]*evening mood 2"', seen(full))
    assert f"{SAY.short_date(LAST_DAY)}: mood 2" in seen(full)


def test_the_next_planned_run_and_the_last_run_lead_on(full: WebClient) -> None:
    """The tiles name the last run before today and the next planned run, with links to both."""
    full.clock += 2 * ONE_DAY
    full.context.journal.append(full.clock, [PlannedDay(LAST_DAY + 5 * ONE_DAY, "run")])
    page = seen(full)
    assert re.search(
        r'class="tile" href="/runs/20261121-070000"><b>Last run</b><span>Saturday 21 November</span>', page
    )
    assert re.search(r'class="tile" href="/plan"><b>Next planned run</b><span>Thursday 26 November</span>', page)


def test_plans_wait_while_somebody_is_hurt(full: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """By their word or by the tags of their check-ins: no plan is shown, and a button says that they are better."""
    full.context.journal.append(full.clock, [PlannedDay(LAST_DAY + ONE_DAY, "run", 12_000.0)])
    assert SAY("today.next_plan") in seen(full)
    full.post("/care", word="injured")
    assert SAY("today.next_plan") not in seen(full)
    assert SAY("care.waits") in seen(full)
    assert SAY("care.waits") in full.browser.get("/plan").text
    full.post("/care", word="better")
    assert SAY("today.next_plan") in seen(full)
    days = full.context.queries.days(LAST_DAY - 5 * ONE_DAY, LAST_DAY)
    hurt = days.with_columns(day_kind=pl.lit(DayKind.ILL_OR_INJURED), runs=pl.lit(None))
    monkeypatch.setattr(type(full.context.queries), "days", lambda *_: hurt)
    assert SAY("today.next_plan") in seen(full)  # of the day on which they say so their word is the last
    full.clock += ONE_DAY
    assert SAY("care.tagged") in seen(full)
    assert SAY("today.next_plan") not in seen(full)


def test_a_home_without_a_note_shows_what_its_runs_tell(tmp_path: Path) -> None:
    """After a first import today shows the last active stretch, the years and the best efforts, and no grid of "?"."""
    client = WebClient(home_of(tmp_path / "home", 12, 0).root, clock=dt.datetime(2027, 6, 1, 12, tzinfo=dt.UTC))
    page = seen(client)
    assert "Your last active stretch was 30 October to 21 November 2026: 12 runs" in page
    assert '<th scope="row">2026</th>' in page
    assert '<th scope="row">1 km</th>' in page
    assert 'class="unknown"' not in page
    assert "/calendar?month=2026-11" in page
    client.send()
    assert "Your last active stretch" in seen(client)  # one evening makes no line


def test_an_empty_home_says_how_to_begin(tmp_path: Path) -> None:
    """Where nothing is noted, today offers the two ways to begin, and no empty sections."""
    page = seen(WebClient(tmp_path / "home"))
    assert SAY("today.empty") in page
    assert SAY("day.no_run") not in page


def test_a_stretch_ends_where_a_month_has_no_run() -> None:
    """What lies before a break of more than four weeks is not part of the last active stretch."""
    last = [dt.date(2024, 3, 3) - dt.timedelta(days=7 * week) for week in range(4)]
    early = [dt.date(2023, 6, 1), dt.date(2023, 6, 8)]
    look = describe_first_look(SAY, runs(*early, *last), YEARS.empty(), BEST_TIMES.empty())
    assert look is not None
    assert look.stretch.startswith("Your last active stretch was 11 February to 3 March 2024: 4 runs and 32 km. ")
    assert look.stretch.endswith("That is about 1.3 runs and 10 km a week.")
    assert describe_first_look(SAY, RUNS.empty(), YEARS.empty(), BEST_TIMES.empty()) is None


def test_the_line_of_moods_breaks_where_few_are_rated() -> None:
    """A dot stands for each rated evening; the mean needs three of seven, and the scale is always 0 to 10."""
    moods = {LAST_DAY - number * ONE_DAY: 4.0 + number % 3 for number in (0, 1, 2, 30)}
    chart = draw_moods(SAY, moods, LAST_DAY)
    assert chart is not None
    assert len(chart.dots) == 4
    assert len(chart.lines) == 1
    assert chart.scale == ("10", "5", "0")
    assert chart.columns[-1].address == f"/day/{LAST_DAY}"
    assert draw_moods(SAY, {LAST_DAY - 100 * ONE_DAY: 5.0}, LAST_DAY) is None


def test_a_paired_phone_sees_no_runs(tmp_path: Path) -> None:
    """On a phone today has the plan and the check-ins, and nothing of runs, weeks or findings."""
    client = WebClient(home_of(tmp_path / "home", 3, 10).root, lan=True)
    phone = client.phone()
    code = client.access.pairing_code.token()
    token = client.token(phone, f"/pair?token={code}")
    phone.post("/pair", data={"token": token, "pairing_token": code})
    page = phone.get("/").text
    assert 'class="week"' not in page
    assert "/runs" not in page
    assert SAY("day.said") in html.unescape(page)


def test_a_calendar_opens_with_what_is_known(tmp_path: Path) -> None:
    """Long after the last run the calendar opens with the last month of which anything is known, never with "?"."""
    client = WebClient(home_of(tmp_path / "home", 3, 0).root, clock=dt.datetime(2027, 6, 1, 12, tzinfo=dt.UTC))
    assert "<h1>November 2026</h1>" in client.browser.get("/calendar").text
    months = client.browser.get("/calendar?month=2027-05").text
    assert months.count('class="unknown"') <= 1  # the legend's
