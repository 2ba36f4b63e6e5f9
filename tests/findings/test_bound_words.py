"""No word outlives or borrows what it says: each clause stands on the figures of its own row."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
from findings.frames import asked, days_with, moods_on
from findings.life import life
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runmood.core.i18n import translator
from runmood.findings import evaluate_all
from runmood.findings.multiplicity import best_on_this_side
from runmood.findings.stats.evalues import GROWING

RUNS = list(range(0, 400, 2))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10_000))
def test_strength_never_outlives_tonights_evidence(seed: int) -> None:
    """In whatever life: good evidence is growing tonight, and below an e-value of 1 it has faded."""
    found = evaluate_all(*life(seed, 260)).drop_nulls("strength")
    for strength, e_value in found.filter(~pl.col("question").is_in(["C2", "C4"])).select("strength", "e_value").rows():
        assert (strength == "faded") is (e_value is None or e_value < 1)
        assert strength != "good" or e_value >= GROWING


def test_one_side_borrows_no_evidence_of_the_other() -> None:
    """Much evidence for higher says nothing for lower: the best so far is that of tonight's side."""
    log_e, effect = np.array([1.0, 5.0, -1.0, 0.5, -2.0]), np.array([0.2, 0.4, -0.1, -0.3, 0.1])
    assert best_on_this_side(log_e, effect).tolist() == [1.0, 5.0, -1.0, 0.5, 5.0]


def test_a_lift_that_turned_is_not_told_as_a_fall() -> None:
    """Runs that lifted mood and later lower it are not "lower after runs" on the evidence of the lift."""
    chance = np.random.default_rng(3)
    lift = np.concatenate([np.full(80, 1.0), np.full(120, -1.2)]) + chance.normal(0, 0.7, 200)
    days = days_with(400, mood_evening=5.0, mood_morning=5.0)
    answers = asked("C1", days, None, moods_on(RUNS, 5.0, (5 + lift).clip(0, 10).tolist()))
    for state, effect, best in answers.select("state", "effect", "e_value_best").rows():
        if state == "seen" and effect < 0:
            assert best >= 20
    first_below = next(row for row in answers.iter_rows(named=True) if row["effect"] is not None and row["effect"] < 0)
    assert first_below["state"] == "not_seen"


@pytest.mark.parametrize("language", ["en", "de"])
def test_absence_of_evidence_is_not_told_as_sameness(language: str) -> None:
    """What is not seen between missed days and rest is told as an estimate that is open, in both languages."""
    say = translator(language, "metric")
    told = say("questions.B1.beside_rest", than_rest="…", rest_days=20)
    assert "like" not in told
    assert "etwa wie" not in told
    assert "season" not in say("sure.evenings")


def test_the_word_for_several_things_holds_for_the_weakest() -> None:
    """A thing that is barely seen is not told with the strength of a clearer one beside it."""
    chance = np.random.default_rng(6)
    has = chance.random((260, 2)) < 0.5
    mood = (5 + 1.6 * has[:, 0] + 0.55 * has[:, 1] + chance.normal(0, 1, 260)).clip(0, 10)
    helped = [[name for name, on in zip(("hobby", "faith"), row, strict=True) if on] or ["nothing"] for row in has]
    answers = asked("C4", days_with(260, mood_evening=mood.tolist(), helped=helped, runs=1)).drop_nulls("strength")
    weakest = [
        min(thing["e_value"] for thing in json.loads(facts)["things"] if thing["seen"]) for facts in answers["facts"]
    ]
    assert [strength == "good" for strength in answers["strength"]] == [e_value >= 150 for e_value in weakest]
    assert {"some", "good"} <= set(answers["strength"])
