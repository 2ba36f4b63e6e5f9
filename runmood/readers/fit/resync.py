"""Find where, after damage, the records go on.

The file is taken to make sense again from a place where a known record's header is followed by a time within a day of
the records before, and another such record comes among the next few messages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from runmood.readers.fit.profile import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from runmood.readers.fit.protocol import Stream


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
