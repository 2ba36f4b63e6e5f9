"""What a person types. Each command imports what it needs when it is called, so that a check-in starts at once."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from pipelines import deciding, saying
from pipelines.home import Home, chosen_home, look_at_home
from runmood.terms.notices import CannotBeDoneError

LOOK, FAILED = 1, 2  # exit statuses beside 0, done: done, but look at something; could not be done

app = typer.Typer(
    help="Joins the runs on your watch with how you say you feel: on this machine, and nowhere else.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
kept_elsewhere = typer.Typer(help="What you kept elsewhere.", no_args_is_help=True)
kept_elsewhere.command("import")(saying.journal_import)
app.command("check-in")(saying.check_in)
app.command("plan")(saying.plan)
app.command()(deciding.undo)
app.command()(deciding.runs)
app.command()(deciding.join)
app.command()(deciding.split)
app.command()(deciding.export)
app.add_typer(kept_elsewhere, name="journal")

Files = Annotated[list[Path], typer.Argument(help="Watch files, folders, export zips.", show_default=False)]


def main() -> NoReturn:
    """Run a command; what cannot be done is told in a sentence, with exit status 2."""
    os.umask(0o077)  # whatever is made in a home is its owner's alone
    os.environ.setdefault("POLARS_MAX_THREADS", "1")  # a run is a small frame: a second thread takes more than it gives
    try:
        app()
    except (CannotBeDoneError, OSError) as fault:
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
    from pipelines.demo import make_home
    from pipelines.nightly.quiet import keep_prefect_quiet

    home = make_home(context.obj or Path("demo"), dt.datetime.now(dt.UTC).date())
    keep_prefect_quiet(home)
    _nightly(home)
    _show(home)


@app.command("import")
def import_(
    context: typer.Context,
    paths: Files,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would happen, and change nothing.")] = False,
) -> None:
    """Take watch files into the inbox and read what is new; tells what became of each that needs a look."""
    from pipelines.importing import commands, telling

    if dry_run:
        typer.echo("Nothing was changed. This would happen:")
        typer.echo(telling.batch_as_text(commands.preview_of(look_at_home(context.obj), paths)))
        return
    batch, left_out, again = commands.take_in(chosen_home(context.obj), paths)
    for sentence in left_out:
        typer.echo(sentence, err=True)
    if again:
        typer.echo(f"{again} had been taken back and {'is' if again == 1 else 'are'} in again.")
    typer.echo(telling.batch_as_text(batch))
    if left_out or not batch.clean:
        raise typer.Exit(LOOK)


@app.command()
def summary(
    context: typer.Context,
    *,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in your browser.")] = False,
) -> None:
    """The last weeks in words and pictures; what has been said since the last night is taken in first."""
    home = chosen_home(context.obj)
    _show(home)
    if open_:
        typer.launch(str(home.page))


@app.command()
def nightly(context: typer.Context) -> None:
    """Everything that is due, once: new files, days, findings, the published copy, the page."""
    from pipelines.nightly.quiet import keep_prefect_quiet

    home = chosen_home(context.obj)
    keep_prefect_quiet(home)
    if not _nightly(home):
        raise typer.Exit(LOOK)


@app.command()
def schedule(
    context: typer.Context,
    at: Annotated[str, typer.Option(help="HH:MM by your clock.", metavar="HH:MM")] = "03:30",
) -> None:
    """Keep running and do the nightly every night."""
    from pipelines.nightly.quiet import keep_prefect_quiet
    from pipelines.nightly.schedule import every_night, serve_nightly

    home = chosen_home(context.obj)
    keep_prefect_quiet(home)
    rhythm = every_night(at)
    typer.echo(f"Every night at {at} ({home.settings.time_zone}). Stop with Ctrl-C.")
    serve_nightly(home, rhythm)


@app.command()
def query(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="SQL", help="Such as: from weeks")],
    form: Annotated[Literal["table", "csv", "json", "parquet"], typer.Option("--format")] = "table",
) -> None:
    """Ask the published database. `runmood columns` tells what is in it."""
    from pipelines.listing import write_frame
    from runmood import warehouse

    write_frame(warehouse.ask(chosen_home(context.obj).published, question), form)


@app.command()
def columns(table: Annotated[str | None, typer.Argument(help="One table; all if left out.")] = None) -> None:
    """The data dictionary: what a row is, and each column with its unit and meaning."""
    from runmood.terms import printed

    typer.echo(printed.columns_page(table))


@app.command()
def web(context: typer.Context, port: Annotated[int, typer.Option(help="On this machine only.")] = 8730) -> None:
    """A local page to check in and to read the summary, for this machine only."""
    from runmood import web as pages

    home = chosen_home(context.obj)
    typer.echo(f"http://127.0.0.1:{port}  (this machine only; stop with Ctrl-C)")
    written = pages.create_app(
        home.journal,
        lambda: home.page.read_text(encoding="utf-8") if home.page.exists() else None,
        lambda: dt.datetime.now(home.zone),
    )
    pages.serve(written, port)


@app.command()
def rebuild(context: typer.Context) -> None:
    """Everything that is made, made anew from the inbox and the journal."""
    from pipelines.importing import commands, telling

    typer.echo(telling.batch_as_text(commands.make_anew(chosen_home(context.obj))))


def _nightly(home: Home) -> bool:
    """Run the nightly flow, tell what was new, and say whether nothing needs a look."""
    from pipelines.importing.telling import batch_as_text
    from pipelines.nightly.flows import nightly as flow

    batch = flow(home.root)
    typer.echo(batch_as_text(batch))
    return batch.clean


def _show(home: Home) -> None:
    from pipelines import steps

    typer.echo(steps.show(home, home.today()))
    typer.echo(f"\nThe page: {home.page.resolve()}")


if __name__ == "__main__":
    main()
