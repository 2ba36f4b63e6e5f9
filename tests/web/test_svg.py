"""Drawings: routes, with and without their ends, the course of a run, months."""

from __future__ import annotations

import datetime as dt
import math
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from runmood.core.i18n import translator
from runmood.schema.tables import DAYS, POINTS
from runmood.tracks.geo import M_PER_DEG
from runmood.web.svg.calendar import lay_out_month, next_month, previous_month
from runmood.web.svg.course import PIECES, Route, cut_course, draw_course, draw_route

HOME = (38.7, -9.1)
SAY = translator("en", "metric")


def points(metres: list[tuple[float, float]], segments: list[int] | None = None) -> pl.DataFrame:
    """POINTS at metres east and north of home, a second apart."""
    began = dt.datetime(2026, 11, 21, 7, tzinfo=dt.UTC)
    east = M_PER_DEG * math.cos(math.radians(HOME[0]))
    return POINTS.frame([
        {
            "sampled_at": began + dt.timedelta(seconds=number),
            "longitude_deg": HOME[1] + x / east,
            "latitude_deg": HOME[0] + y / M_PER_DEG,
            "segment": segments[number] if segments else 0,
        }
        for number, (x, y) in enumerate(metres)
    ])  # fmt: skip


NORTH_AND_BACK = [(0.0, 10.0 * min(step, 200 - step)) for step in range(201)]


def drawn(run_route: Route | None) -> Route:
    """Return a route, which must be there."""
    assert run_route is not None
    return run_route


def test_north_is_up_and_lengths_are_true() -> None:
    """100 m east and 300 m north: three times as high as wide, the end above and right of the start."""
    run_route = drawn(draw_route(points([(0, 0), (100, 300)]), None))
    ((start, end),) = run_route.lines
    assert (end[0] - start[0]) * 3 == pytest.approx(start[1] - end[1], rel=0.01)
    assert end[1] < start[1]
    assert run_route.bar / run_route.bar_m == pytest.approx((start[1] - end[1]) / 300, rel=0.01)


def test_a_gap_is_no_line() -> None:
    """Where recording was stopped and went on elsewhere nothing is drawn between."""
    run_route = drawn(draw_route(points([(0, 0), (0, 100), (500, 100), (500, 200)], [0, 0, 1, 1]), None))
    assert [len(line) for line in run_route.lines] == [2, 2]


def test_start_and_end_are_left_out() -> None:
    """Hidden, no point within the zone is drawn, neither on the way out nor on the way back, nor an end marked."""
    run_route = drawn(draw_route(points(NORTH_AND_BACK), 300))
    assert run_route.ends is None
    whole = drawn(draw_route(points([(0, 300), (0, 1000)]), None))
    assert (run_route.height, len(run_route.lines)) == (whole.height, 1)


def test_passing_the_door_again_is_left_out_too() -> None:
    """A run that passes its start in the middle has a gap there too: an untouched line would lead to the door."""
    loops = [(300 * math.sin(angle / 10), 300 - 300 * math.cos(angle / 10)) for angle in range(126)]
    run_route = drawn(draw_route(points(loops), 150))
    assert len(run_route.lines) == 2


@settings(deadline=None)
@given(zone=some.integers(50, 900), turns=some.lists(some.integers(-200, 200), min_size=20, max_size=60))
def test_nothing_hidden_can_be_seen(zone: int, turns: list[int]) -> None:
    """Whatever the route, every point that is drawn is farther than the zone from both ends."""
    metres, x = [(0.0, 0.0)], 0.0
    for step, turn in enumerate(turns):
        x += turn
        metres.append((x, 60.0 * (step + 1)))
    run_route = draw_route(points(metres), zone)
    far = [
        place for place in metres if min(math.dist(place, metres[0]), math.dist(place, metres[-1])) > zone - 0.001
    ]  # degrees are rounded
    count = sum(len(line) for line in run_route.lines) if run_route else 0
    assert count <= len(far)


@pytest.mark.parametrize("hidden", [None, 300])
def test_a_run_without_positions_has_no_route(hidden: int | None) -> None:
    """No positions, one position, standing still, or all of it within the zone: there is nothing to draw."""
    standing = points([(0, 0), (1, 1), (0, 1)])
    nowhere = standing.with_columns(latitude_deg=pl.lit(None, pl.Float64()))
    for frame in (POINTS.empty(), nowhere, standing.head(1), standing):
        assert draw_route(frame, hidden) is None
    assert draw_route(points([(0, 0), (0, 200)]), 300) is None


def test_a_route_over_the_date_line_is_one_line() -> None:
    """A run from 179.999 to -179.999 degrees east is a few hundred metres wide."""
    began = points([(0, 0), (0, 100)]).with_columns(longitude_deg=pl.Series([179.999, -179.999]))
    run_route = drawn(draw_route(began, None))
    assert run_route.bar_m <= 200


def test_many_points_are_thinned() -> None:
    """A run of ten thousand samples is drawn with no more than some five hundred, the last one among them."""
    run_route = drawn(draw_route(points([(0.0, float(step)) for step in range(10_000)]), None))
    assert sum(len(line) for line in run_route.lines) <= 502
    assert run_route.lines[0][-1] == drawn(run_route).ends[1]  # type: ignore[index]  # nothing is hidden


def climbing(metres: float = 6000.0, *, rise_m: float = 12.0) -> pl.DataFrame:
    """POINTS of a run of 300 samples, the second half faster, which climbs and has heart rate from its middle on."""
    count, began = 300, dt.datetime(2026, 11, 21, 7, tzinfo=dt.UTC)
    return POINTS.frame([
        {
            "sampled_at": began + dt.timedelta(seconds=each * (6 if each < 150 else 5)), "moving": True,
            "elapsed_s": float(each * 6 - max(each - 150, 0)), "distance_m": metres * each / (count - 1),
            "height_m": 100.0 + rise_m * each / count, "heart_bpm": 150.0 if each > 150 else None,
            "latitude_deg": HOME[0] + each * metres / (count - 1) / M_PER_DEG, "longitude_deg": HOME[1],
        }
        for each in range(count)
    ])  # fmt: skip


def test_a_course_is_drawn_along_its_distance() -> None:
    """Charts stand over whole kilometres; each column tells distance, time, pace, heart and height, and its place."""
    course = cut_course(climbing())
    assert course is not None
    route = drawn(draw_route(climbing(), None, course))
    pace, heart, height = draw_course(SAY, course, route.places)
    assert [words for _, words in pace.labels] == ["0 km", "1", "2", "3", "4", "5", "6"]
    assert pace.columns == heart.columns == height.columns
    assert pace.columns[-1].words == "6\xa0km · 27:20 · 4:09\xa0/km · 150 bpm · 112 m"
    assert "bpm" not in pace.columns[0].words
    assert pace.columns[0].place is not None
    assert pace.columns[0].place[1] > pace.columns[-1].place[1]  # northwards


def test_a_flat_run_looks_flat() -> None:
    """The scale of heights spans a hundred metres at least, so twelve metres are no mountain."""
    course = cut_course(climbing(rise_m=12.0))
    assert course is not None
    height = draw_course(SAY, course, (None,) * PIECES)[2]
    assert height.scale == ("200 m", "150 m", "100 m")
    tops = [float(point.partition(",")[2]) for point in height.lines[0].split()]
    assert max(tops) - min(tops) < 0.13 * height.height


def test_a_route_has_the_colour_of_its_pace() -> None:
    """The slower half of a run has lower levels than the faster one, and the lines meet where levels change."""
    points_made = climbing()
    course = cut_course(points_made)
    assert course is not None
    route = drawn(draw_route(points_made, None, course))
    assert route.levels[0] < route.levels[-1]
    assert all(one[-1] == other[0] for one, other in pairwise(route.lines))


def test_what_is_hidden_has_no_place() -> None:
    """With hidden ends no column of a chart points at the places that the route leaves out."""
    points_made = climbing()
    course = cut_course(points_made)
    assert course is not None
    places = drawn(draw_route(points_made, 500.0, course)).places
    assert places[:10] == (None,) * 10
    assert places[75] is not None


def test_a_run_without_distance_is_drawn_along_its_time() -> None:
    """A treadmill's heart rate is drawn over minutes; a run of which nothing is known is not drawn."""
    course = cut_course(climbing().with_columns(distance_m=pl.lit(None, pl.Float64)))
    assert course is not None
    (heart, _) = draw_course(SAY, course, (None,) * PIECES)
    assert heart.labels[0] == (0.0, "0 min")
    assert cut_course(POINTS.empty()) is None


def test_a_month_is_whole_weeks() -> None:
    """November 2026 begins on a Sunday and takes six weeks; other months' days only fill them up."""
    weeks = lay_out_month(dt.date(2026, 11, 1), DAYS.empty())
    assert [len(week) for week in weeks] == [7] * 6
    assert [cell.date.day for week in weeks for cell in week if cell.inside] == list(range(1, 31))


@settings(deadline=None)
@given(some.dates(dt.date(1971, 1, 1), dt.date(2199, 1, 1)))
def test_months_follow_each_other(day: dt.date) -> None:
    """The month before the month after is this one, and every month has its days."""
    first = day.replace(day=1)
    assert previous_month(next_month(first)) == first
    cells = [cell for week in lay_out_month(first, DAYS.empty()) for cell in week if cell.inside]
    assert len(cells) == (next_month(first) - first).days
