"""The charts of a summary in characters."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from runmood.summary.words.evenings import dot_note
from runmood.summary.words.phrases import month_short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runmood.summary.parts import Calendar, Cell, Dots, LongView, Mark, Pile

BLOCKS = "▁▂▃▄▅▆▇█"
EIGHTHS = len(BLOCKS)
SIGNS = {"run": "●", "run on rest": "◐", "rest": "~", "missed": "○", "none": "·", "unknown": "?", "outside": ""}
MARGIN = 8  # holds a date or an axis label
ROOMY = 7  # characters a day, from which the mood's block and a distance with its decimal fit
DISTANCE_LINES, MOOD_LINES = 4, 3
LEAST = 1 / (MOOD_LINES * EIGHTHS)  # of a bar, so that the lowest mood is still one
MOST_MOOD = 10
BLANK = " "


def calendar_lines(calendar: Calendar, width: int) -> list[str]:
    """Two lines a week: what was run, and the evening's mood."""
    room = min(10, (width - MARGIN) // len(calendar.weekdays))
    lines = [_row("", calendar.weekdays, room)]
    for week in calendar.weeks:
        monday = week[0].date
        lines.append(_row(f"{monday.day:>2} {month_short(monday)}", [_ran(cell, room) for cell in week], room))
        felt = [_felt(cell, room) for cell in week]
        lines += [_row("", felt, room), ""] if any(felt) else [""]
    keep = "\N{NO-BREAK SPACE}"  # holds a sign and its words on one line
    signs = [f"{_sign(sign.mark, room)} {sign.words}" for sign in calendar.legend if _sign(sign.mark, room) != "rest"]
    signs += [f"{BLOCKS[0]}…{BLOCKS[-1]} {calendar.mood_legend}"] if calendar.mood_legend else []
    legend = "   ".join(sign.replace(" ", keep) for sign in signs)
    told = [legend, "", calendar.sentence]
    return lines + [line.replace(keep, " ") for words in told for line in textwrap.wrap(words, width) or [""]]


def _sign(mark: Mark, room: int) -> str:
    return "rest" if mark == "rest" and room >= ROOMY else SIGNS[mark]


def _row(label: str, values: Sequence[str], room: int) -> str:
    return label.ljust(MARGIN) + "".join(value.ljust(room) for value in values)


def _ran(cell: Cell, room: int) -> str:
    sign = _sign(cell.mark, room)
    if not cell.distance:
        return sign
    return f"{sign} {cell.distance}" if room >= ROOMY else f"{sign}{cell.distance_short}"


def _felt(cell: Cell, room: int) -> str:
    if cell.mood is None:
        return ""
    block = BLOCKS[min(EIGHTHS - 1, int(cell.mood / MOST_MOOD * EIGHTHS))]
    return f"{block} {cell.mood_label}" if room >= ROOMY else cell.mood_label


def long_view_lines(view: LongView, width: int) -> list[str]:
    """Two charts of bars, one column a week; a week of which nothing is known shows a question mark."""
    each = 2 if 2 * len(view.bars) <= width - MARGIN else 1
    bars = view.bars[-(width - MARGIN) // each :]
    months = _months([month_short(bar.start) for bar in bars], each)
    lines: list[str] = []
    if view.distance_ticks:
        bottom, *_, top = view.distance_ticks
        far = [None if bar.height is None else bar.height / (bottom.at - top.at) for bar in bars]
        lines += [view.distance_title, *_bars(far, DISTANCE_LINES, (bottom.words, top.words), each), months, ""]
    if view.mood_ticks:
        low, high = view.mood_ticks
        felt = [None if bar.mood_y is None else max(LEAST, (low.at - bar.mood_y) / (low.at - high.at)) for bar in bars]
        lines += [view.mood_title, *_bars(felt, MOOD_LINES, (low.words, high.words), each), months, ""]
    return [*lines, *textwrap.wrap(view.sentence, width)]


def _bars(shares: Sequence[float | None], height: int, ends: tuple[str, str], each: int) -> list[str]:
    lines = []
    for line in reversed(range(height)):
        label = ends[0] if line == 0 else ends[1] if line == height - 1 else ""
        blocks = "".join(_block(share, line, height) * (each - 1 or 1) + BLANK * (each - 1) for share in shares)
        lines.append(f"{label:>{MARGIN - 2}}  {blocks}".rstrip())
    return lines


def _block(share: float | None, line: int, height: int) -> str:
    """The piece of one bar on one line, counted from the lowest."""
    if share is None:
        return "?" if line == 0 else BLANK
    eighths = round(share * height * EIGHTHS) - line * EIGHTHS
    return BLANK if eighths <= 0 else BLOCKS[min(eighths, EIGHTHS) - 1]


def _months(names: list[str], each: int) -> str:
    """The months' names under their first week, where there is room."""
    line = ""
    for number, (before, name) in enumerate(zip(["", *names], names, strict=False)):
        at = number * each
        if name != before and at >= len(line) and at + len(name) <= len(names) * each:
            line = line.ljust(at) + name + BLANK
    return BLANK * MARGIN + line


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


def _whole(pile: Pile) -> Counter[int]:
    """Evenings by whole mood; halves go up."""
    counts: Counter[int] = Counter()
    for mood, count in pile.tally:
        counts[int(mood + 0.5)] += count
    return counts


def _columns(label: str, values: Sequence[str], room: int) -> str:
    return "  " + label.ljust(4) + "".join(value[: room - 1].ljust(room) for value in values).rstrip()
