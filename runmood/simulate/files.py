"""The files of a simulated year: which run is saved in which format, which twice, and files that are no runs."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from runmood.schema.tables import RAW_SAMPLES
from runmood.simulate.calendar import HOME_ZONE, MIDNIGHT, TREADMILL, Calendar
from runmood.simulate.person import SimulatedRun
from runmood.simulate.recording import (
    GPS_ERROR_M,
    GPS_MEMORY,
    SimulatedRecording,
    drift,
    instants,
    record_run,
    with_all_columns,
)
from runmood.simulate.writers import recorded_as, write_fit_course

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from numpy.typing import NDArray


PHONE_EVERY_S = 4
PHONE_JITTER_M = 1.0


@dataclass(frozen=True, slots=True)
class InventedFile:
    """A watch file of the invented runner."""

    name: str
    content: bytes


def duplicate_recording(outing: SimulatedRecording, rng: np.random.Generator) -> SimulatedRecording:
    """Record the outing once more with a phone, started 20 to 120 s later and stopped a little earlier.

    Its path jitters, so that it is 1 to 2 % longer for the same stretch; it has no pauses, heart rate or cadence.

    Returns:
        The outing with the phone's samples.
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
        schema_overrides=RAW_SAMPLES.schema,
    )
    return dataclasses.replace(outing, device="invented phone", samples=with_all_columns(samples))


def website_copy(outing: SimulatedRecording, rng: np.random.Generator) -> SimulatedRecording:
    """Return the outing with every sample 1 or 2 s later, as websites give them back."""
    later = pl.col("sampled_at") + pl.duration(seconds=int(rng.integers(1, 3)))
    return dataclasses.replace(outing, device="invented site", samples=outing.samples.with_columns(later))


def _error(rng: np.random.Generator, count: int) -> NDArray[np.float64]:
    """Return a phone's error in metres: it wanders, and it jitters."""
    return GPS_ERROR_M * drift(rng, count, GPS_MEMORY) + PHONE_JITTER_M * rng.normal(size=count)


# The runner's watch files: which run was saved in which format, which twice, and the odd ones out.

ENDINGS = {"fit": 0.45, "gpx": 0.25, "tcx": 0.20, "fit.gz": 0.04, "gpx.gz": 0.04, "tcx.gz": 0.02}
ALWAYS_FIT = (TREADMILL, MIDNIGHT)
ON_PHONE_TOO = 6
KEPT_OF_DAMAGED = 0.7
ERROR_PAGE = b"""<!DOCTYPE html>
<html><head><title>502 Bad Gateway</title></head>
<body><h1>502 Bad Gateway</h1><p>The server is resting. Please try again later.</p></body></html>
"""


def write_files(
    calendar: Calendar, diary: pl.DataFrame, outings: tuple[SimulatedRecording, ...], seed: int
) -> tuple[InventedFile, ...]:
    """Return every file of the year, in order of name."""
    rng = np.random.default_rng((seed, 6))
    endings = _endings(outings, rng)
    files = [InventedFile(_name(run, end), recorded_as(run, end)) for run, end in zip(outings, endings, strict=True)]
    spare = [number for number, ending in enumerate(endings) if ending == "fit" and outings[number].kind == "easy"]
    rng.shuffle(spare)
    for number in spare[:1]:
        files[number] = _damaged(files[number])
    again = [outings[number] for number in spare[1 : ON_PHONE_TOO + 3]]
    every = [*files, *_second_files(again, rng), *_other_files(calendar, diary, rng)]
    return tuple(sorted(every, key=lambda file: file.name))


def _endings(outings: tuple[SimulatedRecording, ...], rng: np.random.Generator) -> list[str]:
    """Return the format of each outing's own file; the shares hold for the year as a whole."""
    places = (np.arange(len(outings)) + 0.5) / max(len(outings), 1)
    drawn = np.array(list(ENDINGS))[np.searchsorted(np.cumsum(list(ENDINGS.values())), places)]
    rng.shuffle(drawn)
    pairs = zip(outings, drawn.tolist(), strict=True)
    return ["fit" if outing.kind in ALWAYS_FIT else str(ending) for outing, ending in pairs]


def _damaged(file: InventedFile) -> InventedFile:
    """Return the file as a watch leaves it whose battery died while it was saved."""
    return InventedFile(file.name, file.content[: int(KEPT_OF_DAMAGED * len(file.content))])


def _second_files(outings: list[SimulatedRecording], rng: np.random.Generator) -> Iterator[InventedFile]:
    """Yield a second file of runs that the watch saved: from the phone, packed, and from a website."""
    for number, outing in enumerate(outings):
        if number < ON_PHONE_TOO:
            phone = duplicate_recording(outing, rng)
            yield InventedFile(_name(phone, "gpx", "phone"), recorded_as(phone, "gpx"))
        elif number == ON_PHONE_TOO:
            yield InventedFile(_name(outing, "fit.gz", "backup"), recorded_as(outing, "fit.gz"))
        else:
            website = website_copy(outing, rng)
            yield InventedFile(_name(website, "gpx", "website"), recorded_as(website, "gpx"))


def _other_files(calendar: Calendar, diary: pl.DataFrame, rng: np.random.Generator) -> Iterator[InventedFile]:
    """Yield a bicycle ride, a course to follow, and a web page that was saved under the name of a run."""
    rests = [date for date, runs, away in diary.select("date", "runs", "away").iter_rows() if not (runs or away)]
    if not rests:
        return
    date = rests[len(rests) // 2]
    ride = record_run(SimulatedRun(date, calendar.at(date, 10, 12, 5), HOME_ZONE, "ride", 24_000.0, 4), rng)
    yield InventedFile(_name(ride, "tcx"), recorded_as(ride, "tcx"))
    course = record_run(SimulatedRun(date, calendar.at(date, 8), HOME_ZONE, "easy", 6_000.0, 4), rng)
    yield InventedFile("courses/round-the-park.fit", write_fit_course(course))
    failed = calendar.at(rests[len(rests) // 3], 18, 5)
    yield InventedFile(f"{_folder(failed, HOME_ZONE)}.fit", ERROR_PAGE)


def _name(outing: SimulatedRecording, ending: str, folder: str | None = None) -> str:
    """Return where the file lies in the inbox, after the local clock: 2025/2025-03-04-0712.fit."""
    path = _folder(outing.started_at, outing.time_zone)
    return f"{folder}/{path.partition('/')[2]}.{ending}" if folder else f"{path}.{ending}"


def _folder(at: dt.datetime, zone: str) -> str:
    """Return the year's folder and the local minute."""
    return at.astimezone(ZoneInfo(zone)).strftime("%Y/%Y-%m-%d-%H%M")
