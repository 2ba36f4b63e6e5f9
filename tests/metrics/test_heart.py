from __future__ import annotations

import numpy as np
import pytest
from drawn import number, rows
from endurance_metrics import calculate_decoupling
from runs_made import made, measured

from runmood.metrics.heart_rate import decoupling_percent, heart_rate_histogram, max_mean_hr_30s
from runmood.metrics.series import Mean

HOUR = np.arange(0.0, 3600.0)


def half_minute(heart_bpm: np.ndarray) -> float | None:
    """The highest half minute of rates that were taken each second."""
    seconds = np.arange(0.0, len(heart_bpm))
    return max_mean_hr_30s(Mean.of(heart_bpm, np.append(0.0, np.ones(len(heart_bpm) - 1))), seconds)


def test_one_wild_beat_is_no_maximum() -> None:
    """Of 220 for a second among 160 the half minute keeps 2; half a minute of 180 counts in full."""
    assert half_minute(np.where(HOUR == 900, 220.0, 160.0)) == pytest.approx(162)
    assert half_minute(np.where((HOUR > 900) & (HOUR <= 930), 180.0, 160.0)) == pytest.approx(180)


def test_little_heart_has_no_maximum() -> None:
    """Where no half minute has 25 s of heart rate, there is no highest."""
    assert half_minute(np.where(HOUR % 30 < 20, 150.0, np.nan)) is None
    assert half_minute(np.where(HOUR % 30 < 26, 150.0, np.nan)) == pytest.approx(150)


RATES = """
    | heart | weight | at  |
    | 150.4 | 0      | 150 |
    | 150.4 | 1      | 150 |
    | 150.6 | 7      | 151 |
    |       | 9      |     |
    | 149.9 | 2.5    | 150 |
    | 120   | 0      | 120 |
"""


def test_time_at_each_rate() -> None:
    """Each step counts at its rate, rounded; what is not known counts nowhere, and a rate of no time is not told."""
    table = rows(RATES)
    heart = np.array([number(row["heart"]) if row["heart"] else np.nan for row in table])
    assert heart_rate_histogram(heart, np.array([float(row["weight"]) for row in table])) == {150: 3.5, 151: 7}


def test_the_times_add_up_to_the_coverage() -> None:
    """What stands at the rates together is the time with heart rate: the run's, less the dropouts."""
    run = measured(made(HOUR, distance_m=3 * HOUR, heart_bpm=np.where(HOUR % 10 < 7, 150.0, np.nan)))
    lasted = sum(row["lasted_s"] for row in run.heart_rate_histogram)
    assert lasted == pytest.approx(run.row["heart_coverage"] * run.row["elapsed_s"])


def test_decoupling_by_another_program() -> None:
    """The same as endurance-metrics 0.1.0 gives on the same halves, which tells it with the other sign and rounded."""
    rng = np.random.default_rng(2)
    speed, heart = 3 + rng.normal(0, 0.05, 3600), 140 + HOUR / 300 + rng.normal(0, 1, 3600)
    ours = decoupling_percent(np.cumsum(speed), heart, HOUR + 1)
    theirs = calculate_decoupling(speed[600:].tolist(), heart[600:].tolist(), effort_type="raw")
    assert ours == pytest.approx(-theirs, abs=0.06)


DRIFTS = """
    | minutes | drift bpm | every 3 min m/s | known | decoupling | because                    |
    | 60      | 0         | 3               | 1     | 0          | no drift                   |
    | 60      | 10        | 3               | 1     | +          | heart rate rose            |
    | 60      | -10       | 3               | 1     | -          | heart rate fell            |
    | 35      | 10        | 3               | 1     |            | too short                  |
    | 60      | 10        | 4.5             | 1     |            | intervals                  |
    | 60      | 10        | 3               | 0.5   |            | heart rate for half of it  |
"""


@pytest.mark.parametrize("case", rows(DRIFTS), ids=lambda case: case["because"])
def test_decoupling_is_for_steady_runs(case: dict[str, str]) -> None:
    """It has either sign, and is null where a run says nothing of it."""
    seconds = np.arange(0.0, 60 * float(case["minutes"]))
    metres = np.cumsum(np.where(seconds // 180 % 2, float(case["every 3 min m/s"]), 3.0))
    heart = 140 + float(case["drift bpm"]) * seconds / 3600
    heart[seconds % 2 >= 2 * float(case["known"])] = np.nan
    found = measured(made(seconds, distance_m=metres, heart_bpm=heart)).row["decoupling_percent"]
    sign = "" if found is None else "0" if abs(found) < 1e-6 else "+" if found > 0 else "-"
    assert sign == case["decoupling"]


def test_decoupling_knows_hills() -> None:
    """Slower uphill at the same heart rate is no drift where heights are known."""
    way = np.cumsum(np.where(HOUR < 2100, 3.0, 3.0 / 1.3015))  # C(5 %) / 3.6 of the published curve
    heights = np.interp(way, [0, way[2100], way[-1]], [0, 0, 0.05 * (way[-1] - way[2100])])
    steady = {"heart_bpm": np.full(3600, 150.0)}
    flat = measured(made(HOUR, distance_m=way, **steady)).row["decoupling_percent"]
    graded = measured(made(HOUR, distance_m=way, altitude_m=heights, **steady)).row["decoupling_percent"]
    assert flat > 10
    assert graded == pytest.approx(0, abs=0.5)
