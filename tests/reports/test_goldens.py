"""Layouts, languages and homes read as they were last read over."""

from __future__ import annotations

import pytest
from reports.goldens import FOLDER, GOLDENS


@pytest.mark.parametrize("name", GOLDENS)
def test_reads_as_last_read_over(name: str) -> None:
    """Each golden is what is made today, to the letter (`PYTHONPATH=tests python -m reports.goldens` writes them)."""
    assert GOLDENS[name]() == (FOLDER / name).read_text(encoding="utf-8")


def test_every_golden_is_made() -> None:
    """No file is left among the goldens that nothing makes."""
    assert {path.name for path in FOLDER.iterdir()} == {*GOLDENS}
