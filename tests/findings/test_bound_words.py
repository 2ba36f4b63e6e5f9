"""No word outlives or borrows what it says: each clause stands on the figures of its own row."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import numpy as np
import pytest
from findings.frames import asked, days_with, moods_on
from findings.life import life
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reports.diaries import COUNTS, LOWER, finding, with_findings

from runmood.core.enums import EvidenceStrength
from runmood.core.i18n import translator
from runmood.findings import evaluate_all
from runmood.findings.answers import Claim
from runmood.findings.multiplicity import FAMILY, best_on_this_side
from runmood.reports.summary import build_summary

RUNS = list(range(0, 400, 2))


def word_for(e_value: float | None) -> str:
    """The word that an e-value bears, in every question alike."""
    if e_value is None or e_value < 3:
        return "faded"
    return "good" if e_value >= 30 else "some"


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10_000))
def test_one_word_means_one_thing(seed: int) -> None:
    """In whatever life, in every question: good is 30 tonight, some is 3, and below that evidence has faded."""
    found = evaluate_all(*life(seed, 260)).drop_nulls("strength")
    for code, strength, e_value, facts in found.select("question", "strength", "e_value", "facts").rows():
        if code in {"C2", "C4"}:
            e_value = min(thing["e_value"] for thing in json.loads(facts)["things"] if thing["seen"])  # noqa: PLW2901
        assert strength == word_for(e_value)


def claim(**more: Any) -> Claim:
    """A claim of the night, of which some values are given."""
    given = {"estimate": 0.5, "least": 0.1, "most": 0.9, "e_value": 12.0, "strength": EvidenceStrength.SOME} | more
    return Claim("B1", dt.date(2025, 6, 3), "higher", **given)


@pytest.mark.parametrize("language", ["en", "de", "nl"])
def test_words_follow_the_claim_alone(language: str) -> None:
    """Side, size, range and evidence of a sentence are the claim's: no sign is lost, no earlier night borrowed."""
    say = translator(language, "metric")
    assert claim(estimate=-0.4).gap(say) == say("gap.lower_now", points=0.4, range=claim().range(say))
    two_sided = claim(estimate=-0.4, least=-0.9, most=0.1, both_sides=True)
    assert two_sided.gap(say) == say("gap.lower", points=0.4, range=say("range.both_from_higher", other=0.1, most=0.9))
    assert claim(estimate=0.01).gap(say) == say("gap.none", range=claim().range(say))
    assert claim(e_value=0.4, best=80.0, strength=EvidenceStrength.FADED).sure(say)[1:] == (
        say("sure.times_none"),
        say("sure.clearest", times="80"),
    )
    assert claim(best=14.0).sure(say)[1:] == (say("sure.times", times="12"), "")


def test_a_title_steps_down_with_its_evidence() -> None:
    """Once tonight's notes no longer bear it, no title says that run days were better or mood higher after runs."""
    faded = {"strength": "faded", "e_value": 0.5, "growing": False}
    for code, title in (("B1", "questions.B1.better_title"), ("C1", "questions.C1.title_higher")):
        for more, told in (({}, True), (faded, False)):
            home = with_findings(finding(code, "seen", COUNTS, **(LOWER | more)))
            titles = [answer.title for answer in build_summary(home).answers]
            assert (home.say(title) in titles) is told


def test_one_side_borrows_no_evidence_of_the_other() -> None:
    """Much evidence for higher says nothing for lower: the best so far is that of tonight's side."""
    log_e, effect = np.array([1.0, 5.0, -1.0, 0.5, -2.0]), np.array([0.2, 0.4, -0.1, -0.3, 0.1])
    assert best_on_this_side(log_e, effect).tolist() == [1.0, 5.0, -1.0, 0.5, 5.0]


def test_a_lift_that_turned_is_not_told_as_a_fall() -> None:
    """Runs that lifted mood and later lower it are not "lower after runs" on the evidence of the lift."""
    chance = np.random.default_rng(3)
    lift = np.concatenate([np.full(80, 1.0), np.full(120, -1.2)]) + chance.normal(0, 0.7, 200)
    days = days_with(400, mood_evening=5.0, mood_morning=5.0)
    answers = asked("C1", days, None, moods_on(RUNS, 5.0, (5 + lift).clip(0, 10).tolist()))
    for state, effect, best in answers.select("state", "effect", "e_value_best").rows():
        if state == "seen" and effect < 0:
            assert best >= FAMILY["C1"].enough
    first_below = next(row for row in answers.iter_rows(named=True) if row["effect"] is not None and row["effect"] < 0)
    assert first_below["state"] == "not_seen"


@pytest.mark.parametrize("language", ["en", "de"])
def test_absence_of_evidence_is_not_told_as_sameness(language: str) -> None:
    """What is not seen between missed days and rest is told as an estimate that is open, in both languages."""
    say = translator(language, "metric")
    told = say("questions.B1.beside_rest", than_rest=say("gap.none", range=""), rest_days=20)
    for sameness in ("like", "same", "etwa wie", "gleich"):
        assert sameness not in told
    assert "season" not in say("sure.evenings")


def test_the_word_for_several_things_holds_for_the_weakest() -> None:
    """A thing that is barely seen is not told with the strength of a clearer one beside it."""
    chance = np.random.default_rng(6)
    has = chance.random((260, 2)) < 0.5
    mood = (5 + 1.6 * has[:, 0] + 0.55 * has[:, 1] + chance.normal(0, 1, 260)).clip(0, 10)
    helped = [[name for name, on in zip(("hobby", "faith"), row, strict=True) if on] or ["nothing"] for row in has]
    answers = asked("C4", days_with(260, mood_evening=mood.tolist(), helped=helped, runs=1)).drop_nulls("strength")
    weakest = [
        min(thing["e_value"] for thing in json.loads(facts)["things"] if thing["seen"]) for facts in answers["facts"]
    ]
    assert [strength == "good" for strength in answers["strength"]] == [e_value >= 30 for e_value in weakest]
    assert "good" in set(answers["strength"])
