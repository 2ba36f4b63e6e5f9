"""The questions on the terminal: how each stands, and what stands behind an answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from reports.asked import FIGURES, SEEN, everything_seen
from reports.diaries import LAST, full_year

from runmood.core.catalogue import languages
from runmood.core.i18n import translator
from runmood.findings import QUESTIONS
from runmood.findings.stats.missed_runs_evidence import (
    Evidence,
    EvidenceDay,
    EvidenceTerm,
    collect_evidence,
    sensitivity,
)
from runmood.reports.findings import AskedQuestion, findings_as_text, why_as_text
from runmood.schema.tables import FINDING_FEEDBACK, FINDINGS, SENSITIVITY

if TYPE_CHECKING:
    import polars as pl

WHY = Evidence(
    question="B1",
    night=LAST,
    days=(
        EvidenceDay(LAST - dt.timedelta(days=1), "missed_run", 4.0, counted=True, reason=None),
        EvidenceDay(LAST, "planned_run", None, counted=False, reason="nothing said"),
    ),
    terms=(EvidenceTerm("Saturday", 0.31, 0.2), EvidenceTerm("missed_run", -1.12, 0.3)),
    memory=0.5,
    noise_share=0.3,
    scale=1.3,
    morning_used=True,
    e_value=210.0,
    e_value_next=30.0,
    detectable=0.7,
    lacking={},
    comparable=True,
)
OTHERWISE = [
    {"question": "B1", "variant": "without the morning's mood", "night": LAST, "days": 174, "e_value": 90.0,
     "effect": -1.0, "effect_least": 0.2, "effect_most": 1.8},
    {"question": "B1", "variant": "without days after poor sleep", "night": LAST, "days": 20, "e_value": None,
     "effect": None, "effect_least": None, "effect_most": None},
]  # fmt: skip
ENGLISH, GERMAN = translator("en", "metric"), translator("de", "metric")


def in_one_line(text: str) -> str:
    """The text without its line breaks."""
    return " ".join(text.split())


def of(question: str, findings: pl.DataFrame) -> pl.DataFrame:
    """The rows of one question."""
    return findings.filter(question=question)


@pytest.mark.parametrize("language", languages())
def test_a_much_longer_run_of_the_last_weeks_is_no_not_seen(language: str) -> None:
    """A run that the page still tells is listed with its day, in the list and in its evidence, and never as unseen."""
    say = translator(language, "metric")
    rows = of("A1", full_year().findings).sort("night")
    assert rows["state"].to_list() == ["seen", "not_seen"]
    stands = say("listing.seen_on", day=say.date_near(rows["night"][0], LAST))
    asked = AskedQuestion(rows, SENSITIVITY.empty(), None, LAST)
    for told in (findings_as_text(say, rows, FINDING_FEEDBACK.empty(), LAST), why_as_text(say, asked)):
        assert stands in in_one_line(told)
        assert say.choice("state", "not_seen") not in told


def test_every_question_is_listed_once_in_order() -> None:
    """Each question that was asked stands with what it asks; figures to look at claim nothing."""
    told = in_one_line(findings_as_text(ENGLISH, everything_seen().findings, FINDING_FEEDBACK.empty(), LAST))
    codes = [question.code for question in QUESTIONS if question.code in {*SEEN, *FIGURES}]
    places = [told.index(f"{code} ") for code in codes]
    assert places == sorted(places)
    assert told.count("figures to look at, nothing claimed") == len(FIGURES)
    assert "seen since 3 June, some evidence, still growing" in told


def test_before_the_first_night_nothing_is_listed() -> None:
    """An empty home says what begins the asking."""
    assert findings_as_text(ENGLISH, FINDINGS.empty(), FINDING_FEEDBACK.empty(), LAST).startswith(
        "We haven't asked anything yet"
    )


def test_the_evidence_behind_an_answer_is_shown() -> None:
    """Rule, facts, what would change its mind, terms, the answer asked otherwise, and every day stand there."""
    asked = AskedQuestion(of("B1", full_year().findings), SENSITIVITY.frame(OTHERWISE), WHY, LAST)
    told = in_one_line(why_as_text(ENGLISH, asked))
    for words in (
        "rated days with a missed run: 40",
        "The e-value tonight is 210.",
        "missed run -1.12 ± 0.30",
        "memory from day to day 0.50, share of the moment 0.30",
        "without the morning's mood: -1 point (range 0.2 to 1.8), 174 days",
        "without days after poor sleep: too few days are left (20)",
        "The days: 1 of 2 counted",
        "22 November 2026 planned run nothing said",
    ):
        assert words in told


@pytest.mark.parametrize("code", SEEN)
def test_questions_that_count_show_their_facts(code: str) -> None:
    """A question without a model shows its rule and its facts with their meanings."""
    asked = AskedQuestion(of(code, everything_seen().findings), SENSITIVITY.empty(), None, LAST)
    told = in_one_line(why_as_text(ENGLISH, asked))
    question = next(each for each in QUESTIONS if each.code == code)
    assert in_one_line(question.spec.rule) in told
    for fact in SEEN[code][0]:
        assert in_one_line(question.spec.facts[fact]) in told


def test_the_listing_asks_in_the_registers_own_words() -> None:
    """In English a question asks what the register has, word for word."""
    say = translator("en", "metric")
    assert [say(f"questions.{question.code}.asks") for question in QUESTIONS] == [
        question.spec.asks for question in QUESTIONS
    ]


def test_the_listing_in_german() -> None:
    """What is asked and how it stands are said in the person's language, the date too."""
    told = in_one_line(findings_as_text(GERMAN, everything_seen().findings, FINDING_FEEDBACK.empty(), LAST))
    assert "C1 War die Stimmung nach Läufen höher oder niedriger als davor? zu sehen seit dem 3. Juni" in told
    assert "einige Anhaltspunkte, nimmt noch zu" in told
    assert told.count("Zahlen zum Ansehen, keine Behauptung") == len(FIGURES)
    assert findings_as_text(GERMAN, FINDINGS.empty(), FINDING_FEEDBACK.empty(), LAST).startswith(
        "Noch haben wir nichts gefragt"
    )


def test_the_evidence_in_german() -> None:
    """Headings, terms, days and figures are said in the person's language; the rule stays as it was registered."""
    asked = AskedQuestion(of("B1", full_year().findings), SENSITIVITY.frame(OTHERWISE), WHY, LAST)
    told = in_one_line(why_as_text(GERMAN, asked))
    for words in (
        "zu sehen seit dem 3. Juni, gute Anhaltspunkte, nimmt noch zu",
        "Die Regel Each night, a regression with weekday",
        "Der E-Wert ist heute Nacht 210.",
        "Samstag +0,31 ± 0,20",
        "Gedächtnis von Tag zu Tag 0,50, Anteil des Augenblicks 0,30",
        "ohne die Stimmung am Morgen: -1 Punkt (Spanne 0,2 bis 1,8), 174 Tage",
        "Die Tage: 1 von 2 gezählt",
        "22. November 2026 geplanter Lauf nichts gesagt",
    ):
        assert words in told


@pytest.mark.parametrize("language", languages())
def test_everything_behind_an_answer_has_a_word(language: str) -> None:
    """Each term of the model, kind of day, reason, and way of asking otherwise is said in every language."""
    say, days = translator(language, "metric"), full_year().days.with_columns(mood_morning="mood_evening")
    why = collect_evidence(days)["B1"]
    named = {"term": {term.name for term in why.terms}, "day_told": {day.kind for day in why.days}}
    named["uncounted"] = {day.reason for day in why.days if day.reason}
    named["variant"] = set(sensitivity(days)["variant"])
    assert all(named.values())
    for kind, names in named.items():
        assert {f"{kind}.{name.replace(' ', '_')}" for name in names} <= say.words.keys()


def test_an_imports_term_bears_its_name() -> None:
    """The name of an import is left as it is, and its point is no decimal mark."""
    terms = replace(WHY, terms=(EvidenceTerm("from mood.csv", 0.31, 0.2),))
    told = why_as_text(GERMAN, AskedQuestion(of("B1", full_year().findings), SENSITIVITY.empty(), terms, LAST))
    assert "aus mood.csv  +0,31 ± 0,20" in told
