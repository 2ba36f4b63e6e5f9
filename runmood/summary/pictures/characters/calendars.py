"""The calendars in characters: two lines a week, or two lines a month or year."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from runmood.summary.pictures.characters.blocks import BLOCKS, KEEP, SIGNS, margin, mood_block, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runmood.summary.parts import Calendar, Cell, Sign, Tile, Tiles

ROOMY = 7  # characters a day, from which the mood's block and a distance with its decimal fit
WIDEST_DAY, WIDEST_TILE = 10, 4
GAP = 2  # after a date
EVERY = 5  # days of a month between two labels


def calendar_lines(calendar: Calendar, width: int) -> list[str]:
    """Two lines a week: what was run, and the evening's mood."""
    beside = margin(calendar.mondays, GAP)
    room = min(WIDEST_DAY, (width - beside) // len(calendar.weekdays))
    rest = calendar.rest if room >= ROOMY else SIGNS["rest"]
    lines = [row("", calendar.weekdays, room, beside)]
    for monday, week in zip(calendar.mondays, calendar.weeks, strict=True):
        lines.append(row(monday, [_ran(cell, room, rest) for cell in week], room, beside))
        felt = [_felt(cell, room) for cell in week]
        lines += [row("", felt, room, beside), ""] if any(felt) else [""]
    signs = [sign for sign in calendar.legend if sign.mark != "rest" or rest != calendar.rest]
    return lines + _wrapped((_legend(signs, calendar.mood_legend), "", calendar.sentence), width)


def tiles_lines(tiles: Tiles, width: int) -> list[str]:
    """Two lines a month or year: what was run, and how it felt, a character or more for each tile."""
    beside = margin([name for name, _ in tiles.rows], GAP)
    room = max(1, min(WIDEST_TILE, (width - beside) // len(tiles.columns)))
    lines = [row("", _columns(tiles.columns), room, beside)]
    for name, places in tiles.rows:
        lines.append(row(name, ["" if tile is None else SIGNS[tile.mark] for tile in places], room, beside))
        felt = [_mood(tile) for tile in places]
        lines += [row("", felt, room, beside)] if any(felt) else []
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


def _ran(cell: Cell, room: int, rest: str) -> str:
    sign = rest if cell.mark == "rest" else SIGNS[cell.mark]
    if not cell.distance:
        return sign
    return f"{sign} {cell.distance}" if room >= ROOMY else f"{sign}{cell.distance_short}"


def _felt(cell: Cell, room: int) -> str:
    if cell.mood is None:
        return ""
    return f"{mood_block(cell.mood)} {cell.mood_label}" if room >= ROOMY else cell.mood_label
