"""A life at random, for tests that need every question to have something to answer."""

from __future__ import annotations

import numpy as np
import polars as pl
from findings.frames import days_with, moods_on, runs_on

KINDS = ["planned_run", "partly_met", "missed_run", "planned_rest", "run_on_rest", "unplanned_run", "no_run", "unknown"]
RAN = {"planned_run", "partly_met", "run_on_rest", "unplanned_run"}
WORDS = ["running", "rest", "hobby", "nothing"]
TAGS = ["ill", "injured", "easy", "hard", "race", "social", "fever"]
Frames = tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]
SCORES = ["mood_evening", "mood_morning", "energy_evening", "sleep", "stress", "tiredness", "soreness", "pain"]


def life(seed: int, length: int, said: float = 0.7) -> Frames:
    """Somebody who does, says and leaves out everything at random."""
    chance = np.random.default_rng(seed)
    kinds = chance.choice(KINDS, length, p=[0.3, 0.05, 0.1, 0.25, 0.05, 0.1, 0.1, 0.05]).tolist()

    def some(draw: object) -> list[object]:
        return [value if on else None for value, on in zip(draw, chance.random(length) < said, strict=True)]

    score = {name: some(chance.integers(0, 11, length).astype(float)) for name in SCORES}
    ran = [kind in RAN for kind in kinds]
    known = [None if kind == "unknown" else on for kind, on in zip(kinds, ran, strict=True)]
    minutes = [None if on is None else on * float(chance.uniform(1200, 4000)) for on in known]
    days = days_with(
        length,
        **score,
        day_kind=kinds,
        runs=[None if on is None else int(on) for on in known],
        moving_s=minutes,
        load=[None if value is None or chance.random() < 0.1 else value / 12 for value in minutes],
        load_estimated=(chance.random(length) < 0.2).tolist(),
        distance_m=[None if value is None else 3 * value for value in minutes],
        planned_m=some(chance.uniform(3000, 9000, length)),
        tags=some([chance.choice(TAGS, 2).tolist() for _ in range(length)]),
        helped=some([chance.choice(WORDS, 2).tolist() for _ in range(length)]),
        excluded=(chance.random(length) < 0.1).tolist(),
        mood_evening_late=(chance.random(length) < 0.1).tolist(),
    )
    on = np.flatnonzero(ran).tolist()
    tags = [chance.choice(TAGS, 2).tolist() for _ in on]
    effort, after = (chance.uniform(0, 10, len(on)).tolist() for _ in "ab")
    runs = runs_on(on, effort=effort, distance_m=5000.0, tags=tags, heart_bpm=150.0, pace_s_km=330.0)
    return days, runs, moods_on(on, 5.0, after, tags=tags, effort=effort, moving_s=1800.0)
