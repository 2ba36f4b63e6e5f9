"""A made-up runner with known truths: watch files, check-ins, and what is true of them.

    simulate(last_day, seed=7, days=365, missed_dip=0.9) -> Simulation

For the demo, the tests and the benchmarks. Everything follows from the arguments alone. `recorded_as(outing, "tcx")`
gives one and the same run in another format.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from runmood.simulate.calendar import HOME_ZONE, Calendar
from runmood.simulate.entries import GroundTruth, journal_entries, truths
from runmood.simulate.files import write_files
from runmood.simulate.person import build_diary, simulate_days
from runmood.simulate.recording import SimulatedRecording, record_runs

if TYPE_CHECKING:
    import polars as pl

    from runmood.core.checkins import NewEntry
    from runmood.simulate.files import InventedFile


@dataclass(frozen=True, slots=True)
class Simulation:
    """The runner's year: what lies in the inbox, what was noted and when, and what is true.

    `diary` has one row a day (see `person.build_diary`); `outings` are the true runs in order of time.
    """

    time_zone: str
    files: tuple[InventedFile, ...]
    said: tuple[NewEntry, ...]
    truths: tuple[GroundTruth, ...]
    diary: pl.DataFrame
    outings: tuple[SimulatedRecording, ...]


def simulate(last_day: dt.date, seed: int = 7, days: int = 365, *, missed_dip: float = 0.9) -> Simulation:
    """Simulate the runner's last `days` days, up to and with `last_day`.

    A diary shorter than a year ends early: what would have come later (the trip, the hard stretch) is not in it.

    Args:
        last_day: the last day of the diary.
        seed: from which everything random follows.
        days: the length of the diary.
        missed_dip: how much lower the evening's mood is on a day with a missed run, in standard deviations of mood;
            with 0 the same runner runs the same runs and misses the same days, and nothing else goes with it.

    Returns:
        Files, journal entries, and what is true of them.
    """
    calendar = Calendar(last_day - dt.timedelta(days=days - 1), last_day)
    simulated = simulate_days(calendar, np.random.default_rng((seed, 1)))
    diary = build_diary(calendar, simulated, missed_dip, seed)
    outings = record_runs(simulated, seed)
    return Simulation(
        time_zone=HOME_ZONE,
        files=write_files(calendar, diary, outings, seed),
        said=journal_entries(calendar, diary, outings, seed),
        truths=truths(calendar, diary, missed_dip),
        diary=diary,
        outings=outings,
    )
