"""GPX and TCX files drawn small, and what is read from them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from runmood.readers.xml import read_xml
from runmood.schema.tables import RAW_SAMPLES

if TYPE_CHECKING:
    from runmood.core.recordings import DecodedRun


EIGHT = dt.datetime(2025, 5, 4, 8, tzinfo=dt.UTC)


def point(inside: str = "<time>2025-05-04T08:00:00Z</time>", place: str = 'lat="48.1" lon="11.5"') -> str:
    """A track point."""
    return f"<trkpt {place}>{inside}</trkpt>"


def timed(minutes: float, inside: str = "") -> str:
    """A track point so many minutes after eight."""
    at = EIGHT + dt.timedelta(minutes=minutes)
    return point(f"<time>{at:%Y-%m-%dT%H:%M:%SZ}</time>{inside}")


def track(*points: str, head: str = "") -> str:
    """A track of one segment."""
    return f"<trk>{head}<trkseg>{''.join(points)}</trkseg></trk>"


def gpx(*parts: str, attributes: str = 'creator="Watch"') -> bytes:
    """A GPX file."""
    return f'<?xml version="1.0"?><gpx version="1.1" {attributes}>{"".join(parts)}</gpx>'.encode()


def tcx(inside: str) -> bytes:
    """A TCX file."""
    return f'<TrainingCenterDatabase xmlns:ns3="x">{inside}</TrainingCenterDatabase>'.encode()


def activity(*laps: str, sport: str = "Running", tail: str = "") -> bytes:
    """A TCX file with one activity."""
    head = f'<Activity Sport="{sport}"><Id>2025-05-04T08:00:00Z</Id>'
    return tcx(f"<Activities>{head}{''.join(laps)}{tail}</Activity></Activities>")


def trackpoint(seconds: float = 0, inside: str = "") -> str:
    """A TCX point so many seconds after eight."""
    at = EIGHT + dt.timedelta(seconds=seconds)
    return f"<Trackpoint><Time>{at:%Y-%m-%dT%H:%M:%SZ}</Time>{inside}</Trackpoint>"


def lap(*tracks: str, start: str = "2025-05-04T08:00:00Z", told: str = "") -> str:
    """A TCX lap; each of the tracks is a text of points."""
    body = "".join(f"<Track>{points}</Track>" for points in tracks)
    return f'<Lap StartTime="{start}">{told}{body}</Lap>'


def only_run(content: bytes) -> DecodedRun:
    """The one activity in a file."""
    (run,) = read_xml(content).activities
    RAW_SAMPLES.check(run.points)
    return run


def values(content: bytes, column: str) -> list[Any]:
    """One column of the one activity."""
    return only_run(content).points[column].to_list()
