"""Things counted, in characters: dots in columns, bars that lie, and how mood changed over runs."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from runmood.summary.pictures.characters.blocks import flat_bar
from runmood.summary.pictures.dots import dot_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runmood.summary.parts import Bar, Bars, Dots, Pile, Slopes
    from runmood.terms.speech import Speech

WIDEST_BAR, NAME = 30, 28


def dot_lines(say: Speech, dots: Dots, width: int) -> list[str]:
    """Three columns of dots, one line a mood; where a column is full, one dot stands for several evenings."""
    room = (width - 6) // len(dots.piles)
    tallies = [_whole(pile) for pile in dots.piles]
    fullest = max(max(tally.values(), default=1) for tally in tallies)
    share = -(-fullest // (room - 3))
    scores = [score for tally in tallies for score in tally]
    lines = [
        _columns("", [pile.title for pile in dots.piles], room),
        _columns("", [pile.count for pile in dots.piles], room),
    ]
    for score in range(max(scores), min(scores) - 1, -1):
        piles = ["•" * -(-tally[score] // share) for tally in tallies]
        lines += [_columns(f"{score:>2}", piles, room)]
    told = f"{dots.sentence} {dot_note(say, share)}"
    return [*lines, "", *textwrap.wrap(told, width, initial_indent="  ", subsequent_indent="  ")]


def bar_lines(say: Speech, bars: Bars, width: int) -> list[str]:
    """A line a thing: its name, its bar, its count."""
    return [*textwrap.wrap(bars.sentence, width), "", *_flat(say, bars.bars, width)]


def slope_lines(say: Speech, slopes: Slopes, width: int) -> list[str]:
    """How many runs went with how much of a change in mood."""
    return [*textwrap.wrap(slopes.sentence, width), "", *_flat(say, slopes.changes, width)]


def _flat(say: Speech, bars: Sequence[Bar], width: int) -> list[str]:
    wide = min(NAME, max(len(bar.name) for bar in bars))
    room = min(WIDEST_BAR, width - wide - 5 - max(len(say.whole(bar.count)) for bar in bars))
    return [f"  {bar.name[:wide]:<{wide}}  {flat_bar(bar.share, room)} {say.whole(bar.count)}" for bar in bars]


def _whole(pile: Pile) -> Counter[int]:
    """Evenings by whole mood; halves go up."""
    counts: Counter[int] = Counter()
    for mood, count in pile.tally:
        counts[int(mood + 0.5)] += count
    return counts


def _columns(label: str, values: Sequence[str], room: int) -> str:
    return "  " + label.ljust(4) + "".join(value[: room - 1].ljust(room) for value in values).rstrip()
