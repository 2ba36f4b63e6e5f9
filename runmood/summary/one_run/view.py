"""What a run says, as finished words and values in the order in which they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from runmood.summary.one_run.course import Strip, strips
from runmood.summary.one_run.grids import fastest, laps, splits
from runmood.summary.words.measures import clock, height, pace, temperature
from runmood.summary.words.phrases import counted, date, distance, figure, listed, readable, weekday

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from runmood.summary.parts import Grid
    from runmood.terms.speech import Speech, Units

ZONES = 5
DISTANCE_FROM = {"device": "by the device", "positions": "along its positions", "hand": "as you told it"}
CLIMB_FROM = {
    "device": "by the device",
    "barometer": "from its barometer",
    "positions": "from its positions, so roughly",
}
EFFORT_FROM = {"said": "as you said", "device": "as you told the device", "reckoned": "reckoned from earlier runs"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured: its name, the value in words, and what is to be known of it."""

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RunView:
    """One run, ready to be laid out."""

    run_id: str
    heading: str
    kind: str
    figures: tuple[Figure, ...]
    zones: tuple[Figure, ...]
    course: tuple[Strip, ...]
    splits: Grid | None
    laps: Grid | None
    fastest: Grid | None


def describe_run(frames: Mapping[str, pl.DataFrame], say: Speech) -> RunView:
    """The run of the frames `runs` (one row), `run_moods`, `splits`, `laps`, `best_efforts` and `points`."""
    run, units = frames["runs"].row(0, named=True), say.units
    moods = frames["run_moods"].row(0, named=True) if not frames["run_moods"].is_empty() else {}
    return RunView(
        run_id=run["run_id"],
        heading=f"{weekday(run['local_date'])} {date(run['local_date'])}, {run['local_clock']}",
        kind=_kind(run),
        figures=tuple(_figures(run, moods, units)),
        zones=_zones(run),
        course=strips(frames["points"], units),
        splits=splits(frames["splits"], units),
        laps=laps(frames["laps"], units),
        fastest=fastest(frames["best_efforts"], units),
    )


def _kind(run: dict[str, Any]) -> str:
    """What the file or the person calls it: Morning run · trail · with others."""
    tags = [tag for tag in run["tags"] or () if tag != run["sub_sport"]]
    told = [run["name"], run["sub_sport"] if run["sub_sport"] != "generic" else None, *tags]
    return " · ".join(readable(word) for word in told if word)


def _figures(run: dict[str, Any], moods: dict[str, Any], units: Units) -> list[Figure]:
    figures = [*_way(run, units), *_time(run), *_body(run), *_felt(run, moods), *_around(run, units)]
    return [figure for figure in figures if figure.value]


def _way(run: dict[str, Any], units: Units) -> list[Figure]:
    far, graded = run["distance_m"], run["graded_pace_s_km"]
    climbed = f"{height(run['ascent_m'], units)} up" if run["ascent_m"] is not None else ""
    down = f", {height(run['descent_m'], units)} down" if run["descent_m"] is not None else ""
    return [
        Figure("distance", distance(far, units) if far else "", DISTANCE_FROM.get(run["distance_from"], "")),
        Figure(
            "pace", pace(run["pace_s_km"], units), f"as hard as {pace(graded, units)} on the flat" if graded else ""
        ),
        Figure("climb", climbed + down if climbed else "", CLIMB_FROM.get(run["climb_from"], "")),
    ]


def _time(run: dict[str, Any]) -> list[Figure]:
    stops = {"paused": run["paused_s"], "unrecorded": run["gap_s"], "standing": run["standing_s"]}
    told = listed([f"{clock(seconds)} {name}" for name, seconds in stops.items() if seconds and seconds >= 1])
    elapsed = f"of {clock(run['elapsed_s'])} in all: {told}" if told else ""
    return [Figure("in motion", clock(run["moving_s"]), elapsed)]


def _body(run: dict[str, Any]) -> list[Figure]:
    heart, most, drift = run["heart_bpm"], run["heart_max_bpm"], run["decoupling_percent"]
    less = "less" if drift and drift > 0 else "more"
    told = f"a heartbeat gave {abs(drift):.1f} % {less} speed in the second half" if drift is not None else ""
    highest = f"{most:.0f} in the highest half minute" if most else ""
    return [
        Figure("heart rate", f"{heart:.0f} bpm" if heart else "", "; ".join(filter(None, (highest, told)))),
        Figure("cadence", f"{run['cadence_spm']:.0f} steps a minute" if run["cadence_spm"] else ""),
        Figure("power", f"{run['power_w']:.0f} W" if run["power_w"] else ""),
    ]


def _felt(run: dict[str, Any], moods: dict[str, Any]) -> list[Figure]:
    effort = run["effort"] if run["effort"] is not None else run["effort_reckoned"]
    load = f"{run['load']:.0f} effort minutes" if run["load"] is not None else ""
    said = {"before": moods.get("mood_before"), "after": moods.get("mood_after")}
    mood = listed([f"{figure(value)} {name}" for name, value in said.items() if value is not None])
    told = f"{figure(effort)} out of 10" if effort is not None else ""
    return [Figure("effort", told, EFFORT_FROM.get(run["effort_from"], "")), Figure("load", load), Figure("mood", mood)]


def _around(run: dict[str, Any], units: Units) -> list[Figure]:
    files = f"{readable(run['device'])}" if run["device"] else ""
    told = f"told by {counted(run['files'], 'file')}" if run["files"] > 1 else ""
    return [Figure("temperature", temperature(run["temperature_c"], units)), Figure("device", files, told)]


def _zones(run: dict[str, Any]) -> tuple[Figure, ...]:
    """Time in each zone of heart rate; nothing where no heart rate is known."""
    times = [run[f"zone_{zone}_s"] for zone in range(1, ZONES + 1)]
    return tuple(Figure(f"zone {zone}", clock(seconds)) for zone, seconds in enumerate(times, start=1) if seconds)
