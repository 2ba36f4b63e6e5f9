"""Since when evenings have been at another level."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from runmood.findings.stats.changes import FEWEST_EVENINGS, find_mood_change

FIRST = dt.date(2026, 5, 1)


def dated(moods: list[float]) -> tuple[list[dt.date], list[float]]:
    """The moods, each on a day of its own."""
    return [FIRST + dt.timedelta(days=number) for number in range(len(moods))], moods


def evenings(mean: float, count: int, seed: int) -> list[float]:
    """Rated evenings around a mean, with a standard deviation of a point."""
    drawn = random.Random(seed)  # noqa: S311 - an invented diary
    return [min(10.0, max(0.0, round(drawn.gauss(mean, 1.0)))) for _ in range(count)]


@pytest.mark.parametrize("seed", range(10))
def test_a_fall_is_dated_and_both_levels_are_named(seed: int) -> None:
    """A fall from 6.6 to 2 is found to the day, give or take one, with both means."""
    change = find_mood_change(*dated(evenings(6.6, 120, seed) + evenings(2.0, 30, seed + 100)))
    assert change
    assert abs((change.since - FIRST).days - 120) <= 1
    assert change.until < change.since
    assert change.before == pytest.approx(6.6, abs=0.5)
    assert change.now == pytest.approx(2.0, abs=0.7)
    assert change.rated_before + change.rated_since == 150


def test_steady_evenings_have_no_change() -> None:
    """Of 200 people whose evenings only go up and down, none is told of a change."""
    assert not any(find_mood_change(*dated(evenings(6, 84, seed))) for seed in range(200))


def test_a_slow_drift_of_a_point_is_no_change() -> None:
    """A difference of a point is left to the eye."""
    assert find_mood_change(*dated(evenings(6, 60, 1) + evenings(5.2, 60, 2))) is None


def test_few_evenings_say_nothing() -> None:
    """Below eight rated evenings on either side nothing is dated."""
    assert find_mood_change(*dated([7.0] * 40 + [1.0] * (FEWEST_EVENINGS - 1))) is None
    assert find_mood_change([], []) is None


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("counts", [(27, 42, 15), (14, 21, 49), (100, 40, 40)])
def test_a_return_does_not_hide_in_the_mean_of_a_fall(seed: int, counts: tuple[int, ...]) -> None:
    """A fall from 7 to 2.5 and a return to 6 are two changes, each dated give or take one evening; the return leads."""
    before, low, since = counts
    moods = evenings(7, before, seed) + evenings(2.5, low, seed + 100) + evenings(6, since, seed + 200)
    change = find_mood_change(*dated(moods))
    assert change
    assert change.earlier
    assert abs((change.since - FIRST).days - before - low) <= 1
    assert abs((change.earlier.since - FIRST).days - before) <= 1
    assert change.before == change.earlier.now == pytest.approx(2.5, abs=0.6)
    assert change.now == pytest.approx(6, abs=0.8)
    assert change.earlier.before == pytest.approx(7, abs=0.8)
    assert change.earlier.rated_before + change.rated_before + change.rated_since == sum(counts)


def test_a_bad_week_is_no_level_of_its_own() -> None:
    """Ten low evenings in a good time are told neither as a fall nor as a return."""
    assert find_mood_change(*dated([7.0] * 40 + [2.0] * 10 + [7.0] * 34)) is None


def test_a_long_fall_is_one_change() -> None:
    """From 7 by 5 to 2.5 is one fall: its before is not the half-way level, which would make it look small."""
    change = find_mood_change(*dated(evenings(7, 40, 1) + evenings(5, 20, 2) + evenings(2.5, 40, 3)))
    assert change
    assert change.earlier is None
    assert change.before > 5.8
