"""What the person says of a file: a mapping in TOML, read, and laid over what is known."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeGuard

from runmood.journal.faults import BadSheetError
from runmood.journal.imports.layouts import ITEMS, LEFT_OUT, Asked, Labels, Layout, Scale
from runmood.journal.imports.sheets import text_of
from runmood.terms.choices import CHECK_IN_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as Pairs

UNSAID = "?"
LEAVE_OUT = "leave out"
WORDS = ("source", "kind", "date_format")
PLACES = ("date", "time", "tags", "note")


@dataclass(frozen=True, slots=True)
class Mapping:
    """What the person confirmed: columns in lower case by what they hold, scales by item, numbers by word."""

    columns: Pairs[str, str] = field(default_factory=dict)
    scales: Pairs[str, Scale] = field(default_factory=dict)
    labels: Labels = field(default_factory=dict)
    source: str = ""
    kind: str = ""
    date_format: str = ""


def mapping_from_toml(content: bytes) -> Mapping:
    """The mapping that a person filled in; BadSheetError says what is still open or cannot be meant."""
    import tomllib  # noqa: PLC0415 - needed here alone, and a check-in should not wait for it

    try:
        said = tomllib.loads(text_of(content))
    except (ValueError, RecursionError) as fault:
        raise BadSheetError(f"The mapping is not TOML: {fault}.") from fault
    _refuse("still has a ? at", [name for name, value in _leaves(said) if value == UNSAID])
    _refuse("does not know", set(said) - {*WORDS, "columns", "scales", "labels"})
    columns, scales, labels = (_table(said, name) for name in ("columns", "scales", "labels"))
    _refuse("does not know", [*set(columns) - {*ITEMS, *PLACES}, *set(scales) - set(ITEMS)])
    _refuse(
        "needs text at", [name for name, value in {**columns, **_words(said)}.items() if not isinstance(value, str)]
    )
    _refuse("does not know the kind", {said.get("kind", "")} - {"", *CHECK_IN_KINDS})
    return Mapping(
        columns={place: column.strip().lower() for place, column in columns.items() if column.strip()},
        scales={item: _scale(item, scale) for item, scale in scales.items()},
        labels={word.strip().casefold(): _worth(word, value) for word, value in labels.items()},
        **_words(said),
    )


def applied(layout: Layout, mapping: Mapping | None) -> Layout:
    """The layout as the person wants it read."""
    if mapping is None:
        return layout
    place = mapping.columns.get
    return replace(
        layout,
        source=mapping.source or layout.source,
        items=_items(layout, mapping),
        date=(place("date", ""),) if place("date") else layout.date,
        date_formats=(mapping.date_format,) if mapping.date_format else layout.date_formats,
        time=place("time", layout.time),
        kind=mapping.kind or layout.kind,
        remarks=() if mapping.kind else layout.remarks,
        labels={**layout.labels, **mapping.labels},
        tags=(place("tags", ""),) if place("tags") else layout.tags,
        notes=(place("note", ""),) if place("note") else layout.notes,
    )


def _leaves(table: dict[str, Any], path: str = "") -> list[tuple[str, object]]:
    """Every value with its full name."""
    found: list[tuple[str, object]] = []
    for name, value in table.items():
        found += _leaves(value, f"{path}{name}.") if isinstance(value, dict) else [(path + name, value)]
    return found


def _refuse(fault: str, names: Iterable[object]) -> None:
    listed = sorted(map(str, names))
    if listed:
        raise BadSheetError(f"The mapping {fault}: {', '.join(listed)}. Nothing was taken.")


def _table(said: dict[str, Any], name: str) -> dict[str, Any]:
    table = said.get(name, {})
    if not isinstance(table, dict):
        raise BadSheetError(f"In the mapping, [{name}] has to be a table. Nothing was taken.")
    return table


def _words(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in WORDS if name in said}


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _scale(item: str, said: object) -> Scale:
    low, high, best = (said.get(name) for name in ("low", "high", "best")) if isinstance(said, dict) else (None,) * 3
    if not (_is_number(low) and _is_number(high) and low < high and best in ("low", "high")):
        raise BadSheetError(
            f'[scales.{item}] needs low, a high above it, and best = "low" or "high". Nothing was taken.'
        )
    return Scale(low, high, best)


def _worth(word: str, value: object) -> float | None:
    if value == LEAVE_OUT:
        return LEFT_OUT
    if _is_number(value) and 0 <= value <= 10:  # noqa: PLR2004 - our scale
        return float(value)
    raise BadSheetError(f'In the mapping, {word!r} needs a number from 0 to 10, or "{LEAVE_OUT}". Nothing was taken.')


def _items(layout: Layout, mapping: Mapping) -> dict[str, Asked]:
    items = dict(layout.items)
    for item in (each for each in ITEMS if each in mapping.columns or each in mapping.scales):
        known = items.get(item)
        column = mapping.columns.get(item) or (known.column if known else "")
        scale = mapping.scales.get(item) or (known.scale if known else None)
        if not column or (scale is None and item != "mood"):
            raise BadSheetError(f"The mapping has to say both the column and the scale of {item}. Nothing was taken.")
        items[item] = Asked(column, scale)
    return items
