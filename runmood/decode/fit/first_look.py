"""What a FIT file says it is, from its first message alone.

Of the thousands of FIT files in a Garmin account's export most are nights, steps and settings. They need no more.
"""

from __future__ import annotations

from runmood.decode.fit.profile.files import ACTIVITY
from runmood.decode.fit.profile.messages import FILE_ID

_DEFINITION = 0x40
_LOCAL = 0x0F
_PLAIN = 0xF0  # bits that neither a plain definition nor a plain message has, but for the definition's own
_HEAD = 6  # the header, then reserved, byte order, message number in two bytes, count of fields
_ENTRY = 3
_LEAST_FILE = 12
_TYPE, _UNSAID = 0, 0xFF
_ENDS = (0, 2)  # bytes of a checksum


def other_kind(content: bytes) -> int | None:
    """The number of a kind that is no activity; null where a longer look is needed: damage, a chain, an activity."""
    if len(content) < _LEAST_FILE:
        return None
    start, size = content[0], int.from_bytes(content[4:8], "little")
    first = content[start : start + _HEAD]
    if len(content) - start - size not in _ENDS or len(first) < _HEAD or first[0] & _PLAIN != _DEFINITION:
        return None
    if int.from_bytes(first[3:5], "big" if first[2] else "little") != FILE_ID:
        return None
    fields = start + _HEAD
    message = fields + first[5] * _ENTRY
    if content[message : message + 1] != bytes([first[0] & _LOCAL]):
        return None
    kind = _type(content, fields, message)
    return None if kind in {None, ACTIVITY, _UNSAID} else kind


def _type(content: bytes, fields: int, message: int) -> int | None:
    """The value of the field that tells the file's type, one byte long; null where there is none."""
    at = message + 1
    for entry in range(fields, message, _ENTRY):
        number, width = content[entry], content[entry + 1]
        if (number, width) == (_TYPE, 1) and at < len(content):
            return content[at]
        at += width
    return None
