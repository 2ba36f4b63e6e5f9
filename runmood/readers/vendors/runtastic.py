"""adidas Running's export, once Runtastic: `Sport-sessions/*.json`, with positions and heart rate in folders below.

How sure: known from several programs that read it, which agree: moments are milliseconds, lengths metres. Positions are
JSON or, in newer exports, GPX, under the name of the session. The numbers of some sports are known; of
those that only some programs take for a run the pace decides, and a session with any other number is no run. Notes are
not taken.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.errors import UnreadableFileError
from runmood.core.i18n import Name, Term, message
from runmood.core.notices import BROKEN_FILE, LAYOUT_UNPROVEN, NO_SAMPLES, NOT_A_RUN
from runmood.core.recordings import DecodedFile
from runmood.readers.activities import ActivityTotals, Sample, build_activity, valid_position
from runmood.readers.registry import CollectionPart, FileContent, collection_reader, find_reader, reader
from runmood.readers.values import from_iso, from_milliseconds, json_of, mapping, number, sequence, words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from runmood.core.notices import Notice
    from runmood.core.recordings import DecodedRun
    from runmood.readers.registry import ByteStream, FilesBeside

    JsonObject = dict[str, object]


FORMAT = "runtastic"
_BEGINS = b'{"adidas_session":'
_KEYS = (b'"sport_type', b'"start_time"')
_SAID = (
    "start_time",
    "end_time",
    "duration",
    "pause",
    "distance",
    "pulse_avg",
    "start_time_timezone_offset",
    "features",
)
_RUNS = {"1": None, "14": "treadmill"}
_PERHAPS_RUNS = frozenset({"", "5", "81", "82", "84"})  # other, and what only some programs take for a run
_OTHERS = {
    "2": "nordic walking",
    "3": "cycling",
    "4": "mountain biking",
    "7": "hiking",
    "8": "cross-country skiing",
    "15": "ergometer",
    "18": "swimming",
    "19": "walking",
    "22": "cycling",
}
_LARGEST = 4 << 20
_MOST = 1e10


def _is_session(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and all(key in head for key in _KEYS)


@collection_reader(
    FORMAT, files=[r".*\.json"], accepts=_is_session, parts=r"(?:GPS|Heart-rate|Elevation)-data/[^/]+\.(?:json|gpx)"
)
def split_runtastic(file: ByteStream, beside: FilesBeside) -> Iterator[CollectionPart | Notice]:
    """Yield the session as a document, with what lies beside it under its id."""
    try:
        session = mapping(json_of(file.read(_LARGEST).decode("utf-8-sig", "replace"), "adidas Running"))
    except UnreadableFileError as fault:
        yield fault.notice
        return
    name = words(session.get("id")) or ""
    said: JsonObject = {key: session[key] for key in _SAID if key in session} | {"sport": _sport_number(session)}
    for part in sorted(part for part in beside.names() if name and name in part):
        content = (beside.read(part) or b"").decode("utf-8-sig", "replace")
        if part.startswith("Heart-rate-data/"):
            said["heart"] = content
        elif part.startswith("GPS-data/"):
            said["route"] = content
    yield CollectionPart("session", json.dumps({"adidas_session": said}, sort_keys=True).encode())


def _is_document(content: bytes) -> bool:
    return content.startswith(_BEGINS)


@reader(FORMAT, version=2, files=[], accepts=_is_document)
def read_runtastic(content: bytes) -> DecodedFile:
    """Return the session of a document that `split_runtastic` wrote.

    Returns:
        The run, or that it is another sport.

    Raises:
        UnreadableFileError: It has no true start or duration.
    """
    session = mapping(mapping(json_of(content.decode("utf-8", "replace"), "adidas Running")).get("adidas_session"))
    sport, sub_sport = _sport(words(session.get("sport")) or "")
    if sport not in {None, "running"}:
        return DecodedFile(FORMAT, (), (NOT_A_RUN(sport=Term("sport", sport)),))
    run, notices = _run(session)
    if run is None:
        raise UnreadableFileError(NO_SAMPLES(format=Name("adidas Running")))
    run = replace(
        run, sport=sport, sub_sport=sub_sport, notices=(LAYOUT_UNPROVEN(vendor=Name("adidas Running")), *notices)
    )
    return DecodedFile(FORMAT, (run,))


def _sport_number(session: JsonObject) -> str:
    """Return the number of the sport, by its name in either version."""
    nested = mapping(_feature(session, "initial_values").get("sport_type")).get("id")
    found = (session.get("sport_type_id"), mapping(session.get("sport_type")).get("id"), nested)
    return next((str(each) for each in found if each not in {None, ""}), "")


def _sport(sport_number: str) -> tuple[str | None, str | None]:
    if sport_number in _RUNS:
        return "running", _RUNS[sport_number]
    if sport_number in _PERHAPS_RUNS:
        return None, None
    return _OTHERS.get(sport_number, f"adidas' sport {sport_number[:10]}"), None


def _feature(session: JsonObject, kind: str) -> JsonObject:
    """Return what a session says under a feature; empty without it."""
    features = map(mapping, sequence(session.get("features")))
    return next((mapping(each.get("attributes")) for each in features if each.get("type") == kind), {})


def _run(session: JsonObject) -> tuple[DecodedRun | None, list[Notice]]:
    started_at, ended_at = _moment(session.get("start_time")), _moment(session.get("end_time"))
    timer_ms = number(session.get("duration"), 1, _MOST)
    timer_s = timer_ms and timer_ms / 1000
    track = _feature(session, "track_metrics")
    totals = ActivityTotals(
        elapsed_s=(ended_at - started_at).total_seconds() if started_at and ended_at else timer_s,
        distance_m=session.get("distance") or track.get("distance"),
        timer_s=timer_s,
        heart_bpm=session.get("pulse_avg") or _feature(session, "heart_rate").get("average"),
    )
    samples, notices = _samples(session)
    run = build_activity(started_at, totals, samples)
    ahead_ms = number(session.get("start_time_timezone_offset"), -_MOST, _MOST)
    return run and replace(run, utc_offset_s=None if ahead_ms is None else round(ahead_ms / 1000)), notices


def _moment(written: object) -> dt.datetime | None:
    return from_milliseconds(written) or from_iso(written)


def _samples(session: JsonObject) -> tuple[list[Sample], list[Notice]]:
    """Return positions and heart rate by time, and what of them could not be read."""
    by_time: dict[dt.datetime, Sample] = defaultdict(dict)
    notices: list[Notice] = []
    route, heart = words(session.get("route")) or "", words(session.get("heart")) or ""
    try:
        for at, sample in _points(route):
            by_time[at].update(sample)
        for entry in map(mapping, sequence(json_of(heart, "adidas Running") if heart else [])):
            measured_at, beats = _moment(entry.get("timestamp")), number(entry.get("heart_rate"), 20, 250)
            if measured_at and beats is not None:
                by_time[measured_at]["heart_bpm"] = beats
    except UnreadableFileError as fault:
        notices.append(fault.notice)
    return [{"segment": 0, "sampled_at": at, **by_time[at]} for at in sorted(by_time)], notices


def _points(route: str) -> Iterator[tuple[dt.datetime, Sample]]:
    """Yield the positions of a route, JSON or GPX."""
    if route.startswith("<"):
        content = FileContent(route.encode())
        found = find_reader(content)
        if found is None:
            raise UnreadableFileError(BROKEN_FILE(format=Name("GPX"), fault=message("file_fault.no_gpx")))
        for run in found.read(content).activities:
            for row in run.points.drop("segment").iter_rows(named=True):
                yield row.pop("sampled_at"), row
        return
    for point in map(mapping, sequence(json_of(route, "adidas Running") if route else [])):
        at, place = _moment(point.get("timestamp")), valid_position(point.get("latitude"), point.get("longitude"))
        if at and place:
            yield at, place | {"altitude_m": number(point.get("altitude"), -500, 9000)}
