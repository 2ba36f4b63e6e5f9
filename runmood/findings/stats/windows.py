"""What is known of the days up to each night: trailing windows, and what holds over them.

Days are the first axis. nan is unknown, and before the first day nothing is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Counts = NDArray[np.int64]
    Numbers = NDArray[np.float64]


def trailing(values: Numbers | Flags, span: int, until: int = 0) -> Numbers:
    """Take each night's last `span` days along a new last axis.

    Args:
        values: days along the first axis.
        span: days in the window.
        until: how many days before the night the window ends.

    Returns:
        A view, nights x … x span; nan before the first day.
    """
    before = np.full((span - 1 + until, *values.shape[1:]), np.nan)
    return sliding_window_view(np.concatenate([before, values]), span, axis=0)[: len(values)]


def known(windows: Numbers, axis: int = -1) -> Counts:
    """Count the known days of a window."""
    return np.asarray((~np.isnan(windows)).sum(axis=axis))


def total(windows: Numbers, axis: int = -1) -> Numbers:
    """Return the sum of the known days; 0 where none is."""
    return np.asarray(np.nansum(windows, axis=axis))


def mean(windows: Numbers, axis: int = -1) -> Numbers:
    """Return the mean of the known days; nan where none is."""
    return share(total(windows, axis), known(windows, axis))


def spread(windows: Numbers) -> Numbers:
    """Return the standard deviation (n - 1) of the known days; nan below two."""
    off = windows - mean(windows)[..., np.newaxis]
    return np.sqrt(share(total(off**2), np.maximum(known(windows) - 1, 0)))


def share(part: Numbers | Counts, whole: Numbers | Counts) -> Numbers:
    """Return one divided by the other; nan where there is nothing to divide by."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole > 0, np.divide(part, whole), np.nan)


def held_for(flags: Flags, nights: int) -> Flags:
    """Return whether something has held on that many nights running."""
    return np.asarray(total(trailing(flags, nights)) == nights)


def any_in_window(flags: Flags, nights: int) -> Flags:
    """Return whether something held on at least one of that many nights."""
    return np.asarray(total(trailing(flags, nights)) > 0)


def run_lengths(begins: Flags, ends: Flags) -> Flags:
    """Return whether something is on: from a night on which it begins until one on which it ends."""
    on, nights = False, []
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        on = begin or (on and not end)
        nights.append(on)
    return np.array(nights, dtype=bool)
