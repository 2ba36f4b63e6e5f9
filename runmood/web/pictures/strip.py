"""The course of one thing through a run as a line in a small box; a gap in what is known is a gap in the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH, HEIGHT, AIR = 600.0, 90.0, 6.0


def lines(heights: Sequence[float | None]) -> tuple[str, ...]:
    """Stretches of known values, each as the points of an SVG polyline; values run from 0, lowest, to 1."""
    return tuple(_stretches(heights))


def _stretches(heights: Sequence[float | None]) -> Iterator[str]:
    step = WIDTH / max(len(heights) - 1, 1)
    stretch: list[str] = []
    for number, height in enumerate([*heights, None]):
        if height is not None:
            stretch.append(f"{number * step:.1f},{HEIGHT - AIR - height * (HEIGHT - 2 * AIR):.1f}")
        elif stretch:
            yield " ".join(stretch if len(stretch) > 1 else stretch * 2)
            stretch = []
