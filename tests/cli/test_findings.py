"""`runmood findings` as a person types it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from runmood.cli.reports import read_feedback
from runmood.core.i18n import translator
from runmood.home.home import Home, open_home

if TYPE_CHECKING:
    from pathlib import Path

Command = Callable[..., Any]
ENGLISH = translator("en", "metric")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("seen since", "\nThe rule", "\nThe model's terms", "\nAsked otherwise")),
        ("de", ("zu sehen seit dem", "\nDie Regel", "\nDie Glieder des Modells", "\nAnders gefragt")),
    ],
)
def test_findings_are_told_in_the_persons_language(
    cli: Command, demo_home: Home, tmp_path: Path, language: str, words: tuple[str, ...]
) -> None:
    """The list of questions and the evidence behind one are in the language of the settings."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home/settings.toml").write_text(f'language = "{language}"\n', encoding="utf-8")
    shutil.copy(demo_home.published, tmp_path / "home")
    written = cli("findings").written + cli("findings", "b1", "--why").written
    assert [each for each in words if each not in written] == []


@pytest.fixture
def published(demo_home: Home, tmp_path: Path) -> Home:
    """A home with the demo's published copy, and a journal of its own."""
    home = open_home(tmp_path / "home")
    shutil.copy(demo_home.published, home.root)
    return home


def test_what_is_said_of_a_finding_is_kept(published: Home, cli: Command) -> None:
    """A note stays while another word is said, the last word counts, and taking it back leaves nothing."""
    steps = [
        (("--note", " For the talk "), [("C1", "noted", "For the talk")]),
        (("--disagree",), [("C1", "not so", "For the talk")]),
        (("--note", "Soon"), [("C1", "not so", "Soon")]),
        (("--hide", "--note", "Later"), [("C1", "hidden", "Later")]),
        (("--note", " "), [("C1", "hidden", None)]),
        (("--show",), []),
    ]
    for words, stands in steps:
        told = cli("findings", "c1", *words)
        assert told.status == 0
        assert read_feedback(published).select("question", "word", "note").rows() == stands
        assert all(note in told.written for _, _, note in stands if note)


def test_an_emptied_note_leaves_nothing(published: Home, cli: Command) -> None:
    """A note that is taken away leaves no trace where no other word stood."""
    cli("findings", "C1", "--note", "x")
    cli("findings", "C1", "--note", "")
    assert read_feedback(published).is_empty()


def test_what_is_told_as_one_is_spoken_of_as_one(published: Home, cli: Command) -> None:
    """Where B1 and B2 stand in one answer, a word on either holds for both, and the command says so."""
    told = cli("findings", "B1", "--hide")
    assert ENGLISH("cli.reports.answered_together", questions=["B1", "B2"]) in told.written
    assert read_feedback(published)["question"].to_list() == ["B1", "B2"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--hide",), "Which one?"),
        (("B1", "--hide", "--show"), "Use one of"),
        (("B1", "--show", "--note", "x"), "Use one of"),
        (("B1", "--note", "x" * 2001), ENGLISH("cli.reports.note_too_long", limit="2000", letters="2001")),
        (("", "--hide"), "I don't know the question"),
        (("C3", "--hide"), "name B1"),
        (("X9", "--hide"), "I don't know the question X9"),
    ],
)
def test_what_cannot_be_said_is_a_sentence(
    published: Home, cli: Command, words: tuple[str, ...], sentence: str
) -> None:
    """Nothing is written where it is not clear which finding is meant, or what is said of it."""
    told = cli("findings", *words)
    assert (told.status, sentence in told.complained) == (2, True)
    assert read_feedback(published).is_empty()


def test_a_note_that_sounds_heavy_shows_who_listens(published: Home, cli: Command) -> None:
    """Words of distress in a note bring the panel with the lines of the person's country, as in a check-in."""
    with (published.root / "settings.toml").open("a", encoding="utf-8") as settings:
        settings.write('country = "GB"\n')
    assert "116 123" in cli("findings", "B1", "--note", "I want to kill myself").written
    assert read_feedback(published).height == 2
