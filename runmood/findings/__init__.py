"""Days and runs in, the answers to the registered questions out, one for every question and night.

    find(days, runs, run_moods) -> FINDINGS      every night, or the last ones
    sensitivity(days) -> SENSITIVITY     the last night's B1 and B2, asked otherwise
    why(days) -> {code: Why}             what stands behind them (`core.models`)

`days` is a frame of `columns.DAYS`, dense; `runs` of `columns.RUNS`, `run_moods` of `columns.RUN_MOODS`. A night's
answer uses nothing later than that night, so an answer once given stays what it was when more days follow. Without days
there are no answers.
"""

from __future__ import annotations

import polars as pl

from runmood.findings.base import EvaluationContext
from runmood.findings.multiplicity import SPELLS, apply_e_bh, rate_limit
from runmood.findings.questions.hard_stretch import hard_stretch, runs_felt_harder
from runmood.findings.questions.heavier_weeks import heavier_weeks
from runmood.findings.questions.lift import kinds_of_runs, other_things, runs_lift
from runmood.findings.questions.longer_run import much_longer_run
from runmood.findings.questions.missed_runs import missed_and_mood, run_days
from runmood.findings.questions.more_running import more_running
from runmood.findings.questions.only_running import only_running
from runmood.findings.questions.rest_days import days_without_runs, rests_became_runs
from runmood.findings.questions.running_hurt import running_while_hurt
from runmood.findings.questions.weekly_load import load_of_the_week
from runmood.schema.tables import FINDINGS, RUN_MOODS

ALONE = (
    much_longer_run, hard_stretch, runs_felt_harder, load_of_the_week, only_running, running_while_hurt,
    rests_became_runs, days_without_runs, kinds_of_runs, other_things, heavier_weeks,
)  # fmt: skip


def evaluate_all(
    days: pl.DataFrame,
    runs: pl.DataFrame,
    run_moods: pl.DataFrame | None = None,
    nights: int | None = None,
    earlier: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Every registered question, answered for every night from the first day to the last.

    Without `run_moods` no run has a mood before or after. With `nights` only so many of the last nights are answered;
    from when what is seen may stand on screen follows then from what was seen on the nights before, `earlier`: the
    `since` and `question` of their answers. A cohort needs no screen, and leaves it out.
    """
    if days.is_empty():
        return FINDINGS.empty()
    notes = EvaluationContext(
        days.sort("local_date"), runs, RUN_MOODS.empty() if run_moods is None else run_moods, nights
    )
    missed = missed_and_mood(notes.days)
    missed = missed.filter(pl.col("night") >= notes.nights[notes.asked][0])
    together = apply_e_bh([runs_lift(notes), more_running(notes)], notes)
    answers = pl.concat([*(ask(notes) for ask in ALONE), missed, run_days(missed), together]).sort("question", "night")
    if nights and earlier is None:
        return FINDINGS.check(answers)
    return FINDINGS.check(rate_limit(answers, SPELLS.to_frame() if earlier is None else earlier))
