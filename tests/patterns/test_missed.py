"""B1 and B2 through the door: what counts, what is lacking, what is said when."""

import json

import numpy as np
import polars as pl
import pytest
from patterns.dense import slowly
from patterns.drawn import days_of, invented
from scipy import stats

from runmood.patterns import find
from runmood.terms.columns import DAYS, FINDINGS, RUNS

WEEK = "R.MR..R .MR.R.. R..RM.R MR..R.."  # four weeks in which rest and runs mix


def asked(days: pl.DataFrame, code: str) -> pl.DataFrame:
    """The answers to one question."""
    return find(days, RUNS.empty()).filter(question=code)


def facts(answers: pl.DataFrame, night: int = -1) -> dict[str, object]:
    """The facts of one night."""
    return json.loads(answers["facts"][night])


def moods(count: int, seed: int = 0) -> list[float]:
    """Moods without a pattern."""
    return [round(float(mood), 1) for mood in np.random.default_rng(seed).uniform(3, 8, count)]


def test_every_question_has_every_night() -> None:
    """There is one row a question and night, from the first day to the last, in that order."""
    days = days_of(WEEK)
    found = find(days, RUNS.empty())
    assert FINDINGS.check(found).select("question", "night").rows() == [
        (code, night) for code in ("A1", "B1", "B2") for night in days["local_date"]
    ]


def test_no_days_no_answers() -> None:
    """Without days there are no answers."""
    assert find(DAYS.empty(), RUNS.empty()).equals(FINDINGS.empty())


def test_only_days_with_a_plan_and_a_mood_said_in_time_count() -> None:
    """Unplanned days, unsaid and late moods, and days set apart are not counted."""
    days = days_of(
        "RM. RM. RM. !un?",
        [5.0, 5.0, 5.0, None, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0],
        mood_evening_late=[None, True, *[False] * 11],
        set_apart=[*[False] * 4, True, None, *[False] * 7],
    )
    counted = facts(asked(days, "B2"))
    assert (counted["run_days"], counted["missed_days"], counted["rest_days"], counted["days"]) == (2, 1, 3, 13)


def test_what_is_lacking_is_counted_in_days() -> None:
    """While days are lacking, the facts say how many more of each are needed, and nothing of a fit."""
    answers = asked(days_of(WEEK, moods(28)), "B2")
    told = facts(answers)
    assert answers["state"].unique().to_list() == ["not enough evidence yet"]
    assert told["lacking"] == {"days": 14, "missed_days": 4, "run_days": 2}
    assert not {"scale", "morning_used", "detectable"} & told.keys()
    assert answers["effect"].null_count() == answers["e_value_best"].null_count() == 28


def test_enough_comes_on_the_night_of_the_last_missing_day() -> None:
    """The answer changes from "not enough evidence yet" on the first night with 42 days, 8 missed and 12 run."""
    answers = asked(days_of(WEEK * 3, moods(84)), "B1")
    enough = answers["state"] != "not enough evidence yet"
    assert enough.arg_max() == 49
    assert facts(answers, enough.arg_max())["missed_days"] == 8


def test_not_seen_tells_what_would_have_shown() -> None:
    """When nothing was seen, the facts give the difference that would probably have shown; the range spans zero."""
    last = asked(days_of(WEEK * 6, moods(168)), "B1").row(-1, named=True)
    told = json.loads(last["facts"])
    assert last["state"] == "not seen so far"
    assert last["effect_least"] < 0 < last["effect_most"]
    assert 0.3 < told["detectable"] / told["scale"] < 1.5
    assert (last["since"], last["strength"], last["growing"]) == (None, None, None)


def test_a_rigid_plan_cannot_be_told_apart() -> None:
    """Where rest is always on the same weekdays B1 is answered, and B2 says that the two cannot be told apart."""
    days = days_of("MR.R.R. R.MR.R. ".replace("R.MR.R.", "RM.R.R.") * 12, moods(168))
    b1, b2 = (asked(days, code).row(-1, named=True) for code in ("B1", "B2"))
    assert (b1["state"], b2["state"]) == ("not seen so far", "cannot be told apart")
    assert (b2["effect"], b2["e_value"], json.loads(b2["facts"])["mixed_weekdays"]) == (None, None, 0)


def test_silence_on_missed_days_forbids_the_claim() -> None:
    """Where missed days are rated much less often than run days, a difference cannot be told from silence."""
    days = invented(300, seed=2, dip=3.0)
    assert asked(days, "B1")["state"][-1] == "seen"
    missed = pl.col("day_kind") == "missed run"
    said = pl.when(missed & (pl.col("local_date").dt.ordinal_day() % 2 == 0)).then(None).otherwise("mood_evening")
    answers = asked(days.with_columns(mood_evening=said), "B1")
    told = facts(answers)
    assert answers["state"][-1] == "cannot be told apart"
    assert told["rated_run_share"] - told["rated_missed_share"] > 0.25
    assert answers["effect"][-1] > 1


@pytest.mark.parametrize("seed", range(3))
def test_a_planted_dip_is_found(seed: int) -> None:
    """Missed days two points lower are found as good evidence, in both questions, with a range above zero."""
    days = invented(300, seed, dip=2.0)
    for code in ("B1", "B2"):
        last = asked(days, code).row(-1, named=True)
        assert (last["state"], last["strength"], last["growing"]) == ("seen", "good evidence", True)
        assert 0 < last["effect_least"] < 2 < last["effect_most"]
        assert last["e_value_best"] >= last["e_value"] > 30


@pytest.mark.parametrize("seed", range(3))
def test_shuffled_moods_are_not_found(seed: int) -> None:
    """The same moods on other days are not found."""
    days = invented(300, seed, dip=2.0)
    shuffled = days.with_columns(days["mood_evening"].shuffle(seed=seed))
    assert "seen" not in asked(shuffled, "B1")["state"].to_list() + asked(shuffled, "B2")["state"].to_list()


def test_b2_needs_the_dip_below_rest_too() -> None:
    """Where runs lift the mood and missed days are like rest days, B1 is seen and B2 is not."""
    days = invented(300, seed=4)
    lifted = days.with_columns(
        mood_evening=pl.when(day_kind="planned run")
        .then((pl.col("mood_evening") + 2).clip(0, 10))
        .otherwise("mood_evening")
    )
    assert asked(lifted, "B1")["state"][-1] == "seen"
    assert asked(lifted, "B2")["state"][-1] == "not seen so far"


def test_what_was_seen_is_kept_but_need_not_grow() -> None:
    """A dip that ends stays seen since its first night; without evidence tonight it is no longer growing."""
    dip, flat = invented(150, seed=5, dip=2.5), invented(1200, seed=6, dip=-1.0)
    kinds = pl.concat([dip["day_kind"], flat["day_kind"]])
    letters = {"planned run": "R", "missed run": "M", "planned rest": "."}
    both = days_of("".join(letters[kind] for kind in kinds), [*dip["mood_evening"], *flat["mood_evening"]])
    answers = asked(both, "B1")
    first = int((answers["state"] == "seen").arg_max())
    seen = answers[first:]
    assert seen["state"].unique().to_list() == ["seen"]
    assert seen["since"].unique().to_list() == [answers["night"][first]]
    assert (seen["growing"][0], seen["growing"][-1]) == (True, False)
    assert seen["e_value"][-1] < 3
    assert seen["e_value_best"][-1] >= 10


@pytest.mark.parametrize("morning", [0.0, 0.62])
def test_a_night_knows_nothing_later(morning: float) -> None:
    """The answers up to a night are those of a diary that ends that night."""
    days = invented(130, seed=7, dip=1.0, morning=morning)
    whole = find(days, RUNS.empty())
    for nights in (1, 41, 63, 64, 100):
        cut = find(days.head(nights), RUNS.empty())
        so_far = whole.filter(pl.col("night") <= cut["night"].max())
        exact = pl.exclude(pl.Float64)
        assert cut.select(exact).equals(so_far.select(exact))
        numbers = (table.select(pl.col(pl.Float64)).fill_null(-1).to_numpy() for table in (cut, so_far))
        np.testing.assert_allclose(*numbers, rtol=1e-9)


def test_days_may_come_in_any_order() -> None:
    """The answers do not depend on the order of the rows."""
    days = invented(80, seed=8)
    assert find(days.reverse(), RUNS.empty()).equals(find(days, RUNS.empty()))


@pytest.mark.parametrize("morning", [0.0, 0.8])
def test_numbers_are_those_of_the_dense_regression(morning: float) -> None:
    """Effect, range and e-value on the last night follow from full matrices and textbook formulas."""
    days = invented(200, seed=9, dip=0.7, morning=morning)
    row = days.with_row_index("t").filter(pl.col("mood_evening").is_not_null())
    day, kind, weekday = row["t"].to_numpy().astype(int), row["day_kind"].to_numpy(), row["weekday"].to_numpy()
    columns = [np.ones(len(day)), (day - 90) / 180, *(weekday == number for number in range(2, 8))]
    columns += [kind == "planned rest", kind == "missed run"]
    said = row["mood_morning"].is_not_null().to_numpy()
    columns += [row["mood_morning"].fill_null(0).to_numpy(), ~said] if morning else []
    contrast = np.zeros((len(columns), 1))
    contrast[9] = -1
    table = np.column_stack([*columns, row["mood_evening"].to_numpy() - 5]).astype(float)
    estimate, error, sigma, *_ = slowly(day, table, contrast)
    freedom = min(len(day) - len(columns), np.isin(kind, ["planned run", "missed run"]).sum() - 4)
    gain = 0.25 * (sigma / error) ** 2
    z = stats.norm.isf(stats.t.sf(estimate / error, freedom))
    e_value = (
        np.exp(z**2 * gain / (1 + gain) / 2) * 2 * stats.norm.cdf(z * np.sqrt(gain / (1 + gain))) / np.sqrt(1 + gain)
    )
    half = error * np.sqrt(2 * (1 + gain) / gain * np.log(np.sqrt(1 + gain) / 0.05))
    answers = asked(days, "B1")
    assert facts(answers)["morning_used"] == bool(morning)
    last = answers.select("e_value", "effect", "effect_least", "effect_most").row(-1)
    assert last == pytest.approx((e_value, estimate * gain / (1 + gain), estimate - half, estimate + half), rel=1e-7)


def test_the_morning_is_held_equal_from_six_in_ten() -> None:
    """The morning's mood is used on nights when at least 60 % of the rated days so far have one."""
    days = days_of(WEEK * 3, moods(84), mood_morning=[*moods(50, 1), *[None] * 34])
    used = [json.loads(told).get("morning_used") for told in asked(days, "B1")["facts"]]
    assert used == [None] * 49 + [True] * 34 + [used[-1]]
    assert 50 / 84 < 0.6
    assert used[-1] is False
