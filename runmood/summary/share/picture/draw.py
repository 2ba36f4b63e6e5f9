"""A course as shapes: mood and energy above, a lane of marks for each kind of day below."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from runmood.summary.share.picture.shapes import Bar, Dot, Label, Line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from runmood.summary.share.picture.shapes import Shape
    from runmood.summary.share.picture.steps import Course, Step
    from runmood.terms.speech import Speech

WIDTH = 182.0
LEFT, RIGHT, TOP = 31.0, 16.0, 6.0
LANE, AXIS = 4.4, 5.0  # how high a lane is, and the names of days below it all
DAY_ROOM, NAME_ROOM = 13.0, 11.0  # between names of days, of months and years
WIDEST = 9.0  # a step, where there are few
LIFT = 0.9  # by which a label's letters stand below their middle


@dataclass(frozen=True, slots=True)
class Place:
    """Where things stand in a picture of a height, and how they are called."""

    say: Speech
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


def draw(say: Speech, course: Course, height: float) -> tuple[Shape, ...]:
    """The picture, 182 mm wide, in the order in which it is drawn."""
    place = Place(say, course, height)
    return (*_scale(place), *_moods(place), *_lanes(place), *_dates(place), *_key(place))


def _scale(place: Place) -> Iterator[Shape]:
    names = {0: place.say("shared.picture.lowest"), 5: place.say.whole(5), 10: place.say("shared.picture.highest")}
    for mood, words in names.items():
        y = place.y(mood)
        yield Line(((LEFT, y), (WIDTH - RIGHT, y)), "line", 0.2)
        yield Label(LEFT - 2, y + LIFT, words, "end")
    if not place.course.rated:
        yield Label((LEFT + WIDTH - RIGHT) / 2, place.y(5) - 1.5, place.say("shared.felt.nothing"), "middle")


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
    for number, (lane, count) in enumerate(place.course.lanes):
        y = place.lane(number)
        yield Label(LEFT - 2, y + LIFT, place.say(f"shared.lane.{lane}"), "end", "ink")
        yield Label(WIDTH - RIGHT + 2, y + LIFT, place.say("shared.picture.days", days=count), tone="ink")
        yield Line(((LEFT, y + LANE / 2), (WIDTH - RIGHT, y + LANE / 2)), "line", 0.15)
        for at, step in enumerate(place.course.steps):
            if step.lanes[number]:
                yield from _mark(place, number, at, step.lanes[number] / step.days)


def _mark(place: Place, number: int, at: int, share: float) -> Iterator[Shape]:
    """A mark of its own for each kind of day; in longer steps, a bar as high as the share of such days."""
    lane, _ = place.course.lanes[number]
    x, y = place.x(at), place.lane(number)
    if place.course.pace != "day":
        high, wide = (LANE - 0.8) * share, place.step * 0.8
        yield Bar(round(x - wide / 2, 2), round(y + LANE / 2 - high, 2), round(wide, 2), round(high, 2), "ink")
        return
    half = round(min(0.75, place.step * 0.42), 2)
    if lane in ("runs", "rest"):
        yield Dot(x, y, half, "ink", hollow=lane == "rest")
    elif lane == "missed":
        yield Line(((x - half, y - half), (x + half, y + half)), "ink", 0.3)
        yield Line(((x - half, y + half), (x + half, y - half)), "ink", 0.3)
    elif lane == "ill":
        yield Bar(round(x - place.step / 2, 2), y - 0.9, round(place.step, 2), 1.8, "soft")
    else:
        yield Line(((x - half, y), (x + half, y)), "soft", 0.3)


def _dates(place: Place) -> Iterator[Shape]:
    """Names of Mondays, months or years below, as far as there is room."""
    last = -100.0
    steps = place.course.steps
    room = DAY_ROOM if place.course.pace == "day" else NAME_ROOM
    for number, step in enumerate(steps):
        words = _name(place, step.start, steps[number - 1].start if number else None)
        x = place.x(number)
        if words and x - last >= room and x < WIDTH - RIGHT - 3:
            last = x
            yield Line(((x, place.height - AXIS), (x, place.height - AXIS + 1)), "soft", 0.2)
            yield Label(x, place.height - 0.8, words, "middle")


def _name(place: Place, start: dt.date, before: dt.date | None) -> str:
    """What to call a step below it; empty for those between."""
    say, pace = place.say, place.course.pace
    if pace == "day":
        monday = not before or not start.weekday()
        return say("shared.picture.date", day=str(start.day), month=say.month_short(start)) if monday else ""
    new_year = before is not None and start.year != before.year
    if before and not new_year and (pace == "month" or start.month == before.month):
        return ""
    return str(start.year) if pace == "month" or new_year else say.month_short(start)


def _key(place: Place) -> Iterator[Shape]:
    """What the two lines are."""
    if not place.course.rated:
        return
    yield Line(((LEFT, 2.0), (LEFT + 7, 2.0)), "accent", 0.6)
    yield Label(LEFT + 8.5, 2.0 + LIFT, place.say("shared.picture.mood"), tone="ink")
    if any(step.energy is not None for step in place.course.steps):
        yield Line(((LEFT + 45, 2.0), (LEFT + 52, 2.0)), "soft", 0.35, (1.2, 0.9))
        yield Label(LEFT + 53.5, 2.0 + LIFT, place.say("shared.picture.energy"), tone="ink")
