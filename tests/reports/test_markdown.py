"""The summary as Markdown."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import polars as pl
import pytest
from reports.diaries import full_year
from reports.homes import HOMES
from reports.periods import everything_said

from runmood.reports.render.documents import as_markdown
from runmood.reports.summary import build_summary

LINK = "[findahelpline.com](https://findahelpline.com)"


@pytest.mark.parametrize("home", HOMES)
def test_headings_are_in_order_and_tables_are_whole(home: str) -> None:
    """One first heading, no level passed over; every row of a table has as many cells as its head; no blank runs on."""
    shown = as_markdown(build_summary(HOMES[home]()))
    levels = [len(marks) for marks in re.findall(r"^(#+) ", shown, re.MULTILINE)]
    assert levels.count(1) == 1 == levels[0]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for table in re.findall(r"(?:^\|.*\n)+", shown, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1
    assert "\n\n\n" not in shown


@pytest.mark.parametrize("home", HOMES)
def test_there_is_no_html(home: str) -> None:
    """No raw HTML stands in it, and no link but that of the help line."""
    shown = as_markdown(build_summary(HOMES[home]()))
    assert not re.search(r"(?<!\\)<", shown)
    assert shown.count("](") == shown.count(LINK) == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("# Robin", r"\# Robin"),
        ("1. Robin", r"1\. Robin"),
        ("- Robin", r"\- Robin"),
        ("<b>*Robin*</b>", r"\<b\>\*Robin\*\</b\>"),
        ("[Robin](http://x)", r"\[Robin\](http://x)"),
        ("a|b `c` _d_ ~e~", r"a\|b \`c\` \_d\_ \~e\~"),
        ("Ro\nbin", "Ro bin"),
    ],
)
def test_free_words_stay_words(name: str, shown: str) -> None:
    """Whatever a person writes, or a file is called, is shown as it is and never a heading, list, link or tag."""
    goals = everything_said().goals.head(1).with_columns(words=pl.lit(name))
    told = as_markdown(build_summary(replace(full_year(), goals=goals)))
    assert f"- {shown} (for how you run)" in told
