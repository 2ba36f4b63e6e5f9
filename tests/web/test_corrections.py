"""What a person corrects on a run's page: distance, kind, part, and that it was no run."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from web.homes import home_of
from web.test_home import entries, finished
from web.web_client import WebClient

from runmood.core.entries import DistanceCorrection, RunJudged, RunTagged, RunTrimmed
from runmood.core.i18n import translator

if TYPE_CHECKING:
    from pathlib import Path


RUN = "/runs/20261121-070000"
SAY = translator("en", "metric")


@pytest.fixture
def two(tmp_path: Path) -> WebClient:
    """Return a client of a home with two runs of 20 and 21 minutes."""
    return WebClient(home_of(tmp_path / "home", 2, 0).root)


def test_a_distance_and_a_kind_are_corrected(two: WebClient) -> None:
    """The person's distance and kinds are entries of the journal, and the page shows them after the update."""
    assert two.post(f"{RUN}/correct", distance="5,5", kind_asked="1", kind=["easy"]).headers["location"] == RUN
    made = entries(two)
    assert [type(each) for each in made] == [DistanceCorrection, RunTagged]
    finished(two)
    page = html.unescape(two.browser.get(RUN).text)
    assert SAY.distance(5500) in page
    assert re.search(r'name="kind" value="easy" checked', page)
    assert 'name="kind" value="race" checked' not in page


def test_what_is_left_as_it_was_writes_nothing(two: WebClient) -> None:
    """The form sent without a change starts no update and leaves no line."""
    two.post(f"{RUN}/correct", distance="", kind_asked="1")
    assert entries(two) == []
    assert two.context.jobs.statuses() == []


@pytest.mark.parametrize("typed", ["far", "-3", "0", "nan", "inf", "2000"])
def test_an_unlikely_distance_is_refused(two: WebClient, typed: str) -> None:
    """A distance that nobody runs changes nothing; the page says so and what to write."""
    reply = two.post(f"{RUN}/correct", distance=typed)
    assert reply.status_code == 422
    assert SAY("run.no_distance") in html.unescape(reply.text)
    assert entries(two) == []


def test_a_run_is_trimmed(two: WebClient) -> None:
    """The part that was the run is named by distance or clock; what is no place of it is answered with a sentence."""
    assert "12:99" in html.unescape(two.post(f"{RUN}/correct", **{"from": "12:99"}).text)
    assert two.post(f"{RUN}/correct", **{"from": "0.5km", "to": "2km"}).status_code == 303
    assert [type(each) for each in entries(two)] == [RunTrimmed]
    finished(two)
    shown = two.context.queries.all_runs()["distance_m"].to_list()[-1]
    assert shown == pytest.approx(1500, abs=30)


def test_what_was_no_run_can_be_one_again(two: WebClient) -> None:
    """What was said to be no run leaves the list; undone, it is there again."""
    page = two.post(f"{RUN}/not-a-run").text
    assert [type(each) for each in entries(two)] == [RunJudged]
    finished(two)
    assert RUN not in two.browser.get("/runs").text
    recording = re.findall(r'name="recording" value="([0-9a-f]{16}-1)"', page)
    assert two.post("/runs/restore", recording=recording).headers["location"] == "/runs"
    finished(two)
    assert RUN in two.browser.get("/runs").text


def test_a_run_that_is_not_there_cannot_be_corrected(two: WebClient) -> None:
    """An unknown run is answered with a sentence, whatever is sent."""
    assert two.post("/runs/19990101-000000/correct", distance="3").status_code == 404
    assert two.post("/runs/..%2F/not-a-run").status_code == 404
    two.post("/runs/restore", content=["x", "0" * 64])
    assert entries(two) == []
