"""The command line: which module holds which command, and what a failure looks like."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

from runmood.core.errors import UserError

if TYPE_CHECKING:
    from typer._click.core import Command, Context

FAILED = 2  # exit status of what could not be done; 0: done, 1: done, but look at something

COMMANDS = {
    "check-in": "checkin:check_in",
    "log": "journal:log",
    "journal": "journal:journal",
    "goal": "goals:goals",
    "reflect": "goals:reflect",
    "readiness": "goals:readiness",
    "plan": "plan:plan",
    "import": "imports:import_files",
    "ran": "ran:ran",
    "undo": "runs:undo",
    "runs": "runs:runs",
    "run": "reports:run",
    "join": "runs:join",
    "split": "runs:split",
    "export": "runs:export",
    "summary": "reports:summary",
    "findings": "reports:findings",
    "share": "share:share",
    "web": "web:web",
    "nightly": "nightly:nightly",
    "schedule": "nightly:schedule",
    "rebuild": "imports:rebuild",
    "settings": "nightly:settings",
    "doctor": "nightly:doctor",
    "verify": "verify:verify",
    "query": "query:query",
    "tables": "query:tables",
    "columns": "query:columns",
    "support": "support:support",
    "demo": "demo:demo",
}
FORMER = {"said": "log", "ready": "readiness"}  # former names, which scripts may hold


class LazyGroup(TyperGroup):
    """All commands; the module of each is imported when the command is called, so that a check-in starts at once."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 - what click hands over
        """Return the names that help lists."""
        return [*COMMANDS]

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002 - as above
        """Return the command of that name, or nothing."""
        place = COMMANDS.get(FORMER.get(cmd_name, cmd_name))
        if place is None:
            return None
        module, _, name = place.partition(":")
        found = getattr(import_module(f"runmood.cli.{module}"), name)
        if isinstance(found, typer.Typer):
            group = get_group(found)
            group.name = cmd_name
            return group
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        alone.command(cmd_name)(found)
        return get_command(alone)


app = typer.Typer(
    cls=LazyGroup,
    help="Joins the runs on your watch with how you say you feel: on this machine, and nowhere else.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def choose_home(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option(envvar="RUNMOOD_HOME", help="Your folder; ./data if left out.")] = None,
) -> None:
    """Remember which home is meant."""
    context.obj = home


def main() -> NoReturn:
    """Run a command; what cannot be done is explained in a sentence, with exit status 2."""
    os.umask(0o077)  # whatever is made in a home is its owner's alone
    os.environ.setdefault("POLARS_MAX_THREADS", "1")  # a run is a small frame: a second thread takes more than it gives
    try:
        app()
    except (UserError, OSError) as fault:
        typer.echo(f"runmood: {fault}", err=True)
        sys.exit(FAILED)
    sys.exit()


if __name__ == "__main__":
    main()
