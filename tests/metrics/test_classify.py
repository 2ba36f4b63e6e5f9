"""Whether a recording is a run: stated, weighed by its raw samples, or asked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from conftest import SHARED
from drawn import number, rows

from runmood.core.recordings import DecodedRun
from runmood.ingest.discover import discover_files
from runmood.ingest.read_file import read_file
from runmood.metrics.classify import classify_clock, classify_recording
from runmood.schema.tables import RAW_SAMPLES

if TYPE_CHECKING:
    from pathlib import Path

BEGAN = dt.datetime(2026, 5, 4, 6, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 11, 29, tzinfo=dt.UTC)
UTC = ZoneInfo("UTC")


def drawn(speed: float, rough: float, minutes_differ: float, cadence: float | None, heart: float | None) -> DecodedRun:
    """Half an hour at a mean speed in m/s; steps and minutes differ by these shares."""
    random = np.random.default_rng(1)
    by_minute = np.repeat(1 + minutes_differ * np.sign(np.arange(30) % 2 - 0.5), 60)
    way = np.cumsum(speed * by_minute * (1 + rough * random.standard_normal(1800)).clip(0.05))
    samples = [
        {
            "sampled_at": BEGAN + dt.timedelta(seconds=second),
            "distance_m": float(metres),
            "cadence_spm": cadence,
            "heart_bpm": heart,
            "segment": 0,
        }
        for second, metres in enumerate(way)
    ]
    return DecodedRun(points=RAW_SAMPLES.frame(samples))


UNSTATED = """
    | speed | rough | minutes differ | cadence | heart | verdict          | what it would be                    |
    | 2.8   | 0.1   | 0.05           | 165     | 150   | sport-by-pace    | a run                               |
    | 2.8   | 0.1   | 0.05           |         |       | sport-by-pace    | a run without a strap               |
    | 2.8   | 0.0   | 0.0            |         |       | planned-course   | a course with a made-up speed       |
    | 2.8   | 0.0   | 0.06           |         |       | sport-unclear    | positions evened out, or a plan     |
    | 2.8   | 0.0   | 0.0            |         | 150   | sport-by-pace    | a treadmill: a heart is a person    |
    | 1.2   | 0.1   | 0.05           |         | 100   | not-running-pace | a walk                              |
    | 1.7   | 0.1   | 0.05           |         | 120   | sport-unclear    | a brisk walk, or a slow run         |
    | 4.0   | 0.1   | 0.05           |         |       | sport-unclear    | a fast run, or an easy ride         |
    | 2.8   | 0.1   | 0.30           |         | 140   | sport-unclear    | skis, wheels on hills, or intervals |
    | 2.8   | 0.1   | 0.05           | 80      | 140   | sport-unclear    | pedals, or steps of one leg         |
    | 7.0   | 0.1   | 0.10           |         | 140   | not-running-pace | a ride                              |
    | 3.5   | 0.1   | 0.60           |         | 140   | sport-unclear    | positions that cannot be trusted    |
"""


@pytest.mark.parametrize("case", rows(UNSTATED), ids=str)
def test_without_a_sport_the_raw_samples_are_weighed(case: dict[str, str]) -> None:
    """What fits a run alone is one, what fits something else alone is set aside, what fits both is asked."""
    speed, rough, differ = (float(case[name]) for name in ("speed", "rough", "minutes differ"))
    run = drawn(speed, rough, differ, number(case["cadence"]), number(case["heart"]))
    measured = {"elapsed_s": 1799.0, "moving_s": 1799.0, "distance_m": 1799 * speed, "paused_s": 0.0}
    notice = classify_recording(run, measured, None).notice
    assert notice is not None
    assert notice.code == case["verdict"]


def test_a_name_that_says_running_beside_another_sport_is_asked() -> None:
    """A walk/run is never set aside by its pace: where the samples do not fit a run, the person says what it was."""
    samples = {"elapsed_s": 1799.0, "moving_s": 1799.0, "distance_m": 1799 * 7.5, "paused_s": 0.0}
    fast = drawn(7.5, 0.1, 0.05, None, None)
    assert classify_recording(fast, samples, None).status is None
    asked = classify_recording(fast, samples, None, maybe_run=True)
    assert (asked.status, asked.reason) == ("undecided", "unclear_sport")


STATED = """
    | sport   | elapsed | moving | m     | status    | verdict     |
    | running | 1800    | 1800   | 5000  | run       |             |
    | running | 1800    | 1800   |       | run       | no-distance |
    | running | 1800    | 0      | 0     | run       | no-distance |
    | running | 1800    | 1800   | 2000  | run       |             |
    | cycling | 1800    | 1800   | 5000  |           | not-a-run   |
    | walking | 1800    | 1800   | 2000  |           | not-a-run   |
    | running | 30      | 30     | 200   |           | too-short   |
    | running | 300     | 300    | 40    |           | too-short   |
    | running | 1800    | 8      | 40    | run       | no-distance |
    | running | 7000    | 7000   | 45500 | undecided | too-fast    |
    | running | 800     | 755    | 4990  | run       |             |
    | running | 2700    | 341    | 5400  | run       |             |
"""


@pytest.mark.parametrize("case", rows(STATED), ids=str)
def test_what_is_stated_counts_unless_nobody_could_have_run_it(case: dict[str, str]) -> None:
    """A stated sport holds; a run of unknown distance is a run; one beyond every record waits for the person."""
    measured = {
        "elapsed_s": number(case["elapsed"]),
        "moving_s": number(case["moving"]),
        "distance_m": number(case["m"]),
        "paused_s": 0.0,
    }
    judged = classify_recording(drawn(2.8, 0.1, 0.05, None, None), measured, case["sport"])
    assert (judged.status or "", judged.notice.code if judged.notice else "") == (case["status"], case["verdict"])


CLOCKS = """
    | began            | saved            | verdict      | suggested  |
    | 2026-05-04 06:00 | 2026-05-04 07:00 |              |            |
    | 2026-05-04 06:00 | 2026-11-20 07:00 |              |            |
    | 2026-12-17 16:00 | 2026-11-28 17:00 | clock-ahead  |            |
    | 2026-05-24 06:00 | 2026-05-05 07:00 | clock-ahead  |            |
    | 2027-03-01 06:00 | 1980-01-01 00:00 | clock-ahead  |            |
    | 2026-05-04 06:00 | 1980-01-01 00:00 |              |            |
    | 2007-04-07 08:00 | 2026-11-22 09:00 | clock-behind | 2026-11-21 |
    | 2007-04-07 08:00 | 2026-11-20 09:00 | clock-behind | 2026-11-20 |
    | 2007-04-07 08:00 | 2026-11-20 07:00 |              |            |
    | 2007-04-07 08:00 | 2016-11-22 09:00 |              |            |
    | 2025-05-04 06:00 | 2026-05-04 07:30 | clock-behind | 2026-05-04 |
    | 2025-05-04 06:00 | 2026-05-06 07:30 |              |            |
    | 2024-02-29 06:00 | 2025-02-28 07:30 | clock-behind | 2025-02-28 |
"""


@pytest.mark.parametrize("case", rows(CLOCKS), ids=str)
def test_a_clock_is_judged_by_when_the_file_was_saved(case: dict[str, str]) -> None:
    """A clock ahead waits; one behind by 1,024 weeks or a year is offered put right; an archive's 1980 says nothing."""
    began, saved = (dt.datetime.fromisoformat(case[name]).replace(tzinfo=dt.UTC) for name in ("began", "saved"))
    found = classify_clock(began, began + dt.timedelta(minutes=40), saved, NOW)
    verdict = found[0].notice.code if found and found[0].notice else ""
    suggested = f"{found[1]:%Y-%m-%d}" if found and found[1] else ""
    assert (verdict, suggested) == (case["verdict"], case["suggested"])


CASES = """
    | file                                  | outcome   | reason        |
    | treadmill_no_points.gpx               | run       | no_distance   |
    | course_with_constant_made_up_speed.gpx| skipped   |               |
    | says_running_45km_at_6_5_m_s.gpx      | undecided | too_fast      |
    | bike_by_its_name_no_type.gpx          | skipped   |               |
    | ahead_19d.fit                         | undecided | clock_ahead   |
    | rollover.gpx                          | undecided | clock_behind  |
    | phone_1119.gpx                        | run       |               |
    | forgot_stop.fit                       | run       | holds_a_ride  |
    | cropped.fit                           | run       |               |
"""


@pytest.mark.parametrize("case", rows(CASES), ids=str)
def test_the_cases_are_judged_as_they_are(case: dict[str, str]) -> None:
    """Each small input has the outcome that its README says is true."""
    path = SHARED / "cases" / "runs" / case["file"]
    if not path.is_file():
        pytest.skip(f"the case is not here: there is no {path}")
    (found,) = discover_files([path], lambda _name, _stamp: False)
    file = read_file(found, case["file"], UTC)
    reasons = [recording.row["status_reason"] or "" for recording in file.recordings]
    assert (file.outcome, "".join(map(str, reasons))) == (case["outcome"], case["reason"])


def test_a_file_that_cannot_be_read_tells_its_day(tmp_path: Path) -> None:
    """A refused file has the day of its name, else the first day that its text speaks of."""
    texts = {"2026-11-03-run.fit": "", "torn.gpx": "<gpx><time>2026-05-06T06:00:00Z"}
    days = {}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        (found,) = discover_files([tmp_path / name], lambda _name, _stamp: False)
        file = read_file(found, name, UTC)
        days[name] = file.local_date
    assert days == {
        "2026-11-03-run.fit": dt.date(2026, 11, 3),
        "torn.gpx": dt.date(2026, 5, 6),
    }
