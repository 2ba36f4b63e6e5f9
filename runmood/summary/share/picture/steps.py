"""The period in steps of a day, a week or a month: how each felt and what it held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

if TYPE_CHECKING:
    import datetime as dt
    from typing import Any

Pace = Literal["day", "week", "month"]
LONGEST: dict[Pace, int] = {"day": 100, "week": 800}  # days; a longer period goes by the next longer step
AROUND, FEWEST = 7, 3  # days that a line's point is the mean of, and how many of them need a figure
RUN_KINDS = ("planned run", "partly met", "unplanned run", "run on rest")
LANES = {
    "runs": pl.col("day_kind").is_in(RUN_KINDS),
    "rest": pl.col("day_kind") == "planned rest",
    "missed": pl.col("day_kind") == "missed run",
    "ill": pl.col("tags").list.set_intersection(["ill", "injured"]).list.len().fill_null(0) > 0,
    "unknown": pl.col("day_kind") == "unknown",
}
EVERY: dict[Pace, str] = {"day": "1d", "week": "1w", "month": "1mo"}
MOODS = {"mood": "mood_evening", "energy": "energy_evening"}


@dataclass(frozen=True, slots=True)
class Step:
    """A day, or the days of a week or month: means of its evenings, points of the lines, and days in each lane."""

    start: dt.date
    days: int
    mood: float | None
    energy: float | None
    mood_line: float | None
    energy_line: float | None
    lanes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """The steps of a period in order; `lanes` are the rows of marks, with the days in each."""

    pace: Pace
    steps: tuple[Step, ...]
    lanes: tuple[tuple[str, int], ...]

    @property
    def rated(self) -> bool:
        """Whether any evening was."""
        return any(step.mood is not None for step in self.steps)


def dense(days: pl.DataFrame, first: dt.date, last: dt.date) -> pl.DataFrame:
    """Every day of the period; those without notes are unknown."""
    dates = pl.DataFrame({"local_date": pl.date_range(first, last, eager=True)})
    return dates.join(days, on="local_date", how="left").with_columns(pl.col("day_kind").fill_null("unknown"))


def pace_of(days: pl.DataFrame) -> Pace:
    """As long a step as suits so many days."""
    return next((pace for pace, most in LONGEST.items() if days.height <= most), "month")


def course_of(days: pl.DataFrame, pace: Pace) -> Course:
    """The steps of dense days; a lane without a day is left out, but for runs, rest and missed."""
    marked = days.select("local_date", *MOODS.values(), **LANES)
    totals = {lane: int(marked[lane].sum()) for lane in LANES}
    lanes = tuple((lane, count) for number, (lane, count) in enumerate(totals.items()) if count or number < 3)  # noqa: PLR2004 - see above
    names = [lane for lane, _ in lanes]
    lined = _lined(marked) if pace == "day" else marked.with_columns(mood_line=pl.lit(None), energy_line=pl.lit(None))
    grouped = lined.group_by_dynamic("local_date", every=EVERY[pace], start_by="window").agg(
        pl.len().alias("days"),
        *(pl.col(column).mean().alias(name) for name, column in MOODS.items()),
        *(pl.col(f"{name}_line").first() for name in MOODS),
        *(pl.col(name).sum() for name in names),
    )
    return Course(pace, tuple(_step(row, names, pace) for row in grouped.iter_rows(named=True)), lanes)


def _lined(days: pl.DataFrame) -> pl.DataFrame:
    """The mean of the seven days around each; null where fewer than three of them are rated."""
    return days.with_columns(
        pl.col(column).rolling_mean(AROUND, min_samples=FEWEST, center=True).alias(f"{name}_line")
        for name, column in MOODS.items()
    )


def _step(row: dict[str, Any], lanes: list[str], pace: Pace) -> Step:
    """One row as a step; weeks and months have their own means as points of the lines."""
    lines = {name: row[f"{name}_line" if pace == "day" else name] for name in MOODS}
    return Step(
        start=row["local_date"],
        days=row["days"],
        mood=row["mood"],
        energy=row["energy"],
        mood_line=lines["mood"],
        energy_line=lines["energy"],
        lanes=tuple(row[lane] for lane in lanes),
    )
