"""What stands behind an answer: asked otherwise, and the evidence itself."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from findings.drawn import days_of, invented

from runmood.findings.multiplicity import FAMILY
from runmood.findings.stats.evalues import GOOD
from runmood.findings.stats.missed_runs_evidence import collect_evidence, evaluate_missed_runs, sensitivity
from runmood.schema.tables import DAYS, SENSITIVITY

MORNINGS = "without the morning's mood"
SLEPT = "without days after poor sleep"
LOW = "without runs missed for low mood or feeling unwell"


def by_variant(days: pl.DataFrame, code: str = "B1") -> dict[str, dict[str, object]]:
    """The rows of one question."""
    return {row["variant"]: row for row in sensitivity(days).filter(question=code).iter_rows(named=True)}


def test_what_leaves_nothing_out_is_not_asked() -> None:
    """Without mornings, sleep and reasons there is nothing to ask otherwise."""
    assert sensitivity(invented(100, seed=1)).equals(SENSITIVITY.empty())
    assert sensitivity(DAYS.empty()).equals(SENSITIVITY.empty())


def test_both_questions_are_asked_otherwise_on_the_last_night() -> None:
    """With mornings, both are asked without them, as a diary without them would be."""
    days = invented(200, seed=2, dip=1.0, morning=0.9)
    found = by_variant(days)
    bare = evaluate_missed_runs(days.with_columns(mood_morning=pl.lit(None, pl.Float64()))).filter(question="B1")
    assert found.keys() == {MORNINGS}
    assert found[MORNINGS]["night"] == days["local_date"][-1]
    for number in ("e_value", "effect", "effect_least", "effect_most"):
        assert found[MORNINGS][number] == pytest.approx(bare[number][-1], rel=1e-9)


def test_a_dip_of_low_moods_vanishes_without_them() -> None:
    """Where only runs missed for low mood have low evenings, the difference is gone when those are left out."""
    days = invented(300, seed=3)
    missed = pl.col("day_kind") == "missed_run"
    often = missed & (pl.int_range(pl.len()) % 3 > 0)
    days = days.with_columns(
        skip_reason=pl.when(often).then(pl.lit("low mood")).when(missed).then(pl.lit("no time")),
        mood_evening=pl.when(often).then((pl.col("mood_evening") - 2).clip(0, 10)).otherwise("mood_evening"),
    )
    whole = evaluate_missed_runs(days).filter(question="B1")["effect"][-1]
    assert whole > 0.8
    assert by_variant(days)[LOW]["effect"] < whole / 3


def test_poor_sleep_is_the_persons_own_lowest_quarter() -> None:
    """Days after the quarter of nights that the person rated lowest are left out; unrated nights stay."""
    days = invented(200, seed=4).with_columns(sleep=pl.Series([float(n % 8) if n % 10 else None for n in range(200)]))
    rated = days.filter(pl.col("mood_evening").is_not_null())
    left = by_variant(days)[SLEPT]["days"]
    assert left == len(rated.filter((pl.col("sleep") > 1) | pl.col("sleep").is_null()))
    assert left < len(rated)


def test_too_few_days_left_have_no_numbers() -> None:
    """Where leaving out takes the days below what is needed, the row stands without numbers."""
    days = invented(80, seed=5).with_columns(
        skip_reason=pl.when(pl.col("day_kind") == "missed_run").then(pl.lit("unwell"))
    )
    row = by_variant(days)[LOW]
    assert row["days"] > 0
    assert (row["e_value"], row["effect"], row["effect_least"]) == (None, None, None)


def test_the_days_themselves_are_told_with_what_counted() -> None:
    """Every kept, missed and resting day is told, with its mood, and why it did not count where it did not."""
    days = days_of(
        "RM.u?R",
        [5.0, None, 6.0, 7.0, None, 8.0],
        excluded=[None, None, True, None, None, None],
        mood_evening_late=[None, None, None, None, None, True],
    )
    told = [(day.kind, day.mood, day.counted, day.reason) for day in collect_evidence(days)["B1"].days]
    assert told == [
        ("planned_run", 5.0, True, None),
        ("missed_run", None, False, "nothing said"),
        ("planned_rest", 6.0, False, "set apart"),
        ("planned_run", 8.0, False, "said late"),
    ]


def test_while_days_are_lacking_there_is_no_model() -> None:
    """Before there are enough days the evidence says what is lacking, and tells no terms."""
    evidence = collect_evidence(invented(30, seed=6))["B2"]
    assert evidence.terms == ()
    assert (evidence.e_value, evidence.scale, evidence.detectable) == (None, None, None)
    assert evidence.lacking["days"] == 12


@pytest.mark.parametrize("morning", [0.0, 0.9])
def test_the_models_terms_give_the_answer(morning: float) -> None:
    """The coefficient of missed days, less what lasts of their mornings, is the effect before it is drawn to zero."""
    days = invented(250, seed=7, dip=1.0, morning=morning)
    evidence, answer = (
        collect_evidence(days)["B1"],
        evaluate_missed_runs(days).filter(question="B1").row(-1, named=True),
    )
    terms = {term.name: term for term in evidence.terms}
    estimate = (answer["effect_least"] + answer["effect_most"]) / 2
    lasting = terms["missed_before"].effect * np.sqrt(evidence.memory) if morning else 0.0
    assert -terms["missed"].effect + lasting == pytest.approx(estimate, abs=0.05)
    assert evidence.e_value == pytest.approx(answer["e_value"])
    assert evidence.morning_used == bool(morning)
    assert 0 < evidence.noise_share < 1
    assert len([name for name in terms if name.endswith("day")]) == 7


def test_what_would_change_its_mind() -> None:
    """Unseen, what B1 asks is next, and what would probably have shown is named; seen, 30 is next."""
    unseen, seen = (collect_evidence(invented(200, seed=8, dip=dip))["B1"] for dip in (0.0, 2.0))
    assert (unseen.e_value_next, seen.e_value_next) == (FAMILY["B1"].enough, GOOD)
    assert unseen.e_value < FAMILY["B1"].enough < seen.e_value
    assert 0.2 < unseen.detectable / unseen.scale < 1.5


def test_without_days_there_is_nothing_to_tell() -> None:
    """No days, no evidence."""
    assert collect_evidence(DAYS.empty()) == {}
