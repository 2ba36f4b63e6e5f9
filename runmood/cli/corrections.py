"""The commands with which a person corrects what runmood took a file for: each is a line of the journal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import polars as pl
import typer

from runmood.cli.day_names import read_moment
from runmood.cli.entries import append_now
from runmood.cli.numbers import number
from runmood.cli.run_names import Run, named_run, no_recording
from runmood.core.checkins import EntryDeleted
from runmood.core.entries import (
    LONGEST_RUN_M,
    DistanceCorrection,
    FileChosen,
    RunDated,
    RunJudged,
    RunsMerged,
    RunSplit,
    RunTagged,
    RunTrimmed,
)
from runmood.core.enums import WRONG_CLOCK, RecordingStatus
from runmood.core.errors import UserError
from runmood.core.recordings import FileCorrection
from runmood.home.home import resolve_home
from runmood.ingest.corrections import read_as
from runmood.journal.decisions import content_prefix, copies_of, names_in, short_id
from runmood.journal.resolve import effective_entries
from runmood.journal.store import read
from runmood.warehouse.publish import list_files, recordings_named, unused_files
from runmood.workflow.trimming import cuts, span_kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from runmood.core.entries import Entry
    from runmood.home.home import Home

    Row = dict[str, Any]


METRES_A_KM = 1000
LONGEST_APART = dt.timedelta(days=1)  # a clock of another zone is off by less

Place = Annotated[
    str | None, typer.Option("--from", metavar="WHERE", help="Where the run began: 17:05 by the clock, or 0.4km.")
]
End = Annotated[str | None, typer.Option("--to", metavar="WHERE", help="Where it ended: 17:45, or 5.2km.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take your word back.")]


def not_a_run(context: typer.Context, run: Run, *, undo: Undo = False) -> None:
    """Say that this was no run: a walk, a ride, a drive. Its file stays, and `--undo` brings it back."""
    home = resolve_home(context.obj)
    run = named_run(home, run)
    names = _names(recordings(home, run))
    if undo:
        withdraw(home, (RunJudged,), names)
        typer.echo(home.say("cli.corrections.taken_back"))
        return
    decide(home, [RunJudged(name, "not-a-run") for name in names])
    typer.echo(home.say("cli.corrections.not_a_run", run=run))


def is_a_run(
    context: typer.Context,
    run: Run,
    *,
    distance: Annotated[
        float | None, typer.Option(parser=number, metavar="KM", help="How far it was, in kilometres.")
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(metavar="DATE", help='When it was, where the clock was wrong: 2026-11-28 or "2026-11-28 17:05".'),
    ] = None,
    kind: Annotated[list[str] | None, typer.Option(help="What kind of run: easy, race …; may be repeated.")] = None,
    undo: Undo = False,
) -> None:
    """Say that this was a run, also one that we skipped; and how far or when, where the file is wrong."""
    home = resolve_home(context.obj)
    run = named_run(home, run)
    if undo:
        _take_back(home, run)
        return
    if distance is not None and not 0 < distance * METRES_A_KM < LONGEST_RUN_M:
        raise UserError(home.say("cli.runs.not_meant", km=f"{distance:g}"))
    begins = None if date is None else _moment(home, date)
    found = recordings(home, run, unused=True)
    _check(home, run, found, begins)
    names = _names(found)
    unread = found.filter(pl.col("started_at").is_null())  # all that such a file holds is meant
    contents = dict(unread.select("recording_id", "content_hash").iter_rows())
    entries: list[Entry] = [RunJudged(contents.get(name, name), "run") for name in names]
    if begins is not None:
        entries += [RunDated(each, *begins) for each in names]
    if distance is not None:
        entries += [DistanceCorrection(each, distance * METRES_A_KM) for each in names]
    if kind:
        entries += [RunTagged(each, tuple(kind)) for each in names]
    decide(home, entries)
    typer.echo(home.say("cli.corrections.is_a_run", run=run))


def use(context: typer.Context, file: Run, *, undo: Undo = False) -> None:
    """Let this file give its run distance, time and pace, before its other files: a cropped or corrected one."""
    home = resolve_home(context.obj)
    file = named_run(home, file)
    found = recordings(home, file)
    if found["recording_id"].n_unique() > 1:
        raise UserError(home.say("cli.corrections.which_file", files=_file_list(found)))
    recording = found["recording_id"][0]
    if undo:
        withdraw(home, (FileChosen,), [recording])
        typer.echo(home.say("cli.corrections.taken_back"))
        return
    decide(home, [FileChosen(recording)])
    typer.echo(home.say("cli.corrections.used", file=file))


def trim(context: typer.Context, run: Run, *, from_: Place = None, to: End = None, undo: Undo = False) -> None:
    """Cut a recording to the run in it, where the watch ran on in the car. Its file stays as it is."""
    home = resolve_home(context.obj)
    run = named_run(home, run)
    named = recordings(home, run)
    if named["recording_id"].n_unique() > 1 and named["run_id"].drop_nulls().n_unique() != 1:
        raise UserError(home.say("cli.corrections.which_file", files=_file_list(named)))
    whole_run = named["run_id"].drop_nulls()
    same = recordings(home, whole_run[0]) if len(whole_run) else named
    found = pl.concat([named, same]).unique("recording_id", keep="first", maintain_order=True)
    if undo:
        withdraw(home, (RunTrimmed,), _names(found))
        typer.echo(home.say("cli.corrections.taken_back"))
        return
    if from_ is None and to is None:
        raise UserError(home.say("cli.trim.which_part", run=run))
    entries = list(cuts(home, found, from_, to))
    decide(home, entries)
    (now, *_) = recordings_named(home.published, entries[0].recording).iter_rows(named=True)
    typer.echo(
        home.say("cli.trim.kept", **span_kept(home, entries[0], found), run=now["run_id"] or now["recording_id"])
    )


def join(context: typer.Context, one: Run, other: Run) -> None:
    """Say that two runs are one, for example of two watches."""
    home = resolve_home(context.obj)
    files = [_files_of(home, run) for run in (one, other)]
    pair = sorted(each["recording_id"][0] for each in files)
    if pair[0] == pair[1]:
        raise UserError(home.say("cli.corrections.one_already"))
    begun = [each["started_at"][0] for each in files]
    if abs(begun[0] - begun[1]) > LONGEST_APART:
        raise UserError(home.say("cli.corrections.too_far_apart", days=[home.say.date(each.date()) for each in begun]))
    decide(home, [RunsMerged(*pair)])
    typer.echo(home.say("cli.corrections.joined"))


def split(
    context: typer.Context,
    run: Run,
    file: Annotated[str | None, typer.Argument(help="Which of its files is a run of its own.")] = None,
) -> None:
    """Say that the files of a run are two runs."""
    home = resolve_home(context.obj)
    files = _files_of(home, run)
    names = dict(files.select("recording_id", "file_name").iter_rows())
    if len(names) == 1:
        raise UserError(home.say("cli.corrections.one_file"))
    own = files["recording_id"][1] if len(names) == 2 and file is None else _named(home, names, file)  # noqa: PLR2004 - two
    others = [recording for recording in names if recording != own]
    decide(home, [RunSplit(*sorted((own, other))) for other in others])
    typer.echo(home.say("cli.corrections.split", file=names[own]))


def recordings(home: Home, run: str, *, unused: bool = False) -> pl.DataFrame:
    """Return the recordings that are meant, the best first; with `unused` also those of a file that gave no run.

    Raises:
        UserError: There is none.
    """
    found = recordings_named(home.published, run)
    if found.is_empty() and unused:
        found = unused_files(home.published, run)
    if found.is_empty():
        raise UserError(no_recording(home, run))
    return found


def withdraw(home: Home, kinds: tuple[type, ...], names: Iterable[str]) -> None:
    """Withdraw what was said in these kinds of entries of recordings, or of what those stand for.

    Raises:
        UserError: Nothing of it was said.
    """
    records = read(home.journal).records
    same = copies_of(records, names)
    ids = [
        each.id
        for each in effective_entries(records)
        if isinstance(each.entry, kinds) and same.intersection(map(short_id, names_in(each.entry)))
    ]
    if not ids:
        raise UserError(home.say("cli.corrections.nothing_said"))
    decide(home, [EntryDeleted(each) for each in ids])


def decide(home: Home, entries: Sequence[Entry | EntryDeleted]) -> None:
    """Write it in the journal, and make what follows from it."""
    from runmood.workflow import steps

    with home.writing():
        append_now(home, entries)
        steps.run_pipeline(home, home.today())


def _names(found: pl.DataFrame) -> list[str]:
    return found["recording_id"].unique().sort().to_list()


def _take_back(home: Home, run: str) -> None:
    """Withdraw all that `is-a-run` can say of these files: that they are a run, when, how far and of what kind."""
    names = _names(recordings(home, run, unused=True))
    withdraw(home, (RunJudged, RunDated, DistanceCorrection, RunTagged), names)
    typer.echo(home.say("cli.corrections.taken_back"))


def _moment(home: Home, text: str) -> tuple[dt.date, str | None]:
    """Return the day that is meant, and the clock where one is named.

    Raises:
        UserError: It is no day, or one to come.
    """
    meant = read_moment(home.say, text, home.today())
    day, clock = (meant.date(), f"{meant:%H:%M}") if isinstance(meant, dt.datetime) else (meant, None)
    if day > home.today():
        raise UserError(home.say("cli.corrections.date_ahead", text=text))
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
            raise UserError(home.say("cli.corrections.which_day", run=run, date=day))
        if row["started_at"] is None and not _holds_a_run(home, row, begins):
            raise UserError(home.say("cli.corrections.no_recording", file=row["file_name"], reason=row["reason"] or ""))


def _holds_a_run(home: Home, row: Row, begins: tuple[dt.date, str | None] | None) -> bool:
    """Return whether a file gives a recording once it is said to be a run, and when."""
    dated = () if begins is None else ((row["recording_id"], *begins),)
    file = read_as(
        home,
        row["file_name"],
        row["content_hash"],
        FileCorrection((content_prefix(row["content_hash"]),), begins=dated),
    )
    return file is not None and any(each.row["status"] in tuple(RecordingStatus) for each in file.recordings)


def _named(home: Home, names: dict[str, str], file: str | None) -> str:
    """Return the recording that a person means by the name of its file, or by its own."""
    found = [each for each, name in names.items() if file and (file == each or name.endswith(file))]
    if len(found) != 1:
        listed = "".join(f"\n  {name}  ({each})" for each, name in names.items())
        raise UserError(home.say("cli.corrections.which_own_file", files=listed))
    return found[0]


def _files_of(home: Home, run: str) -> pl.DataFrame:
    """Return the recordings of a run, the best first."""
    run = named_run(home, run)
    files = list_files(home.published, run)
    if files.is_empty():
        raise UserError(no_recording(home, run))
    return files


def _file_list(found: pl.DataFrame) -> str:
    return "".join(f"\n  {name}" for name in found["file_name"].drop_nulls().unique().sort())
