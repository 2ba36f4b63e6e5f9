"""Invented people for `calibration.py`: frames of DAYS whose truth is known.

Most are those of the science dossier (`sim/core.py` in the shared folder beside the repository, or where
RUNMOOD_SHARED points): four planned runs a week, a quarter missed, a fifth of check-ins missing, mood with memory,
weekdays, trend and season, in units of a person's own standard deviation, a point each.
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib.util
import os
import re
import sys
import types
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np
import polars as pl

from runmood.schema.tables import DAYS

if TYPE_CHECKING:
    from collections.abc import Callable


SHARED = Path(os.environ.get("RUNMOOD_SHARED", Path(__file__).parents[3] / "shared"))
MONDAY = dt.date(2024, 1, 1)
KINDS = np.array(["planned_rest", "planned_run", "missed_run"])  # in the order of the dossier's codes
RAN = 1
ORDINARY = {
    "phi": 0.6, "kappa": 0.6, "d": 0.0, "lift": 0.0, "p_miss": 0.25, "clus": 0.8, "g_lag": 0.0, "g_am": 0.0,
    "dow_amp": 0.4, "trend": 0.3, "season": 0.3, "mcar": 0.2, "mnar": 0.0, "mnar_miss": 0.0, "ill_rate": 0.0,
    "ill_eff": 0.0, "heavy": False, "discretise": 0, "p_shift": 0.15, "level_shift": 0.0,
}  # fmt: skip
HABIT_WEEKS, HABIT_KNOWN, HABIT_RUN, HABIT_REST = 8, 6, 0.75, 0.25  # as the warehouse learns a habit
HABIT_SURE, MORE_OFTEN = 0.9, 0.5


@dataclass(frozen=True)
class World:
    """A kind of people: the dossier's settings, and what is done to their diaries afterwards."""

    people: dict[str, Any] = field(default_factory=dict)
    morning: float = 0.0  # how wide the scale of mornings is beside that of evenings; 0: no mornings
    tagged: bool = False  # whether they tag the days they are ill
    weekdays: str = ""  # a profile of weekdays on top: own (drawn anew), or rests (the days of rest are the good ones)
    app: float = 0.0  # by how many points another app's scale is shifted, from which the first half was imported
    silent_weeks: bool = False  # three breaks of two to four weeks
    learned: bool = False  # no plan; what was meant is learned from the weeks before
    made_up: bool = False  # a missed run is run on the next free day, the more often the better the evening was
    asks: bool = False  # the people of asks.md 4.2


@functools.cache
def dossier() -> Callable[..., tuple[np.ndarray, ...]]:
    """The dossier's generator as plain Python; numba, which compiles it there, would save little here."""
    plain = types.ModuleType("numba")
    plain.njit = lambda **_: lambda function: function  # type: ignore[attr-defined]
    with patch.dict(sys.modules, numba=plain):
        spec = importlib.util.spec_from_file_location("dossier", SHARED / "sim" / "core.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module.simulate


def person(world: World, nights: int, seed: int) -> pl.DataFrame:
    """DAYS of one person."""
    return _of_asks(world, nights, seed) if world.asks else _of_the_dossier(world, nights, seed)


def _of_the_dossier(world: World, nights: int, seed: int) -> pl.DataFrame:
    """5 + a point a standard deviation, unrounded; five steps become 0 to 10."""
    settings = ORDINARY | world.people
    _, mood, status, ill, morning = dossier()(nights, seed, *settings.values())
    chance = np.random.default_rng((seed, 1))
    points = (mood - 1) * 2.5 if settings["discretise"] == 5 else 5 + mood
    points += _profile(world, chance)[np.arange(nights) % 7]
    said = 5 + world.morning * morning if world.morning else np.full(nights, np.nan)
    source = np.where(np.arange(nights) < nights // 2, "daylio", "hand") if world.app else None
    points += world.app * (np.arange(nights) < nights // 2)
    if world.silent_weeks:
        for begin in chance.integers(0, nights, 3):
            points[begin : begin + chance.integers(14, 29)] = np.nan
    if world.made_up:
        missed, free = KINDS[status] == "missed_run", KINDS[status] == "planned_rest"
        willing = chance.random(nights - 1) < 1 / (1 + np.exp(-np.nan_to_num(mood[:-1])))
        status[1:][missed[:-1] & free[1:] & willing] = RAN
    kinds = _learned(status == RAN) if world.learned else KINDS[status]
    return frame(kinds, points, said, apart=(ill == 1) & world.tagged, source=source)


def _profile(world: World, chance: np.random.Generator) -> np.ndarray:
    """What is added to each weekday's mood, Monday first."""
    if world.weekdays == "rests":
        return np.array([0.3, 0, 0.3, 0, 0.3, 0, 0])
    return chance.normal(0, 0.3, 7) if world.weekdays == "own" else np.zeros(7)


def _learned(ran: np.ndarray) -> np.ndarray:
    """Kinds of days where what was meant is learned as the warehouse does (`runmood/warehouse/sql/plans.sql`).

    The shares of the weekdays come from the eight weeks before; a week has a habit if it expects a run and a rest, and
    nine in ten of the runs of those weeks fell on weekdays with a run more often than not. A run of the day before or
    after that nothing asked for is the one that a day lacks, moved.
    """
    kinds = []
    for week in range(0, len(ran), 7):
        before = ran[max(0, week - 7 * HABIT_WEEKS) : week].reshape(-1, 7)
        share = before.mean(axis=0) if len(before) >= HABIT_KNOWN else np.full(7, np.nan)
        run, rest = share >= HABIT_RUN, share <= HABIT_REST
        sure = run.any() and rest.any() and share[share > MORE_OFTEN].sum() >= HABIT_SURE * share.sum()
        on = ran[week : week + 7].tolist()
        usual = [
            "run" if each_run else "rest" if each_rest else None for each_run, each_rest in zip(run, rest, strict=True)
        ]
        meant = _moved(usual[: len(on)], on) if sure else [None] * len(on)
        for of_day, is_run in zip(meant, on, strict=True):
            names = {"run": ("missed_run", "planned_run"), "rest": ("planned_rest", "run_on_rest")}
            kinds.append(names.get(of_day, ("no_run", "unplanned_run"))[int(is_run)])
    return np.array(kinds)


def _moved(meant: list[str | None], ran: list[bool]) -> list[str | None]:
    """What was meant of a week's days, once a run that moved by a day is meant for the day that had it."""
    marks = "".join(
        "r" if on and of_day != "run" else "l" if of_day == "run" and not on else "."
        for of_day, on in zip(meant, ran, strict=True)
    )
    moves = re.sub("lr|rl", "><", marks)
    return [
        of_day if move == mark else "run" if mark == "r" else None
        for of_day, mark, move in zip(meant, marks, moves, strict=True)
    ]


def _of_asks(world: World, nights: int, seed: int) -> pl.DataFrame:
    """Someone who means to run every day, by asks.md 4.2: running and mood each AR(1) .7, whole points 1 to 10.

    A standard deviation of mood is 1.5 points; a fifth of evenings is missing. On weekends `weekend` standard
    deviations are added to both.
    """
    chance = np.random.default_rng(seed)
    running, mood = np.zeros((2, nights))
    for series in (running, mood):
        series[0] = chance.normal()
        for night in range(1, nights):
            series[night] = 0.7 * series[night - 1] + np.sqrt(0.51) * chance.normal()
    weekend = world.people.get("weekend", 0.0) * (np.arange(nights) % 7 >= 5)
    run = running + weekend > 0
    points = np.clip(np.round(6 + 1.5 * (mood + weekend) + world.people.get("lift", 0.0) * run), 1, 10)
    points[chance.random(nights) < 0.2] = np.nan
    return frame(np.where(run, "planned_run", "missed_run"), points, np.full(nights, np.nan))


def frame(
    kind: np.ndarray,
    evening: np.ndarray,
    morning: np.ndarray,
    apart: np.ndarray | None = None,
    source: np.ndarray | None = None,
) -> pl.DataFrame:
    """A dense frame of DAYS from a Monday on; nan is unsaid."""
    night = [MONDAY + dt.timedelta(days=number) for number in range(len(kind))]
    said = {
        "local_date": night,
        "weekday": [date.isoweekday() for date in night],
        "day_kind": kind.tolist(),
        "mood_evening": np.clip(evening, 0, 10),
        "mood_morning": np.clip(morning, 0, 10),
        "excluded": np.zeros(len(kind), dtype=bool) if apart is None else apart,
        "mood_evening_source": ["hand"] * len(kind) if source is None else source.tolist(),
    }
    days = pl.DataFrame(said).with_columns(pl.col("mood_evening", "mood_morning").fill_nan(None))
    return DAYS.check(pl.concat([DAYS.empty(), days], how="diagonal"))
