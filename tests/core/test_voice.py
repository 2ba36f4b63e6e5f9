"""How runmood speaks: no mannered words, no impersonal passives, no words of the code."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from runmood.core.catalogue import languages
from runmood.core.i18n import translator
from runmood.home.settings import Settings
from runmood.schema import TABLES

MANNERED = {
    "en": r"reckon\w*|anew|takes? in|taken in|took in|take it in|let(s)? in|bring them|wished for|nought|amiss|"
    r"in motion|climb|what goes with what|stands? apart|left unsaid",
    "de": r"errechnet|hereinbringen|hereinlassen|aufnehmen lassen|erzählt keine|Was womit|gewünscht|laut Gerät|"
    r"ging anders|von sich aus gesagt",
}
IMPERSONAL = {
    "en": r"(it|they|this) (is|are|was|were) (told|taken|set aside|left out|left alone|guessed|made|heard|stored)|"
    r"set aside|are told|was told|were told|nothing was (taken|stored|written)",
    "de": r"beiseitegelegt|wird geraten|werden geraten|wurde(n)? (aufgenommen|übernommen|genommen|eingehalten)",
}
OF_THE_CODE = r"[A-Z]\w+(Error|Exception)|byte \d+|traceback|stdin|stdout|parse\w*|boolean"
COMMANDS = re.compile(r"`[^`]*`|\[[\w.]+\]|\{\w+|--?\w[\w-]*|\w+\.(toml|md|duckdb|json)\b|\w+=\w+")


def in_plain_words(sentence: str) -> str:
    """Return a sentence without the commands, placeholders and file names in it."""
    return COMMANDS.sub("", sentence)


def sentences(language: str) -> dict[str, str]:
    """Return what a language says, by name."""
    return {name: in_plain_words(words) for name, words in translator(language, "metric").words.items()}


def found(language: str, pattern: str) -> dict[str, str]:
    """Return the sentences in which a pattern is found as whole words."""
    sought = re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
    return {name: words for name, words in sentences(language).items() if sought.search(words)}


@pytest.mark.parametrize("language", sorted(MANNERED))
def test_no_sentence_is_mannered(language: str) -> None:
    """Archaic and mannered words are in no catalogue."""
    assert found(language, MANNERED[language]) == {}


@pytest.mark.parametrize("language", sorted(IMPERSONAL))
def test_a_sentence_says_who_did_it(language: str) -> None:
    """What runmood did it says of itself; what a person did it says of them."""
    assert found(language, IMPERSONAL[language]) == {}


@pytest.mark.parametrize("language", languages())
def test_no_sentence_speaks_of_the_code(language: str) -> None:
    """Exceptions, offsets and the names of columns are no words for people; a setting's name is what they type."""
    settings = {each.name for each in fields(Settings)}
    columns = {column.name for table in TABLES for column in table.columns if "_" in column.name} - settings
    assert found(language, f"{OF_THE_CODE}|{'|'.join(sorted(columns))}") == {}


def test_the_words_that_are_looked_for_are_found() -> None:
    """A sentence with such words would be found."""
    assert re.search(MANNERED["en"], "Everything made anew.")
    assert re.search(IMPERSONAL["en"], "It was set aside.")
    assert re.search(OF_THE_CODE, "KeyError at byte 7471")
