"""What is known by every night: the day's plan and what came of it, the mood that counts, and how many of each."""

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
MORNINGS = 0.6  # share of rated days with a morning's mood from which it is held equal
HALF_A_YEAR = 180  # days; the unit of the trend
# Columns of the regression: constant, trend, Tuesday to Sunday, rest, missed, then the morning's two.
REST, MISSED, MORNING, COLUMNS = 8, 9, 10, 12


@dataclass(frozen=True, slots=True)
class Diary:
    """One entry a night. `kinds` by the names of PLANNED_DAYS; a day set apart is none of them."""

    nights: pl.Series
    weekday: Counts
    kinds: dict[str, Flags]
    mood: Numbers  # nan on days without a plan, unsaid, said late
    morning: Numbers  # nan where unsaid

    @property
    def rated(self) -> Flags:
        """Days that count: with a plan, and a mood said in time."""
        return ~np.isnan(self.mood)

    def counts(self) -> dict[str, Counts]:
        """Days so far, and rated days so far of each kind."""
        counts = {name: np.cumsum(days & self.rated, dtype=np.int64) for name, days in self.kinds.items()}
        return {"days": np.arange(1, len(self.mood) + 1), **counts}

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

    def mornings(self) -> Flags:
        """Whether enough rated days so far have a morning's mood to hold it equal."""
        with_morning = np.cumsum(self.rated & ~np.isnan(self.morning))
        return with_morning >= MORNINGS * np.maximum(np.cumsum(self.rated), 1)

    def design(self) -> Numbers:
        """The columns of the regression, nights x COLUMNS.

        A morning unsaid stands as zero with a column of its own, which fits the same as the mean in its place: the
        evening is kept for everything but the morning's slope. The trend does not depend on how long the diary is.
        """
        day = np.arange(len(self.mood))
        unsaid = np.isnan(self.morning)
        columns = (
            np.ones(len(day)),
            (day - HALF_A_YEAR / 2) / HALF_A_YEAR,
            *(self.weekday == weekday for weekday in range(2, 8)),
            self.kinds["rest_days"],
            self.kinds["missed_days"],
            np.where(unsaid, 0.0, self.morning),
            unsaid,
        )
        return np.column_stack(columns).astype(np.float64)


def diary_of(days: pl.DataFrame) -> Diary:
    """The diary of dense days."""
    apart = pl.col("set_apart").fill_null(value=False)
    late = pl.col("mood_evening_late").fill_null(value=False)
    kinds = {name: ((pl.col("day_kind") == kind) & ~apart) for name, kind in PLANNED_DAYS.items()}
    mood = pl.when(pl.any_horizontal(kinds.values()) & ~late).then("mood_evening")
    table = days.select("local_date", "weekday", **kinds, mood=mood, morning="mood_morning")
    return Diary(
        nights=table["local_date"],
        weekday=table["weekday"].to_numpy(),
        kinds={name: table[name].to_numpy() for name in PLANNED_DAYS},
        mood=table["mood"].fill_null(np.nan).to_numpy(),
        morning=table["morning"].fill_null(np.nan).to_numpy(),
    )
