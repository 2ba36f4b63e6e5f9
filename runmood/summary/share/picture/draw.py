"""A course as shapes: mood and energy above, a lane of marks for each kind of day below."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from runmood.summary.share.picture.shapes import Bar, Dot, Label, Line
from runmood.summary.words.phrases import counted, month_short

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from runmood.summary.share.picture.shapes import Shape
    from runmood.summary.share.picture.steps import Course, Step

WIDTH = 182.0
LEFT, RIGHT, TOP = 31.0, 16.0, 6.0
LANE, AXIS = 4.4, 5.0  # how high a lane is, and the names of days below it all
SCALE = {0: "0 very bad", 5: "5", 10: "10 very good"}
DAY_ROOM, NAME_ROOM = 13.0, 11.0  # between names of days, of months and years
WIDEST = 9.0  # a step, where there are few
LIFT = 0.9  # by which a label's letters stand below their middle
NOT_RATED = "No evening was rated."


@dataclass(frozen=True, slots=True)
class Place:
    """Where things stand in a picture of a height."""

    course: Course
    height: float

    @property
    def step(self) -> float:
        """How wide a step is."""
        return min(WIDEST, (WIDTH - LEFT - RIGHT) / len(self.course.steps))

    @property
    def bottom(self) -> float:
        """Where a mood of 0 stands."""
        return self.height - AXIS - LANE * len(self.course.lanes) - 2.0

    def x(self, number: int) -> float:
        """The middle of a step."""
        return round(LEFT + (number + 0.5) * self.step, 2)

    def y(self, mood: float) -> float:
        """How far down a mood stands."""
        return round(self.bottom - mood / 10 * (self.bottom - TOP), 2)

    def lane(self, number: int) -> float:
        """The middle of a lane."""
        return round(self.bottom + 2.0 + (number + 0.5) * LANE, 2)


def draw(course: Course, height: float) -> tuple[Shape, ...]:
    """The picture, 182 mm wide, in the order in which it is drawn."""
    place = Place(course, height)
    return (*_scale(place), *_moods(place), *_lanes(place), *_dates(place), *_key(place))


def _scale(place: Place) -> Iterator[Shape]:
    for mood, words in SCALE.items():
        y = place.y(mood)
        yield Line(((LEFT, y), (WIDTH - RIGHT, y)), "line", 0.2)
        yield Label(LEFT - 2, y + LIFT, words, "end")
    if not place.course.rated:
        yield Label((LEFT + WIDTH - RIGHT) / 2, place.y(5) - 1.5, NOT_RATED, "middle")


def _moods(place: Place) -> Iterator[Shape]:
    steps = place.course.steps
    for run in _unbroken([step.energy_line for step in steps]):
        yield _stroke(place, run, "energy_line")
    for number, step in enumerate(steps):
        if step.mood is not None and (place.course.pace == "day" or _alone(steps, number)):
            yield Dot(place.x(number), place.y(step.mood), 0.5, "accent")
    for run in _unbroken([step.mood_line for step in steps]):
        yield _stroke(place, run, "mood_line")


def _alone(steps: tuple[Step, ...], number: int) -> bool:
    """Whether a step has no rated neighbour, so that no line goes through it."""
    beside = steps[max(0, number - 1) : number] + steps[number + 1 : number + 2]
    return all(step.mood is None for step in beside)


def _unbroken(values: list[float | None]) -> list[range]:
    """The stretches of two steps and more without a gap."""
    gaps = [-1, *(number for number, value in enumerate(values) if value is None), len(values)]
    stretches = (range(before + 1, after) for before, after in pairwise(gaps))
    return [stretch for stretch in stretches if len(stretch) > 1]


def _stroke(place: Place, run: range, name: str) -> Line:
    points = tuple((place.x(number), place.y(getattr(place.course.steps[number], name))) for number in run)
    return Line(points, "accent", 0.6) if name == "mood_line" else Line(points, "soft", 0.35, (1.2, 0.9))


def _lanes(place: Place) -> Iterator[Shape]:
    for number, (name, count) in enumerate(place.course.lanes):
        y = place.lane(number)
        yield Label(LEFT - 2, y + LIFT, name, "end", "ink")
        yield Label(WIDTH - RIGHT + 2, y + LIFT, counted(count, "day"), tone="ink")
        yield Line(((LEFT, y + LANE / 2), (WIDTH - RIGHT, y + LANE / 2)), "line", 0.15)
        for at, step in enumerate(place.course.steps):
            if step.lanes[number]:
                yield from _mark(place, name, at, step.lanes[number] / step.days)


def _mark(place: Place, name: str, at: int, share: float) -> Iterator[Shape]:
    """A mark of its own for each kind of day; in longer steps, a bar as high as the share of such days."""
    lane = next(number for number, (lane, _) in enumerate(place.course.lanes) if lane == name)
    x, y = place.x(at), place.lane(lane)
    if place.course.pace != "day":
        high, wide = (LANE - 0.8) * share, place.step * 0.8
        yield Bar(round(x - wide / 2, 2), round(y + LANE / 2 - high, 2), round(wide, 2), round(high, 2), "ink")
        return
    half = round(min(0.75, place.step * 0.42), 2)
    if name in ("Runs", "Planned rest"):
        yield Dot(x, y, half, "ink", hollow=name == "Planned rest")
    elif name == "Planned run missed":
        yield Line(((x - half, y - half), (x + half, y + half)), "ink", 0.3)
        yield Line(((x - half, y + half), (x + half, y - half)), "ink", 0.3)
    elif name == "Ill or injured":
        yield Bar(round(x - place.step / 2, 2), y - 0.9, round(place.step, 2), 1.8, "soft")
    else:
        yield Line(((x - half, y), (x + half, y)), "soft", 0.3)


def _dates(place: Place) -> Iterator[Shape]:
    """Names of Mondays, months or years below, as far as there is room."""
    last = -100.0
    steps = place.course.steps
    room = DAY_ROOM if place.course.pace == "day" else NAME_ROOM
    for number, step in enumerate(steps):
        words = _name(step.start, steps[number - 1].start if number else None, place.course.pace)
        x = place.x(number)
        if words and x - last >= room and x < WIDTH - RIGHT - 3:
            last = x
            yield Line(((x, place.height - AXIS), (x, place.height - AXIS + 1)), "soft", 0.2)
            yield Label(x, place.height - 0.8, words, "middle")


def _name(start: dt.date, before: dt.date | None, pace: str) -> str:
    """What to call a step below it; empty for those between."""
    if pace == "day":
        return f"{start.day} {month_short(start)}" if not before or not start.weekday() else ""
    if before and (start.year, start.month if pace == "week" else 0) == (
        before.year,
        before.month if pace == "week" else 0,
    ):
        return ""
    return str(start.year) if pace == "month" or (before and start.year != before.year) else month_short(start)


def _key(place: Place) -> Iterator[Shape]:
    """What the two lines are."""
    if not place.course.rated:
        return
    yield Line(((LEFT, 2.0), (LEFT + 7, 2.0)), "accent", 0.6)
    yield Label(LEFT + 8.5, 2.0 + LIFT, "mood in the evening", tone="ink")
    if any(step.energy is not None for step in place.course.steps):
        yield Line(((LEFT + 45, 2.0), (LEFT + 52, 2.0)), "soft", 0.35, (1.2, 0.9))
        yield Label(LEFT + 53.5, 2.0 + LIFT, "energy in the evening (0 none, 10 full)", tone="ink")
