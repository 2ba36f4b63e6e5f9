"""The command that forgets for good what a person said: one entry, the days from one to another, or everything."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.cli import LOOK
from runmood.cli.day_names import read_day
from runmood.cli.entries import LAST, find_record, get_checkin
from runmood.cli.prompts import confirm
from runmood.core.checkins import EntryDeleted, EntryEdited
from runmood.core.errors import UserError
from runmood.home.home import Home, resolve_home
from runmood.journal.forget import choose_entries, day_of_entry
from runmood.journal.store import read

if TYPE_CHECKING:
    from runmood.journal.codec import JournalRecord
    from runmood.journal.forget import EntriesToForget
    from runmood.workflow.forget import ForgetResult


def forget(
    context: typer.Context,
    which: Annotated[
        str | None, typer.Argument(metavar="[ID|last]", help="One entry; `runmood log` lists them.")
    ] = None,
    *,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="Everything you said of the days from this on."),
    ] = None,
    to: Annotated[str | None, typer.Option(metavar="DATE", help="And up to this day.")] = None,
    everything: Annotated[bool, typer.Option("--everything", help="All that you ever said; your runs stay.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Without asking; for scripts.")] = False,
) -> None:
    """Delete what you wrote for good, from the journal and everything made of it. This cannot be undone."""
    home = resolve_home(context.obj, lenient=True)
    if sum((which is not None, from_ is not None or to is not None, everything)) != 1:
        raise UserError(home.say("cli.forget.which"))
    first, last = (None if day is None else read_day(home.say, day, home.today()) for day in (from_, to))
    chosen = _entry_named(home, which) if which else _of_days(home, first or dt.date.min, last or dt.date.max)
    if everything:
        chosen = replace(chosen, unreadable=True)
    if not (chosen.ids or everything):
        typer.echo(home.say("cli.forget.nothing"))
        return
    _agree(home, chosen, yes=yes)
    from runmood.workflow.forget import forget_entries

    done = forget_entries(home, chosen, dt.datetime.now(home.zone))
    _tell_forgotten(home, done)
    if done.still_in or done.outside_copies or not done.made_again:
        raise typer.Exit(LOOK)


def _entry_named(home: Home, which: str) -> EntriesToForget:
    """Choose the entry that a person names, however it was changed since."""
    records = read(home.journal).records
    named = get_checkin(home, which)[0] if which == LAST else find_record(home.say, records, which)
    by_id = {each.id: each for each in records}
    while isinstance(named.entry, EntryEdited | EntryDeleted) and named.entry.of in by_id:
        named = by_id[named.entry.of]
    return choose_entries(records, lambda each: each.id == named.id)


def _of_days(home: Home, first: dt.date, last: dt.date) -> EntriesToForget:
    def is_meant(record: JournalRecord) -> bool:
        return first <= day_of_entry(record, home.zone) <= last

    return choose_entries(read(home.journal).records, is_meant)


def _agree(home: Home, chosen: EntriesToForget, *, yes: bool) -> None:
    """Go on only where the person says so.

    Raises:
        UserError: nobody is there to ask.
        typer.Exit: they say no.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise UserError(home.say("cli.forget.nobody"))
    typer.echo(home.say("cli.forget.lines", lines=len(chosen.ids)))
    if not confirm(home.say, home.say("cli.forget.sure")):
        typer.echo(home.say("cli.forget.kept"))
        raise typer.Exit


def _tell_forgotten(home: Home, done: ForgetResult) -> None:
    typer.echo(home.say("cli.forget.gone", lines=done.entries))
    if not done.made_again:
        typer.echo(home.say("cli.forget.not_made"))
    for sentence, paths in (("cli.forget.still_in", done.still_in), ("cli.forget.outside_copies", done.outside_copies)):
        if paths:
            typer.echo(home.say(sentence, files=len(paths)))
        for path in paths:
            typer.echo(f"  {path}")
