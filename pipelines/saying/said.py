"""What a person said last, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.home import chosen_home
from pipelines.saying.changing import SHORT, shortened
from runmood import journal
from runmood.terms.entries import CheckIn, Goal, GoalReview, Measured, Reflection, RunTagged

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from runmood.journal import Told

LISTED = CheckIn | Goal | GoalReview | Reflection | Measured | RunTagged


def said(
    context: typer.Context,
    last: Annotated[int, typer.Option(min=1, help="How many.")] = 10,
) -> None:
    """What you said last: its name, when, and what. `runmood check-in --edit` and `--delete` take the name."""
    home = chosen_home(context.obj)
    stands = journal.standing(journal.read(home.journal).told)
    shown = sorted((each for each in stands if isinstance(each.entry, LISTED)), key=_moment)[-last:]
    if not shown:
        typer.echo("You have not said anything yet. `runmood check-in` is a beginning.")
    late = {row["check_in_id"] for row in journal.check_in_rows(tuple(shown)) if row["late"]}
    for each in shown:
        typer.echo(_line(each, home.zone, late=each.id in late))


def _moment(told: Told) -> dt.datetime:
    return told.entry.at if isinstance(told.entry, CheckIn) else told.said_at


def _line(told: Told, zone: ZoneInfo, *, late: bool) -> str:
    moment = told.entry.at if isinstance(told.entry, CheckIn) else told.said_at.astimezone(zone)
    kind, words = _told(told.entry)
    marks = ", ".join(["late"] * late + ["edited"] * told.edited)
    return f"{told.id[:SHORT]}  {moment:%a %Y-%m-%d %H:%M}  {kind:<10}  {words}{f'  ({marks})' if marks else ''}"


def _told(entry: object) -> tuple[str, str]:
    """What kind of thing was said, and what, short."""
    match entry:
        case CheckIn():
            return entry.kind, _check_in(entry)
        case Goal():
            return "goal", f"{entry.kind}: {shortened(entry.words)}"
        case GoalReview():
            return "goal", f"{entry.goal[:SHORT]} {entry.state}  {shortened(entry.words or '')}"
        case Reflection():
            return "thought", f"{shortened(entry.prompt)}  {shortened(entry.answer)}"
        case Measured():
            return "run", f"{entry.recording}: {entry.distance_m / 1000:g} km"
        case RunTagged():
            return "run", f"{entry.recording}: {', '.join(entry.tags) or 'no tags'}"
    raise TypeError(f"{entry} is not listed")


def _check_in(entry: CheckIn) -> str:
    energy = f"energy {entry.energy:g}" if entry.energy is not None else ""
    note = f'"{shortened(entry.note)}"' if entry.note else ""
    away = entry.source if entry.source != "hand" else ""
    return "  ".join(filter(None, (f"mood {entry.mood:g}", energy, ", ".join(entry.tags), note, away)))
