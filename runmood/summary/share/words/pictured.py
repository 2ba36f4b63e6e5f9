"""The picture in words: a sentence, how to read it, and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.summary.parts import Grid
from runmood.summary.share.parts import Picture
from runmood.summary.share.picture.steps import LANES, course_of, pace_of
from runmood.summary.words.phrases import capital

if TYPE_CHECKING:
    import polars as pl

    from runmood.summary.share.picture.steps import Course, Pace, Step
    from runmood.terms.speech import Speech

NOT_KNOWN = "\N{EN DASH}"
FROM_IMPORTS = ("runs", "rest", "missed")  # what cannot be told of a day that no import covers
TABLE_STEP: dict[Pace, Pace] = {"day": "week", "week": "month", "month": "month"}


def picture(say: Speech, days: pl.DataFrame) -> Picture:
    """Mood, energy and running over the period; how to read it only where there is a line to read."""
    course = course_of(days, pace_of(days))
    return Picture(
        heading=say("shared.picture.heading"),
        sentence=f"{_held(say, days)} {_felt(say, days)}",
        course=course,
        caption=say(f"shared.caption.{course.pace}") if course.rated else "",
        shows=say(f"shared.shows.{course.pace}"),
        grid=_grid(say, days, course),
    )


def _held(say: Speech, days: pl.DataFrame) -> str:
    """What the time held, planned rest beside running."""
    counts = days.select(**{lane: test.sum() for lane, test in LANES.items()}).row(0, named=True)
    known = days["runs"].is_not_null().any()
    runs = "runs" if counts["runs"] and known else "no_runs" if known else "runs_unknown"
    told = [runs, *(lane for lane in ("rest", "missed", "ill") if counts[lane])]
    parts = [say(f"shared.held.{name}", days=counts.get(name, 0)) for name in told]
    if known:
        return capital(f"{say.listed(parts)}.")
    apart = [parts[0], *([say.listed(parts[1:])] if parts[1:] else [])]  # a whole sentence is no item of a list
    return " ".join(capital(f"{part}.") for part in apart)


def _felt(say: Speech, days: pl.DataFrame) -> str:
    """How its evenings were rated."""
    moods, energies = (days[f"{name}_evening"].drop_nulls().sort() for name in ("mood", "energy"))
    if moods.is_empty():
        return say("shared.felt.nothing")
    rated = moods.len()
    spread = {"least": float(moods[0]), "most": float(moods[-1])}
    evenings = (
        say("shared.felt.evenings_from", rated=rated, **spread)
        if rated > 1
        else say("shared.felt.evenings", rated=rated)
    )
    if energies.is_empty():
        return say("shared.felt.mood", mood=_mean(moods), evenings=evenings)
    return say("shared.felt.mood_and_energy", mood=_mean(moods), evenings=evenings, energy=_mean(energies))


def _mean(values: pl.Series) -> float:
    return float(values.sum()) / values.len()


def _grid(say: Speech, days: pl.DataFrame, course: Course) -> Grid:
    """The picture as a table, by weeks or months."""
    pace = TABLE_STEP[course.pace]
    told = course_of(days, pace)
    head = (*(say(f"shared.table.{name}") for name in (pace, "mood", "energy")),
            *(say(f"shared.lane.{lane}") for lane, _ in told.lanes))  # fmt: skip
    rows = tuple(
        (say.date(step.start), _shown(say, step.mood), _shown(say, step.energy), *_lanes(say, step, told))
        for step in told.steps
    )
    return Grid(say("shared.table.caption"), head, rows)


def _lanes(say: Speech, step: Step, told: Course) -> list[str]:
    """The days in each lane; where none of the step's days is known, nought would say too much."""
    held = dict(zip((lane for lane, _ in told.lanes), step.lanes, strict=True))
    silent = FROM_IMPORTS if held.get("unknown") == step.days else ()
    return [NOT_KNOWN if lane in silent else say.whole(count) for lane, count in held.items()]


def _shown(say: Speech, value: float | None) -> str:
    return NOT_KNOWN if value is None else say.figure(value)
