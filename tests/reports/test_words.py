"""What a summary may say, whichever home it is made from."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from reports.asked import FIGURES, MISSING, SEEN
from reports.diaries import (
    LAST,
    a_turn,
    day,
    diary,
    early_days,
    fading,
    full_year,
    lift,
    many_long_runs,
    nothing_seen,
    unevenly_rated,
    year_of_days,
)
from reports.homes import HOMES

from runmood.core.i18n import translator
from runmood.findings import QUESTIONS
from runmood.findings.questions.missed_runs import THINGS
from runmood.reports.render.documents import as_markdown, as_page
from runmood.reports.render.text import as_text
from runmood.reports.summary import build_finding_views, build_summary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from runmood.findings.answers import FindingView
    from runmood.reports.models import Summary


FORBIDDEN = (
    r"caus(e|es|ed|ing)", "because", r"addict\w*", "withdrawal", r"dependen(t|ce|cy)", r"overtrain\w*", r"depress\w*",
    "risks?", "streaks?", "should", "must", "ought", "fail(ed|ure|s)?", "bad news", "warning", "lazy", "skipp?ed again",
    "not enough running", "burn(ed|t)? off", "earn(ed)?", "calories", "weight",
)  # fmt: skip
SAY = translator("en", "metric")
STATEMENT = (
    "runmood helps people who run notice patterns between running and how they feel, for reflection and conversation. "
    "It does not diagnose, screen for, monitor, predict, prevent or treat any illness or injury, and does not replace "
    "professional care."
)


def said(part: object) -> list[str]:
    """Every string in a summary, however deep."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, tuple):
        return [words for item in part for words in said(item)]
    if dataclasses.is_dataclass(part):
        shown = [field.name for field in dataclasses.fields(part) if field.name != "run_id"]
        return [words for name in shown for words in said(getattr(part, name))]
    return []


def answer(summary: Summary, title: str) -> FindingView:
    """The one answer whose title begins so."""
    return titled(summary.answers, title)


def titled(answers: Iterable[FindingView], title: str) -> FindingView:
    """The one of these answers whose title begins so."""
    (found,) = [answer for answer in answers if answer.title.startswith(title)]
    return found


def words_of(answer: FindingView) -> str:
    """All its sentences in one line."""
    return " ".join(said(answer.passages))


@pytest.mark.parametrize("home", HOMES)
def test_no_sentence_judges_or_diagnoses(home: str) -> None:
    """No sentence that can be made uses a forbidden word, or shouts."""
    for sentence in said(build_summary(HOMES[home]())):
        assert "!" not in sentence, sentence
        for word in FORBIDDEN:
            assert not re.search(rf"\b{word}\b", sentence, re.IGNORECASE), (word, sentence)


@pytest.mark.parametrize("home", HOMES)
def test_no_layout_judges_or_diagnoses(home: str) -> None:
    """Neither the page with its labels, nor the Markdown, nor the terminal adds a forbidden word."""
    summary = build_summary(HOMES[home]())
    page = re.sub(
        r"<style>.*?</style>|<!DOCTYPE.*?>|<[^>]*?(aria-label=\"[^\"]*\")?[^>]*>",
        r" \1 ",
        as_page(summary),
        flags=re.DOTALL,
    )
    for words in (html.unescape(page), as_markdown(summary), as_text(summary)):
        assert "!" not in words
        for word in FORBIDDEN:
            assert not re.search(rf"\b{word}\b", words, re.IGNORECASE), word


@pytest.mark.parametrize("home", HOMES)
def test_one_is_singular(home: str) -> None:
    """A count of one goes with a singular noun, any other with a plural, and no fact is left out as None."""
    for sentence in said(build_summary(HOMES[home]())):
        assert not re.search(
            r"(?<![\d.,])1 (\w+ )?(runs|days|evenings|weeks|files|points|miles|weekdays)\b", sentence
        ), sentence
        assert not re.search(r"\b(0|[2-9]|\d\d+) (run|day|evening|week|file|point|mile)\b(?!-)", sentence), sentence
        assert "None" not in sentence
        assert "nan" not in sentence.split()


@pytest.mark.parametrize("home", HOMES)
def test_dates_are_written_out(home: str) -> None:
    """No date stands as figures, which readers on two sides of an ocean take for two days."""
    for sentence in said(build_summary(HOMES[home]())):
        if not re.search(r"\.(fit|gpx|tcx)", sentence):
            assert not re.search(r"\d{4}-\d\d|\d+/\d+/\d+|\d+\.\d+\.\d{4}", sentence), sentence


@pytest.mark.parametrize("home", HOMES)
def test_every_summary_says_what_it_is_not(home: str) -> None:
    """The statement of what runmood is not stands on every summary, word for word, with the help line."""
    shown = " ".join(as_text(build_summary(HOMES[home]())).split())
    assert STATEMENT in shown
    assert "you do not have to carry it alone" in shown
    assert "Nothing was sent anywhere." in shown


def test_lower_than_rest_is_told_by_the_template() -> None:
    """Missed days below run days and rest days are told with counts, differences, ranges, and no verdict."""
    told = answer(build_summary(full_year()), SAY("questions.B2.title"))
    assert told.passages[0].sentences[0] == (
        "On 40 days when you skipped a planned run you rated evenings about 1.1 points lower (range 0.3 to 1.9) "
        "than on 134 days when you ran it, and about 0.9 points lower (range 0.1 to 1.9) than on 108 planned rest days."
    )
    assert SAY("questions.B2.talk") in words_of(told)
    assert "on 9 of these days you tapped “low mood” before skipping" in words_of(told)
    assert "Some evidence, first seen on 3 June." in words_of(told)


def test_a_lift_is_told_kindly() -> None:
    """Better evenings on run days, with missed days like rest days, are told as a lift and not as a loss."""
    told = answer(build_summary(lift()), SAY("questions.B1.better_title"))
    assert "1.1 points higher (range 0.3 to 1.9)" in words_of(told)
    assert SAY("questions.B1.rest_unknown") in words_of(told)
    assert SAY("questions.B2.talk") not in words_of(told)


def test_seen_answers_name_other_explanations() -> None:
    """Whatever is seen has at least two other explanations and something that some people do.

    A hard time is not explained away: one sentence of what no diary holds is enough.
    """
    for home in HOMES.values():
        for told in build_summary(home()).answers:
            headings = {passage.heading: passage for passage in told.passages}
            least = 1 if told.codes == ("S1",) else 2
            assert not told.seen or len(headings[SAY("part.others")].sentences) >= least
            assert not told.seen or SAY("part.some_do") in headings


def test_not_seen_says_what_would_have_shown() -> None:
    """An answer of no says how large a difference would probably have shown, and never that there is none."""
    told = words_of(answer(build_summary(nothing_seen()), SAY("questions.B1.called")))
    assert SAY("questions.B1.would_have_shown", points=0.71) in told


def test_too_early_says_what_is_missing() -> None:
    """While evidence is thin, the summary names what is scarce, counts nothing, and asks nobody to skip a run."""
    evenings = words_of(answer(build_summary(early_days()), "Evenings with a skipped run"))
    things = [SAY(f"questions.B1.missing.{name}") for name in THINGS]
    said = SAY("missing.are", things=things)
    assert said in evenings
    assert not any(letter.isdigit() for letter in said)
    assert SAY("questions.B1.with_time") in evenings


def test_fading_evidence_is_marked() -> None:
    """A finding that newer notes no longer support says so, with a range that may cross zero."""
    told = words_of(answer(build_summary(fading()), SAY("questions.B2.title")))
    assert SAY("sure.no_longer") in told
    assert "range from 0.6 higher to 1.9 lower" in told
    assert SAY("questions.B1.low_first_untold") in told


def test_a_turned_difference_is_said() -> None:
    """Where the newest notes point the other way, the summary says that, and which evenings were rated less."""
    told = words_of(answer(build_summary(a_turn()), SAY("questions.B1.better_title")))
    assert "about 0.4 points lower by now (range 0.1 to 0.9 lower) than on 40 days when you skipped it" in told
    assert SAY("questions.B1.rated", missed=0.7, run=0.88) in told


def test_uneven_ratings_are_the_reason_given() -> None:
    """When missed evenings were rated far less often, that is the reason why nothing is told apart."""
    summary = build_summary(unevenly_rated())
    run = words_of(answer(summary, SAY("questions.B1.called")))
    assert SAY("questions.B1.rated", missed=0.41, run=0.88) in run
    assert "weekday" not in run
    assert SAY("questions.B2.same_weekdays") in words_of(answer(summary, SAY("questions.B2.called")))


def test_longer_runs_name_both_distances() -> None:
    """A much longer run is told with its day, both distances, and the day of the longest before."""
    told = words_of(answer(build_summary(full_year()), "Runs much longer"))
    assert (
        "On Sunday 15 November you ran 17.5 km, 27% longer than the longest run of the 30 days before "
        "(13.8 km on 1 November)." in told
    )
    assert "You had run as far before: 17.5 km on 23 August." in told
    assert "There were two more in the last four weeks." in words_of(
        answer(build_summary(many_long_runs()), "Runs much")
    )


def test_miles_are_said_for_those_who_run_them() -> None:
    """In imperial units no sentence speaks of kilometres."""
    shown = as_text(build_summary(replace(full_year(), say=translator("en", "imperial"))))
    assert "You ran 21 times, 102 miles in all" in shown
    assert not re.search(r"\bkm\b", shown)


def test_planned_rest_is_praised_like_running() -> None:
    """Kept rest is told before runs done, as counting just as much."""
    rows = [
        day(
            LAST - dt.timedelta(days=number), "planned_rest" if number % 2 else "planned_run", 5000.0 * (1 - number % 2)
        )
        for number in range(14)
    ]
    opening = " ".join(build_summary(diary(rows)).opening)
    assert "You kept all 7 planned rest days and you did all 7 planned runs; rest counts as much as running." in opening


def test_usual_is_the_half_year_before() -> None:
    """Evenings of the last six weeks stand beside the mean of the half-year before, in the person's own points."""
    before = [day(LAST - dt.timedelta(days=42 + number), "no_run", mood=7.0) for number in range(100)]
    lately = [day(LAST - dt.timedelta(days=number), "no_run", mood=5.5) for number in range(42)]
    opening = " ".join(build_summary(diary(before[::-1] + lately[::-1])).opening)
    assert "on average 5.5 out of 10: lower than your usual, 7 in the half-year before." in opening


def test_every_question_has_words() -> None:
    """Each question of these homes is a registered one, told in full or in a line; C3 is told with B1."""
    asked = {"A1", "B1", "B2", "C3", *SEEN, *FIGURES}
    assert asked <= {question.code for question in QUESTIONS}
    assert len(build_summary(nothing_seen()).answers) == 3
    assert len(build_finding_views(HOMES["everything seen"]()).answers) == len(SEEN)
    assert len(build_summary(HOMES["everything seen"]()).also) == len(FIGURES)
    assert len(build_summary(HOMES["everything lacking"]()).also) == len(MISSING)


def test_everything_missing_is_named() -> None:
    """A question that waits says of which things there are few, and counts none of them."""
    few = SAY("missing.are", things=[""]).removesuffix(".")
    for line in build_summary(HOMES["everything lacking"]()).also:
        assert line.state == SAY("state.not_enough_evidence")
        assert line.words.startswith(few) or line.words == SAY("questions.B5.lacking")
        assert "3" not in line.words


def test_good_things_stand_beside_a_caution() -> None:
    """Where the notes hold something that did the person good, every caution names it."""
    for title in ("Weeks when a lot came together", "What helped on low days", SAY("questions.S1.called")):
        told = words_of(titled(build_finding_views(HOMES["everything seen"]()).answers, title))
        assert "your mood was higher after runs than before them, social went with better moods" in told


def test_a_new_finding_waits_for_its_turn() -> None:
    """What is seen but may only stand on the screen from tomorrow is not told today."""
    summary = build_summary(HOMES["waiting its turn"]())
    assert summary.answers == ()
    assert summary.also == ()


def test_after_a_long_silence_the_last_noted_weeks_are_told() -> None:
    """When nothing is known of six weeks, the weeks before them are shown, with a kind word on the silence."""
    summary = build_summary(HOMES["back after months"]())
    assert summary.heading == SAY("heading.weeks", weeks=6, last="Sunday 22 November")
    assert summary.opening[0] == SAY("opening.silence")


def test_one_word_ends_a_silence() -> None:
    """A check-in of this morning is a note: the page is about the weeks to today again."""
    back = LAST + dt.timedelta(days=90)
    rows = [*year_of_days(60), day(back, "unknown", check_ins=1, mood_morning=7.0)]
    summary = build_summary(diary(rows, as_of=back))
    assert summary.heading == SAY("heading.weeks", weeks=6, last="Saturday 20 February")
    assert SAY("opening.silence") not in summary.opening


def test_nothing_later_than_the_day_is_told() -> None:
    """Days and findings after the day told of are left out."""
    early = replace(full_year(), as_of=LAST - dt.timedelta(days=30))
    summary = build_summary(early)
    assert summary.heading == SAY("heading.weeks", weeks=6, last="Friday 23 October")
    assert summary.answers == ()
