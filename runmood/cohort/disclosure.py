"""What may be told of many without telling of one: the least people, rounding, small cells, and who may come and go.

A figure of twelve people and the same figure of eleven tell the twelfth's. So a figure is of the same people as the
week before, or of at least five others: who has just joined waits for four more, and where one to four have left, the
figure of before stands until more have.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_PEOPLE = 12
LEAST_CELL = 10
LEAST_CHANGE = 5
COUNT_STEP = 5
DECIMALS = 1
SHARE_STEP = 0.05


@dataclass(frozen=True, slots=True)
class Membership:
    """Of whom a figure is this week: of these people; or, where it is null, it stands as it was."""

    people: frozenset[str] | None


def choose_people(now: frozenset[str], before: frozenset[str], count_before: int) -> Membership:
    """Choose of whom a figure may be.

    Args:
        now: who has something to give this week.
        before: of whom the last figure was, as far as they still give anything.
        count_before: of how many that was, those who have left since included; 0 where there was none.

    Returns:
        The people, or that the figure of before stands.
    """
    if not count_before:
        return Membership(now)
    stayed = now & before
    left, joined = count_before - len(stayed), len(now - before)
    if 0 < left < LEAST_CHANGE:
        return Membership(None)
    return Membership(now if joined == 0 or joined >= LEAST_CHANGE else stayed)


def round_count(count: int) -> int:
    """Return a count of people to the nearest five."""
    return COUNT_STEP * round(count / COUNT_STEP)


def split_count(part: int, whole: int) -> int | None:
    """Return a part of people, rounded; null where it or the rest is so small that it would tell of few."""
    if part < LEAST_CELL or whole - part < LEAST_CELL:
        return None
    return round_count(part)


def round_interval(mean: float, least: float, most: float) -> tuple[float, float, float]:
    """Return a mean rounded, and its interval rounded outwards."""
    step = 10**DECIMALS
    return round(mean, DECIMALS) + 0.0, math.floor(least * step) / step, math.ceil(most * step) / step


def round_share(share: float | None) -> float | None:
    """Return a share to the nearest twentieth."""
    return None if share is None else round(SHARE_STEP * round(share / SHARE_STEP), 2)


def suppress_cells(counts: Sequence[int]) -> list[bool]:
    """Return which cells of a table with a known total are withheld.

    A cell of fewer than ten is, and where that is one cell alone, which the total would tell, the next smallest too.
    """
    withheld = [0 < count < LEAST_CELL for count in counts]
    if sum(withheld) == 1:
        others = [place for place, hidden in enumerate(withheld) if not hidden and counts[place]]
        if others:
            withheld[min(others, key=lambda place: counts[place])] = True
    return withheld
