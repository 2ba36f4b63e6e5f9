"""A mapping drafted for the person: all that is known filled in, a ? wherever they have to say."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from runmood.journal.imports.formats import ANY_SHEET, ITEMS, LEFT_OUT
from runmood.journal.imports.mapping import LEAVE_OUT, UNSAID, ColumnMapping, file_stem
from runmood.journal.imports.moments import UNDECIDED
from runmood.journal.imports.sheets import NUMBER, deduplicate, number_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from runmood.journal.imports.formats import ExportFormat
    from runmood.journal.imports.sheets import Sheet


EXAMPLES = 200  # different cells of a column, of which a few are shown
HEAD = """\
# How runmood is to read this file. Nothing was taken from it.
# Put an answer where a "?" stands, then import the file again with --mapping and this file.
"""
CLOCK = """\
# kind: morning, evening, before-run, after-run; empty: by the clock. A file without a time of day needs it.
# date_format: empty for any clear way of writing a date; else such as "%d.%m.%Y", or "%d/%m/%Y %H:%M" with the time.
"""
ORDER = """\
# date_order: which comes first in 08/02/2026, "day first" or "month first".
"""
BOUND = """
# Which sheets it is for: their columns, and what they are called.
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


@dataclass(slots=True)
class Draft:
    """What a mapping has to say, with `UNSAID` wherever only the person knows.

    `seen` tells of each item which numbers stand in its column, `examples` of each column some of its cells.
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
    seen: dict[str, str] = field(default_factory=dict)
    examples: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def as_toml(self) -> str:
        """Return the mapping as the file that a person fills in."""
        text = HEAD + _lines({"source": self.source})
        if self.asks_columns:
            text += CLOCK + _lines({"kind": self.kind, "date_format": self.date_format})
        if self.date_order:
            text += ORDER + _lines({"date_order": self.date_order})
        if self.asks_columns:
            text += BOUND + _lines({"file": self.file, "header": [column.lower() for column in self.header]})
            text += "\n# The file's columns: " + _quoted(self.header)[1:-1] + "\n" + MAY_BE_ADDED
            columns = {place: named[0] if len(named) == 1 else list(named) for place, named in self.columns.items()}
            text += "[columns]\n" + _lines(columns)
        for item, ends in self.scales.items():
            text += SCALE.format(item=item, seen=self.seen.get(item, "")) + _lines(ends)
        words = "".join(f"{_quoted(word)} = {_quoted(self.labels[word])}\n" for word in self.labels)
        return text + (WORTH + words if words else "")


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
    draft.labels |= dict.fromkeys(unknown, UNSAID)
    asks_scale = layout.asks_scale or asks_columns
    in_words = bool(draft.labels) and not _numbers_under(mood, sheet)
    scaled = [item for item in ITEMS if item in draft.columns or item in known.scales] or ["mood"]
    for item in scaled:
        not_known = (asks_scale and not in_words) or layout.sure_above is not None
        if item != "mood" or not_known or item in known.scales:
            column = draft.columns.get(item, (mood if item == "mood" else "",))[0]
            draft.scales[item] = _ends(item, layout, known)
            draft.seen[item] = _seen(column, sheet)
    return draft


def _columns(layout: ExportFormat, sheet: Sheet, known: ColumnMapping) -> dict[str, tuple[str, ...]]:
    """Columns by what they hold: as the person said, else by name where the name is ours."""
    named = {column.lower(): (column,) for column in sheet.columns}
    unsaid = (UNSAID,)
    must = {"date": layout.date or named.get("date", unsaid), "mood": named.get("mood", unsaid)}
    may = {place: named[place] for place in ("time", *ITEMS[1:], "tags", "note") if place in named}
    return {**{place: _as_written(columns, sheet) for place, columns in must.items()}, **may, **known.columns}


def _as_written(columns: tuple[str, ...], sheet: Sheet) -> tuple[str, ...]:
    written = {column.lower(): column for column in sheet.columns}
    return tuple(written.get(column.lower(), column) for column in columns)


def _cells_under(column: str, sheet: Sheet) -> list[str]:
    return [row.cells[column.lower()] for row in sheet.rows if column.lower() in row.cells]


def _words_under(column: str, sheet: Sheet, layout: ExportFormat) -> list[str]:
    """Return the different cells of a column that are neither numbers nor words whose worth is known."""
    words = deduplicate(cell for cell in _cells_under(column, sheet) if not NUMBER.fullmatch(cell))
    return [word for word in words if word.casefold() not in layout.labels]


def _numbers_under(column: str, sheet: Sheet) -> list[float]:
    return [number_of(cell) for cell in _cells_under(column, sheet) if NUMBER.fullmatch(cell)]


def _seen(column: str, sheet: Sheet) -> str:
    numbers = _numbers_under(column, sheet)
    return f" (seen: {min(numbers):g} to {max(numbers):g})" if numbers else ""


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
