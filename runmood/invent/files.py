"""The runner's watch files: which run was saved in which format, which twice, and the odd ones out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from runmood.invent.life.calendar import HOME_ZONE, MIDNIGHT, TREADMILL, Calendar
from runmood.invent.life.deeds import Going
from runmood.invent.watch import recorded_as
from runmood.invent.watch.copies import phone_copy, website_copy
from runmood.invent.watch.fit import write_fit_course
from runmood.invent.watch.outing import Outing, go
from runmood.terms.records import InventedFile

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    import polars as pl

ENDINGS = {"fit": 0.45, "gpx": 0.25, "tcx": 0.20, "fit.gz": 0.04, "gpx.gz": 0.04, "tcx.gz": 0.02}
ALWAYS_FIT = (TREADMILL, MIDNIGHT)
ON_PHONE_TOO = 6
KEPT_OF_DAMAGED = 0.7
ERROR_PAGE = b"""<!DOCTYPE html>
<html><head><title>502 Bad Gateway</title></head>
<body><h1>502 Bad Gateway</h1><p>The server is resting. Please try again later.</p></body></html>
"""


def year_of_files(
    calendar: Calendar, diary: pl.DataFrame, outings: tuple[Outing, ...], seed: int
) -> tuple[InventedFile, ...]:
    """Every file of the year, in order of name."""
    rng = np.random.default_rng((seed, 6))
    endings = _endings(outings, rng)
    files = [InventedFile(_name(run, end), recorded_as(run, end)) for run, end in zip(outings, endings, strict=True)]
    spare = [number for number, ending in enumerate(endings) if ending == "fit" and outings[number].kind == "easy"]
    rng.shuffle(spare)
    for number in spare[:1]:
        files[number] = _damaged(files[number])
    again = [outings[number] for number in spare[1 : ON_PHONE_TOO + 3]]
    every = [*files, *_again(again, rng), *_odd(calendar, diary, rng)]
    return tuple(sorted(every, key=lambda file: file.name))


def _endings(outings: tuple[Outing, ...], rng: np.random.Generator) -> list[str]:
    """The format of each outing's own file; the shares hold for the year as a whole."""
    places = (np.arange(len(outings)) + 0.5) / max(len(outings), 1)
    drawn = np.array(list(ENDINGS))[np.searchsorted(np.cumsum(list(ENDINGS.values())), places)]
    rng.shuffle(drawn)
    pairs = zip(outings, drawn.tolist(), strict=True)
    return ["fit" if outing.kind in ALWAYS_FIT else str(ending) for outing, ending in pairs]


def _damaged(file: InventedFile) -> InventedFile:
    """The file as a watch leaves it whose battery died while it was saved."""
    return InventedFile(file.name, file.content[: int(KEPT_OF_DAMAGED * len(file.content))])


def _again(outings: list[Outing], rng: np.random.Generator) -> Iterator[InventedFile]:
    """A second file of runs that the watch saved: from the phone, packed, and from a website."""
    for number, outing in enumerate(outings):
        if number < ON_PHONE_TOO:
            phone = phone_copy(outing, rng)
            yield InventedFile(_name(phone, "gpx", "phone"), recorded_as(phone, "gpx"))
        elif number == ON_PHONE_TOO:
            yield InventedFile(_name(outing, "fit.gz", "backup"), recorded_as(outing, "fit.gz"))
        else:
            website = website_copy(outing, rng)
            yield InventedFile(_name(website, "gpx", "website"), recorded_as(website, "gpx"))


def _odd(calendar: Calendar, diary: pl.DataFrame, rng: np.random.Generator) -> Iterator[InventedFile]:
    """A bicycle ride, a course to follow, and a web page that was saved under the name of a run."""
    rests = [date for date, runs, away in diary.select("date", "runs", "away").iter_rows() if not (runs or away)]
    if not rests:
        return
    date = rests[len(rests) // 2]
    ride = go(Going(date, calendar.at(date, 10, 12, 5), HOME_ZONE, "ride", 24_000.0, 4), rng)
    yield InventedFile(_name(ride, "tcx"), recorded_as(ride, "tcx"))
    course = go(Going(date, calendar.at(date, 8), HOME_ZONE, "easy", 6_000.0, 4), rng)
    yield InventedFile("courses/round-the-park.fit", write_fit_course(course))
    failed = calendar.at(rests[len(rests) // 3], 18, 5)
    yield InventedFile(f"{_folder(failed, HOME_ZONE)}.fit", ERROR_PAGE)


def _name(outing: Outing, ending: str, folder: str | None = None) -> str:
    """Where the file lies in the inbox, after the local clock: 2025/2025-03-04-0712.fit."""
    path = _folder(outing.started_at, outing.time_zone)
    return f"{folder}/{path.partition('/')[2]}.{ending}" if folder else f"{path}.{ending}"


def _folder(at: dt.datetime, zone: str) -> str:
    """The year's folder and the local minute."""
    return at.astimezone(ZoneInfo(zone)).strftime("%Y/%Y-%m-%d-%H%M")
