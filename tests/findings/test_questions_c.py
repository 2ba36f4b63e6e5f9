"""C1 to C4 on planted lifts, with independent arithmetic."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from findings.drawn import invented
from findings.frames import asked, date, days_with, facts, moods_on, states
from scipy import stats

from runmood.findings import evaluate_all
from runmood.findings.multiplicity import FAMILY
from runmood.schema.tables import RUNS

EVERY_OTHER = list(range(0, 160, 2))


def pairs(lift: float, seed: int = 1, **columns: object) -> pl.DataFrame:
    """Eighty runs with moods around 6 before, and so much higher after."""
    chance = np.random.default_rng(seed)
    before = chance.normal(6, 0.8, 80)
    after = before + lift + chance.normal(0, 0.8, 80)
    return moods_on(EVERY_OTHER, before.clip(0, 10).tolist(), after.clip(0, 10).tolist(), **columns)


def test_a_lift_is_found_and_kept() -> None:
    """A lift of a point is seen once 15 runs are rated, kept from then on, with a range that holds it."""
    answers = asked("C1", days_with(160), None, pairs(1.0))
    assert states(answers)[:28] == "l" * 28
    last = answers.row(-1, named=True)
    assert (last["state"], last["strength"], last["growing"]) == ("seen", "good", True)
    assert 0.5 < last["effect_least"] < 1 < last["effect_most"] < 1.5
    assert facts(answers, 0)["lacking"] == {"rated_runs": 14}


def test_it_is_seen_from_its_share_of_the_family() -> None:
    """C1 is seen since the first night with as much evidence as its share asks for; from 30 on the evidence is good."""
    answers = asked("C1", days_with(160), None, pairs(0.5, 8))
    first = answers.filter(pl.col("e_value") >= FAMILY["C1"].enough)["night"].min()
    good = answers.filter(pl.col("e_value") >= 30)["night"].min()
    seen = answers.filter(state="seen")
    assert seen["since"].unique().to_list() == [first]
    assert seen.filter(strength="good")["night"].min() == good >= first


def test_a_lowering_is_found_too() -> None:
    """The test is two-sided: a lower mood after runs is seen, with its sign."""
    last = asked("C1", days_with(160), None, pairs(-1.0)).row(-1, named=True)
    assert last["state"] == "seen"
    assert last["effect"] < -0.5


def test_no_lift_tells_what_would_have_shown() -> None:
    """Where nothing is seen, the facts tell which lift would probably have shown."""
    answers = asked("C1", days_with(160), None, pairs(0.0))
    assert states(answers)[-1] == "."
    assert 0.2 < facts(answers)["detectable"] < 0.6


def test_the_lift_is_that_of_a_run_begun_in_ones_usual_mood() -> None:
    """Who rates on low days only sees their mood come back; against the usual mood there is no lift."""
    chance = np.random.default_rng(4)
    evening = chance.normal(6, 1, 160).tolist()
    before = chance.normal(4.5, 0.5, 80)
    after = chance.normal(6, 0.8, 80)  # back to the usual, whatever the mood before
    answers = asked(
        "C1", days_with(160, mood_evening=evening), None, moods_on(EVERY_OTHER, before.tolist(), after.tolist())
    )
    assert facts(answers)["mood_after"] - facts(answers)["mood_before"] > 1.3
    assert "S" not in states(answers)


def test_an_hour_of_its_own_is_no_lowering() -> None:
    """Where mood at the hours of runs is a point below that of evenings, before and after alike, nothing is seen."""
    chance = np.random.default_rng(8)
    evening = chance.normal(7, 1, 160).tolist()
    before, after = chance.normal(6, 0.7, (2, 80))
    answers = asked(
        "C1", days_with(160, mood_evening=evening), None, moods_on(EVERY_OTHER, before.tolist(), after.tolist())
    )
    assert "S" not in states(answers)
    assert abs(answers["effect"][-1]) < 0.3


def test_runs_of_days_set_apart_are_left_out() -> None:
    """A run on a day marked ill or away is not counted."""
    apart = [day < 40 for day in range(160)]
    assert facts(asked("C1", days_with(160, excluded=apart), None, pairs(1.0)))["rated_runs"] == 60


def test_the_e_value_is_that_of_least_squares() -> None:
    """On the last night C1's evidence is the weaker one of least squares and of a mean, by integration over lifts."""
    moods = pairs(0.3, 5)
    last = asked("C1", days_with(160), None, moods).row(-1, named=True)
    before, lift = moods["mood_before"].to_numpy(), (moods["mood_after"] - moods["mood_before"]).to_numpy()
    so_far = np.cumsum(before) / np.arange(1, 81)
    fitted = stats.linregress(before - so_far, lift)
    left = lift - fitted.intercept - fitted.slope * (before - so_far)
    error, error_of_mean = fitted.intercept_stderr / np.sqrt(left @ left / 78), np.sqrt(1 / 80)
    lifts = np.linspace(0, 3, 20_001)
    weights = stats.truncnorm(-4, np.inf, 0.4, 0.1).pdf(lifts)

    def evidence(estimate: float, squares: float, error: float, freedom: int) -> float:
        """The mean likelihood of lifts in standard deviations; the error as well, the squares of what is left."""
        z = stats.norm.isf(stats.t.sf(estimate / (error * np.sqrt(squares / freedom)), freedom))
        return float(0.9 * np.trapezoid(np.exp(z * lifts / error - (lifts / error) ** 2 / 2) * weights, lifts))

    # Constant, two times of day that do not vary here, and the mood before in one of them.
    usual = evidence(fitted.intercept, left @ left, error, 80 - 4)
    begun = evidence(lift.mean(), lift.var() * 80, error_of_mean, 80 - 3)
    assert last["e_value"] == pytest.approx(min(usual, begun), rel=1e-3)
    smaller, error_of_it = min((fitted.intercept, error), (lift.mean(), error_of_mean))
    gain = (0.5 / error_of_it) ** 2
    assert last["effect"] == pytest.approx(smaller * gain / (1 + gain), rel=1e-4)


TAGS = ["easy", "social", "mindful", "music", "trail", "long", "hard", "race", "dog", "rain", "alone"]


def tagged(effect: float, seed: int = 2) -> pl.DataFrame:
    """Runs with eleven kinds, each on half of them, of which social has an effect; alone is the rarest."""
    chance = np.random.default_rng(seed)
    has = chance.random((80, 11)) < np.array([0.5] * 10 + [0.2])
    before = chance.normal(5, 0.5, 80)
    after = before + 0.3 + effect * has[:, 1] + chance.normal(0, 0.7, 80)
    tags = [[tag for tag, on in zip(TAGS, row, strict=True) if on] for row in has]
    return moods_on(EVERY_OTHER, before.tolist(), after.clip(0, 10).tolist(), tags=tags)


def test_a_kind_that_helps_is_picked_from_ten() -> None:
    """Of eleven kinds the ten most often tagged are asked; the one with an effect is seen, and no other."""
    told = facts(asked("C2", days_with(160), None, tagged(1.0)))
    assert {thing["thing"] for thing in told["things"]} == set(TAGS) - {"alone"}
    assert [thing["thing"] for thing in told["things"] if thing["seen"]] == ["social"]
    social = told["things"][0]
    assert social["with"] + social["without"] == told["rated_runs"] == 80
    assert 0 < social["effect_least"] < 1 < social["effect_most"]


def test_what_no_longer_holds_is_withdrawn() -> None:
    """A kind whose evidence fades is no longer seen, and when it comes back it is seen since that night."""
    first, later = tagged(1.2), tagged(-1.2, 3).with_columns(pl.col("local_date") + pl.duration(days=160))
    both = pl.concat([first, later.with_columns(run_id="later-" + pl.col("run_id"))])
    answers = asked("C2", days_with(320), None, both)
    nights = states(answers)
    assert nights[159] == "S"
    assert "S" not in nights[-40:]
    assert answers["e_value_best"][159] >= FAMILY["C2"].enough > answers["e_value"][-1]


def test_what_c2_lacks_is_counted_in_runs() -> None:
    """The facts say how many runs are lacking, in all and with the kind that comes nearest."""
    answers = asked("C2", days_with(160), None, pairs(0.0, tags=[["easy"]] * 80))
    assert facts(answers, 10)["lacking"] == {"rated_runs": 24, "rated_runs_with": 2, "rated_runs_without": 12}
    assert facts(answers)["lacking"] == {"rated_runs_without": 12}


def test_how_one_was_is_not_a_kind_of_run() -> None:
    """Ill, injured and travel are no kinds of runs."""
    chance = np.random.default_rng(1)
    tags = [["travel"] if on else ["easy"] for on in chance.random(80) < 0.5]
    told = facts(asked("C2", days_with(160), None, pairs(0.0, tags=tags)))
    assert [thing["thing"] for thing in told["things"]] == ["easy"]


def test_run_days_are_better_while_missed_days_are_like_rest() -> None:
    """C3 is seen where runs lift the mood and missed days are like rest days; with a dip it cannot be told apart."""
    days = invented(300, seed=4)
    higher = pl.when(day_kind="planned_run").then((pl.col("mood_evening") + 2).clip(0, 10)).otherwise("mood_evening")
    found = evaluate_all(days.with_columns(mood_evening=higher), RUNS.empty())
    b1, c3 = (found.filter(question=code).row(-1, named=True) for code in ("B1", "C3"))
    assert c3["state"] == "seen"
    assert [c3[name] for name in ("since", "e_value", "effect")] == [
        b1[name] for name in ("since", "e_value", "effect")
    ]
    dipped = asked("C3", invented(300, seed=4, dip=2.0)).row(-1, named=True)
    assert (dipped["state"], dipped["since"], dipped["strength"]) == ("confounded", None, None)
    assert asked("C3", invented(300, seed=4)).row(-1, named=True)["state"] == "not_seen"


def test_another_thing_that_helps() -> None:
    """C4 sees the thing that goes with better evenings, beside others that do not, and nothing of running itself."""
    chance = np.random.default_rng(6)
    has = chance.random((200, 3)) < 0.5
    mood = (6 + 1.0 * has[:, 0] + chance.normal(0, 1, 200)).clip(0, 10)
    names = ["time outside", "hobby", "running"]
    helped = [[name for name, on in zip(names, row, strict=True) if on] or ["nothing"] for row in has]
    told = facts(asked("C4", days_with(200, mood_evening=mood.tolist(), helped=helped, runs=1)))
    assert [(thing["thing"], thing["seen"]) for thing in told["things"]] == [("time outside", True), ("hobby", False)]
    assert told["rated_days"] == 200


def test_a_night_without_a_log_counts_for_nothing() -> None:
    """Days without an answer to what helped are not days on which nothing did."""
    helped = [["hobby"] if day % 3 == 0 else [] if day % 3 == 1 else None for day in range(60)]
    told = facts(asked("C4", days_with(60, mood_evening=6.0, helped=helped)))
    assert told["rated_days"] == 40
    assert (told["things"][0]["with"], told["things"][0]["without"]) == (20, 20)
    assert date(0).isoweekday() == 1
