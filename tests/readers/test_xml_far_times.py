"""Moments at the ends of the calendar, which a damaged file may hold."""

from __future__ import annotations

from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest

from runmood.core.errors import UnreadableFileError
from runmood.readers import decode
from runmood.tracks.clean import clean_track

BEYOND = "9999-12-31T23:59:59-01:00"
BEFORE = "0001-01-01T00:00:00+14:00"
GOOD = "2025-05-04T08:00:00Z"
GPX = '<gpx><trk><trkseg><trkpt lat="1" lon="1"><time>{0}</time></trkpt></trkseg></trk></gpx>'
TCX = (
    '<TrainingCenterDatabase><Activities><Activity Sport="Running"><Lap StartTime="{1}"><Track>'
    "<Trackpoint><Time>{0}</Time></Trackpoint></Track></Lap></Activity></Activities></TrainingCenterDatabase>"
)


@pytest.mark.parametrize("moment", [BEYOND, BEFORE])
@pytest.mark.parametrize("kind", ["gpx", "tcx", "lap"])
def test_a_year_beyond_the_calendar_stops_nothing(kind: str, moment: str) -> None:
    """A time that falls out of the years 1 to 9999 in UTC is no time: the file is read without it, or refused."""
    files = {"gpx": GPX.format(moment), "tcx": TCX.format(moment, GOOD), "lap": TCX.format(GOOD, moment)}
    with suppress(UnreadableFileError):
        for activity in decode(files[kind].encode()).activities:
            clean_track(activity, ZoneInfo("UTC"))
