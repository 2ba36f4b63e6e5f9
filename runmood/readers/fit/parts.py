"""A FIT file as the parts it is chained of, each with its messages as columns and its damage.

Developer fields replace a native column which a file lacks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from math import isnan
from typing import TYPE_CHECKING

from runmood.core.i18n import Message, message
from runmood.readers.fit.messages import MessageColumns, expand_compressed_timestamps, no_rows, read_rows
from runmood.readers.fit.profile import ACTIVITY, FIELD_DESCRIPTION, FIELDS, RECORD
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


_NAMES = {
    "power": "power_w",
    "running power": "power_w",
    "runpower": "power_w",
    "stryd power": "power_w",
    "cadence": "cadence",
    "run cadence": "cadence",
    "stryd cadence": "cadence",
    "heart rate": "heart_bpm",
    "heartrate": "heart_bpm",
    "hr": "heart_bpm",
    "distance": "distance_m",
    "stryd distance": "distance_m",
    "speed": "speed_m_s",
    "stryd speed": "speed_m_s",
    "elevation": "altitude_m",
    "altitude": "altitude_m",
}

_UNITS = {
    "power_w": {"w", "watt", "watts"},
    "cadence": {"rpm", "spm", "strides/min", "steps/min"},
    "heart_bpm": {"bpm"},
    "distance_m": {"m", "meter", "meters", "metres"},
    "speed_m_s": {"m/s"},
    "altitude_m": {"m", "meter", "meters", "metres"},
}

_STEPS = {"spm", "steps/min"}  # both feet; the native field counts one
_ENHANCED = {"enhanced_speed_m_s": "speed_m_s", "enhanced_altitude_m": "altitude_m"}


def developer_overrides(descriptions: MessageColumns) -> dict[tuple[int, int], DeveloperField]:
    """Return developer fields of the records that can replace native columns, those that name one first.

    The key is the developer's index and the field's number, as the definitions use them.

    Returns:
        The fields by their key.
    """
    by_number: dict[tuple[int, int], DeveloperField] = {}
    by_name: dict[tuple[int, int], DeveloperField] = {}
    texts = zip(descriptions.text("name"), descriptions.text("units"), strict=True)
    for row, (name, units) in zip(descriptions.each(), texts, strict=True):
        if not {"developer", "field", "base"} <= row.keys() or row.get("message", RECORD) != RECORD:
            continue
        key = int(row["developer"]), int(row["field"])
        native = _native(row.get("native", float("nan")))
        named = _named(name, units)
        if native or named:
            (by_number if native else by_name)[key] = _field(key, native or named, row, units)
    return by_number | by_name


def _native(number: float) -> str:
    field = None if isnan(number) else FIELDS[RECORD].get(int(number))
    if field is None or field.shape != "number":
        return ""
    return _ENHANCED.get(field.name, field.name) if _ENHANCED.get(field.name, field.name) in _UNITS else ""


def _named(name: str | None, units: str | None) -> str:
    column = _NAMES.get((name or "").lower().replace("_", " "), "")
    return column if (units or "").lower() in _UNITS.get(column, ()) else ""


def _field(key: tuple[int, int], column: str, row: dict[str, float], units: str | None) -> DeveloperField:
    legs = 2 if column == "cadence" and (units or "").lower() in _STEPS else 1
    divisor = (row.get("divisor") or 1) * legs
    return DeveloperField(column, f"developer {key[0]}.{key[1]}", int(row["base"]), divisor, row.get("offset", 0.0))
