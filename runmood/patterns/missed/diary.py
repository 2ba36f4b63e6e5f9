"""What is known by every night: the day's plan and what came of it, the moods that count, and how many of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Counts = NDArray[np.int64]
    Numbers = NDArray[np.float64]

PLANNED_DAYS = {"run_days": "planned run", "missed_days": "missed run", "rest_days": "planned rest"}
OTHER_DAYS = {"ran_otherwise": ("unplanned run", "run on rest", "partly met"), "no_plan_no_run": ("no run",)}
MORNINGS = 0.6  # share of rated days with a morning's mood from which mornings are held equal
OWN_SCALE = ("hand", "web")  # both ask the same question; every import has a scale of its own


@dataclass(frozen=True, slots=True)
class Diary:
    """One entry a night.

    `kinds` by the names of PLANNED_DAYS and OTHER_DAYS; a day set apart is none of them. The others only tell of
    memory and weekdays.
    """

    nights: pl.Series
    weekday: Counts
    kinds: dict[str, Flags]
    evening: Numbers  # nan where unsaid, said late, on days set apart or unknown
    morning: Numbers  # likewise
    sources: dict[str, Flags]  # evenings by the import they came with, in order of appearance

    @property
    def rated(self) -> Flags:
        """Days that count: with a plan, and a mood said in time."""
        planned = np.logical_or.reduce([self.kinds[name] for name in PLANNED_DAYS])
        return np.asarray(planned & ~np.isnan(self.evening))

    def counts(self) -> dict[str, Counts]:
        """Days so far, and rated days so far of each kind that was planned."""
        counts = {name: np.cumsum(self.kinds[name] & self.rated, dtype=np.int64) for name in PLANNED_DAYS}
        return {"days": np.arange(1, len(self.evening) + 1), **counts}

    def answered(self, name: str) -> Numbers:
        """The share of days of a kind so far whose mood counts; nan before the first such day."""
        days = self.kinds[name]
        with np.errstate(invalid="ignore"):
            return np.cumsum(days & self.rated) / np.cumsum(days)

    def rest_and_run_by_weekday(self) -> tuple[Counts, Counts]:
        """Rated rests and rated planned runs so far, nights x weekdays."""
        on = (self.weekday[:, np.newaxis] == np.arange(1, 8)) & self.rated[:, np.newaxis]
        rest = self.kinds["rest_days"][:, np.newaxis]
        return np.cumsum(on & rest, axis=0), np.cumsum(on & ~rest, axis=0)

    def missed_beside_runs(self) -> Numbers:
        """The share of rated missed days so far that have a rated run of the same weekday to stand beside."""
        on = (self.weekday[:, np.newaxis] == np.arange(1, 8)) & self.rated[:, np.newaxis]
        missed, run = (np.cumsum(on & self.kinds[name][:, np.newaxis], axis=0) for name in ("missed_days", "run_days"))
        return np.asarray(np.minimum(missed, run).sum(axis=1) / np.maximum(missed.sum(axis=1), 1))

    def mornings(self) -> Flags:
        """Whether enough rated days so far have a morning's mood to hold it equal."""
        with_morning = np.cumsum(self.rated & ~np.isnan(self.morning))
        return np.asarray(with_morning >= MORNINGS * np.maximum(np.cumsum(self.rated), 1))


def diary_of(days: pl.DataFrame) -> Diary:
    """The diary of dense days, in order."""
    apart = pl.col("set_apart").fill_null(value=False)
    late = pl.col("mood_evening_late").fill_null(value=False)
    named = {name: (kind,) for name, kind in PLANNED_DAYS.items()} | OTHER_DAYS
    kinds = {name: pl.col("day_kind").is_in(those) & ~apart for name, those in named.items()}
    counts = pl.any_horizontal(kinds.values())
    evening, morning = pl.when(counts & ~late).then("mood_evening"), pl.when(counts).then("mood_morning")
    source = pl.when(~pl.col("mood_evening_source").is_in(OWN_SCALE)).then("mood_evening_source")
    table = days.select("local_date", "weekday", **kinds, evening=evening, morning=morning, source=source)
    imports = table["source"].drop_nulls().unique(maintain_order=True)
    return Diary(
        nights=table["local_date"],
        weekday=table["weekday"].to_numpy(),
        kinds={name: table[name].to_numpy() for name in kinds},
        evening=table["evening"].fill_null(np.nan).to_numpy(),
        morning=table["morning"].fill_null(np.nan).to_numpy(),
        sources={name: (table["source"] == name).fill_null(value=False).to_numpy() for name in imports},
    )
