"""Messages as columns: absent is NaN in numbers and null in words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from runmood.readers.fit.profile import ACTIVITY, FIELD_DESCRIPTION, FIELDS, RECORD
from runmood.readers.fit.protocol import COMPRESSED, NO_TIME, DeveloperField, base_type, crc_is_valid, unwrap_counter
from runmood.readers.fit.scanner import ScanResult, scan_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from runmood.readers.fit.protocol import DeveloperBytes, FieldLayout, Stream


Numbers = NDArray[np.float64]


@dataclass(slots=True)
class MessageColumns:
    """The messages of one kind, in the order of the file."""

    offsets: NDArray[np.int64]
    numbers: dict[str, Numbers]
    texts: dict[str, list[str | None]]
    lists: dict[str, Numbers]

    def __len__(self) -> int:
        return len(self.offsets)

    def number(self, name: str) -> Numbers:
        """Return a column of numbers; all NaN where no message has it."""
        return self.numbers[name] if name in self.numbers else np.full(len(self), np.nan)

    def text(self, name: str) -> list[str | None]:
        """Return a column of texts; all null where no message has it."""
        return self.texts.get(name) or [None] * len(self)

    def each(self) -> Iterable[dict[str, float]]:
        """Yield the messages one by one, as names and numbers; an absent number has no name."""
        columns = {name: values.tolist() for name, values in self.numbers.items()}
        for row in range(len(self)):
            yield {name: values[row] for name, values in columns.items() if not isnan(values[row])}


def no_rows() -> MessageColumns:
    """Return a table without messages."""
    return MessageColumns(np.empty(0, dtype=np.int64), {}, {}, {})


def read_rows(
    content: bytes, streams: Sequence[Stream], developer: Mapping[tuple[int, int], DeveloperField]
) -> MessageColumns:
    """Return the messages of several streams of one kind, in the order of the file."""
    return joined([_read(content, stream, developer) for stream in streams])


def expand_compressed_timestamps(content: bytes, streams: Sequence[Stream], messages: Iterable[MessageColumns]) -> None:
    """Fill in the times that messages carry as five bits in their headers, on from the last full time before each.

    Any message with a time counts, also those that are otherwise stepped over.
    """
    waiting = [rows for rows in messages if "header" in rows.lists]
    if not waiting:
        return
    each = [stream.offsets() for stream in streams]
    times = [_header_times(stream.rows(content, its)) for stream, its in zip(streams, each, strict=True)]
    offsets = np.concatenate(each)
    low, known = (np.concatenate(column) for column in zip(*times, strict=True))
    order = np.argsort(offsets)
    order = order[low[order] >= 0]
    counted = unwrap_counter(low[order], 5, known[order])
    for rows in waiting:
        places = np.searchsorted(offsets[order], rows.offsets).clip(max=len(order) - 1)
        written = rows.number("timestamp")
        rows.numbers["timestamp"] = np.where(np.isnan(written), counted[places], written)


def _header_times(raw: NDArray[np.void]) -> tuple[NDArray[np.int64], Numbers]:
    """Return the low five bits of each message's time, -1 without any, and its full time, NaN without any."""
    header = raw["header"].astype(np.int64)
    known = np.full(len(raw), np.nan)
    if "timestamp" in (raw.dtype.names or ()):
        full = raw["timestamp"].astype(np.float64)
        known = np.where(full == NO_TIME, np.nan, full)
    in_header = np.where(header >= COMPRESSED, header & 31, -1)
    return np.where(np.isnan(known), in_header, np.nan_to_num(known).astype(np.int64) & 31), known


def _read(content: bytes, stream: Stream, developer: Mapping[tuple[int, int], DeveloperField]) -> MessageColumns:
    offsets = stream.offsets()
    raw = stream.rows(content, offsets)
    rows = MessageColumns(offsets, {}, {}, {})
    for column in stream.plan.columns:
        name = column.field.name
        if column.field.shape == "text":
            rows.texts[name] = [_words(each) for each in raw[name].tolist()]
        elif column.field.shape == "list":
            rows.lists[name] = _numbers(raw[name], column).reshape(len(raw), column.width)
        else:
            rows.numbers[name] = _numbers(raw[name] if column.width == 1 else raw[name][:, 0], column)
    for place in stream.plan.developer:
        known = developer.get((place.developer, place.number))
        values = _developer_numbers(raw, place, known, stream.plan.order) if known else None
        if known and values is not None:
            rows.numbers[known.column] = values
    if int(raw["header"].max()) >= COMPRESSED:
        rows.lists["header"] = raw["header"].astype(np.float64).reshape(-1, 1)
    return rows


def _numbers(raw: NDArray[Any], column: FieldLayout) -> Numbers:
    values = _known(raw, column.nothing)
    if column.field.divisor != 1:
        values /= column.field.divisor
    if column.field.offset:
        values -= column.field.offset
    return values


def _words(raw: bytes) -> str | None:
    return raw.split(b"\0", 1)[0].decode("utf-8", "replace").strip() or None


def _developer_numbers(
    raw: NDArray[np.void], place: DeveloperBytes, known: DeveloperField, order: str
) -> Numbers | None:
    """Null where the field's size does not fit the type that its description gives."""
    base = base_type(known.base, place.size, order)
    if base is None:
        return None
    code, _, nothing = base
    bare = np.dtype({"names": ["it"], "formats": [code], "offsets": [place.at], "itemsize": raw.dtype.itemsize})
    field = raw.view(bare)["it"]
    return _known(field, nothing) / known.divisor - known.offset


def _known(raw: NDArray[Any], nothing: int | None) -> Numbers:
    """Return the values, NaN for the invalid one; among floats that is whatever is not finite."""
    values = raw.astype(np.float64)
    values[~np.isfinite(values) if nothing is None else raw == nothing] = np.nan
    return values


def joined(parts: Sequence[MessageColumns]) -> MessageColumns:
    """Join messages of one kind from several places, in the order of the file."""
    parts = [part for part in parts if len(part)]
    if len(parts) <= 1:
        return parts[0] if parts else no_rows()
    offsets = np.concatenate([part.offsets for part in parts])
    order = np.argsort(offsets, kind="stable")
    places = order.tolist()
    texts = {}
    for name in _names(part.texts for part in parts):
        words = list(chain.from_iterable(part.text(name) for part in parts))
        texts[name] = [words[place] for place in places]
    return MessageColumns(
        offsets[order],
        {
            name: np.concatenate([part.number(name) for part in parts])[order]
            for name in _names(part.numbers for part in parts)
        },
        texts,
        {name: _stacked(name, parts)[order] for name in _names(part.lists for part in parts)},
    )


def _names(columns: Iterable[Mapping[str, object]]) -> list[str]:
    return list(dict.fromkeys(chain.from_iterable(columns)))


def _stacked(name: str, parts: Sequence[MessageColumns]) -> Numbers:
    """Stack lists of different lengths as rows, the shorter ones filled up with NaN."""
    empty = np.empty((0, 0))
    width = max(part.lists.get(name, empty).shape[1] for part in parts)
    stacked = np.full((sum(map(len, parts)), width), np.nan)
    row = 0
    for part in parts:
        values = part.lists.get(name, empty)
        stacked[row : row + len(values), : values.shape[1]] = values
        row += len(part)
    return stacked


# --- Which developer fields can stand in for a native column that a file lacks.

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


# --- A FIT file as the parts it is chained of, each with its messages as columns and what is wrong with it.

_MAGIC = b".FIT"
_MAGIC_AT = 8
_LEAST_HEADER = 12
_CHECKSUM = 2


@dataclass(frozen=True, slots=True)
class FitFile:
    """One FIT file out of a chain, usually the only one; local definitions never reach from one to the next.

    `fault` says in words what is damaged, null if nothing is; `sound` is whether the checksum is right, null where
    the file's end was never written so that it cannot have one.
    """

    messages: dict[int, MessageColumns]
    developer: tuple[DeveloperField, ...] = ()
    fault: str | None = None
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
    extents = list(_extents(content))
    parts = [_read_part(content, extent) for extent in extents]
    end = extents[-1].following if extents else len(content)
    if content[end:].strip(b"\0"):
        parts.append(FitFile({}, fault=f"what follows byte {end} makes no sense", sound=None))
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


def _fault(walked: ScanResult, extent: _Extent, *, closed: bool) -> str | None:
    """Name the damage. Up to two bytes left over are a checksum that the header does not count."""
    lost_at = walked.lost_at
    if lost_at is not None and (extent.honest or extent.end - lost_at > _CHECKSUM):
        if lost_at < walked.ended_at:
            return f"some bytes after byte {lost_at} make no sense"
        return "it ends in the middle of a message" if walked.cut else f"it makes no sense from byte {lost_at} on"
    if not extent.honest and not closed:
        return "it ends before the activity does"
    return None
