"""The commands with which a person corrects what runmood took a file for. Each is a line of the journal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.core.errors import UserError
from runmood.core.models import DistanceCorrection, EntryDeleted, FileChosen, NewEntry, RunJudged, RunTagged
from runmood.home.home import chosen_home
from runmood.journal.resolve import effective_entries
from runmood.journal.store import append, read
from runmood.warehouse.publish import recordings_named
from runmood.workflow import steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from runmood.core.models import Entry
    from runmood.home.home import Home
    from runmood.journal.codec import JournalRecord

METRES_A_KM, LONGEST_KM = 1000, 1000

Run = Annotated[str, typer.Argument(metavar="RUN", help="A run as `runmood runs` names it, or the name of a file.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take your word back.")]


def not_a_run(context: typer.Context, run: Run, *, undo: Undo = False) -> None:
    """Say that this was no run: a walk, a ride, a drive. Its file stays, and `--undo` brings it back."""
    home = chosen_home(context.obj)
    found = _recordings(home, run)
    if undo:
        _take_back(home, found)
        return
    _decide(home, [RunJudged(content, "not-a-run") for content in _contents(found)])
    typer.echo(home.say("cli.appeals.not_a_run", run=run))


def is_a_run(
    context: typer.Context,
    run: Run,
    *,
    distance: Annotated[float | None, typer.Option(metavar="KM", help="How far it was, in kilometres.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="What kind of run: easy, race …; may be repeated.")] = None,
    undo: Undo = False,
) -> None:
    """Say that this was a run, and how far, where the file leaves that open."""
    home = chosen_home(context.obj)
    found = _recordings(home, run)
    if undo:
        _take_back(home, found)
        return
    if distance is not None and not 0 < distance < LONGEST_KM:
        raise UserError(home.say("cli.runs.not_meant", km=f"{distance:g}"))
    entries: list[Entry] = [RunJudged(content, "run") for content in _contents(found)]
    if distance is not None:
        entries += [DistanceCorrection(each, distance * METRES_A_KM) for each in found["recording_id"]]
    if kind:
        entries += [RunTagged(each, tuple(kind)) for each in found["recording_id"]]
    _decide(home, entries)
    typer.echo(home.say("cli.appeals.is_a_run", run=run))


def use(context: typer.Context, file: Run, *, undo: Undo = False) -> None:
    """Let this file give its run distance, time and pace, before its other files: a cropped or corrected one."""
    home = chosen_home(context.obj)
    found = _recordings(home, file)
    if found["recording_id"].n_unique() > 1:
        listed = "".join(f"\n  {name}" for name in found["file_name"].drop_nulls().unique().sort())
        raise UserError(home.say("cli.appeals.which_file", files=listed))
    recording = found["recording_id"][0]
    if undo:
        _withdraw(home, [each.id for each in _said(home) if each.entry == FileChosen(recording)])
        typer.echo(home.say("cli.appeals.taken_back"))
        return
    _decide(home, [FileChosen(recording)])
    typer.echo(home.say("cli.appeals.used", file=file))


def _recordings(home: Home, run: str) -> pl.DataFrame:
    """Return the recordings that are meant.

    Raises:
        UserError: there is none.
    """
    found = recordings_named(home.published, run)
    if found.is_empty():
        raise UserError(home.say("cli.runs.no_such_run", run=run))
    return found


def _contents(found: pl.DataFrame) -> list[str]:
    return found["content_hash"].unique().sort().to_list()


def _said(home: Home) -> Sequence[JournalRecord]:
    return effective_entries(read(home.journal).told)


def _take_back(home: Home, found: pl.DataFrame) -> None:
    """Withdraw what was said of whether these files are a run."""
    contents = _contents(found)
    said = [each.id for each in _said(home) if isinstance(each.entry, RunJudged) and each.entry.content in contents]
    _withdraw(home, said)
    typer.echo(home.say("cli.appeals.taken_back"))


def _withdraw(home: Home, ids: list[str]) -> None:
    if not ids:
        raise UserError(home.say("cli.appeals.nothing_said"))
    _decide(home, [EntryDeleted(each) for each in ids])


def _decide(home: Home, entries: Sequence[Entry | EntryDeleted]) -> None:
    """Write it in the journal, and make what follows from it."""
    now = dt.datetime.now(home.zone)
    with home.writing():
        append(home.journal, [NewEntry(now, entry) for entry in entries])
        steps.run_pipeline(home, home.today())
