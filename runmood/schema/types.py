"""What a column is, what a table is, and the check that every stage's frame passes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl


# The unit stands at the end of a name. Longest endings first.
UNITS = {
    "_s_km": "seconds a kilometre",
    "_m_s": "metres a second",
    "_bpm": "beats a minute",
    "_spm": "steps a minute",
    "_deg": "degrees",
    "_at": "UTC",
    "_h": "hours",
    "_c": "degrees Celsius",
    "_w": "watts",
    "_m": "metres",
    "_s": "seconds",
}


class ColumnType(StrEnum):
    """What a column holds. The declarations name no library's types, so that reading them does not load polars."""

    TEXT = "text"
    REAL = "real"
    WHOLE = "whole"
    FLAG = "flag"
    MOMENT = "moment"
    DAY = "day"
    WORDS = "words"


class SchemaValidationError(TypeError):
    """A frame is not what `runmood.schema` declares: a fault in the code, not in a file."""


@cache
def polars_types() -> dict[ColumnType, pl.DataType]:
    """Return the polars type of each column type."""
    import polars as pl  # noqa: PLC0415 - the declarations alone do not need it

    return {
        ColumnType.TEXT: pl.String(),
        ColumnType.REAL: pl.Float64(),
        ColumnType.WHOLE: pl.Int64(),
        ColumnType.FLAG: pl.Boolean(),
        ColumnType.MOMENT: pl.Datetime("us", "UTC"),
        ColumnType.DAY: pl.Date(),
        ColumnType.WORDS: pl.List(pl.String()),
    }


@cache
def _vocabulary(choices: tuple[str, ...]) -> pl.Enum:
    """Return the choices as a type: a cast looks words up in it several times as fast as `is_in`."""
    import polars as pl  # noqa: PLC0415 - as above

    return pl.Enum(choices)


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: its name with the unit in it, its type, its meaning, and what values it may take.

    Attributes:
        least: the lowest value it may take; None where there is no bound.
        most: the highest value it may take; None where there is no bound.
        choices: the only words it may hold; empty where any will do.
        always: whether null is forbidden.
    """

    name: str
    type: ColumnType
    meaning: str
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    always: bool = False

    @property
    def dtype(self) -> pl.DataType:
        """The polars type of its values."""
        return polars_types()[self.type]

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
        """Yield each rule of the column that some of the values break."""
        if self.always and values.null_count():
            yield "null"
        if not self._holds(values):
            yield f"not {self.range}"
        if self.type is ColumnType.REAL and math.isnan(values.sum()):
            yield "NaN"

    def _holds(self, values: pl.Series) -> bool:
        """Return whether all values that are not null are among its choices or in its range."""
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
        import polars as pl  # noqa: PLC0415 - as above

        return pl.Schema({column.name: column.dtype for column in self.columns})

    def empty(self) -> pl.DataFrame:
        """Return the table with no rows."""
        return self.schema.to_frame()

    def frame(self, rows: list[dict[str, object]]) -> pl.DataFrame:
        """Return rows as a frame that has passed `check`; a column that a row does not name is null there."""
        import polars as pl  # noqa: PLC0415 - as above

        return self.check(pl.DataFrame(rows, schema=self.schema))

    def of(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the columns of this table out of a frame, in their order and types, after `check`."""
        return self.check(frame.select(self.schema.names()).cast(self.schema))

    def check(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Check that a frame has the names and types of this table, and that every value is allowed.

        Returns:
            The same frame.

        Raises:
            SchemaValidationError: if it does not; the message names the table, the columns and the rules.
        """
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
    """Return whether no number is below the least or above the most; null is neither."""
    ends = values.min(), values.max()
    return all(least <= end <= most for end in ends if isinstance(end, int | float))


def text(name: str, meaning: str, *choices: str, always: bool = False) -> ColumnSpec:
    """Declare a column of text; with choices, only those words."""
    return ColumnSpec(name, ColumnType.TEXT, meaning, choices=tuple(map(str, choices)), always=always)


def real(name: str, meaning: str, least: float | None = None, most: float | None = None) -> ColumnSpec:
    """Declare a column of numbers with decimals."""
    return ColumnSpec(name, ColumnType.REAL, meaning, least, most)


def whole(name: str, meaning: str, least: float | None = None, most: float | None = None) -> ColumnSpec:
    """Declare a column of whole numbers."""
    return ColumnSpec(name, ColumnType.WHOLE, meaning, least, most)


def score(name: str, meaning: str) -> ColumnSpec:
    """Declare a column of ratings from 0 to 10."""
    return ColumnSpec(name, ColumnType.REAL, meaning, 0, 10)


def flag(name: str, meaning: str) -> ColumnSpec:
    """Declare a column of yes and no."""
    return ColumnSpec(name, ColumnType.FLAG, meaning)


def moment(name: str, meaning: str, *, always: bool = False) -> ColumnSpec:
    """Declare a column of instants, in UTC."""
    return ColumnSpec(name, ColumnType.MOMENT, meaning, always=always)


def day(name: str, meaning: str, *, always: bool = False) -> ColumnSpec:
    """Declare a column of calendar days."""
    return ColumnSpec(name, ColumnType.DAY, meaning, always=always)


def words(name: str, meaning: str) -> ColumnSpec:
    """Declare a column of lists of words."""
    return ColumnSpec(name, ColumnType.WORDS, meaning)
