"""The sentences of the pages in each language."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from web.web_client import WebClient

from runmood.core import enums as choices
from runmood.core.catalogue import languages
from runmood.core.checkin_items import ITEMS, WORDED, CheckInItem
from runmood.core.i18n import translator

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.core.i18n import Units


ENGLISH = translator("en", "metric")
OFFERED = {
    "kind": choices.CheckInKind, "tags": choices.TAGS, "helped": choices.HELPED, "skip_reason": choices.SKIP_REASONS,
    "day_kind": choices.DayKind,
}  # fmt: skip


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", OFFERED)
def test_every_choice_has_its_word(kind: str, language: str) -> None:
    """Each word that is offered has a translation; a person's own word stays as it is."""
    say = translator(language, "metric")
    names = [f"{kind}.{word.replace(' ', '_').replace('-', '_')}" for word in OFFERED[kind]]
    assert set(names) <= say.words.keys()
    assert say.choice(kind, "Wassertreten") == "Wassertreten"


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
@pytest.mark.parametrize("language", languages())
def test_every_item_has_its_words(item: CheckInItem, language: str) -> None:
    """In every language each item of a check-in has its question, a word at each step that has one, and a name."""
    words = translator(language, "metric").words
    steps = [f"scale.{item.name}.{step}" for step in WORDED]
    assert all(words[name] for name in (f"asks.{item.name}", *steps, f"field.{item.name}"))


@pytest.mark.parametrize(
    ("language", "units", "expected"),
    [
        ("en", "metric", ["21 November 2026", "Sat 21 Nov", "8.2\xa0km", "5:21\xa0/km", "6.5"]),
        ("de", "metric", ["21. November 2026", "Sa 21. Nov", "8,2\xa0km", "5:21\xa0/km", "6,5"]),
        ("en", "imperial", ["21 November 2026", "Sat 21 Nov", "5.1\xa0mi", "8:37\xa0/mi", "6.5"]),
        ("xx", "metric", ["21 November 2026", "Sat 21 Nov", "8.2\xa0km", "5:21\xa0/km", "6.5"]),
    ],
)
def test_dates_and_figures(language: str, units: Units, expected: list[str]) -> None:
    """Dates, distances and figures are formatted as the language does; English replaces a missing language."""
    say, day = translator(language, units), dt.date(2026, 11, 21)
    assert [say.date(day), say.short_date(day), say.short_distance(8200), say.pace(321), say.figure(6.5)] == expected


@pytest.mark.parametrize("count", [0, 1, 2])
def test_counts_agree(count: int) -> None:
    """One run is a run, none and two are runs."""
    assert ENGLISH("calendar.runs", count=count) == ("One run" if count == 1 else f"{count} runs")


@pytest.mark.parametrize("path", ["/", "/check-in", "/calendar", "/runs", "/plan", "/goals", "/settings", "/support"])
def test_a_page_in_german(tmp_path: Path, path: str) -> None:
    """With another language set the page speaks it, and says so to screen readers."""
    client = WebClient(tmp_path / "home", language="de")
    page = client.browser.get(path).text
    assert '<html lang="de">' in page
    assert "Wenn es schwer wird" in page
