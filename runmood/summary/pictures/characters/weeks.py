"""The long view in characters: a chart of bars a panel, one column a week."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from runmood.summary.pictures.characters.blocks import BLANK, EIGHTHS, MARGIN, block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runmood.summary.parts import LongView, Panel, Tick

LINES = {"bars": 4, "line": 3, "faint line": 3}


def long_view_lines(view: LongView, width: int) -> list[str]:
    """Every panel as bars; a week of which nothing is known shows a question mark."""
    count = len(view.panels[0].columns)
    each = 2 if 2 * count <= width - MARGIN else 1
    shown = min(count, (width - MARGIN) // each)
    months = _months(view.months, view.panels[0], shown, each)
    lines = [
        line
        for panel in view.panels
        for line in (*textwrap.wrap(panel.title, width), *_panel(panel, shown, each), months, "")
    ]
    return [*lines, *textwrap.wrap(f"{view.sentence} {view.note}", width)]


def _panel(panel: Panel, shown: int, each: int) -> list[str]:
    height = LINES[panel.form]
    least = 1 / (height * EIGHTHS) if panel.form != "bars" else 0.0  # the lowest mood is still one
    shares = [None if column.share is None else max(least, column.share) for column in panel.columns[-shown:]]
    low, high = (tick.words for tick in panel.ticks)
    lines = []
    for line in reversed(range(height)):
        label = low if line == 0 else high if line == height - 1 else ""
        blocks = "".join(block(share, line, height) * (each - 1 or 1) + BLANK * (each - 1) for share in shares)
        lines.append(f"{label:>{MARGIN - 2}}  {blocks}".rstrip())
    return lines


def _months(ticks: Sequence[Tick], panel: Panel, shown: int, each: int) -> str:
    """The months' names under their first week, where there is room."""
    places = {column.x: number for number, column in enumerate(panel.columns[-shown:])}
    line = ""
    for tick in ticks:
        at = places.get(tick.at, -1) * each
        if at >= len(line) and at + len(tick.words) <= shown * each:
            line = line.ljust(at) + tick.words + BLANK
    return BLANK * MARGIN + line
