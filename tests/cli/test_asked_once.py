"""A planned run that no file holds is asked for once, at the next check-in."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from runmood.home.home import open_home
from runmood.home.work_folder import note_day_to_ask, take_day_to_ask

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from runmood.home.home import Home

DAY = dt.date(2026, 11, 17)


@pytest.fixture
def asking(tmp_path: Path) -> Home:
    """A home in which one day is to be asked for."""
    home = open_home(tmp_path / "home")
    note_day_to_ask(home, DAY)
    return home


@pytest.mark.usefixtures("asking")
def test_a_check_in_asks_once(cli: Callable[..., Any]) -> None:
    """The first check-in names the day and the commands; the next one asks no more."""
    first = cli("check-in", "--mood", "6", "--energy", "6").written
    assert "runmood ran 2026-11-17 --not-imported" in first
    assert "planned" not in cli("check-in", "--mood", "7", "--energy", "6").written


@pytest.mark.usefixtures("asking")
def test_after_a_low_mood_nobody_is_asked(cli: Callable[..., Any]) -> None:
    """A hard evening is no moment for it; a later check-in asks."""
    assert "planned" not in cli("check-in", "--mood", "2", "--energy", "2").written
    assert "planned" in cli("check-in", "--mood", "6", "--energy", "6").written


@pytest.mark.usefixtures("asking")
@pytest.mark.parametrize("word", ["ill", "hurt"])
def test_who_is_ill_or_hurt_is_not_asked(cli: Callable[..., Any], word: str) -> None:
    """Plans wait for who cannot run, and so does the question about one."""
    cli(word)
    assert "planned" not in cli("check-in", "--mood", "6", "--energy", "6").written


@pytest.mark.usefixtures("asking")
def test_what_was_told_meanwhile_is_not_asked(cli: Callable[..., Any]) -> None:
    """Who has said since that they did not run, or did, is not asked."""
    cli("ran", "2026-11-17", "--no")
    assert "planned" not in cli("check-in", "--mood", "6", "--energy", "6").written


def test_only_a_later_day_is_asked_next(asking: Home) -> None:
    """A day that was asked for is none again, whatever a rebuild notes; a later one is."""
    assert take_day_to_ask(asking) == DAY
    note_day_to_ask(asking, DAY)
    assert take_day_to_ask(asking) is None
    note_day_to_ask(asking, DAY + dt.timedelta(days=2))
    assert take_day_to_ask(asking) == DAY + dt.timedelta(days=2)
    note_day_to_ask(asking, None)
    assert take_day_to_ask(asking) is None
