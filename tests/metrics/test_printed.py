from __future__ import annotations

from pathlib import Path

import pytest

from runmood.cli.reference import FORMULAS, metrics_page


def test_the_page_is_fresh() -> None:
    """docs/metrics.md is what the docstrings say."""
    page = Path(__file__).parent.parent.parent / "docs" / "metrics.md"
    assert page.read_text(encoding="utf-8") == metrics_page(), "run make docs"


@pytest.mark.parametrize("title", FORMULAS)
def test_every_formula_says_where_it_is_from(title: str) -> None:
    """Each has its formula, its source and its limits."""
    section = metrics_page().split(f"## {title}\n")[1].split("\n## ")[0]
    for word in ("**Formula:** ", "**Source:** ", "**Limits:** "):
        assert word in section
