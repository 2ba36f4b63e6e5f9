"""The command that looks whether the journal still says what it said."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from runmood.home.home import Home, open_readonly
from runmood.journal.store import journal_files, missing_ids, note_seen, read, restore_copy

LOOK = 1


def verify(
    context: typer.Context,
    *,
    restore: Annotated[bool, typer.Option("--restore", help="Bring back what a copy of an earlier day has.")] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Take the journal as it is: what is missing is gone.")
    ] = False,
) -> None:
    """Check that every journal entry is there and as you wrote it."""
    home = open_readonly(context.obj, lenient=True)
    if restore:
        copy = restore_copy(home.journal, home.work)
        typer.echo(
            home.say("cli.verify.restored", day=home.say.date(dt.date.fromisoformat(copy.stem)))
            if copy
            else home.say("cli.verify.no_copy")
        )
    journal = read(home.journal, verify=True)
    ids = [record.id for record in journal.records]
    if accept:
        note_seen(home.work, ids)
        typer.echo(home.say("cli.verify.accepted", entries=len(ids)))
        return
    if _report(
        home, len(ids), [notice.spoken(home.say) for notice in journal.notices], len(missing_ids(home.work, ids))
    ):
        raise typer.Exit(LOOK)


def _report(home: Home, entries: int, faults: list[str], missing: int) -> bool:
    """Print what the journal has and what asks for a look, and return whether anything does."""
    name = "cli.verify.counted" if faults or missing else "cli.verify.whole"
    typer.echo(home.say(name, entries=entries, files=len(journal_files(home.journal))))
    for sentence in faults:
        typer.echo(sentence)
    if missing:
        typer.echo(home.say("cli.verify.missing", entries=missing))
    return bool(faults or missing)
