"""KML with times, alone or in a KMZ: `gx:Track` of OpenTracks and My Tracks, and places with a TimeStamp each.

How sure: known from the standard (OGC KML 2.3, Google's gx) and from files of OpenTracks. A path without times is a
drawing and no run. The sport stands in ExtendedData, as `type` or `activity`, else the title may tell it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from runmood.core.errors import UnreadableFileError
from runmood.core.i18n import Name, message
from runmood.core.notices import BROKEN_FILE, FORBIDDEN_XML, NOT_AN_ACTIVITY
from runmood.core.recordings import DecodedFile, DecodedRun
from runmood.core.text_encoding import WIDE_MARKS, as_text
from runmood.readers.activities import Sample, valid_position
from runmood.readers.registry import reader
from runmood.readers.sports import sport_in_any_language
from runmood.readers.values import from_iso, number
from runmood.schema.tables import RAW_SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.core.i18n import Message


_HEAD = 4096
_MOST_TAGS, _MOST_DEPTH = 2_000_000, 64  # a sample has four tags, so that is five days of one a second
_ROOT = re.compile(r"<(?:[\w.-]+:)?kml[\s>]")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_SPORTS = frozenset({"type", "activity", "activitytype", "sport"})
_VALUES = {
    "heart_rate": ("heart_bpm", (20, 250)),
    "heartrate": ("heart_bpm", (20, 250)),
    "cadence": ("cadence_spm", (0, 400)),
    "power": ("power_w", (0, 3000)),
    "speed": ("speed_m_s", (0, 15)),
}


def _is_kml(content: bytes) -> bool:
    """Return whether it begins as KML; wide letters without a mark, which the parser alone would see, are none."""
    head = as_text(content[:_HEAD])
    return "\0" not in head and _ROOT.search(head) is not None


@reader("kml", version=4, files=[r".*\.kml"], accepts=_is_kml)
def read_kml(content: bytes) -> DecodedFile:
    """Return the tracks of the file, or that it has no times.

    Returns:
        The activities.

    Raises:
        UnreadableFileError: The file declares a DOCTYPE.
        _broken: It is damaged, holds more than any walk or is nested without end.
    """
    if content.startswith(WIDE_MARKS):
        content = _DECLARATION.sub("", as_text(content), count=1).encode()
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise UnreadableFileError(FORBIDDEN_XML())
    if content.count(b"<") + content.count(b"=") > _MOST_TAGS:
        raise _broken(message("xml_fault.too_much.tags", most=_MOST_TAGS))
    try:
        root = ET.fromstring(content)  # noqa: S314 - without a DOCTYPE no entity can be declared
    except ET.ParseError as fault:
        raise _broken(message("xml_fault.other", line=fault.position[0])) from None
    if _is_deep(root):
        raise _broken(message("xml_fault.too_much.deep", most=_MOST_DEPTH))
    title = _text(root, "name")
    runs = tuple(run for place in root.iter() if _name(place) == "Placemark" and (run := _run(place, title)))
    stamped = _of_places(root)
    runs = (*runs, stamped) if stamped else runs
    if not runs:
        return DecodedFile("kml", (), (NOT_AN_ACTIVITY(what=message("instead.map")),))
    return DecodedFile("kml", runs)


def _broken(fault: Message) -> UnreadableFileError:
    return UnreadableFileError(BROKEN_FILE(format=Name("KML"), fault=fault))


def _is_deep(root: ET.Element) -> bool:
    """Return whether elements are nested so deep that looking through each would take for ever."""
    level = [root]
    for _ in range(_MOST_DEPTH):
        level = [each for element in level for each in element]
        if not level:
            return False
    return True


def _run(place: ET.Element, title: str) -> DecodedRun | None:
    """Return the tracks of one placemark as one run, each a segment; null for a placemark without one.

    One without a name is called as the document is.
    """
    tracks = [each for each in place.iter() if _name(each) == "Track"]
    samples = [sample for number_, track in enumerate(tracks) for sample in _samples(track, number_)]
    if len(samples) <= 1:
        return None
    run = _built(place, samples)
    return run if run.name else replace(run, name=title or None)


def _built(place: ET.Element, samples: list[Sample]) -> DecodedRun:
    sport, sub_sport = sport_in_any_language(_sport(place))
    return DecodedRun(
        points=RAW_SAMPLES.frame(samples), sport=sport, sub_sport=sub_sport, name=_text(place, "name") or None
    )


def _samples(track: ET.Element, segment: int) -> Iterator[Sample]:
    """Yield a sample for each time of a track, which has a list of places, and lists of values, in the same order."""
    moments = [from_iso(each.text) for each in track if _name(each) == "when"]
    places = [(each.text or "").replace(",", " ").split() for each in track if _name(each) == "coord"]
    columns = {
        _VALUES[name]: [value.text for value in each if _name(value) == "value"]
        for each in track.iter()
        if _name(each) == "SimpleArrayData" and (name := (each.get("name") or "").lower()) in _VALUES
    }
    for at, moment in enumerate(moments):
        if moment is None:
            continue
        place = _place(places[at]) if at < len(places) else {}
        values = {
            column: number(written[at], *true) for (column, true), written in columns.items() if at < len(written)
        }
        yield {"sampled_at": moment, "segment": segment, **place, **values}


def _of_places(root: ET.Element) -> DecodedRun | None:
    """Return placemarks of one point and one time each, as older loggers write them, as one run."""
    samples: list[Sample] = []
    for place in (each for each in root.iter() if _name(each) == "Placemark"):
        moment = from_iso(_text(place, "when"))
        has_point = any(_name(each) == "Point" for each in place.iter())
        if moment and has_point:
            samples.append({"sampled_at": moment, "segment": 0, **_place(_text(place, "coordinates").split(","))})
    return _built(root, samples) if len(samples) > 1 else None


def _place(written: list[str]) -> Sample:
    """Return a position and height from longitude, latitude and height, in that order."""
    longitude, latitude, height = (*(part.strip() for part in written), "", "", "")[:3]
    place = valid_position(latitude, longitude)
    return place | {"altitude_m": number(height, -500, 9000)} if place else {}


def _sport(place: ET.Element) -> str | None:
    """Return the sport in a placemark's data; null where it names none."""
    for each in place.iter():
        if _name(each) in {"Data", "SimpleData"} and (each.get("name") or "").lower() in _SPORTS:
            return "".join(each.itertext()).strip() or None
    return None


def _text(place: ET.Element, name: str) -> str:
    """Return the text of the first element of a name within a placemark; empty without one."""
    return next(((each.text or "").strip() for each in place.iter() if _name(each) == name), "")


def _name(element: ET.Element) -> str:
    """Return an element's name without its namespace, which writers choose freely."""
    return element.tag.rpartition("}")[2]
