"""Nike Run Club's export: `activities/*.json`, one activity a file, with what was measured over spans of time.

How sure: known from programs that read it, which agree: distances are kilometres made in each span, moments count from
1970 in milliseconds. A halt is told by moments of pause and resume; it is taken from those where they are. What was
deleted in the app stands in it with a mark.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.errors import UnreadableFileError
from runmood.core.i18n import Name, message
from runmood.core.notices import LAYOUT_UNPROVEN, NO_SAMPLES, NOT_AN_ACTIVITY
from runmood.core.recordings import DecodedFile
from runmood.readers.activities import ActivityTotals, Sample, activities_file, build_activity
from runmood.readers.registry import export_reader
from runmood.readers.sports import sport_of
from runmood.readers.values import from_milliseconds, json_of, mapping, number, sequence, words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from runmood.core.recordings import DecodedRun

    JsonObject = dict[str, object]


_KEYS = ('"start_epoch_ms"', '"summaries"')
_MOST = 1e13
_VALUES = {
    "latitude": ("latitude_deg", (-90, 90)),
    "longitude": ("longitude_deg", (-180, 180)),
    "elevation": ("altitude_m", (-500, 9000)),
    "heart_rate": ("heart_bpm", (20, 250)),
    "cadence": ("cadence_spm", (0, 400)),
}
_METRES = {"KM": 1000.0, "MI": 1609.344, "M": 1.0, "METER": 1.0}


def _is_nike(text: str) -> bool:
    """Return whether the text is an activity, or a list of them, with Nike's moments and summaries."""
    return all(key in text for key in _KEYS)


@export_reader(
    "nike",
    version=3,
    layout="json",
    files=[],
    signature=rb'"start_epoch_ms"',
    beginning=rb'"start_epoch_ms"',
    accepts=_is_nike,
)
def read_nike(text: str) -> DecodedFile:
    """Return the activity of the file, or the activities of its list."""
    document = json_of(text, "Nike")
    listed = sequence(document) or sequence(mapping(document).get("activities"))
    if listed:
        kept = (_run(each) for each in map(mapping, listed) if not _is_deleted(each))
        return activities_file("nike", kept, LAYOUT_UNPROVEN(vendor=Name("Nike")))
    if _is_deleted(mapping(document)):
        return DecodedFile("nike", (), (NOT_AN_ACTIVITY(what=message("instead.deleted")),))
    run = _run(mapping(document))
    if run is None:
        raise UnreadableFileError(NO_SAMPLES(format=Name("Nike")))
    return DecodedFile("nike", (replace(run, notices=(LAYOUT_UNPROVEN(vendor=Name("Nike")),)),))


def _is_deleted(activity: JsonObject) -> bool:
    return activity.get("delete_indicator") is True


def _run(activity: JsonObject) -> DecodedRun | None:
    started_at, ended_at = (
        from_milliseconds(activity.get("start_epoch_ms")),
        from_milliseconds(activity.get("end_epoch_ms")),
    )
    active_ms = number(activity.get("active_duration_ms"), 1, _MOST)
    timer_s = active_ms and active_ms / 1000
    elapsed_s = (ended_at - started_at).total_seconds() if started_at and ended_at else timer_s
    totals = ActivityTotals(elapsed_s, _distance_m(activity), timer_s, _summary(activity, "heart_rate", "mean"))
    run = build_activity(started_at, totals, _samples(activity, started_at))
    if run is None:
        return None
    tags = mapping(activity.get("tags"))
    sport, sub_sport = sport_of(words(activity.get("type")))
    indoors = "indoor" in (words(tags.get("location")) or "").lower()
    return replace(
        run,
        sport=sport,
        sub_sport="treadmill" if sport == "running" and indoors else sub_sport,
        name=words(tags.get("com.nike.name")),
    )


def _summary(activity: JsonObject, metric: str, kind: str) -> float | None:
    summaries = map(mapping, sequence(activity.get("summaries")))
    found = (each for each in summaries if each.get("metric") == metric and each.get("summary") == kind)
    return next((number(each.get("value"), 0, _MOST) for each in found), None)


def _distance_m(activity: JsonObject) -> float | None:
    kilometres = _summary(activity, "distance", "total")
    return kilometres and kilometres * 1000


def _samples(activity: JsonObject, started_at: dt.datetime | None) -> list[Sample]:
    """Return what was measured, by time; what one moment has in several lists is one sample."""
    pauses = _resumed(activity)
    by_time: dict[dt.datetime, Sample] = defaultdict(dict)
    for metric in map(mapping, sequence(activity.get("metrics"))):
        kind = (words(metric.get("type")) or "").lower()
        spans = map(mapping, sequence(metric.get("values")))
        if kind == "distance":
            unit = _METRES.get((words(metric.get("unit")) or "KM").upper(), 1000.0)
            for ended_at, metres in _counted(spans, unit, started_at):
                by_time[ended_at]["distance_m"] = metres
        elif kind in _VALUES:
            column, true = _VALUES[kind]
            for span in spans:
                measured_at, value = from_milliseconds(span.get("start_epoch_ms")), number(span.get("value"), *true)
                if measured_at and value is not None:
                    by_time[measured_at][column] = value
    return [{"sampled_at": at, "segment": bisect_right(pauses, at), **by_time[at]} for at in sorted(by_time)]


def _counted(
    spans: Iterator[JsonObject], unit: float, started_at: dt.datetime | None
) -> Iterator[tuple[dt.datetime, float]]:
    """Yield how far it was at the end of each span, and nought at the start."""
    metres = 0.0
    if started_at:
        yield started_at, 0.0
    for span in spans:
        ended_at, made = from_milliseconds(span.get("end_epoch_ms")), number(span.get("value"), 0, 1000)
        if ended_at and made is not None:
            metres += made * unit
            yield ended_at, metres


def _resumed(activity: JsonObject) -> list[dt.datetime]:
    """Return when the run went on after each pause."""
    moments = map(mapping, sequence(activity.get("moments")))
    resumed = (each for each in moments if each.get("key") == "halt" and each.get("value") == "resume")
    return sorted(at for each in resumed if (at := from_milliseconds(each.get("timestamp"))))
