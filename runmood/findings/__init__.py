"""Days and runs in, the answers to the registered questions out, one for every question and night.

    evaluate_all(days, runs, run_moods) -> FINDINGS      every night, or the last ones

`days` is a frame of `schema.tables.DAYS`, dense; `runs` of `RUNS`, `run_moods` of `RUN_MOODS`. A night's answer uses
nothing later than that night, so an answer once given stays what it was when more days follow. Without days there are
no answers. Every module of `runmood.findings.questions` is a question, and nothing else lists them.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

import polars as pl

from runmood.findings import questions
from runmood.findings.evaluation import EvaluationContext
from runmood.findings.multiplicity import SPELLS, TestedHypothesis, apply_e_bh, rate_limit
from runmood.findings.question import Question, QuestionGroup
from runmood.schema.tables import FINDINGS, RUN_MOODS


def load_questions() -> tuple[Question, ...]:
    """Load the questions.

    Returns:
        The questions in the order of their codes.

    Raises:
        TypeError: a module has no `QUESTION`, or two have the same code.
    """
    found: dict[str, Question] = {}
    for module in pkgutil.iter_modules(questions.__path__):
        name = f"{questions.__name__}.{module.name}"
        question = getattr(import_module(name), "QUESTION", None)
        if not isinstance(question, Question) or question.code in found:
            raise TypeError(f"{name} has no QUESTION with a code of its own")
        found[question.code] = question
    return tuple(found[code] for code in sorted(found))


QUESTIONS = load_questions()
BY_CODE = {question.code: question for question in QUESTIONS}
FIGURES = 9  # significant ones: further ones follow from how a sum is taken, which a word that is new tonight changes
PAGE_ORDER = sorted(QUESTIONS, key=lambda each: (list(QuestionGroup).index(each.spec.group), each.spec.place))
"""The questions in the order in which a page tells of them."""


def evaluate_all(
    days: pl.DataFrame,
    runs: pl.DataFrame,
    run_moods: pl.DataFrame | None = None,
    nights: int | None = None,
    earlier: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Evaluate every registered question for every night from the first day to the last.

    Args:
        days: a frame of DAYS, one row a day without gaps.
        runs: a frame of RUNS.
        run_moods: a frame of RUN_MOODS; without it no run has a mood before or after.
        nights: how many of the last nights are answered; all where it is null.
        earlier: `since` and `question` of the answers of the nights before those, from which follows when what is seen
            may stand on screen. Who needs no screen leaves it out.

    Returns:
        Rows of FINDINGS, one a question and night; none without days.
    """
    if days.is_empty():
        return FINDINGS.empty()
    context = EvaluationContext(
        days.sort("local_date"), runs, RUN_MOODS.empty() if run_moods is None else run_moods, nights
    )
    rows: list[pl.DataFrame] = []
    tested: list[TestedHypothesis] = []
    for question in QUESTIONS:
        answers = question.evaluate(context)
        if isinstance(answers, TestedHypothesis):
            tested.append(answers)
        else:
            rows.append(answers)
    if tested:
        rows.append(apply_e_bh(tested, context))
    findings = pl.concat(rows).with_columns(pl.col(pl.Float64).round_sig_figs(FIGURES)).sort("question", "night")
    if nights and earlier is None:
        return FINDINGS.check(findings)
    specifications = [question.spec for question in QUESTIONS]
    return FINDINGS.check(rate_limit(findings, SPELLS.to_frame() if earlier is None else earlier, specifications))
