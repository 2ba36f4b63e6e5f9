"""All questions: every module of `runmood.findings.questions` is one, and nothing else lists them."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from runmood.findings import questions
from runmood.findings.question import Family, Question


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
PAGE_ORDER = sorted(QUESTIONS, key=lambda each: (list(Family).index(each.spec.family), each.spec.place))
"""The questions in the order in which a page tells of them."""
