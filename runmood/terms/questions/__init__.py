"""The registered questions, in the order in which they are listed.

`docs/findings.md` is printed from here; the rules are carried out in `patterns/`, the words are in `summary/`.
"""

from runmood.terms.questions.coping import (
    DAYS_WITHOUT_RUNS,
    MORE_RUNNING,
    ONLY_RUNNING,
    RESTS_BECAME_RUNS,
    RUNNING_WHILE_HURT,
)
from runmood.terms.questions.lifting import KINDS_OF_RUNS, OTHER_THINGS, RUN_DAYS, RUNS_LIFT
from runmood.terms.questions.missing import MISSED_AND_MOOD, MISSED_IS_NOT_REST
from runmood.terms.questions.question import Question
from runmood.terms.questions.support import HEAVIER_WEEKS
from runmood.terms.questions.training import HARD_STRETCH, LOAD_OF_THE_WEEK, MUCH_LONGER_RUN, RUNS_FELT_HARDER

__all__ = [
    "DAYS_WITHOUT_RUNS", "HARD_STRETCH", "HEAVIER_WEEKS", "KINDS_OF_RUNS", "LOAD_OF_THE_WEEK", "MISSED_AND_MOOD",
    "MISSED_IS_NOT_REST", "MORE_RUNNING", "MUCH_LONGER_RUN", "ONLY_RUNNING", "OTHER_THINGS", "QUESTIONS",
    "RESTS_BECAME_RUNS", "RUNNING_WHILE_HURT", "RUNS_FELT_HARDER", "RUNS_LIFT", "RUN_DAYS", "Question",
]  # fmt: skip

QUESTIONS = (
    MUCH_LONGER_RUN, HARD_STRETCH, RUNS_FELT_HARDER, LOAD_OF_THE_WEEK, MISSED_AND_MOOD, MISSED_IS_NOT_REST,
    ONLY_RUNNING, RUNNING_WHILE_HURT, MORE_RUNNING, RESTS_BECAME_RUNS, DAYS_WITHOUT_RUNS, RUNS_LIFT, KINDS_OF_RUNS,
    RUN_DAYS, OTHER_THINGS, HEAVIER_WEEKS,
)  # fmt: skip
