from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from drawn import number, rows
from warehouse.store import BATCH, check_in, file_of, open_store

from runmood.core.recordings import Decisions, HeartSettings

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

WATCH_AND_PHONE = """
    | file  | begins           | minutes | km  | by        | climb | climb by  | heart | covered | top |
    | phone | 2025-05-04 07:00 | 60      | 9.8 | positions | 80    | barometer | 140   | 0.9     | 171 |
    | watch | 2025-05-04 07:00 | 60      | 10  | device    |       |           |       | 0.3     | 190 |
"""


def runs(folder: Path, drawn: str, said: str = "", **told: Decisions | HeartSettings) -> pl.DataFrame:
    """The runs made from drawn recordings and check-ins."""
    with open_store(folder) as store:
        store.save(BATCH, [file_of(row) for row in rows(drawn)])
        store.build_tables({"check_ins": [check_in(row) for row in rows(said)] if said else []}, **told)  # type: ignore[arg-type]
        return store.table("runs")


def test_what_belongs_together_comes_from_one_file(tmp_path: Path) -> None:
    """A file with a climb gives whose climb it is, and one with heart rate gives its coverage and its highest."""
    (run,) = runs(tmp_path, WATCH_AND_PHONE).iter_rows(named=True)
    assert (run["recording_id"], run["distance_m"], run["distance_source"]) == ("watch", 10_000, "device")
    assert (run["ascent_m"], run["ascent_source"]) == (80, "barometer")
    assert (run["heart_recording_id"], run["heart_bpm"], run["heart_coverage"], run["heart_max_bpm"]) == (
        "phone",
        140,
        0.9,
        171,
    )


def test_a_distance_told_by_hand_goes_before_the_devices(tmp_path: Path) -> None:
    """How far the person says it was stands in the run, and its pace follows."""
    treadmill = "| file | begins | minutes | km |\n| a | 2025-05-04 07:00 | 60 | 9 |"
    (run,) = runs(tmp_path, treadmill, decisions=Decisions(distances={"a": 10_000})).iter_rows(named=True)
    assert (run["distance_m"], run["distance_source"], run["pace_s_km"]) == (10_000, "hand", 360)


NAMED = """
    | file | begins           | minutes | km | sub sport | name                             |
    | a    | 2025-05-01 07:00 | 30      | 5  | treadmill |                                  |
    | b    | 2025-05-02 07:00 | 30      | 5  | street    | Morning Run                      |
    | c    | 2025-05-03 09:00 | 30      | 5  |           | Tiergarten parkrun               |
    | d    | 2025-05-04 07:00 | 30      | 5  | trail     | Lange Läufe mag ich: langer Lauf |
    | e    | 2025-05-05 07:00 | 30      | 5  |           | Carrera de mañana                |
    | f    | 2025-05-06 07:00 | 30      | 5  |           | 6x800m Fractionné                |
    | g    | 2025-05-07 07:00 | 30      | 5  |           | Race pace practice               |
    | h    | 2025-05-08 07:00 | 30      | 5  |           | Club 10k race                    |
    | i    | 2025-05-09 07:00 | 30      | 5  |           | Corsa lungo il fiume             |
    | j    | 2025-05-10 07:00 | 30      | 5  |           | Pre-race shakeout                |
"""
MARKED = """
    | felt             | kind      | mood | tags        |
    | 2025-05-01 08:00 | after-run | 7    | easy ill    |
    | 2025-05-02 08:00 | after-run | 7    | social ours |
    | 2025-05-02 21:00 | evening   | 7    | mindful     |
    | 2025-05-03 09:40 | after-run | 7    | hard        |
"""
TAGS = """
    | file | tags           |
    | a    | easy treadmill |
    | b    | ours social    |
    | c    | alone parkrun  |
    | d    | long trail     |
    | e    |                |
    | f    | intervals      |
    | g    |                |
    | h    | race           |
    | i    |                |
    | j    |                |
"""


def test_tags_are_marked_or_certain(tmp_path: Path) -> None:
    """A run has the tags given it by hand, else those of the check-in after it, and what its file says for certain."""
    told = runs(tmp_path, NAMED, MARKED, decisions=Decisions(tags={"c": ("alone",)}))
    assert [" ".join(tags or []) for tags in told["tags"].to_list()] == [row["tags"] for row in rows(TAGS)]


# Minutes at each heart rate. Of the runs of a year the second highest is 200, once there are five.
HEARTS = """
    | file | begins           | minutes | km | heart | top | covered | heart times                                |
    | a    | 2023-05-01 07:00 | 60      | 9  | 150   | 230 | 1       | 150:60                                     |
    | b    | 2025-05-01 07:00 | 60      | 9  | 150   | 200 | 1       | 150:60                                     |
    | c    | 2025-05-02 07:00 | 60      | 9  | 150   | 180 | 1       | 150:60                                     |
    | d    | 2025-05-03 07:00 | 60      | 9  | 150   | 180 | 1       | 150:60                                     |
    | e    | 2025-05-04 07:00 | 60      | 9  | 150   | 180 | 1       | 150:60                                     |
    | f    | 2025-05-05 07:00 | 60      | 9  | 150   | 230 | 1       | 90:6 100:6 120:6 121:6 150:12 170:12 190:12 |
    | g    | 2025-05-06 07:00 | 60      | 9  | 150   | 180 | 0.7     | 150:42                                     |
    | h    | 2025-05-07 07:00 | 60      | 9  |       |     |         |                                            |
"""
ZONES = """
    | file | 1  | 2  | 3  | 4  | 5  | load |
    | e    |    |    |    |    |    |      |
    | f    | 12 | 6  | 12 | 12 | 12 | 168  |
    | g    | 0  | 0  | 42 | 0  | 0  |      |
    | h    |    |    |    |    |    |      |
"""
ZONES_OF_200 = ZONES.replace("| e    |    |    |    |    |    |      |", "| e    | 0  | 0  | 60 | 0  | 0  | 180  |")
OWN_ZONES = """
    | file | 1  | 2  | 3 | 4  | 5  | load |
    | e    | 0  | 60 | 0 | 0  | 0  | 120  |
    | f    | 24 | 12 | 0 | 12 | 12 | 156  |
    | g    | 0  | 42 | 0 | 0  | 0  |      |
    | h    |    |    |   |    |    |      |
"""


@pytest.mark.parametrize(
    ("heart", "drawn"),
    [
        pytest.param(HeartSettings(), ZONES, id="seen"),
        pytest.param(HeartSettings(heart_max_bpm=200), ZONES_OF_200, id="told"),
        pytest.param(HeartSettings(zone_bounds_bpm=(121, 150, 160, 170)), OWN_ZONES, id="own"),
    ],
)
def test_heart_zones_and_edwardss_load(tmp_path: Path, heart: HeartSettings, drawn: str) -> None:
    """Zones end at 60, 70, 80 and 90 % of the highest heart rate, or where the person says; load is minutes by zone.

    The highest seen is the second highest of a year and five runs. No load without heart rate on four fifths of a run.
    """
    told = runs(tmp_path, HEARTS, heart=heart)[-4:]
    assert told["recording_id"].to_list() == [row["file"] for row in rows(drawn)]
    for zone in "12345":
        assert (told[f"zone_{zone}_s"] / 60).to_list() == [number(row[zone]) for row in rows(drawn)], zone
    assert told["heart_load"].to_list() == [number(row["load"]) for row in rows(drawn)]
