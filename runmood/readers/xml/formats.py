"""What the elements of GPX and TCX are called and where their text belongs, and what writers call a sport.

Names are local: prefixes, namespaces and versions differ between writers who mean the same.
Inside a sample the nearest name decides, since writers nest the same values in ever other containers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple


class FieldPath(NamedTuple):
    """Where a text belongs: to the file, the activity or the lap, and as what."""

    scope: Literal["file", "activity", "lap"]
    fact: str


@dataclass(frozen=True, slots=True)
class FormatSpec:
    """The element and attribute names of one format."""

    format: Literal["gpx", "tcx"]
    nesting: tuple[str, ...]  # from the root to the sample
    activities: frozenset[str]
    segment: str
    lap: str
    sample: str
    columns: dict[str, str]  # an element inside a sample -> its column of RAW_SAMPLES
    texts: dict[tuple[str, str], FieldPath]  # (parent, element) -> where its text belongs
    attributes: dict[tuple[str, str], FieldPath]  # (element, attribute) -> where its value belongs

    @property
    def title(self) -> str:
        """The format's name in a sentence."""
        return self.format.upper()


GPX = FormatSpec(
    format="gpx",
    nesting=("gpx", "trk", "trkseg", "trkpt"),
    activities=frozenset({"trk"}),
    segment="trkseg",
    lap="",
    sample="trkpt",
    columns={
        "lat": "latitude_deg",
        "lon": "longitude_deg",
        "time": "sampled_at",
        "ele": "altitude_m",
        "distance": "distance_m",  # Cluetrust gpxdata
        "speed": "speed_m_s",  # GPX 1.0, TrackPointExtension v2, OsmAnd
        "Speed": "speed_m_s",
        "hr": "heart_bpm",
        "heartrate": "heart_bpm",
        "HeartRate": "heart_bpm",
        "cad": "cadence_spm",
        "cadence": "cadence_spm",
        "Cadence": "cadence_spm",
        "RunCadence": "cadence_spm",
        "power": "power_w",
        "Power": "power_w",
        "PowerInWatts": "power_w",
        "Watts": "power_w",
        "watts": "power_w",
        "atemp": "temperature_c",
        "temp": "temperature_c",
        "temperature": "temperature_c",
        "Temperature": "temperature_c",
    },
    texts={
        ("gpx", "name"): FieldPath("file", "name"),  # GPX 1.0
        ("gpx", "time"): FieldPath("file", "time"),
        ("metadata", "name"): FieldPath("file", "name"),
        ("metadata", "time"): FieldPath("file", "time"),
        ("trk", "name"): FieldPath("activity", "name"),
        ("trk", "time"): FieldPath("activity", "time"),  # Runkeeper
        ("trk", "type"): FieldPath("activity", "sport"),
    },
    attributes={("gpx", "creator"): FieldPath("file", "device")},
)

TCX = FormatSpec(
    format="tcx",
    nesting=("TrainingCenterDatabase", "Activities", "Activity", "Lap", "Track", "Trackpoint"),
    activities=frozenset({"Activity", "Course"}),
    segment="Track",
    lap="Lap",
    sample="Trackpoint",
    columns={
        "LatitudeDegrees": "latitude_deg",
        "LongitudeDegrees": "longitude_deg",
        "Time": "sampled_at",
        "AltitudeMeters": "altitude_m",
        "DistanceMeters": "distance_m",
        "Speed": "speed_m_s",
        "Value": "heart_bpm",  # the one child of HeartRateBpm
        "Cadence": "cadence_spm",
        "RunCadence": "cadence_spm",
        "Watts": "power_w",
        "Temperature": "temperature_c",
    },
    texts={
        ("Activity", "Id"): FieldPath("activity", "time"),
        ("Activity", "Notes"): FieldPath("activity", "name"),
        ("Creator", "Name"): FieldPath("activity", "device"),
        ("Creator", "UnitId"): FieldPath("activity", "serial"),
        ("Lap", "TotalTimeSeconds"): FieldPath("lap", "moving_s"),
        ("Lap", "DistanceMeters"): FieldPath("lap", "distance_m"),
        ("AverageHeartRateBpm", "Value"): FieldPath("lap", "heart_bpm"),
    },
    attributes={
        ("Activity", "Sport"): FieldPath("activity", "sport"),
        ("Lap", "StartTime"): FieldPath("lap", "time"),
    },
)

TABLES = {"gpx": GPX, "tcx": TCX}
