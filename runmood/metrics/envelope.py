"""Withhold what nobody can have run: paces and best efforts beyond the world records."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from runmood.core.notices import BEYOND_RECORDS, STRETCH_BEYOND_RECORDS
from runmood.tracks.envelope import is_possible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.core.notices import Notice


Row = dict[str, object]
PACES = ("pace_s_km", "grade_adjusted_pace_s_km")


def withhold_impossible(row: Row, splits: list[Row], best_efforts: list[Row]) -> Iterator[Notice]:
    """Take out, in place, the paces and best efforts that lie beyond the world records, and say so.

    Of a run that as a whole is beyond them, nothing is shown that a person would compare: its shorter stretches may be
    possible and are no more believable. Distances and times stay, so that what it was can be judged.

    Args:
        row: A row of RECORDINGS.
        splits: Rows of SPLITS.
        best_efforts: Rows of BEST_EFFORTS.

    Yields:
        A notice on what was withheld.
    """
    if not all(_possible([row], "moving_s")):
        row.update(dict.fromkeys(PACES))
        for split in splits:
            split.update(dict.fromkeys(PACES))
        best_efforts.clear()
        yield BEYOND_RECORDS()
        return
    impossible = [split for split, possible in zip(splits, _possible(splits, "moving_s"), strict=True) if not possible]
    for split in impossible:
        split.update(dict.fromkeys(PACES))
    possible = _possible(best_efforts, "elapsed_s")
    if impossible or not all(possible):
        best_efforts[:] = compress(best_efforts, possible)
        yield STRETCH_BEYOND_RECORDS()


def _possible(rows: list[Row], duration: str) -> list[bool]:
    """Return whether the distance of each row is possible in its duration; true where one of them is not known."""
    metres, seconds = (np.array([row[name] or np.nan for row in rows], np.float64) for name in ("distance_m", duration))
    found: list[bool] = (is_possible(metres, seconds) | np.isnan(metres) | np.isnan(seconds)).tolist()
    return found
