"""What a column is, what a table is, and the check that every stage's frame passes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator


# The unit stands at the end of a name, so it is said once. Longest endings first.
UNITS = {
    "_s_km": "seconds a kilometre",
    "_m_s": "metres a second",
    "_bpm": "beats a minute",
    "_spm": "steps a minute",
    "_deg": "degrees",
    "_at": "UTC",
    "_c": "degrees Celsius",
    "_w": "watts",
    "_m": "metres",
    "_s": "seconds",
}
_vocabulary = cache(pl.Enum)  # words are looked up in it several times as fast as with `is_in`


class SchemaValidationError(TypeError):
    """A stage returned a frame that is not what `runmood.schema` promises: a fault in the code, not in a file."""


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: its name with the unit in it, its type, its meaning, and what values it may take."""

    name: str
    dtype: pl.DataType
    meaning: str
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    always: bool = False

    @property
    def unit(self) -> str:
        """The unit its name ends in; empty where a unit makes no sense."""
        return next((unit for ending, unit in UNITS.items() if self.name.endswith(ending)), "")

    @property
    def range(self) -> str:
        """What values it may take, in words; empty where any will do."""
        if self.choices:
            return ", ".join(self.choices)
        if self.least is None and self.most is None:
            return ""
        if self.most is None:
            return f"from {self.least:g}"
        return f"{self.least:g} to {self.most:g}"

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the most value it may take; infinite where any will do."""
        return -math.inf if self.least is None else self.least, math.inf if self.most is None else self.most

    def faults(self, values: pl.Series) -> Iterator[str]:
        """Each rule of the column that some of the values break."""
        if self.always and values.null_count():
            yield "null"
        if not self._holds(values):
            yield f"not {self.range}"
        if self.dtype == pl.Float64 and math.isnan(values.sum()):
            yield "NaN"

    def _holds(self, values: pl.Series) -> bool:
        """Whether all values that are not null are among its choices or in its range."""
        if self.choices:
            return values.cast(_vocabulary(self.choices), strict=False).null_count() == values.null_count()
        return self.least is self.most is None or lie_within(values, *self.bounds)


@dataclass(frozen=True)
class Table:
    """A table: its name, what one row is, what identifies a row, and its columns in order."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[ColumnSpec, ...]

    @cached_property
    def schema(self) -> pl.Schema:
        """The names and types, in order."""
        return pl.Schema({column.name: column.dtype for column in self.columns})

    def empty(self) -> pl.DataFrame:
        """The table with no rows."""
        return pl.DataFrame(schema=self.schema)

    def frame(self, rows: list[dict[str, object]]) -> pl.DataFrame:
        """Rows as a checked frame; a column that a row does not name is null there."""
        return self.check(pl.DataFrame(rows, schema=self.schema))

    def of(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The columns of this table out of an answer of the database, in their order and types, checked."""
        return self.check(frame.select(self.schema.names()).cast(self.schema))

    def check(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The same frame, if it keeps the promise of every column."""
        if frame.schema != self.schema:
            raise SchemaValidationError(f"{self.name}: expected {self.schema}, got {frame.schema}")
        broken = [
            f"{column.name} {rule}"
            for column, values in zip(self.columns, frame, strict=True)
            for rule in column.faults(values)
        ]
        if broken:
            raise SchemaValidationError(f"{self.name}: {', '.join(broken)}")
        return frame


def lie_within(values: pl.Series, least: float, most: float) -> bool:
    """Whether no number is below the least or above the most; null is neither."""
    ends = values.min(), values.max()
    return all(least <= end <= most for end in ends if isinstance(end, int | float))


def text(name: str, meaning: str, *choices: str, always: bool = False) -> ColumnSpec:
    """A column of words; with choices, only those words."""
    return ColumnSpec(name, pl.String(), meaning, choices=tuple(map(str, choices)), always=always)


def real(name: str, meaning: str, least: float | None = None, most: float | None = None) -> ColumnSpec:
    """A column of numbers with decimals."""
    return ColumnSpec(name, pl.Float64(), meaning, least, most)


def whole(name: str, meaning: str, least: float | None = None, most: float | None = None) -> ColumnSpec:
    """A column of whole numbers."""
    return ColumnSpec(name, pl.Int64(), meaning, least, most)


def score(name: str, meaning: str) -> ColumnSpec:
    """A column of what a person said, 0 to 10."""
    return ColumnSpec(name, pl.Float64(), meaning, 0, 10)


def flag(name: str, meaning: str) -> ColumnSpec:
    """A column of yes and no."""
    return ColumnSpec(name, pl.Boolean(), meaning)


def moment(name: str, meaning: str, *, always: bool = False) -> ColumnSpec:
    """A column of instants, in UTC."""
    return ColumnSpec(name, pl.Datetime("us", "UTC"), meaning, always=always)


def day(name: str, meaning: str, *, always: bool = False) -> ColumnSpec:
    """A column of calendar days."""
    return ColumnSpec(name, pl.Date(), meaning, always=always)


def words(name: str, meaning: str) -> ColumnSpec:
    """A column of lists of words."""
    return ColumnSpec(name, pl.List(pl.String()), meaning)
