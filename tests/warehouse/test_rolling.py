from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import acwr
import endurance_metrics.workload as oracle
import numpy as np
import pandas as pd
import polars as pl
import pytest
from warehouse.store import BATCH, file_of, open_store

from runmood.warehouse.transform import fitness_and_fatigue

if TYPE_CHECKING:
    from pathlib import Path

FIRST = dt.date(2025, 1, 1)


def rolling(folder: Path, minutes: list[float], efforts: list[float | None]) -> pl.DataFrame:
    """The lines of a person who ran so long and so hard on each day; no run where the minutes are 0."""
    drawn = [
        {
            "file": f"{day:04d}",
            "begins": f"{FIRST + dt.timedelta(days=day)} 07:00",
            "minutes": str(lasted),
            "km": str(lasted / 6),
            "effort": "" if effort is None else str(effort),
        }
        for day, (lasted, effort) in enumerate(zip(minutes, efforts, strict=True))
        if lasted
    ]
    with open_store(folder) as store:
        store.save(BATCH, [file_of(row) for row in drawn])
        store.build_tables()
        return store.table("rolling")


def some_year(seed: int) -> tuple[list[float], list[float | None]]:
    """Minutes and efforts of 400 days that begin and end with a run."""
    rng = np.random.default_rng(seed)
    minutes = np.where(rng.random(400) < 0.6, rng.integers(20, 120, 400), 0).astype(float)
    minutes[[0, -1]] = 60
    return minutes.tolist(), rng.integers(1, 10, 400).astype(float).tolist()


@pytest.mark.parametrize("seed", [1, 2])
def test_load_lines_agree_with_acwr(tmp_path: Path, seed: int) -> None:
    """Ratio, monotony and strain are those of the package acwr, but null where it has infinity or nothing.

    Its exponential means start from the first day's load and ours are weighted means of the days there are; after
    ten spans nothing is left of that difference.
    """
    minutes, efforts = some_year(seed)
    ours = rolling(tmp_path, minutes, efforts)
    daily = pd.date_range(FIRST, periods=400)
    load = pd.Series(np.array(minutes) * np.array(efforts, dtype=float), index=daily)
    theirs = pd.DataFrame(
        {
            "load_ratio": acwr.acwr(load, method="rac"),
            "monotony": acwr.monotony(load),
            "strain": acwr.strain(load),
            "load_7d": 7 * acwr.acute_load(load),
            "load_28d": 28 * acwr.chronic_load(load),
        }
    ).replace([np.inf, -np.inf], np.nan)
    for name in theirs:
        np.testing.assert_allclose(ours[name].to_numpy(), theirs[name].to_numpy(), rtol=1e-9, err_msg=name)
    # An alpha of 1/7 and of 1/42 is what acwr calls spans of 13 and 83.
    fatigue, fitness = (acwr.acute_load(load, acute=span, method="ewma", min_periods=1) for span in (13, 83))
    np.testing.assert_allclose(ours["fatigue"].to_numpy()[70:], fatigue.to_numpy()[70:], rtol=1e-3)
    np.testing.assert_allclose(ours["fitness"].to_numpy()[399:], fitness.to_numpy()[399:], rtol=1e-2)


def test_the_last_day_agrees_with_endurance_metrics(tmp_path: Path) -> None:
    """So does endurance-metrics for its last day, which it rounds and takes by the computer's clock."""
    minutes, efforts = some_year(3)
    minutes, efforts = minutes[-28:], efforts[-28:]
    minutes[0] = 30
    last = rolling(tmp_path, minutes, efforts).row(-1, named=True)
    ends = dt.datetime.now().date()  # noqa: DTZ005 - as the oracle does
    loads = [lasted * (effort or 0) for lasted, effort in zip(minutes, efforts, strict=True)]
    days = [ends - dt.timedelta(days=27 - day) for day in range(28)]
    theirs = oracle.compute_training_load(
        [{"date": f"{day}", "load": load} for day, load in zip(days, loads, strict=True)]
    )
    assert theirs["acwr"] == round(last["load_ratio"], 2)
    assert theirs["monotony"] == round(last["monotony"], 2)
    assert theirs["strain"] == pytest.approx(last["load_7d"] * round(last["monotony"], 2), abs=1)


def test_seven_equal_days_have_no_monotony(tmp_path: Path) -> None:
    """A week without any spread has a load and no monotony: not infinity, and not 0; likewise a week of rest."""
    week = rolling(tmp_path / "runs", [30.0] * 7, [4.0] * 7) if not (tmp_path / "runs").mkdir() else None
    assert week is not None
    assert week.row(-1, named=True)["load_7d"] == 840
    assert (week["monotony"][-1], week["strain"][-1]) == (None, None)
    (tmp_path / "rest").mkdir()
    rest = rolling(tmp_path / "rest", [30.0, *[0.0] * 7, 30.0], [4.0] * 9).row(-2, named=True)
    assert (rest["load_7d"], rest["monotony"], rest["runs_7"]) == (0, None, 0)


def test_a_sum_needs_every_day(tmp_path: Path) -> None:
    """Sums of 7, 28 and 365 days stand from the 7th, 28th and 365th known day on."""
    minutes, efforts = some_year(4)
    told = rolling(tmp_path, minutes, efforts)
    for span in (7, 28, 365):
        sums = told[f"moving_{span}d_s"].to_list()
        assert [place for place, told in enumerate(sums) if told is not None] == list(range(span - 1, 400))
        assert sums[-1] == 60 * sum(minutes[-span:])
        assert told[f"runs_{span}"][-1] == sum(1 for lasted in minutes[-span:] if lasted)
        assert told[f"known_days_{span}"][0] == 1
    assert told["longest_30d_m"][-1] == pytest.approx(max(minutes[-30:]) / 6 * 1000)


def test_two_units_are_never_in_one_window(tmp_path: Path) -> None:
    """A run without an effort makes its day's load null, and every window that holds it; a distance stands."""
    told = rolling(tmp_path, [30.0] * 20, [4.0] * 5 + [None] + [5.0] * 14)
    assert [place for place, load in enumerate(told["load_7d"]) if load is not None] == list(range(12, 20))
    assert told["distance_7d_m"].null_count() == 6


def test_fitness_starts_anew_after_a_gap() -> None:
    """On an unknown day both lines are null; after it they are the weighted mean of the days since, once they last."""
    loads: list[float | None] = [100.0] * 50 + [None] * 3 + [200.0] * 45
    days = pl.date_range(FIRST, FIRST + dt.timedelta(days=len(loads) - 1), eager=True)
    told = fitness_and_fatigue(pl.DataFrame({"local_date": days, "load": loads}))
    assert told["fitness"].to_list() == pytest.approx([None] * 41 + [100.0] * 9 + [None] * 44 + [200.0] * 4)
    assert told["fatigue"].to_list() == pytest.approx([None] * 6 + [100.0] * 44 + [None] * 9 + [200.0] * 39)


def test_balance_is_of_yesterday(tmp_path: Path) -> None:
    """Balance is yesterday's fitness less yesterday's fatigue."""
    told = rolling(tmp_path, *some_year(5))
    yesterday = (told["fitness"] - told["fatigue"]).shift(1)
    assert told["balance"].to_list() == yesterday.to_list()
