"""What a person types. Each command imports what it needs when it is called, so that a check-in starts at once."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from runmood.cli import nightly, reports, runs, share
from runmood.cli import web as serving
from runmood.cli.checkin import check_in
from runmood.cli.goals import goals, ready, reflect
from runmood.cli.journal import journal_import, said
from runmood.cli.plan import plan
from runmood.cli.query import columns, query, tables
from runmood.cli.support import support
from runmood.core.errors import UserError
from runmood.home.home import chosen_home, open_readonly

LOOK, FAILED = 1, 2  # exit statuses beside 0, done: done, but look at something; could not be done

app = typer.Typer(
    help="Joins the runs on your watch with how you say you feel: on this machine, and nowhere else.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
kept_elsewhere = typer.Typer(help="What you kept elsewhere.", no_args_is_help=True)
kept_elsewhere.command("import")(journal_import)
app.command("check-in")(check_in)
app.command()(said)
app.command()(reflect)
app.command()(ready)
app.command()(support)
app.command("plan")(plan)
app.command()(nightly.nightly)
app.command()(nightly.schedule)
app.command()(nightly.settings)
app.command()(nightly.doctor)
app.command()(query)
app.command()(tables)
app.command()(columns)
app.command()(runs.undo)
app.command()(runs.runs)
app.command()(reports.run)
app.command()(reports.findings)
app.command()(reports.summary)
app.command()(runs.join)
app.command()(runs.split)
app.command()(runs.export)
app.command()(share.share)
app.command()(serving.web)
app.add_typer(kept_elsewhere, name="journal")
app.add_typer(goals, name="goal")

Files = Annotated[list[Path], typer.Argument(help="Watch files, folders, export zips.", show_default=False)]


def main() -> NoReturn:
    """Run a command; what cannot be done is told in a sentence, with exit status 2."""
    os.umask(0o077)  # whatever is made in a home is its owner's alone
    os.environ.setdefault("POLARS_MAX_THREADS", "1")  # a run is a small frame: a second thread takes more than it gives
    try:
        app()
    except (UserError, OSError) as fault:
        typer.echo(f"runmood: {fault}", err=True)
        sys.exit(FAILED)
    sys.exit()


@app.callback()
def choose_home(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option(envvar="RUNMOOD_HOME", help="Your folder; ./data if left out.")] = None,
) -> None:
    """Remember which home is meant."""
    context.obj = home


@app.command()
def demo(context: typer.Context) -> None:
    """A year of an invented runner with known truths: made as real files, imported, examined, shown."""
    from runmood.cli.demo import make_home

    home = make_home(context.obj or Path("demo"), dt.datetime.now(dt.UTC).date())
    nightly.nightly_once(home)
    reports.show_report(home)


@app.command("import")
def import_(
    context: typer.Context,
    paths: Files,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would happen, and change nothing.")] = False,
) -> None:
    """Take watch files into the inbox and read what is new; tells what became of each that needs a look."""
    from runmood.ingest import report
    from runmood.workflow import imports

    if dry_run:
        typer.echo("Nothing was changed. This would happen:")
        typer.echo(report.batch_as_text(imports.preview_of(open_readonly(context.obj), paths)))
        return
    batch, left_out, again = imports.import_paths(chosen_home(context.obj), paths)
    for sentence in left_out:
        typer.echo(sentence, err=True)
    if again:
        typer.echo(report.count_restored(again))
    typer.echo(report.batch_as_text(batch))
    if left_out or not batch.clean:
        raise typer.Exit(LOOK)


@app.command()
def rebuild(context: typer.Context) -> None:
    """Everything that is made, made anew from the inbox and the journal."""
    from runmood.ingest import report
    from runmood.workflow import imports

    batch, differences = imports.rebuild(chosen_home(context.obj))
    typer.echo(f"{report.batch_as_text(batch)}\n{report.differences_as_text(differences)}")


if __name__ == "__main__":
    main()
