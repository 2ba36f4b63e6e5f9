"""`evaluate_all`: every question every night, nothing later known, nothing too odd."""

from __future__ import annotations

import json
import math

import polars as pl
import pytest
from findings.frames import days_with, moods_on, runs_on
from findings.life import SCORES, life
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runmood.findings import QUESTIONS, evaluate_all
from runmood.findings.question import OF_EVERY_QUESTION
from runmood.schema.tables import DAYS, FINDINGS, RUN_MOODS, RUNS


def exactly(answers: pl.DataFrame) -> list[dict[str, object]]:
    """Rows whose numbers are rounded, facts unpacked: what a reader would see."""
    told = answers.with_columns(pl.col(pl.Float64).round_sig_figs(6))
    return [row | {"facts": json.loads(row["facts"])} for row in told.iter_rows(named=True)]


def test_every_question_has_every_night() -> None:
    """There is one row a question and night, and every registered question is answered."""
    found = FINDINGS.check(evaluate_all(*life(1, 30)))
    nights = life(1, 30)[0]["local_date"].to_list()
    codes = sorted(question.code for question in QUESTIONS)
    assert found.select("question", "night").rows() == [(code, night) for code in codes for night in nights]


def test_every_fact_is_registered() -> None:
    """No answer holds a fact that its question does not name."""
    named = {question.code: question.spec.facts.keys() | OF_EVERY_QUESTION.keys() for question in QUESTIONS}
    for seed in range(3):
        for question, facts in evaluate_all(*life(seed, 200)).select("question", "facts").iter_rows():
            assert json.loads(facts).keys() <= named[question], question


@pytest.mark.parametrize("seed", range(3))
def test_context_and_rules_carry_no_evidence(seed: int) -> None:
    """A rule or context has no e-value, no strength and no effect; only what is tested has."""
    untested = [question.code for question in QUESTIONS if question.spec.kind != "tested"]
    rows = evaluate_all(*life(seed, 250)).filter(pl.col("question").is_in(untested))
    assert rows.select("strength", "growing", "e_value", "e_value_best", "effect").null_count().sum_horizontal()[0] == (
        5 * len(rows)
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10_000), nights=st.integers(1, 260), said=st.sampled_from([0.3, 0.7, 1.0]))
def test_later_days_change_no_earlier_answer(seed: int, nights: int, said: float) -> None:
    """What was answered by a night stays what it was when more days, runs and moods follow: for every question."""
    days, runs, moods = life(seed, 260, said)
    until = days["local_date"][nights - 1]
    cut = [frame.filter(pl.col("local_date") <= until) for frame in (days, runs, moods)]
    whole = evaluate_all(days, runs, moods).filter(pl.col("night") <= until)
    assert exactly(evaluate_all(*cut)) == exactly(whole)


@pytest.mark.parametrize("column", ["tags", "helped"])
def test_a_word_that_is_new_changes_no_earlier_answer(column: str) -> None:
    """A night and a rebuild have the same rows to the last digit, though one more word makes sums of another shape."""
    days, runs, moods = life(2, 240)
    last = pl.col("local_date") == days["local_date"][-1]
    word = pl.concat_list(pl.col(column).fill_null([]), pl.lit("aardvark"))
    newer = days.with_columns(pl.when(last).then(word).otherwise(pl.col(column)).alias(column))
    before, after = (
        evaluate_all(each, runs, moods).filter(~pl.col("night").is_in([days["local_date"][-1]]))
        for each in (days, newer)
    )
    assert before.equals(after)


@pytest.mark.parametrize("nights", [1, 7])
def test_the_last_nights_alone_are_answered_alike(nights: int) -> None:
    """For a cohort only the last nights are answered, with the same answers, but for the pace on screen."""
    frames = life(5, 200)
    since = frames[0]["local_date"][-nights]
    whole = exactly(evaluate_all(*frames).filter(pl.col("night") >= since))
    for row in whole:
        row["facts"].pop("shown_from", None)
    assert exactly(evaluate_all(*frames, nights=nights)) == whole


@pytest.mark.parametrize("nights", [1, 40, 120])
def test_the_last_nights_go_on_from_those_before(nights: int) -> None:
    """With what was seen before them the last nights are answered as all nights are, to when they stand on screen."""
    frames = life(5, 200)
    whole = evaluate_all(*frames)
    first = frames[0]["local_date"][-nights]
    earlier = whole.filter(pl.col("night") < first).select("since", "question").unique()
    assert exactly(evaluate_all(*frames, nights=nights, earlier=earlier)) == exactly(
        whole.filter(pl.col("night") >= first)
    )


ODD = {
    "one day": lambda: (days_with(1), RUNS.empty(), RUN_MOODS.empty()),
    "all unknown": lambda: (days_with(200, day_kind="unknown"), RUNS.empty(), RUN_MOODS.empty()),
    "no mood": lambda: (days_with(200, runs=1, moving_s=1800.0, load=150.0), runs_on(range(200)), RUN_MOODS.empty()),
    "always the same": lambda: (
        days_with(200, **dict.fromkeys(SCORES, 5.0), runs=1, moving_s=1800.0, load=150.0, helped=[["rest"]] * 200),
        runs_on(range(200), effort=5.0, tags=[["easy"]] * 200),
        moods_on(range(200), 5.0, 5.0, tags=[["easy"]] * 200),
    ),
    "never ran": lambda: (
        days_with(200, **dict.fromkeys(SCORES, 0.0), runs=0, moving_s=0.0, load=0.0),
        RUNS.empty(),
        None,
    ),
    "runs outside": lambda: (days_with(30, runs=0), runs_on([-50, 99], effort=4.0), moods_on([-50, 99], 5.0, 6.0)),
    "all set apart": lambda: (
        days_with(60, excluded=True, mood_evening=3.0),
        RUNS.empty(),
        moods_on(range(60), 5.0, 6.0),
    ),
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_diaries_are_answered(odd: str) -> None:
    """Whatever a diary holds or lacks, every number is finite or absent."""
    found = evaluate_all(*ODD[odd]())
    for column in found.select(pl.col(pl.Float64)):
        assert column.drop_nulls().is_finite().all(), column.name
    for facts in found["facts"]:
        assert all(math.isfinite(value) for value in json.loads(facts).values() if isinstance(value, float))


def test_no_days_no_answers() -> None:
    """Without days there are no answers."""
    assert evaluate_all(DAYS.empty(), RUNS.empty(), RUN_MOODS.empty()).equals(FINDINGS.empty())


def test_ten_years_are_answered() -> None:
    """Ten years of everything are answered, one row a question and night."""
    found = evaluate_all(*life(2, 3650))
    assert len(found) == len(QUESTIONS) * 3650
