"""The command that cuts a recording to the part that was the run: the watch was started late, or stopped at home."""

from __future__ import annotations

from typing import Annotated

import polars as pl
import typer

from runmood.cli.appeals import Run, Undo, decide, recordings, withdraw
from runmood.core.entries import RunTrimmed
from runmood.core.errors import UserError
from runmood.home.home import chosen_home
from runmood.warehouse.publish import recordings_named
from runmood.workflow.trimming import cuts, span_kept

Place = Annotated[
    str | None, typer.Option("--from", metavar="WHERE", help="Where the run began: 17:05 by the clock, or 0.4km.")
]
End = Annotated[str | None, typer.Option("--to", metavar="WHERE", help="Where it ended: 17:45, or 5.2km.")]


def trim(context: typer.Context, run: Run, *, from_: Place = None, to: End = None, undo: Undo = False) -> None:
    """Cut a recording to the run in it, where the watch ran on in the car. Its file stays as it is."""
    home = chosen_home(context.obj)
    named = recordings(home, run)
    if named["recording_id"].n_unique() > 1 and named["run_id"].drop_nulls().n_unique() != 1:
        raise UserError(home.say("cli.appeals.which_file", files=_listed(named)))
    whole_run = named["run_id"].drop_nulls()
    kin = recordings(home, whole_run[0]) if len(whole_run) else named
    found = pl.concat([named, kin]).unique("recording_id", keep="first", maintain_order=True)
    if undo:
        cut = set(found["recording_id"])
        withdraw(home, lambda entry: isinstance(entry, RunTrimmed) and entry.recording in cut)
        typer.echo(home.say("cli.appeals.taken_back"))
        return
    if from_ is None and to is None:
        raise UserError(home.say("cli.trim.which_part", run=run))
    entries = list(cuts(home, found, from_, to))
    decide(home, entries)
    (now, *_) = recordings_named(home.published, entries[0].recording).iter_rows(named=True)
    typer.echo(
        home.say("cli.trim.kept", **span_kept(home, entries[0], found), run=now["run_id"] or now["recording_id"])
    )


def _listed(found: pl.DataFrame) -> str:
    return "".join(f"\n  {name}" for name in found["file_name"].drop_nulls().unique().sort())
