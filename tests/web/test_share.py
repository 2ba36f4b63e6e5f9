"""Sharing in the app: nothing is chosen for the person, all that leaves is shown, and only then it is written."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from web.homes import LAST_DAY, home_of
from web.web_client import WebClient

from runmood.core.i18n import translator
from runmood.home.work_folder import outside_copies
from runmood.reports.share.models import INCLUDED

if TYPE_CHECKING:
    from pathlib import Path


SAY = translator("en", "metric")


@pytest.fixture
def full(tmp_path: Path) -> WebClient:
    """Return a client of a home with runs, evenings and a name."""
    settings = 'time_zone = "Europe/London"\nname = "Ana"\n'
    return WebClient(home_of(tmp_path / "home", 12, 30, settings).root)


def shared(client: WebClient) -> list[Path]:
    """Return the files that were written."""
    return sorted((client.home.page.parent / "shared").glob("*"))


def test_nothing_is_chosen_for_the_person(full: WebClient) -> None:
    """The form offers days, words and items, and no box is ticked."""
    page = full.browser.get("/share").text
    assert " checked" not in page
    assert all(f'value="{item}"' in page for item in INCLUDED)
    assert f'name="to" value="{LAST_DAY}"' in page


def test_everything_is_shown_before_it_is_written(full: WebClient) -> None:
    """The preview holds what was chosen and nothing else, writes nothing, and carries the choice to the button."""
    page = html.unescape(full.post("/share/preview", question="Why <b>evenings</b>?", include=["distance"]).text)
    assert "Why <b>evenings</b>?" in page
    assert "Ana" not in page
    assert re.search(r'name="include" value="distance"', page)
    assert shared(full) == []


def test_what_was_agreed_to_is_written_privately(full: WebClient) -> None:
    """Both files are the person's alone, remembered as handed out, and opened under a policy that loads nothing."""
    page = full.post("/share/write", question="Why evenings?", name="1").text
    paths = shared(full)
    assert sorted(path.suffix for path in paths) == [".html", ".pdf"]
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
    assert {each.path.name for each in outside_copies(full.home)} == {path.name for path in paths}
    assert all(f'href="/shared/{path.name}"' in page for path in paths)
    reply = full.browser.get(f"/shared/{paths[0].name}")
    assert "Ana" in reply.text
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert "script" not in reply.headers["content-security-policy"]


@pytest.mark.parametrize("name", ["../../settings.toml", "..%2Fsettings.toml", "nothing.pdf", "x.txt", ".html"])
def test_nothing_else_is_sent(full: WebClient, name: str) -> None:
    """No other file of the home can be opened by the address of a shared page."""
    assert full.browser.get(f"/shared/{name}").status_code == 404


@pytest.mark.parametrize("sent", [{"from": "May"}, {"from": "2030-01-01"}, {"include": "places"}, {"finding": "Z9"}])
def test_what_cannot_be_is_said_above_the_form(full: WebClient, sent: dict[str, str]) -> None:
    """A day or a choice that cannot be is answered above the form, and nothing is written."""
    reply = full.post("/share/write", **sent)
    assert reply.status_code == 422
    assert 'role="alert"' in reply.text
    assert shared(full) == []


def test_an_empty_home_has_nothing_to_share(tmp_path: Path) -> None:
    """Before the first publication the page says what is missing instead of offering a form."""
    page = WebClient(tmp_path / "home").browser.get("/share")
    assert page.status_code == 200
    assert 'action="/share/preview"' not in page.text


@pytest.mark.parametrize("page", ["/share/preview", "/share/write"])
def test_days_of_another_century_are_a_sentence(full: WebClient, page: str) -> None:
    """They ended with a fault in the code."""
    reply = full.post(page, **{"from": "0001-01-01", "to": "0001-01-01"})
    assert reply.status_code == 422
    assert "0001-01-01 lies beyond the years of a diary" in reply.text
    assert shared(full) == []


def test_a_goal_of_another_lifetime_is_a_sentence(full: WebClient) -> None:
    """The journal would not read it again, so nobody is told that it is saved."""
    reply = full.post("/goals", words="run to the sea", kind="fitness", until="2090-01-01")
    assert reply.status_code == 422
    assert "1 January 2090" in reply.text
