"""FIT files made by hand, byte by byte, for the tests of the reader."""

from __future__ import annotations

import struct
from typing import Any

Triple = tuple[int, int, int]

RECORD, SESSION, EVENT, FILE_ID, ACTIVITY, HEART = 20, 18, 21, 0, 34, 132
START = 1_100_000_000  # FIT seconds: 2024-11-08 11:33:20 UTC
UINT8, UINT16, UINT32, SINT32, TEXT, BYTES = 0x02, 0x84, 0x86, 0x85, 0x07, 0x0D


def definition(
    local: int, message: int, fields: list[Triple], *, big: bool = False, developer: list[Triple] | None = None
) -> bytes:
    """A definition message: fields are (number, size, base type), developer fields (number, size, owner)."""
    order = ">" if big else "<"
    head = struct.pack(order + "BBBHB", 0x40 | local | (0x20 if developer else 0), 0, int(big), message, len(fields))
    made = head + b"".join(map(bytes, fields))
    return made + bytes([len(developer)]) + b"".join(map(bytes, developer)) if developer else made


def data(local: int, form: str, *values: Any) -> bytes:
    """A data message: the header and the values packed, little-endian unless the form says otherwise."""
    order = "" if form[:1] in "<>" else "<"
    return bytes([local]) + struct.pack(order + form, *values)


def crc(content: bytes) -> int:
    """The checksum as the FIT documents compute it, four bits at a time."""
    table = (0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
             0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400)  # fmt: skip
    value = 0
    for byte in content:
        for half in (byte & 0xF, byte >> 4):
            value = (value >> 4) ^ table[value & 0xF] ^ table[half]
    return value


def fit(*messages: bytes, size: int | None = None, checksum: int | None = None, header_checksum: int = 0) -> bytes:
    """A FIT file of these messages; size and checksum are right unless given."""
    body = b"".join(messages)
    head = struct.pack("<BBHI4sH", 14, 0x20, 2140, len(body) if size is None else size, b".FIT", header_checksum)
    made = head + body
    return made + struct.pack("<H", crc(made) if checksum is None else checksum)


def file_id(kind: int = 4, *, created: int = START) -> bytes:
    """The message that says what the file is."""
    fields = [(0, 1, 0x00), (1, 2, UINT16), (2, 2, UINT16), (4, 4, UINT32)]
    return definition(15, FILE_ID, fields) + data(15, "BHHI", kind, 1, 3076, created)


def session(start: int = START, **said: int) -> bytes:
    """One session of a run; `said` overrides sport, sub_sport, elapsed, timer, distance, effort."""
    said = {"sport": 1, "sub_sport": 0, "elapsed": 10, "distance": 30, "effort": 0xFF} | said
    fields = [(253, 4, UINT32), (2, 4, UINT32), (5, 1, 0), (6, 1, 0), (7, 4, UINT32), (9, 4, UINT32), (193, 1, UINT8)]
    fields += [(8, 4, UINT32)]
    times = (start + said["elapsed"], start, said["sport"], said["sub_sport"], said["elapsed"] * 1000)
    values = (*times, said["distance"] * 100, said["effort"], said.get("timer", said["elapsed"]) * 1000)
    return definition(14, SESSION, fields) + data(14, "IIBBIIBI", *values)


def timer(at: int, kind: int) -> bytes:
    """The timer starts (0) or stops (4)."""
    return definition(13, EVENT, [(253, 4, UINT32), (0, 1, 0), (1, 1, 0)]) + data(13, "IBB", at, 0, kind)


RECORD_FIELDS = [(253, 4, UINT32), (5, 4, UINT32), (3, 1, UINT8), (4, 1, UINT8)]


def records(count: int, *, start: int = START, heart: int = 140, cadence: int = 85) -> bytes:
    """Records a second apart, three metres each."""
    made = [definition(0, RECORD, RECORD_FIELDS)]
    made += [data(0, "IIBB", start + second, 300 * second, heart, cadence) for second in range(count)]
    return b"".join(made)
