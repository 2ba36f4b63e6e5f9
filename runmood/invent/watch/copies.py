"""The same outing once more: as the phone in the pocket saw it, and as a website gives it back."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.invent.watch.outing import GPS_ERROR_M, GPS_MEMORY, completed, drift, instants
from runmood.terms.columns import RECORDED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from runmood.invent.watch.outing import Outing

PHONE_EVERY_S = 4
PHONE_JITTER_M = 1.0


def phone_copy(outing: Outing, rng: np.random.Generator) -> Outing:
    """The outing by a phone started 20 to 120 s later and stopped a little earlier.

    Its path jitters, so that it is 1 to 2 % longer for the same stretch; it has no pauses, heart or cadence.
    """
    late, early = rng.integers(20, 121), rng.integers(5, 40)
    seconds = (outing.samples["sampled_at"] - outing.started_at).dt.total_seconds().to_numpy()
    at = np.arange(late, seconds[-1] - early, PHONE_EVERY_S)
    seen = {name: np.interp(at, seconds, outing.samples[name].to_numpy()) for name in ("distance_m", "altitude_m")}
    east, north = outing.loop.east_north(seen["distance_m"])
    latitude, longitude = outing.loop.degrees(east + _error(rng, len(at)), north + _error(rng, len(at)))
    samples = pl.DataFrame(
        {
            "sampled_at": instants(outing.started_at, at),
            "latitude_deg": latitude,
            "longitude_deg": longitude,
            "altitude_m": seen["altitude_m"],
            "segment": np.zeros(len(at), dtype=np.int64),
        },
        schema_overrides=RECORDED.schema,
    )
    return dataclasses.replace(outing, device="invented phone", samples=completed(samples))


def website_copy(outing: Outing, rng: np.random.Generator) -> Outing:
    """The outing with every sample 1 or 2 s later, as websites give them back."""
    later = pl.col("sampled_at") + pl.duration(seconds=int(rng.integers(1, 3)))
    return dataclasses.replace(outing, device="invented site", samples=outing.samples.with_columns(later))


def _error(rng: np.random.Generator, count: int) -> NDArray[np.float64]:
    """A phone's error in metres: it wanders, and it jitters."""
    return GPS_ERROR_M * drift(rng, count, GPS_MEMORY) + PHONE_JITTER_M * rng.normal(size=count)
