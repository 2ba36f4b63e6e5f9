"""Draw charts in characters: calendars, dots, bars and trends."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from runmood.reports.charts.distributions import format_dot_note
from runmood.reports.models import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runmood.core.i18n import Translator
    from runmood.reports.models import (
        Bar,
        Bars,
        Calendar,
        Cell,
        Dots,
        HeatmapChart,
        LegendItem,
        Panel,
        Pile,
        Slopes,
        Tick,
        Tile,
        TrendChart,
    )


BLOCKS = "▁▂▃▄▅▆▇█"
EIGHTHS = len(BLOCKS)
SIGNS = {
    Mark.RUN: "●",
    Mark.RUN_ON_REST: "◐",
    Mark.REST: "~",
    Mark.MISSED: "○",
    Mark.ILL_OR_INJURED: "+",
    Mark.AWAY: ">",
    Mark.NONE: "·",
    Mark.UNKNOWN: "?",
    Mark.OUTSIDE: "",
}
MARGIN = 8  # holds a date or an axis label, unless they need more
MOST_MOOD = 10
BLANK = " "
KEEP = "\N{NO-BREAK SPACE}"  # holds a sign and its words on one line
ROOMY = 7  # characters a day, from which the mood's block and a distance with its decimal fit
WIDEST_DAY, WIDEST_TILE = 10, 4
GAP = 2  # after a date
DAYS_BETWEEN_LABELS = 5  # days of a month between two labels
WIDEST_BAR, WIDEST_NAME = 30, 28
PANEL_LINES = {"bars": 4, "line": 3, "faint line": 3}


def mood_block(mood: float) -> str:
    """Return a block for a mood, higher for a better one."""
    return BLOCKS[min(EIGHTHS - 1, int(mood / MOST_MOOD * EIGHTHS))]


def block(share: float | None, line: int, height: int) -> str:
    """Return the part of a bar that falls on one of several lines, counted from the lowest."""
    if share is None:
        return "?" if line == 0 else BLANK
    eighths = round(share * height * EIGHTHS) - line * EIGHTHS
    return BLANK if eighths <= 0 else BLOCKS[min(eighths, EIGHTHS) - 1]


def flat_bar(share: float, room: int) -> str:
    """Return a horizontal bar of at least one character."""
    return "▇" * max(1, round(share * room))


def margin(labels: Sequence[str], gap: int) -> int:
    """Return the width of the widest label and a gap."""
    return max(MARGIN, gap + max(map(len, labels)))


def row(label: str, values: Sequence[str], room: int, beside: int) -> str:
    """Return a label and values side by side, each in the same width."""
    return label.ljust(beside) + "".join(value.ljust(room) for value in values)


def calendar_lines(calendar: Calendar, width: int) -> list[str]:
    """Draw two lines a week: what was run, and the evening's mood."""
    beside = margin(calendar.mondays, GAP)
    room = min(WIDEST_DAY, (width - beside) // len(calendar.weekdays))
    rest = calendar.rest if room >= ROOMY else SIGNS[Mark.REST]
    lines = [row("", calendar.weekdays, room, beside)]
    for monday, week in zip(calendar.mondays, calendar.weeks, strict=True):
        lines.append(row(monday, [_run_label(cell, room, rest) for cell in week], room, beside))
        felt = [_mood_label(cell, room) for cell in week]
        lines += [row("", felt, room, beside), ""] if any(felt) else [""]
    signs = [sign for sign in calendar.legend if sign.mark != Mark.REST or rest != calendar.rest]
    return lines + _wrap((_legend_line(signs, calendar.mood_legend), "", calendar.sentence), width)


def heatmap_lines(tiles: HeatmapChart, width: int) -> list[str]:
    """Draw two lines a month or year: what was run and how it felt, a character or more a tile."""
    beside = margin([name for name, _ in tiles.rows], GAP)
    room = max(1, min(WIDEST_TILE, (width - beside) // len(tiles.columns)))
    lines = [row("", _column_labels(tiles.columns), room, beside)]
    for name, places in tiles.rows:
        lines.append(row(name, ["" if tile is None else SIGNS[tile.mark] for tile in places], room, beside))
        felt = [_tile_mood(tile) for tile in places]
        lines += [row("", felt, room, beside)] if any(felt) else []
    lines.append("")
    return lines + _wrap((_legend_line(tiles.legend, tiles.mood_legend), "", tiles.sentence), width)


def _column_labels(names: Sequence[str]) -> list[str]:
    """Label every fifth day by the last digit of its number, months by their letter."""
    if not names[0].isdigit():
        return list(names)
    return [name[-1] if int(name) % DAYS_BETWEEN_LABELS == 0 else "" for name in names]


def _tile_mood(tile: Tile | None) -> str:
    return "" if tile is None or tile.mood is None else mood_block(tile.mood)


def _legend_line(signs: Sequence[LegendItem], mood_legend: str) -> str:
    items = [f"{SIGNS[sign.mark]} {sign.words}" for sign in signs]
    items += [f"{BLOCKS[0]}…{BLOCKS[-1]} {mood_legend}"] if mood_legend else []
    return "   ".join(sign.replace(" ", KEEP) for sign in items)


def _wrap(paragraphs: Sequence[str], width: int) -> list[str]:
    return [line.replace(KEEP, " ") for words in paragraphs for line in textwrap.wrap(words, width) or [""]]


def _run_label(cell: Cell, room: int, rest: str) -> str:
    sign = rest if cell.mark == Mark.REST else SIGNS[cell.mark]
    if not cell.distance:
        return sign
    return f"{sign} {cell.distance}" if room >= ROOMY else f"{sign}{cell.distance_short}"


def _mood_label(cell: Cell, room: int) -> str:
    if cell.mood is None:
        return ""
    return f"{mood_block(cell.mood)} {cell.mood_label}" if room >= ROOMY else cell.mood_label


def dot_lines(say: Translator, dots: Dots, width: int) -> list[str]:
    """Draw three columns of dots, a line a mood; where a column is full, a dot stands for several evenings."""
    room = (width - 6) // len(dots.piles)
    tallies = [_whole_scores(pile) for pile in dots.piles]
    fullest = max(max(tally.values(), default=1) for tally in tallies)
    share = -(-fullest // (room - 3))
    scores = [score for tally in tallies for score in tally]
    lines = [
        _count_row("", [pile.title for pile in dots.piles], room),
        _count_row("", [pile.count for pile in dots.piles], room),
    ]
    for score in range(max(scores), min(scores) - 1, -1):
        piles = ["•" * -(-tally[score] // share) for tally in tallies]
        lines += [_count_row(f"{score:>2}", piles, room)]
    caption = f"{dots.sentence} {format_dot_note(say, share)}"
    return [*lines, "", *textwrap.wrap(caption, width, initial_indent="  ", subsequent_indent="  ")]


def bar_lines(say: Translator, bars: Bars, width: int) -> list[str]:
    """Draw a line for each thing: name, bar, count."""
    return [*textwrap.wrap(bars.sentence, width), "", *_flat_bars(say, bars.bars, width)]


def slope_lines(say: Translator, slopes: Slopes, width: int) -> list[str]:
    """Draw how many runs went with how much of a change in mood."""
    return [*textwrap.wrap(slopes.sentence, width), "", *_flat_bars(say, slopes.changes, width)]


def _flat_bars(say: Translator, bars: Sequence[Bar], width: int) -> list[str]:
    wide = min(WIDEST_NAME, max(len(bar.name) for bar in bars))
    room = min(WIDEST_BAR, width - wide - 5 - max(len(say.whole(bar.count)) for bar in bars))
    return [f"  {bar.name[:wide]:<{wide}}  {flat_bar(bar.share, room)} {say.whole(bar.count)}" for bar in bars]


def _whole_scores(pile: Pile) -> Counter[int]:
    """Count evenings by whole mood; halves are rounded up."""
    counts: Counter[int] = Counter()
    for mood, count in pile.tally:
        counts[int(mood + 0.5)] += count
    return counts


def _count_row(label: str, values: Sequence[str], room: int) -> str:
    return "  " + label.ljust(4) + "".join(value[: room - 1].ljust(room) for value in values).rstrip()


def trend_lines(view: TrendChart, width: int) -> list[str]:
    """Draw every panel as bars; a week of which nothing is known has a question mark."""
    count = len(view.panels[0].columns)
    each = 2 if 2 * count <= width - MARGIN else 1
    shown = min(count, (width - MARGIN) // each)
    months = _month_labels(view.months, view.panels[0], shown, each)
    lines = [
        line
        for panel in view.panels
        for line in (*textwrap.wrap(panel.title, width), *_panel_lines(panel, shown, each), months, "")
    ]
    return [*lines, *textwrap.wrap(f"{view.sentence} {view.note}", width)]


def _panel_lines(panel: Panel, shown: int, each: int) -> list[str]:
    height = PANEL_LINES[panel.form]
    least = 1 / (height * EIGHTHS) if panel.form != "bars" else 0.0  # the lowest mood is still one
    shares = [None if column.share is None else max(least, column.share) for column in panel.columns[-shown:]]
    low, high = (tick.words for tick in panel.ticks)
    lines = []
    for line in reversed(range(height)):
        label = low if line == 0 else high if line == height - 1 else ""
        blocks = "".join(block(share, line, height) * (each - 1 or 1) + BLANK * (each - 1) for share in shares)
        lines.append(f"{label:>{MARGIN - 2}}  {blocks}".rstrip())
    return lines


def _month_labels(ticks: Sequence[Tick], panel: Panel, shown: int, each: int) -> str:
    """Place the months' names under their first week, where there is room."""
    places = {column.x: number for number, column in enumerate(panel.columns[-shown:])}
    line = ""
    for tick in ticks:
        at = places.get(tick.at, -1) * each
        if at >= len(line) and at + len(tick.words) <= shown * each:
            line = line.ljust(at) + tick.words + BLANK
    return BLANK * MARGIN + line
