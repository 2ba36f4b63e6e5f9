"""The characters that charts are drawn with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BLOCKS = "▁▂▃▄▅▆▇█"
EIGHTHS = len(BLOCKS)
SIGNS = {"run": "●", "run on rest": "◐", "rest": "~", "missed": "○", "none": "·", "unknown": "?", "outside": ""}
MARGIN = 8  # holds a date or an axis label, unless they need more
MOST_MOOD = 10
BLANK = " "
KEEP = "\N{NO-BREAK SPACE}"  # holds a sign and its words on one line


def mood_block(mood: float) -> str:
    """A mood as a block, higher for a better one."""
    return BLOCKS[min(EIGHTHS - 1, int(mood / MOST_MOOD * EIGHTHS))]


def block(share: float | None, line: int, height: int) -> str:
    """The piece of one bar on one line of several, counted from the lowest."""
    if share is None:
        return "?" if line == 0 else BLANK
    eighths = round(share * height * EIGHTHS) - line * EIGHTHS
    return BLANK if eighths <= 0 else BLOCKS[min(eighths, EIGHTHS) - 1]


def flat_bar(share: float, room: int) -> str:
    """A bar that lies, of at least one character."""
    return "▇" * max(1, round(share * room))


def margin(labels: Sequence[str], gap: int) -> int:
    """Room for the widest label and a gap."""
    return max(MARGIN, gap + max(map(len, labels)))


def row(label: str, values: Sequence[str], room: int, beside: int) -> str:
    """Values side by side, each with the same room, after a label."""
    return label.ljust(beside) + "".join(value.ljust(room) for value in values)
