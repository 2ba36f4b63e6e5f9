"""Withhold what nobody can have run: paces and best efforts beyond the world records."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    if not _possible(row, "moving_s"):
        row.update(dict.fromkeys(PACES))
        for split in splits:
            split.update(dict.fromkeys(PACES))
        best_efforts.clear()
        yield BEYOND_RECORDS()
        return
    impossible = [split for split in splits if not _possible(split, "moving_s")]
    for split in impossible:
        split.update(dict.fromkeys(PACES))
    believed = [effort for effort in best_efforts if _possible(effort, "elapsed_s")]
    if impossible or len(believed) < len(best_efforts):
        best_efforts[:] = believed
        yield STRETCH_BEYOND_RECORDS()


def _possible(row: Row, duration: str) -> bool:
    """Return whether the distance of a row is possible in its duration; true where one of them is not known."""
    metres, seconds = row["distance_m"], row[duration]
    if not isinstance(metres, float) or not isinstance(seconds, float) or not seconds:
        return True
    return bool(is_possible(metres, seconds))
