"""Runs of about an hour, one sample a second, as many as are asked for, made from the invented runner's year.

The invented runs have a sample every 3 to 6 seconds. Here each is drawn out to 45 to 75 minutes at one sample a second:
on the same loop, at the same pace, without its pauses, with a GPS error that wanders. There is one run a day.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.schema.tables import RAW_SAMPLES
from runmood.simulate import simulate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from runmood.simulate.recording import SimulatedRecording


if TYPE_CHECKING:
    Values = NDArray[np.float64]

LAST_DAY = dt.date(2025, 11, 21)
SHORTEST_S, LONGEST_S = 2_700, 4_500
GPS_STEP_M = 0.2


def hours(count: int, seed: int = 7) -> Iterator[SimulatedRecording]:
    """So many runs, the earliest first."""
    year = [outing for outing in simulate(LAST_DAY, seed).outings if outing.sport == "running"]
    first = dt.datetime.combine(LAST_DAY, dt.time(6, 30), dt.UTC) - dt.timedelta(days=count)
    for number in range(count):
        rng = np.random.default_rng((seed, 9, number))
        yield _an_hour(year[number % len(year)], first + dt.timedelta(days=number), rng)


def _an_hour(outing: SimulatedRecording, started_at: dt.datetime, rng: np.random.Generator) -> SimulatedRecording:
    """The outing again on another day, as long as the draw says, second by second."""
    at = np.arange(rng.integers(SHORTEST_S, LONGEST_S))
    before = outing.samples["sampled_at"].dt.epoch("s").to_numpy().astype(float)
    longer = at[-1] / (before[-1] - before[0])
    drawn = {
        name: np.interp(at / longer, before - before[0], outing.samples[name].to_numpy())
        for name in ("distance_m", "heart_bpm", "cadence_spm")
    }
    along = np.round(drawn["distance_m"] * longer, 2)
    samples = pl.DataFrame(
        {
            "sampled_at": pl.Series((at + int(started_at.timestamp())) * 1_000_000).cast(pl.Datetime("us", "UTC")),
            **_where(outing, along, rng),
            "distance_m": along,
            "speed_m_s": np.round(np.diff(along, prepend=along[0]), 3),
            "heart_bpm": np.round(drawn["heart_bpm"]),
            "cadence_spm": 2 * np.round(drawn["cadence_spm"] / 2),
            "segment": np.zeros(len(at), dtype=np.int64),
        },
        schema_overrides=RAW_SAMPLES.schema,
    )
    whole = pl.concat([RAW_SAMPLES.empty(), samples], how="diagonal")
    return dataclasses.replace(outing, date=started_at.date(), samples=RAW_SAMPLES.check(whole))


def _where(outing: SimulatedRecording, along: Values, rng: np.random.Generator) -> dict[str, Values]:
    """Position and height; none for a run on the treadmill."""
    if outing.samples["latitude_deg"].count() == 0:
        return {}
    east, north = (
        metres + np.cumsum(rng.normal(0, GPS_STEP_M, len(along))) for metres in outing.loop.east_north(along)
    )
    latitude, longitude = outing.loop.degrees(east, north)
    return {
        "latitude_deg": np.round(latitude, 7),
        "longitude_deg": np.round(longitude, 7),
        "altitude_m": np.round(5 * outing.loop.altitude_m(along)) / 5,
    }
