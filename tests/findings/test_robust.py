"""Whatever a diary holds, the door answers with finite numbers."""

from __future__ import annotations

import json
import math

import numpy as np
import polars as pl
import pytest
from findings.drawn import KINDS, days_of, invented
from hypothesis import given, settings
from hypothesis import strategies as st

from runmood.findings import QUESTIONS, evaluate_all
from runmood.schema.tables import RUNS


def answered(days: pl.DataFrame) -> pl.DataFrame:
    """The answers, after a look at every number: absent or finite."""
    found = evaluate_all(days, RUNS.empty())
    for column in found.select(pl.col(pl.Float64)):
        assert column.drop_nulls().is_finite().all(), column.name
    return found


def last(days: pl.DataFrame, code: str) -> dict[str, object]:
    """The last night's answer."""
    return answered(days).filter(question=code).row(-1, named=True)


@pytest.mark.parametrize("mood", [0.0, 5.0, 10.0])
def test_constant_moods_show_nothing(mood: float) -> None:
    """Someone who always says the same has no difference between days."""
    days = invented(200, seed=1).with_columns(mood_evening=pl.when(pl.col("mood_evening").is_not_null()).then(mood))
    answer = last(days, "B1")
    assert answer["state"] == "not_seen"
    assert answer["effect"] == pytest.approx(0, abs=1e-4)


def test_nothing_said_is_not_enough() -> None:
    """A diary without a single mood has not enough evidence."""
    assert last(days_of("RM.RR.." * 20), "B2")["state"] == "not_enough_evidence"


def test_one_mood_is_not_enough() -> None:
    """Nor has one with a single mood."""
    assert last(days_of("RM.RR.." * 20, [None] * 99 + [4.0] + [None] * 40), "B1")["state"] == "not_enough_evidence"


def test_a_weekday_never_rated_does_no_harm() -> None:
    """A weekday that is never rated changes nothing for the other days."""
    days = invented(300, seed=2, dip=2.0)
    without = days.with_columns(mood_evening=pl.when(pl.col("weekday") != 3).then("mood_evening"))
    assert last(without, "B1")["state"] == "seen"


def test_missed_on_one_weekday_only_is_not_mistaken() -> None:
    """Where every Monday run is missed and no other, a missed run cannot be told from a Monday."""
    moods = np.random.default_rng(3).normal(6, 1, 280) - np.tile([3, 0, 0, 0, 0, 0, 0], 40)
    answer = last(days_of("MR.RR.R" * 40, np.clip(moods, 0, 10).tolist()), "B1")
    assert answer["state"] == "confounded"
    assert json.loads(answer["facts"])["missed_beside_runs"] == 0


def test_a_perfect_pattern_is_finite() -> None:
    """Moods that follow the days without any noise are seen, with finite numbers."""
    kinds = "".join(np.random.default_rng(4).choice(list("RRM.."), 400))
    answer = last(days_of(kinds, [{"R": 7.0, "M": 4.0, ".": 7.0}[kind] for kind in kinds]), "B2")
    assert (answer["state"], answer["effect"]) == ("seen", pytest.approx(3, abs=0.1))


def test_five_steps_are_enough() -> None:
    """A scale of five steps finds a large dip too."""
    days = invented(300, seed=5, dip=2.5)
    assert last(days.with_columns(mood_evening=(pl.col("mood_evening") / 2.5).round() * 2.5), "B1")["state"] == "seen"


def test_ten_years_are_answered() -> None:
    """Ten years of days are answered, and a dip is not lost in them."""
    answer = last(invented(3650, seed=6, dip=0.7), "B1")
    assert answer["state"] == "seen"
    assert 0 < answer["effect_least"] < 0.7 < answer["effect_most"] < 1.2


def test_a_long_pause_is_only_a_pause() -> None:
    """A year without a word between two halves does no harm."""
    days = invented(600, seed=7, dip=2.0)
    quiet = pl.when(pl.int_range(pl.len()).is_between(120, 480)).then(None).otherwise("mood_evening")
    assert last(days.with_columns(mood_evening=quiet), "B1")["state"] == "seen"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_diary_is_answered(data: st.DataObject) -> None:
    """Any kinds of days with any moods give finite answers; seen comes with all that belongs to it."""
    week = data.draw(st.text(alphabet=list(KINDS), min_size=1, max_size=20))
    nights = data.draw(st.integers(1, 150))
    mood = st.none() | st.integers(0, 10) | st.floats(0, 10, allow_subnormal=False)
    evening, morning = (data.draw(st.lists(mood, min_size=1, max_size=30)) for _ in "ab")
    days = days_of(
        (week * nights)[:nights],
        [evening[night % len(evening)] for night in range(nights)],
        mood_morning=[morning[night % len(morning)] for night in range(nights)],
    )
    found = answered(days)
    assert len(found) == len(QUESTIONS) * nights
    for row in found.filter(pl.col("question").is_in(["B1", "B2"]), state="seen").iter_rows(named=True):
        assert None not in (row["strength"], row["since"], row["growing"], row["e_value_best"])
        assert row["e_value_best"] >= 10
        assert math.isfinite(row["effect"])
