"""The command with which a person tells of a run without a watch, or that a day had none."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.core.checkins import EntryDeleted, NewEntry
from runmood.core.entries import ReportedDay, ReportedRun
from runmood.core.enums import DayWord
from runmood.core.errors import UserError
from runmood.core.i18n import METRES
from runmood.home.home import chosen_home
from runmood.journal.days import is_likely, reports_of
from runmood.journal.store import append, read

if TYPE_CHECKING:
    from runmood.core.entries import Entry
    from runmood.home.home import Home


def ran(
    context: typer.Context,
    date: Annotated[str, typer.Argument(metavar="DATE", help="The day, such as 2026-11-10; or: today, yesterday.")],
    *,
    minutes: Annotated[float | None, typer.Option(help="How long you ran.")] = None,
    km: Annotated[float | None, typer.Option(help="How far, in kilometres.")] = None,
    miles: Annotated[float | None, typer.Option(help="How far, in miles.")] = None,
    effort: Annotated[float | None, typer.Option(min=0, max=10, help="How hard it was, 0 to 10.")] = None,
    at: Annotated[str | None, typer.Option(metavar="HH:MM", help="When you began.")] = None,
    note: Annotated[str | None, typer.Option(help="A note about it.")] = None,
    no: Annotated[bool, typer.Option("--no", help="You did not run that day.")] = False,
    not_imported: Annotated[
        bool, typer.Option("--not-imported", help="The file of that day is still to come.")
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what you told of that day.")] = False,
) -> None:
    """Add a run without a watch, or say that a day had none. If a file turns up later, the two become one run."""
    home = chosen_home(context.obj, lenient=True)
    day = _day(home, date)
    amounts = (minutes, km, miles, effort, at, note)
    if no + not_imported + undo + any(amount is not None for amount in amounts) > 1 or (km and miles):
        raise UserError(home.say("cli.ran.one_at_a_time"))
    if undo:
        _take_back(home, day)
        return
    if no or not_imported:
        entry: Entry = ReportedDay(day, DayWord.NO_RUN if no else DayWord.NOT_IMPORTED)
        key = "cli.ran.no_run" if no else "cli.ran.not_imported"
    else:
        metres = km * METRES["metric"] if km is not None else miles * METRES["imperial"] if miles is not None else None
        entry, key = (
            ReportedRun(day, _clock(home, at), metres, minutes and minutes * 60, effort, note or None),
            "cli.ran.kept",
        )
        if not is_likely(entry):
            raise UserError(home.say("cli.ran.not_meant"))
    _append(home, [entry])
    typer.echo(home.say(key, day=home.say.weekday_near(day, home.today())))


def _take_back(home: Home, day: dt.date) -> None:
    entries = [EntryDeleted(each.id) for each in reports_of(read(home.journal).records, day)]
    if not entries:
        raise UserError(home.say("cli.ran.nothing_told", day=home.say.weekday_near(day, home.today())))
    _append(home, entries)
    typer.echo(home.say("cli.ran.taken_back", day=home.say.weekday_near(day, home.today())))


def _append(home: Home, entries: list[EntryDeleted] | list[Entry]) -> None:
    now = dt.datetime.now(home.zone)
    append(home.journal, [NewEntry(now, entry) for entry in entries])


def _day(home: Home, text: str) -> dt.date:
    """Return the day that is meant, today or an earlier one."""
    named = {"today": home.today(), "yesterday": home.today() - dt.timedelta(days=1)}
    try:
        day = named.get(text) or dt.date.fromisoformat(text)
    except ValueError:
        raise UserError(home.say("cli.ran.no_day", text=text)) from None
    if day > home.today():
        raise UserError(home.say("cli.ran.future", text=text))
    return day


def _clock(home: Home, text: str | None) -> str | None:
    try:
        return text and f"{dt.time.fromisoformat(text):%H:%M}"
    except ValueError:
        raise UserError(home.say("cli.ran.no_clock", text=text)) from None
