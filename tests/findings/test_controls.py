"""Negative controls: where nothing can be, hardly anything is found; what is planted is found. Seeds are fixed.

Bounds are those of a binomial whose chance is what an e-value of 10 promises at most, one in ten, passed once in ten
thousand such tests; `benchmarks/calibration.py` measures the rates themselves.
"""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from findings.drawn import days_of, invented
from scipy import stats

from runmood.findings.stats.missed_runs_evidence import evaluate_missed_runs

NIGHTS, PEOPLE = 182, 60
AT_MOST = int(stats.binom.isf(1e-4, PEOPLE, 0.1))
DIP = 1.0


def seen(people: list[pl.DataFrame], code: str = "B1") -> int:
    """In how many a question was seen by their last night."""
    states = [evaluate_missed_runs(days).filter(question=code)["state"][-1] for days in people]
    return states.count("seen")


def people(dip: float, **changes: float) -> list[pl.DataFrame]:
    """People who miss a quarter of their runs."""
    return [invented(NIGHTS, seed, dip, **changes) for seed in range(PEOPLE)]


@pytest.fixture(scope="module")
def with_a_dip() -> list[pl.DataFrame]:
    """People whose missed days are lower by one point, which is 1.1 standard deviations."""
    return people(DIP)


def test_without_a_link_hardly_anybody_reads_of_one() -> None:
    """Of 60 people without any link, looked at on each of 182 nights, no more read of one than the promise allows."""
    nobody = people(0.0)
    assert seen(nobody) <= AT_MOST
    assert seen(nobody, "B2") <= AT_MOST


def test_a_dip_is_found_in_most(with_a_dip: list[pl.DataFrame]) -> None:
    """Of 60 people with a large dip at least 48 read of it, and half of missed days being below rest days too."""
    assert seen(with_a_dip) >= 48
    assert seen(with_a_dip, "B2") >= 30


def test_a_lift_is_not_taken_for_a_dip(with_a_dip: list[pl.DataFrame]) -> None:
    """Where rest days are as low as missed ones, it is the run that lifts: B1 is seen in most, B2 in hardly anybody."""
    rest = pl.col("day_kind") == "planned_rest"
    lower = pl.when(rest).then((pl.col("mood_evening") - DIP).clip(0, 10)).otherwise("mood_evening")
    lifted = [days.with_columns(mood_evening=lower) for days in with_a_dip]
    assert seen(lifted) >= 48
    assert seen(lifted, "B2") <= AT_MOST


def test_shuffled_weeks_of_mood_show_nothing(with_a_dip: list[pl.DataFrame]) -> None:
    """The same weeks of mood in another order, each day on its weekday, show no more than the promise allows."""
    shuffled = []
    for seed, days in enumerate(with_a_dip):
        order = np.random.default_rng(seed).permutation(NIGHTS // 7)
        rows = (order[:, np.newaxis] * 7 + np.arange(7)).ravel()
        shuffled.append(days.with_columns(mood_evening=days["mood_evening"][rows]))
    assert seen(shuffled) <= AT_MOST


def test_the_mood_of_somebody_else_shows_nothing(with_a_dip: list[pl.DataFrame]) -> None:
    """With the moods of another person, who missed other days, no more is seen than the promise allows."""
    swapped = [
        days.with_columns(mood_evening=other["mood_evening"])
        for days, other in zip(with_a_dip, with_a_dip[1:] + with_a_dip[:1], strict=True)
    ]
    assert seen(swapped) <= AT_MOST


def test_tomorrows_run_is_no_cause_of_todays_mood(with_a_dip: list[pl.DataFrame]) -> None:
    """Today's mood beside what happens tomorrow shows no more than the promise allows."""
    kinds = pl.col("day_kind").shift(-1, fill_value="unknown")
    assert seen([days.with_columns(day_kind=kinds) for days in with_a_dip]) <= AT_MOST


def test_tomorrows_run_after_todays_low_mood_is_weaker_with_the_mornings() -> None:
    """Who skips tomorrow's run because of a mood that was low already this morning shows less of it with mornings."""
    effects: dict[bool, list[float]] = {False: [], True: []}
    for seed in range(20):
        chance = np.random.default_rng(seed)
        state, low, kinds, mornings, evenings = 0.0, 0.0, [], [], []
        for _ in range(NIGHTS):
            planned = chance.random() < 4 / 7
            missed = planned and chance.random() < 1 / (1 + np.exp(1 + 2 * low))
            kinds.append("M" if missed else "R" if planned else ".")
            state = 0.6 * state + 0.7 * chance.normal()
            low = state
            mornings.append(float(np.clip(6 + state + 0.3 * chance.normal(), 0, 10)))
            evenings.append(float(np.clip(6 + state + 0.6 * chance.normal(), 0, 10)))
        tomorrow = "".join([*kinds[1:], "?"])
        for used, found in effects.items():
            columns = {"mood_morning": mornings} if used else {}
            answers = evaluate_missed_runs(days_of(tomorrow, evenings, **columns)).filter(question="B1")
            found.append(float(answers["effect"][-1]))
    assert np.mean(effects[False]) > 0.3
    assert np.mean(effects[True]) < np.mean(effects[False]) / 2
