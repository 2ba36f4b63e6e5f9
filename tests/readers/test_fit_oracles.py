"""Every value of every sample is the one that two other readers see.

The routine compares the small files; with RUNMOOD_ALL=1 all are compared, which takes some minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from fitparse import FitParseError
from readers.fit_corpus import ALL, corpus, name, needs_corpus
from readers.fit_oracles import by_fitparse, by_garmin_sdk, differences

from runmood.core.errors import UnreadableFileError
from runmood.readers.fit import read_fit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


# Columns that differ, by the end of a file's name, and why.
POD_POWER = {"power_w": "from a developer's field; neither reader fills native columns from those"}
TOLD_APART = {
    "activity_2545022458.fit": POD_POWER,
    "track_cs_728599.fit": POD_POWER,
    "track_cs_777501.fit": POD_POWER,
    "track_cs_834323.fit": POD_POWER,
    "track_cs_857090.fit": POD_POWER,
    "track_cs_544406.fit": POD_POWER,
    "activity_2477200414.fit": POD_POWER,
    "activity_2944936628.fit": POD_POWER,
    "test_running-with-developer-data.fit": POD_POWER,
    "mornindew-broken.fit": POD_POWER,
    "samples_running.fit": POD_POWER,
    "20170518-191602-1740899583.fit": POD_POWER | {"speed_m_s": "from a developer's field"},
    "demo_fit_files_swim.fit": {"samples": "records without a time are left out"},
    "sdk_activity_poolswim_with_hr.fit": {"heart_bpm": "the SDK averages fewer beats where records share a second"},
    "event_timestamp.fit": {"heart_bpm": "as above"},
    "track_cs_1451.fit": {"heart_bpm": "as above"},
    "sample_mulitple_header.fit": {"heart_bpm": "as above"},
    "garmin-fr935-cr.fit": {"heart_bpm": "as above"},
}

# Damage, at which both stop while ours goes on; and what only one of them cannot read.
BOTH_STOP = (
    "activity-unexpected-eof.fit",
    "activity-settings-nodata.fit",
    "activity-settings-corruptheader.fit",
    "strava-android-app-201.10-b1218918.fit",
    "tests_files_nick.fit",
    "tpv_dev_fields_20260222.fit",  # a developer field of no bytes
)
SDK_STOPS = (*BOTH_STOP, "activity-filecrc.fit", "raw_run.fit")  # a wrong checksum
FITPARSE_STOPS = (*BOTH_STOP, "coros_20251118.fit", "misaligned-fields.fit")  # a size that is no multiple of the type's

ROUTINE = 30


def compare(path: Path, oracle: Callable[[bytes], list[dict[str, Any]]], stops: tuple[str, ...]) -> dict[str, int]:
    """The columns in which the readers differ beyond what is told above, with the number of samples."""
    content = path.read_bytes()
    try:
        activities = read_fit(content).activities
    except UnreadableFileError:
        pytest.skip("gives nothing: see test_fit_corpus.py")
    if not activities:
        pytest.skip("is not an activity")
    try:
        records = oracle(content)
    except (ValueError, FitParseError):
        assert path.name.endswith(stops)
        pytest.skip("the other reader stops at damage")
    points = pl.concat([activity.points for activity in activities])
    sports = [activity.sport for activity in activities for _ in range(len(activity.points))]
    told = next((columns for end, columns in TOLD_APART.items() if path.name.endswith(end)), {})
    return {column: count for column, count in differences(points, records, sports).items() if column not in told}


@needs_corpus
@pytest.mark.parametrize("path", corpus(most_bytes=1 << 30 if ALL else 150_000), ids=name)
def test_garmins_own_reader_agrees(path: Path) -> None:
    """Times, positions, heart rate and all the rest equal those of Garmin's SDK, stored beats included."""
    assert compare(path, by_garmin_sdk, SDK_STOPS) == {}


@needs_corpus
@pytest.mark.parametrize("path", corpus()[: None if ALL else ROUTINE], ids=name)
def test_fitparse_agrees(path: Path) -> None:
    """They equal fitparse's, too, where the first field of a name counts; stored beats it does not merge."""
    apart = compare(path, by_fitparse, FITPARSE_STOPS)
    assert apart == {} or (set(apart) == {"heart_bpm"} and has_stored_beats(path))


def has_stored_beats(path: Path) -> bool:
    """Whether a strap's beats are in the file."""
    return path.name.endswith(("with_hr.fit", "event_timestamp.fit", "1451.fit", "header.fit", "fr935-cr.fit"))
