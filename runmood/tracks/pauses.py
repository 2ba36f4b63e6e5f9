"""Why a runner did not move: the timer was stopped, nothing was recorded, or the runner stood."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from runmood.tracks.distance import Way

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

STANDING_M_S = 0.5  # slower than the slowest hill walk; a GPS that stands still drifts at 0.1 to 0.4 m/s
WINDOW_S = 5.0  # a shorter stop is not seen; a stride or two into and out of one belong to it
CREEPING_M_S = 0.15  # on hands and knees
CLIMBING_M_S = 0.1  # 360 m an hour; with CREEPING_M_S a slope of 67 %
CLIMB_WINDOW_S = 30.0
GAP_S = 30.0  # watches that save power write a sample every 8 to 22 s
GAP_STEPS = 5  # times the usual step, for a device that saves one a minute


@dataclass(frozen=True)
class Pauses:
    """Of each step to a sample from the one before: whether the timer was stopped, whether nothing was recorded."""

    step_s: Floats
    paused: Flags
    gap: Flags

    @cached_property
    def clock_s(self) -> Floats:
        """How much had been recorded by each sample."""
        return np.cumsum(np.where(self.paused | self.gap, 0.0, self.step_s))

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """The first sample of each stretch that was recorded without a break."""
        return np.flatnonzero(np.concatenate([[True], (self.paused | self.gap)[1:]]))


def find_pauses(seconds: Floats, segment: NDArray[np.int64], timer_s: float | None) -> Pauses:
    """Find pauses, where the device gives them, and gaps: over 30 s, and over five usual steps, without a sample.

    Some files do not mark pauses but give the timer's total. From the longest on, gaps were pauses as long as that
    total leaves no room for half of them.

    Returns:
        The pauses and gaps, as flags of one value a step.
    """
    step_s = np.ediff1d(seconds, to_begin=0.0)
    paused = np.ediff1d(segment, to_begin=0) != 0  # no step leads to the first sample
    gap = (step_s > GAP_S) & ~paused
    if gap.any():
        gap &= step_s > GAP_STEPS * np.median(step_s[1:])
    if timer_s and gap.any():
        untimed = seconds[-1] - step_s[paused].sum() - timer_s
        gaps = np.flatnonzero(gap)
        for place in gaps[np.argsort(-step_s[gaps], kind="stable")]:
            if step_s[place] / 2 <= untimed:
                paused[place], gap[place] = True, False
                untimed -= step_s[place]
    return Pauses(step_s, paused, gap)


def standing_intervals(parts: Pauses, way: Way, height_m: Floats) -> Flags:
    """Return which steps, pauses apart, were no motion.

    They are part of 5 s, or of one longer step, in which under 2.5 m were made. Slow is not standing
    on a slope: 0.15 m/s will do where the height changes by 0.1 m/s. A gap is motion if enough distance was made in it.

    Args:
        parts: The pauses and gaps.
        way: The metres from some samples to others, NaN where that is not known, which is taken for motion.
        height_m: Smoothed height at each sample in metres, shape (n,).

    Returns:
        Flags of shape (n,).
    """
    clock = parts.clock_s
    first = np.flatnonzero(clock <= max(clock[-1] - WINDOW_S, 0.0))
    last = np.ceil(np.interp(clock[first] + WINDOW_S, clock, np.arange(len(clock)))).astype(np.int64)
    span = clock[last] - clock[first]
    made = way(first, last)
    slow = made < STANDING_M_S * span
    creeping = np.flatnonzero(slow & (made >= CREEPING_M_S * span))
    middle = (clock[first[creeping]] + clock[last[creeping]]) / 2
    slow[creeping[_climb_m_s(middle, clock, height_m) >= CLIMBING_M_S]] = False
    count = len(clock) + 1
    begun, ended = (np.bincount(each[slow] + 1, minlength=count)[:count] for each in (first, last))
    still = np.cumsum(begun - ended)[:-1] > 0
    gaps = np.flatnonzero(parts.gap)
    still[gaps] = ~(way(gaps - 1, gaps) >= STANDING_M_S * parts.step_s[gaps])
    return still


def _climb_m_s(at: Floats, clock: Floats, height_m: Floats) -> Floats:
    """Return how fast the height changed around some moments, in m/s; NaN where heights are not known."""
    before, after = (np.interp(at + shift, clock, height_m) for shift in (-CLIMB_WINDOW_S / 2, CLIMB_WINDOW_S / 2))
    return np.abs(after - before) / CLIMB_WINDOW_S
