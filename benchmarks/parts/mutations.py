"""Damage of many kinds, drawn from a generator: the same generator gives the same damage."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random


MOST_DAMAGE = 5
LARGEST = 1 << 20
EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1 << 63, (1 << 64) - 1)
WIDTHS = (1, 2, 4, 8)
WORDS = (
    b"", b"0", b"-0", b"-1", b"NaN", b"inf", b"-1e999", b"1e308", b"1,5", b"99999999999999999999", b"\xe2\x88\x9e",
    b"1e5", b"0x1", b"1_0", b"\xd9\xa3", b"true", b"null", b"[]", b"{}", b'"', b"<", b"&#0;", b"&lt;", b"\x00",
    b"0001-01-01T00:00:00Z", b"9999-12-31T23:59:59-23:59", b"2025-02-30T00:00:00Z", b"2025-06-30T23:59:60Z",
    b"2025-05-04T08:00:00", b"2025-05-04T24:00:00+99:99", b"1970-01-01", b"run", b"rest", b"evening", b"[" * 5_000,
)  # fmt: skip
TOKEN = re.compile(rb"[-+.:\w]+")
CRC_TABLE = [0] * 256
for _byte in range(256):
    _rest = _byte
    for _ in range(8):
        _rest = _rest >> 1 ^ (0xA001 if _rest & 1 else 0)
    CRC_TABLE[_byte] = _rest


def damaged(content: bytes, other: bytes, rng: Random, kinds: tuple[Callable[..., bytes], ...]) -> bytes:
    """The content with one to five kinds of damage done to it, one after the other; never over a megabyte."""
    for _ in range(rng.randint(1, MOST_DAMAGE)):
        content = rng.choice(kinds)(content, other, rng)[:LARGEST]
    return content


def flip(content: bytes, _other: bytes, rng: Random) -> bytes:
    """A few bits the other way round."""
    changed = bytearray(content)
    for _ in range(min(len(changed), rng.choice((1, 1, 2, 8, 64)))):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def cut(content: bytes, _other: bytes, rng: Random) -> bytes:
    """Without a piece of it: the beginning, the end or the middle."""
    begin, end = _piece(content, rng)
    return rng.choice((content[:end], content[begin:], content[:begin] + content[end:]))


def splice(content: bytes, other: bytes, rng: Random) -> bytes:
    """The beginning of one file and the end of another; or one after the other, whole."""
    if rng.random() < 0.2:
        return content + other
    return content[: _piece(content, rng)[1]] + other[_piece(other, rng)[0] :]


def repeat(content: bytes, _other: bytes, rng: Random) -> bytes:
    """A piece of it several times over."""
    begin, end = _piece(content, rng)
    end = min(end, begin + 2_000)
    return content[:end] + content[begin:end] * rng.choice((1, 2, 50)) + content[end:]


def swap(content: bytes, _other: bytes, rng: Random) -> bytes:
    """Two neighbouring pieces in the other order."""
    begin, middle = _piece(content, rng)
    end = min(len(content), middle + (middle - begin))
    return content[:begin] + content[middle:end] + content[begin:middle] + content[end:]


def extreme(content: bytes, _other: bytes, rng: Random) -> bytes:
    """A number somewhere as small or as large as it can be: a size, a count, a time. The first bytes more often."""
    width = rng.choice(WIDTHS)
    value = (rng.choice(EXTREMES) & (1 << 8 * width) - 1).to_bytes(width, rng.choice(("little", "big")))
    place = rng.randrange(rng.choice((64, len(content) + 1)) or 1)
    return content[:place] + value + content[place + width :]


def noise(content: bytes, _other: bytes, rng: Random) -> bytes:
    """Random bytes over a piece of it, or between."""
    begin, end = _piece(content, rng)
    end = min(end, begin + 300)
    return content[:begin] + rng.randbytes(end - begin) + content[rng.choice((begin, end)) :]


def word(content: bytes, _other: bytes, rng: Random) -> bytes:
    """A word or number replaced by one that no device writes, once or all through the file."""
    begin = rng.randrange(len(content) + 1)
    found = TOKEN.search(content, begin)
    if not found:
        return content
    if rng.random() < 0.1:
        return content.replace(found[0], rng.choice(WORDS), 200)
    return content[: found.start()] + rng.choice(WORDS) + content[found.end() :]


def closed(content: bytes, _other: bytes, _rng: Random) -> bytes:
    """As FIT, with size and checksum put right, so that the damage before is not told by them."""
    sized = content[:4] + struct.pack("<I", max(len(content) - 16, 0)) + content[8:-2]
    checksum = 0
    for byte in sized:
        checksum = checksum >> 8 ^ CRC_TABLE[(checksum ^ byte) & 0xFF]
    return sized + struct.pack("<H", checksum)


def _piece(content: bytes, rng: Random) -> tuple[int, int]:
    """Where a piece begins and ends; short ones as often as long ones."""
    begin = rng.randrange(len(content) + 1)
    longest = rng.choice((8, 64, 1_000, len(content)))
    return begin, min(len(content), begin + rng.randint(0, longest))


BYTES = (flip, cut, splice, repeat, swap, extreme, noise)
LINES = (flip, cut, splice, repeat, word, word, word, word)
KINDS = {
    "fit": (*BYTES, closed),
    "gpx": (*BYTES, word, word, word),
    "tcx": (*BYTES, word, word, word),
    "zip": BYTES,
    "journal": LINES,
    "settings": LINES,
    "state": LINES,
}
