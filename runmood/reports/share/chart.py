"""Draw the picture of a shared page in millimetres, and count its days in steps. It reads in greys too."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import polars as pl

from runmood.core.enums import DayKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from typing import Any

    from runmood.core.i18n import Translator


Tone = Literal["ink", "soft", "line", "accent"]
Anchor = Literal["start", "middle", "end"]
TONES: dict[Tone, str] = {"ink": "#2c2925", "soft": "#665f55", "line": "#ddd3c3", "accent": "#17646a"}
LETTERS = 2.55  # how high the letters of a label are
WIDTH = 182.0
LEFT, RIGHT, TOP = 31.0, 16.0, 6.0
LANE, AXIS = 4.4, 5.0  # how high a lane is, and the names of days below it all
DAY_ROOM, NAME_ROOM = 13.0, 11.0  # between names of days, of months and years
WIDEST = 9.0  # a step, where there are few
LIFT = 0.9  # by which a label's letters stand below their middle
Pace = Literal["day", "week", "month"]
LONGEST: dict[Pace, int] = {"day": 100, "week": 800}  # days; a longer period goes by the next longer step
AROUND, FEWEST = 7, 3  # days that a line's point is the mean of, and how many of them need a figure
RUN_KINDS = (DayKind.PLANNED_RUN, DayKind.PARTLY_MET, DayKind.UNPLANNED_RUN, DayKind.RUN_ON_REST)
LANES = {
    "runs": pl.col("day_kind").is_in(RUN_KINDS),
    "rest": pl.col("day_kind") == DayKind.PLANNED_REST,
    "missed": pl.col("day_kind") == DayKind.MISSED_RUN,
    "ill": pl.col("day_kind") == DayKind.ILL_OR_INJURED,
    "away": pl.col("day_kind") == DayKind.AWAY,
    "unknown": pl.col("day_kind") == DayKind.UNKNOWN.value,
}
EVERY: dict[Pace, str] = {"day": "1d", "week": "1w", "month": "1mo"}
MOODS = {"mood": "mood_evening", "energy": "energy_evening"}


@dataclass(frozen=True, slots=True)
class Line:
    """A stroke through points; `dashes` are the lengths of dash and gap."""

    points: tuple[tuple[float, float], ...]
    tone: Tone
    width: float
    dashes: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    """A disc, or a ring where it is hollow."""

    x: float
    y: float
    radius: float
    tone: Tone
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    tone: Tone


@dataclass(frozen=True, slots=True)
class Label:
    """Words on a base line at y, beginning, centred or ending at x."""

    x: float
    y: float
    words: str
    anchor: Anchor = "start"
    tone: Tone = "soft"


@dataclass(frozen=True, slots=True)
class PlotArea:
    """Where things stand in a picture of a height (mm), and what they are called."""

    say: Translator
    course: DaySeries
    height: float

    @property
    def step(self) -> float:
        """Return the width of a step."""
        return min(WIDEST, (WIDTH - LEFT - RIGHT) / len(self.course.steps))

    @property
    def bottom(self) -> float:
        """Return the height at which a mood of 0 stands."""
        return self.height - AXIS - LANE * len(self.course.lanes) - 2.0

    def x(self, number: int) -> float:
        """Return the middle of a step."""
        return round(LEFT + (number + 0.5) * self.step, 2)

    def y(self, mood: float) -> float:
        """Return how far down a mood stands."""
        return round(self.bottom - mood / 10 * (self.bottom - TOP), 2)

    def lane(self, number: int) -> float:
        """Return the middle of a lane."""
        return round(self.bottom + 2.0 + (number + 0.5) * LANE, 2)


@dataclass(frozen=True, slots=True)
class Step:
    """A day, or the days of a week or month: mean ratings, points of the lines, and days in each lane."""

    start: dt.date
    days: int
    mood: float | None
    energy: float | None
    mood_line: float | None
    energy_line: float | None
    lanes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DaySeries:
    """The steps of a period in order; `lanes` are the rows of marks, with the days in each."""

    pace: Pace
    steps: tuple[Step, ...]
    lanes: tuple[tuple[str, int], ...]

    @property
    def rated(self) -> bool:
        """Return whether any evening is rated."""
        return any(step.mood is not None for step in self.steps)


Shape = Line | Dot | Bar | Label


def draw(say: Translator, course: DaySeries, height: float) -> tuple[Shape, ...]:
    """Return the shapes of the picture, 182 mm wide, in the order in which they are drawn."""
    plot = PlotArea(say, course, height)
    return (*_scale(plot), *_moods(plot), *_lanes(plot), *_dates(plot), *_key(plot))


def _scale(plot: PlotArea) -> Iterator[Shape]:
    names = {0: plot.say("shared.picture.lowest"), 5: plot.say.whole(5), 10: plot.say("shared.picture.highest")}
    for mood, words in names.items():
        y = plot.y(mood)
        yield Line(((LEFT, y), (WIDTH - RIGHT, y)), "line", 0.2)
        yield Label(LEFT - 2, y + LIFT, words, "end")
    if not plot.course.rated:
        yield Label((LEFT + WIDTH - RIGHT) / 2, plot.y(5) - 1.5, plot.say("shared.felt.nothing"), "middle")


def _moods(plot: PlotArea) -> Iterator[Shape]:
    steps = plot.course.steps
    for run in _unbroken([step.energy_line for step in steps]):
        yield _stroke(plot, run, "energy_line")
    for number, step in enumerate(steps):
        if step.mood is not None and (plot.course.pace == "day" or _alone(steps, number)):
            yield Dot(plot.x(number), plot.y(step.mood), 0.5, "accent")
    for run in _unbroken([step.mood_line for step in steps]):
        yield _stroke(plot, run, "mood_line")


def _alone(steps: tuple[Step, ...], number: int) -> bool:
    """Return whether a step has no rated neighbour, so that no line goes through it."""
    beside = steps[max(0, number - 1) : number] + steps[number + 1 : number + 2]
    return all(step.mood is None for step in beside)


def _unbroken(values: list[float | None]) -> list[range]:
    """Return the stretches of two steps and more without a gap."""
    gaps = [-1, *(number for number, value in enumerate(values) if value is None), len(values)]
    stretches = (range(before + 1, after) for before, after in pairwise(gaps))
    return [stretch for stretch in stretches if len(stretch) > 1]


def _stroke(plot: PlotArea, run: range, name: str) -> Line:
    points = tuple((plot.x(number), plot.y(getattr(plot.course.steps[number], name))) for number in run)
    return Line(points, "accent", 0.6) if name == "mood_line" else Line(points, "soft", 0.35, (1.2, 0.9))


def _lanes(plot: PlotArea) -> Iterator[Shape]:
    for number, (lane, count) in enumerate(plot.course.lanes):
        y = plot.lane(number)
        yield Label(LEFT - 2, y + LIFT, plot.say(f"shared.lane.{lane}"), "end", "ink")
        yield Label(WIDTH - RIGHT + 2, y + LIFT, plot.say("shared.picture.days", days=count), tone="ink")
        yield Line(((LEFT, y + LANE / 2), (WIDTH - RIGHT, y + LANE / 2)), "line", 0.15)
        for at, step in enumerate(plot.course.steps):
            if step.lanes[number]:
                yield from _mark(plot, number, at, step.lanes[number] / step.days)


def _mark(plot: PlotArea, number: int, at: int, share: float) -> Iterator[Shape]:
    """Yield a mark of its own for each kind of day; in longer steps, a bar as high as the share of such days."""
    lane, _ = plot.course.lanes[number]
    x, y = plot.x(at), plot.lane(number)
    if plot.course.pace != "day":
        high, wide = (LANE - 0.8) * share, plot.step * 0.8
        yield Bar(round(x - wide / 2, 2), round(y + LANE / 2 - high, 2), round(wide, 2), round(high, 2), "ink")
        return
    half = round(min(0.75, plot.step * 0.42), 2)
    if lane in ("runs", "rest"):
        yield Dot(x, y, half, "ink", hollow=lane == "rest")
    elif lane == "missed":
        yield Line(((x - half, y - half), (x + half, y + half)), "ink", 0.3)
        yield Line(((x - half, y + half), (x + half, y - half)), "ink", 0.3)
    elif lane in ("ill", "away"):
        yield Bar(round(x - plot.step / 2, 2), y - 0.9, round(plot.step, 2), 1.8, "soft" if lane == "ill" else "line")
    else:
        yield Line(((x - half, y), (x + half, y)), "soft", 0.3)


def _dates(plot: PlotArea) -> Iterator[Shape]:
    """Yield the names of Mondays, months or years, as far as there is room."""
    last = -100.0
    steps = plot.course.steps
    room = DAY_ROOM if plot.course.pace == "day" else NAME_ROOM
    for number, step in enumerate(steps):
        words = _name(plot, step.start, steps[number - 1].start if number else None)
        x = plot.x(number)
        if words and x - last >= room and x < WIDTH - RIGHT - 3:
            last = x
            yield Line(((x, plot.height - AXIS), (x, plot.height - AXIS + 1)), "soft", 0.2)
            yield Label(x, plot.height - 0.8, words, "middle")


def _name(plot: PlotArea, start: dt.date, before: dt.date | None) -> str:
    """Return the label below a step; empty for those between."""
    say, pace = plot.say, plot.course.pace
    if pace == "day":
        monday = not before or not start.weekday()
        return say("shared.picture.date", day=str(start.day), month=say.month_short(start)) if monday else ""
    new_year = before is not None and start.year != before.year
    if before and not new_year and (pace == "month" or start.month == before.month):
        return ""
    return str(start.year) if pace == "month" or new_year else say.month_short(start)


def _key(plot: PlotArea) -> Iterator[Shape]:
    """Yield the legend of the two lines."""
    if not plot.course.rated:
        return
    yield Line(((LEFT, 2.0), (LEFT + 7, 2.0)), "accent", 0.6)
    yield Label(LEFT + 8.5, 2.0 + LIFT, plot.say("shared.picture.mood"), tone="ink")
    if any(step.energy is not None for step in plot.course.steps):
        yield Line(((LEFT + 45, 2.0), (LEFT + 52, 2.0)), "soft", 0.35, (1.2, 0.9))
        yield Label(LEFT + 53.5, 2.0 + LIFT, plot.say("shared.picture.energy"), tone="ink")


def dense(days: pl.DataFrame, first: dt.date, last: dt.date) -> pl.DataFrame:
    """Return every day of the period; those without notes are unknown."""
    dates = pl.DataFrame({"local_date": pl.date_range(first, last, eager=True)})
    return dates.join(days, on="local_date", how="left").with_columns(
        pl.col("day_kind").fill_null(DayKind.UNKNOWN.value)
    )


def pace_of(days: pl.DataFrame) -> Pace:
    """Return the length of a step that suits so many days."""
    return next((pace for pace, most in LONGEST.items() if days.height <= most), "month")


def course_of(days: pl.DataFrame, pace: Pace) -> DaySeries:
    """Group dense days into steps; a lane without a day is left out, but for runs, rest and missed."""
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
    return DaySeries(pace, tuple(_step(row, names, pace) for row in grouped.iter_rows(named=True)), lanes)


def _lined(days: pl.DataFrame) -> pl.DataFrame:
    """Add the mean of the seven days around each; null where fewer than three of them are rated."""
    return days.with_columns(
        pl.col(column).rolling_mean(AROUND, min_samples=FEWEST, center=True).alias(f"{name}_line")
        for name, column in MOODS.items()
    )


def _step(row: dict[str, Any], lanes: list[str], pace: Pace) -> Step:
    """Return one row as a step; the lines of weeks and months go through their own means."""
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
