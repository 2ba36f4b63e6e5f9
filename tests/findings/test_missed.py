"""B1 and B2 through the door: what counts, what is lacking, what is said when."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
from findings.dense import slowly
from findings.drawn import days_of, invented
from scipy import stats

from runmood.findings import evaluate_all
from runmood.findings.multiplicity import FAMILY
from runmood.findings.stats.evalues import EVENINGS
from runmood.findings.stats.missed_runs import collect_missed_run_data, regression_of
from runmood.findings.stats.missed_runs_evidence import evaluate_missed_runs
from runmood.schema.tables import FINDINGS, RUNS

WEEK = "R.MR..R .MR.R.. R..RM.R MR..R.."  # four weeks in which rest and runs mix


def asked(days: pl.DataFrame, code: str) -> pl.DataFrame:
    """The answers to one question."""
    return evaluate_missed_runs(days).filter(question=code)


def facts(answers: pl.DataFrame, night: int = -1) -> dict[str, object]:
    """The facts of one night."""
    return json.loads(answers["facts"][night])


def moods(count: int, seed: int = 0) -> list[float]:
    """Moods without a pattern."""
    return [round(float(mood), 1) for mood in np.random.default_rng(seed).uniform(3, 8, count)]


def test_every_question_has_every_night() -> None:
    """Both questions are answered once for every night, and the door of the room gives these answers."""
    days = days_of(WEEK, moods(28))
    found = FINDINGS.check(evaluate_missed_runs(days))
    assert found.select("question", "night").rows() == [
        (code, night) for code in ("B1", "B2") for night in days["local_date"]
    ]
    by_the_door = evaluate_all(days, RUNS.empty()).filter(pl.col("question").is_in(["B1", "B2"]))
    same = ["question", "night", "state", "e_value", "effect"]
    assert by_the_door.select(same).equals(found.select(same))


def test_only_days_with_a_plan_and_a_mood_said_in_time_count() -> None:
    """Unplanned days, unsaid and late moods, and days set apart are not counted."""
    days = days_of(
        "RM. RM. RM. !un?",
        [5.0, 5.0, 5.0, None, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0],
        mood_evening_late=[None, True, *[False] * 11],
        excluded=[*[False] * 4, True, None, *[False] * 7],
    )
    counted = facts(asked(days, "B2"))
    assert (counted["run_days"], counted["missed_days"], counted["rest_days"], counted["days"]) == (2, 1, 3, 13)


def test_what_is_lacking_is_counted_in_days() -> None:
    """While days are lacking, the facts say how many more of each are needed, and nothing of a fit."""
    answers = asked(days_of(WEEK, moods(28)), "B2")
    told = facts(answers)
    assert answers["state"].unique().to_list() == ["not_enough_evidence"]
    assert told["lacking"] == {"days": 14, "missed_days": 4, "run_days": 2}
    assert not {"scale", "morning_used", "detectable"} & told.keys()
    assert answers["effect"].null_count() == answers["e_value_best"].null_count() == 28


def test_enough_comes_on_the_night_of_the_last_missing_day() -> None:
    """The answer changes from "not_enough_evidence" on the first night with 42 days, 8 missed and 12 run."""
    answers = asked(days_of(WEEK * 3, moods(84)), "B1")
    enough = answers["state"] != "not_enough_evidence"
    assert enough.arg_max() == 49
    assert facts(answers, enough.arg_max())["missed_days"] == 8


def test_not_seen_tells_what_would_have_shown() -> None:
    """When nothing was seen, the facts give the difference that would probably have shown; the range spans zero."""
    last = asked(days_of(WEEK * 6, moods(168)), "B1").row(-1, named=True)
    told = json.loads(last["facts"])
    assert last["state"] == "not_seen"
    assert last["effect_least"] < 0 < last["effect_most"]
    assert 0.3 < told["detectable"] / told["scale"] < 1.5
    assert (last["since"], last["strength"], last["growing"]) == (None, None, None)


def test_a_rigid_plan_cannot_be_told_apart() -> None:
    """Where rest is always on the same weekdays B1 is answered, and B2 says that the two cannot be told apart."""
    days = days_of("MR.R.R. R.MR.R. ".replace("R.MR.R.", "RM.R.R.") * 12, moods(168))
    b1, b2 = (asked(days, code).row(-1, named=True) for code in ("B1", "B2"))
    assert (b1["state"], b2["state"]) == ("not_seen", "confounded")
    assert (b2["effect"], b2["e_value"], json.loads(b2["facts"])["mixed_weekdays"]) == (None, None, 0)


def test_silence_on_missed_days_forbids_the_claim() -> None:
    """Where missed days are rated much less often than run days, a difference cannot be told from silence."""
    days = invented(300, seed=2, dip=3.0)
    assert asked(days, "B1")["state"][-1] == "seen"
    missed = pl.col("day_kind") == "missed_run"
    said = pl.when(missed & (pl.col("local_date").dt.ordinal_day() % 2 == 0)).then(None).otherwise("mood_evening")
    answers = asked(days.with_columns(mood_evening=said), "B1")
    told = facts(answers)
    assert answers["state"][-1] == "confounded"
    assert told["rated_run_share"] - told["rated_missed_share"] > 0.25
    assert answers["effect"][-1] > 1


@pytest.mark.parametrize("seed", range(3))
def test_a_planted_dip_is_found(seed: int) -> None:
    """Missed days two points lower are found as good evidence, in both questions, with a range above zero."""
    days = invented(300, seed, dip=2.0)
    for code in ("B1", "B2"):
        last = asked(days, code).row(-1, named=True)
        assert (last["state"], last["strength"], last["growing"]) == ("seen", "good", True)
        assert 0 < last["effect_least"] < 2 < last["effect_most"]
        assert last["e_value_best"] >= last["e_value"] > 30


def test_b2_needs_the_dip_below_rest_too() -> None:
    """Where runs lift the mood and missed days are like rest days, B1 is seen and B2 is not."""
    days = invented(300, seed=4)
    lifted = days.with_columns(
        mood_evening=pl.when(day_kind="planned_run")
        .then((pl.col("mood_evening") + 2).clip(0, 10))
        .otherwise("mood_evening")
    )
    assert asked(lifted, "B1")["state"][-1] == "seen"
    assert asked(lifted, "B2")["state"][-1] == "not_seen"


def test_what_was_seen_is_kept_but_need_not_grow() -> None:
    """A dip that ends stays seen since its first night; without evidence tonight it is no longer growing."""
    dip, flat = invented(150, seed=5, dip=2.5), invented(1200, seed=6, dip=-1.0)
    kinds = pl.concat([dip["day_kind"], flat["day_kind"]])
    letters = {"planned_run": "R", "missed_run": "M", "planned_rest": "."}
    both = days_of("".join(letters[kind] for kind in kinds), [*dip["mood_evening"], *flat["mood_evening"]])
    answers = asked(both, "B1")
    first = int((answers["state"] == "seen").arg_max())
    seen = answers[first:]
    assert seen["state"].unique().to_list() == ["seen"]
    assert seen["since"].unique().to_list() == [answers["night"][first]]
    assert (seen["growing"][0], seen["growing"][-1]) == (True, False)
    assert seen["e_value"][-1] < 3
    assert seen["e_value_best"][-1] >= FAMILY["B1"].enough
    assert (seen["e_value"][-1] < 1, seen["strength"][-1]) == (True, "faded")


@pytest.mark.parametrize("morning", [0.0, 0.62])
def test_a_night_knows_nothing_later(morning: float) -> None:
    """The answers up to a night are those of a diary that ends that night."""
    days = invented(130, seed=7, dip=1.0, morning=morning)
    whole = evaluate_missed_runs(days)
    for nights in (1, 41, 63, 64, 100):
        cut = evaluate_missed_runs(days.head(nights))
        so_far = whole.filter(pl.col("night") <= cut["night"].max())
        exact = pl.exclude(pl.Float64)
        assert cut.select(exact).equals(so_far.select(exact))
        numbers = (table.select(pl.col(pl.Float64)).fill_null(-1).to_numpy() for table in (cut, so_far))
        np.testing.assert_allclose(*numbers, rtol=1e-9)
    assert evaluate_missed_runs(days, slice(-3, None)).equals(whole.filter(pl.col("night") > days["local_date"][-4]))


@pytest.mark.parametrize("morning", [0.0, 0.8])
def test_numbers_are_those_of_the_dense_regression(morning: float) -> None:
    """Effect, range and e-value on the last night follow from full matrices and textbook formulas."""
    days = invented(200, seed=9, dip=0.7, morning=morning)
    regression = regression_of(collect_missed_run_data(days), mornings=bool(morning), sleep=False)
    found = slowly(regression.day, regression.rows, regression.contrasts, 1 / regression.prior**2)
    estimate, error, sigma = found[0], found[2], found[4]
    counted = days.filter(pl.col("mood_evening").is_not_null(), pl.col("day_kind").is_in(["planned_run", "missed_run"]))
    freedom = min(len(regression.day) - np.isinf(regression.prior).sum(), len(counted) - 4)
    z, relative = stats.norm.isf(stats.t.sf(estimate / error, freedom)), error / sigma
    looked_for = stats.truncnorm(-EVENINGS.mean / EVENINGS.spread, np.inf, *EVENINGS)
    grid = np.linspace(0, 3, 100_001)
    ratios = np.exp(z * grid / relative - (grid / relative) ** 2 / 2) * looked_for.pdf(grid)
    e_value, gain = np.trapezoid(ratios, grid), 0.25 / relative**2
    half = error * np.sqrt(2 * (1 + gain) / gain * np.log(np.sqrt(1 + gain) / 0.05))
    answers = asked(days, "B1")
    assert facts(answers)["morning_used"] == bool(morning)
    last = answers.select("e_value", "effect", "effect_least", "effect_most").row(-1)
    assert last == pytest.approx((e_value, estimate * gain / (1 + gain), estimate - half, estimate + half), rel=1e-6)


def test_low_mornings_before_missed_runs_are_not_taken_for_a_dip() -> None:
    """Where runs are missed after a low morning that lasts until evening, mornings tell and the claim fades."""
    chance = np.random.default_rng(12)
    state, kinds, mornings, evenings = 0.0, [], [], []
    for _ in range(300):
        state = 0.6 * state + 0.8 * chance.normal()
        planned = chance.random() < 4 / 7
        missed = planned and chance.random() < 1 / (1 + np.exp(1 + 2 * state))
        kinds.append("M" if missed else "R" if planned else ".")
        mornings.append(float(np.clip(6 + state + 0.4 * chance.normal(), 0, 10)))
        evenings.append(float(np.clip(6 + state + 0.6 * chance.normal(), 0, 10)))
    without, with_them = (
        asked(days_of("".join(kinds), evenings, **columns), "B1").row(-1, named=True)
        for columns in ({}, {"mood_morning": mornings})
    )
    assert without["state"] == "seen"
    assert with_them["e_value_best"] < FAMILY["B1"].enough
    assert with_them["effect"] < without["effect"] / 2


def test_a_morning_of_another_width_changes_little() -> None:
    """Someone who uses half the scale in the morning has nearly the same evening's difference."""
    days = invented(300, seed=13, dip=1.0, morning=0.9)
    narrow = days.with_columns(mood_morning=6 + (pl.col("mood_morning") - 6) / 2)
    wide, half = (asked(frame, "B1")["effect"][-1] for frame in (days, narrow))
    assert half == pytest.approx(wide, abs=0.1)


def test_evenings_from_another_app_may_lie_elsewhere_on_the_scale() -> None:
    """Where the first half came from an app whose scale lies two points higher, the difference is what it was."""
    days = invented(300, seed=14, dip=1.0)
    early = pl.int_range(pl.len()) < 150
    mixed = days.with_columns(
        mood_evening=pl.when(early).then((pl.col("mood_evening") + 2).clip(0, 10)).otherwise("mood_evening"),
        mood_evening_source=pl.when(early).then(pl.lit("daylio")).otherwise(pl.lit("web")),
    )
    plain, shifted = (asked(frame, "B1").row(-1, named=True) for frame in (days, mixed))
    assert shifted["effect"] == pytest.approx(plain["effect"], abs=0.15)
    assert shifted["effect_most"] - shifted["effect_least"] < 1.2 * (plain["effect_most"] - plain["effect_least"])


def test_hand_and_page_are_one_scale() -> None:
    """What is typed in the terminal and on the page is one scale."""
    days = invented(100, seed=15)
    typed = days.with_columns(mood_evening_source=pl.Series(["hand", "web"] * 50))
    assert evaluate_missed_runs(typed).equals(evaluate_missed_runs(days))


@pytest.mark.parametrize("kind", ["partly_met", "run_on_rest", "unplanned_run", "no_run"])
def test_days_that_are_neither_run_nor_missed_tell_of_neither(kind: str) -> None:
    """However low the evenings of such days, they move neither the counts nor the difference by much."""
    days = invented(300, seed=16, dip=1.0)
    other = pl.int_range(pl.len()) % 9 == 4
    mixed = days.with_columns(
        day_kind=pl.when(other).then(pl.lit(kind)).otherwise("day_kind"),
        mood_evening=pl.when(other).then(3.0).otherwise("mood_evening"),
    )
    gone = mixed.with_columns(mood_evening=pl.when(~other).then("mood_evening"))
    ours, theirs = (asked(frame, "B1").row(-1, named=True) for frame in (mixed, gone))
    assert facts(asked(mixed, "B1"))["missed_days"] == facts(asked(gone, "B1"))["missed_days"]
    assert ours["effect"] == pytest.approx(theirs["effect"], abs=0.1)


def test_the_morning_is_held_equal_from_six_in_ten() -> None:
    """The morning's mood is used on nights when at least 60 % of the rated days so far have one."""
    days = days_of(WEEK * 3, moods(84), mood_morning=[*moods(50, 1), *[None] * 34])
    used = [json.loads(told).get("morning_used") for told in asked(days, "B1")["facts"]]
    assert used == [None] * 49 + [True] * 34 + [used[-1]]
    assert 50 / 84 < 0.6
    assert used[-1] is False
