"""Words of distress, and the panel that follows them."""

from __future__ import annotations

import ast
import datetime as dt
import tomllib
from pathlib import Path

import pytest

from runmood import support
from runmood.support.panel import help_lines, panel
from runmood.support.phrases import touches_on_distress

ROOM = Path(support.__file__).parent
LISTS = tomllib.loads((ROOM / "phrases.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "words",
    [
        "Some days I just want to die.",
        "I don't want to live like this",
        "I don\u2019t want to be alive",
        "SELF-HARM again",
        "they would be better off without me...",
        "Ich möchte sterben",
        "ich moechte sterben.",
        "Je n'ai plus ENVIE DE MOURIR? si.",
        "não quero viver",
        "nao   quero\nviver",
        "no quiero vivir así",
    ],
)
def test_words_after_which_the_panel_is_shown(words: str) -> None:
    """Phrases of five languages, whatever the capitals, accents, apostrophes and signs between them."""
    assert touches_on_distress(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "the hill killed me",
        "dead legs, dying battery",
        "good life, long run",
        "finished my life's best race",
        "die Treppe",
    ],
)
def test_everyday_words(words: str) -> None:
    """Single words and a runner's ways of speaking show nothing."""
    assert not touches_on_distress(words, mood=0)


@pytest.mark.parametrize(("mood", "shown"), [(None, False), (0, True), (1, True), (2, False), (7, False)])
def test_hopeless_words_count_beside_a_very_low_mood(mood: float | None, shown: bool) -> None:
    """Hopeless words bring up the panel beside a mood of 0 or 1, and only there."""
    assert touches_on_distress("I feel hopeless today", mood) is shown


def test_a_low_mood_alone_shows_nothing() -> None:
    """However low the mood is, without such words there is no panel."""
    assert not touches_on_distress("tired", mood=0)


def test_phrases_of_ones_own() -> None:
    """A person adds phrases, and leaves one out with a minus before it."""
    own = ("the black dog", "-self-harm")
    assert touches_on_distress("The black dog is back", own=own)
    assert not touches_on_distress("a talk about self harm", own=own)
    assert touches_on_distress("I want to die", own=("-self-harm", "", "-"))


def test_every_phrase_is_a_phrase_and_is_found() -> None:
    """No list holds a single word, and each phrase brings up the panel as it stands."""
    for when, languages in LISTS.items():
        assert set(languages) == {"en", "de", "pt", "es", "fr"}
        for phrase in (each for phrases in languages.values() for each in phrases):
            assert len(phrase.split()) > 1
            assert touches_on_distress(f"… {phrase.upper()}!", mood=0)
            assert when == "always" or not touches_on_distress(phrase, mood=5)


def test_the_panel_is_calm_and_always_the_same() -> None:
    """It acknowledges, says that nobody watches, names the country's lines, and judges nothing."""
    text = panel("GB")
    assert text == panel("gb")
    assert "you do not have to be in crisis to call someone" in text
    assert "does not read for danger and nobody is watching" in text
    assert all(number in text for number in ("999", "116 123", "85258", "call 111", "findahelpline.com"))
    assert "988" not in text
    for word in ("suicid", "commit", "risk", "severe", "warning", "!", "must", "should"):
        assert word not in text.lower()


@pytest.mark.parametrize(
    ("country", "shown"),
    [("PT", "1411"), ("AT", "116 123"), ("US", "988"), ("DE", "0800 1110111"), (None, "1411"), ("XX", "1411")],
)
def test_whose_lines_are_shown(country: str | None, shown: str) -> None:
    """A country's own; the European number in the rest of the Union; all of them where the country is not known."""
    assert shown in panel(country)
    assert "findahelpline.com" in panel(country)
    assert len(help_lines(country)) in (2, len(help_lines(None)))


def test_every_line_says_when_and_where_it_was_looked_up() -> None:
    """Each country has an emergency number, a line with something to open, a source, and a day that is not to come."""
    for country in help_lines():
        assert country.source
        assert country.emergency
        assert dt.date(2026, 1, 1) <= country.checked <= dt.date(2026, 12, 31)
        for line in country.lines:
            assert line.link.startswith(("tel:", "sms:", "https://"))
            digits = "".join(filter(str.isdigit, line.link))
            assert digits in "".join(filter(str.isdigit, line.how))


def test_nothing_is_kept_or_told() -> None:
    """The room can only read its two lists: it opens no other file, writes none, logs nothing, and asks no network."""
    allowed = {"__future__", "collections.abc", "dataclasses", "datetime", "functools", "pathlib", "re", "tomllib"}
    allowed |= {"typing", "unicodedata", "runmood.support.panel", "runmood.support.phrases"}
    for path in ROOM.glob("*.py"):
        code = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(code)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert set(names) <= allowed
        assert not any(verb in code for verb in (".write", "open(", "print(", "logging"))
