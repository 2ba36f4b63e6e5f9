"""Take Apple Health's `export.xml` apart: a document for each workout, with the samples and routes of its minutes.

The export has gigabytes in one XML file, whose DTD is malformed in some versions of iOS, so it is no document that an
XML parser could be given. Its bytes are searched, a portion at a time: workouts, and records of heart rate, power and
distance, of which only time and value are kept (16 bytes each). A workout alone is parsed as XML.

What a document says is all that identifies it, so it holds nothing that differs between two exports of one workout:
moments count from 1970 in UTC, lengths are metres, and of a route there are the points alone.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import numpy as np

from runmood.core.notices import ENTRIES_LEFT_OUT, EXPORT_CUT_OFF, FORBIDDEN_XML, NOTHING_TO_READ, ROUTES_MISSING
from runmood.readers.detect import first_sample_at
from runmood.readers.registry import CollectionPart, collection_reader
from runmood.readers.values import number, with_offset
from runmood.readers.vendors.apple_health import FORMAT
from runmood.readers.vendors.apple_health_sleep import SleepAndMind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from runmood.core.notices import Notice
    from runmood.readers.registry import ByteStream, FilesBeside


_PORTION = 4 << 20
_LONGEST_ELEMENT = 32 << 20
_A_LINE = 4096
_A_RECORD = 65_536  # bytes, far more than one has
_LATEST = 4_102_444_800.0  # 2100
_A_DAY, _A_MINUTE = 86_400, 60
_LONGEST_S = 10 * _A_DAY
_ROOT = re.compile(rb"<!DOCTYPE\s+HealthData\b|<HealthData[\s>]")
_DECLARED = re.compile(rb"<!DOCTYPE\s+HealthData\s*\[(.*?)\]\s*>", re.DOTALL)
_SERIES = {b"HeartRate": "heart", b"RunningPower": "power", b"DistanceWalkingRunning": "distance"}
_TYPE = rb'HKQuantityTypeIdentifier(HeartRate|RunningPower|DistanceWalkingRunning)"'
# Apple's order of attributes, of which some may be absent; and any order, which takes longer.
_ORDER = (
    rb' sourceName="([^"]*)"(?: sourceVersion="[^"]*")?(?: device="[^"]*")?(?: unit="([^"]*)")?'
    rb'(?: creationDate="[^"]*")? startDate="([^"]*)" endDate="([^"]*)" value="([^"]*)"'
)
_IN_ORDER = re.compile(rb'<Record type="' + _TYPE + _ORDER)
_IN_ANY_ORDER = re.compile(
    rb'<Record(?=\s)(?=[^<]*?\stype="' + _TYPE + rb')(?=[^<]*?\ssourceName="([^"]*)")(?=[^<]*?\sunit="([^"]*)")'
    rb'(?=[^<]*?\sstartDate="([^"]*)")(?=[^<]*?\sendDate="([^"]*)")(?=[^<]*?\svalue="([^"]*)")'
)
_USUAL_ORDER = re.compile(rb'<Record type="[^"]*"' + _ORDER)
_BEGINS = b"<Workout"
_START_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_SEGMENT, _SEGMENT_END = re.compile(rb"<trkseg\b"), b"</trkseg>"
_ACTIVITY = re.compile(r"^HKWorkoutActivityType")
_ANOTHER_SPORT = re.compile(r"HKWorkoutActivityType(?!Other$|Running$)\w+")
_DESCRIBED = re.compile(r"\b(name|hardware):([^,>]+)")
_METRES = {"m": 1.0, "km": 1000.0, "mi": 1609.344, "ft": 0.3048, "yd": 0.9144}
_SECONDS = {"s": 1.0, "min": 60.0, "hr": 3600.0}
_STOPS = {
    "HKWorkoutEventTypePause": True,
    "HKWorkoutEventTypeMotionPaused": True,
    "HKWorkoutEventTypeResume": False,
    "HKWorkoutEventTypeMotionResumed": False,
}
# Where the figures of 2026-11-01 00:05:00 +0100 stand: tens and ones of each part, and the sign.
_LIKE = "2026-11-01 00:05:00 +0100"
_SIGN = 20
_TENS = np.array([0, 2, 5, 8, 11, 14, 17, 21, 23])
_ONES = _TENS + 1
_FIGURES = np.concatenate([_TENS, _ONES])
_RECORD = np.dtype([("at", "<u4"), ("lasts", "<f4"), ("value", "<f4"), ("source", "<u2")])


@dataclass(slots=True)
class _Records:
    """The records of one kind: those of each portion in order of time, and from when to when they began."""

    portions: list[NDArray[np.void]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)

    def add(self, records: NDArray[np.void]) -> None:
        """Keep the records of a portion."""
        if records.size:
            records = records[np.argsort(records["at"], kind="stable")]
            self.portions.append(records)
            self.spans.append((int(records["at"][0]), int(records["at"][-1])))

    def within(self, began: float, ended: float, source: int | None) -> NDArray[np.void]:
        """Return the records that began in a span, each once; of another source where this one has none."""
        ended = min(ended, began + _LONGEST_S)
        first, last = np.array(self.spans).T if self.spans else np.empty((2, 0))
        parts = []
        for at in np.flatnonzero((first <= ended) & (last >= began)):
            low, high = np.searchsorted(self.portions[at]["at"], [began, ended + 1])
            parts.append(self.portions[at][low:high])
        found = np.concatenate(parts) if parts else np.empty(0, _RECORD)
        sources, counts = np.unique(found["source"], return_counts=True)
        if source not in sources and sources.size:
            source = int(sources[counts.argmax()])
        return np.unique(found[found["source"] == source])


@dataclass(slots=True)
class _Export:
    """What is kept of an export while it is read."""

    records: dict[str, _Records] = field(default_factory=lambda: {name: _Records() for name in _SERIES.values()})
    sources: dict[bytes, int] = field(default_factory=dict)
    sleep_and_mind: SleepAndMind = field(default_factory=SleepAndMind)
    workouts: list[_Workout] = field(default_factory=list)
    unread: int = 0
    pattern: re.Pattern[bytes] | None = None


@dataclass(slots=True)
class _Workout:
    """A workout: what its document will say, and which files its routes are."""

    said: dict[str, object]
    source: bytes
    routes: list[str]
    name: str

    @property
    def span(self) -> tuple[float, float]:
        """When it began and ended, in seconds since 1970."""
        began = number(self.said["start"], 0, _LATEST) or 0.0
        return began, began + (number(self.said["elapsed_s"], 0, _LATEST) or 0.0)

    @property
    def is_wanted(self) -> bool:
        """Whether it may be a run; of others nothing but their figures is taken."""
        return not _ANOTHER_SPORT.fullmatch(str(self.said["activity"]))


def _is_export(head: bytes) -> bool:
    return _ROOT.search(head) is not None


@collection_reader(FORMAT, files=[r".*(?<!_cda)\.xml"], accepts=_is_export, parts=r"workout-routes/[^/]+\.gpx")
def split_apple_health(file: ByteStream, beside: FilesBeside) -> Iterator[CollectionPart | Notice]:
    """Yield a document for each workout, the routes that belong to none, sleep and State of Mind, what is unreadable.

    `file` is read once, forward; `beside` has the routes.
    """
    export = _Export()
    fault = _scan(file, export)
    there = set(beside.names())
    unclaimed = there - {route for workout in export.workouts for route in workout.routes}
    _claim_by_time(export.workouts, unclaimed, beside)
    missing = 0
    for workout in export.workouts:
        named, workout.routes = workout.routes, [route for route in workout.routes if route in there]
        missing += workout.is_wanted and len(workout.routes) < len(named)
        yield _document(export, workout, beside)
    for name in sorted(unclaimed):
        if (content := beside.read(name)) is not None:
            yield CollectionPart(name, content, is_beside=True)
    others = tuple(export.sleep_and_mind.documents())
    yield from others
    if not (export.workouts or others or export.unread or fault):
        yield NOTHING_TO_READ()
    if export.unread:
        yield ENTRIES_LEFT_OUT(count=export.unread)
    if missing:
        yield ROUTES_MISSING(count=missing)
    if fault:
        yield fault


def _scan(file: ByteStream, export: _Export) -> Notice | None:
    """Read the export to its end; return why it cannot be read, or not to its end."""
    rest = file.read(_PORTION)
    if _declares_more(rest):
        return FORBIDDEN_XML()
    ended = False
    while not ended:
        portion = file.read(_PORTION)
        ended = not portion
        window = rest + portion
        whole = len(window) if ended else _whole_before(window)
        done = _find_workouts(window, whole, export, ended=ended)
        _find_records(window[:done], export)
        export.sleep_and_mind.find(window[:done])
        if ended and b"</HealthData>" not in window[-_A_LINE:]:
            return EXPORT_CUT_OFF(count=len(export.workouts))
        rest = window[done:]
    return None


def _whole_before(window: bytes) -> int:
    """Return before where all tags are whole, and all that stands within a record."""
    last = window.rfind(b"<")
    record = window.rfind(b"<Record", max(0, last - _A_RECORD))
    return last if record < 0 else record


def _declares_more(begins: bytes) -> bool:
    """Return whether the DOCTYPE is another than the list of elements and attributes that Apple writes."""
    if b"<!DOCTYPE" not in begins:
        return False
    declared = _DECLARED.search(begins)
    return declared is None or begins.count(b"<!DOCTYPE") > 1 or b"<!ENTITY" in declared[1]


def _find_workouts(window: bytes, whole: int, export: _Export, *, ended: bool) -> int:
    """Parse the workouts before `whole`; return where the first that is not whole begins, else `whole`."""
    at = _next_workout(window, 0, whole)
    while at >= 0:
        following = _next_workout(window, at + len(_BEGINS), len(window))
        end = _end_of(window, at, len(window) if following < 0 else following)
        if end is None and following < 0 and not ended and len(window) - at < _LONGEST_ELEMENT:
            return at
        workout = _parse(window[at:end]) if end else None
        export.workouts += [workout] if workout else []
        export.unread += not workout
        at = following if following < whole else -1
    return whole if len(window) - whole < _LONGEST_ELEMENT else len(window)


def _next_workout(window: bytes, at: int, before: int) -> int:
    """Return where the next workout begins; -1 without one. A workout's events and statistics begin likewise."""
    at = window.find(_BEGINS, at, before)
    while at >= 0 and not window[at + len(_BEGINS) : at + len(_BEGINS) + 1].isspace():
        at = window.find(_BEGINS, at + len(_BEGINS), before)
    return at


def _end_of(window: bytes, at: int, latest: int) -> int | None:
    """Return where the element that begins at `at` ends, before `latest`; null where it does not."""
    tag = _START_TAG.match(window, at, latest)
    if tag and tag[0].endswith(b"/>"):
        return tag.end()
    end = window.find(b"</Workout>", at, latest)
    return None if end < 0 else end + len(b"</Workout>")


def _find_records(window: bytes, export: _Export) -> None:
    """Keep time and value of the records that a run may need."""
    if export.pattern is None and b"<Record" in window:
        export.pattern = _IN_ORDER if _USUAL_ORDER.search(window) else _IN_ANY_ORDER
    found = export.pattern.findall(window) if export.pattern else []
    if not found:
        return
    kinds, sources, units, starts, ends, values = zip(*found, strict=True)
    for source in set(sources):
        export.sources.setdefault(source, min(len(export.sources), 65_535))
    at, until = _epochs(starts), _epochs(ends)
    value = _floats(values) * np.array([_METRES.get(unit.decode("utf-8", "replace"), 1.0) for unit in units])
    true = (at > 0) & (at < _LATEST) & np.isfinite(value)
    records = np.zeros(len(found), _RECORD)
    records["at"] = np.where(true, at, 0)
    records["lasts"] = np.clip(until - at, 0, _A_DAY)
    records["value"] = np.where(true, value, 0)
    records["source"] = [export.sources[source] for source in sources]
    kind = np.array(kinds)
    for written, name in _SERIES.items():
        export.records[name].add(records[true & (kind == written)])


def _epochs(written: tuple[bytes, ...]) -> NDArray[np.float64]:
    """Return times like 2026-11-01 00:05:00 +0100 as seconds since 1970; 0 for a text that is none."""
    if all(len(each) == len(_LIKE) for each in written):
        figures = np.frombuffer(b"".join(written), np.uint8).reshape(len(written), -1).astype(np.int64) - ord("0")
        if ((figures[:, _FIGURES] >= 0) & (figures[:, _FIGURES] <= 9)).all():  # noqa: PLR2004 - the figures
            return _from_figures(figures)
    return np.array([_epoch(each.decode("utf-8", "replace")) or 0.0 for each in written])


def _from_figures(figures: NDArray[np.int64]) -> NDArray[np.float64]:
    tens = figures[:, _TENS] * 10 + figures[:, _ONES]
    century, year, month, day, hour, minute, second, ahead_h, ahead_min = tens.T
    months = (century * 100 + year - 1970) * 12 + month - 1
    days = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + day - 1
    ahead_s = np.where(figures[:, _SIGN] == ord("-") - ord("0"), -1, 1) * (ahead_h * 60 + ahead_min) * 60
    return np.asarray(days * _A_DAY + hour * 3600 + minute * 60 + second - ahead_s, np.float64)


def _epoch(written: str | None) -> float | None:
    """Return a time in seconds since 1970; null where the text is none."""
    moment, _ = with_offset(written)
    return moment.timestamp() if moment else None


def _floats(written: tuple[bytes, ...]) -> NDArray[np.float64]:
    """Return numbers; NaN for a text that is none."""
    try:
        return np.array(written).astype(np.float64)
    except ValueError:
        values = (number(each.decode("utf-8", "replace"), -_LATEST, _LATEST) for each in written)
        return np.array([np.nan if value is None else value for value in values])


def _parse(element: bytes) -> _Workout | None:
    """Return a workout; null where it is damaged, or gives no true start or end."""
    try:
        workout = ET.fromstring(element)  # noqa: S314 - one element, without a DOCTYPE: no entity can be declared
    except ET.ParseError:
        return None
    started, ended = workout.get("startDate") or "", workout.get("endDate") or ""
    began, until = _epoch(started), _epoch(ended)
    if began is None or until is None or until <= began:
        return None
    details = {each.get("key"): each.get("value") for each in workout.findall("MetadataEntry")}
    statistics = _statistics(workout)
    activity = workout.get("workoutActivityType") or ""
    total_m = _in_units(statistics, "DistanceWalkingRunning", "sum") or _measured(workout, "totalDistance", _METRES)
    _, offset = with_offset(started)
    said: dict[str, object] = {
        "activity": activity,
        "device": _device(workout),
        "distance_m": total_m,
        "elapsed_s": until - began,
        "heart_bpm": _in_units(statistics, "HeartRate", "average"),
        "indoor": {"1": True, "0": False}.get(details.get("HKIndoorWorkout") or ""),
        "offset_s": None if details.get("HKTimeZone") else offset,
        "pauses": _pauses(workout, began, until),
        "start": began,
        "time_zone": details.get("HKTimeZone"),
        "timer_s": _measured(workout, "duration", _SECONDS),
    }
    routes = [str(each.get("path")).lstrip("/") for each in workout.iterfind("WorkoutRoute/FileReference")]
    source = escape(workout.get("sourceName") or "", {'"': "&quot;"}).encode()
    name = f"{started[:16].replace(':', '.')} {_ACTIVITY.sub('', activity) or 'Workout'}"
    return _Workout(said, source, routes, name)


def _statistics(workout: ET.Element) -> dict[str, ET.Element]:
    """Return the figures of the whole workout by what they measure; those of its only part where it has none itself."""
    parts = workout.findall("WorkoutActivity")
    found = [*workout.findall("WorkoutStatistics"), *(parts[0].findall("WorkoutStatistics") if len(parts) == 1 else [])]
    by_kind: dict[str, ET.Element] = {}
    for each in found:
        by_kind.setdefault((each.get("type") or "").removeprefix("HKQuantityTypeIdentifier"), each)
    return by_kind


def _in_units(statistics: dict[str, ET.Element], kind: str, name: str) -> float | None:
    figures = statistics.get(kind)
    value = None if figures is None else number(figures.get(name), 0, _LATEST)
    unit = None if figures is None else figures.get("unit")
    return value and round(value * _METRES.get(unit or "", 1.0), 1)


def _measured(workout: ET.Element, name: str, units: dict[str, float]) -> float | None:
    value, unit = number(workout.get(name), 0, _LATEST), workout.get(f"{name}Unit")
    return value and round(value * units.get(unit or "", 1.0), 1)


def _pauses(workout: ET.Element, began: float, until: float) -> list[list[float]]:
    """Return from when to when the timer was stopped, in seconds since the start, in order."""
    events = sorted(
        (moment, _STOPS[kind])
        for each in workout.iter("WorkoutEvent")
        if (kind := each.get("type") or "") in _STOPS and (moment := _epoch(each.get("date"))) is not None
    )
    pauses: list[list[float]] = []
    stopped: float | None = None
    for moment, stops in [*events, (until, False)]:
        at = min(max(moment, began), until) - began
        if stops and stopped is None:
            stopped = at
        elif not stops and stopped is not None:
            pauses += [[stopped, at]] if at > stopped else []
            stopped = None
    return pauses


def _device(workout: ET.Element) -> str | None:
    """Return what recorded it: the kind of device where that is told, else the name of the source."""
    described = dict(_DESCRIBED.findall(workout.get("device") or ""))
    kind = " ".join(described[part] for part in ("name", "hardware") if part in described)
    return kind or workout.get("sourceName")


def _claim_by_time(workouts: list[_Workout], unclaimed: set[str], beside: FilesBeside) -> None:
    """Give each route that no workout names to the workout in whose time it began; leave the others unclaimed."""
    for name in sorted(unclaimed):
        first = first_sample_at(beside.read(name) or b"")
        at = first.timestamp() if first else None
        within = [each for each in workouts if at is not None and each.span[0] - _A_MINUTE <= at <= each.span[1]]
        if within:
            unclaimed.discard(name)
            within[0].routes += [] if within[0].routes else [name]


def _document(export: _Export, workout: _Workout, beside: FilesBeside) -> CollectionPart:
    """Return the workout as a document: one line of JSON, then its routes as one GPX."""
    said = dict(workout.said)
    tracks = []
    if workout.is_wanted:
        began, ended = workout.span
        for name, records in export.records.items():
            found = records.within(began, ended, export.sources.get(workout.source))
            said[name] = _counted(found, began) if name == "distance" else _values(found, began)
        tracks = [_segments(beside.read(name) or b"") for name in workout.routes]
    head = json.dumps({"apple_health_workout": said}, sort_keys=True, separators=(",", ":")).encode()
    route = b'\n<gpx creator="Apple Health"><trk>' + b"".join(tracks) + b"</trk></gpx>" if any(tracks) else b""
    return CollectionPart(workout.name, head + route)


def _segments(route: bytes) -> bytes:
    """Return the segments of a GPX file, as they stand there; empty for one without."""
    begins, end = _SEGMENT.search(route), route.rfind(_SEGMENT_END)
    return route[begins.start() : end + len(_SEGMENT_END)] if begins and begins.start() < end else b""


def _values(records: NDArray[np.void], began: float) -> list[list[float]]:
    """Return the seconds since the start and the value of each record."""
    return [[float(each["at"]) - began, round(float(each["value"]), 2)] for each in records]


def _counted(records: NDArray[np.void], began: float) -> list[list[float]]:
    """Return a count of metres: how far it was at the end of each record."""
    if not records.size:
        return []
    at = records["at"].astype(np.float64) + records["lasts"] - began
    metres = np.cumsum(records["value"].astype(np.float64))
    counts = zip(at.tolist(), metres.round(1).tolist(), strict=True)
    return [[float(records["at"][0]) - began, 0.0], *map(list, counts)]
