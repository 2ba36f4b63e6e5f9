"""What a shared page may say, whichever home it is made from and whatever is chosen."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from reports.asked import SEEN
from reports.diaries import LAST, day, diary, feedback, finding, full_year, with_findings, year_of_days
from reports.share.given import EVERYTHING, GOAL, PERIODS, SHARED, choice, material, page
from reports.test_words import FORBIDDEN, STATEMENT

from runmood.core.errors import UserError
from runmood.reports.share.content import compose, offered
from runmood.reports.share.models import ShareSelection, period
from runmood.reports.share.render import as_html, as_text
from runmood.schema.tables import FINDING_FEEDBACK


def one_line(words: str) -> str:
    """The words without line breaks."""
    return " ".join(words.split())


@cache
def sentences(home: str) -> list[str]:
    """Every sentence that can stand on a page of a home: all that is offered, everything included, any period."""
    given = material(SHARED[home]())
    told = []
    for begin in PERIODS.values():
        chosen = choice(given, first=begin, include=EVERYTHING)
        told += one_line(as_text(compose(given, chosen))).split(". ")
        told += [f"{item.title} {item.words}" for item in offered(given, chosen).findings.values()]
    return told


@pytest.mark.parametrize("home", SHARED)
def test_no_sentence_judges_or_diagnoses(home: str) -> None:
    """No sentence that can be made uses a forbidden word, or shouts, or leaves a fact out as None."""
    for sentence in sentences(home):
        assert not re.search(r"!|\bNone\b|\bnan\b", sentence), sentence
        for word in (*FORBIDDEN, "severe", "patient", "symptoms?", "diagnosis", "score"):
            assert not re.search(rf"\b{word}\b", sentence, re.IGNORECASE), (word, sentence)


@pytest.mark.parametrize("home", SHARED)
def test_one_is_singular(home: str) -> None:
    """A count of one goes with a singular noun, any other with a plural."""
    nouns = "run|day|evening|week|point|mile|thing"
    for sentence in sentences(home):
        assert not re.search(rf"(?<![\d.,])1 (\w+ )?({nouns})s\b", sentence), sentence
        assert not re.search(rf"\b(0|[2-9]|\d\d+) ({nouns})\b(?!-)", sentence), sentence


@pytest.mark.parametrize("home", SHARED)
def test_nobody_is_spoken_to(home: str) -> None:
    """The page speaks of the notes: its reader is not the one who made it."""
    for sentence in sentences(home):
        assert not re.search(r"\b(you|your|yours)\b", sentence, re.IGNORECASE), sentence


@pytest.mark.parametrize("home", SHARED)
def test_every_page_says_who_made_it_and_what_it_is_not(home: str) -> None:
    """Made by the client from self-ratings, no clinical measure; the statement stands there word for word."""
    shown = one_line(as_text(page(SHARED[home]())))
    assert "Made by the client from self-ratings; not a clinical measure." in shown
    assert STATEMENT in shown
    assert "Not looked at:" in shown


def test_a_name_is_there_only_where_given() -> None:
    """The name in the settings does not come along; one that is given stands at the top."""
    assert "Robin" not in as_text(page(full_year()))
    assert (
        page(full_year(), name=" Robin\n").made_by
        == "Made by the client, Robin, from self-ratings; not a clinical measure."
    )


def test_nothing_is_chosen_by_default() -> None:
    """Without a choice there are mood and running, what helped and how often it was noted; no finding, goal or note."""
    plain = page(full_year())
    assert (plain.question, plain.blocks) == (None, ())
    assert [tally.heading for tally in plain.tallies] == ["What helped", "How often evenings and mornings were rated"]
    assert "weather" not in as_text(plain)


@pytest.mark.parametrize("code", [*SEEN, "B1", "B2", "A1"])
def test_what_was_seen_has_counts_and_another_explanation(code: str) -> None:
    """A seen finding tells the question, a number, how sure it is, and what else may explain it."""
    facts, more = SEEN.get(code, ({}, {}))
    told = with_findings(finding(code, "seen", facts, **more)) if code in SEEN else full_year()
    item = page(told, findings=(code,)).blocks[0].items[0]
    assert item.title.endswith("?")
    assert code == "S1" or re.search(r"\d", item.words)
    assert re.search(r"evidence|count from the notes", item.words)
    assert re.search(r"\bmay\b|\bcan be\b|reasons of its own|often come", item.words)


def test_missed_and_rest_are_told_by_the_template() -> None:
    """Counts of both kinds of days, the difference and its range, the evidence and its first night, explanations."""
    told = page(full_year(), findings=("B2",)).blocks[0].items[0].words
    assert told == (
        "On 40 days with a skipped run, evenings were rated about 0.9 points lower (range 0.1 to 1.9) "
        "than on 108 days of planned rest. Some evidence, first seen on 3 June. Low mood may have come first, though "
        "the comparison allows for the morning's mood where it was noted. A busy day may explain both the skipped run "
        "and the evening."
    )


def test_distance_and_pace_are_there_only_where_ticked() -> None:
    """A much longer run is told in percent; both distances where distance was ticked; pace likewise."""
    plain, told = page(full_year(), findings=("A1",)), page(full_year(), findings=("A1",), include=("distance",))
    assert "a run was 27% longer than the longest of the 30 days before." in as_text(plain).replace("\n  ", " ")
    assert "(17.5 km after 13.8 km)" in as_text(told)
    assert not re.search(r"\bkm\b|/km", as_text(plain))
    assert "/km over all runs." in as_text(page(full_year(), include=("pace",)))


def test_how_findings_were_tested_is_told_where_they_were() -> None:
    """The error rates stand there with a tested finding, and not with counts or without findings."""
    assert "about 5 were shown one by mistake" in one_line(as_text(page(full_year(), findings=("B1",))))
    assert "about 6" not in one_line(as_text(page(full_year())))
    assert "they were not tested" in one_line(as_text(page(full_year(), findings=("A1",))))


def test_a_finding_that_waits_cannot_be_shared_yet() -> None:
    """What may stand on the screen from tomorrow is not offered, and choosing it says so."""
    with pytest.raises(UserError, match="--finding B3: there is none of that name"):
        page(SHARED["waiting its turn"](), findings=("B3",))


def test_weeks_of_which_nothing_is_known_read_as_sentences() -> None:
    """Where nobody knows of runs, that is a sentence of its own, and what was marked another."""
    days = [day(LAST - dt.timedelta(days=n), "unknown", mood=5.0, excluded=n == 0) for n in range(14)]
    unknown = diary(days)
    told = one_line(as_text(page(unknown)))
    assert "Not known whether there were runs." in told
    assert "is not known and" not in told


def test_what_was_hidden_is_not_offered() -> None:
    """What was hidden or is disputed is not offered; where it is named all the same, the dispute stands with it."""
    told = material(
        full_year(), finding_feedback=FINDING_FEEDBACK.frame([feedback("A1", "hidden"), feedback("B2", "not so")])
    )
    assert set(offered(told, choice(told)).findings) == {"B1"}
    (found,) = compose(told, choice(told, findings=("B2",))).blocks[0].items
    assert found.words.endswith("I see this differently.")


def test_what_says_nothing_yet_is_not_offered() -> None:
    """A question with too few notes fills no page and no form; whoever names it shares that it is too early."""
    told = material(with_findings(finding("B1", "not_enough_evidence", {"lacking": {"missed": 3}}, night=LAST)))
    assert offered(told, choice(told)).findings == {}
    (found,) = compose(told, choice(told, findings=("B1",))).blocks[0].items
    assert found.words.startswith("Too early to say")


def test_findings_are_those_of_the_last_day() -> None:
    """A page that ends earlier tells what had been found by then."""
    late = with_findings(finding("C1", "seen", SEEN["C1"][0], night=LAST))
    assert (
        offered(material(late), ShareSelection(LAST - dt.timedelta(days=90), LAST - dt.timedelta(days=30))).findings
        == {}
    )


def test_a_long_question_is_cut_at_a_word_and_says_so() -> None:
    """A question that is longer than the page allows ends at a word with a sentence on the rest."""
    told = page(full_year(), question="Why is it " * 80).question
    assert told
    assert re.search(
        r"(Why|is|it) … \(Shortened to fit the page; the rest is for the conversation.\)$", told.items[0].words
    )
    assert len(told.items[0].words) < 480


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"findings": ("B1", "B2", "C1", "C2")}, "One page holds 3 findings, and 4 were chosen"),
        ({"findings": ("Z9",)}, "--finding Z9: there is none of that name"),
        ({"goals": ("",)}, "2 begin so; give more of the name"),
        ({"notes": ("ffff",)}, "`runmood log` lists what you said"),
        ({"include": ("places",)}, "--include places: there is distance, pace"),
    ],
)
def test_what_cannot_be_shared_is_told_in_a_sentence(chosen: dict[str, Any], sentence: str) -> None:
    """Too many findings, names that are not there or not clear, and things that a page never holds."""
    told = with_findings(*(finding(code, "not_seen", {}) for code in ("B1", "B2", "C1", "C2")))
    with pytest.raises(UserError, match=re.escape(sentence)):
        page(told, **chosen)


def test_goals_and_thoughts_stand_in_the_persons_words() -> None:
    """A goal, a note and an answer to a question to think about are quoted; the same named twice stands once."""
    told = as_text(page(full_year(), goals=("0a1b2c3d", "0a1b"), notes=("d4e5",)))
    assert told.count(GOAL) == 1
    assert "“More evenings with people.”" in told
    assert "Slept well" not in told


def test_the_days_meant() -> None:
    """Twelve weeks to the last day with notes; as many as there are; what is told otherwise; never the future."""
    days = diary(year_of_days(30)).days
    assert period(days, None, None, LAST + dt.timedelta(days=9)) == (LAST - dt.timedelta(days=29), LAST)
    assert period(days, dt.date(2026, 1, 1), dt.date(2026, 2, 1), LAST) == (dt.date(2026, 1, 1), dt.date(2026, 2, 1))
    assert period(diary([]).days, None, None, LAST) == (LAST, LAST)
    with pytest.raises(UserError, match="before it begins"):
        period(days, LAST, LAST - dt.timedelta(days=1), LAST)
    with pytest.raises(UserError, match="still to come"):
        period(days, None, LAST + dt.timedelta(days=1), LAST)


def test_own_words_for_what_helped_are_ticked() -> None:
    """A help or a kind of run named by the person is “other” until they tick their own words."""
    told = full_year()
    days = told.days.with_columns(helped=["Anna"], tags=["with Anna", "easy"])
    given = replace(material(told), days=days)
    given = replace(
        given,
        check_in_helped=given.check_in_helped.with_columns(
            thing=given.check_in_helped["thing"].replace("rest", "Anna")
        ),
    )
    assert "Anna" not in as_text(compose(given, choice(given, include=("kinds",))))
    ticked = as_text(compose(given, choice(given, include=("kinds", "own-words"))))
    assert "with Anna (84)" in ticked
    assert re.search(r"Anna +\d+ days", ticked)


def test_words_from_outside_are_escaped() -> None:
    """A note with markup stands on the HTML page as the characters it is made of."""
    assert "<b>bold" not in as_html(page(full_year(), question="<b>bold</b> & more"))
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; more" in as_html(page(full_year(), question="<b>bold</b> & more"))


def test_a_week_of_which_nothing_is_known_has_no_noughts() -> None:
    """Whether there were runs on days that no import covers is not known, and nought runs would say that it is."""
    (*_, week) = page(SHARED["all unknown"]()).picture.grid.rows
    assert week[3:6] == ("\N{EN DASH}",) * 3
    assert int(week[-1]) > 0
