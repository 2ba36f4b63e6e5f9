"""What holds of every question, since every module of `findings/questions` is one."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl
import pytest
from findings.test_evaluate_all import life
from scipy import stats

from runmood.core.catalogue import languages
from runmood.core.enums import EvidenceStrength, FindingState
from runmood.core.i18n import translator
from runmood.findings import PAGE_ORDER, QUESTIONS, evaluate_all
from runmood.findings.answers import FindingRow, read_findings
from runmood.schema.tables import DAYS, RUNS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from runmood.core.i18n import Translator
    from runmood.findings.question import Question
    from runmood.findings.stats.pooling import PooledEffect

LENGTH, PEOPLE = 180, 24
AT_MOST = int(stats.binom.isf(1e-4, PEOPLE, 0.05))
TESTED = [question for question in QUESTIONS if question.spec.kind == "tested"]


@dataclass(frozen=True)
class Page:
    """A page to word an answer for, on paper at home or shared with everything ticked."""

    say: Translator
    days: pl.DataFrame
    runs: pl.DataFrame
    as_of: dt.date
    pooled: Mapping[str, PooledEffect] = field(default_factory=dict)

    def near(self, day: dt.date) -> str:
        """Return the day."""
        return self.say.date_near(day, self.as_of)

    def ticked(self, what: str) -> bool:
        """Return that it is ticked."""
        return bool(what)

    def name(self, kind: str, word: str, otherwise: str) -> str:
        """Return the word as the language has it."""
        return self.say.choice(kind, word) or otherwise


@pytest.fixture(scope="module")
def people() -> list[pl.DataFrame]:
    """The findings of people who do, feel and note everything at random."""
    return [evaluate_all(*life(seed, LENGTH)) for seed in range(PEOPLE)]


def answered(people: list[pl.DataFrame], question: Question) -> FindingRow:
    """Return an answer of a question for which nothing was lacking, with as many facts as any."""
    rows = read_findings(pl.concat(people).filter(question=question.code))
    complete = [row for row in rows if "lacking" not in row.facts]
    return max(complete, key=lambda row: (len(row.facts), row.night))


def in_state(row: FindingRow, state: str) -> FindingRow:
    """Return the answer as it would stand in another state, with the facts and figures of that state."""
    seen, facts = state == "seen", dict(row.facts)
    if state == FindingState.NOT_ENOUGH_EVIDENCE:
        facts["lacking"] = {}
    if "things" in facts:
        facts["things"] = [thing | {"seen": seen} for thing in facts["things"]]
    effect = {"effect": 0.6, "effect_least": 0.1, "effect_most": 1.1, "e_value_best": 40.0} if seen else {}
    sure = {"strength": EvidenceStrength.GOOD, "since": row.night, "growing": True} if seen else {}
    return replace(row, state=state, facts=facts, **effect, **sure)


def sentences(question: Question, row: FindingRow, page: Page) -> list[str]:
    """Return everything that is said of one answer, in full or in a line, and on a shared page where it is seen."""
    view, line = question.view([row], page), question.line(row, page.say)
    told = [view.title, *(words for part in view.passages for words in part.sentences)] if view else []
    told += [line.title, line.words] if line else []
    if row.seen or question.spec.kind == "context":
        told += [question.share(row, page), question.explain_otherwise(page.say, row)]
    return told


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.code)
def test_every_state_has_words(question: Question, language: str, people: list[pl.DataFrame]) -> None:
    """Each state of each question is put into words in every language, and no brace or null is left in them."""
    row = answered(people, question)
    page = Page(translator(language, "metric"), DAYS.empty(), RUNS.empty(), row.night)
    own = translator(language, "metric").words
    assert {f"questions.{question.code}.{name}" for name in ("called", "asks")} - own.keys() <= (
        {f"questions.{question.code}.called"} if question.spec.part_of else set()
    )
    states = ["seen", FindingState.NOT_SEEN, FindingState.NOT_ENOUGH_EVIDENCE]
    for state in states if question.spec.kind != "context" else [FindingState.NOT_SEEN]:
        told = sentences(question, in_state(row, state), page)
        assert told or question.spec.part_of
        assert not re.search(r"[{}]|\bNone\b|\bnan\b", " ".join(told)), told


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.code)
def test_everything_lacking_and_confounded_has_words(
    question: Question, language: str, people: list[pl.DataFrame]
) -> None:
    """Whatever a question was found to lack, and whatever forbade an answer, is said in every language."""
    rows = read_findings(pl.concat(people).filter(question=question.code))
    lacking = [row for row in rows if row.facts.get("lacking")]
    confounded = [row for row in rows if row.state == FindingState.CONFOUNDED]
    for row in [*{json.dumps(sorted(each.facts["lacking"])): each for each in lacking}.values(), *confounded[:1]]:
        page = Page(translator(language, "metric"), DAYS.empty(), RUNS.empty(), row.night)
        told = sentences(question, row, page)
        assert told or question.spec.part_of
        assert not re.search(r"[{}]|\bNone\b", " ".join(told)), told


@pytest.mark.parametrize("question", TESTED, ids=lambda question: question.code)
def test_where_there_is_nothing_hardly_anybody_reads_of_it(question: Question, people: list[pl.DataFrame]) -> None:
    """Of people whose moods have nothing to do with what they do, no more than 5 % read otherwise, but for chance."""
    seen = [findings.filter(question=question.code)["state"][-1] == "seen" for findings in people]
    assert sum(seen) <= AT_MOST


def test_each_has_a_place_of_its_own_on_the_page() -> None:
    """Two questions of a family never claim the same place, so that a page has one order."""
    places = [(question.spec.group, question.spec.place) for question in PAGE_ORDER]
    assert len(set(places)) == len(places)


def test_what_is_told_within_another_question_names_one_that_there_is() -> None:
    """The question in whose answer another is told is a question itself, with an answer of its own."""
    whole = {question.code for question in QUESTIONS if question.spec.part_of is None}
    assert {question.spec.part_of for question in QUESTIONS} - {None} <= whole
