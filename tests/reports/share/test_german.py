"""The shared page in German: the same page, said in words of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest
from reports.diaries import finding, full_year, with_findings
from reports.german import ENGLISH, VERBOTEN
from reports.share import pdf_read
from reports.share.german import QUESTION, german_material, german_page
from reports.share.given import EVERYTHING, PERIODS, SHARED, choice, material
from reports.share.test_words import one_line

from runmood.core.i18n import translator
from runmood.reports.share.content import compose, offered
from runmood.reports.share.render import as_html, as_pdf, as_text, format_missing_letters

NOUNS = {"Lauf": "Läufen?", "Tag": "Tagen?", "Abend": "Abenden?", "Punkt": "Punkten?", "Meile": "Meilen",
         "Pause": "Pausen", "Ruhetag": "Ruhetagen?", "Lauftag": "Lauftagen"}  # fmt: skip


@cache
def told(home: str) -> str:
    """Everything that can stand on a page of a home: all that is offered, everything included, any period."""
    given = german_material(SHARED[home]())
    parts = []
    for begin in PERIODS.values():
        chosen = choice(given, first=begin, include=EVERYTHING, question=QUESTION)
        parts.append(as_text(compose(given, chosen)))
        offers = offered(given, chosen)
        parts += [f"{item.title} {item.words}" for each in (offers.findings, offers.goals, offers.notes)
                  for item in each.values()]  # fmt: skip
    return one_line(" ".join(parts)).replace("<b>hills</b>", "").replace("eine anders benannte Art", "")


@pytest.mark.parametrize("home", SHARED)
def test_no_english_is_left(home: str) -> None:
    """Nothing that may stand on a page is left in English."""
    for word in ENGLISH:
        assert not re.search(rf"\b{word}\b", told(home), re.IGNORECASE), word


@pytest.mark.parametrize("home", SHARED)
def test_no_sentence_judges_or_diagnoses(home: str) -> None:
    """No German sentence uses a forbidden word, or shouts, or leaves a fact out."""
    assert not re.search(r"!|\bNone\b|\bnan\b", told(home))
    for word in VERBOTEN:
        assert not re.search(rf"\b{word}\b", told(home), re.IGNORECASE), word


@pytest.mark.parametrize("home", SHARED)
def test_nobody_is_spoken_to(home: str) -> None:
    """The German page speaks of the notes: its reader is not the one who made it."""
    assert not re.search(r"\b(du|dir|dich|deine?[mnrs]?)\b", told(home), re.IGNORECASE)


@pytest.mark.parametrize("home", SHARED)
def test_one_is_singular(home: str) -> None:
    """A count of one goes with a singular noun, any other with a plural; decimals have a comma, thousands a point."""
    for one, many in NOUNS.items():
        assert not re.search(rf"(?<![\d.,])1 (\w+ )?{many}\b", told(home)), many
        assert not re.search(rf"\b(0|[2-9]|\d\d+) (\w+ )?{one}\b(?!-)", told(home)), one
    assert not re.search(r"\d\.\d(?!\d\d)|\d,\d\d\d", told(home))


def test_the_files_say_that_they_are_german() -> None:
    """Title, language, figures and the name of the file are German, in the PDF and in the HTML."""
    page = german_page(full_year(), name="Robin")
    pdf, html = as_pdf(page), as_html(page)
    assert page.file == "laufen-und-stimmung_2026-08-31_bis_2026-11-22"
    assert b"/Lang (de)" in pdf
    assert b"(Laufen und Stimmung, 31. August bis 22. November 2026)" in pdf_read.facts(pdf)
    assert '<html lang="de">' in html
    assert "<title>Laufen und Stimmung, 31. August bis 22. November 2026</title>" in html
    for shown in (one_line(pdf_read.words(pdf)), one_line(html)):
        assert "Von Robin selbst aus eigenen Einschätzungen erstellt; keine klinische Messung." in shown
        lanes = [translator("de", "metric")(f"shared.lane.{lane}") for lane in ("runs", "rest", "missed")]
        assert [word for word in (*lanes, "28. Sep", "10 sehr gut") if word not in shown] == []


def test_format_missing_letters_are_told_in_german() -> None:
    """Which letters the PDF cannot show is told as the page speaks."""
    japanese = german_page(full_year(), question="走る")
    assert (
        format_missing_letters(japanese) == "Das PDF hat kein Zeichen für 走 und る, dort steht �; im HTML stehen sie."
    )


def test_what_was_seen_counts_one_in_german() -> None:
    """One of a thing is said in the singular, wherever a sentence counts."""
    given = german_material(with_findings(finding("B3", "seen", {"low_days": 1, "only_running_days": 1})))
    assert (
        "Von 1 gedrücktem Tag mit einer Notiz dazu, was half, nannte 1 Laufen und nichts anderes; in 60 Tagen war "
        "nichts weiter notiert."
    ) in offered(given, choice(given)).findings["B3"].words


def test_own_words_stay_as_they_are() -> None:
    """A name that the person gave is not translated, and one that was offered is."""
    given = german_material(full_year())
    given = replace(
        given,
        check_in_helped=given.check_in_helped.with_columns(
            thing=given.check_in_helped["thing"].replace("rest", "Wassertreten")
        ),
    )
    rows = compose(given, choice(given, include=("own-words",))).tallies[0].rows
    assert {row.title for row in rows} == {"Wassertreten", "Laufen", "mit jemandem reden", "Zeit draußen"}
    other = compose(given, choice(given)).tallies[0].rows
    assert "etwas anderes" in {row.title for row in other}


def test_english_is_as_it_was() -> None:
    """A person who reads English gets English, whatever else can be spoken."""
    assert compose(material(full_year()), choice(material(full_year()))).title == "Running and mood"
