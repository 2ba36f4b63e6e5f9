"""An outing as FIT: what a watch writes, by the FIT protocol, little-endian, with its check sums.

Field and message numbers: Garmin FIT Profile 21 (file_id 0, lap 19, session 18, record 20, event 21, course 31,
activity 34). Manufacturer 255 is the profile's number for development: no maker's name is borrowed.
"""

from __future__ import annotations

import datetime as dt
import struct
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from runmood.invent.watch.outing import laps, timer_s

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from runmood.invent.watch.outing import Lap, Outing

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


def write_fit(outing: Outing) -> bytes:
    """The outing as the bytes of a FIT activity."""
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


def write_fit_course(outing: Outing) -> bytes:
    """The outing's path as a FIT course to follow: no run, though it has a path."""
    path = outing.samples.select("sampled_at", "latitude_deg", "longitude_deg", "altitude_m", "distance_m")
    body = b"".join(
        (
            _message(0, FILE_ID, COURSE_FILE, 255, 0, 1, _stamp(outing.started_at), outing.device.encode()),
            _message(31, COURSE, SPORTS[outing.sport], b"Round the park"),
            *_records(path),
        )
    )
    return _closed(body)


def _recorded(outing: Outing) -> Iterator[bytes]:
    """The samples, with the timer's start before and its stop after each stretch without a pause."""
    parts = outing.samples.partition_by("segment", maintain_order=True)
    for part in parts:
        yield _message(21, EVENT, _stamp(part.item(0, "sampled_at")), TIMER_EVENT, START)
        yield from _records(part)
        yield _message(21, EVENT, _stamp(part.item(-1, "sampled_at")), TIMER_EVENT, STOP_ALL)


def _records(samples: pl.DataFrame) -> Iterator[bytes]:
    """The definition of the columns that hold something, and a record for each sample."""
    held = [column for column in RECORD if column[0] in samples.columns and samples[column[0]].count()]
    yield _definition(20, tuple((field, letter) for _, field, _, letter, _, _ in held))
    packed = np.zeros(samples.height, dtype=[("header", "u1"), *((name, kind) for name, _, kind, *_ in held)])
    for name, _, _, _, factor, offset in held:
        seconds = (samples[name] - EPOCH).dt.total_seconds() if name == "sampled_at" else samples[name]
        packed[name] = np.round(seconds.to_numpy() * factor + offset)
    yield packed.tobytes()


def _lap(samples: pl.DataFrame, number: int, lap: Lap) -> bytes:
    """One lap's message."""
    inside = samples[lap.first : lap.last + 1]
    start, end = _stamp(inside.item(0, "sampled_at")), _stamp(inside.item(-1, "sampled_at"))
    metres = round(100 * (inside.item(-1, "distance_m") - inside.item(0, "distance_m")))
    timer = round(1000 * timer_s(inside))
    return _message(19, LAP, number, end, start, 1000 * (end - start), timer, metres, _mean_heart(inside), 1)


def _session(outing: Outing, start: int, end: int) -> bytes:
    """The whole outing's message."""
    indoors = outing.samples["latitude_deg"].count() == 0
    sport, sub_sport = SPORTS[outing.sport], TREADMILL if indoors else GENERIC
    timer, metres = round(1000 * timer_s(outing.samples)), round(100 * outing.distance_m)
    heart, count = _mean_heart(outing.samples), len(laps(outing.samples))
    return _message(18, SESSION, 0, end, start, sport, sub_sport, 1000 * (end - start), timer, metres, heart, count)


def _mean_heart(samples: pl.DataFrame) -> int:
    """Mean heart rate in whole beats."""
    return round(float(np.mean(samples["heart_bpm"].to_numpy())))


def _stamp(at: dt.datetime) -> int:
    """Seconds since the FIT epoch."""
    return int((at - EPOCH).total_seconds())


def _message(number: int, fields: tuple[tuple[int, str], ...], *values: int | bytes) -> bytes:
    """A definition and one message of it."""
    letters = "".join(STRUCTS.get(letter, letter) for _, letter in fields)
    return _definition(number, fields) + b"\x00" + struct.pack(f"<{letters}", *values)


def _definition(number: int, fields: tuple[tuple[int, str], ...]) -> bytes:
    """What fields the messages after it have, as local type 0."""
    described = bytes(
        byte for field, letter in fields for byte in (field, BASE_TYPES[letter][1], BASE_TYPES[letter][0])
    )
    return b"\x40\x00\x00" + struct.pack("<HB", number, len(fields)) + described


def _closed(body: bytes) -> bytes:
    """The body with its header and both check sums."""
    header = struct.pack("<BBHI4s", 14, 0x20, 2158, len(body), b".FIT")
    file = header + struct.pack("<H", check_sum(header)) + body
    return file + struct.pack("<H", check_sum(file))


def _check_sum_table() -> tuple[int, ...]:
    """CRC-16/ARC, one entry a byte."""
    table = []
    for byte in range(256):
        rest = byte
        for _ in range(8):
            rest = rest >> 1 ^ (0xA001 if rest & 1 else 0)
        table.append(rest)
    return tuple(table)


CHECK_SUMS = _check_sum_table()


def check_sum(content: bytes) -> int:
    """The FIT protocol's check sum, CRC-16/ARC."""
    table, crc = CHECK_SUMS, 0
    for byte in content:
        crc = crc >> 8 ^ table[(crc ^ byte) & 0xFF]
    return crc
