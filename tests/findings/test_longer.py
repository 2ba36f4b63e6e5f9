"""A1 on drawn runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from findings.drawn import MONDAY, days_of, runs_of

from runmood.findings import evaluate_all

if TYPE_CHECKING:
    import polars as pl

THREE = """
    0: 5
    2: 6
    4: 8
"""


def a1(nights: int, drawn: str) -> pl.DataFrame:
    """The answers to A1 for so many nights."""
    return evaluate_all(days_of("n" * nights), runs_of(drawn)).filter(question="A1")


def last(drawn: str, nights: int = 8) -> tuple[str, dict[str, object]]:
    """State and facts of the last night."""
    row = a1(nights, drawn).row(-1, named=True)
    return row["state"], json.loads(row["facts"])


@pytest.mark.parametrize(
    ("kilometres", "band"),
    [(8.8, None), (8.81, "10-30"), (10.4, "10-30"), (10.41, "30-100"), (16.0, "30-100"), (16.1, "over 100")],
)
def test_more_than_a_tenth_longer_is_seen(kilometres: float, band: str | None) -> None:
    """A run is seen when it is more than 10 % longer than the longest of 30 days, in bands by how much."""
    state, facts = last(f"{THREE}\n 7: {kilometres}")
    assert facts.get("band") == band
    assert state == ("seen" if band else "not_seen")


def test_facts_name_both_runs() -> None:
    """The facts name the run, its distance, the longest before, its day, and how many runs there were."""
    _, facts = last(f"{THREE}\n 7: 12")
    assert facts == {
        "run_id": "run-3",
        "distance_m": 12000.0,
        "longest_m": 8000.0,
        "longest_date": "2025-01-10",
        "runs_before": 3,
        "band": "30-100",
        "shown_from": "2025-01-13",
    }


def test_it_is_a_fact_of_its_day() -> None:
    """It is seen on the day of the run alone, with that day as its beginning and no measure of evidence."""
    answers = a1(9, f"{THREE}\n 7: 12")
    seen = answers.filter(state="seen")
    assert seen["night"].to_list() == seen["since"].to_list() == [MONDAY.replace(day=13)]
    assert seen.select("strength", "growing", "e_value", "e_value_best", "effect").null_count().row(0) == (1,) * 5


def test_the_longest_run_of_a_day_counts() -> None:
    """Of two runs on one day the longer is compared, and the other is not among the runs before."""
    state, facts = last(f"{THREE}\n 7: 2\n 7: 12")
    assert (state, facts["run_id"], facts["runs_before"]) == ("seen", "run-4", 3)


@pytest.mark.parametrize("fault", ["20 partial", "-"])
def test_damaged_and_unmeasured_runs_are_not_long(fault: str) -> None:
    """A run read in part, or without a distance, is not called long."""
    assert last(f"{THREE}\n 7: {fault}")[0] == "not_seen"


def test_a_damaged_run_was_at_least_so_long() -> None:
    """Before the day, a run read in part counts for what was read of it; one without a distance does not count."""
    state, facts = last(f"{THREE}\n 5: 11 partial\n 6: -\n 7: 12")
    assert (state, facts["longest_m"], facts["runs_before"]) == ("not_seen", 11000.0, 4)


def test_three_runs_are_needed() -> None:
    """With two runs in the 30 days there is not enough evidence, and the facts say that one is lacking."""
    state, facts = last("0: 5\n 2: 6\n 7: 20")
    assert (state, facts["lacking"]) == ("not_enough_evidence", {"runs_before": 1})


def test_the_longest_must_reach_three_kilometres() -> None:
    """Where the longest is under 3 km there is not enough evidence, and the facts say how many metres are lacking."""
    state, facts = last("0: 1\n 2: 2\n 4: 2.5\n 7: 20")
    assert (state, facts["lacking"]) == ("not_enough_evidence", {"longest_m": 500.0})


def test_the_window_is_thirty_days_before_the_day() -> None:
    """A run 30 days before still counts, one of 31 days before does not."""
    drawn = "0: 9\n 5: 5\n 6: 5\n 7: 5\n"
    assert last(drawn + "30: 9.8", nights=31)[0] == "not_seen"
    assert last(drawn + "31: 9.8", nights=32)[0] == "seen"


def test_a_run_as_long_within_ninety_days_is_no_step() -> None:
    """After an easy month a run as long as one of the 90 days before is not told, unless it more than doubles it."""
    easy = "0: 9\n 40: 5\n 42: 5\n 44: 5\n"
    assert last(easy + "50: 8.9", nights=51)[0] == "not_seen"
    assert last(easy + "50: 9.1", nights=51)[0] == "seen"
    assert last("0: 20\n" + easy[5:] + "50: 10.1", nights=51)[0] == "seen"
    assert last(easy + "95: 5\n 96: 5\n 97: 5\n 98: 8.9", nights=99)[0] == "seen"


def test_later_runs_are_unknown() -> None:
    """A night knows no run of a later day."""
    assert a1(5, f"{THREE}\n 7: 12").equals(a1(9, f"{THREE}\n 7: 12").head(5))
    assert a1(5, f"{THREE}\n 7: 12").equals(a1(5, THREE))
