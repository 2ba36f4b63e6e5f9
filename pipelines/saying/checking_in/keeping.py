"""Writing down what was said, and telling what was kept."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import typer

from pipelines.saying.changing import in_a_line
from pipelines.saying.helping import show_if_touched
from runmood import journal
from runmood.terms.entries import Changed, CheckIn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.home import Home
    from runmood.terms.entries import Said

LAST_RUN = "last-run"  # in the writer's folder: the moment at which the last known run ended
TORN = (
    "The journal's last line had been cut off, as a power cut does. It stays as it is, and all else is whole: "
    "if something you said is missing, please say it again."
)


def keep(home: Home, entries: Sequence[Said]) -> None:
    """Check-ins and changes of them, on disk when this returns; the panel follows words that ask for it."""
    written = journal.append(home.journal, entries)
    check_ins = [check_in for said in entries if (check_in := _check_in(said))]
    if len(entries) == 1:
        head = "Changed" if isinstance(entries[0].entry, Changed) else "Kept"
        typer.echo(f"{head}: {in_a_line(check_ins[0])}.")
    else:
        typer.echo(f"{len(entries)} check-ins read, {written.new} of them new.")
    if written.torn:
        typer.echo(TORN)
    show_if_touched(home, [(each.note or "", each.mood) for each in check_ins])


def last_run_ended(home: Home) -> dt.datetime | None:
    """When the last run ended, as the last import noted; to ask the database takes longer than the check-in."""
    noted = home.work / LAST_RUN
    return dt.datetime.fromisoformat(noted.read_text(encoding="utf-8")) if noted.exists() else None


def note_last_run(home: Home, ended_at: dt.datetime) -> None:
    """Remember when the last run ended, so that the next check-in suggests itself as one after a run."""
    (home.work / LAST_RUN).write_text(ended_at.isoformat(), encoding="utf-8")


def _check_in(said: Said) -> CheckIn | None:
    entry = said.entry.check_in if isinstance(said.entry, Changed) else said.entry
    return entry if isinstance(entry, CheckIn) else None
