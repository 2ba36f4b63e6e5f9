"""The latest entries of the journal, a line each."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.cli.entries import SHORT, shortened
from runmood.core.checkins import CheckIn
from runmood.core.entries import DistanceCorrection, Goal, GoalReview, Reflection, RunTagged
from runmood.home.home import chosen_home
from runmood.journal.resolve import effective_entries
from runmood.journal.store import read
from runmood.journal.tables import check_in_rows

if TYPE_CHECKING:
    from runmood.core.i18n import Translator
    from runmood.home.home import Home
    from runmood.journal.codec import JournalRecord


LISTED = CheckIn | Goal | GoalReview | Reflection | DistanceCorrection | RunTagged


def log(
    context: typer.Context,
    last: Annotated[int, typer.Option(min=1, help="How many.")] = 10,
) -> None:
    """Show your latest check-ins and their IDs, for `runmood check-in --edit` and `--delete`."""
    home = chosen_home(context.obj, lenient=True)
    stands = effective_entries(read(home.journal).records)
    shown = sorted((each for each in stands if isinstance(each.entry, LISTED)), key=_moment)[-last:]
    if not shown:
        typer.echo(home.say("cli.journal.nothing_yet"))
    late = {row["check_in_id"] for row in check_in_rows(tuple(shown)) if row["late"]}
    for each in shown:
        typer.echo(_line(home, each, late=each.id in late))


def _moment(record: JournalRecord) -> dt.datetime:
    return record.entry.at if isinstance(record.entry, CheckIn) else record.said_at


def _line(home: Home, record: JournalRecord, *, late: bool) -> str:
    moment = record.entry.at if isinstance(record.entry, CheckIn) else record.said_at.astimezone(home.zone)
    kind, words = _kind_and_words(home.say, record.entry)
    marks = ", ".join([home.say("cli.journal.late")] * late + [home.say("cli.journal.edited")] * record.edited)
    day = f"{home.say(f'weekday_short.{moment.isoweekday()}')} {moment:%Y-%m-%d %H:%M}"
    return f"{record.id[:SHORT]}  {day}  {kind:<10}  {words}{f'  ({marks})' if marks else ''}"


def _kind_and_words(say: Translator, entry: object) -> tuple[str, str]:
    """Return what kind of entry it is, and its words, short."""
    match entry:
        case CheckIn():
            return say.choice("cli.checkin.kind", entry.kind), _check_in(say, entry)
        case Goal():
            return say("cli.journal.goal"), f"{entry.kind}: {shortened(entry.words)}"
        case GoalReview():
            return say("cli.journal.goal"), f"{entry.goal[:SHORT]} {entry.state}  {shortened(entry.words or '')}"
        case Reflection():
            return say("cli.journal.thought"), f"{shortened(entry.prompt)}  {shortened(entry.answer)}"
        case DistanceCorrection():
            return say("cli.journal.run"), f"{entry.recording}: {entry.distance_m / 1000:g} km"
        case RunTagged():
            return say("cli.journal.run"), f"{entry.recording}: {', '.join(entry.tags) or say('cli.journal.no_tags')}"
    raise TypeError(f"{entry} is not listed")


def _check_in(say: Translator, entry: CheckIn) -> str:
    energy = say("cli.journal.energy", energy=say.exact(entry.energy)) if entry.energy is not None else ""
    note = f'"{shortened(entry.note)}"' if entry.note else ""
    away = entry.source if entry.source != "hand" else ""
    return "  ".join(
        filter(None, (say("cli.journal.mood", mood=say.exact(entry.mood)), energy, ", ".join(entry.tags), note, away))
    )
