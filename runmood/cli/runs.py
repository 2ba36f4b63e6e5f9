"""The commands with which a person looks at their runs and decides about them: taken back, one run, or two."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.cli import listing
from runmood.core.checkins import NewEntry
from runmood.core.entries import LONGEST_RUN_M, DistanceCorrection, RunsMerged, RunSplit, RunTagged
from runmood.core.errors import UserError
from runmood.home.home import chosen_home
from runmood.ingest.calendars import titles_to_decide
from runmood.ingest.entry_imports import entry_batches
from runmood.journal.store import append
from runmood.reports.gpx import as_gpx
from runmood.warehouse.publish import list_files, list_pairs, list_runs, read_points, to_decide
from runmood.workflow import steps
from runmood.workflow.imports import batches, revert_import

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from runmood.core.entries import Entry
    from runmood.home.home import Home


LATEST = 20
NARROWEST = 40  # characters
LONGEST_APART = dt.timedelta(days=1)  # a clock of another zone is off by less

Run = Annotated[str, typer.Argument(metavar="RUN", help="As `runmood runs` names it.")]


def undo(
    context: typer.Context,
    batch: Annotated[str | None, typer.Argument(help="Which import; lists them if left out.")] = None,
) -> None:
    """Undo an import of runs, moods or plans: nothing of it counts any more, and no file or line is deleted."""
    home = chosen_home(context.obj)
    if batch is None:
        typer.echo(listing.batches_as_text(home.say, batches(home), entry_batches(home), home.zone))
        typer.echo(home.say("cli.runs.to_undo_one"), err=True)
        return
    with home.writing():
        undone = revert_import(home, batch)
        steps.run_pipeline(home, home.today())
    if any(each.logged.batch == batch for each in entry_batches(home)):
        typer.echo(home.say("cli.runs.entries_undone", batch=batch, entries=undone))
        return
    typer.echo(home.say("cli.runs.undone", batch=batch, files=undone))
    typer.echo(home.say("cli.runs.again"))


def runs(
    context: typer.Context,
    *,
    all_: Annotated[bool, typer.Option("--all", help=f"All, and not only the last {LATEST}.")] = False,
    ambiguous: Annotated[bool, typer.Option("--ambiguous", help="Files that may or may not be one run.")] = False,
    waiting: Annotated[bool, typer.Option("--to-decide", help="Everything that waits for your word.")] = False,
    doubtful: Annotated[bool, typer.Option("--doubtful", hidden=True)] = False,
) -> None:
    """List your runs, latest last, or with --to-decide what only you can say."""
    home = chosen_home(context.obj)
    if waiting:
        pairs, titles = list_pairs(home.published), titles_to_decide(home)
        others = bool(titles) or not pairs.is_empty()
        typer.echo(listing.to_decide_as_text(home.say, home.zone, to_decide(home.published), any_others=others))
        if titles:
            typer.echo(listing.titles_as_text(home.say, titles))
        if not pairs.is_empty():
            typer.echo(listing.ambiguous_as_text(home.say, pairs))
    elif ambiguous or doubtful:
        typer.echo(listing.ambiguous_as_text(home.say, list_pairs(home.published)))
    else:
        typer.echo(listing.runs_as_text(home.say, list_runs(home.published), None if all_ else LATEST, _width()))


def join(context: typer.Context, one: Run, other: Run) -> None:
    """Say that two runs are one, for example of two watches."""
    home = chosen_home(context.obj)
    files = [_files_of(home, run) for run in (one, other)]
    pair = sorted(each["recording_id"][0] for each in files)
    if pair[0] == pair[1]:
        raise UserError(home.say("cli.runs.one_already"))
    begun = [each["started_at"][0] for each in files]
    if abs(begun[0] - begun[1]) > LONGEST_APART:
        raise UserError(home.say("cli.runs.too_far_apart", days=[home.say.date(each.date()) for each in begun]))
    _decide(home, [RunsMerged(*pair)])
    typer.echo(home.say("cli.runs.joined"))


def split(
    context: typer.Context,
    run: Run,
    file: Annotated[str | None, typer.Argument(help="Which of its files is a run of its own.")] = None,
) -> None:
    """Say that the files of a run are two runs."""
    home = chosen_home(context.obj)
    files = _files_of(home, run)
    names = dict(files.select("recording_id", "file_name").iter_rows())
    if len(names) == 1:
        raise UserError(home.say("cli.runs.one_file"))
    own = files["recording_id"][1] if len(names) == 2 and file is None else _named(home, names, file)  # noqa: PLR2004 - two
    others = [recording for recording in names if recording != own]
    _decide(home, [RunSplit(*sorted((own, other))) for other in others])
    typer.echo(home.say("cli.runs.parted", file=names[own]))


def export(
    context: typer.Context,
    run: Run,
    file: Annotated[Path | None, typer.Argument(help="Where to; RUN.gpx here if left out.")] = None,
    *,
    gpx: Annotated[bool, typer.Option("--gpx", help="As GPX 1.1, with heart rate and cadence.")] = False,
) -> None:
    """Write a run into a file that other programs read. It tells where you ran: think before you share it."""
    home = chosen_home(context.obj)
    if not gpx:
        raise UserError(home.say("cli.runs.which_form"))
    run_id = _files_of(home, run)["run_id"][0]
    target = file or Path(f"{run_id}.gpx")
    if target.exists():
        raise UserError(home.say("cli.runs.there_already", file=f"{target}"))
    target.write_text(as_gpx(read_points(home.published, home.points, run_id), run_id), encoding="utf-8")
    typer.echo(home.say("cli.runs.exported", file=f"{target}"))


def _width() -> int | None:
    """Return the width of the terminal, no less than a run needs; null where a program reads."""
    return max(NARROWEST, shutil.get_terminal_size().columns) if sys.stdout.isatty() else None


def _named(home: Home, names: dict[str, str], file: str | None) -> str:
    """Return the recording that a person means by the name of its file, or by its own."""
    found = [each for each, name in names.items() if file and (file == each or name.endswith(file))]
    if len(found) != 1:
        listed = "".join(f"\n  {name}  ({each})" for each, name in names.items())
        raise UserError(home.say("cli.runs.which_file", files=listed))
    return found[0]


def _files_of(home: Home, run: str) -> pl.DataFrame:
    """Return the recordings of a run, the best first."""
    files = list_files(home.published, run)
    if files.is_empty():
        raise UserError(home.say("cli.runs.no_such_run", run=run))
    return files


def _decide(home: Home, entries: list[RunsMerged] | list[RunSplit]) -> None:
    """Write it in the journal, and make what follows from it."""
    now = dt.datetime.now(home.zone)
    with home.writing():
        append(home.journal, [NewEntry(now, entry) for entry in entries])
        steps.run_pipeline(home, home.today())


def annotate_run(
    home: Home, recording: str, distance_m: float | None = None, tags: Sequence[str] | None = None
) -> None:
    """Write down how far a recording was and which tags it has, where given; no tags at all take the old ones away."""
    if distance_m is not None and not 0 < distance_m < LONGEST_RUN_M:
        raise UserError(home.say("cli.runs.not_meant", km=f"{distance_m / 1000:g}"))
    entries: list[Entry] = []
    if distance_m is not None:
        entries.append(DistanceCorrection(recording, distance_m))
    if tags is not None:
        entries.append(RunTagged(recording, tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))))
    now = dt.datetime.now(home.zone)
    append(home.journal, [NewEntry(now, entry) for entry in entries])
