"""The days behind B1 and B2: evenings of missed runs, of runs and of planned rest, each evening a dot."""

from __future__ import annotations

from collections import Counter
from math import ceil
from statistics import median
from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.answers.missed import tested_days
from runmood.summary.parts import Dots, Grid, Pile, Tick
from runmood.summary.words.phrases import capital

if TYPE_CHECKING:
    import datetime as dt

    from runmood.terms.speech import Speech

WIDTH, LEFT, GAP = 360.0, 20.0, 8.0
TOP, POINT = 44.0, 19.0  # height of one mood point
FEWEST_POINTS = 6  # of the scale, so that a small spread looks small
DOT_STEP, LINES = 6.4, 3  # dots of one mood stand in up to three lines
KINDS = {"missed run": "missed_run", "planned run": "planned_run", "planned rest": "planned_rest"}
PILE_WIDTH = (WIDTH - LEFT - (len(KINDS) - 1) * GAP) / len(KINDS)
ROOM = int(PILE_WIDTH / DOT_STEP)  # dots in a line
FEWEST_KINDS = 2


def dots(say: Speech, days: pl.DataFrame, night: dt.date) -> Dots | None:
    """Every evening that is compared, up to a night; null when fewer than two kinds of day have any."""
    rated = tested_days(days).filter(pl.col("local_date") <= night)
    moods = {kind: rated.filter(pl.col("day_kind") == kind)["mood_evening"].sort().to_list() for kind in KINDS}
    if sum(bool(values) for values in moods.values()) < FEWEST_KINDS:
        return None
    low, high = _ends([mood for values in moods.values() for mood in values])
    fullest = max(max(Counter(values).values(), default=0) for values in moods.values())
    share = ceil(fullest / (ROOM * LINES))
    return Dots(
        sentence=_sentence(say, moods),
        dot_note=dot_note(say, share),
        piles=tuple(_pile(say, number, moods[kind], (high, share)) for number, kind in enumerate(KINDS)),
        ticks=tuple(Tick(_y(mood, high), str(mood)) for mood in range(low, high + 1, 2)),
        pile_width=round(PILE_WIDTH, 1),
        grid=_grid(say, moods),
        width=WIDTH,
        height=_y(low, high) + POINT / 2,
    )


def dot_note(say: Speech, share: int) -> str:
    """How many evenings one dot of the picture stands for."""
    return say("dots.each") if share == 1 else say("dots.several", evenings=share)


def _ends(moods: list[float]) -> tuple[int, int]:
    """The even scores around all evenings."""
    low, high = int(min(moods) // 2) * 2, -int(-max(moods) // 2) * 2
    while high - low < FEWEST_POINTS:
        low, high = max(0, low - 2), min(10, high + 2)
    return low, high


def _y(mood: float, high: int) -> float:
    return round(TOP + (high - mood) * POINT + POINT / 2, 1)


def _pile(say: Speech, number: int, moods: list[float], scale: tuple[int, int]) -> Pile:
    high, share = scale
    x = LEFT + number * (PILE_WIDTH + GAP)
    tally = sorted(Counter(moods).items(), reverse=True)
    centre = x + PILE_WIDTH / 2
    return Pile(
        title=_titles(say)[number],
        count=say("dots.count", evenings=len(moods)),
        x=round(x, 1),
        dots=tuple(place for mood, count in tally for place in _spread((centre, _y(mood, high)), ceil(count / share))),
        tally=tuple(tally),
        middle=say("dots.middle", mood=median(moods)) if moods else "",
        middle_y=_y(median(moods), high) if moods else None,
    )


def _spread(middle: tuple[float, float], count: int) -> list[tuple[float, float]]:
    """The places of evenings with one mood: side by side around the middle, in as few lines as hold them."""
    centre, height = middle
    lines = ceil(count / ROOM)
    each = ceil(count / lines)
    places = []
    for number in range(count):
        line, place = divmod(number, each)
        here = min(each, count - line * each)
        x = centre + (place - (here - 1) / 2) * DOT_STEP
        places.append((round(x, 1), round(height + (line - (lines - 1) / 2) * DOT_STEP, 1)))
    return places


def _titles(say: Speech) -> list[str]:
    return [say(f"dots.title.{name}") for name in KINDS.values()]


def _sentence(say: Speech, moods: dict[str, list[float]]) -> str:
    parts = [
        say(f"dots.middle_of.{KINDS[kind]}", mood=median(values), evenings=len(values))
        for kind, values in moods.items()
        if values
    ]
    return say("dots.sentence", parts=parts)


def _grid(say: Speech, moods: dict[str, list[float]]) -> Grid:
    tallies = [Counter(values) for values in moods.values()]
    scores = sorted(set().union(*tallies), reverse=True)
    rows = tuple((say.figure(score), *(str(tally[score]) for tally in tallies)) for score in scores)
    return Grid(say("dots.table"), (say("column.mood"), *map(capital, _titles(say))), rows)
