"""The commands with which a person corrects what runmood took a file for. Each is a line of the journal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import typer

from runmood.core.checkins import EntryDeleted, NewEntry
from runmood.core.entries import LONGEST_RUN_M, DistanceCorrection, FileChosen, RunDated, RunJudged, RunTagged
from runmood.core.enums import RecordingStatus, StatusReason
from runmood.core.errors import UserError
from runmood.core.recordings import FileCorrection
from runmood.home.home import chosen_home
from runmood.ingest.corrections import read_as
from runmood.journal.resolve import effective_entries
from runmood.journal.store import append, read
from runmood.warehouse.publish import recordings_named, unused_files
from runmood.workflow import steps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import polars as pl

    from runmood.core.entries import Entry
    from runmood.home.home import Home

    Row = dict[str, Any]

METRES_A_KM = 1000
WRONG_CLOCK = (StatusReason.CLOCK_AHEAD, StatusReason.CLOCK_BEHIND)

Run = Annotated[str, typer.Argument(metavar="RUN", help="A run as `runmood runs` names it, or the name of a file.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take your word back.")]


def not_a_run(context: typer.Context, run: Run, *, undo: Undo = False) -> None:
    """Say that this was no run: a walk, a ride, a drive. Its file stays, and `--undo` brings it back."""
    home = chosen_home(context.obj)
    contents = _contents(recordings(home, run))
    if undo:
        withdraw(home, lambda entry: isinstance(entry, RunJudged) and entry.content in contents)
        typer.echo(home.say("cli.appeals.taken_back"))
        return
    decide(home, [RunJudged(content, "not-a-run") for content in contents])
    typer.echo(home.say("cli.appeals.not_a_run", run=run))


def is_a_run(
    context: typer.Context,
    run: Run,
    *,
    distance: Annotated[float | None, typer.Option(metavar="KM", help="How far it was, in kilometres.")] = None,
    date: Annotated[
        str | None,
        typer.Option(metavar="DATE", help='When it was, where the clock was wrong: 2026-11-28 or "2026-11-28 17:05".'),
    ] = None,
    kind: Annotated[list[str] | None, typer.Option(help="What kind of run: easy, race …; may be repeated.")] = None,
    undo: Undo = False,
) -> None:
    """Say that this was a run, also one that we skipped; and how far or when, where the file is wrong."""
    home = chosen_home(context.obj)
    if undo:
        _take_back(home, run)
        return
    if distance is not None and not 0 < distance * METRES_A_KM < LONGEST_RUN_M:
        raise UserError(home.say("cli.runs.not_meant", km=f"{distance:g}"))
    begins = None if date is None else _moment(home, date)
    found = recordings(home, run, unused=True)
    _check(home, run, found, begins)
    contents, names = _contents(found), found["recording_id"].unique().sort().to_list()
    entries: list[Entry] = [RunJudged(content, "run") for content in contents]
    if begins is not None:
        entries += [RunDated(each, *begins) for each in names]
    if distance is not None:
        entries += [DistanceCorrection(each, distance * METRES_A_KM) for each in names]
    if kind:
        entries += [RunTagged(each, tuple(kind)) for each in names]
    decide(home, entries)
    typer.echo(home.say("cli.appeals.is_a_run", run=run))


def use(context: typer.Context, file: Run, *, undo: Undo = False) -> None:
    """Let this file give its run distance, time and pace, before its other files: a cropped or corrected one."""
    home = chosen_home(context.obj)
    found = recordings(home, file)
    if found["recording_id"].n_unique() > 1:
        listed = "".join(f"\n  {name}" for name in found["file_name"].drop_nulls().unique().sort())
        raise UserError(home.say("cli.appeals.which_file", files=listed))
    recording = found["recording_id"][0]
    if undo:
        withdraw(home, lambda entry: entry == FileChosen(recording))
        typer.echo(home.say("cli.appeals.taken_back"))
        return
    decide(home, [FileChosen(recording)])
    typer.echo(home.say("cli.appeals.used", file=file))


def recordings(home: Home, run: str, *, unused: bool = False) -> pl.DataFrame:
    """Return the recordings that are meant, the best first; with `unused` also those of a file that gave no run.

    Raises:
        UserError: There is none.
    """
    found = recordings_named(home.published, run)
    if found.is_empty() and unused:
        found = unused_files(home.published, run)
    if found.is_empty():
        raise UserError(home.say("cli.runs.no_such_run", run=run))
    return found


def withdraw(home: Home, meant: Callable[[object], bool]) -> None:
    """Withdraw what was said.

    Raises:
        UserError: Nothing of it was said.
    """
    ids = [each.id for each in effective_entries(read(home.journal).records) if meant(each.entry)]
    if not ids:
        raise UserError(home.say("cli.appeals.nothing_said"))
    decide(home, [EntryDeleted(each) for each in ids])


def decide(home: Home, entries: Sequence[Entry | EntryDeleted]) -> None:
    """Write it in the journal, and make what follows from it."""
    now = dt.datetime.now(home.zone)
    with home.writing():
        append(home.journal, [NewEntry(now, entry) for entry in entries])
        steps.run_pipeline(home, home.today())


def _contents(found: pl.DataFrame) -> list[str]:
    return found["content_hash"].unique().sort().to_list()


def _take_back(home: Home, run: str) -> None:
    """Withdraw all that `is-a-run` can say of these files: that they are a run, when, how far and of what kind."""
    found = recordings(home, run, unused=True)
    contents, names = set(_contents(found)), set(found["recording_id"])

    def meant(entry: object) -> bool:
        match entry:
            case RunJudged(content):
                return content in contents
            case RunDated(recording) | DistanceCorrection(recording) | RunTagged(recording):
                return recording in names
        return False

    withdraw(home, meant)
    typer.echo(home.say("cli.appeals.taken_back"))


def _moment(home: Home, text: str) -> tuple[dt.date, str | None]:
    """Return the day that is meant, and the clock where one is named.

    Raises:
        UserError: It is no day, or one to come.
    """
    try:
        day = dt.date.fromisoformat(text[:10])
        clock = f"{dt.time.fromisoformat(text[11:]):%H:%M}" if text[10:] else None
    except ValueError:
        raise UserError(home.say("cli.appeals.no_date", text=text)) from None
    if day > home.today():
        raise UserError(home.say("cli.appeals.date_ahead", text=text))
    return day, clock


def _check(home: Home, run: str, found: pl.DataFrame, begins: tuple[dt.date, str | None] | None) -> None:
    """Refuse what cannot be counted as a run: a clock that cannot be right, a file that holds no recording.

    Raises:
        UserError: It says what is missing.
    """
    for row in found.unique("recording_id", maintain_order=True).iter_rows(named=True):
        if begins is None and row["status_reason"] in WRONG_CLOCK:
            suggested = row["suggested_start_at"]
            day = f"{suggested.astimezone(home.zone):%Y-%m-%d}" if suggested else "DATE"
            raise UserError(home.say("cli.appeals.which_day", run=run, date=day))
        if row["started_at"] is None and not _holds_a_run(home, row, begins):
            raise UserError(home.say("cli.appeals.no_recording", file=row["file_name"], reason=row["reason"] or ""))


def _holds_a_run(home: Home, row: Row, begins: tuple[dt.date, str | None] | None) -> bool:
    """Whether a file gives a recording once it is said to be a run, and when."""
    dated = () if begins is None else ((row["recording_id"], *begins),)
    file = read_as(home, row["file_name"], row["content_hash"], FileCorrection(is_run=True, begins=dated))
    return file is not None and any(each.row["status"] in tuple(RecordingStatus) for each in file.recordings)
