"""Apple Health exports as the tests draw them: small, invented, in the layout of iOS."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

DTD = """<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 12 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
]>
"""
DEVICE = "&lt;&lt;HKDevice: 0x{address}&gt;, name:Apple Watch, manufacturer:Apple Inc., hardware:Watch6,2&gt;"
CLOCK = "%Y-%m-%d %H:%M:%S +0100"
BEGAN = dt.datetime(2026, 11, 2, 17, 30)  # noqa: DTZ001 - the clock of the phone, whose offset is in CLOCK


def after(seconds: float, began: dt.datetime = BEGAN) -> str:
    """A moment so long after the start, as the export writes it."""
    return (began + dt.timedelta(seconds=seconds)).strftime(CLOCK)


def record(kind: str, value: float, since_s: float, lasts_s: float = 0, **more: str) -> str:
    """A record of a quantity."""
    said = {"sourceName": "Watch", "unit": "count/min", **more}
    return (
        f'<Record type="HKQuantityTypeIdentifier{kind}" sourceName="{said["sourceName"]}" sourceVersion="10.1"'
        f' device="{DEVICE.format(address=more.get("address", "281d4a9e0"))}" unit="{said["unit"]}"'
        f' creationDate="{after(since_s)}" startDate="{after(since_s)}" endDate="{after(since_s + lasts_s)}"'
        f' value="{value}"/>'
    )


def workout(
    sport: str = "Running", *inside: str, lasts_s: float = 1800, began: dt.datetime = BEGAN, **more: str
) -> str:
    """A workout; what stands inside it follows its zone."""
    said = {"duration": str(lasts_s / 60), "address": "281d4a9e0", **more}
    return (
        f'<Workout workoutActivityType="HKWorkoutActivityType{sport}" duration="{said["duration"]}" durationUnit="min"'
        f' sourceName="Watch" sourceVersion="10.1" device="{DEVICE.format(address=said["address"])}"'
        f' creationDate="{after(lasts_s, began)}" startDate="{after(0, began)}" endDate="{after(lasts_s, began)}">'
        f'<MetadataEntry key="HKTimeZone" value="Europe/Prague"/>{"".join(inside)}</Workout>'
    )


def total(kilometres: float, unit: str = "km") -> str:
    """The distance of a workout."""
    kind = "HKQuantityTypeIdentifierDistanceWalkingRunning"
    return f'<WorkoutStatistics type="{kind}" startDate="" endDate="" sum="{kilometres}" unit="{unit}"/>'


def asleep(began: str, ended: str, *, says: str = "AsleepCore", source: str = "Watch", zone: str = "") -> str:
    """A record of sleep from one moment to another, both by a clock with its offset."""
    inside = f'\n  <MetadataEntry key="HKTimeZone" value="{zone}"/>\n ' if zone else ""
    return (
        f'<Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="{source}" sourceVersion="10.1"'
        f' creationDate="{ended}" startDate="{began}" endDate="{ended}"'
        f' value="HKCategoryValueSleepAnalysis{says}">{inside}</Record>'
    )


def event(kind: str, since_s: float) -> str:
    """A pause, or its end."""
    return f'<WorkoutEvent type="HKWorkoutEventType{kind}" date="{after(since_s)}"/>'


def route_of(name: str) -> str:
    """What a workout says of its route."""
    path = f'<FileReference path="/workout-routes/{name}"/>'
    return f'<WorkoutRoute sourceName="Watch" startDate="{after(0)}" endDate="{after(1800)}">{path}</WorkoutRoute>'


def export(*elements: str, dtd: str = DTD, ends: str = "</HealthData>\n") -> bytes:
    """The whole of export.xml."""
    begins = f'<?xml version="1.0" encoding="UTF-8"?>\n{dtd}<HealthData locale="en_GB">\n'
    lines = "\n ".join([f'<ExportDate value="{after(864_000)}"/>', *elements])
    return f"{begins} {lines}\n{ends}".encode()


def route(seconds: Iterable[int] = range(1801), began: dt.datetime = BEGAN, exported: str = "2026-11-12") -> bytes:
    """A route of 2.8 m/s to the north, a point for each of the seconds."""
    points = "".join(
        f'<trkpt lon="14.42" lat="{50.08 + second * 2.8 / 111_195:.7f}"><ele>200.0</ele>'
        f"<time>{began - dt.timedelta(hours=1) + dt.timedelta(seconds=second):%Y-%m-%dT%H:%M:%SZ}</time>"
        "<extensions><speed>2.8</speed><hAcc>3.2</hAcc></extensions></trkpt>"
        for second in seconds
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><gpx version="1.1" creator="Apple Health Export">'
        f"<metadata><time>{exported}T08:00:00Z</time></metadata><trk><name>Route</name>"
        f"<trkseg>{points}</trkseg></trk></gpx>"
    ).encode()
