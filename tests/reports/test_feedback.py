"""What a person says of a finding stands above what was counted."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from drawn import rows
from reports.asked import everything_seen
from reports.diaries import LAST, feedback, finding, full_year, seen_otherwise

from runmood.core.i18n import translator
from runmood.reports.findings import findings_as_text
from runmood.reports.render.documents import as_page
from runmood.reports.render.text import as_text
from runmood.reports.summary import build_summary
from runmood.schema.tables import FINDING_FEEDBACK, FINDINGS

# What stands where, by what was said of B1 and of B2: in full, or in a line among the other questions.
WHERE = """
    | B1     | B2     | in full                                    | in a line          |
    |        |        | Evenings when you skipped a run |                    |
    | hidden |        | Evenings when you skipped a run            | a run              |
    |        | not so | Run days were better days                  | planned rest       |
    | hidden | hidden |                                            | a run, planned rest |
    | noted  | noted  | Evenings when you skipped a run |                    |
"""


@pytest.mark.parametrize("case", rows(WHERE), ids=lambda case: f"{case['B1']} {case['B2']}")
def test_where_a_finding_stands(case: dict[str, str]) -> None:
    """What was hidden or disputed stands back, to a line that does not tell what was found; all else stays."""
    said = [feedback(code, case[code]) for code in ("B1", "B2") if case[code]]
    told = build_summary(full_year(finding_feedback=FINDING_FEEDBACK.frame(said)))
    in_full = [answer.title for answer in told.answers if {"B1", "B2"} & {*answer.codes}]
    back = [also.title for also in told.also if {"B1", "B2"} & {*also.codes}]
    assert in_full == [case["in full"]] * bool(case["in full"])
    assert back == [f"Evenings with a skipped run and with {kind}" for kind in case["in a line"].split(", ") if kind]


def test_what_stands_back_is_told_nowhere_else() -> None:
    """No news, no short passage and no other answer speaks of it."""
    told = build_summary(
        full_year(finding_feedback=FINDING_FEEDBACK.frame([feedback(code, "hidden") for code in ("A1", "B1", "B2")]))
    )
    assert told.answers == ()
    assert told.news is not None
    assert not any(name in line for line in told.news.lines for name in ("Evenings", "Runs much"))
    assert [passage.heading for passage in told.in_short] == ["What we don't know"]
    assert {also.state for also in told.also} == {"hidden by you"}


def test_what_was_seen_and_set_back_is_not_called_nothing() -> None:
    """Where all that was seen stands back, the page does not say that nothing stood out."""
    everything = full_year(
        finding_feedback=FINDING_FEEDBACK.frame([feedback(code, "hidden") for code in ("A1", "B1", "B2")])
    )
    home = replace(
        everything, findings=pl.concat([everything.findings, everything_seen().findings.filter(question="A6")])
    )
    assert "nothing stands out" not in as_text(build_summary(home)).lower()


def test_a_question_without_a_name_of_its_own_is_passed_over() -> None:
    """A journal may hold a word on C3, which is told within another answer; the page is written all the same."""
    home = everything_seen()
    c3 = FINDINGS.frame([finding("C3", "confounded", {})])
    told = build_summary(
        replace(
            home,
            findings=pl.concat([home.findings, c3]),
            finding_feedback=FINDING_FEEDBACK.frame([feedback("C3", "hidden")]),
        )
    )
    assert [also for also in told.also if "C3" in also.codes] == []


def test_a_note_stands_with_its_answer() -> None:
    """A note is shown under a heading of its own, as it was written, and never as markup."""
    told = build_summary(seen_otherwise())
    (noted,) = [answer for answer in told.answers if answer.codes == ("B1",)]
    assert noted.passages[-1].heading == "Your note"
    assert "“Ana, Berlin”" in noted.passages[-1].sentences[0]
    assert "&lt;Ana&gt;" in as_page(told)


def test_a_note_stands_with_a_question_in_a_line() -> None:
    """A question that is told in a line has its note behind it."""
    told = build_summary(
        replace(everything_seen(), finding_feedback=FINDING_FEEDBACK.frame([feedback("A7", "noted", "Ana, Berlin")]))
    )
    assert [also.codes for also in told.also if also.words.endswith("You noted: “Ana, Berlin”")] == [("A7",)]


def test_the_list_of_questions_tells_what_was_said() -> None:
    """Each question keeps its state in the list, with what the person says of it below."""
    home = seen_otherwise()
    told = findings_as_text(translator("en", "metric"), home.findings, home.finding_feedback, LAST)
    assert "you said that this isn't true for you" in " ".join(told.split())
    assert "You hid this on" in " ".join(told.split())
