"""FIT files made by hand, byte by byte, for the tests of the reader."""

import struct

RECORD, SESSION, EVENT, FILE_ID, ACTIVITY, HEART = 20, 18, 21, 0, 34, 132
START = 1_100_000_000  # FIT seconds: 2024-11-08 11:33:20 UTC
UINT8, UINT16, UINT32, SINT32, TEXT, BYTES = 0x02, 0x84, 0x86, 0x85, 0x07, 0x0D

_PACKED = {0x00: "B", 0x01: "b", 0x02: "B", 0x83: "h", 0x84: "H", 0x85: "i", 0x86: "I", 0x0A: "B", 0x0D: "B"}


def definition(local, message, fields, *, big=False, developer=()):
    """A definition message: fields are (number, size, base type), developer fields (number, size, owner)."""
    order = ">" if big else "<"
    head = struct.pack(order + "BBBHB", 0x40 | local | (0x20 if developer else 0), 0, big, message, len(fields))
    made = head[:1] + head[1:] + b"".join(bytes(field) for field in fields)
    return made + bytes([len(developer)]) + b"".join(map(bytes, developer)) if developer else made


def data(local, form, *values):
    """A data message: the header and the values packed, little-endian unless the form says otherwise."""
    order = "" if form[:1] in "<>" else "<"
    return bytes([local]) + struct.pack(order + form, *values)


def crc(content):
    """The checksum as the FIT documents compute it, four bits at a time."""
    table = (0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
             0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400)  # fmt: skip
    value = 0
    for byte in content:
        for half in (byte & 0xF, byte >> 4):
            value = (value >> 4) ^ table[value & 0xF] ^ table[half]
    return value


def fit(*messages, size=None, checksum=None, header_checksum=0):
    """A FIT file of these messages; size and checksum are right unless given."""
    body = b"".join(messages)
    head = struct.pack("<BBHI4sH", 14, 0x20, 2140, len(body) if size is None else size, b".FIT", header_checksum)
    made = head + body
    return made + struct.pack("<H", crc(made) if checksum is None else checksum)


def file_id(kind=4, *, created=START, maker=1, product=3076):
    """The message that says what the file is."""
    fields = [(0, 1, 0x00), (1, 2, UINT16), (2, 2, UINT16), (4, 4, UINT32)]
    return definition(15, FILE_ID, fields) + data(15, "BHHI", kind, maker, product, created)


def session(start=START, *, sport=1, sub_sport=0, elapsed=10, distance=30, effort=0xFF):
    """One session."""
    fields = [(253, 4, UINT32), (2, 4, UINT32), (5, 1, 0), (6, 1, 0), (7, 4, UINT32), (9, 4, UINT32), (193, 1, UINT8)]
    values = (start + elapsed, start, sport, sub_sport, elapsed * 1000, distance * 100, effort)
    return definition(14, SESSION, fields) + data(14, "IIBBIIB", *values)


def timer(at, kind):
    """The timer starts (0) or stops (4)."""
    return definition(13, EVENT, [(253, 4, UINT32), (0, 1, 0), (1, 1, 0)]) + data(13, "IBB", at, 0, kind)


RECORD_FIELDS = [(253, 4, UINT32), (5, 4, UINT32), (3, 1, UINT8), (4, 1, UINT8)]


def records(count, *, start=START, heart=140, cadence=85):
    """Records a second apart, three metres each."""
    made = [definition(0, RECORD, RECORD_FIELDS)]
    made += [data(0, "IIBB", start + second, 300 * second, heart, cadence) for second in range(count)]
    return b"".join(made)
