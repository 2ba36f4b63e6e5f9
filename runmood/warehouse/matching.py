"""Which recordings are one run: a closer look at unclear pairs, and the groups that follow from all pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.tracks.geo import M_PER_DEG
from runmood.warehouse.points import read_recording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import polars as pl
    from numpy.typing import NDArray


MOMENTS = 48
LEAST_SHARED = 0.5  # of the shorter: less is too little to tell one way from another that begins alike
# At another clock two recordings are one only where they keep closer than a person who runs the same way again; what
# that is was measured by benchmarks/matching.py.
SAME_WAY_M = 30
SAME_WAY_SHARE = 0.01  # of the way
MOST_WRONG_S = 900  # a clock of the same zone

PLACED = ("sampled_at", "latitude_deg", "longitude_deg")

Track = tuple["NDArray[np.float64]", "NDArray[np.float64]", "NDArray[np.float64]"]
Pair = tuple[str, str]


def compare(points: Path, months: Mapping[str, str], pair: Pair, shifts_s: Iterable[float]) -> dict[str, object]:
    """Return a row of COMPARED: the shift in seconds of the other's clock at which both were nearest, and how near."""
    one, other = (_track(read_recording(points, recording, months[recording], PLACED)) for recording in pair)
    found = [(apart, abs(shift), shift) for shift in shifts_s if (apart := _apart_m(one, other, shift)) is not None]
    apart, _, shift = min(found, default=(None, 0.0, 0.0))
    same_way = apart is not None and apart < min(SAME_WAY_M, SAME_WAY_SHARE * min(_length_m(one), _length_m(other)))
    return {"one": pair[0], "other": pair[1], "shift_s": shift if same_way else 0.0, "apart_m": apart}


def groups(
    devices: Mapping[str, str | None], alike: Iterable[tuple[str, str, float]], apart: Iterable[Pair]
) -> dict[str, tuple[str, float]]:
    """Group recordings by alike pairs.

    One device has one clock: two of its recordings are never brought together by a clock in another zone.

    Args:
        devices: All recordings, each with the device that made it; null where that is not known.
        alike: Pairs that are one run, each with how many seconds the other's clock is later, the surest first; they are
            merged in order.
        apart: Pairs that must not meet in one group.

    Returns:
        Each recording with the first name in its group, and how many seconds its clock is later than that one's.
    """
    together = {recording: {recording: 0.0} for recording in devices}
    kept_apart = {frozenset(pair) for pair in apart}
    for one, other, shift_s in alike:
        left, right = together[one], together[other]
        if left is right or any(frozenset((a, b)) in kept_apart for a in left for b in right):
            continue
        later_s = left[one] + shift_s - right[other]
        if any(
            devices[a] is not None and devices[a] == devices[b] and abs(left[a] - right[b] - later_s) > MOST_WRONG_S
            for a in left
            for b in right
        ):
            continue
        left |= {recording: clock_s + later_s for recording, clock_s in right.items()}
        together.update(dict.fromkeys(right, left))
    firsts = {recording: min(group) for recording, group in together.items()}
    return {
        recording: (first, together[recording][recording] - together[recording][first])
        for recording, first in firsts.items()
    }


def _track(samples: pl.DataFrame) -> Track:
    """Return seconds, and metres north and east, of the samples that have a position; three arrays of one length."""
    placed = samples.drop_nulls()
    north = placed["latitude_deg"].to_numpy() * M_PER_DEG
    shrink = np.cos(np.radians(placed["latitude_deg"].first() or 0.0))  # type: ignore[arg-type]  # degrees are numbers
    east = placed["longitude_deg"].to_numpy() * M_PER_DEG * shrink
    return placed["sampled_at"].dt.epoch("us").to_numpy() / 1e6, north, east


def _apart_m(one: Track, other: Track, shift_s: float) -> float | None:
    """Return how far apart nine in ten positions lie at most, with the clock put right; null where few are shared."""
    if min(one[0].size, other[0].size) < MOMENTS:
        return None
    clock = other[0] - shift_s
    begins, ends = max(one[0][0], clock[0]), min(one[0][-1], clock[-1])
    shorter_s = min(np.ptp(one[0]), np.ptp(clock))
    if ends - begins < LEAST_SHARED * shorter_s:
        return None
    moments = np.linspace(begins, ends, MOMENTS)
    north = np.interp(moments, one[0], one[1]) - np.interp(moments, clock, other[1])
    east = np.interp(moments, one[0], one[2]) - np.interp(moments, clock, other[2])
    return float(np.quantile(np.hypot(north, east), 0.9))


def _length_m(track: Track) -> float:
    """Return how long the way is in metres, roughly: small drifts are not to count."""
    if not track[0].size:
        return 0.0
    moments = np.linspace(track[0][0], track[0][-1], MOMENTS)
    steps = (np.diff(np.interp(moments, track[0], each)) for each in track[1:])
    return float(np.hypot(*steps).sum())
