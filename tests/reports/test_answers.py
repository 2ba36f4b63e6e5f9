"""What the notes say to each question, in every language."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reports.asked import MISSING
from reports.diaries import full_year
from reports.goldens import findings_text
from reports.homes import HOMES

from runmood.core.catalogue import languages
from runmood.core.enums import EvidenceStrength, FindingState
from runmood.core.i18n import translator
from runmood.findings import QUESTIONS
from runmood.findings.answers import on_screen, read_findings
from runmood.reports.summary import HARD_TIME, build_finding_views, build_summary, protective

GERMAN = translator("de", "metric")


@pytest.mark.parametrize("home", HOMES)
def test_findings_alone_are_those_of_the_summary(home: str) -> None:
    """A list of findings holds what the summary holds, and a hard time that the summary tells above all else."""
    views, summary = build_finding_views(HOMES[home]()), build_summary(HOMES[home]())
    listed = tuple(each for each in views.answers if each in summary.answers or each.codes != (HARD_TIME,))
    assert (listed, views.also) == (summary.answers, summary.also)


@pytest.mark.parametrize("language", languages())
def test_everything_that_is_told_of_has_a_word(language: str) -> None:
    """States, strengths, questions and what may be missing are said in every language."""
    names = {f"state.{state.replace(' ', '_')}" for state in FindingState}
    names |= {f"strength.{strength.replace(' ', '_')}" for strength in EvidenceStrength}
    names |= {f"questions.{question.code}.asks" for question in QUESTIONS}
    names |= {f"questions.{question.code}.called" for question in QUESTIONS if not question.spec.part_of}
    words = translator(language, "metric").words
    assert names <= words.keys()
    for code, lacking in MISSING.items():
        said = {f"questions.{code}.lacking"} & words.keys()
        assert said or all({f"missing.{name}", f"questions.{code}.missing.{name}"} & words.keys() for name in lacking)


def test_a_persons_own_words_stay_as_they_are() -> None:
    """What was chosen is said in German, what was written is left as it was written."""
    shown = findings_text(replace(HOMES["everything seen"](), say=GERMAN))
    assert "nach 12 Läufen der Art „mit anderen“" in shown
    assert "An 8 Abenden mit „<b>hills</b>“" in shown


def test_good_things_in_german() -> None:
    """What did the person good is said in their language."""
    findings = on_screen(read_findings(HOMES["everything seen"]().findings), full_year().as_of)
    assert protective(GERMAN, findings) == (
        "Deine Notizen halten auch Gutes fest: nach Läufen war deine Stimmung höher als davor, "
        "besser war die Stimmung bei „mit anderen“ und besser war die Stimmung bei „Zeit draußen“."
    )
