"""What silence, a night's sleep and an unrecorded cause could have made of a difference."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
from findings.drawn import invented
from scipy import stats

from runmood.findings.stats.missed_runs import (
    bound_by_silence,
    collect_missed_run_data,
    needed_common_cause,
    regression_of,
)
from runmood.findings.stats.missed_runs_evidence import evaluate_missed_runs


def test_kinds_rated_alike_are_moved_by_nothing() -> None:
    """Where shares differ by no more than chance, silence takes nothing; where nothing is known, nothing either."""
    rated, days = (np.array([0, 8, 80]), np.array([0, 70, 76])), (np.array([0, 10, 100]), np.array([0, 100, 100]))
    assert bound_by_silence(rated, days).tolist() == [0.0, 0.0, 0.0]


def test_the_bound_is_the_mean_without_its_best_part() -> None:
    """The shift is how far the mean of a normal spread sinks when its best part is cut off (Lee 2009)."""
    rated, days = (np.array([520_000]), np.array([780_000])), (np.array([1_000_000]), np.array([1_000_000]))
    moods = np.sort(stats.norm.ppf((np.arange(100_000) + 0.5) / 100_000))
    kept = moods[: round(100_000 * 0.52 / 0.78)]
    assert bound_by_silence(rated, days)[0] == pytest.approx(-kept.mean(), abs=0.01)
    assert bound_by_silence(rated[::-1], days)[0] == bound_by_silence(rated, days)[0]


def test_the_needed_cause_is_that_of_vanderweele_and_ding() -> None:
    """A ratio of chances of 2 needs a cause of 3.41 (their table); no difference needs none that is told."""
    told = needed_common_cause(np.array([np.log(2) / 0.91, 0.0, -0.4, np.nan]))
    assert told[0] == pytest.approx(3.41, abs=0.005)
    assert np.isnan(told[1:]).all()


def test_silence_costs_evidence_and_widens_the_range() -> None:
    """Of two diaries that differ in silent missed days alone, the more silent one has the lower end further down."""
    days = invented(300, seed=2, dip=1.5, said=1.0)
    silent = (pl.col("day_kind") == "missed_run") & (pl.col("local_date").dt.ordinal_day() % 4 == 0)
    fewer = days.with_columns(mood_evening=pl.when(~silent).then("mood_evening"))
    last = [evaluate_missed_runs(each).filter(question="B1").row(-1, named=True) for each in (days, fewer)]
    told = [json.loads(row["facts"]) for row in last]
    assert "silence" not in told[0]
    assert told[1]["silence"] > 0.1
    below = [row["estimate"] - row["effect_least"] - (row["effect_most"] - row["estimate"]) for row in last]
    assert below == pytest.approx([0.0, told[1]["silence"]], abs=0.006)


def slept(seed: int, share: float) -> pl.DataFrame:
    """A diary in which poor nights lower the mood, and are rated on a share of days."""
    chance = np.random.default_rng(seed)
    days = invented(240, seed, said=1.0)
    sleep = chance.normal(6, 2, 240).clip(0, 10)
    mood = (days["mood_evening"].to_numpy() + 0.8 * (sleep - 6) / 2).clip(0, 10)
    said = np.where(chance.random(240) < share, sleep, np.nan)
    return days.with_columns(mood_evening=pl.Series(mood), sleep=pl.Series(said).fill_nan(None))


def test_sleep_is_held_equal_where_it_is_rated() -> None:
    """Where eight in ten days rate the night it is a term of the model; where three in ten do, it is not."""
    days = slept(3, 0.8)
    assert json.loads(evaluate_missed_runs(days)["facts"][-1])["sleep_used"] is True
    assert json.loads(evaluate_missed_runs(slept(3, 0.3))["facts"][-1])["sleep_used"] is False
    data = collect_missed_run_data(days)
    regression = regression_of(data, mornings=False, sleep=True)
    last = np.arange(240) == 239
    fits = regression.fitted(last, np.eye(len(regression.names)))
    assert fits.estimate[regression.by_night[-1], regression.names.index("sleep")] == pytest.approx(0.8, abs=0.25)


def test_hours_that_a_device_recorded_stand_where_nobody_rated() -> None:
    """Hours asleep are held equal as a rated sleep is, in own spread; where a night is rated, that counts."""
    rated = slept(3, 0.8)
    in_hours = (pl.col("sleep") - 6) / 2 * 1.3 + 7
    by_device = rated.with_columns(sleep_h=in_hours, sleep=pl.lit(None, dtype=pl.Float64))
    data = collect_missed_run_data(by_device)
    assert json.loads(evaluate_missed_runs(by_device)["facts"][-1])["sleep_used"] is True
    regression = regression_of(data, mornings=False, sleep=True)
    fits = regression.fitted(np.arange(240) == 239, np.eye(len(regression.names)))
    assert fits.estimate[regression.by_night[-1], regression.names.index("sleep")] == pytest.approx(0.8, abs=0.25)
    both = rated.with_columns(sleep_h=pl.lit(3.0))
    assert evaluate_missed_runs(both.filter(pl.col("sleep").is_not_null())).equals(
        evaluate_missed_runs(rated.filter(pl.col("sleep").is_not_null()))
    )


def test_a_seen_difference_tells_what_would_undo_it() -> None:
    """Where B1 is seen, the facts hold how strong an unrecorded common cause would have to be; else they do not."""
    seen = json.loads(evaluate_missed_runs(invented(300, seed=1, dip=2.0)).filter(question="B1")["facts"][-1])
    assert seen["common_cause"] > 2
    assert "common_cause" not in json.loads(evaluate_missed_runs(invented(120, seed=1))["facts"][-1])
