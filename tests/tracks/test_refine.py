from __future__ import annotations

import datetime as dt
import math
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from drawn import number, rows

from runmood.core.errors import UnreadableFileError
from runmood.core.i18n import message
from runmood.core.notices import ODD_VALUES
from runmood.core.recordings import DecodedRun
from runmood.schema.tables import RAW_SAMPLES
from runmood.tracks.clean import Track, clean_track

LISBON = ZoneInfo("Europe/Lisbon")
BEGAN = dt.datetime(2025, 5, 4, 23, 40, tzinfo=dt.UTC)
METRE_DEG = 1 / 111_195  # of latitude, on the sphere of the same radius


def samples(table: str) -> pl.DataFrame:
    """Drawn samples: seconds since the start, metres north of a park in Lisbon, and other values as named."""
    drawn = []
    for row in rows(table):
        north = number(row.get("north", ""))
        drawn.append({
            "sampled_at": BEGAN + dt.timedelta(seconds=float(row["s"])) if row["s"] else None,
            "latitude_deg": None if north is None else 38.7 + north * METRE_DEG,
            "longitude_deg": None if north is None else -9.2,
            "distance_m": number(row.get("m", "")),
            "heart_bpm": number(row.get("heart", "")),
            "segment": int(row.get("seg", "") or 0),
        })  # fmt: skip
    return RAW_SAMPLES.frame(drawn)


def track(table: str, **more: object) -> Track:
    """The clean track of drawn samples."""
    return clean_track(DecodedRun(samples(table), **more), LISBON)


STOPS = """
    | s  | m   | seg | moved |
    | 0  | 0   | 0   | no    |
    | 10 | 30  | 0   | yes   |
    | 20 | 60  | 0   | yes   |
    | 30 | 61  | 0   | no    |
    | 40 | 62  | 0   | no    |
    | 50 | 92  | 0   | yes   |
    | 90 | 95  | 1   | no    |
    | 99 | 120 | 1   | yes   |
"""


def test_standing_still_and_pauses_are_not_motion() -> None:
    """A stop at a kerb and a paused watch are no motion; the running between them is."""
    moving = track(STOPS).points["moving"].to_list()
    assert moving == [row["moved"] == "yes" for row in rows(STOPS)]


def test_a_slow_climb_is_motion() -> None:
    """Hands on knees at 0.6 m/s is still under way."""
    climb = "\n".join(["| s | m |", *(f"| {10 * number} | {6 * number} |" for number in range(30))])
    assert track(climb).points["moving"].sum() == 29


def test_the_devices_distance_never_falls() -> None:
    """Where the device counts, its count is taken; a step back is held, a sample without one is on the way."""
    table = "| s | m |\n| 0 | |\n| 10 | 30 |\n| 20 | 25 |\n| 30 | |\n| 40 | 90 |"
    assert track(table).points["distance_m"].to_list() == [0, 30, 30, 60, 90]


def test_distance_along_positions_leaves_out_pauses() -> None:
    """Without a device's distance, positions give it; a taxi taken while the watch was paused does not count."""
    table = """
        | s   | north | seg |
        | 0   | 0     | 0   |
        | 10  | 30    | 0   |
        | 20  |       | 0   |
        | 30  | 90    | 0   |
        | 300 | 5000  | 1   |
        | 310 | 5030  | 1   |
    """
    assert track(table).points["distance_m"].to_list() == pytest.approx([0, 30, 60, 90, 90, 120], abs=0.1)


def test_no_distance_is_null_and_no_pause_is_motion() -> None:
    """A treadmill that measured nothing has no distance, not 0; its time counts as motion but for pauses."""
    points = track("| s | seg |\n| 0 | 0 |\n| 10 | 0 |\n| 99 | 1 |\n| 109 | 1 |").points
    assert points["distance_m"].null_count() == points["speed_m_s"].null_count() == 4
    assert points["moving"].to_list() == [False, True, False, True]


def test_jumps_are_removed_and_counted() -> None:
    """A position nobody could have run to and back from is left out; so is (0, 0)."""
    clean = track("| s | north |\n| 0 | 0 |\n| 10 | 30 |\n| 20 | 4000 |\n| 30 | 90 |\n| 40 | 120 |")
    assert clean.points["latitude_deg"].null_count() == 1
    assert clean.points["distance_m"][-1] == pytest.approx(120, abs=0.1)
    assert [notice.code for notice in clean.notices] == ["jumps-removed"]


def test_a_train_in_the_middle_is_no_jump() -> None:
    """A position far away that the next ones agree with stays: it is not ours to guess what happened."""
    clean = track("| s | north |\n| 0 | 0 |\n| 10 | 30 |\n| 20 | 4000 |\n| 30 | 4030 |\n| 40 | 4060 |")
    assert clean.points["latitude_deg"].null_count() == 0


def test_samples_are_put_in_order() -> None:
    """Samples come by time, one a moment, joined from what each says; those without a time are counted."""
    clean = track("| s | m | heart |\n| 20 | 60 | |\n| 0 | 0 | 120 |\n| 10 | 30 | |\n| 10 | | 130 |\n| | 90 | 140 |")
    assert clean.points["elapsed_s"].to_list() == [0, 10, 20]
    assert clean.points["heart_bpm"].to_list() == [120, 130, None]
    assert [notice.code for notice in clean.notices] == ["samples-dropped", "zone-from-home"]


def test_a_dropout_is_null_and_the_impossible_is_told_of() -> None:
    """A heart rate of 0 is a dropout; one of 600 is left out with a notice."""
    clean = track("| s | m | heart |\n| 0 | 0 | 0 |\n| 10 | 30 | 600 |\n| 20 | 60 | 140 |")
    assert clean.points["heart_bpm"].to_list() == [None, None, 140]
    assert clean.notices[0] == ODD_VALUES(count=1, measure=message("sampled.heart_bpm"))


def test_without_a_time_there_is_no_run() -> None:
    """A file without a single time is unreadable."""
    with pytest.raises(UnreadableFileError):
        track("| s | m |\n| | 0 |\n| | 30 |")


CLOCKS = """
    | north | offset_h | zone             | from  | began            |
    | 0     | 9        | Europe/Lisbon    | place | 2025-05-05 00:40 |
    |       | 9        | UTC+09:00        | file  | 2025-05-05 08:40 |
    |       | 1        | Europe/Lisbon    | file  | 2025-05-05 00:40 |
    |       |          | Europe/Lisbon    | home  | 2025-05-05 00:40 |
"""


@pytest.mark.parametrize("case", rows(CLOCKS), ids=lambda case: f"{case['zone']} from {case['from']}")
def test_the_clock_of_the_place(case: dict[str, str]) -> None:
    """The zone is the place's, else the file's offset, else the home's; the day is that of the wall clock there."""
    hours = number(case["offset_h"])
    table = f"| s | north | m |\n| 0 | {case['north']} | 0 |\n| 10 | {case['north']} | 30 |"
    clock = track(table, utc_offset_s=None if hours is None else int(hours * 3600)).clock
    assert (clock.zone, clock.zone_source) == (case["zone"], case["from"])
    assert f"{clock.began:%Y-%m-%d %H:%M}" == case["began"]


def test_an_unset_clock_is_refused() -> None:
    """A run that the device puts in 1989 stands on no day."""
    recorded = samples("| s | m |\n| 0 | 0 |\n| 90 | 300 |").with_columns(pl.col("sampled_at").dt.offset_by("-36y"))
    with pytest.raises(UnreadableFileError, match="clock was not set"):
        clean_track(DecodedRun(recorded), LISBON)


def test_shifting_in_time_changes_nothing_else() -> None:
    """The same run a week later has the same distance, speed and motion."""
    early = samples(STOPS)
    late = early.with_columns(pl.col("sampled_at").dt.offset_by("7d"))
    one, other = (clean_track(DecodedRun(each), LISBON).points.drop("sampled_at") for each in (early, late))
    assert one.equals(other)


def test_haversine_agrees_with_a_known_distance() -> None:
    """A degree of latitude on the mean sphere is 111.195 km (pi / 180 times the mean radius of IUGG 1980)."""
    clean = track(f"| s | north |\n| 0 | 0 |\n| 60000 | {1 / METRE_DEG} |")
    assert clean.points["distance_m"][-1] == pytest.approx(math.pi / 180 * 6_371_008.8)


@pytest.mark.parametrize(
    ("zone", "wall", "in_utc"),
    [
        ("Europe/Lisbon", "2025-05-04 23:40", "22:40"),
        ("Europe/Lisbon", "2025-01-04 23:40", "23:40"),
        ("America/New_York", "2025-05-04 23:40", "03:40"),
        ("Europe/Berlin", "2025-10-26 02:30", "00:30"),  # said twice: the first
        ("Europe/Berlin", "2025-03-30 01:50", "00:50"),  # the clock goes forward during the run
    ],
)
def test_the_clock_on_the_wall_is_that_at_home(zone: str, wall: str, in_utc: str) -> None:
    """A file that gives no zone is read by the home's clock, and its day and its length stay what they were."""
    began = dt.datetime.fromisoformat(wall).replace(tzinfo=dt.UTC)
    points = RAW_SAMPLES.frame([{"sampled_at": began, "segment": 0}, {"sampled_at": began + dt.timedelta(minutes=30)}])
    clean = clean_track(DecodedRun(points, clock_is_local=True), ZoneInfo(zone))
    assert f"{clean.points['sampled_at'][0]:%H:%M}" == in_utc
    assert f"{clean.clock.began:%Y-%m-%d %H:%M}" == wall
    assert clean.points["elapsed_s"].to_list() == [0, 1800]


def test_a_file_without_a_moment_on_the_wall_is_refused() -> None:
    """Without any time there is no run, whatever clock it was."""
    with pytest.raises(UnreadableFileError):
        clean_track(DecodedRun(RAW_SAMPLES.frame([{"segment": 0}]), clock_is_local=True), LISBON)
