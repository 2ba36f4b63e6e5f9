"""What a definition message says about the messages after it, worked out once for each definition ever met.

A watch repeats its definitions in every file, so the plan made from one is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from runmood.readers.fit.profile import FIELDS, TIME, TIMESTAMP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from runmood.readers.fit.profile import Field


HEAD = 5  # bytes before the list of fields: reserved, byte order, message number, count
ENTRY = 3  # bytes for each field: number, size, base type
TEXT = 7
COMPRESSED = 0x80  # in a header: two bits say which definition, five the time
_DATE = ("u4", 1)
NO_TIME = 0xFFFFFFFF

# Base type: its numpy code, and the value that means "nothing". A float says nothing by being NaN.
_BASE_TYPES: dict[int, tuple[str, int | None]] = {
    0: ("u1", 0xFF), 1: ("i1", 0x7F), 2: ("u1", 0xFF), 3: ("i2", 0x7FFF), 4: ("u2", 0xFFFF),
    5: ("i4", 0x7FFFFFFF), 6: ("u4", 0xFFFFFFFF), 8: ("f4", None), 9: ("f8", None),
    10: ("u1", 0), 11: ("u2", 0), 12: ("u4", 0), 13: ("u1", 0xFF),
    14: ("i8", 0x7FFFFFFFFFFFFFFF), 15: ("u8", 0xFFFFFFFFFFFFFFFF), 16: ("u8", 0),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldLayout:
    """Where one field stands in a message, and how to read it."""

    field: Field
    at: int
    form: str
    width: int
    nothing: int | None = None


@dataclass(frozen=True, slots=True)
class DeveloperBytes:
    """Where one developer field stands in a message; what it means, another message tells."""

    developer: int
    number: int
    at: int
    size: int


@dataclass(frozen=True, slots=True)
class DeveloperField:
    """A developer field that can stand in for the native column `instead_of`, under the name `column`."""

    instead_of: str
    column: str
    base: int
    divisor: float
    offset: float


@dataclass(frozen=True, slots=True)
class RecordLayout:
    """How to read the messages of one definition; `stride` is the length of each with its header."""

    message: int
    stride: int
    order: str
    columns: tuple[FieldLayout, ...]
    developer: tuple[DeveloperBytes, ...]
    layout: np.dtype[np.void]

    @property
    def time(self) -> FieldLayout | None:
        """Where the message's time stands; null if it carries none."""
        return next((column for column in self.columns if column.field is TIME), None)


def base_type(number: int, size: int, order: str) -> tuple[str, int, int | None] | None:
    """Return numpy's code for a base type, how many values, and the invalid value; null where the size does not fit.

    Base types appear with and without the bit that marks those of several bytes.

    Returns:
        The code, the count and the invalid value.
    """
    code, nothing = _BASE_TYPES.get(number & 0x1F, ("", None))
    if not code:
        return None
    each = int(code[1])
    return None if size == 0 or size % each else (order + code, size // each, nothing)


@lru_cache(maxsize=4096)
def plan_of(definition: bytes) -> RecordLayout:
    """Return the plan for a definition message, given without its header byte."""
    order = ">" if definition[1] else "<"
    message = int.from_bytes(definition[2:4], "big" if definition[1] else "little")
    fields = HEAD + ENTRY * definition[4]
    columns: dict[str, FieldLayout] = {}
    position = 1
    for number, size, base in _triples(definition[HEAD:fields]):
        column = _column(TIME if number == TIMESTAMP else FIELDS.get(message, {}).get(number), position, base, size)
        if column:
            columns.setdefault(column.field.name, _ordered(column, order))
        position += size
    developer = []
    for number, size, owner in _triples(definition[fields + 1 :]):
        developer.append(DeveloperBytes(owner, number, position, size))
        position += size
    read = tuple(columns.values())
    return RecordLayout(message, position, order, read, tuple(developer), _layout(read, position))


def _triples(entries: bytes) -> Iterator[tuple[int, int, int]]:
    return zip(entries[::ENTRY], entries[1::ENTRY], entries[2::ENTRY], strict=True)


def _column(field: Field | None, at: int, base: int, size: int) -> FieldLayout | None:
    if field is None or size == 0:
        return None
    if field.shape == "text":
        return FieldLayout(field, at, f"S{size}", 1) if base & 0x1F == TEXT else None
    known = base_type(base, size, "")
    if known is None or (field.shape == "date" and known[:2] != _DATE):
        return None
    return FieldLayout(field, at, known[0], known[1], known[2])


def _ordered(column: FieldLayout, order: str) -> FieldLayout:
    form = column.form if column.field.shape == "text" else order + column.form
    return FieldLayout(column.field, column.at, form, column.width, column.nothing)


def _layout(columns: tuple[FieldLayout, ...], stride: int) -> np.dtype[np.void]:
    """Rows of `stride` bytes; "header" is the byte before each message, the rest the columns."""
    forms = [(column.form, (column.width,)) if column.width > 1 else column.form for column in columns]
    return np.dtype(
        {
            "names": ["header", *(column.field.name for column in columns)],
            "formats": ["u1", *forms],
            "offsets": [0, *(column.at for column in columns)],
            "itemsize": stride,
        }
    )


@dataclass(slots=True)
class Stream:
    """The messages of one definition: where each of them begins."""

    plan: RecordLayout
    header: int
    positions: list[int] = field(default_factory=list)

    def offsets(self) -> NDArray[np.int64]:
        """Return the offset in the file at which each message begins."""
        return np.array(self.positions, dtype=np.int64)

    def rows(self, content: bytes, offsets: NDArray[np.int64]) -> NDArray[np.void]:
        """Return the messages that begin at the offsets, as rows of the plan's layout."""
        stride = self.plan.stride
        anywhere = np.ndarray(len(content) - stride + 1, dtype=f"V{stride}", buffer=content, strides=(1,))
        return anywhere[offsets].view(self.plan.layout)


_REFLECTED = 0xA001
_BITS = 16


def crc_is_valid(content: bytes) -> bool:
    """Return whether the last two bytes are the checksum of all before them."""
    words = np.frombuffer(content if len(content) % 2 == 0 else b"\0" + content, dtype="<u2")
    while len(words) > 1:
        distance = (len(words) - 1).bit_length() - 1
        step = 1 << distance
        moved = len(words) - step
        kept = words[moved:].copy()
        kept[step - moved :] ^= _moved_by(distance)[words[:moved]]
        words = kept
    return len(words) == 1 and int(_moved_by(0)[words[0]]) == 0


@cache
def _moved_by(distance: int) -> NDArray[np.uint16]:
    """Return, for every word, what it becomes 2**distance words further on."""
    if distance:
        half = _moved_by(distance - 1)
        return half[half]
    words = np.arange(1 << _BITS, dtype=np.uint16)
    for _ in range(_BITS):
        words = np.where(words & 1, words >> 1 ^ np.uint16(_REFLECTED), words >> 1)
    return words


def unwrap_counter(low: NDArray[np.int64], bits: int, known: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the full values of a counter that is given by its low bits and, in some places, in full.

    `known` is NaN where only the low bits are given, which are taken to have gone round at most once since the
    value before. Values before the first one known count from zero.

    Returns:
        An array of shape (n,).
    """
    if len(low) == 0:
        return np.empty(0)
    steps = np.diff(low, prepend=low[:1]) & ((1 << bits) - 1)
    counted = np.cumsum(steps).astype(np.float64)
    anchored = ~np.isnan(known)
    last = np.maximum.accumulate(np.where(anchored, np.arange(len(low)), -1))
    shift = np.where(last >= 0, known[last] - counted[last], float(low[0]))
    return counted + shift
