"""Whole invented lives for `calibration_worlds.py`: plan, runs, moods by the hour, sleep, tags and helps in one person.

Mood is in units of a person's own standard deviation: what lasts (an AR(1) of .6 a day, sampled every half day, of
variance .6) and what is of the moment (variance .4). In an ordinary life nothing is linked with anything; a `World`
says what is.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from runmood.schema.tables import DAYS, RUN_MOODS, RUNS

if TYPE_CHECKING:
    from runmood.schema.types import Table

    Array = np.ndarray

MONDAY = dt.date(2024, 1, 1)
MEMORY, LASTS = 0.6, 0.6  # from day to day; share of variance that lasts
RUNS_A_WEEK, MISSED = 4 / 7, 0.25
USUALLY_SKIP = -1.1  # the logit of MISSED
TAGS = ("easy", "social", "hills", "hard", "trail", "early")
HELPS = ("rest", "friends", "music", "outdoors", "reading", "cooking", "call", "bath")
RATED, PAIRED = 0.8, 0.67  # of evenings; of runs, before and after


@dataclass(frozen=True, slots=True)
class World:
    """What is linked with what, in standard deviations and logits; the rest is as in an ordinary life.

    Attributes:
        dip: how much lower the evening of a missed run is.
        lift: how much higher mood is after a run than before it; `stays` how much higher the evening of a run is.
        sleep: what a deviation of sleep adds to the day's mood; `skips_sleep` what it takes from the logit of skipping.
        weather: the same of something that no note holds; `skips_weather`.
        busy: what a spell of three weeks in ten takes from mood; `skips_busy` what it adds to the logit of skipping.
        dawn: what a deviation of the morning's mood takes from the logit of skipping.
        silence: how much rarer the good evenings of missed days are rated (a logit a deviation, .52 in all); 0 never.
        run_hour: how much lower mood is at the hours of runs than in mornings and evenings.
        season: how far the year swings to either side.
        steps: of the scale, 11 or 5.
        mornings: whether mornings are said.
        rests: how much better the weekdays are on which rest usually falls.
        selects: whether moods around runs are rated mostly when mood is low.
        says_sleep: whether the night's sleep is rated.
        recorded: whether its frames are made by the warehouse, from check-ins, plans and runs (`recorded_lives.py`).
    """

    dip: float = 0.0
    lift: float = 0.0
    stays: float = 0.0
    sleep: float = 0.0
    skips_sleep: float = 0.0
    weather: float = 0.0
    skips_weather: float = 0.0
    busy: float = 0.0
    skips_busy: float = 0.0
    dawn: float = 0.0
    silence: float = 0.0
    run_hour: float = 0.0
    season: float = 0.0
    steps: int = 11
    mornings: bool = False
    says_sleep: bool = False
    rests: float = 0.0
    selects: bool = False
    recorded: bool = False


class Life(NamedTuple):
    """The frames that the findings are evaluated on."""

    days: pl.DataFrame
    runs: pl.DataFrame
    run_moods: pl.DataFrame


def live(world: World, nights: int, seed: int) -> Life:
    """Return one invented person's days, runs and moods around runs."""
    draw = np.random.default_rng((seed, 77))
    number = np.arange(nights)
    lasting = autoregressive(draw, 2 * nights, MEMORY**0.5) * LASTS**0.5
    moment = draw.normal(0, (1 - LASTS) ** 0.5, (4, nights))
    sleep, weather = draw.normal(size=nights), autoregressive(draw, nights, 0.5)
    busy = np.repeat(draw.random(nights // 21 + 1) < 0.3, 21)[:nights]
    weekday = draw.normal(0, 0.2, 7)[number % 7]
    planned = draw.random((nights, 1))[:, 0] < np.where(np.isin(number % 7, (1, 3, 5, 6)), 0.88, 0.16)
    shared = (
        weekday + world.season * np.sin(2 * np.pi * number / 365 + draw.uniform(0, 6.28))
        + world.sleep * sleep + world.weather * weather - world.busy * busy
        + world.rests * ~np.isin(number % 7, (1, 3, 5, 6))
    )  # fmt: skip
    morning = lasting[0::2] + shared + moment[0]
    skips = (
        USUALLY_SKIP - world.skips_sleep * sleep - world.skips_weather * weather + world.skips_busy * busy
        - world.dawn * (lasting[0::2] + moment[0])
    )  # fmt: skip
    missed = planned & (draw.random(nights) < 1 / (1 + np.exp(-skips)))
    ran = planned & ~missed
    evening = lasting[1::2] + shared + moment[1] - world.dip * missed + world.stays * ran
    around = (lasting[0::2] + lasting[1::2]) / 2 + shared - world.run_hour
    before, after = around + moment[2], around + moment[3] + world.lift
    said = draw.random(nights) < _rated(world, missed, evening)
    paired = ran & (draw.random(nights) < (np.where(before < -0.5, 0.9, 0.25) if world.selects else PAIRED))
    days = pl.DataFrame({
        "local_date": [MONDAY + dt.timedelta(days=night) for night in range(nights)],
        "weekday": number % 7 + 1,
        "day_kind": np.select([missed, ran], ["missed_run", "planned_run"], "planned_rest").tolist(),
        "planned": np.where(planned, "run", "rest").tolist(),
        "runs": ran.astype(int),
        "mood_evening": np.where(said, points(evening, world.steps), np.nan),
        "mood_morning": np.where((draw.random(nights) < RATED) & world.mornings, points(morning, world.steps), np.nan),
        "sleep": np.where((draw.random(nights) < RATED) & world.says_sleep, points(sleep, 11), np.nan),
        "mood_evening_source": ["hand"] * nights,
        **_training(draw, ran),
        "helped": _helped(draw, nights),
    })  # fmt: skip
    days = days.with_columns(energy_evening=pl.col("mood_evening") + pl.Series(draw.normal(0, 1, nights)))
    days = days.with_columns(pl.col("energy_evening").clip(0, 10))
    runs, moods = _runs(draw, days, ran, paired, points(before, world.steps), points(after, world.steps))
    return Life(filled(DAYS, days.drop("km", "felt")), runs, moods)


def autoregressive(draw: np.random.Generator, length: int, memory: float) -> Array:
    """Return an AR(1) of variance one."""
    state = draw.normal(size=length)
    shocks = np.sqrt(1 - memory**2) * state
    for place in range(1, length):
        state[place] = memory * state[place - 1] + shocks[place]
    return state


def points(deviations: Array, steps: int) -> Array:
    """Return ratings from 0 to 10: whole points around 6, 1.5 a deviation; or five steps, a deviation each."""
    if steps == 11:
        return np.clip(np.round(6 + 1.5 * deviations), 0, 10)
    return np.clip(np.round(2.2 + deviations), 0, 4) * 2.5


def _rated(world: World, missed: Array, evening: Array) -> Array:
    """Return how likely each evening is rated."""
    if not world.silence:
        return np.full(len(missed), RATED)
    return np.where(missed, 1 / (1 + np.exp(world.silence * evening - 0.1)), 0.78)


def _training(draw: np.random.Generator, ran: Array) -> dict[str, Array]:
    """Return minutes, effort, load and distance by day: three weeks that build and an easy one, breaks now and then."""
    nights = len(ran)
    number = np.arange(nights)
    build = np.array([1.0, 1.08, 1.16, 0.75])[number // 7 % 4]
    long = np.where(number % 7 == 6, 1.6, 1.0)
    minutes = np.where(ran, 48 * build * long * np.exp(0.15 * draw.normal(size=nights)), 0.0)
    effort = np.clip(np.round(4 + 1.5 * draw.normal(size=nights)), 1, 10)
    return {
        "moving_s": 60 * minutes,
        "load": minutes * effort,
        "felt": effort,
        "km": minutes / 6 * np.exp(0.05 * draw.normal(size=nights)),
    }


def _helped(draw: np.random.Generator, nights: int) -> list[list[str] | None]:
    """Return what was noted as a help, on three days in five; nothing helps any more than another."""
    often = np.array([0.5, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05])
    noted, logged = draw.random((nights, len(HELPS))) < often, draw.random(nights) < 0.6
    words = [[HELPS[place] for place in np.flatnonzero(row)] or ["nothing"] for row in noted]
    return [row if on else None for row, on in zip(words, logged, strict=True)]


def _runs(  # noqa: PLR0913, PLR0917 - what is known of each day
    draw: np.random.Generator, days: pl.DataFrame, ran: Array, paired: Array, before: Array, after: Array
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the runs, and those with a mood before and after."""
    on = np.flatnonzero(ran)
    tags = [[tag for tag, has in zip(TAGS, draw.random(len(TAGS)) < 0.3, strict=True) if has] for _ in on]
    date = [days["local_date"][int(night)] for night in on]
    noon = [dt.datetime(day.year, day.month, day.day, 17, tzinfo=dt.UTC) for day in date]
    frame = pl.DataFrame({
        "run_id": [f"run-{night}" for night in on], "recording_id": [f"run-{night}" for night in on],
        "local_date": date, "started_at": noon, "ended_at": noon, "local_clock": ["17:00"] * len(on),
        "time_zone": ["UTC"] * len(on), "distance_m": 1000 * days["km"].to_numpy()[on],
        "moving_s": days["moving_s"].to_numpy()[on], "effort": days["felt"].to_numpy()[on], "tags": tags,
        "mood_before": np.where(paired, before, np.nan)[on], "mood_after": np.where(paired, after, np.nan)[on],
    })  # fmt: skip
    return filled(RUNS, frame), filled(RUN_MOODS, frame)


def filled(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with the table's columns alone, those it lacks as null, and nan as null."""
    known = [name for name in frame.columns if name in table.schema]
    types = {name: table.schema[name] for name in known}
    plain = frame.select(known).with_columns(pl.col(pl.Float64).fill_nan(None)).cast(types)
    return table.check(pl.concat([table.empty(), plain], how="diagonal"))
