"""A workout of the Suunto app as JSON: `DeviceLog` with a header and samples.

How sure: several programs read it and agree on names and units: metres, seconds, radians, kelvin, and beats and steps a
second. They do not agree on what the numbers of `ActivityType` mean, but for 82, a trail run; of others the pace
decides. The FIT file that the app exports says more, and is read as any watch file.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.errors import UnreadableFileError
from runmood.core.i18n import Name
from runmood.core.notices import LAYOUT_UNPROVEN, NO_SAMPLES
from runmood.core.recordings import DecodedFile
from runmood.readers.activities import HEARTS, ActivityTotals, Sample, build_activity, valid_position
from runmood.readers.registry import export_reader
from runmood.readers.values import json_of, mapping, number, sequence, with_offset, words

if TYPE_CHECKING:
    import datetime as dt


_BEGINS = rb'\A\s*\{\s*"DeviceLog"\s*:\s*\{'
_TRAIL_RUN = 82
_FROM_KELVIN = -273.15


@export_reader("suunto", version=1, layout="json", files=[], signature=_BEGINS, beginning=_BEGINS)
def read_suunto(text: str) -> DecodedFile:
    """Return the workout.

    Raises:
        UnreadableFileError: It is no JSON, or has no true start or duration.
    """
    log = mapping(mapping(json_of(text, "Suunto")).get("DeviceLog"))
    header = mapping(log.get("Header"))
    began, offset = with_offset(header.get("DateTime"))
    totals = ActivityTotals(header.get("Duration"), header.get("Distance"))
    run = build_activity(began, totals, _samples(log))
    if began is None or run is None:
        raise UnreadableFileError(NO_SAMPLES(format=Name("Suunto")))
    trail = header.get("ActivityType") == _TRAIL_RUN
    sport, sub_sport = ("running", "trail") if trail else (None, None)
    device = words(mapping(header.get("Device")).get("Name"))
    dated = replace(run, sport=sport, sub_sport=sub_sport, device=device, utc_offset_s=offset)
    return DecodedFile("suunto", (replace(dated, notices=(LAYOUT_UNPROVEN(vendor=Name("Suunto")),)),))


def _samples(log: dict[str, object]) -> list[Sample]:
    """Return what was sampled at each moment: position, heart rate and distance have samples of their own."""
    by_time: dict[dt.datetime, Sample] = defaultdict(dict)
    for sample in map(mapping, sequence(log.get("Samples"))):
        at, _ = with_offset(sample.get("TimeISO8601"))
        said = {name: value for name, value in _values(sample).items() if value is not None}
        if at and said:
            by_time[at].update(said)
    return [{"sampled_at": at, "segment": 0, **by_time[at]} for at in sorted(by_time)]


def _values(sample: dict[str, object]) -> Sample:
    north, east = (number(sample.get(name), -math.tau, math.tau) for name in ("Latitude", "Longitude"))
    place = None if north is None or east is None else valid_position(math.degrees(north), math.degrees(east))
    beats, steps = (number(sample.get(name), 0, 10) for name in ("HR", "Cadence"))
    kelvin = number(sample.get("Temperature"), 200, 350)
    return {
        **(place or {}),
        "altitude_m": number(sample.get("Altitude", sample.get("GPSAltitude")), -500, 9000),
        "distance_m": number(sample.get("Distance"), 0, 1e7),
        "speed_m_s": number(sample.get("Speed"), 0, 15),
        "heart_bpm": number(beats and beats * 60, *HEARTS),
        "cadence_spm": number(steps and steps * 60, 0, 300),
        "temperature_c": kelvin and kelvin + _FROM_KELVIN,
    }
