"""What the person says of a file: a mapping in TOML, drafted for them, read, and laid over what is known.

In a draft all that is known is filled in, and a ? stands wherever they have to say.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from math import isfinite
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeGuard

from runmood.core.catalogue import languages
from runmood.core.enums import CheckInKind
from runmood.core.errors import CsvFormatError, toml_slip
from runmood.core.i18n import message, translator
from runmood.journal.imports.formats import ANY_SHEET, ITEMS, LEFT_OUT, ExportFormat, FieldMapping, Labels, SourceScale
from runmood.journal.imports.moments import DAY_FIRST, MONTH_FIRST, UNDECIDED
from runmood.journal.imports.sheets import NUMBER, by_frequency, deduplicate, number_of, sheet_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from runmood.core.i18n import Translator
    from runmood.journal.imports.sheets import Sheet


UNSAID = "?"
LEAVE_OUT = "leave out"
LATER = "later"  # a word that the person has not decided yet: its rows stay out until they have
WORDS = ("source", "kind", "date_format", "date_order", "file")
PLACES = ("date", "time", "tags", "note")
SEVERAL = ("date", "time")  # places that may be written in several columns
_COUNTED = re.compile(r"[\W_]*\d[\d\W_]*")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What the person confirmed: columns in lower case by what they hold, scales by item, numbers by word.

    `header` and `file` say which sheet it was confirmed for: its columns, and its name without dates and numbers.
    `undecided` are words to be asked for at the next import.
    """

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    scales: Mapping[str, SourceScale] = field(default_factory=dict)
    labels: Labels = field(default_factory=dict)
    source: str = ""
    kind: str = ""
    date_format: str = ""
    date_order: str = ""
    file: str = ""
    header: tuple[str, ...] = ()
    undecided: frozenset[str] = frozenset()

    def fits(self, source: str, header: Sequence[str], name: str) -> bool:
        """Return whether a file may be read by this mapping without asking.

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
        slip, place = toml_slip(fault)
        raise CsvFormatError(message(f"error.mapping.no_toml{'_at' if place else ''}", slip=slip, **place)) from fault
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
        labels={word.strip().casefold(): _worth(word, value) for word, value in labels.items() if value != LATER},
        undecided=frozenset(word.strip().casefold() for word, value in labels.items() if value == LATER),
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
        undecided=mapping.undecided,
        tags=place("tags", layout.tags),
        notes=place("note", layout.notes),
    )


def _is_text(place: str, value: object) -> bool:
    """Return whether a place is named by a column, or, where it may stand in several, by a list of them."""
    several = place in SEVERAL and isinstance(value, list) and all(isinstance(each, str) for each in value)
    return several or isinstance(value, str)


def _named(column: object) -> tuple[str, ...]:
    """Return one or several columns in lower case, without those that are empty."""
    columns = column if isinstance(column, list) else [column]
    return tuple(str(each).strip().lower() for each in columns if str(each).strip())


def _leaves(table: dict[str, Any], path: str = "") -> list[tuple[str, object]]:
    """Return every value with its full name."""
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


EXAMPLES = 200  # different cells of a column, of which a few are shown


@dataclass(slots=True)
class Draft:
    """What a mapping has to say, with `UNSAID` wherever only the person knows.

    `seen` has the least and the largest number in each item's column that holds any, `examples` some cells of each.
    """

    source: str
    header: tuple[str, ...]
    file: str
    asks_columns: bool
    kind: str = ""
    date_format: str = ""
    date_order: str = ""
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    scales: dict[str, dict[str, object]] = field(default_factory=dict)
    labels: dict[str, object] = field(default_factory=dict)
    seen: dict[str, tuple[float, float]] = field(default_factory=dict)
    examples: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def as_toml(self, say: Translator) -> str:
        """Return the mapping as the file that a person fills in, explained in their language."""

        def explain(name: str, **values: object) -> str:
            return f"{say(f'cli.mapping.draft.{name}', **values)}\n"

        text = explain("head") + _lines({"source": self.source})
        if self.asks_columns:
            text += explain("clock") + _lines({"kind": self.kind, "date_format": self.date_format})
        if self.date_order:
            text += explain("order") + _lines({"date_order": self.date_order})
        if self.asks_columns:
            bound = {"file": self.file, "header": [column.lower() for column in self.header]}
            text += "\n" + explain("bound") + _lines(bound) + "\n"
            text += explain("columns", columns=_quoted(self.header)[1:-1], items=", ".join(ITEMS[1:]))
            columns = {place: named[0] if len(named) == 1 else list(named) for place, named in self.columns.items()}
            text += "[columns]\n" + _lines(columns)
        for item, ends in self.scales.items():
            text += f"\n{explain('scale', item=item, seen=self.seen_of(item, say))}[scales.{item}]\n" + _lines(ends)
        words = "".join(f"{_quoted(word)} = {_quoted(self.labels[word])}\n" for word in self.labels)
        return text + (f"\n{explain('worth')}[labels]\n{words}" if words else "")

    def seen_of(self, item: str, say: Translator) -> str:
        """Return which numbers stand in the column of an item, as the end of a clause; empty where none does."""
        if item not in self.seen:
            return ""
        low, high = self.seen[item]
        return say("cli.mapping.seen", low=f"{low:g}", high=f"{high:g}")


def draft_mapping(
    layout: ExportFormat,
    sheet: Sheet,
    words: Iterable[str],
    mapping: ColumnMapping | None,
    asked: tuple[str, str],
) -> Draft:
    """Return a mapping to be filled in; what the person said before stays in it.

    Args:
        layout: what is known of the source.
        sheet: the file's rows.
        words: moods whose worth nobody has said.
        mapping: what the person said before.
        asked: the file's name, and the order of day and month, `UNDECIDED` where it is asked for.

    Returns:
        The draft.
    """
    known, (name, order) = mapping or ColumnMapping(), asked
    asks_columns = layout.asks_columns or bool(known.columns)
    source = known.source or (file_stem(name) if layout is ANY_SHEET else layout.source)
    draft = Draft(source, sheet.columns, file_stem(name), asks_columns, known.kind, known.date_format)
    draft.examples = {column: tuple(deduplicate(_cells_under(column, sheet))[:EXAMPLES]) for column in sheet.columns}
    draft.date_order = UNSAID if order == UNDECIDED else known.date_order
    draft.columns = _columns(layout, sheet, known) if asks_columns else {}
    mood = draft.columns.get("mood", ("",))[0] or (layout.items["mood"].column if "mood" in layout.items else "")
    draft.labels = {word: LEAVE_OUT if worth is LEFT_OUT else worth for word, worth in known.labels.items()}
    unknown = [word for word in words or _words_under(mood, sheet, layout) if word.casefold() not in known.labels]
    draft.labels |= {word: LATER if word.casefold() in known.undecided else UNSAID for word in unknown}
    asks_scale = layout.asks_scale or asks_columns
    in_words = bool(draft.labels) and not _numbers_under(mood, sheet)
    scaled = [item for item in ITEMS if item in draft.columns or item in known.scales] or ["mood"]
    for item in scaled:
        not_known = (asks_scale and not in_words) or layout.sure_above is not None
        if item != "mood" or not_known or item in known.scales:
            column = draft.columns.get(item, (mood if item == "mood" else "",))[0]
            draft.scales[item] = _ends(item, layout, known)
            if numbers := _numbers_under(column, sheet):
                draft.seen[item] = min(numbers), max(numbers)
    return draft


def _columns(layout: ExportFormat, sheet: Sheet, known: ColumnMapping) -> dict[str, tuple[str, ...]]:
    """Columns by what they hold: as the person said, else by name where the name is ours, in any of our languages."""
    named = {
        place: (column,) for place in ("date", "time", *ITEMS, "tags", "note") if (column := _called(place, sheet))
    }
    must = {"date": layout.date or named.pop("date", (UNSAID,)), "mood": named.pop("mood", (UNSAID,))}
    may = {place: column for place, column in named.items() if place != "date"}
    return {**{place: _as_written(columns, sheet) for place, columns in must.items()}, **may, **known.columns}


def _called(place: str, sheet: Sheet) -> str | None:
    """Return the column that is called as what it holds is, in English or in a language that has a folder."""
    names = {place, *(translator(language, "metric")(f"field.{place}").casefold() for language in languages())}
    return next((column for column in sheet.columns if column.casefold() in names), None)


def _as_written(columns: tuple[str, ...], sheet: Sheet) -> tuple[str, ...]:
    written = {column.lower(): column for column in sheet.columns}
    return tuple(written.get(column.lower(), column) for column in columns)


def _cells_under(column: str, sheet: Sheet) -> list[str]:
    return [row.cells[column.lower()] for row in sheet.rows if column.lower() in row.cells]


def _words_under(column: str, sheet: Sheet, layout: ExportFormat) -> list[str]:
    """Return the different cells of a column that are neither numbers nor words whose worth is known."""
    words = by_frequency(cell for cell in _cells_under(column, sheet) if not NUMBER.fullmatch(cell))
    return [word for word in words if word.casefold() not in layout.labels]


def _numbers_under(column: str, sheet: Sheet) -> list[float]:
    return [number_of(cell) for cell in _cells_under(column, sheet) if NUMBER.fullmatch(cell)]


def _ends(item: str, layout: ExportFormat, known: ColumnMapping) -> dict[str, object]:
    scale = known.scales.get(item)
    if scale:
        return {"low": scale.low, "high": scale.high, "best": scale.best}
    usual = layout.usual_scale
    if usual:
        return {"low": usual.low, "high": usual.high, "best": UNSAID}
    return {"low": UNSAID, "high": UNSAID, "best": UNSAID}


def _lines(pairs: Mapping[str, object]) -> str:
    return "".join(f"{name} = {_quoted(value)}\n" for name, value in pairs.items())


def _quoted(value: object) -> str:
    """Text and numbers as TOML writes them, which is as JSON does but for one sign."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
