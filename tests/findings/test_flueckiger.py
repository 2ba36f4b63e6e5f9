"""A month of 72 students (Flueckiger 2014, doi:10.1371/journal.pone.0111080; CC0), through the product's own path.

Their days become frames of DAYS: a day with leisure activity is a planned run, one without a missed one, as if each had
meant to be active daily; positive affect, 1 to 7, is the evening's mood, 0 to 10.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from findings.drawn import days_of

from runmood.findings import evaluate_all
from runmood.findings.stats.missed_runs import collect_missed_run_data, differences
from runmood.schema.tables import RUNS

SHARED = Path(os.environ.get("RUNMOOD_SHARED", Path(__file__).parents[3] / "shared"))
DIARIES = SHARED / "datasets" / "flueckiger" / "0015_flueckiger_ts.tsv"
MONTH = 32
LETTERS = {None: "?", True: "R", False: "M"}

pytestmark = pytest.mark.skipif(not DIARIES.exists(), reason=f"{DIARIES} is not here; RUNMOOD_SHARED names its folder")


@pytest.fixture(scope="module")
def students() -> list[pl.DataFrame]:
    """A frame a student: every day of the month, with activity and affect where they were said."""
    table = pl.read_csv(DIARIES, separator="\t", null_values=["NA", ""])
    month = pl.DataFrame({"day": np.arange(1, MONTH + 1)})
    return [
        month.join(theirs.with_columns(pl.col("day").cast(pl.Int64)), on="day", how="left").sort("day")
        for theirs in table.partition_by("id")
    ]


def days_from(student: pl.DataFrame, later: int = 0) -> pl.DataFrame:
    """DAYS, with the activity of so many days before."""
    active = student["phys_act"].shift(later) > 0
    moods = ((student["pa"] - 1) / 6 * 10).to_list()
    return days_of("".join(LETTERS[day] for day in active), moods)


def contrast(days: pl.DataFrame) -> float:
    """The product's run minus missed on the last night, in standard deviations; nan without two days of each."""
    diary = collect_missed_run_data(days)
    counts = diary.counts()
    if min(counts["run_days"][-1], counts["missed_days"][-1]) < 2:
        return np.nan
    run, _ = differences(diary, np.arange(MONTH) == MONTH - 1)
    return float(run.estimate[-1] / run.sigma[-1])


def correlation(student: pl.DataFrame, later: int) -> float:
    """Of affect with the activity of so many days before, within one student."""
    pairs = student.select("pa", activity=pl.col("phys_act").shift(later)).drop_nulls()
    if len(pairs) < 5 or pairs["activity"].n_unique() == 1 or pairs["pa"].n_unique() == 1:
        return np.nan
    return float(np.corrcoef(*pairs.to_numpy().T)[0, 1])


def test_the_known_figures_are_reproduced(students: list[pl.DataFrame]) -> None:
    """Affect goes with the same day's activity, r = .16, not with the day before's, .01; active days are +.40 SD."""
    assert np.nanmean([correlation(student, 0) for student in students]) == pytest.approx(0.16, abs=0.01)
    assert np.nanmean([correlation(student, 1) for student in students]) == pytest.approx(0.01, abs=0.01)
    differ = []
    for days in map(days_from, students):
        said = days.filter(pl.col("day_kind") != "unknown").drop_nulls("mood_evening")
        by_kind = dict(said.group_by("day_kind").agg(pl.col("mood_evening").mean()).iter_rows())
        if len(by_kind) == 2:
            spread = said["mood_evening"].std()
            differ.append((by_kind["planned_run"] - by_kind["missed_run"]) / spread)
    assert np.mean(differ) == pytest.approx(0.40, abs=0.01)


def test_the_products_contrast_agrees_and_asks_more(students: list[pl.DataFrame]) -> None:
    """Weekday, trend and memory held equal, active days are still higher by .1 to .4 SD; the days after are not."""
    same, next_day = (np.array([contrast(days_from(student, later)) for student in students]) for later in (0, 1))
    assert (~np.isnan(same)).sum() > 30
    assert 0.1 < np.nanmean(same) < 0.4
    assert abs(np.nanmean(next_day)) < 0.2
    assert np.nanmean(same) > np.nanmean(next_day) + 0.1


def test_a_month_is_not_enough_to_tell_one_student_anything(students: list[pl.DataFrame]) -> None:
    """However it looks in 72 students together, none of them is told a thing about missed days after 32 days."""
    for days in map(days_from, students[::6]):
        found = evaluate_all(days, RUNS.empty()).filter(pl.col("question").is_in(["B1", "B2"]))
        assert found["state"].unique().to_list() == ["not_enough_evidence"]
