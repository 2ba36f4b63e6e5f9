"""One run for a terminal: figures, small charts in blocks, tables."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from runmood.summary.pictures.characters import BLOCKS, EIGHTHS

if TYPE_CHECKING:
    from runmood.summary.one_run.course import Strip
    from runmood.summary.one_run.view import Figure, RunView
    from runmood.summary.parts import Grid

NARROWEST = 40
NAMES = 12  # characters for the name of a figure
ENDS = 14  # characters for the ends of a chart
GAP = "  "


def run_as_text(view: RunView, width: int = 80) -> str:
    """The run as lines of at most `width` characters (40 at least), tables apart, ending in a line break."""
    width = max(width, NARROWEST)
    head = [view.heading, "═" * len(view.heading), *textwrap.wrap(view.kind, width)]
    tables = [_table(grid) for grid in (view.splits, view.laps, view.fastest) if grid]
    blocks = [head, *figures_and_course(view, width), *tables]
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks if block) + "\n"


def figures_and_course(view: RunView, width: int) -> tuple[list[str], list[str]]:
    """The figures of a run, and its course in small charts, as lines."""
    figures = [line for figure in view.figures for line in _figure(figure, width)]
    zones = _figure_line(view.zones_title, GAP.join(f"{zone.number} · {zone.value}" for zone in view.zones))
    course = [line for strip in view.course for line in _strip(strip, width)]
    return [*figures, *([zones] if view.zones else [])], course


def _figure(figure: Figure, width: int) -> list[str]:
    told = f"{figure.value} ({figure.note})" if figure.note else figure.value
    return textwrap.wrap(_figure_line(figure.name, told), width, subsequent_indent=" " * NAMES)


def _figure_line(name: str, words: str) -> str:
    return f"{name:<{NAMES}}{words}"


def _strip(strip: Strip, width: int) -> list[str]:
    """Two lines of blocks, so that sixteen heights can be told apart; the ends stand before them."""
    room = width - ENDS
    heights = _fewer(strip.heights, room)
    upper = "".join(_block(height, EIGHTHS) for height in heights)
    lower = "".join(_block(height, 0) for height in heights)
    return [strip.title, f"{strip.high:>{ENDS - 2}}  {upper}", f"{strip.low:>{ENDS - 2}}  {lower}"]


def _block(height: float | None, floor: int) -> str:
    """The piece of one column on the upper or the lower line; an unknown piece stays empty."""
    eighths = 0 if height is None else 1 + round(height * (2 * EIGHTHS - 1)) - floor
    return " " if eighths <= 0 else BLOCKS[min(eighths, EIGHTHS) - 1]


def _fewer(heights: tuple[float | None, ...], room: int) -> list[float | None]:
    """The heights, each taken where it falls when there is less room than heights."""
    room = min(room, len(heights))
    return [heights[number * len(heights) // room] for number in range(room)]


def _table(grid: Grid) -> list[str]:
    """Columns as wide as what stands in them, to the right but for the first."""
    rows = [grid.columns, *grid.rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [GAP.join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return [grid.caption, *(f"{GAP}{line}" for line in lines)]
