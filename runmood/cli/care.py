"""The commands with which a person says that they are ill, hurt or better. Nothing is guessed for them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.core.checkins import EntryDeleted, NewEntry
from runmood.core.entries import CareReported
from runmood.core.enums import CareWord
from runmood.core.errors import UserError
from runmood.home.home import chosen_home
from runmood.journal.days import care_now
from runmood.journal.resolve import effective_entries
from runmood.journal.store import append, read

if TYPE_CHECKING:
    from runmood.home.home import Home


Since = Annotated[
    str | None, typer.Argument(metavar="DATE", help="From which day on, such as 2026-11-10; today if left out.")
]
Undo = Annotated[bool, typer.Option("--undo", help="Take your last word back.")]


def ill(context: typer.Context, date: Since = None, *, undo: Undo = False) -> None:
    """Say that you are ill: plan and running goals wait, and no run counts as skipped, until you say `better`."""
    _tell(chosen_home(context.obj), CareWord.ILL, date, undo=undo)


def hurt(context: typer.Context, date: Since = None, *, undo: Undo = False) -> None:
    """Say that you are hurt: plan and running goals wait, and no run counts as skipped, until you say `better`."""
    _tell(chosen_home(context.obj), CareWord.INJURED, date, undo=undo)


def better(context: typer.Context, date: Since = None, *, undo: Undo = False) -> None:
    """Say that you are better. The first six weeks are told as a return, and compared with nothing."""
    _tell(chosen_home(context.obj), CareWord.BETTER, date, undo=undo)


def _tell(home: Home, word: CareWord, date: str | None, *, undo: bool) -> None:
    """Write it in the journal; what follows from it is made with the next summary or night.

    Raises:
        UserError: The day is none, or to come; or there is nothing to end, or to take back.
    """
    told, day = read(home.journal).records, _day(home, date)
    if undo:
        last = [
            each for each in effective_entries(told) if isinstance(each.entry, CareReported) and each.entry.word == word
        ]
        if not last:
            raise UserError(home.say("cli.care.nothing_said"))
        _append(home, EntryDeleted(last[-1].id))
        typer.echo(home.say("cli.care.taken_back"))
        return
    if word == CareWord.BETTER and not care_now(told, day):
        raise UserError(home.say("cli.care.not_begun"))
    _append(home, CareReported(day, word))
    typer.echo(home.say(f"cli.care.{word}", day=home.say.weekday_near(day, home.today())))


def _append(home: Home, entry: CareReported | EntryDeleted) -> None:
    append(home.journal, [NewEntry(dt.datetime.now(home.zone), entry)])


def _day(home: Home, text: str | None) -> dt.date:
    named = {None: home.today(), "today": home.today(), "yesterday": home.today() - dt.timedelta(days=1)}
    try:
        day = named.get(text) or dt.date.fromisoformat(text or "")
    except ValueError:
        raise UserError(home.say("cli.ran.no_day", text=text)) from None
    if day > home.today():
        raise UserError(home.say("cli.care.future", text=text))
    return day
