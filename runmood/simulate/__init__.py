"""A made-up runner with known truths: watch files, check-ins, and what is true of them.

    invent(last_day, seed=7, days=365, missed_dip=0.9) -> Invented

For the demo, the tests and the benchmarks. Everything follows from the arguments alone. `recorded_as(outing, "tcx")`
gives one and the same run in another format.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from runmood.simulate.entries import GroundTruth, journal_entries, truths
from runmood.simulate.files import year_of_files
from runmood.simulate.person import HOME_ZONE, Calendar, year_diary, year_of_deeds
from runmood.simulate.recording import Outing, year_of_outings

if TYPE_CHECKING:
    import polars as pl

    from runmood.core.models import InventedFile, NewEntry


@dataclass(frozen=True, slots=True)
class Simulation:
    """The runner's year: what lies in the inbox, what was said and when, and what is true.

    `diary` has one row a day (see `life/diary.py`); `outings` are the true runs in order of time.
    """

    time_zone: str
    files: tuple[InventedFile, ...]
    said: tuple[NewEntry, ...]
    truths: tuple[GroundTruth, ...]
    diary: pl.DataFrame
    outings: tuple[Outing, ...]


def simulate(last_day: dt.date, seed: int = 7, days: int = 365, *, missed_dip: float = 0.9) -> Simulation:
    """The runner's last `days` days, up to and with `last_day`.

    `missed_dip` is how much lower the evening's mood is on a day with a missed run, in standard deviations of mood;
    with 0 the same runner runs the same runs and misses the same days, and nothing else goes with it.
    A diary shorter than a year ends early: what would have come later (the trip, the hard stretch) is not in it.
    """
    calendar = Calendar(last_day - dt.timedelta(days=days - 1), last_day)
    deeds = year_of_deeds(calendar, np.random.default_rng((seed, 1)))
    diary = year_diary(calendar, deeds, missed_dip, seed)
    outings = year_of_outings(deeds, seed)
    return Simulation(
        time_zone=HOME_ZONE,
        files=year_of_files(calendar, diary, outings, seed),
        said=journal_entries(calendar, diary, outings, seed),
        truths=truths(calendar, diary, missed_dip),
        diary=diary,
        outings=outings,
    )
