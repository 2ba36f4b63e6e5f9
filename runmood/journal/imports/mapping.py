"""What the person says of a file: a mapping in TOML, read, and laid over what is known."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from math import isfinite
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeGuard

from runmood.core.enums import CheckInKind
from runmood.core.errors import CsvFormatError
from runmood.core.i18n import message
from runmood.journal.imports.formats import (
    ANY_SHEET,
    ITEMS,
    LEFT_OUT,
    ExportFormat,
    FieldMapping,
    Labels,
    SourceScale,
)
from runmood.journal.imports.moments import DAY_FIRST, MONTH_FIRST
from runmood.journal.imports.sheets import sheet_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Mapping as Pairs


UNSAID = "?"
LEAVE_OUT = "leave out"
WORDS = ("source", "kind", "date_format", "date_order", "file")
PLACES = ("date", "time", "tags", "note")
SEVERAL = ("date", "time")  # places that may be written in several columns
_COUNTED = re.compile(r"[\W_]*\d[\d\W_]*")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What the person confirmed: columns in lower case by what they hold, scales by item, numbers by word.

    `header` and `file` say which sheet it was confirmed for: its columns, and its name without dates and numbers.
    """

    columns: Pairs[str, tuple[str, ...]] = field(default_factory=dict)
    scales: Pairs[str, SourceScale] = field(default_factory=dict)
    labels: Labels = field(default_factory=dict)
    source: str = ""
    kind: str = ""
    date_format: str = ""
    date_order: str = ""
    file: str = ""
    header: tuple[str, ...] = ()

    def fits(self, source: str, header: Sequence[str], name: str) -> bool:
        """Whether a file may be read by this mapping without asking.

        One of a known app may. A sheet of no known app has to have the same header; where that header is one that many
        sheets have, such as `date, mood`, its name has to be the same too.

        Args:
            source: what the file was taken for.
            header: its columns.
            name: what it is called.

        Returns:
            Whether it may.
        """
        if source != ANY_SHEET.source:
            return self.source == source
        columns = tuple(column.lower() for column in header)
        if not self.columns or not columns:
            return False
        if not self.header:  # it was confirmed before headers were kept
            return self.source != source and {each for place in self.columns.values() for each in place} <= set(columns)
        telling = set(columns) - {*PLACES, *ITEMS, "kind", ""}
        return columns == self.header and (bool(telling) or file_stem(name) == self.file)


def file_stem(name: str) -> str:
    """Return what a file is called without its ending, dates and numbers, which change with each export."""
    stem = PurePath(name).stem
    return (_COUNTED.sub(" ", stem).strip() or stem).casefold()


def bound_to(mapping: bytes, content: bytes, name: str) -> bytes:
    """Return a mapping as a file, with the columns and the name of the sheet that it was confirmed for on top."""
    said = mapping_from_toml(mapping)
    text = text_of(mapping)
    if not said.columns or said.header or content.startswith((b"PK", b"{", b"[")):
        return text.encode()
    header = [column.lower() for column in sheet_of(text_of(content)).columns]
    top = {"file": file_stem(name), "header": header} if not said.file else {"header": header}
    return (
        "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in top.items()).encode()
        + text.encode()
    )


def mapping_from_toml(content: bytes) -> ColumnMapping:
    """Return the mapping that a person filled in; CsvFormatError says what is still open or cannot be meant."""
    import tomllib  # noqa: PLC0415 - needed here alone, and a check-in should not wait for it

    try:
        said = tomllib.loads(text_of(content))
    except (ValueError, RecursionError) as fault:
        raise CsvFormatError(message("error.mapping.no_toml", fault=f"{fault}")) from fault
    _refuse("open", [name for name, value in _leaves(said) if value == UNSAID])
    _refuse("unknown", set(said) - {*WORDS, "header", "columns", "scales", "labels"})
    columns, scales, labels = (_table(said, name) for name in ("columns", "scales", "labels"))
    _refuse("unknown", [*set(columns) - {*ITEMS, *PLACES}, *set(scales) - set(ITEMS)])
    _refuse("no_text", [name for name, value in columns.items() if not _is_text(name, value)])
    _refuse("no_text", [name for name, value in _words(said).items() if not isinstance(value, str)])
    _refuse("no_kind", {said.get("kind", "")} - {"", *CheckInKind})
    _refuse("no_order", {said.get("date_order", "")} - {"", DAY_FIRST, MONTH_FIRST})
    return ColumnMapping(
        columns={place: named for place, column in columns.items() if (named := _named(column))},
        header=_named(said.get("header", [])),
        scales={item: _scale(item, scale) for item, scale in scales.items()},
        labels={word.strip().casefold(): _worth(word, value) for word, value in labels.items()},
        **_words(said),
    )


def apply_mapping(layout: ExportFormat, mapping: ColumnMapping | None) -> ExportFormat:
    """Return the layout as the person wants it read."""
    if mapping is None:
        return layout
    place = mapping.columns.get
    return replace(
        layout,
        source=mapping.source or layout.source,
        items=_items(layout, mapping),
        date=place("date", layout.date),
        date_format=mapping.date_format or layout.date_format,
        date_order=mapping.date_order or layout.date_order,
        time=place("time", layout.time),
        kind=mapping.kind or layout.kind,
        remarks=() if mapping.kind else layout.remarks,
        labels={**layout.labels, **mapping.labels},
        tags=place("tags", layout.tags),
        notes=place("note", layout.notes),
    )


def _is_text(place: str, value: object) -> bool:
    """Whether a place is named by a column, or, where it may stand in several, by a list of them."""
    several = place in SEVERAL and isinstance(value, list) and all(isinstance(each, str) for each in value)
    return several or isinstance(value, str)


def _named(column: object) -> tuple[str, ...]:
    """Return one or several columns in lower case, without those that are empty."""
    columns = column if isinstance(column, list) else [column]
    return tuple(str(each).strip().lower() for each in columns if str(each).strip())


def _leaves(table: dict[str, Any], path: str = "") -> list[tuple[str, object]]:
    """Every value with its full name."""
    found: list[tuple[str, object]] = []
    for name, value in table.items():
        found += _leaves(value, f"{path}{name}.") if isinstance(value, dict) else [(path + name, value)]
    return found


def _refuse(fault: str, names: Iterable[object]) -> None:
    listed = sorted(map(str, names))
    if listed:
        raise CsvFormatError(message(f"error.mapping.{fault}", names=", ".join(listed)))


def _table(said: dict[str, Any], name: str) -> dict[str, Any]:
    table = said.get(name, {})
    if not isinstance(table, dict):
        raise CsvFormatError(message("error.mapping.no_table", table=f"[{name}]"))
    return table


def _words(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in WORDS if name in said}


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _scale(item: str, said: object) -> SourceScale:
    low, high, best = (said.get(name) for name in ("low", "high", "best")) if isinstance(said, dict) else (None,) * 3
    if not (_is_number(low) and _is_number(high) and low < high and best in ("low", "high")):
        raise CsvFormatError(message("error.mapping.no_scale", table=f"[scales.{item}]"))
    return SourceScale(low, high, best)


def _worth(word: str, value: object) -> float | None:
    if value == LEAVE_OUT:
        return LEFT_OUT
    if _is_number(value) and 0 <= value <= 10:  # noqa: PLR2004 - our scale
        return float(value)
    raise CsvFormatError(message("error.mapping.no_worth", word=repr(word), leave_out=f'"{LEAVE_OUT}"'))


def _items(layout: ExportFormat, mapping: ColumnMapping) -> dict[str, FieldMapping]:
    items = dict(layout.items)
    for item in (each for each in ITEMS if each in mapping.columns or each in mapping.scales):
        known = items.get(item)
        (column,) = mapping.columns.get(item) or (known.column if known else "",)
        scale = mapping.scales.get(item) or (known.scale if known else None)
        if not column or (scale is None and item != "mood"):
            raise CsvFormatError(message("error.mapping.needs_both", item=item))
        items[item] = FieldMapping(column, scale)
    return items
