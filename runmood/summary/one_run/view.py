"""What a run says, as finished words and values in the order in which they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from runmood.summary.one_run.course import Strip, strips
from runmood.summary.one_run.grids import fastest, laps, splits
from runmood.summary.words.phrases import readable
from runmood.terms.choices import RUN_TAGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from runmood.summary.parts import Grid
    from runmood.terms.speech import Speech

ZONES = 5
STOPS = {"paused": "paused_s", "unrecorded": "gap_s", "standing": "standing_s"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured: its name, the value in words, and what is to be known of it."""

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """Time in one zone of heart rate."""

    number: int
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class RunView:
    """One run, ready to be laid out."""

    run_id: str
    heading: str
    kind: str
    figures: tuple[Figure, ...]
    zones_title: str
    zones: tuple[Zone, ...]
    course: tuple[Strip, ...]
    splits: Grid | None
    laps: Grid | None
    fastest: Grid | None


def describe_run(frames: Mapping[str, pl.DataFrame], say: Speech) -> RunView:
    """The run of the frames `runs` (one row), `run_moods`, `splits`, `laps`, `best_efforts` and `points`."""
    run, day = frames["runs"].row(0, named=True), frames["runs"]["local_date"][0]
    moods = frames["run_moods"].row(0, named=True) if not frames["run_moods"].is_empty() else {}
    return RunView(
        run_id=run["run_id"],
        heading=say("run.heading", weekday=say.weekday(day), day=day, clock=run["local_clock"]),
        kind=_kind(say, run),
        figures=tuple(_figures(say, run, moods)),
        zones_title=say("run.name.zones"),
        zones=_zones(say, run),
        course=strips(say, frames["points"]),
        splits=splits(say, frames["splits"]),
        laps=laps(say, frames["laps"]),
        fastest=fastest(say, frames["best_efforts"]),
    )


def _kind(say: Speech, run: dict[str, Any]) -> str:
    """What the file or the person calls it: Morning run · trail · with others."""
    sport = run["sub_sport"] if run["sub_sport"] != "generic" else None
    tags = [tag for tag in run["tags"] or () if tag != sport]
    told = [run["name"], sport and say.choice("run.kind", sport), *(_tag(say, tag) for tag in tags)]
    return " · ".join(readable(word) for word in told if word)


def _tag(say: Speech, tag: str) -> str:
    """A kind of run that was offered, or that a file names, or in the person's own word."""
    return say.choice("tags" if tag in RUN_TAGS else "run.kind", tag)


def _figures(say: Speech, run: dict[str, Any], moods: dict[str, Any]) -> list[Figure]:
    """What is known of the run."""
    told = {**_way(say, run), **_time(say, run), **_body(say, run), **_felt(say, run, moods), **_around(say, run)}
    return [Figure(say(f"run.name.{name}"), value, note) for name, (value, note) in told.items() if value]


def _way(say: Speech, run: dict[str, Any]) -> dict[str, tuple[str, str]]:
    graded = say.pace(run["graded_pace_s_km"])
    return {
        "distance": (
            say.distance(run["distance_m"]) if run["distance_m"] else "",
            say.choice("run.distance_from", run["distance_from"] or ""),
        ),
        "pace": (say.pace(run["pace_s_km"]), say("run.told.pace_on_the_flat", pace=graded) if graded else ""),
        "climb": (_climb(say, run), say.choice("run.climb_from", run["climb_from"] or "")),
    }


def _climb(say: Speech, run: dict[str, Any]) -> str:
    up, down = say.height(run["ascent_m"]), say.height(run["descent_m"])
    if not up:
        return ""
    return say("run.told.climb_and_descent", up=up, down=down) if down else say("run.told.climb", up=up)


def _time(say: Speech, run: dict[str, Any]) -> dict[str, tuple[str, str]]:
    stops = {name: run[column] for name, column in STOPS.items()}
    told = [say(f"run.told.{name}", time=say.clock(long)) for name, long in stops.items() if long and long >= 1]
    note = say("run.told.in_all", elapsed=say.clock(run["elapsed_s"]), stops=told) if told else ""
    return {"in_motion": (say.clock(run["moving_s"]), note)}


def _body(say: Speech, run: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {
        "heart": (_whole(say, "heart", rate=run["heart_bpm"]), _heart(say, run)),
        "cadence": (_whole(say, "cadence", steps=run["cadence_spm"]), ""),
        "power": (_whole(say, "power", watts=run["power_w"]), ""),
    }


def _heart(say: Speech, run: dict[str, Any]) -> str:
    """The highest, and how speed by heartbeat changed over the run."""
    told, drift = [_whole(say, "heart_highest", rate=run["heart_max_bpm"])], run["decoupling_percent"]
    if drift is not None:
        told.append(say(f"run.told.{'less' if drift > 0 else 'more'}_speed", percent=abs(drift)))
    return "; ".join(filter(None, told))


def _whole(say: Speech, name: str, **values: float | None) -> str:
    """A figure without decimals in its words; nothing of an unknown one, or of none."""
    known = {blank: round(value) for blank, value in values.items() if value}
    return say(f"run.told.{name}", **known) if known else ""


def _felt(say: Speech, run: dict[str, Any], moods: dict[str, Any]) -> dict[str, tuple[str, str]]:
    effort = run["effort"] if run["effort"] is not None else run["effort_reckoned"]
    known = [name for name in ("mood_before", "mood_after") if moods.get(name) is not None]
    mood = say.listed([say(f"run.told.{name}", mood=moods[name]) for name in known])
    return {
        "effort": (
            say("run.told.effort", score=effort) if effort is not None else "",
            say.choice("run.effort_from", run["effort_from"] or ""),
        ),
        "load": (say("run.told.load", minutes=round(run["load"])) if run["load"] is not None else "", ""),
        "mood": (mood, ""),
    }


def _around(say: Speech, run: dict[str, Any]) -> dict[str, tuple[str, str]]:
    files = say("run.told.by_files", files=run["files"]) if run["files"] > 1 else ""
    return {
        "temperature": (say.temperature(run["temperature_c"]), ""),
        "device": (readable(run["device"] or ""), files),
    }


def _zones(say: Speech, run: dict[str, Any]) -> tuple[Zone, ...]:
    """Time in each zone of heart rate; nothing where no heart rate is known."""
    times = {zone: run[f"zone_{zone}_s"] for zone in range(1, ZONES + 1)}
    return tuple(
        Zone(zone, say("run.zone", number=zone), say.clock(seconds)) for zone, seconds in times.items() if seconds
    )
