"""How one measure changes over a run, as polylines in a box; what is unknown is a gap between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


WIDTH, HEIGHT, MARGIN = 600.0, 90.0, 6.0


def course_lines(heights: Sequence[float | None]) -> tuple[str, ...]:
    """Return the stretches of known heights, from 0 to 1, each as the points of an SVG polyline."""
    return tuple(_stretches(heights))


def _stretches(heights: Sequence[float | None]) -> Iterator[str]:
    step = WIDTH / max(len(heights) - 1, 1)
    stretch: list[str] = []
    for number, height in enumerate([*heights, None]):
        if height is not None:
            stretch.append(f"{number * step:.1f},{HEIGHT - MARGIN - height * (HEIGHT - 2 * MARGIN):.1f}")
        elif stretch:
            yield " ".join(stretch if len(stretch) > 1 else stretch * 2)
            stretch = []
