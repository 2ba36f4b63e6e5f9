"""`runmood summary` as a person types it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from pipelines_homes import LAST_DAY

from runmood.reports.context import Kind, period_named
from runmood.reports.render.text import as_text
from runmood.reports.summary import build_summary
from runmood.workflow import summaries

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.home.home import Home

Command = Callable[..., Any]
KINDS: tuple[Kind, ...] = ("week", "month", "year", "all")


@pytest.mark.parametrize("kind", KINDS)
def test_each_period_has_a_page_of_its_own(demo_home: Home, kind: Kind) -> None:
    """A week, month, year and everything each have a page beside the last weeks', which stays as it is."""
    lately = demo_home.page.read_bytes()
    period = period_named(kind, None, LAST_DAY)
    told = as_text(summaries.write_summary(demo_home, LAST_DAY, period))
    page = demo_home.page.with_stem(period.name).read_text(encoding="utf-8")
    assert told.splitlines()[0] in page
    assert demo_home.page.read_bytes() == lately


def test_the_same_home_gives_the_same_page(demo_home: Home) -> None:
    """Nothing of a page depends on when it is made."""
    summaries.write_summary(demo_home, LAST_DAY)
    first = demo_home.page.read_bytes()
    summaries.write_summary(demo_home, LAST_DAY)
    assert demo_home.page.read_bytes() == first


def test_the_page_tells_of_the_last_run_and_the_goals(demo_home: Home) -> None:
    """The invented runner's page has their last run with its course, their goals, and what helped them."""
    told = build_summary(summaries.load_report_data(demo_home, LAST_DAY))
    assert told.last_run
    assert [strip.title for strip in told.last_run.course][:1] == ["pace"]
    assert len(told.goals) == 2
    assert told.goals[0].stands or told.goals[1].stands
    assert told.helped
    assert told.slopes


def test_periods_are_typed_as_they_are_named(cli: Command, tmp_path: Path) -> None:
    """A period is an option, a name or both; Markdown goes alone to the output, and the page's place beside it."""
    week = cli("summary", "--week")
    assert week.status == 0
    assert week.written.rstrip().endswith(f"{dt.datetime.now(dt.UTC):%G-W%V}.html")
    assert cli("summary", "2025-05").status == 0
    assert (tmp_path / "home/summaries/2025-05.html").exists()
    markdown = cli("summary", "--all", "--markdown")
    assert markdown.written.startswith("# ")
    assert "The page:" not in markdown.written
    assert "all.html" in markdown.complained


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--week", "--month"), "Use one of --week and --month, not 2."),
        (("--month", "May"), "May is no month"),
        (("someday",), "someday is no week"),
    ],
)
def test_a_period_that_is_none_is_a_sentence(cli: Command, words: tuple[str, ...], sentence: str) -> None:
    """What names no period is told in a sentence, with exit status 2."""
    answer = cli("summary", *words)
    assert (answer.status, sentence in answer.complained) == (2, True)
