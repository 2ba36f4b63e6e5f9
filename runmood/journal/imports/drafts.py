"""A mapping drafted for the person: all that is known filled in, a ? wherever they have to say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from runmood.journal.imports.layouts import ANY_SHEET, ITEMS, LEFT_OUT, MOOD_PATTERNS, SLIDER, Layout
from runmood.journal.imports.mapping import LEAVE_OUT, UNSAID, Mapping
from runmood.journal.imports.sheets import NUMBER, each_once, number_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as Pairs

    from runmood.journal.imports.sheets import Sheet

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


def draft(layout: Layout, sheet: Sheet, words: Iterable[str], mapping: Mapping | None) -> str:
    """The mapping as TOML; what the person said before stays in it."""
    known = mapping or Mapping()
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
    text += "".join(_scale(item, layout, known, _seen(columns.get(item, ""), sheet)) for item in scaled)
    return text + (WORTH + "".join(f"{_quoted(word)} = {_quoted(labels[word])}\n" for word in labels) if labels else "")


def _columns(sheet: Sheet, known: Mapping) -> dict[str, str]:
    """Columns by what they hold: as the person said, else by name where the name is ours."""
    named = {column.lower(): column for column in sheet.columns}
    must = {place: named.get(place, UNSAID) for place in ("date", "mood")}
    may = {place: named[place] for place in ("time", *ITEMS[1:], "tags", "note") if place in named}
    return {**must, **may, **known.columns}


def _cells_under(column: str, sheet: Sheet) -> list[str]:
    return [row.cells[column.lower()] for row in sheet.rows if column.lower() in row.cells]


def _words_under(column: str, sheet: Sheet) -> list[str]:
    """The different cells of a column that holds words, none of one that holds numbers."""
    cells = _cells_under(column, sheet)
    return [] if any(map(NUMBER.fullmatch, cells)) else each_once(cells)


def _seen(column: str, sheet: Sheet) -> str:
    numbers = [number_of(cell) for cell in _cells_under(column, sheet) if NUMBER.fullmatch(cell)]
    return f" (seen: {min(numbers):g} to {max(numbers):g})" if numbers else ""


def _scale(item: str, layout: Layout, known: Mapping, seen: str) -> str:
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
