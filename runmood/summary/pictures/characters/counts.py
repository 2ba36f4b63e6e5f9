"""Things counted, in characters: dots in columns, bars that lie, and how mood changed over runs."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from runmood.summary.answers.missed import dot_note
from runmood.summary.pictures.characters.blocks import flat_bar
from runmood.summary.words.phrases import figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runmood.summary.parts import Bars, Dots, Pile, Slopes

WIDEST_BAR, NAME = 30, 28


def dot_lines(dots: Dots, width: int) -> list[str]:
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
    told = f"{dots.sentence} {dot_note(share)}"
    return [*lines, "", *textwrap.wrap(told, width, initial_indent="  ", subsequent_indent="  ")]


def bar_lines(bars: Bars, width: int) -> list[str]:
    """A line a thing: its name, its bar, its count."""
    rows = [(bar.name, bar.share, bar.count) for bar in bars.bars]
    return [*textwrap.wrap(bars.sentence, width), "", *_flat(rows, width)]


def slope_lines(slopes: Slopes, width: int) -> list[str]:
    """How many runs went with how much of a change in mood, the largest rise first."""
    changes: Counter[float] = Counter()
    for slope in slopes.slopes:
        changes[slope.after - slope.before] += slope.count
    most = max(changes.values())
    rows = [(_change(change), changes[change] / most, changes[change]) for change in sorted(changes, reverse=True)]
    return [*textwrap.wrap(slopes.sentence, width), "", *_flat(rows, width)]


def _change(change: float) -> str:
    if not change:
        return "the same"
    return f"{figure(abs(change))} {'higher' if change > 0 else 'lower'} after"


def _flat(rows: Sequence[tuple[str, float, int]], width: int) -> list[str]:
    wide = min(NAME, max(len(name) for name, _, _ in rows))
    room = min(WIDEST_BAR, width - wide - 5 - max(len(f"{count:,}") for _, _, count in rows))
    return [f"  {name[:wide]:<{wide}}  {flat_bar(share, room)} {count:,}" for name, share, count in rows]


def _whole(pile: Pile) -> Counter[int]:
    """Evenings by whole mood; halves go up."""
    counts: Counter[int] = Counter()
    for mood, count in pile.tally:
        counts[int(mood + 0.5)] += count
    return counts


def _columns(label: str, values: Sequence[str], room: int) -> str:
    return "  " + label.ljust(4) + "".join(value[: room - 1].ljust(room) for value in values).rstrip()
