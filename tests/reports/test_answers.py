"""What the notes say to each question, in every language."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from reports.asked import MISSING
from reports.diaries import full_year
from reports.homes import HOMES

from runmood.core.catalogue import languages
from runmood.core.enums import EvidenceStrength, FindingState
from runmood.core.i18n import translator
from runmood.findings.answers import on_screen, read_findings
from runmood.findings.registry import QUESTIONS
from runmood.reports.summary import build_finding_views, build_summary, protective

GOLDEN = Path(__file__).parent / "golden"
GERMAN = translator("de", "metric")
PARTS = {GERMAN(f"part.{name}") for name in ("saw", "sure", "others", "some_do", "stands")}
TOLD = (
    "a full year", "a lift", "a turn", "early days", "everything lacking", "everything seen", "fading",
    "lower after runs", "many long runs", "nothing seen", "nothing to see", "one of each", "one thing lacking",
    "seen otherwise", "unevenly rated",
)  # fmt: skip


def in_german(home: str) -> list[str]:
    """All that the notes of a home say to the questions, a paragraph a line."""
    summary = build_summary(replace(HOMES[home](), say=GERMAN))
    lines = []
    for answer in summary.answers:
        lines += ["", f"{answer.title} · {answer.state}"]
        for passage in answer.passages:
            if passage.heading in PARTS:
                between = "\n  - " if passage.listed else " "
                lines.append(f"{passage.heading}:{between}{between.join(passage.sentences)}")
    return [*lines, "", *(f"{also.title} · {also.state}: {also.words}" for also in summary.also)]


@pytest.mark.parametrize("home", TOLD)
def test_german_golden(home: str) -> None:
    """Each home's answers read, to the letter, as they were last read over (RUNMOOD_GOLDEN=write writes them anew)."""
    golden = GOLDEN / f"{home.replace(' ', '-')}.answers.de.txt"
    shown = "\n".join(in_german(home)).strip() + "\n"
    if os.environ.get("RUNMOOD_GOLDEN") == "write":
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("home", HOMES)
def test_findings_alone_are_those_of_the_summary(home: str) -> None:
    """A list of findings holds what the summary holds, without the rest of the summary being made."""
    views, summary = build_finding_views(HOMES[home]()), build_summary(HOMES[home]())
    assert (views.answers, views.also) == (summary.answers, summary.also)


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
    shown = "\n".join(in_german("everything seen"))
    assert "nach 12 Läufen der Art „mit anderen“" in shown
    assert "An 8 Abenden mit „<b>hills</b>“" in shown


def test_good_things_in_german() -> None:
    """What did the person good is said in their language."""
    findings = on_screen(read_findings(HOMES["everything seen"]().findings), full_year().as_of)
    assert protective(GERMAN, findings) == (
        "Deine Notizen halten auch Gutes fest: nach Läufen war deine Stimmung höher als davor, "
        "besser war die Stimmung bei „mit anderen“ und besser war die Stimmung bei „Zeit draußen“."
    )
