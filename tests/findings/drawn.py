"""Diaries and runs, drawn as a reader can check them by eye."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from runmood.schema.tables import DAYS, RUNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl


MONDAY = dt.date(2025, 1, 6)
KINDS = {
    "R": "planned_run",
    "M": "missed_run",
    ".": "planned_rest",
    "!": "run_on_rest",
    "u": "unplanned_run",
    "n": "no_run",
    "?": "unknown",
}


def days_of(kinds: str, moods: Sequence[float | None] | None = None, **columns: Sequence[object]) -> pl.DataFrame:
    """Days from a Monday on, a letter each (blanks are for the eye), with the evening's moods and other columns."""
    kinds = "".join(kinds.split())
    rows = [
        {
            "local_date": MONDAY + dt.timedelta(days=number),
            "weekday": number % 7 + 1,
            "day_kind": KINDS[kind],
            "mood_evening": None if moods is None else moods[number],
            **{name: values[number] for name, values in columns.items()},
        }
        for number, kind in enumerate(kinds)
    ]
    return DAYS.frame(rows)


def runs_of(drawn: str, **columns: object) -> pl.DataFrame:
    """Runs drawn as `day: kilometres`, one a line; the day counts from Monday the 6th, `-` is an unknown distance."""
    rows = []
    for number, line in enumerate(filter(str.strip, drawn.splitlines())):
        day, kilometres, *partial = line.replace(":", " ").split()
        date = MONDAY + dt.timedelta(days=int(day))
        noon = dt.datetime(date.year, date.month, date.day, 12, tzinfo=dt.UTC)
        rows.append(
            {
                "run_id": f"run-{number}",
                "started_at": noon,
                "ended_at": noon + dt.timedelta(hours=1),
                "local_date": date,
                "local_clock": "12:00",
                "time_zone": "UTC",
                "distance_m": None if kilometres == "-" else 1000 * float(kilometres),
                "partial": partial == ["partial"],
                "recording_id": f"recording-{number}",
                **columns,
            }
        )
    return RUNS.frame(rows)


def invented(nights: int, seed: int, dip: float = 0.0, **changes: float) -> pl.DataFrame:
    """A person with four planned runs in seven, a quarter missed, and moods with memory around 6.

    `dip` lowers missed days; `said` is the share of evenings said, `morning` of mornings.
    """
    chance = np.random.default_rng(seed)
    planned = chance.random(nights) < 4 / 7
    missed = planned & (chance.random(nights) < 0.25)
    kinds = np.where(missed, "M", np.where(planned, "R", "."))
    state, moods = 0.0, []
    for low in missed:
        state = 0.6 * state + 0.62 * chance.normal()
        moods.append(float(np.clip(6 + state + 0.63 * chance.normal() - dip * low, 0, 10)))
    said = chance.random(nights) < changes.get("said", 0.8)
    mornings = chance.random(nights) < changes.get("morning", 0.0)
    drawn = [round(6 + chance.normal(), 1) if said_so else None for said_so in mornings]
    return days_of(
        "".join(kinds), [mood if ok else None for mood, ok in zip(moods, said, strict=True)], mood_morning=drawn
    )
