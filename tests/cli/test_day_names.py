"""Days and moments as a person names them, alike in every command and every language."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from runmood.cli.day_names import clock_named, day_named, read_moment, weekday_named
from runmood.core.catalogue import languages
from runmood.core.errors import UserError
from runmood.core.i18n import translator

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = dt.date(2026, 11, 11)  # a Wednesday


@pytest.mark.parametrize(
    ("language", "words", "day"),
    [
        ("en", "today", "2026-11-11"),
        ("en", "Yesterday", "2026-11-10"),
        ("en", "tomorrow", "2026-11-12"),
        ("en", "mon", "2026-11-09"),
        ("en", "wednesday", "2026-11-11"),
        ("en", "thursday", "2026-11-05"),
        ("en", "10.11.2026", "2026-11-10"),
        ("en", "2026-11-10", "2026-11-10"),
        ("de", "gestern", "2026-11-10"),
        ("de", "yesterday", "2026-11-10"),
        ("de", "Di", "2026-11-10"),
        ("de", "sonntag", "2026-11-08"),
        ("de", "tuesday", "2026-11-10"),
        ("nl", "gisteren", "2026-11-10"),
        ("nl", "zo", "2026-11-08"),
    ],
)
def test_a_day_has_the_same_names_everywhere(language: str, words: str, day: str) -> None:
    """Words of the person's language and of English; a weekday is the last one, today at the latest."""
    assert f"{day_named(translator(language, 'metric'), words, TODAY)}" == day


def test_a_weekday_ahead_is_the_next_one() -> None:
    """Where a command speaks of days to come, today is the earliest that a weekday can mean."""
    ahead = [f"{day_named(translator('en', 'metric'), words, TODAY, ahead=True)}" for words in ("wed", "thu", "tue")]
    assert ahead == ["2026-11-11", "2026-11-12", "2026-11-17"]


@pytest.mark.parametrize("words", ["", "may", "t", "thrusday", "2026-13-01", "31.2.2026", "last", "b1"])
def test_what_names_no_day_is_none(words: str) -> None:
    """What is no day, or may be two, is not guessed."""
    assert day_named(translator("en", "metric"), words, TODAY) is None


@pytest.mark.parametrize("language", languages())
def test_every_weekday_is_known_in_every_language(language: str) -> None:
    """In full, and short as tables write it."""
    say = translator(language, "metric")
    for form in ("weekday", "weekday_short"):
        assert [weekday_named(say, say(f"{form}.{day}")) for day in range(1, 8)] == [*range(1, 8)]


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("yesterday", "2026-11-10"),
        ("yesterday 21:30", "2026-11-10 21:30:00"),
        ("Mon 7:05", "2026-11-09 07:05:00"),
        ("7.05", "2026-11-11 07:05:00"),
        ("10.11.2026 7.05", "2026-11-10 07:05:00"),
        ("2026-11-10T21:30", "2026-11-10 21:30:00"),
        ("2026-11-10 21:30+02:00", "2026-11-10 21:30:00+02:00"),
    ],
)
def test_a_moment_is_a_day_with_a_clock(words: str, moment: str) -> None:
    """A clock alone is of today."""
    assert f"{read_moment(translator('en', 'metric'), words, TODAY)}" == moment


@pytest.mark.parametrize("words", ["yesterday 25:00", "soon 7:05", "7:5", "yesterday evening"])
def test_no_moment_is_refused_by_its_own_words(words: str) -> None:
    """The sentence echoes what was typed."""
    with pytest.raises(UserError) as refused:
        read_moment(translator("en", "metric"), words, TODAY)
    assert words in f"{refused.value}"
    assert clock_named(words) is None


def test_every_command_takes_the_same_names(cli: Callable[..., Any]) -> None:
    """A check-in, a run by hand, a break, a plan, a goal: yesterday and a weekday mean what they mean elsewhere."""
    yesterday = f"{dt.datetime.now().astimezone().date() - dt.timedelta(days=1)}"
    kept = cli("check-in", "--mood", "6", "--energy", "5", "--at", "yesterday 21:30")
    assert (kept.status, f"{yesterday} 21:30" in kept.written) == (0, True)
    for command in (
        ("check-in", "--mood", "6", "--energy", "5", "--at", "yesterday"),
        ("ran", "yesterday", "--km", "6", "--at", "7:05"),
        ("hurt", "yesterday"),
        ("better", "today"),
        ("plan", "--habit", "tue, thursday Sun"),
        ("plan", "--drop", "tomorrow"),
        ("goal", "add", "--kind", "fitness", "a quiet ten", "--until", "sunday"),
        ("forget", "--from", "yesterday", "--to", "today", "--yes"),
    ):
        told = cli(*command)
        assert told.status == 0, (command, told.complained)
