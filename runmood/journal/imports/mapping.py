"""What the person says of a file: a mapping in TOML, read, and laid over what is known."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeGuard

from runmood.core.enums import CheckInKind
from runmood.core.errors import CsvFormatError
from runmood.journal.imports.layouts import (
    ANY_SHEET,
    ITEMS,
    LEFT_OUT,
    MOOD_PATTERNS,
    SLIDER,
    ExportFormat,
    FieldMapping,
    Labels,
    SourceScale,
)
from runmood.journal.imports.parsers import NUMBER, deduplicate, number_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as Pairs

    from runmood.journal.imports.parsers import Sheet


UNSAID = "?"
LEAVE_OUT = "leave out"
WORDS = ("source", "kind", "date_format")
PLACES = ("date", "time", "tags", "note")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What the person confirmed: columns in lower case by what they hold, scales by item, numbers by word."""

    columns: Pairs[str, str] = field(default_factory=dict)
    scales: Pairs[str, SourceScale] = field(default_factory=dict)
    labels: Labels = field(default_factory=dict)
    source: str = ""
    kind: str = ""
    date_format: str = ""


def mapping_from_toml(content: bytes) -> ColumnMapping:
    """Return the mapping that a person filled in; CsvFormatError says what is still open or cannot be meant."""
    import tomllib  # noqa: PLC0415 - needed here alone, and a check-in should not wait for it

    try:
        said = tomllib.loads(text_of(content))
    except (ValueError, RecursionError) as fault:
        raise CsvFormatError(f"The mapping is not TOML: {fault}.") from fault
    _refuse("still has a ? at", [name for name, value in _leaves(said) if value == UNSAID])
    _refuse("does not know", set(said) - {*WORDS, "columns", "scales", "labels"})
    columns, scales, labels = (_table(said, name) for name in ("columns", "scales", "labels"))
    _refuse("does not know", [*set(columns) - {*ITEMS, *PLACES}, *set(scales) - set(ITEMS)])
    _refuse(
        "needs text at", [name for name, value in {**columns, **_words(said)}.items() if not isinstance(value, str)]
    )
    _refuse("does not know the kind", {said.get("kind", "")} - {"", *CheckInKind})
    return ColumnMapping(
        columns={place: column.strip().lower() for place, column in columns.items() if column.strip()},
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
        raise CsvFormatError(f"The mapping {fault}: {', '.join(listed)}. Nothing was taken.")


def _table(said: dict[str, Any], name: str) -> dict[str, Any]:
    table = said.get(name, {})
    if not isinstance(table, dict):
        raise CsvFormatError(f"In the mapping, [{name}] has to be a table. Nothing was taken.")
    return table


def _words(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in WORDS if name in said}


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _scale(item: str, said: object) -> SourceScale:
    low, high, best = (said.get(name) for name in ("low", "high", "best")) if isinstance(said, dict) else (None,) * 3
    if not (_is_number(low) and _is_number(high) and low < high and best in ("low", "high")):
        raise CsvFormatError(
            f'[scales.{item}] needs low, a high above it, and best = "low" or "high". Nothing was taken.'
        )
    return SourceScale(low, high, best)


def _worth(word: str, value: object) -> float | None:
    if value == LEAVE_OUT:
        return LEFT_OUT
    if _is_number(value) and 0 <= value <= 10:  # noqa: PLR2004 - our scale
        return float(value)
    raise CsvFormatError(f'In the mapping, {word!r} needs a number from 0 to 10, or "{LEAVE_OUT}". Nothing was taken.')


def _items(layout: ExportFormat, mapping: ColumnMapping) -> dict[str, FieldMapping]:
    items = dict(layout.items)
    for item in (each for each in ITEMS if each in mapping.columns or each in mapping.scales):
        known = items.get(item)
        column = mapping.columns.get(item) or (known.column if known else "")
        scale = mapping.scales.get(item) or (known.scale if known else None)
        if not column or (scale is None and item != "mood"):
            raise CsvFormatError(f"The mapping has to say both the column and the scale of {item}. Nothing was taken.")
        items[item] = FieldMapping(column, scale)
    return items


# --- A mapping drafted for the person: all that is known filled in, a ? wherever they have to say.

HEAD = """\
# How runmood is to read this file. Nothing was taken from it.
# Put an answer where a "?" stands, then import the file again with --mapping and this file.
"""
CLOCK = """\
# kind: morning, evening, before-run, after-run; empty: by the clock. A file without a time of day needs it.
# date_format: empty for 2026-02-08; else such as "%d.%m.%Y", or "%d/%m/%Y %H:%M" with the time in it.
"""
WORTH = f"""
# What each word is worth: 0 very bad, 5 neither, 10 very good; or "{LEAVE_OUT}".
[labels]
"""
MAY_BE_ADDED = f"# May be added: {', '.join(ITEMS[1:])} (each with its scale), time, tags, note.\n"
SCALE = """
# The scale of {item}{seen}. best: the end that feels best, "low" or "high".
[scales.{item}]
"""


def mapping_template(layout: ExportFormat, sheet: Sheet, words: Iterable[str], mapping: ColumnMapping | None) -> str:
    """Return the mapping as TOML; what the person said before stays in it."""
    known = mapping or ColumnMapping()
    asks_columns = layout is ANY_SHEET or layout is MOOD_PATTERNS or bool(known.columns)
    columns = _columns(sheet, known) if asks_columns else {}
    labels = {word: LEAVE_OUT if worth is LEFT_OUT else worth for word, worth in known.labels.items()}
    labels |= dict.fromkeys(words or _words_under(columns.get("mood", ""), sheet), UNSAID)
    text = HEAD + _lines({"source": known.source or layout.source})
    if asks_columns:
        text += CLOCK + _lines({"kind": known.kind, "date_format": known.date_format})
        text += "\n# The file's columns: " + _quoted(sheet.columns)[1:-1] + "\n" + MAY_BE_ADDED
        text += "[columns]\n" + _lines(columns)
    scaled = [item for item in ITEMS if item in columns or item in known.scales]
    scaled = [item for item in scaled or ["mood"] if item != "mood" or not labels]
    text += "".join(_scale_toml(item, layout, known, _seen(columns.get(item, ""), sheet)) for item in scaled)
    return text + (WORTH + "".join(f"{_quoted(word)} = {_quoted(labels[word])}\n" for word in labels) if labels else "")


def _columns(sheet: Sheet, known: ColumnMapping) -> dict[str, str]:
    """Columns by what they hold: as the person said, else by name where the name is ours."""
    named = {column.lower(): column for column in sheet.columns}
    must = {place: named.get(place, UNSAID) for place in ("date", "mood")}
    may = {place: named[place] for place in ("time", *ITEMS[1:], "tags", "note") if place in named}
    return {**must, **may, **known.columns}


def _cells_under(column: str, sheet: Sheet) -> list[str]:
    return [row.cells[column.lower()] for row in sheet.rows if column.lower() in row.cells]


def _words_under(column: str, sheet: Sheet) -> list[str]:
    """Return the different cells of a column that holds words, none of one that holds numbers."""
    cells = _cells_under(column, sheet)
    return [] if any(map(NUMBER.fullmatch, cells)) else deduplicate(cells)


def _seen(column: str, sheet: Sheet) -> str:
    numbers = [number_of(cell) for cell in _cells_under(column, sheet) if NUMBER.fullmatch(cell)]
    return f" (seen: {min(numbers):g} to {max(numbers):g})" if numbers else ""


def _scale_toml(item: str, layout: ExportFormat, known: ColumnMapping, seen: str) -> str:
    scale = known.scales.get(item)
    ends: dict[str, object] = {"low": UNSAID, "high": UNSAID, "best": UNSAID}
    if layout is MOOD_PATTERNS:
        ends |= {"low": SLIDER.low, "high": SLIDER.high}
    if scale:
        ends = {"low": scale.low, "high": scale.high, "best": scale.best}
    return SCALE.format(item=item, seen=seen) + _lines(ends)


def _lines(pairs: Pairs[str, object]) -> str:
    return "".join(f"{name} = {_quoted(value)}\n" for name, value in pairs.items())


def _quoted(value: object) -> str:
    """Text and numbers as TOML writes them, which is as JSON does but for one sign."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
