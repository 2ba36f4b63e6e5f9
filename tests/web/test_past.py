"""What concerns the past and the home: a check-in for another day, an import undone, every setting."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import TYPE_CHECKING

import pytest
from web.homes import LAST_DAY, gpx, home_of
from web.test_home import entries, finished, upload
from web.web_client import WebClient

from runmood.core.checkins import CheckIn
from runmood.core.entries import ImportReverted
from runmood.core.i18n import translator
from runmood.home.settings import SPECS
from runmood.web.ports import JobKind, JobState, JobStatus
from runmood.web.routes.settings import EDITABLE, MORE

if TYPE_CHECKING:
    from pathlib import Path


SAY = translator("en", "metric")


def test_a_check_in_may_be_about_another_day(client: WebClient) -> None:
    """The form has the day that a link names; it is stored at that day's usual clock, and as said now."""
    day = LAST_DAY - dt.timedelta(days=3)
    page = client.browser.get(f"/check-in?day={day}&kind=morning").text
    assert re.search(rf'type="date" id="day" name="day" value="{day}"', page)
    assert client.send(kind="morning", day=f"{day}", mood="3").headers["location"] == "/saved"
    (told,) = entries(client)
    assert isinstance(told, CheckIn)
    assert (told.at.date(), told.at.hour, told.mood) == (day, 8, 3.0)
    assert f'"said_at":"{client.clock:%Y-%m-%d}' in client.lines()[0].replace(": ", ":")


@pytest.mark.parametrize("day", ["2026-11-22", "3000-01-01", "yesterday", "1969-12-31", "2026-02-30", "<b>"])
def test_a_day_that_cannot_be_is_asked_again(client: WebClient, day: str) -> None:
    """A day to come, or no day, stores nothing; what was typed is echoed, escaped, beside the field."""
    reply = client.send(day=day)
    assert reply.status_code == 422
    assert SAY("fault.day", value=day) in html.unescape(reply.text)
    assert "<b>" not in reply.text
    assert entries(client) == []


def test_today_as_the_day_is_now(client: WebClient) -> None:
    """Who chooses today means now, to the minute."""
    client.send(day=f"{LAST_DAY}")
    (told,) = entries(client)
    assert isinstance(told, CheckIn)
    assert told.at.hour == client.clock.hour


def test_an_import_can_be_undone(tmp_path: Path) -> None:
    """The page lists the last imports; undone, its runs are gone, its file stays, and it is listed no more."""
    client = WebClient(tmp_path / "home")
    upload(client, ("park.gpx", gpx(dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC))))
    page = finished(client)
    assert "park.gpx" in page
    (batch,) = re.findall(r'name="batch" value="([0-9-]+)"', page)
    assert client.post("/import/undo", batch=batch).headers["location"] == "/import"
    assert 'name="batch"' not in finished(client)
    assert [type(each) for each in entries(client)] == [ImportReverted]
    assert "/runs/2026" not in client.browser.get("/runs").text
    assert (client.home.inbox / "park.gpx").exists()
    assert client.post("/import/undo", batch=batch).status_code == 404


def test_every_setting_can_be_changed_but_tables() -> None:
    """Each setting of the file has a field on the page; only questions of one's own, which are tables, have none."""
    assert {*EDITABLE, *MORE} == SPECS.keys() - {"custom_questions"}
    assert all(SAY(f"settings.more.{name}") for name in MORE)


def test_settings_are_written_as_their_file_has_them(client: WebClient) -> None:
    """Numbers, lists and texts are read again as they were meant; a field left empty takes its line away."""
    sent = {
        "country": "PT", "heart_max_bpm": "186", "heart_zones_bpm": "112, 130, 149, 168", "privacy_zone_m": "0",
        "nightly_at": "04:15", "folders": "~/Sync/One\r\n~/Two\r\n", "tracked_tags": "mindful",
    }  # fmt: skip
    assert client.post("/settings/more", **sent).headers["location"] == "/settings"
    settings = client.home.settings
    assert (settings.country, settings.heart_max_bpm, settings.privacy_zone_m) == ("PT", 186, 0)
    assert settings.heart_zones_bpm == (112, 130, 149, 168)
    assert settings.folders == ("~/Sync/One", "~/Two")
    assert settings.nightly_at == dt.time(4, 15)
    assert client.post("/settings/more", **(sent | {"heart_max_bpm": "", "folders": ""})).status_code == 303
    assert (client.home.settings.heart_max_bpm, client.home.settings.folders) == (None, ())


@pytest.mark.parametrize(
    ("name", "typed"),
    [("heart_max_bpm", "fast"), ("heart_zones_bpm", "1, 2"), ("nightly_at", "25:00"), ("country", "Portugal"),
     ("prefect_server", "http://example.org/api"), ("privacy_zone_m", "-5"), ("cohort_gives", "everything")],
)  # fmt: skip
def test_a_setting_that_cannot_be_says_why(client: WebClient, name: str, typed: str) -> None:
    """A value that the file's reader refuses changes nothing; the page names it and keeps what was typed."""
    before = client.home.settings_file.read_text(encoding="utf-8")
    reply = client.post(
        "/settings/more", **{name: typed, "privacy_zone_m": "300", "nightly_at": "03:30"} | {name: typed}
    )
    assert reply.status_code == 422
    assert name in html.unescape(re.sub(r"(?s).*role=.alert.>(.*?)</p>.*", r"\1", reply.text))
    assert typed in html.unescape(reply.text)
    assert client.home.settings_file.read_text(encoding="utf-8") == before


def test_progress_has_its_total_and_its_time(full_of: WebClient) -> None:
    """A running import says how much is done, and about how long the rest takes."""
    began = dt.datetime(2026, 11, 21, 21, tzinfo=dt.UTC)
    running = JobStatus(JobKind.IMPORT, JobState.RUNNING, began, files=12, share=0.4, left_s=130.0)
    full_of.jobs.append(running)
    page = html.unescape(full_of.browser.get("/import").text)
    assert "40% done." in page
    assert "About 2 minutes left." in page


@pytest.fixture
def full_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WebClient:
    """Return a client whose jobs are those of its list `jobs`."""
    client = WebClient(home_of(tmp_path / "home", 1, 0).root)
    client.jobs = []  # type: ignore[attr-defined]  # for this test alone
    monkeypatch.setattr(type(client.context.jobs), "statuses", lambda _: client.jobs)  # type: ignore[attr-defined]
    return client
