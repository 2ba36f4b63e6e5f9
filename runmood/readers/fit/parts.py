"""A FIT file as the parts it is chained of, each with its messages as columns and its damage."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from runmood.core.i18n import Message, message
from runmood.readers.fit.developer import developer_overrides
from runmood.readers.fit.messages import MessageColumns, expand_compressed_timestamps, no_rows, read_rows
from runmood.readers.fit.profile import ACTIVITY, FIELD_DESCRIPTION, FIELDS
from runmood.readers.fit.protocol import DeveloperField, crc_is_valid
from runmood.readers.fit.scanner import ScanResult, scan_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.readers.fit.protocol import Stream


_MAGIC = b".FIT"
_MAGIC_AT = 8
_LEAST_HEADER = 12
_CHECKSUM = 2
_MOST_PARTS = 64  # devices chain a few


@dataclass(frozen=True, slots=True)
class FitFile:
    """One FIT file out of a chain, usually the only one; local definitions never reach from one to the next.

    `fault` says in words what is damaged, null if nothing is; `sound` is whether the checksum is right, null where
    the file's end was never written so that it cannot have one.
    """

    messages: dict[int, MessageColumns]
    developer: tuple[DeveloperField, ...] = ()
    fault: Message | None = None
    sound: bool | None = True

    def rows(self, message: int) -> MessageColumns:
        """Return the messages of one kind; none if there are none."""
        return self.messages.get(message) or no_rows()

    @property
    def suspect(self) -> bool:
        """Whether values may be wrong."""
        return self.fault is not None or self.sound is False


@dataclass(slots=True)
class _Extent:
    """From where to where the messages of a part stand, and whether its end is where its header says."""

    start: int
    end: int
    honest: bool
    sound: bool | None

    @property
    def following(self) -> int:
        """Where the next part would begin."""
        return self.end + _CHECKSUM if self.honest else self.end


def read_parts(content: bytes) -> list[FitFile]:
    """Read every part of the file as far as it goes; bytes after the last part are a part with a fault."""
    extents = list(islice(_extents(content), _MOST_PARTS))
    parts = [_read_part(content, extent) for extent in extents]
    end = extents[-1].following if extents else len(content)
    if content[end:].strip(b"\0"):
        parts.append(FitFile({}, fault=message("file_fault.senseless_after", byte=end), sound=None))
    return parts


def _extents(content: bytes) -> Iterator[_Extent]:
    start = 0
    while _is_header(content, start):
        extent = _extent(content, start)
        yield extent
        start = extent.following


def _is_header(content: bytes, at: int) -> bool:
    magic = content[at + _MAGIC_AT : at + _LEAST_HEADER]
    return magic == _MAGIC and content[at] >= _LEAST_HEADER


def _extent(content: bytes, at: int) -> _Extent:
    """No size in the header is trusted: the next header or the end of the file has to confirm it, or the checksum."""
    start = at + content[at]
    size = int.from_bytes(content[at + 4 : at + 8], "little")
    end = start + size
    if size and end <= len(content):
        sound = crc_is_valid(content[at : end + _CHECKSUM])
        if sound or end + _CHECKSUM >= len(content) or _is_header(content, end + _CHECKSUM):
            return _Extent(start, end, honest=True, sound=sound)
    return _Extent(start, max(_next_header(content, start), start), honest=False, sound=None)


def _next_header(content: bytes, start: int) -> int:
    """Return where the next part begins; the end of the file where none does."""
    magic = content.find(_MAGIC, start + _MAGIC_AT)
    while magic >= 0:
        if _is_header(content, magic - _MAGIC_AT):
            return magic - _MAGIC_AT
        magic = content.find(_MAGIC, magic + 1)
    return len(content)


def _read_part(content: bytes, extent: _Extent) -> FitFile:
    walked = scan_records(content, extent.start, extent.end, doubtful=not extent.sound)
    kinds: dict[int, list[Stream]] = {}
    for stream in walked.streams:
        kinds.setdefault(stream.plan.message, []).append(stream)
    described = read_rows(content, kinds[FIELD_DESCRIPTION], {}) if FIELD_DESCRIPTION in kinds else no_rows()
    developer = developer_overrides(described)
    messages = {kind: read_rows(content, streams, developer) for kind, streams in kinds.items() if kind in FIELDS}
    expand_compressed_timestamps(content, walked.streams, messages.values())
    return FitFile(messages, tuple(developer.values()), _fault(walked, extent, closed=ACTIVITY in kinds), extent.sound)


def _fault(walked: ScanResult, extent: _Extent, *, closed: bool) -> Message | None:
    """Name the damage. Up to two bytes left over are a checksum that the header does not count."""
    lost_at = walked.lost_at
    if lost_at is not None and (extent.honest or extent.end - lost_at > _CHECKSUM):
        if lost_at < walked.ended_at:
            return message("file_fault.senseless_within", byte=lost_at)
        return message("file_fault.cut") if walked.cut else message("file_fault.senseless_from", byte=lost_at)
    if not extent.honest and not closed:
        return message("file_fault.ends_early")
    return None
