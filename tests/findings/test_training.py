"""A5, A6, A7 and S1 on diaries that a reader checks by eye."""

from __future__ import annotations

import datetime as dt

import acwr
import numpy as np
import pandas as pd
import pytest
from findings.frames import asked, date, days_with, facts, runs_on, states, wobble

from runmood.findings.evaluation import EvaluationContext
from runmood.findings.stats.changes import compute_wellness

LENGTH = 140
EVERY_OTHER = list(range(0, LENGTH, 2))
HARD_FROM = 100  # the day on which the stretch begins


def from_day(first: int, then: object, before: object, length: int = LENGTH) -> list[object]:
    """One value up to a day, another from it on."""
    return [before if number < first else then for number in range(length)]


def stretch(load: float = 1.6, low: float = 2.0, **columns: object) -> dict[str, object]:
    """A runner on every other day whose load rises and whose mood sinks on one day, by so much."""
    ran = [int(number % 2 == 0) for number in range(LENGTH)]
    loads = [each * amount for each, amount in zip(ran, from_day(HARD_FROM, 200 * load, 200.0), strict=True)]
    mood = np.array(wobble(LENGTH)) - np.array(from_day(HARD_FROM, low, 0.0))
    said = np.clip(mood, 0, 10).tolist()
    return {"runs": ran, "load": loads, "moving_s": 3000.0, "mood_evening": said, "energy_evening": said} | columns


def efforts(harder: float = 1.0) -> list[object]:
    """The effort of each run, harder from the day on."""
    return [each for number, each in enumerate(from_day(HARD_FROM, 4.0 + harder, 4.0)) if number % 2 == 0]


def a5(harder: float = 1.0, **changes: object) -> str:
    """A5 night by night."""
    return states(asked("A5", days_with(LENGTH, **stretch(**changes)), runs_on(EVERY_OTHER, effort=efforts(harder))))


def test_load_wellness_and_effort_together_are_a_hard_stretch() -> None:
    """With more load, lower wellness and harder runs a hard stretch is seen within three weeks, and not before it."""
    nights = a5()
    assert "S" not in nights[:HARD_FROM]
    assert "S" in nights[HARD_FROM : HARD_FROM + 21]


@pytest.mark.parametrize("without", [{"load": 1.0}, {"low": 0.0}, {"harder": 0.0}])
def test_two_of_the_three_are_not(without: dict[str, float]) -> None:
    """Where one of the three is as usual, nothing is seen."""
    assert "S" not in a5(**without)


def test_hard_runs_and_races_do_not_count_as_effort() -> None:
    """A rise of effort in runs tagged hard or race alone is meant, and no sign."""
    tags: list[object] = [["race"] if number >= HARD_FROM else None for number in EVERY_OTHER]
    answers = asked("A6", days_with(LENGTH), runs_on(EVERY_OTHER, effort=efforts(), tags=tags))
    assert facts(answers, HARD_FROM + 9)["runs_lately"] == 2
    assert "S" not in states(answers)


def test_without_efforts_five_nights_are_asked() -> None:
    """Where no effort is said, fall and load alone must come to 1.3 on five nights running."""
    answers = asked("A5", days_with(LENGTH, **stretch()))
    first = states(answers).index("S")
    assert first > HARD_FROM
    assert all(facts(answers, night)["score"] >= 1.3 for night in range(first - 4, first + 1))
    assert "S" not in states(asked("A5", days_with(LENGTH, **stretch(low=0.5))))


def test_low_notes_of_an_injury_are_no_hard_stretch() -> None:
    """Who raised their load and was then hurt is low by the injury: with over 7 marked days of 14 it never begins."""
    hurt = [number >= HARD_FROM for number in range(LENGTH)]
    assert "S" not in a5(excluded=hurt)
    assert "S" in a5(excluded=[False] * LENGTH)


def test_the_score_is_its_formula() -> None:
    """The score is .7 of the fall of W, .3 of the rise of effort, and the logarithm of the load ratio."""
    answers = asked("A5", days_with(LENGTH, **stretch()), runs_on(EVERY_OTHER, effort=efforts()))
    first = states(answers).index("S")
    told = facts(answers, first)
    score = -0.7 * told["wellness"] + 0.3 * told["effort_change"] + np.log(told["load_ratio"])
    assert told["score"] == pytest.approx(score, abs=2e-3)
    assert told["score"] >= 1.65


def test_it_ends_when_wellness_is_back_for_a_week() -> None:
    """Seen stays seen until wellness is above half a deviation low for seven nights running; `since` is its first."""
    length = 200
    ran = [int(number % 2 == 0) for number in range(length)]
    hard = [HARD_FROM <= number < 125 for number in range(length)]
    mood = np.clip(np.array(wobble(length)) - 2.0 * np.array(hard), 0, 10).tolist()
    load = [each * (360.0 if on else 200.0) for each, on in zip(ran, hard, strict=True)]
    runs = runs_on(list(range(0, length, 2)), effort=[5.0 if hard[number] else 4.0 for number in range(0, length, 2)])
    answers = asked("A5", days_with(length, runs=ran, load=load, mood_evening=mood, energy_evening=mood), runs)
    nights = states(answers)
    first, last = nights.index("S"), nights.rindex("S")
    assert nights[first : last + 1] == "S" * (last + 1 - first)
    assert set(answers["since"][first : last + 1]) == {date(first)}
    days = days_with(length, mood_evening=mood, energy_evening=mood)
    well = compute_wellness(EvaluationContext(days, runs, runs)).lately[last - 5 : last + 2]
    assert min(well) > -0.5
    for night in range(first, last + 1):  # no clause outlives the night of which it speaks
        told = facts(answers, night)
        assert told["as_of"] <= str(date(night))
        assert told["score"] >= 1.65
        assert told["load_ratio"] >= 1.15
        assert told["wellness"] <= -0.5
        assert told["effort_change"] >= 0.25
    assert nights[-1] == "."


def test_unknown_days_are_not_rest() -> None:
    """Weeks that no import covers leave the load unknown: evidence is lacking, in days, and nothing seems to rise."""
    columns = stretch(load=1.0)
    for name in ("runs", "load", "moving_s"):
        values = columns[name] if isinstance(columns[name], list) else [columns[name]] * LENGTH
        columns[name] = [None if 60 <= number < 100 else value for number, value in enumerate(values)]
    answers = asked("A5", days_with(LENGTH, **columns), runs_on(EVERY_OTHER, effort=efforts()))
    assert states(answers)[122] == "l"
    assert facts(answers, 122)["lacking"] == {"known_days_before": 28}


def test_minutes_stand_in_for_the_whole_window() -> None:
    """Where more than a fifth of the window's runs have no load, minutes stand in for all of them, and it says so."""
    columns = stretch()
    columns["load"] = [None if number % 4 == 0 else load for number, load in enumerate(columns["load"])]
    told = facts(asked("A5", days_with(LENGTH, **columns), runs_on(EVERY_OTHER, effort=efforts())))
    assert (told["load_unit"], told["load_ratio"]) == ("minutes", pytest.approx(1.0, abs=0.05))


def test_after_a_break_every_load_is_high() -> None:
    """Where the weeks before held far fewer running days than usual, a return to the usual load is no rise."""
    ran = [int(number % 2 == 0 and not 60 <= number < 95) for number in range(LENGTH)]
    columns = stretch() | {"runs": ran, "load": [200.0 * each for each in ran]}
    told = asked("A5", days_with(LENGTH, **columns), runs_on(EVERY_OTHER, effort=efforts()))
    assert facts(told, 120)["load_ratio"] > 1.5
    assert "S" not in states(told)


def test_wellness_is_the_mean_of_what_was_said_in_own_deviations() -> None:
    """W is the mean of z-scores against days -70 to -15, tiredness turned round, in deviations of W itself."""
    mood, tired = wobble(70, 2), wobble(70, 3)
    told = facts(asked("S1", days_with(70, mood_evening=mood, tiredness=tired)))
    before, lately = slice(0, 56), slice(56, 70)
    z = [(np.array(said) - np.mean(said[before])) / np.std(said[before], ddof=1) for said in (mood, tired)]
    w = (z[0] - z[1]) / 2
    assert told["wellness"] == pytest.approx(w[lately].mean() / w[before].std(ddof=1), abs=1e-3)


def test_mood_alone_gives_no_wellness() -> None:
    """A day counts with two ratings, mood or energy among them."""
    assert "wellness" not in facts(asked("S1", days_with(100, mood_evening=wobble(100))))
    assert "wellness" not in facts(asked("S1", days_with(100, sleep=wobble(100), stress=wobble(100, 2))))


def test_runs_that_felt_harder() -> None:
    """A6 is seen where effort rose by half a point, with heart rate and pace of the same runs beside it."""
    heart = [150.0 if number < HARD_FROM else 146.0 for number in EVERY_OTHER]
    runs = runs_on(EVERY_OTHER, effort=efforts(0.6), heart_bpm=heart, pace_s_km=330.0)
    answers = asked("A6", days_with(LENGTH), runs)
    told = facts(answers, HARD_FROM + 13)
    assert states(answers)[HARD_FROM + 13] == "S"
    assert (told["effort_lately"], told["effort_before"]) == (4.6, 4.0)
    assert (told["heart_lately_bpm"], told["heart_before_bpm"], told["pace_lately_s_km"]) == (146.0, 150.0, 330.0)
    assert facts(answers, 3)["lacking"] == {"runs_lately": 2, "runs_before": 8}


def test_load_monotony_and_strain_are_those_of_foster() -> None:
    """A7 agrees with the package acwr, and with the mean and the sample deviation of seven days by hand."""
    loads = [300.0, 0.0, 200.0, 0.0, 400.0, 100.0, 0.0] * 6 + [500.0, 0.0, 0.0, 100.0, 0.0, 0.0, 250.0]
    answers = asked("A7", days_with(len(loads), load=loads, moving_s=3000.0))
    series = pd.Series(loads, pd.date_range(dt.date(2025, 1, 6), periods=len(loads)))
    monotony, strain = acwr.monotony(series), acwr.strain(series)
    for night in (27, 40, -1):
        told = facts(answers, night)
        assert told["monotony"] == pytest.approx(monotony.iloc[night], abs=1e-3)
        assert told["strain"] == pytest.approx(strain.iloc[night], abs=1e-2)
    last = np.array(loads[-7:])
    assert facts(answers)["load"] == last.sum() == 850
    assert facts(answers)["monotony"] == pytest.approx(last.mean() / last.std(ddof=1), abs=1e-3)
    assert facts(answers)["load_percentile"] < 5
    assert states(answers)[26:28] == "l."


def test_an_unknown_day_leaves_the_week_unknown() -> None:
    """A week with an unknown day has no load, no monotony and no strain."""
    loads: list[object] = [100.0] * 30
    loads[27] = None
    told = facts(asked("A7", days_with(30, load=loads, moving_s=loads)))
    assert not {"load", "monotony", "strain"} & told.keys()


def test_low_evenings_are_heavy_for_anyone() -> None:
    """S1 is seen where 8 in 10 of 14 days' evenings are 3 or lower, with 8 of them rated, and also for late ones."""
    mood = [3.0, 9.0] + [3.0, None] * 6
    answers = asked("S1", days_with(14, mood_evening=mood, mood_evening_late=True))
    assert states(answers) == "l" * 12 + "SS"
    assert facts(answers)["median_mood"] == 3
    assert facts(answers, 0)["lacking"] == {"rated_days_lately": 7}


def test_evenings_that_are_always_low_are_told() -> None:
    """One's own usual hides no low mood: where it is 3 or lower itself, a middle evening of 3 is enough."""
    mood = np.clip(wobble(120, around=2.6, size=1.2), 0, 10).tolist()
    assert states(asked("S1", days_with(120, mood_evening=mood)))[-60:].count("S") > 30


def test_a_fall_to_three_is_told_with_the_mood_alone() -> None:
    """Who rates their mood alone and falls from 6 to 2.5 is told within two weeks."""
    mood = (np.array(wobble(120)) - 3.5 * (np.arange(120) >= 90)).clip(0, 10).tolist()
    assert "S" in states(asked("S1", days_with(120, mood_evening=mood)))[90:105]


def test_a_slow_fade_is_told() -> None:
    """Who sinks from 7 to 2.5 in four months takes the usual of eight weeks along, and not that of the half-year."""
    mood = (np.array(wobble(300, around=7)) - 4.5 * ((np.arange(300) - 180) / 120).clip(0, 1)).clip(0, 10).tolist()
    nights = states(asked("S1", days_with(300, mood_evening=mood)))
    assert "S" not in nights[:240]
    assert "S" in nights[270:]


def test_what_stays_low_stays_told() -> None:
    """Months at 2 become one's usual of the last weeks; it is told until the evenings rise, and a gap ends nothing."""
    good, low, silent = [6.5, 7.5] * 50, [1.5, 2.5] * 60, [None] * 20
    answers = states(asked("S1", days_with(370, mood_evening=[*good, *low, *silent, *low[:30], *good])))
    assert set(answers[115:220]) == {"S"}
    assert set(answers[250:270]) == {"S"}
    assert "S" not in answers[285:]


def test_a_wide_scale_is_no_heavy_time() -> None:
    """Somebody whose evenings of five steps swing widely is at 2.5 in ordinary weeks: that alone is not told."""
    low = [2.5 if number % 14 < (8 if number // 14 % 3 == 1 else 3) else 10.0 for number in range(140)]
    answers = asked("S1", days_with(140, mood_evening=low))
    assert facts(answers, 27)["median_mood"] <= 3
    assert "S" not in states(answers)


def test_a_week_far_below_oneself_is_heavy() -> None:
    """S1 is seen where W is 1.25 deviations low on seven nights running, however high the moods are."""
    said = (np.array(wobble(100, around=8, size=0.6)) - 1.5 * (np.arange(100) >= 80)).tolist()
    answers = asked("S1", days_with(100, mood_evening=said, energy_evening=said))
    first = states(answers).index("S")
    assert 80 + 7 < first < 100
    assert all(facts(answers, night)["wellness"] <= -1.25 for night in range(first - 6, first + 1))
    assert facts(answers, first)["low_mood"] is False
