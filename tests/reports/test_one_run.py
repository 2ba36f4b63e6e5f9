"""One run on the terminal."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from runmood.core.catalogue import languages
from runmood.core.enums import AscentSource, DistanceSource, EffortSource
from runmood.core.i18n import translator
from runmood.reports.render.text import FIGURE_NAME_WIDTH, run_as_text
from runmood.reports.run import RunView, describe_run, scale_ends
from runmood.schema.tables import BEST_EFFORTS, LAPS, POINTS, RUN_MOODS, RUNS, SPLITS

if TYPE_CHECKING:
    import polars as pl

METRIC, IMPERIAL, GERMAN = translator("en", "metric"), translator("en", "imperial"), translator("de", "metric")
STARTED = dt.datetime(2026, 11, 22, 7, 12, tzinfo=dt.UTC)
RUN = {
    "run_id": "20261122-071200",
    "started_at": STARTED,
    "ended_at": STARTED + dt.timedelta(minutes=30),
    "local_date": STARTED.date(),
    "local_clock": "07:12",
    "time_zone": "UTC",
    "files": 1,
    "recording_id": "a",
}
FULL = RUN | {
    "name": "Along the river",
    "sub_sport": "trail",
    "tags": ["trail", "social"],
    "device": "Watch 1",
    "distance_m": 5000.0,
    "distance_source": "device",
    "elapsed_s": 1800.0,
    "moving_s": 1650.0,
    "paused_s": 120.0,
    "gap_s": 0.0,
    "standing_s": 30.0,
    "pace_s_km": 330.0,
    "grade_adjusted_pace_s_km": 321.0,
    "ascent_m": 80.0,
    "descent_m": 78.0,
    "ascent_source": "barometer",
    "heart_bpm": 151.4,
    "heart_max_bpm": 172.0,
    "decoupling_percent": 2.34,
    "zone_3_s": 600.0,
    "effort": 6.0,
    "effort_source": "said",
    "load": 165.0,
    "files": 2,
}
SPLIT_ROWS = [
    {"recording_id": "a", "unit": unit, "split": number, "distance_m": metres, "pace_s_km": 330.0}
    for unit, number, metres in (("km", 1, 1000.0), ("km", 2, 400.0), ("mile", 1, 1609.344))
]


def frames(run: dict[str, object], points: pl.DataFrame | None = None) -> dict[str, pl.DataFrame]:
    """The frames of one run, with two kilometres, a mile, two laps and one fastest stretch where it has a distance."""
    has_way = run.get("distance_m") is not None
    laps = [{"recording_id": "a", "lap": lap, "distance_m": 2500.0, "moving_s": 825.0} for lap in (1, 2)]
    best = {"recording_id": "a", "effort": "1 km", "given": "distance", "distance_m": 1000.0, "elapsed_s": 320.0,
            "pace_s_km": 320.0, "began_s": 61.0}  # fmt: skip
    return {
        "runs": RUNS.frame([run]),
        "run_moods": RUN_MOODS.empty(),
        "splits": SPLITS.frame(SPLIT_ROWS if has_way else []),
        "laps": LAPS.frame(laps if has_way else []),
        "best_efforts": BEST_EFFORTS.frame([best] if has_way else []),
        "points": POINTS.empty() if points is None else points,
    }


def hill(seconds: int = 1800) -> pl.DataFrame:
    """Points of a run that climbs for half of its time and comes down again, without heart rate for a while."""
    rows = [
        {
            "sampled_at": STARTED + dt.timedelta(seconds=second),
            "elapsed_s": float(second),
            "distance_m": second * 2.8,
            "height_m": 100.0 + min(second, seconds - second) / 10,
            "heart_bpm": None if second < seconds / 3 else 150.0 + second / 100,
        }
        for second in range(seconds)
    ]
    return POINTS.frame(rows)


def shown(view: RunView, width: int = 80) -> str:
    """The run on a terminal, in one line."""
    return " ".join(run_as_text(view, width).split())


def test_every_figure_is_told_with_its_source() -> None:
    """Distance, pace, climb, times, heart, effort, load and zones stand with what is to be known of them."""
    told = shown(describe_run(frames(FULL), METRIC))
    for words in (
        "Sunday 22 November 2026, 07:12",
        "Along the river · trail · social",
        "distance 5 km (from your watch)",
        "pace 5:30 /km (grade-adjusted 5:21 /km)",
        "elevation gain 80 m up, 78 m down (from the barometer)",
        "moving time 27:30 (30:00 elapsed: 2:00 paused and 0:30 standing)",
        "heart rate 151 bpm (up to 172 for half a minute; you ran 2.3% slower per heartbeat in the second half)",
        "effort 6 out of 10 (rated by you)",
        "training load 165 effort minutes",
        "device Watch 1 (from 2 files)",
        "zones 3 · 10:00",
    ):
        assert words in told


def test_a_run_is_told_in_german() -> None:
    """In German every word is German but the name that the person's file gives the run; figures have a comma."""
    moods = [{"run_id": FULL["run_id"], "local_date": STARTED.date(), "local_clock": "07:12", "mood_before": 5.0,
              "mood_after": 7.5}]  # fmt: skip
    more = {"sub_sport": "treadmill", "tags": ["treadmill", "easy", "Anna"], "gap_s": 61.0, "temperature_c": 12.0}
    view = describe_run(frames(FULL | more, hill()) | {"run_moods": RUN_MOODS.frame(moods)}, GERMAN)
    told = shown(view)
    for words in (
        "Sonntag, 22. November 2026, 07:12 Uhr",
        "Along the river · Laufband · leicht · Anna",
        "Strecke 5 km (von deiner Uhr)",
        "Tempo 5:30 /km (steigungsbereinigt 5:21 /km)",
        "Höhenmeter 80 m hinauf, 78 m hinab (vom Barometer)",
        "Bewegungszeit 27:30 (30:00 insgesamt: 2:00 Pause, 1:01 nicht aufgezeichnet und 0:30 im Stehen)",
        "in der zweiten Hälfte liefst du pro Herzschlag 2,3 % langsamer",
        "Anstrengung 6 von 10 (von dir bewertet)",
        "Trainingsbelastung 165 Anstrengungsminuten",
        "Stimmung 5 davor und 7,5 danach",
        "Gerät Watch 1 (aus 2 Dateien)",
        "Zonen 3 · 10:00",
        "km Tempo",
        "0,4 5:30",
        "Schnellste Abschnitte",
    ):
        assert words in told
    english = (
        "the|of|in all|pace|heart|height|climb|effort|load|mood|device|zones?|each|laps?|fastest|from|time|up|down"
    )
    assert not re.search(rf"\b({english})\b", told.replace("Along the river", ""), re.IGNORECASE)
    assert [strip.words for strip in view.course][2] == "Höhe zwischen 101 m und 189 m"


@pytest.mark.parametrize("language", languages())
def test_the_names_of_figures_stand_apart_from_them(language: str) -> None:
    """No name is longer than the column it has on the terminal."""
    names = {
        name: words for name, words in translator(language, "metric").words.items() if name.startswith("run.name.")
    }
    assert [words for words in names.values() if len(words) >= FIGURE_NAME_WIDTH] == []


def test_every_source_of_a_figure_has_its_words() -> None:
    """Where a distance, a climb and an effort come from is said in every language, whatever it is."""
    sources = {"distance_source": DistanceSource, "ascent_source": AscentSource, "effort_source": EffortSource}
    told = {f"run.{name}.{word}" for name, words in sources.items() for word in words}
    assert told <= METRIC.words.keys()


def test_what_is_not_known_is_left_out() -> None:
    """A run of which nothing is known but when it was has no figure, no chart and no table, and no None."""
    view = describe_run(frames(RUN), METRIC)
    assert (view.figures, view.zones, view.course, view.splits, view.laps, view.fastest) == (
        (),
        (),
        (),
        None,
        None,
        None,
    )
    assert shown(view) == "Sunday 22 November 2026, 07:12 " + "═" * 30


def test_miles_and_feet_for_those_who_run_them() -> None:
    """In imperial units paces are by the mile, heights in feet, splits are miles, and no kilometre is named."""
    told = shown(describe_run(frames(FULL, hill()), IMPERIAL))
    assert "8:51 /mi" in told
    assert "262 ft up" in told
    assert not re.search(r"\bkm\b", told.replace("1 km", ""))


def test_a_total_is_of_a_watch_only_where_a_device_is_named() -> None:
    """A table of a phone's app may name none, and a total in it may have been typed."""
    for device, whose in (("Watch 1", "from your watch"), (None, "as recorded")):
        run = frames(FULL | {"device": device, "distance_source": "device"})
        (distance,) = (figure for figure in describe_run(run, METRIC).figures if figure.name == "distance")
        assert distance.note == whose


def test_a_short_last_split_says_so() -> None:
    """A whole kilometre has its number, and what is left at the end its length."""
    grid = describe_run(frames(FULL), METRIC).splits
    assert grid
    assert grid.columns == ("km", "pace")
    assert grid.rows == (("1", "5:30\xa0/km"), ("0.4", "5:30\xa0/km"))


def test_the_course_is_drawn_from_the_points() -> None:
    """Height rises to the middle and falls; heart rate is unknown in the first third; an even pace has no shape."""
    strips = {strip.title: strip for strip in describe_run(frames(FULL, hill()), METRIC).course}
    heights = strips["height"].heights
    assert strips["height"].words == "height between 101 m and 189 m"
    assert heights[0] < heights[60] > heights[-1]
    assert strips["heart rate"].heights[:39] == (None,) * 39
    assert max(height for height in strips["heart rate"].heights if height) == strips["heart rate"].heights[-1]
    assert {round(height, 2) for height in strips["pace"].heights if height} == {0.5}


@pytest.mark.parametrize(
    ("name", "low", "high", "ends"),
    [
        ("pace", -360, -354, (-387, -327)),  # a steady run is steady: 60 s a km, at least
        ("pace", -420, -300, (-420, -300)),
        ("heart", 140, 150, (125, 165)),
        ("height", 100, 112, (100, 200)),  # a flat one is flat, on its lowest point
        ("height", 100, 488, (100, 488)),
    ],
)
def test_a_scale_spans_enough_for_a_steady_run_to_look_steady(
    name: str, low: float, high: float, ends: tuple[float, float]
) -> None:
    """What hardly changes is drawn as what hardly changes."""
    assert scale_ends(name, low, high) == ends


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_lines_fit_the_terminal(width: int) -> None:
    """Figures and charts keep to the width; tables may be wider than the narrowest terminals."""
    view = replace(describe_run(frames(FULL, hill()), METRIC), splits=None, laps=None, fastest=None)
    assert max(map(len, run_as_text(view, width).splitlines())) <= width


def test_names_from_files_cannot_move_the_cursor() -> None:
    """Control characters in a name or device are not passed on to the terminal."""
    view = describe_run(frames(FULL | {"name": "\x1b[2Jgone", "device": "a\rb"}), METRIC)
    assert "\x1b" not in run_as_text(view)
    assert "\r" not in run_as_text(view)
