"""One run as a watch records it: a loop drawn in a park where nobody ever ran, and samples along it."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.schema.tables import RAW_SAMPLES
from runmood.simulate.calendar import TREADMILL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from runmood.simulate.person import SimulatedDay, SimulatedRun


if TYPE_CHECKING:
    Metres = NDArray[np.float64]

METRES_A_DEGREE = 6_371_000 * math.pi / 180
SKETCHED = 720


@dataclass(frozen=True, slots=True)
class Loop:
    """A closed path: an oval with a few bends, and the hill along it."""

    latitude_deg: float
    longitude_deg: float
    bearing_deg: float
    half_length_m: float
    half_width_m: float
    lowest_m: float
    hill_m: float
    bends: int = 3

    def east_north(self, along_m: Metres) -> tuple[Metres, Metres]:
        """Return metres east and north of the loop's middle, for metres run along it, round and round."""
        east, north, length = sketch(self)
        even = np.linspace(0, length, SKETCHED + 1)
        return np.interp(along_m % length, even, east), np.interp(along_m % length, even, north)

    def altitude_m(self, along_m: Metres) -> Metres:
        """Return height above the sea along the loop: one hill, and two small ones upon it."""
        turn = 2 * math.pi * along_m / sketch(self)[2]
        return self.lowest_m + self.hill_m * (0.5 - 0.4 * np.cos(turn) - 0.1 * np.cos(3 * turn))

    def degrees(self, east_m: Metres, north_m: Metres) -> tuple[Metres, Metres]:
        """Return latitude and longitude of metres east and north of the middle."""
        narrowed = METRES_A_DEGREE * math.cos(math.radians(self.latitude_deg))
        return self.latitude_deg + north_m / METRES_A_DEGREE, self.longitude_deg + east_m / narrowed


PLACES = {
    "Europe/Lisbon": (
        Loop(38.7855, -9.0955, 5, 850, 190, 4, 9, bends=3),
        Loop(38.7875, -9.0958, 5, 600, 160, 5, 6, bends=5),
        Loop(38.7825, -9.0965, 8, 1150, 180, 4, 16, bends=4),
    ),
    "America/New_York": (Loop(40.7825, -73.9655, 29, 1500, 300, 22, 14, bends=4),),
}


@lru_cache(maxsize=16)
def sketch(loop: Loop) -> tuple[Metres, Metres, float]:
    """Return the loop's corners, evenly spaced along it, east and north of the middle; and its length in metres."""
    turn = np.linspace(0, 2 * math.pi, 20 * SKETCHED + 1)
    length = loop.half_length_m * np.cos(turn)
    width = loop.half_width_m * (np.sin(turn) + 0.15 * np.sin(loop.bends * turn))
    bearing = math.radians(loop.bearing_deg)
    east = length * math.sin(bearing) + width * math.cos(bearing)
    north = length * math.cos(bearing) - width * math.sin(bearing)
    along = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(east), np.diff(north)))))
    even = np.linspace(0, along[-1], SKETCHED + 1)
    return np.interp(even, along, east), np.interp(even, along, north), float(along[-1])


# One run as the watch on the wrist saw it: samples every few seconds, pauses, a heart, a hill, a wandering GPS.

if TYPE_CHECKING:
    Values = NDArray[np.float64]

PACES_S_KM = {"race": 300, "intervals": 345, "long": 360, "warm-up": 375, "much longer": 365, "ride": 165}
USUAL_PACE_S_KM = 350
GPS_ERROR_M, GPS_MEMORY = 2.5, 0.93
NAMES = {"ride": "Ride along the river", "much longer": "All the way with Ana", "race": "Park race"}
PAUSES = (0, 0, 1, 1, 2, 3)
LAP_M = 1_000
MICROSECONDS = 1_000_000


@dataclass(frozen=True, slots=True)
class SimulatedRecording:
    """One run that happened, with the watch's samples: a frame of `RAW_SAMPLES`."""

    date: dt.date
    time_zone: str
    kind: str
    effort: int
    loop: Loop
    samples: pl.DataFrame
    device: str = "invented watch"

    @property
    def sport(self) -> str:
        """Return what the watch calls it."""
        return "cycling" if self.kind == "ride" else "running"

    @property
    def name(self) -> str:
        """Return what the runner calls it."""
        return NAMES.get(self.kind, f"{self.kind.capitalize()} run")

    @property
    def started_at(self) -> dt.datetime:
        """Return the first sample."""
        at: dt.datetime = self.samples.item(0, "sampled_at")
        return at.astimezone(dt.UTC)

    @property
    def ended_at(self) -> dt.datetime:
        """Return the last sample."""
        at: dt.datetime = self.samples.item(-1, "sampled_at")
        return at.astimezone(dt.UTC)

    @property
    def distance_m(self) -> float:
        """Return how far, by the watch."""
        return float(self.samples.item(-1, "distance_m"))


@dataclass(frozen=True, slots=True)
class Lap:
    """One lap: the first sample in it and the first of the next (or the last of all)."""

    first: int
    last: int


def record_runs(days: list[SimulatedDay], seed: int) -> tuple[SimulatedRecording, ...]:
    """Return every run of the year as the watch saw it."""
    goings = [run for day in days for run in day.runs]
    return tuple(record_run(run, np.random.default_rng((seed, 5, number))) for number, run in enumerate(goings))


def record_run(run: SimulatedRun, rng: np.random.Generator) -> SimulatedRecording:
    """Return one run, sampled."""
    loops = PLACES[run.time_zone]
    loop = loops[int(rng.integers(len(loops)))]
    seconds, metres = _pace_samples(run, loop, rng)
    at, along, segment = _insert_pauses(np.cumsum(seconds), np.cumsum(metres), rng)
    samples = pl.DataFrame(
        {
            "sampled_at": instants(run.started_at, at),
            **_positions(loop, along, rng, indoors=run.kind == TREADMILL),
            "distance_m": np.round(along, 2),
            "speed_m_s": np.round(_speed(at, along), 3),
            **_heart_and_cadence(run, at, along, rng),
            "segment": segment,
        },
        schema_overrides=RAW_SAMPLES.schema,
    )
    return SimulatedRecording(run.date, run.time_zone, run.kind, run.effort, loop, with_all_columns(samples))


def with_all_columns(samples: pl.DataFrame) -> pl.DataFrame:
    """Return the samples with every column of `RAW_SAMPLES`, null where the device tells nothing."""
    return RAW_SAMPLES.check(pl.concat([RAW_SAMPLES.empty(), samples], how="diagonal"))


def laps(samples: pl.DataFrame) -> list[Lap]:
    """Return the laps, one a kilometre; each ends where the next begins."""
    kilometre = (samples["distance_m"] // LAP_M).to_numpy()
    firsts = [0, *(np.flatnonzero(np.diff(kilometre)) + 1).tolist()]
    last = samples.height - 1
    firsts = [first for first in firsts if first < last]
    return [Lap(first, after) for first, after in zip(firsts, [*firsts[1:], last], strict=True)]


def timer_s(samples: pl.DataFrame) -> float:
    """Return seconds in which the watch's timer ran: all but the pauses."""
    seconds = np.diff(samples["sampled_at"].to_physical().to_numpy()) / MICROSECONDS
    return float(seconds[np.diff(samples["segment"].to_numpy()) == 0].sum())


def instants(start: dt.datetime, seconds: Values) -> pl.Series:
    """Return the instants that many seconds after the start."""
    micros = np.round(start.timestamp() * MICROSECONDS + seconds * MICROSECONDS).astype(np.int64)
    return pl.Series("sampled_at", micros).cast(pl.Datetime("us", "UTC"))


def drift(rng: np.random.Generator, count: int, memory: float) -> Values:
    """Return noise that wanders: an AR(1) of standard deviation one."""
    shocks = rng.normal(size=count) * math.sqrt(1 - memory**2)
    shocks[:1] /= math.sqrt(1 - memory**2)
    return np.array(list(accumulate(shocks.tolist(), lambda past, shock: memory * past + shock)))


def _pace_samples(run: SimulatedRun, loop: Loop, rng: np.random.Generator) -> tuple[Values, Values]:
    """Return seconds and metres between samples, from 0; slower uphill, never quite even, right in the sum."""
    pace = PACES_S_KM.get(run.kind, USUAL_PACE_S_KM) * rng.normal(1, 0.02)
    count = int(run.distance_m / 1000 * pace / 4.5 * 1.5) + 40
    seconds = rng.integers(3, 7, count).astype(float)
    even = 1000 / pace * seconds
    along = np.cumsum(even)
    grade = np.gradient(loop.altitude_m(along), along) * (run.kind != TREADMILL)
    surges = 1 + 0.14 * np.sign(np.sin(along / 130)) * (along > 1500) * (run.kind == "intervals")  # noqa: PLR2004
    metres = even * surges * np.exp(-3.5 * grade) * (1 + 0.035 * drift(rng, count, 0.95))
    steps = int(np.searchsorted(np.cumsum(metres), run.distance_m)) + 1
    fitted = metres[:steps] * run.distance_m / metres[:steps].sum()
    return np.concatenate(([0.0], seconds[:steps])), np.concatenate(([0.0], fitted))


def _insert_pauses(at: Values, along: Values, rng: np.random.Generator) -> tuple[Values, Values, NDArray[np.int64]]:
    """Return the samples with waits at traffic lights; after each a sample at the same place, in a new segment."""
    waits = int(rng.choice(PAUSES))
    stops = np.sort(rng.choice(np.arange(10, len(at) - 10), size=waits, replace=False))
    lengths = rng.integers(15, 60, waits)
    waited = np.zeros(len(at))
    segment = np.zeros(len(at), dtype=np.int64)
    for stop, length in zip(stops.tolist(), lengths.tolist(), strict=True):
        waited[stop + 1 :] += length
        segment[stop + 1 :] += 1
    restarts = at[stops] + waited[stops] + lengths
    return (
        np.insert(at + waited, stops + 1, restarts),
        np.insert(along, stops + 1, along[stops]),
        np.insert(segment, stops + 1, segment[stops] + 1),
    )


def _positions(loop: Loop, along: Values, rng: np.random.Generator, *, indoors: bool) -> dict[str, Values | None]:
    """Return position and height as the watch has them: the true place, and an error that wanders as in GPS."""
    east, north = loop.east_north(along)
    east_error, north_error = (GPS_ERROR_M * drift(rng, len(along), GPS_MEMORY) for _ in range(2))
    if indoors:
        return {"latitude_deg": None, "longitude_deg": None, "altitude_m": None}
    latitude, longitude = loop.degrees(east + east_error, north + north_error)
    return {
        "latitude_deg": np.round(latitude, 7),
        "longitude_deg": np.round(longitude, 7),
        "altitude_m": np.round(5 * loop.altitude_m(along)) / 5,
    }


def _speed(at: Values, along: Values) -> Values:
    """Return metres a second since the sample before; the first sample has that of the second."""
    speed = np.diff(along) / np.diff(at)
    return np.concatenate((speed[:1], speed))


def _heart_and_cadence(
    run: SimulatedRun, at: Values, along: Values, rng: np.random.Generator
) -> dict[str, Values | None]:
    """Return heart rate, which warms up, follows the effort and drifts upwards by some 5 % an hour, and cadence."""
    wander = drift(rng, len(at), 0.97)
    warm = 1 - np.exp(-at / 80)
    heart = 98 + warm * (32 + 5 * run.effort) * (1 + 0.12 * at / 3600) + 2.5 * wander
    quick = _speed(at, along) / max(along[-1] / at[-1], 0.1) - 1
    feet = np.clip(np.round(85.5 + 4 * quick + rng.normal(0, 0.7, len(at))), 82, 89)
    return {"heart_bpm": np.clip(np.round(heart), 80, 192), "cadence_spm": None if run.kind == "ride" else 2 * feet}
