"""Dense days, runs and moods around runs, from a few columns; what is not given is null."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import numpy as np

from runmood.findings import evaluate_all
from runmood.schema.tables import DAYS, RUN_MOODS, RUNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from runmood.schema.types import Table


MONDAY = dt.date(2025, 1, 6)


def date(number: int) -> dt.date:
    """A day, counted from Monday the 6th."""
    return MONDAY + dt.timedelta(days=number)


def days_with(length: int, **columns: object) -> pl.DataFrame:
    """So many days; a column is a value for all of them or one value a day."""
    each = {name: values if isinstance(values, list) else [values] * length for name, values in columns.items()}
    always = {"local_date": [date(number) for number in range(length)], "day_kind": ["no_run"] * length}
    weekday = {"weekday": [number % 7 + 1 for number in range(length)]}
    return of_table(DAYS, always | weekday | each)


def runs_on(days: Sequence[int], **columns: object) -> pl.DataFrame:
    """A run on each of these days, at noon."""
    noon = [dt.datetime.combine(date(number), dt.time(12), dt.UTC) for number in days]
    name = [f"run-{place}" for place in range(len(days))]
    always = {"run_id": name, "recording_id": name, "started_at": noon, "ended_at": noon}
    said = {"local_date": [date(number) for number in days], "local_clock": "12:00", "time_zone": "UTC"}
    return of_table(RUNS, spread(always | said | columns, len(days)))


def moods_on(days: Sequence[int], before: object, after: object, **columns: object) -> pl.DataFrame:
    """A run on each of these days with the mood before and after."""
    always = {"run_id": [f"run-{place}" for place in range(len(days))], "local_clock": "12:00"}
    said = {"local_date": [date(number) for number in days], "mood_before": before, "mood_after": after}
    return of_table(RUN_MOODS, spread(always | said | columns, len(days)))


def spread(columns: dict[str, object], length: int) -> dict[str, list[object]]:
    """One value a row; a value that is no list stands in every row."""
    return {name: values if isinstance(values, list) else [values] * length for name, values in columns.items()}


def of_table(table: Table, columns: dict[str, list[object]]) -> pl.DataFrame:
    """A checked frame of a table."""
    length = len(next(iter(columns.values())))
    rows = [{name: values[place] for name, values in columns.items()} for place in range(length)]
    return table.frame(rows)


def asked(
    code: str, days: pl.DataFrame, runs: pl.DataFrame | None = None, run_moods: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The answers to one question, a row a night."""
    return evaluate_all(days, RUNS.empty() if runs is None else runs, run_moods).filter(question=code).sort("night")


def states(answers: pl.DataFrame) -> str:
    """The answers as a letter a night: seen, not seen, evidence lacking, cannot be told apart."""
    letters = {
        "seen": "S",
        "not_seen": ".",
        "not_enough_evidence": "l",
        "confounded": "?",
    }
    return "".join(letters[state] for state in answers["state"])


def facts(answers: pl.DataFrame, night: int = -1) -> dict[str, object]:
    """The facts of one night."""
    return json.loads(answers["facts"][night])


def wobble(length: int, seed: int = 1, around: float = 6.0, size: float = 1.0) -> list[float]:
    """Moods around a middle, with a standard deviation, without a pattern."""
    drawn = np.random.default_rng(seed).normal(around, size, length)
    return np.clip(drawn, 0, 10).tolist()
