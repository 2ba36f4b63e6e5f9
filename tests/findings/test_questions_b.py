"""B3, B5, B6, B7 and B8 on diaries that a reader checks by eye."""

from __future__ import annotations

import numpy as np
import pytest
from findings.frames import asked, days_with, facts, moods_on, runs_on, states

LOW_EVERY_FOURTH = [2.0, 7.0, 6.0, 8.0]


def low_days(length: int, helped_on_low: list[str], helped_else: list[str] | None = None) -> dict[str, object]:
    """Every fourth day is low; what helped on it and on the others."""
    helped = [helped_on_low if number % 4 == 0 else helped_else for number in range(length)]
    return {"mood_evening": (LOW_EVERY_FOURTH * length)[:length], "helped": helped}


def test_running_as_the_only_help_on_low_days_is_seen() -> None:
    """From the twelfth low day on it is seen where running alone helped on nearly all of them."""
    answers = asked("B3", days_with(60, **low_days(60, ["running"], ["running", "nothing"])))
    assert states(answers).index("S") == 44
    assert facts(answers, 44) == {
        "low_days": 12,
        "only_running_days": 12,
        "other_kinds": 0,
        "log_share": 1.0,
        "shown_from": "2025-02-19",
    }
    assert facts(answers, 40)["lacking"] == {"low_days": 1}


def test_two_other_kinds_within_sixty_days_are_another_help() -> None:
    """One other thing in sixty days leaves it seen, two do not."""
    columns = low_days(100, ["running"], ["running"])
    columns["helped"][90], columns["helped"][95] = ["rest"], ["talking to someone"]
    nights = states(asked("B3", days_with(100, **columns)))
    assert (nights[94], nights[95]) == ("S", ".")


def test_running_beside_something_else_is_not_alone() -> None:
    """A low day on which something else helped too does not count for running alone."""
    answers = asked("B3", days_with(100, **low_days(100, ["running", "rest"], ["running"])))
    assert facts(answers)["only_running_days"] == 0
    assert "S" not in states(answers)


def test_a_log_seldom_used_is_not_enough() -> None:
    """With the log on less than half of the days since it was begun, evidence is lacking, in days."""
    answers = asked("B3", days_with(120, **low_days(120, ["running"])))
    assert facts(answers)["lacking"] == {"log_days": 30}
    assert set(states(answers)) == {"l"}
    assert facts(asked("B3", days_with(30)))["lacking"] == {"low_days": 12, "log_days": 1}


@pytest.mark.parametrize(
    ("tags", "pain", "state"),
    [
        ({5: ["ill"]}, {}, "."),
        ({5: ["ill"], 9: ["injured"]}, {}, "S"),
        ({5: ["ill"]}, {9: 5.0}, "S"),
        ({5: ["ill"]}, {9: 4.9}, "."),
        ({}, {9: 7.0}, "S"),
        ({5: ["fever"]}, {}, "S"),
    ],
)
def test_two_runs_while_hurt_or_one_that_should_stop(
    tags: dict[int, list[str]], pain: dict[int, float], state: str
) -> None:
    """Two runs on days marked ill or injured or with pain of 5 are seen; with fever or pain of 7 one is enough."""
    days = days_with(14, runs=1, tags=[tags.get(day) for day in range(14)], pain=[pain.get(day) for day in range(14)])
    assert states(asked("B5", days))[-1] == state


def test_hurt_runs_are_counted_for_four_weeks() -> None:
    """The runs of 28 days count, with their dates; a day without a run is no run while hurt."""
    tags = [["ill"] if day in {0, 3, 6} else None for day in range(40)]
    answers = asked("B5", days_with(40, runs=[int(day != 6) for day in range(40)], tags=tags))
    assert facts(answers, 27)["dates"] == ["2025-01-06", "2025-01-09"]
    assert states(answers) == "..." + "S" * 25 + "." * 12


def test_without_a_tag_or_a_pain_there_is_nothing_to_tell() -> None:
    """Someone who never marked anything is asked to."""
    assert facts(asked("B5", days_with(30, runs=1)))["lacking"] == {"marked_days": 1}


def growing(growth: float, lift: float, **columns: object) -> tuple[str, dict[str, object]]:
    """B6 after 24 weeks of running every day; from the twelfth on minutes grow and the lift changes by so much."""
    length = 168
    along = np.clip((np.arange(length) - 84) / 84, 0, 1)
    days = days_with(length, runs=1, moving_s=(1800 * (1 + growth * along)).tolist(), **columns)
    wobbling = np.random.default_rng(3).normal(0, 0.5, length)
    moods = moods_on(list(range(length)), 5.0, (6.5 + lift * along + wobbling).tolist())
    answers = asked("B6", days, runs_on(list(range(length))), moods)
    return states(answers)[-1], facts(answers)


def test_more_running_with_less_lift_is_seen() -> None:
    """Minutes grow by half while the lift falls by a point: seen; where minutes stay or the lift grows too, not."""
    state, told = growing(0.5, -1.0)
    assert state == "S"
    assert told["minutes_growth"] == pytest.approx(0.46, abs=0.02)
    assert told["lift_change"] == pytest.approx(-1.0, abs=0.3)
    assert growing(0.0, -1.0)[0] == "."
    assert growing(0.5, 1.0)[0] == "."


def test_a_race_or_a_plan_explains_more_running() -> None:
    """Where a race or a plan with distances lies in the weeks, growth cannot be told from training."""
    assert growing(0.5, -1.0, tags=[["race"] if day == 120 else None for day in range(168)])[0] == "?"
    assert growing(0.5, -1.0, planned_m=5000.0)[0] == "?"


WEEKS_OF_RESTS = ["planned_run", "planned_rest"] * 14


def test_half_of_the_rests_turned_into_runs() -> None:
    """Seen from the night on which half of at least six planned rests in 28 days held a run."""
    kinds: list[object] = ["run_on_rest" if day in {1, 5, 9} else kind for day, kind in enumerate(WEEKS_OF_RESTS)]
    answers = asked("B7", days_with(28, runs=1).with_columns(day_kind=np.array(kinds)))
    assert states(answers) == "l" * 11 + "SS" + "." * 15
    assert facts(answers, 11) == {
        "rest_days": 6,
        "runs_on_rest": 3,
        "planned_runs": 0,
        "longer_runs": 0,
        "shown_from": "2025-01-17",
    }


def test_a_learned_rest_was_never_meant() -> None:
    """Rests that were only learned from earlier weeks do not count."""
    days = days_with(28, runs=1, plan_source="habit")
    assert facts(asked("B7", days.with_columns(day_kind=np.array(WEEKS_OF_RESTS))))["lacking"] == {"rest_days": 6}


def test_four_runs_far_beyond_the_plan() -> None:
    """Four days beyond 1.3 times the planned distance are seen; 1.3 times itself is not beyond."""
    beyond = [13100.0 if day in {0, 2, 4} else 13000.0 for day in range(28)]
    assert states(asked("B7", days_with(28, runs=1, planned_m=10000.0, distance_m=beyond)))[-1] == "l"
    beyond[6] = 13100.0
    assert states(asked("B7", days_with(28, runs=1, planned_m=10000.0, distance_m=beyond)))[-1] == "S"


def test_moods_of_the_days_of_a_gap() -> None:
    """Each day of a gap of three days or more has its mean mood; shorter gaps and days set apart have none."""
    #        run  1    2    3   run  1    2   run  1    2    3    4    5   run  1    2    3
    mood = [8.0, 7.0, 6.0, 5.0, 8.0, 0.0, 0.0, 8.0, 5.0, 4.0, 3.0, 2.0, 1.0, 8.0, 3.0, 9.0, 1.0]
    ran = [int(each == 8.0) for each in mood]
    apart = [day == 15 for day in range(len(mood))]
    answers = asked("B8", days_with(len(mood), runs=ran, mood_evening=mood, excluded=apart))
    assert facts(answers) == {
        "gaps": 3,
        "run_day_mood": 8.0,
        "mood_day_1": 5.0,
        "days_1": 3,
        "mood_day_2": 5.0,
        "days_2": 2,
        "mood_day_3": 3.0,
        "days_3": 3,
        "mood_day_4": 1.5,
        "days_4": 2,
    }
    assert states(answers) == "l" * 16 + "."
    assert facts(answers, 2)["lacking"] == {"gaps": 3}
    assert "mood_day_1" not in facts(answers, 2)


def test_an_unknown_day_ends_a_gap() -> None:
    """A day of which nothing is known is not a day without a run."""
    ran = [0, 0, None, 0, 0, None, 0, 0, 0]
    assert facts(asked("B8", days_with(9, runs=ran, mood_evening=5.0)))["gaps"] == 1
