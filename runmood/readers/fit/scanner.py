"""Scan a stretch of FIT messages, header by header: which bytes belong to which definition, and where damage ends.

After damage the file is taken to make sense again from a place where a known record's header is followed by a time
within a day of the records before, and another such record comes among the next few messages.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from runmood.readers.fit.profile import RECORD
from runmood.readers.fit.protocol import COMPRESSED, ENTRY, HEAD, Stream, plan_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray


_DAY = 86_400
_MESSAGES_BETWEEN = 6
_MOST_PLACES = 20_000
_MOST_KINDS = 8  # of records, the commonest, that are looked for
_FARTHEST = 1 << 22  # bytes: no hole that leaves a file worth reading is longer
_FIRST = 32


@dataclass(frozen=True, slots=True)
class ResyncPoint:
    """A place to go on from, and the records found there."""

    position: int
    stream: Stream


def find_resync(
    content: bytes, position: int, end: int, streams: Iterable[Stream], strides: Sequence[int]
) -> ResyncPoint | None:
    """Find the next plausible record after a damaged place; null where there is none."""
    records = [stream for stream in streams if stream.plan.message == RECORD and stream.positions]
    records = sorted(records, key=lambda stream: len(stream.positions))[-_MOST_KINDS:]
    places = {
        place: stream for stream in records for place in (_likely(content, position, end, stream) + position).tolist()
    }
    for place in sorted(places):
        if _goes_on(content, place, places, strides):
            return ResyncPoint(place, places[place])
    return None


def find_corruption(content: bytes, streams: Iterable[Stream], after: int) -> int:
    """Return where the first two records in a row with impossible times stand, beyond an offset; the end without any.

    One such record may have a bit flipped; two mean that the headers only seem to make sense.

    Returns:
        An offset in the file.
    """
    places = [len(content)]
    for stream in streams:
        if stream.plan.message == RECORD and stream.positions and stream.plan.time:
            offsets = stream.offsets()
            times = stream.rows(content, offsets)["timestamp"].astype(np.float64)
            wild = (np.abs(times - _usual(times)) > _DAY) & (offsets > after)
            pairs = np.flatnonzero(wild[:-1] & wild[1:])
            places += offsets[pairs[:1]].tolist()
    return min(places)


def _usual(times: NDArray[np.float64]) -> float:
    """Return the time of the first records, which stand before most damage."""
    return float(np.median(times[:_FIRST]))


def _likely(content: bytes, position: int, end: int, stream: Stream) -> NDArray[np.int64]:
    """Return how far after `position` there could be one of the stream's records, by its header and time."""
    count = min(end - position, _FARTHEST) - stream.plan.stride + 1
    time = stream.plan.time
    if count <= 1 or time is None:
        return np.empty(0, dtype=np.int64)
    times = np.ndarray(count, dtype=time.form, buffer=content, offset=position + time.at, strides=(1,))
    headers = np.frombuffer(content, dtype=np.uint8, count=count, offset=position)
    usual = _usual(stream.rows(content, stream.offsets()[:_FIRST])["timestamp"].astype(np.float64))
    likely = np.flatnonzero((headers == stream.header) & (np.abs(times.astype(np.float64) - usual) < _DAY))
    return likely[likely > 0][:_MOST_PLACES]


def _goes_on(content: bytes, place: int, places: dict[int, Stream], strides: Sequence[int]) -> bool:
    """Return whether another likely record follows after at most a few messages."""
    following = place + places[place].plan.stride
    for _ in range(_MESSAGES_BETWEEN):
        if following in places:
            return True
        stride = strides[content[following]] if following < len(content) else 0
        if stride == 0:
            return False
        following += stride
    return False


_DEFINITION = 0x40
_DEVELOPER = 0x20
_MOST_LANDINGS = 64
_MOST_MESSAGES = 1_000_000  # eleven days at one a second
_MOST_DEFINITIONS = 4096  # a watch has some dozens
_STRETCH = 1 << 20  # bytes between two looks at how many messages there are


@dataclass(slots=True)
class ScanResult:
    """What a walk found: the streams, and where it first lost its way; null if it never did.

    `cut` says that the last message is not whole.
    """

    streams: list[Stream]
    lost_at: int | None
    ended_at: int
    cut: bool


def scan_records(content: bytes, start: int, end: int, *, doubtful: bool) -> ScanResult:
    """Scan every message between two offsets; after damage, from where the records plausibly go on.

    In a doubtful file the position counts as lost, too, where record after record has an impossible time.

    Returns:
        The streams, and where the first damage is.
    """
    walker = _Walker(content, end)
    position, landed, lost_at = walker.follow(start), start, None
    for _ in range(_MOST_LANDINGS):
        streams = walker.streams.values()
        lost = min(position, find_corruption(content, streams, landed)) if doubtful else position
        if lost >= end:
            break
        lost_at = lost if lost_at is None else lost_at
        found = find_resync(content, lost, end, streams, walker.strides)
        walker.forget(lost)
        if found is None:
            break
        walker.bind(found.stream.header, found.stream)
        landed, position = found.position, walker.follow(found.position)
        if position == landed:
            break
    met = [stream for stream in walker.streams.values() if stream.positions]
    return ScanResult(met, lost_at, position, cut=position < end and walker.strides[content[position]] > 0)


class _Walker:
    """The sixteen local definitions and what they stand for while walking."""

    def __init__(self, content: bytes, end: int) -> None:
        self.content = content
        self.end = end
        self.streams: dict[bytes, Stream] = {}
        self.local: dict[int, Stream] = {}
        self.strides = [0] * 256
        self.positions: list[list[int]] = [[]] * 256

    def follow(self, position: int) -> int:
        """Scan as far as the headers make sense and memory allows; return where it stopped."""
        while position < self.end and sum(len(stream.positions) for stream in self.streams.values()) < _MOST_MESSAGES:
            reached = self.follow_stretch(position, min(self.end, position + _STRETCH))
            if reached == position:
                break
            position = reached
        return position

    def follow_stretch(self, position: int, stop: int) -> int:
        """Scan to the first message that begins beyond `stop`, or to where the headers make no sense."""
        content, strides, positions = self.content, self.strides, self.positions
        before = -1
        while position < stop:
            header = content[position]
            stride = strides[header]
            if header == before:
                following = position + self.repeats(position, stride) * stride
                positions[header].extend(range(position, following, stride))
                before = -1
            elif stride:
                following = position + stride
                positions[header].append(position)
                before = header
            else:
                following = self.seldom(position)
                before = -1
            if following == position:
                return position
            position = following
        return position if position <= self.end else positions[before].pop()

    def repeats(self, position: int, stride: int) -> int:
        """Count the whole messages with this very header that follow one another."""
        header = self.content[position : position + 1]
        most = min((self.end - position) // stride, _STRETCH)
        count, reach = 0, 16
        while count < most:
            start = position + count * stride
            window = self.content[start : start + min(reach, most - count) * stride : stride]
            same = len(window) - len(window.lstrip(header))
            count += same
            if same < len(window):
                break
            reach *= 8
        return count

    def seldom(self, position: int) -> int:
        """Take a definition, or a message with its time in the header.

        Returns:
            Where it ends; the same position if it is neither or not whole.
        """
        header = self.content[position]
        if header & COMPRESSED:
            stream = self.local.get(header >> 5 & 3)
            if stream is None or position + stream.plan.stride > self.end:
                return position
            stream.positions.append(position)
            return position + stream.plan.stride
        return self.define(position, header) if header & _DEFINITION else position

    def define(self, position: int, header: int) -> int:
        """Take a definition message; return where it ends, or the same position if it is not whole or one too many."""
        content, end = self.content, self.end
        if position + 1 + HEAD > end or content[position + 2] > 1:
            return position
        size = 1 + HEAD + ENTRY * content[position + HEAD]
        if header & _DEVELOPER and position + size < end:
            size += 1 + ENTRY * content[position + size]
        if position + size > end:
            return position
        key = content[position + 1 : position + size]
        stream = self.streams.get(key)
        if stream is None:
            if len(self.streams) == _MOST_DEFINITIONS:
                return position
            stream = self.streams[key] = Stream(plan_of(key), header & 0x0F)
        self.bind(header & 0x0F, stream)
        return position + size

    def forget(self, position: int) -> None:
        """Remove every message from a position on."""
        for stream in self.streams.values():
            del stream.positions[bisect_left(stream.positions, position) :]

    def bind(self, local: int, stream: Stream) -> None:
        """Let messages of this local number be of this stream from here on."""
        self.local[local] = stream
        self.strides[local] = stream.plan.stride
        self.positions[local] = stream.positions
