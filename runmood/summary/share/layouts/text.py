"""The page in characters: every word that leaves, to be read before it does."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.summary.parts import Grid
    from runmood.summary.share.parts import Block, Picture, SharedPage, Tally


def as_text(page: SharedPage, width: int = 80) -> str:
    """All that leaves, no line of sentences longer than the width."""
    parts = [
        _wrapped("\n".join(filter(None, (page.title, page.period, page.made_by, page.invented))), width),
        *([_block(page.question, width)] if page.question else []),
        _picture(page.picture, width),
        *(_tally(tally, width) for tally in page.tallies),
        *(_block(block, width) for block in page.blocks),
        _block(page.quality, width),
        _wrapped(page.statement, width),
    ]
    return "\n\n".join(parts)


def _wrapped(words: str, width: int, indent: str = "") -> str:
    lines = (textwrap.fill(line, width, initial_indent=indent, subsequent_indent=indent) for line in words.split("\n"))
    return "\n".join(lines)


def _block(block: Block, width: int) -> str:
    items = (_wrapped("\n".join(filter(None, (item.title, item.words))), width, "  ") for item in block.items)
    return "\n".join((block.heading, *items))


def _tally(tally: Tally, width: int) -> str:
    longest = max((len(row.title) for row in tally.rows), default=0)
    rows = (f"  {row.title:{longest}}  {row.words}" for row in tally.rows)
    return "\n".join((tally.heading, *rows, _wrapped(tally.note, width, "  ")))


def _picture(picture: Picture, width: int) -> str:
    words = "\n".join(filter(None, (picture.sentence, picture.caption, picture.shows)))
    return "\n".join((picture.heading, _wrapped(words, width, "  "), *_grid(picture.grid)))


def _grid(grid: Grid) -> Iterator[str]:
    wide = [max(map(len, column)) for column in zip(grid.columns, *grid.rows, strict=True)]
    for row in (grid.columns, *grid.rows):
        yield "  " + "  ".join(cell.ljust(size) for cell, size in zip(row, wide, strict=True)).rstrip()
