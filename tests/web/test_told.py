"""Runs without a watch and days without a run, as told on the local page."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from web.homes import LAST_DAY, home_of
from web.web_client import WebClient

from runmood.core.checkins import NewEntry
from runmood.core.entries import Habit, ReportedDay, ReportedRun
from runmood.journal.store import append, read
from runmood.workflow import steps

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.core.entries import Entry


def told(client: WebClient) -> list[Entry]:
    """What the journal has of days without a file."""
    return [
        each.entry for each in read(client.home.journal).records if isinstance(each.entry, ReportedRun | ReportedDay)
    ]


def test_a_run_without_a_watch_is_written_down(tmp_path: Path) -> None:
    """The form of a day writes a run into the journal, in the person's units, and leads back to the day."""
    client = WebClient(tmp_path)
    assert 'action="/told"' in client.browser.get("/day/2026-11-10").text
    answered = client.post("/told", date="2026-11-10", said="ran", minutes="36", distance="6,5", effort="")
    assert (answered.status_code, answered.headers["location"]) == (303, "/day/2026-11-10")
    assert told(client) == [ReportedRun(dt.date(2026, 11, 10), distance_m=6500, moving_s=2160)]


@pytest.mark.parametrize(
    "form",
    [
        {"date": "2026-11-10", "said": "ran", "minutes": "half"},
        {"date": "2026-11-10", "said": "ran", "minutes": "1", "distance": "6"},
        {"date": "2026-11-10", "said": "ran", "effort": "11"},
        {"date": "2027-11-10", "said": "ran"},
        {"date": "2026-11-10", "said": "flown"},
        {"date": "yesterday", "said": "no run"},
    ],
)
def test_what_fits_no_run_is_not_stored(tmp_path: Path, form: dict[str, str]) -> None:
    """A form that cannot be meant is answered with a sentence, and the journal stays as it was."""
    client = WebClient(tmp_path)
    assert client.post("/told", **form).status_code == 422
    assert told(client) == []


@pytest.mark.parametrize("word", ["no run", "not imported"])
def test_a_planned_run_without_a_file_is_asked_for_once(tmp_path: Path, word: str) -> None:
    """Today's page asks about the last planned run that no file holds, and no more once that is answered.

    Nobody is asked while they are hurt.
    """
    home_of(tmp_path / "home", runs=2)
    client = WebClient(tmp_path / "home", clock=dt.datetime.combine(LAST_DAY, dt.time(21), dt.UTC))
    long_ago = dt.datetime(2026, 10, 1, 8, tzinfo=dt.UTC)
    append(client.home.journal, [NewEntry(long_ago, Habit(tuple(range(1, 8))))])
    with client.home.writing():
        steps.run_pipeline(client.home, LAST_DAY)
    asked = f'name="date" value="{LAST_DAY - dt.timedelta(1)}"'
    assert asked in client.browser.get("/").text
    client.post("/care", word="injured")
    assert asked not in client.browser.get("/").text
    client.post("/care", word="better")
    client.post("/told", date=f"{LAST_DAY - dt.timedelta(1)}", said=word)
    assert asked not in client.browser.get("/").text
