"""An outing as the bytes of a FIT, GPX or TCX file; FIT by its protocol, little-endian, with its check sums.

Field and message numbers: Garmin FIT Profile 21 (file_id 0, lap 19, session 18, record 20, event 21, course 31,
activity 34). Manufacturer 255 is the profile's number for development: no maker's name is borrowed.
"""

from __future__ import annotations

import datetime as dt
import gzip
import struct
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from runmood.simulate.recording import laps, timer_s

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.simulate.recording import Lap, SimulatedRecording


EPOCH = dt.datetime(1989, 12, 31, tzinfo=dt.UTC)
SPORTS = {"running": 1, "cycling": 2}
GENERIC, TREADMILL = 0, 1
ACTIVITY_FILE, COURSE_FILE = 4, 6
TIMER_EVENT, START, STOP_ALL = 0, 0, 4
SEMICIRCLES = 2**31 / 180

# Base types: letter -> (byte in a definition, size); e is an enum, s words in 16 bytes.
BASE_TYPES = {"B": (0x02, 1), "e": (0x00, 1), "H": (0x84, 2), "i": (0x85, 4), "I": (0x86, 4), "s": (0x07, 16)}
STRUCTS = {"e": "B", "s": "16s"}

FILE_ID = ((0, "e"), (1, "H"), (2, "H"), (3, "I"), (4, "I"), (8, "s"))
EVENT = ((253, "I"), (0, "e"), (1, "e"))
LAP = ((254, "H"), (253, "I"), (2, "I"), (7, "I"), (8, "I"), (9, "I"), (15, "B"), (25, "e"))
SESSION = ((254, "H"), (253, "I"), (2, "I"), (5, "e"), (6, "e"), (7, "I"), (8, "I"), (9, "I"), (16, "B"), (26, "H"))
ACTIVITY = ((253, "I"), (0, "I"), (1, "H"), (2, "e"), (3, "e"), (4, "e"), (5, "I"))
COURSE = ((4, "e"), (5, "s"))

# A record's columns: (name, field, numpy type, struct letter, factor, offset).
RECORD = (
    ("sampled_at", 253, "<u4", "I", 1, 0),
    ("latitude_deg", 0, "<i4", "i", SEMICIRCLES, 0),
    ("longitude_deg", 1, "<i4", "i", SEMICIRCLES, 0),
    ("altitude_m", 2, "<u2", "H", 5, 2500),
    ("heart_bpm", 3, "u1", "B", 1, 0),
    ("cadence_spm", 4, "u1", "B", 0.5, 0),
    ("distance_m", 5, "<u4", "I", 100, 0),
    ("speed_m_s", 6, "<u2", "H", 1000, 0),
)


def write_fit(outing: SimulatedRecording) -> bytes:
    """Return the outing as the bytes of a FIT activity."""
    start, end = _stamp(outing.started_at), _stamp(outing.ended_at)
    local = outing.ended_at.astimezone(ZoneInfo(outing.time_zone)).replace(tzinfo=dt.UTC)
    timer = round(1000 * timer_s(outing.samples))
    body = b"".join(
        (
            _message(0, FILE_ID, ACTIVITY_FILE, 255, 0, 1, start, outing.device.encode()),
            *_recorded(outing),
            *(_lap(outing.samples, number, lap) for number, lap in enumerate(laps(outing.samples))),
            _session(outing, start, end),
            _message(34, ACTIVITY, end, timer, 1, 0, 26, 1, _stamp(local)),
        )
    )
    return _closed(body)


def write_fit_course(outing: SimulatedRecording) -> bytes:
    """Return the outing's path as a FIT course to follow: no run, though it has a path."""
    path = outing.samples.select("sampled_at", "latitude_deg", "longitude_deg", "altitude_m", "distance_m")
    body = b"".join(
        (
            _message(0, FILE_ID, COURSE_FILE, 255, 0, 1, _stamp(outing.started_at), outing.device.encode()),
            _message(31, COURSE, SPORTS[outing.sport], b"Round the park"),
            *_records(path),
        )
    )
    return _closed(body)


def _recorded(outing: SimulatedRecording) -> Iterator[bytes]:
    """Yield the samples, with the timer's start before and its stop after each stretch without a pause."""
    parts = outing.samples.partition_by("segment", maintain_order=True)
    for part in parts:
        yield _message(21, EVENT, _stamp(part.item(0, "sampled_at")), TIMER_EVENT, START)
        yield from _records(part)
        yield _message(21, EVENT, _stamp(part.item(-1, "sampled_at")), TIMER_EVENT, STOP_ALL)


def _records(samples: pl.DataFrame) -> Iterator[bytes]:
    """Yield the definition of the columns that hold something, and a record for each sample."""
    held = [column for column in RECORD if column[0] in samples.columns and samples[column[0]].count()]
    yield _definition(20, tuple((field, letter) for _, field, _, letter, _, _ in held))
    packed = np.zeros(samples.height, dtype=[("header", "u1"), *((name, kind) for name, _, kind, *_ in held)])
    for name, _, _, _, factor, offset in held:
        seconds = (samples[name] - EPOCH).dt.total_seconds() if name == "sampled_at" else samples[name]
        packed[name] = np.round(seconds.to_numpy() * factor + offset)
    yield packed.tobytes()


def _lap(samples: pl.DataFrame, number: int, lap: Lap) -> bytes:
    """Return one lap's message."""
    inside = samples[lap.first : lap.last + 1]
    start, end = _stamp(inside.item(0, "sampled_at")), _stamp(inside.item(-1, "sampled_at"))
    metres = round(100 * (inside.item(-1, "distance_m") - inside.item(0, "distance_m")))
    timer = round(1000 * timer_s(inside))
    return _message(19, LAP, number, end, start, 1000 * (end - start), timer, metres, _mean_heart(inside), 1)


def _session(outing: SimulatedRecording, start: int, end: int) -> bytes:
    """Return the whole outing's message."""
    indoors = outing.samples["latitude_deg"].count() == 0
    sport, sub_sport = SPORTS[outing.sport], TREADMILL if indoors else GENERIC
    timer, metres = round(1000 * timer_s(outing.samples)), round(100 * outing.distance_m)
    heart, count = _mean_heart(outing.samples), len(laps(outing.samples))
    return _message(18, SESSION, 0, end, start, sport, sub_sport, 1000 * (end - start), timer, metres, heart, count)


def _mean_heart(samples: pl.DataFrame) -> int:
    """Return mean heart rate in whole beats."""
    return round(float(np.mean(samples["heart_bpm"].to_numpy())))


def _stamp(at: dt.datetime) -> int:
    """Return seconds since the FIT epoch."""
    return int((at - EPOCH).total_seconds())


def _message(number: int, fields: tuple[tuple[int, str], ...], *values: int | bytes) -> bytes:
    """Return a definition and one message of it."""
    letters = "".join(STRUCTS.get(letter, letter) for _, letter in fields)
    return _definition(number, fields) + b"\x00" + struct.pack(f"<{letters}", *values)


def _definition(number: int, fields: tuple[tuple[int, str], ...]) -> bytes:
    """Return what fields the messages after it have, as local type 0."""
    described = bytes(
        byte for field, letter in fields for byte in (field, BASE_TYPES[letter][1], BASE_TYPES[letter][0])
    )
    return b"\x40\x00\x00" + struct.pack("<HB", number, len(fields)) + described


def _closed(body: bytes) -> bytes:
    """Return the body with its header and both check sums."""
    header = struct.pack("<BBHI4s", 14, 0x20, 2158, len(body), b".FIT")
    file = header + struct.pack("<H", check_sum(header)) + body
    return file + struct.pack("<H", check_sum(file))


def _check_sum_table() -> tuple[int, ...]:
    """Return CRC-16/ARC, one entry a byte."""
    table = []
    for byte in range(256):
        rest = byte
        for _ in range(8):
            rest = rest >> 1 ^ (0xA001 if rest & 1 else 0)
        table.append(rest)
    return tuple(table)


CHECK_SUMS = _check_sum_table()


def check_sum(content: bytes) -> int:
    """Return the FIT protocol's check sum, CRC-16/ARC."""
    table, crc = CHECK_SUMS, 0
    for byte in content:
        crc = crc >> 8 ^ table[(crc ^ byte) & 0xFF]
    return crc


# An outing as GPX 1.1 with Garmin's track point extension for heart and cadence.

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="{creator}" xmlns="http://www.topografix.com/GPX/1/1" \
xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">
<metadata><time>{time}</time></metadata>
<trk><name>{name}</name><type>{sport}</type>
"""
TAIL = "</trk>\n</gpx>\n"
BODY = (
    "<extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>{heart:.0f}</gpxtpx:hr>"
    "<gpxtpx:cad>{cadence:.0f}</gpxtpx:cad></gpxtpx:TrackPointExtension></extensions>"
)


def write_gpx(outing: SimulatedRecording) -> bytes:
    """Encode the outing as a GPX file; each pause begins a new track segment.

    Cadence is that of one foot, as Garmin writes it.

    Returns:
        The file's bytes.
    """
    times = outing.samples.select(pl.col("sampled_at").dt.strftime("%Y-%m-%dT%H:%M:%SZ"))["sampled_at"]
    head = HEAD.format(creator=outing.device, time=times[0], name=outing.name, sport=outing.sport)
    segments = outing.samples.with_columns(time=times).partition_by("segment", maintain_order=True)
    body = "".join(f"<trkseg>\n{''.join(_points(segment))}</trkseg>\n" for segment in segments)
    return f"{head}{body}{TAIL}".encode()


def _points(samples: pl.DataFrame) -> Iterator[str]:
    """Yield each sample as a track point."""
    columns = ("latitude_deg", "longitude_deg", "altitude_m", "heart_bpm", "cadence_spm", "time")
    for latitude, longitude, altitude, heart, cadence, time in samples.select(columns).iter_rows():
        body = "" if heart is None else BODY.format(heart=heart, cadence=cadence / 2)
        yield (
            f'<trkpt lat="{latitude:.7f}" lon="{longitude:.7f}"><ele>{altitude:.1f}</ele>'
            f"<time>{time}</time>{body}</trkpt>\n"
        )


# An outing as TCX, with Garmin's activity extension for speed and cadence.

SPORTS_TCX = {"running": "Running", "cycling": "Biking"}
HEAD_TCX = """<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" \
xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<Activities><Activity Sport="{sport}"><Id>{time}</Id>
"""
TAIL_TCX = """<Creator xsi:type="Device_t"><Name>{device}</Name></Creator></Activity></Activities>
</TrainingCenterDatabase>
"""
# The format wants calories; the runner's watch does not count them.
LAP_TCX = """<Lap StartTime="{time}"><TotalTimeSeconds>{timer:.1f}</TotalTimeSeconds>\
<DistanceMeters>{metres:.2f}</DistanceMeters><Calories>0</Calories>\
<AverageHeartRateBpm><Value>{heart:.0f}</Value></AverageHeartRateBpm>\
<Intensity>Active</Intensity><TriggerMethod>Distance</TriggerMethod>
"""
POINT = """<Trackpoint><Time>{time}</Time>{place}<DistanceMeters>{metres:.2f}</DistanceMeters>\
<HeartRateBpm><Value>{heart:.0f}</Value></HeartRateBpm>\
<Extensions><ns3:TPX><ns3:Speed>{speed:.3f}</ns3:Speed>{feet}</ns3:TPX></Extensions></Trackpoint>
"""
PLACE = """<Position><LatitudeDegrees>{latitude:.7f}</LatitudeDegrees>\
<LongitudeDegrees>{longitude:.7f}</LongitudeDegrees></Position><AltitudeMeters>{altitude:.1f}</AltitudeMeters>"""


def write_tcx(outing: SimulatedRecording) -> bytes:
    """Return the outing as the bytes of a TCX activity; each pause begins a new track."""
    samples = outing.samples.with_columns(time=pl.col("sampled_at").dt.strftime("%Y-%m-%dT%H:%M:%SZ"))
    head = HEAD_TCX.format(sport=SPORTS_TCX[outing.sport], time=samples.item(0, "time"))
    return f"{head}{''.join(_laps(samples))}{TAIL_TCX.format(device=outing.device)}".encode()


def _laps(samples: pl.DataFrame) -> Iterator[str]:
    """Yield each lap, with its samples; the last of all belongs to the last lap."""
    for lap in laps(samples):
        inside = samples[lap.first : lap.last + 1]
        metres = inside.item(-1, "distance_m") - inside.item(0, "distance_m")
        heart = np.mean(inside["heart_bpm"].to_numpy())
        yield LAP_TCX.format(time=inside.item(0, "time"), timer=timer_s(inside), metres=metres, heart=heart)
        held = inside if lap.last == samples.height - 1 else inside[:-1]
        for track in held.partition_by("segment", maintain_order=True):
            yield f"<Track>\n{''.join(_points_tcx(track))}</Track>\n"
        yield "</Lap>\n"


def _points_tcx(samples: pl.DataFrame) -> Iterator[str]:
    """Yield each sample as a track point."""
    columns = ("time", "latitude_deg", "longitude_deg", "altitude_m", "distance_m", "heart_bpm", "speed_m_s")
    feet = samples["cadence_spm"].to_list()
    for row, spm in zip(samples.select(columns).iter_rows(), feet, strict=True):
        time, latitude, longitude, altitude, metres, heart, speed = row
        place = "" if latitude is None else PLACE.format(latitude=latitude, longitude=longitude, altitude=altitude)
        cadence = "" if spm is None else f"<ns3:RunCadence>{spm / 2:.0f}</ns3:RunCadence>"
        yield POINT.format(time=time, place=place, metres=metres, heart=heart, speed=speed, feet=cadence)


# The runner's devices: what they record of an outing, and the files they write.

WRITERS = {"fit": write_fit, "gpx": write_gpx, "tcx": write_tcx}


def recorded_as(outing: SimulatedRecording, ending: str) -> bytes:
    """Encode the outing in a format, as a watch would write it.

    A treadmill run has no places, so it cannot be a gpx.

    Args:
        outing: the run.
        ending: fit, gpx, tcx, or one of them and .gz.

    Returns:
        The file's bytes.
    """
    name, _, packed = ending.partition(".")
    content = WRITERS[name](outing)
    return gzip.compress(content, mtime=0) if packed else content
