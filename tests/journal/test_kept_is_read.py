"""What is told as kept is read again: a journal takes no entry that it would set aside."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from runmood.core.checkins import CheckIn, NewEntry
from runmood.core.errors import UserError
from runmood.journal.store import append, read
from runmood.workflow.lock import lock_home
from runmood.workflow.waiting import seal_entries

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Typed

    from runmood.home.home import Home

NOW = dt.datetime(2026, 11, 29, 21, tzinfo=dt.UTC)


@pytest.mark.parametrize("year", [1, 26, 1970, 1989, 2100, 9999])
def test_a_day_of_another_century_is_refused_and_nothing_is_written(empty_home: Home, year: int) -> None:
    """A slip in the year was told as saved, and counted nowhere; in a locked home likewise."""
    at = dt.datetime(year, 5, 4, 21, tzinfo=dt.UTC)
    new = [NewEntry(NOW, CheckIn(NOW, "evening", 5)), NewEntry(NOW, CheckIn(at, "evening", 5))]
    with pytest.raises(UserError):
        append(empty_home.journal, new)
    assert read(empty_home.journal).records == ()
    lock_home(empty_home, "a calm river")
    with pytest.raises(UserError):
        seal_entries(empty_home.root, new)


@pytest.mark.parametrize(
    "words",
    [["check-in", "--mood", "5", "--energy", "5", "--at", "0026-05-04"], ["ill", "0026-05-04"], ["hurt", "1926-05-04"],
     ["ran", "0026-05-04", "--km", "5"]],
)  # fmt: skip
def test_a_slip_in_the_year_is_said(cli: Callable[..., Typed], tmp_path: Path, words: list[str]) -> None:
    """Nobody is told that it was saved."""
    typed = cli(*words)
    assert typed.status == 2
    assert "26-05-04 lies beyond the years of a diary" in typed.complained
    assert read(tmp_path / "home" / "journal").records == ()


@pytest.mark.parametrize("words", [["summary", "--week", "0001-01-01"], ["summary", "--year", "0001"]])
def test_a_period_of_another_century_is_a_sentence(cli: Callable[..., Typed], words: list[str]) -> None:
    """It ended with a crash, as did the page to share."""
    typed = cli(*words)
    assert (typed.status, typed.written) == (2, "")
    assert "0001-01-01 lies beyond the years of a diary" in typed.complained
