"""The summary in German."""

from __future__ import annotations

import re

import pytest
from reports.german import ENGLISH, VERBOTEN, told
from reports.homes import HOMES
from reports.periods import everything_said
from reports.test_page import Reader
from reports.test_words import FORBIDDEN, said

from runmood.core.i18n import translator
from runmood.reports.charts.distributions import format_dot_note
from runmood.reports.render.documents import as_markdown, as_page
from runmood.reports.render.text import as_text
from runmood.reports.summary import build_summary

# help lines, which name danger plainly, commands, and the kinds of FIT files, one of which holds weights
ELSEWHERE = ("panel.", "support.", "cli.", "fit_file.")
BLANK = re.compile(r"\{\w+")  # the name of what is filled in


@pytest.mark.parametrize("home", HOMES)
def test_no_english_is_left(home: str) -> None:
    """No English word stands on the page, in its labels, in the Markdown or on the terminal; the page says so."""
    summary = told(home)
    page = Reader(as_page(summary))
    labels = [attributes["aria-label"] or "" for attributes in page.all("svg") if "aria-label" in attributes]
    for words in (*page.words, *labels, as_markdown(summary), as_text(summary)):
        for word in ENGLISH:
            assert not re.search(rf"(?<![-/])\b{word}\b(?!\.)", words, re.IGNORECASE), (word, words)
    assert page.all("html") == [{"lang": "de"}]


@pytest.mark.parametrize("home", HOMES)
def test_no_sentence_judges_or_diagnoses(home: str) -> None:
    """No German sentence uses a forbidden word, or shouts."""
    for sentence in said(told(home)):
        assert "!" not in sentence, sentence
        for word in VERBOTEN:
            assert not re.search(rf"\b{word}\b", sentence, re.IGNORECASE), (word, sentence)


@pytest.mark.parametrize("home", HOMES)
def test_one_is_singular(home: str) -> None:
    """A count of one goes with a singular noun, any other with a plural; decimals have a comma."""
    one = r"(?<![\d.,])1 (\w+ )?(Läufe|Läufen|Tage|Tagen|Abende|Abenden|Wochen|Dateien|Ruhetage|Punkte|Meilen)\b"
    many = r"\b(0|[2-9]|\d\d+) (Lauf|Tag|Abend|Woche|Monat|Datei|Ruhetag|Punkt|Meile)\b"
    for sentence in said(told(home)):
        assert not re.search(one, sentence), sentence
        assert not re.search(many, sentence), sentence
        assert not re.search(r"\d\.\d(?!\d\d)", sentence), sentence
        assert "None" not in sentence


@pytest.mark.parametrize("width", [40, 57, 80])
@pytest.mark.parametrize("home", HOMES)
def test_no_line_is_wider_than_the_terminal(home: str, width: int) -> None:
    """German words are longer, and no line is."""
    assert max(map(len, as_text(told(home), width).splitlines())) <= width


@pytest.mark.parametrize(("language", "forbidden"), [("en", FORBIDDEN), ("de", VERBOTEN)])
def test_no_word_that_could_be_said_judges(language: str, forbidden: tuple[str, ...]) -> None:
    """Whatever the summary, a shared page or a run may say, none of it holds a forbidden word."""
    for name, words in translator(language, "metric").words.items():
        if name.startswith(ELSEWHERE):
            continue
        for word in forbidden:
            assert not re.search(rf"\b{word}\b", BLANK.sub("", words), re.IGNORECASE), (name, word)


def test_questions_are_named_in_german() -> None:
    """What is new and what waits is named as the answers are."""
    news = build_summary(everything_said(say=translator("de", "metric"))).news
    assert news
    assert news.title == "Neu seit Montag, 16. November"
    assert news.lines[0] == "Zum ersten Mal zu sehen: „Abende mit ausgelassenem Lauf und mit Lauf“."


@pytest.mark.parametrize(
    ("language", "notes"),
    [
        ("en", ["Each dot is an evening.", "Each dot stands for up to 3 evenings."]),
        ("de", ["Jeder Punkt ist ein Abend.", "Jeder Punkt steht für bis zu 3 Abende."]),
    ],
)
def test_what_a_dot_stands_for(language: str, notes: list[str]) -> None:
    """A dot is one evening, or up to so many."""
    assert [format_dot_note(translator(language, "metric"), share) for share in (1, 3)] == notes
