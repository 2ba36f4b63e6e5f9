"""Panels above each other, one column a week or month: bars or a line, with the band of what is usual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.summary.parts import Column, Panel, Tick

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from runmood.summary.parts.weekly import Form
    from runmood.terms.speech import Speech

LEFT, RIGHT, WIDTH = 36.0, 2.0, 360.0
FIRST_TOP, GAP, MONTHS_HIGH = 20.0, 34.0, 20.0
LABEL_ROOM = 24.0
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000)


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to draw: its values with their words, its scale, and how high its panel is."""

    title: str
    form: Form
    values: tuple[float | None, ...]
    words: tuple[str, ...]
    scale: tuple[float, float]
    high: float
    usual: tuple[float, float] | None = None


def panels(say: Speech, things: Iterable[Thing], starts: Sequence[dt.date], whole: Sequence[bool]) -> tuple[Panel, ...]:
    """The things one below the other, each with a column for every start."""
    made: list[Panel] = []
    for thing in things:
        top = made[-1].bottom + GAP if made else FIRST_TOP
        made.append(_panel(say, thing, top, zip(starts, whole, strict=True)))
    return tuple(made)


def step(count: int) -> float:
    """How wide one column is."""
    return (WIDTH - LEFT - RIGHT) / count


def _panel(say: Speech, thing: Thing, top: float, spans: Iterable[tuple[dt.date, bool]]) -> Panel:
    low, high = thing.scale
    wide = step(len(thing.values))

    def place(share: float) -> float:
        return round(top + (1 - share) * thing.high, 1)

    shares = [None if value is None else (value - low) / (high - low) for value in thing.values]
    columns = tuple(
        Column(
            start, round(LEFT + (number + 0.5) * wide, 1), None if share is None else place(share), share, full, words
        )
        for number, ((start, full), share, words) in enumerate(zip(spans, shares, thing.words, strict=True))
    )
    usual = thing.usual and tuple(place(min(1.0, (end - low) / (high - low))) for end in thing.usual)
    return Panel(
        title=thing.title,
        form=thing.form,
        columns=columns,
        lines=_lines(columns),
        ticks=(Tick(place(0.0), say.figure(low)), Tick(place(1.0), say.figure(high))),
        usual=(usual[0], usual[1]) if usual else None,
        top=top,
        bottom=top + thing.high,
    )


def _lines(columns: Iterable[Column]) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The stretches that are known, broken where nothing is."""
    lines: list[list[tuple[float, float]]] = [[]]
    for column in columns:
        if column.y is None:
            lines.append([])
        else:
            lines[-1].append((column.x, column.y))
    return tuple(tuple(line) for line in lines if line)


def top_of(values: Iterable[float | None]) -> float:
    """The end of an axis from 0: a round figure that holds the highest value."""
    most = max((value for value in values if value is not None), default=0.0)
    return float(next((2 * step for step in STEPS if 2 * step >= most), most))


def mood_scale(moods: Iterable[float | None]) -> tuple[float, float]:
    """The whole points around the moods, at least four apart, so that small changes stay small."""
    known = [mood for mood in moods if mood is not None]
    low, high = float(int(min(known))), float(-int(-max(known) // 1))
    while high - low < 4:  # noqa: PLR2004 - see above
        low, high = max(0.0, low - 1), min(10.0, high + 1)
    return low, high


def labels(say: Speech, columns: Sequence[Column], *, years: bool) -> tuple[Tick, ...]:
    """The first column of each month, or year, as far as there is room for its name."""
    ticks: list[Tick] = []
    for before, column in zip((None, *columns), columns, strict=False):
        name = str(column.start.year) if years else say.month_short(column.start)
        begins = before is None or (str(before.start.year) if years else say.month_short(before.start)) != name
        if begins and column.x < WIDTH - LABEL_ROOM / 2 and (not ticks or column.x - ticks[-1].at >= LABEL_ROOM):
            ticks.append(Tick(column.x, name))
    return tuple(ticks)
