"""The messages of one kind in a FIT file as columns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from runmood.readers.fit.protocol import COMPRESSED, NO_TIME, DeveloperField, base_type, unwrap_counter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
