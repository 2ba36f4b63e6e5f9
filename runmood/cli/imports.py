"""The commands that read watch files, and build everything from them again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from runmood.cli.support import show_help_after
from runmood.home.home import chosen_home, open_readonly
from runmood.ingest import report
from runmood.journal.store import read
from runmood.workflow import imports

LOOK = 1  # the exit status that asks for a look

Files = Annotated[list[Path], typer.Argument(help="Watch files, folders, export zips.", show_default=False)]


def import_files(
    context: typer.Context,
    paths: Files,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would happen, and change nothing.")] = False,
) -> None:
    """Copy watch files into your inbox, read what is new, and say which files need a look."""
    if dry_run:
        home = open_readonly(context.obj)
        typer.echo(home.say("import.nothing_changed"))
        typer.echo(report.batch_as_text(home.say, imports.preview_of(home, paths)))
        return
    home = chosen_home(context.obj)
    known = {each.id for each in read(home.journal).records}
    batch, left_out, again = imports.import_paths(home, paths)
    for told in left_out:
        typer.echo(told.spoken(home.say), err=True)
    if again:
        typer.echo(home.say("import.restored", count=again))
    typer.echo(report.batch_as_text(home.say, batch))
    show_help_after(home, [each.entry for each in read(home.journal).records if each.id not in known])
    if left_out or not batch.clean:
        raise typer.Exit(LOOK)


def rebuild(context: typer.Context) -> None:
    """Rebuild the database and pages from your files and check-ins."""
    home = chosen_home(context.obj)
    batch, differences = imports.rebuild(home)
    typer.echo(f"{report.batch_as_text(home.say, batch)}\n{report.differences_as_text(home.say, differences)}")
