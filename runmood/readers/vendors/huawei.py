"""Huawei Health's export: `motion path detail data*.json`, a list of activities, and the app's own `HiTrack_*` files.

How sure: known from several programs that read it, which agree. Each activity has its track as lines of text, `tp=lbs`
for a position, `tp=h-r` for heart rate, `tp=s-r` for steps a minute. A position of 90, -80 marks a pause. The text
breaks the rules of JSON in one place, a map with numbers for names, which is left out. Since 2021 the times of some
lines count from the start. A `HiTrack_*` file has the lines alone, and no sport.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.errors import UnreadableFileError
from runmood.core.i18n import Name
from runmood.core.notices import LAYOUT_UNPROVEN, NO_SAMPLES
from runmood.core.recordings import DecodedFile
from runmood.readers.activities import ActivityTotals, Sample, activities_file, build_activity, valid_position
from runmood.readers.registry import export_reader, reader
from runmood.readers.values import from_milliseconds, json_of, mapping, number, offset_s, sequence, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from runmood.core.recordings import DecodedRun

    JsonObject = dict[str, object]


_VERSION = 2
_SPORTS = {
    "3": ("cycling", None),
    "4": ("running", None),
    "5": ("walking", None),
    "101": ("running", "treadmill"),
    "102": ("swimming", None),
    "103": ("cycling", None),
    "104": ("swimming", None),
    "118": ("running", "trail"),
    "2": ("hiking", None),
    "282": ("hiking", None),
    "258": ("running", None),
    "264": ("running", "treadmill"),
    "257": ("walking", None),
    "259": ("cycling", None),
}
_NUMBERS_AS_NAMES = re.compile(r'"(?:partTimeMap|paceMap|britishPaceMap|britishPartTimeMap)"\s*:\s*\{[^{}]*\}\s*,?')
_LINE = re.compile(r"^(?:HW_EXT_TRACK_DETAIL@is)?tp=(lbs|h-r|s-r);(.*)$", re.MULTILINE)
_PAUSE = (90.0, -80.0)
_DETAIL = "HW_EXT_TRACK_DETAIL@is"
_SECONDS, _MILLISECONDS = (1e8, 1e10), (1e11, 1e13)
_A_DAY = 86_400.0
_MOST = 1e10


def _is_list(text: str) -> bool:
    return '"sportType"' in text and '"attribute"' in text and '"totalDistance"' in text


@export_reader(
    "huawei",
    version=_VERSION,
    layout="json",
    files=[r"motion path detail data.*\.json"],
    signature=rb'"sportType"',
    beginning=rb"HW_EXT_TRACK_DETAIL@is",
    accepts=_is_list,
)
def read_huawei(text: str) -> DecodedFile:
    """Return the runs of the list."""
    document = json_of(_NUMBERS_AS_NAMES.sub("", text), "Huawei")
    listed = sequence(document) or sequence(mapping(document).get("data"))
    return activities_file("huawei", map(_run, _activities(listed)), LAYOUT_UNPROVEN(vendor=Name("Huawei")))


def _is_lines(content: bytes) -> bool:
    return content.lstrip()[:7] in {b"tp=lbs;", b"tp=h-r;", b"tp=s-r;"}


@reader("huawei", version=_VERSION, files=[r"HiTrack_\w+(?:\.txt)?"], accepts=_is_lines)
def read_huawei_track(content: bytes) -> DecodedFile:
    """Return the activity of a HiTrack file, whose sport nothing tells.

    Returns:
        The activity.

    Raises:
        UnreadableFileError: It has no sample with a time.
    """
    run = build_activity(None, ActivityTotals(None), _samples(content.decode("utf-8", "replace"), None))
    if run is None:
        raise UnreadableFileError(NO_SAMPLES(format=Name("Huawei")))
    return DecodedFile("huawei", (replace(run, notices=(LAYOUT_UNPROVEN(vendor=Name("Huawei")),)),))


def _activities(listed: Iterable[object]) -> Iterator[JsonObject]:
    """Yield the activities: until 2020 a list for each day, since then one list."""
    for each in map(mapping, listed):
        inner = sequence(each.get("motionPathData"))
        yield from ({"timeZone": each.get("timeZone"), **mapping(part)} for part in inner)
        if not inner and "sportType" in each:
            yield each


def _run(activity: JsonObject) -> DecodedRun | None:
    started_at, ended_at = from_milliseconds(activity.get("startTime")), from_milliseconds(activity.get("endTime"))
    timer_ms = number(activity.get("totalTime"), 1, _MOST)
    timer_s = timer_ms and timer_ms / 1000
    elapsed_s = (ended_at - started_at).total_seconds() if started_at and ended_at else timer_s
    totals = ActivityTotals(elapsed_s=elapsed_s, distance_m=activity.get("totalDistance"), timer_s=timer_s)
    lines = (words(activity.get("attribute")) or "").split("&&HW_EXT_TRACK_SIMPLIFY")[0]
    samples = _samples(lines, started_at)
    has_route = any("latitude_deg" in sample for sample in samples)
    summary = build_activity(started_at, totals)
    run = build_activity(started_at, totals, samples) if has_route else summary
    if run is None:
        return None
    sport_number = str(activity.get("sportType"))
    sport, sub_sport = _SPORTS.get(sport_number, (f"Huawei's sport {sport_number[:10]}", None))
    return replace(run, sport=sport, sub_sport=sub_sport, utc_offset_s=offset_s(activity.get("timeZone")))


def _samples(lines: str, started_at: dt.datetime | None) -> list[Sample]:
    """Return what the lines tell, by time; a segment begins after each pause."""
    by_time: dict[dt.datetime, Sample] = defaultdict(dict)
    segment = 0
    for kind, rest in _LINE.findall(lines):
        values = dict(part.split("=", 1) for part in rest.strip().split(";") if "=" in part)
        at = _moment(values.get("t" if kind == "lbs" else "k"), started_at)
        if kind == "lbs":
            latitude, longitude = number(values.get("lat"), -90, 90), number(values.get("lon"), -180, 180)
            if (latitude, longitude) == _PAUSE:
                segment += 1
            elif at and (place := valid_position(latitude, longitude)):
                by_time[at].update(place | {"segment": segment})
        elif at:
            column, true = ("heart_bpm", (20, 250)) if kind == "h-r" else ("cadence_spm", (0, 400))
            if (value := number(values.get("v"), *true)) is not None:
                by_time[at][column] = value
    samples: list[Sample] = []
    for at in sorted(by_time):
        before = samples[-1]["segment"] if samples else 0
        samples.append({"sampled_at": at, "segment": before, **by_time[at]})
    return samples


def _moment(written: str | None, started_at: dt.datetime | None) -> dt.datetime | None:
    """Return a moment: milliseconds or seconds since 1970, or seconds since the start."""
    value = number(written, 0, _MILLISECONDS[1])
    if value is None:
        return None
    if value >= _MILLISECONDS[0]:
        return from_milliseconds(value)
    if _SECONDS[0] <= value <= _SECONDS[1]:
        return from_milliseconds(value * 1000)
    return started_at + dt.timedelta(seconds=value) if started_at and value <= _A_DAY else None
