"""The calendars in characters: two lines a week, or two lines a month or year."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from runmood.summary.pictures.characters.blocks import BLOCKS, KEEP, MARGIN, SIGNS, mood_block, row
from runmood.summary.words.phrases import month_short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runmood.summary.parts import Calendar, Cell, Mark, Sign, Tile, Tiles

ROOMY = 7  # characters a day, from which the mood's block and a distance with its decimal fit
WIDEST_DAY, WIDEST_TILE = 10, 4
EVERY = 5  # days of a month between two labels


def calendar_lines(calendar: Calendar, width: int) -> list[str]:
    """Two lines a week: what was run, and the evening's mood."""
    room = min(WIDEST_DAY, (width - MARGIN) // len(calendar.weekdays))
    lines = [row("", calendar.weekdays, room)]
    for week in calendar.weeks:
        monday = week[0].date
        lines.append(row(f"{monday.day:>2} {month_short(monday)}", [_ran(cell, room) for cell in week], room))
        felt = [_felt(cell, room) for cell in week]
        lines += [row("", felt, room), ""] if any(felt) else [""]
    signs = [(_sign(sign.mark, room), sign) for sign in calendar.legend]
    legend = _legend([sign for shown, sign in signs if shown != "rest"], calendar.mood_legend)
    return lines + _wrapped((legend, "", calendar.sentence), width)


def tiles_lines(tiles: Tiles, width: int) -> list[str]:
    """Two lines a month or year: what was run, and how it felt, a character or more for each tile."""
    room = max(1, min(WIDEST_TILE, (width - MARGIN) // len(tiles.columns)))
    lines = [row("", _columns(tiles.columns), room)]
    for name, places in tiles.rows:
        lines.append(row(name, ["" if tile is None else SIGNS[tile.mark] for tile in places], room))
        felt = [_mood(tile) for tile in places]
        lines += [row("", felt, room)] if any(felt) else []
    lines.append("")
    return lines + _wrapped((_legend(tiles.legend, tiles.mood_legend), "", tiles.sentence), width)


def _columns(names: Sequence[str]) -> list[str]:
    """Every fifth day of a month by the last figure of its number; months by their letter."""
    if not names[0].isdigit():
        return list(names)
    return [name[-1] if int(name) % EVERY == 0 else "" for name in names]


def _mood(tile: Tile | None) -> str:
    return "" if tile is None or tile.mood is None else mood_block(tile.mood)


def _legend(signs: Sequence[Sign], mood_legend: str) -> str:
    told = [f"{SIGNS[sign.mark]} {sign.words}" for sign in signs]
    told += [f"{BLOCKS[0]}…{BLOCKS[-1]} {mood_legend}"] if mood_legend else []
    return "   ".join(sign.replace(" ", KEEP) for sign in told)


def _wrapped(paragraphs: Sequence[str], width: int) -> list[str]:
    return [line.replace(KEEP, " ") for words in paragraphs for line in textwrap.wrap(words, width) or [""]]


def _sign(mark: Mark, room: int) -> str:
    return "rest" if mark == "rest" and room >= ROOMY else SIGNS[mark]


def _ran(cell: Cell, room: int) -> str:
    sign = _sign(cell.mark, room)
    if not cell.distance:
        return sign
    return f"{sign} {cell.distance}" if room >= ROOMY else f"{sign}{cell.distance_short}"


def _felt(cell: Cell, room: int) -> str:
    if cell.mood is None:
        return ""
    return f"{mood_block(cell.mood)} {cell.mood_label}" if room >= ROOMY else cell.mood_label
