"""Describe one run: figures, charts, splits, laps, fastest stretches; and how well two recordings of it agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from runmood.core.enums import RUN_TAGS, DistanceSource
from runmood.core.i18n import METRES, readable
from runmood.reports.models import Grid

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping

    from runmood.core.i18n import Translator

    Cells = Callable[[dict[str, Any]], str]


SPLIT_UNIT = {"metric": "km", "imperial": "mile"}
WHOLE = 0.995  # of a kilometre or mile; the last split is shorter, and says so
PIECES = 120  # as many as a phone's width can show
FEWEST_PIECES = 8
SLOW_END = 0.95  # slower pieces are drawn at the foot: standing at a light is not what it is about
# The least that a scale spans, so that a flat run looks flat and a steady one steady.
LEAST_SPAN = {"pace": 60.0, "heart": 40.0, "height": 100.0}  # seconds a km, beats a minute, metres
ZONES = 5
STOPS = {"paused": "paused_s", "unrecorded": "gap_s", "standing": "standing_s"}


@dataclass(frozen=True, slots=True)
class StripChart:
    """One chart of the course: a height for each piece of equal time, from 0 (lowest) to 1; null where unknown."""

    title: str
    low: str
    high: str
    heights: tuple[float | None, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure: its name, its value in words, and a note on it."""

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """Time in one zone of heart rate; `share` is its part of the time in all of them, from 0 to 1."""

    number: int
    name: str
    value: str
    share: float


@dataclass(frozen=True, slots=True)
class RunView:
    """One run, ready to be laid out."""

    run_id: str
    heading: str
    kind: str
    figures: tuple[Figure, ...]
    zones_title: str
    zones: tuple[Zone, ...]
    course: tuple[StripChart, ...]
    splits: Grid | None
    laps: Grid | None
    fastest: Grid | None


def describe_run(frames: Mapping[str, pl.DataFrame], say: Translator) -> RunView:
    """Describe a run in finished words and values, in the order in which they are read.

    Args:
        frames: `runs` (one row), `run_moods`, `splits`, `laps`, `best_efforts` and `points` of the run.
        say: the translator of the person's language and units.

    Returns:
        The run's view; what is not known is empty or None.
    """
    run, day = frames["runs"].row(0, named=True), frames["runs"]["local_date"][0]
    moods = frames["run_moods"].row(0, named=True) if not frames["run_moods"].is_empty() else {}
    return RunView(
        run_id=run["run_id"],
        heading=_heading(say, day, run["local_clock"]),
        kind=_kind_line(say, run),
        figures=tuple(_figures(say, run, moods)),
        zones_title=say("run.name.zones"),
        zones=_build_zones(say, run),
        course=_build_strips(say, frames["points"]),
        splits=_build_splits(say, frames["splits"]),
        laps=_build_laps(say, frames["laps"]),
        fastest=_build_fastest(say, frames["best_efforts"]),
    )


def _heading(say: Translator, day: dt.date, clock: str | None) -> str:
    """Return the day and the clock, or the day alone of a run that the person told of without a clock."""
    weekday = say.weekday(day)
    return (
        say("run.heading", weekday=weekday, day=day, clock=clock)
        if clock
        else say("run.heading_of_a_day", weekday=weekday, day=day)
    )


def _kind_line(say: Translator, run: dict[str, Any]) -> str:
    """Return what the file or the person calls it: Morning run · trail · with others."""
    sport = run["sub_sport"] if run["sub_sport"] != "generic" else None
    tags = [tag for tag in run["tags"] or () if tag != sport]
    words = [run["name"], sport and say.choice("run.kind", sport), *(_tag_name(say, tag) for tag in tags)]
    return " · ".join(readable(word) for word in words if word)


def _tag_name(say: Translator, tag: str) -> str:
    """Name a tag: one that runmood offers, one that a file holds, or a word of the person."""
    return say.choice("tags" if tag in RUN_TAGS else "run.kind", tag)


def _figures(say: Translator, run: dict[str, Any], moods: dict[str, Any]) -> list[Figure]:
    """Return what is known of the run."""
    figures = {
        **_distance_figures(say, run),
        **_time_figures(say, run),
        **_body_figures(say, run),
        **_effort_figures(say, run, moods),
        **_other_figures(say, run),
    }
    return [Figure(say(f"run.name.{name}"), value, note) for name, (value, note) in figures.items() if value]


def _distance_figures(say: Translator, run: dict[str, Any]) -> dict[str, tuple[str, str]]:
    graded = say.pace(run["grade_adjusted_pace_s_km"])
    return {
        "distance": (
            say.distance(run["distance_m"]) if run["distance_m"] else "",
            _whose(say, run, "distance_source"),
        ),
        "pace": (say.pace(run["pace_s_km"]), say("run.told.pace_on_the_flat", pace=graded) if graded else ""),
        "climb": (_format_climb(say, run), _whose(say, run, "ascent_source")),
    }


def _whose(say: Translator, run: dict[str, Any], source: str) -> str:
    """Return whose figure it is; of a device that nobody names it is not known that it was a watch."""
    unnamed = run[source] == DistanceSource.DEVICE and not run["device"]
    return say.choice(f"run.{source}", "recorded" if unnamed else run[source] or "")


def _format_climb(say: Translator, run: dict[str, Any]) -> str:
    up, down = say.height(run["ascent_m"]), say.height(run["descent_m"])
    if not up:
        return ""
    return say("run.told.climb_and_descent", up=up, down=down) if down else say("run.told.climb", up=up)


def _time_figures(say: Translator, run: dict[str, Any]) -> dict[str, tuple[str, str]]:
    stops = {name: run[column] for name, column in STOPS.items()}
    pauses = [say(f"run.told.{name}", time=say.clock(long)) for name, long in stops.items() if long and long >= 1]
    note = say("run.told.in_all", elapsed=say.clock(run["elapsed_s"]), stops=pauses) if pauses else ""
    return {"in_motion": (say.clock(run["moving_s"]), note)}


def _body_figures(say: Translator, run: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {
        "heart": (_rounded(say, "heart", rate=run["heart_bpm"]), _heart_note(say, run)),
        "cadence": (_rounded(say, "cadence", steps=run["cadence_spm"]), ""),
        "power": (_rounded(say, "power", watts=run["power_w"]), ""),
    }


def _heart_note(say: Translator, run: dict[str, Any]) -> str:
    """Write the highest heart rate, and how speed by heartbeat changed over the run."""
    notes, drift = [_rounded(say, "heart_highest", rate=run["heart_max_bpm"])], run["decoupling_percent"]
    if drift is not None:
        notes.append(say(f"run.told.{'less' if drift > 0 else 'more'}_speed", percent=abs(drift)))
    return "; ".join(filter(None, notes))


def _rounded(say: Translator, name: str, **values: float | None) -> str:
    """Write a figure without decimals; empty where it is unknown or zero."""
    known = {blank: round(value) for blank, value in values.items() if value}
    return say(f"run.told.{name}", **known) if known else ""


def _effort_figures(say: Translator, run: dict[str, Any], moods: dict[str, Any]) -> dict[str, tuple[str, str]]:
    effort = run["effort"] if run["effort"] is not None else run["effort_estimated"]
    known = [name for name in ("mood_before", "mood_after") if moods.get(name) is not None]
    mood = say.listed([say(f"run.told.{name}", mood=moods[name]) for name in known])
    return {
        "effort": (
            say("run.told.effort", score=effort) if effort is not None else "",
            say.choice("run.effort_source", run["effort_source"] or ""),
        ),
        "load": (say("run.told.load", minutes=round(run["load"])) if run["load"] is not None else "", ""),
        "mood": (mood, ""),
    }


def _other_figures(say: Translator, run: dict[str, Any]) -> dict[str, tuple[str, str]]:
    files = say("run.told.by_files", files=run["files"]) if run["files"] > 1 else ""
    return {
        "temperature": (say.temperature(run["temperature_c"]), ""),
        "device": (readable(run["device"] or ""), files),
    }


def _build_zones(say: Translator, run: dict[str, Any]) -> tuple[Zone, ...]:
    """Return the time in each zone of heart rate; empty where no heart rate is known."""
    times = {zone: seconds for zone in range(1, ZONES + 1) if (seconds := run[f"zone_{zone}_s"])}
    total_s = sum(times.values())
    return tuple(
        Zone(zone, say("run.zone", number=zone), say.clock(seconds), seconds / total_s)
        for zone, seconds in times.items()
    )


def _build_strips(say: Translator, points: pl.DataFrame) -> tuple[StripChart, ...]:
    """Return the charts for which the run has values; faster and higher stand above."""
    if points.is_empty():
        return ()
    pieces = _cut_pieces(points)
    pace = 1000 / pieces.filter(pl.col("speed") > 0)["speed"]
    slowest = pace.quantile(SLOW_END)
    faster = -(1000 / pieces["speed"]).clip(upper_bound=slowest) if slowest else pl.Series(dtype=pl.Float64)
    strips = (
        _build_strip(say, "pace", faster, lambda value: say.pace(-value)),
        _build_strip(say, "heart", pieces["heart"], lambda value: say("run.told.heart", rate=round(value))),
        _build_strip(say, "height", pieces["height"], say.height),
    )
    return tuple(strip for strip in strips if strip)


def _cut_pieces(points: pl.DataFrame) -> pl.DataFrame:
    """Return one row a piece of equal time, in order; null where nothing of it is known."""
    length = max(float(points["elapsed_s"][-1]), 1.0) / PIECES
    number = (pl.col("elapsed_s") / length).floor().clip(upper_bound=PIECES - 1).cast(pl.Int64)
    far = pl.col("distance_m").max() - pl.col("distance_m").min()
    known = (
        points.group_by(piece=number)
        .agg(
            speed=far / (pl.col("elapsed_s").max() - pl.col("elapsed_s").min()),
            heart=pl.col("heart_bpm").mean(),
            height=pl.col("height_m").mean(),
        )
        .with_columns(speed=pl.when(pl.col("speed").is_finite()).then("speed"))
    )
    return pl.DataFrame({"piece": range(PIECES)}).join(known, on="piece", how="left").sort("piece")


def _build_strip(say: Translator, name: str, values: pl.Series, named: Callable[[float], str]) -> StripChart | None:
    """Return one chart; None where too little is known to draw."""
    known = values.drop_nulls()
    if known.len() < FEWEST_PIECES:
        return None
    low, high = float(known.min()), float(known.max())  # type: ignore[arg-type]  # a float column's ends
    foot, top = scale_ends(name, low, high)
    heights = tuple(None if value is None else round((value - foot) / (top - foot), 3) for value in values)
    words = say(f"run.course.{name}_between", low=named(low), high=named(high))
    return StripChart(say(f"run.course.{name}"), named(foot), named(top), heights, words)


def scale_ends(name: str, low: float, high: float) -> tuple[float, float]:
    """Return from where to where a chart of the course is drawn.

    Args:
        name: "pace" (seconds a km), "heart" (beats a minute) or "height" (metres).
        low: the lowest value.
        high: the highest value.

    Returns:
        The ends of the scale, no nearer to each other than `LEAST_SPAN`. A height stands on its lowest value, what
        else is drawn stands in the middle.
    """
    room = max(LEAST_SPAN[name] - (high - low), 0.0)
    return (low, high + room) if name == "height" else (low - room / 2, high + room / 2)


def _build_splits(say: Translator, frame: pl.DataFrame) -> Grid | None:
    """Return every kilometre or mile; None without a distance."""
    of_unit = frame.filter(pl.col("unit") == SPLIT_UNIT[say.units]).sort("split")
    cells: dict[str, Cells] = {
        say.units: lambda row: _split_name(say, row),
        "pace": lambda row: say.pace(row["pace_s_km"]),
        "on_the_flat": lambda row: say.pace(row["grade_adjusted_pace_s_km"]),
        "up": lambda row: say.height(row["ascent_m"]),
        "down": lambda row: say.height(row["descent_m"]),
        "heart": lambda row: _whole_number(row["heart_bpm"]),
        "cadence": lambda row: _whole_number(row["cadence_spm"]),
    }
    return _build_grid(say, f"run.splits.{say.units}", of_unit, cells)


def _build_laps(say: Translator, frame: pl.DataFrame) -> Grid | None:
    """Return the laps of the watch; None where there is none, or one that is the whole run."""
    cells: dict[str, Cells] = {
        "lap": lambda row: f"{row['lap']}",
        "distance": lambda row: say.distance(row["distance_m"]) if row["distance_m"] else "",
        "time": lambda row: say.clock(_lap_time(row)),
        "pace": lambda row: _lap_pace(say, row),
        "heart": lambda row: _whole_number(row["heart_bpm"]),
    }
    return _build_grid(say, "run.table.laps", frame.sort("lap"), cells) if frame.height > 1 else None


def _build_fastest(say: Translator, frame: pl.DataFrame) -> Grid | None:
    """Return the fastest stretch for each distance and time."""
    cells: dict[str, Cells] = {
        "fastest": lambda row: say.choice("run.stretch", row["effort"]),
        "time": lambda row: say.clock(row["elapsed_s"]),
        "distance": lambda row: say.distance(row["distance_m"]),
        "pace": lambda row: say.pace(row["pace_s_km"]),
        "from": lambda row: say.clock(row["began_s"]),
    }
    return _build_grid(say, "run.table.fastest", frame.sort("given", "elapsed_s"), cells)


def _build_grid(say: Translator, caption: str, frame: pl.DataFrame, cells: dict[str, Cells]) -> Grid | None:
    """Return a table without its empty columns; None without rows."""
    rows = list(frame.iter_rows(named=True))
    columns = {name: [cell(row) for row in rows] for name, cell in cells.items()}
    kept = {say(f"run.column.{name}"): column for name, column in columns.items() if any(column)}
    return Grid(say(caption), tuple(kept), tuple(zip(*kept.values(), strict=True))) if rows else None


def _split_name(say: Translator, row: dict[str, Any]) -> str:
    """Return the number of a whole split, and the length of one that is not: 1, 2, 0.28."""
    metres = row["distance_m"]
    whole = metres is None or metres >= WHOLE * METRES[say.units]
    return f"{row['split']}" if whole else say.exact(round(say.in_units(metres), 2))


def _lap_time(row: dict[str, Any]) -> float | None:
    seconds: float | None = row["moving_s"] if row["moving_s"] is not None else row["elapsed_s"]
    return seconds


def _lap_pace(say: Translator, row: dict[str, Any]) -> str:
    seconds = _lap_time(row)
    return say.pace(seconds / row["distance_m"] * 1000) if seconds and row["distance_m"] else ""


def _whole_number(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"


def agreement(say: Translator, pair: Mapping[str, Any]) -> str:
    """Return how well two recordings agree, as a sentence's part.

    Args:
        say: The person's language.
        pair: A row of `run_pairs`; what is null in it is left out.

    Returns:
        Its parts, joined by commas.
    """
    return ", ".join(_agreement_parts(say, pair))


def _agreement_parts(say: Translator, pair: Mapping[str, Any]) -> Iterator[str]:
    yield say("doubtful.agreement.time", share=say.share(pair["time_shared"]))
    if pair["clock_shift_s"]:
        yield say("doubtful.agreement.clock", seconds=say.whole(abs(pair["clock_shift_s"])))
    if pair["apart_m"] is not None:
        yield say("doubtful.agreement.place", metres=say.whole(pair["apart_m"]))
    if pair["pace_off"] is not None:
        yield say("doubtful.agreement.pace", share=say.share(pair["pace_off"]))
    if pair["heart_off_bpm"] is not None:
        yield say("doubtful.agreement.heart", beats=say.whole(pair["heart_off_bpm"]))
