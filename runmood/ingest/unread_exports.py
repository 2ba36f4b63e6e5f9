"""What an export is that nothing can read: which app it comes from, by the names and first bytes of its files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


BEGINNING = 4096  # bytes
LOOKED_AT = 200  # files whose first bytes are looked at

_NAMES = (
    ("Apple Health", r"(?:^|/)(?:apple_health_export|workout-routes|electrocardiograms)/"),
    ("Garmin", r"(?:^|/)DI_CONNECT/|_summarizedActivities"),
    ("Fitbit", r"(?:^|/)(?:Fitbit|Global Export Data)/"),
    ("Google Fit", r"(?:^|/)Fit/(?:All Sessions|Activities|Daily activity metrics)/"),
    ("Google Maps Timeline", r"(?:^|/)(?:Semantic Location History/|Records\.json$|Timeline\.json$)"),
    ("Samsung Health", r"(?:^|/)com\.samsung\."),
    ("Huawei Health", r"(?:^|/)(?:HiTrack_|motion path detail|health detail data)"),
    ("Mi Fitness", r"MiFitness_|(?:^|/)hlth_center"),
    ("Zepp", r"(?:^|/)(?:SPORT|HEARTRATE_AUTO|ACTIVITY_MINUTE)/"),
    ("adidas Running", r"(?:^|/)Sport-sessions/"),
    ("Polar Flow", r"(?:^|/)(?:training-session|activity-\d{4}|planned-route)-"),
    ("Whoop", r"(?:^|/)physiological_cycles\.csv$"),
    ("Oura", r"(?:^|/)(?:oura_|dailyreadiness|sleepmodel)[^/]*\.(?:csv|json)$"),
    ("Withings", r"(?:^|/)raw_(?:tracker|location|hr)_[^/]*\.csv$"),
)
_BEGINNINGS = (
    ("Nike", rb'"com\.nike\.|"nike[_.]'),
    ("Peloton", rb"\AWorkout Timestamp,Live/On-Demand"),
    ("Endomondo", rb'"speed_avg_kmh"'),
    ("Withings", rb"\Afrom,to,from \(manual\)"),
    ("Strava", rb"\AActivity ID,Activity Date"),
    ("Runkeeper", rb"\A[^\n]*Friend's Tagged"),
    ("Garmin Connect", rb"\AActivity Type,Date,Favorite,Title"),
    ("Health Auto Export", rb'\A\s*\{\s*"data"\s*:\s*\{'),
)
_BY_NAME = tuple((app, re.compile(pattern)) for app, pattern in _NAMES)
_BY_BEGINNING = tuple((app, re.compile(pattern)) for app, pattern in _BEGINNINGS)


def app_of(files: Iterable[tuple[str, bytes]]) -> str | None:
    """Return the app that an export comes from; null for one that is not known.

    `files` are the names of its files, with their folders, and their first bytes.
    """
    for name, begins in files:
        for app, pattern in _BY_NAME:
            if pattern.search(name):
                return app
        for app, beginning in _BY_BEGINNING:
            if beginning.search(begins.removeprefix(b"\xef\xbb\xbf")):
                return app
    return None
