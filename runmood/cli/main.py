"""The command line: which module holds which command, and what a failure looks like."""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches
from importlib import import_module, metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

from runmood.core.catalogue import DEFAULT
from runmood.core.errors import UserError
from runmood.core.i18n import translator
from runmood.core.plain_text import PlainOutput, plain

if TYPE_CHECKING:
    from typing import TextIO

    from typer._click.core import Command, Context

    from runmood.core.i18n import Translator

FAILED = 2  # exit status of what could not be done; 0: done, 1: done, but look at something

LOOK = 1
WITH_NEXT_STEP = ("import", "log", "summary", "runs", "run", "share", "plan", "goal", "nightly", "rebuild", "better")

COMMANDS = {
    "check-in": "checkin:check_in",
    "log": "journal:log",
    "journal": "journal_import:journal",
    "goal": "goals:goals",
    "reflect": "goals:reflect",
    "readiness": "goals:readiness",
    "plan": "plan:plan",
    "import": "imports:import_files",
    "watch": "watch:watch",
    "ran": "ran:ran",
    "ill": "care:ill",
    "hurt": "care:hurt",
    "better": "care:better",
    "undo": "runs:undo",
    "runs": "runs:runs",
    "run": "reports:run",
    "join": "runs:join",
    "split": "runs:split",
    "not-a-run": "appeals:not_a_run",
    "is-a-run": "appeals:is_a_run",
    "use": "appeals:use",
    "trim": "trim:trim",
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
    "backup": "backup:backup",
    "restore": "backup:restore",
    "forget": "forget:forget",
    "lock": "lock:lock",
    "unlock": "lock:unlock",
    "cohort": "cohort:cohort",
    "query": "query:query",
    "tables": "query:tables",
    "columns": "query:columns",
    "support": "support:support",
    "demo": "demo:demo",
}
GROUPS = {
    "every_day": ("check-in", "log", "summary", "web", "ill", "hurt", "better", "support"),
    "bring_in": ("import", "watch", "ran", "journal", "demo"),
    "look": ("runs", "run", "findings"),
    "share": ("share", "export"),
    "plan": ("plan", "goal", "reflect", "readiness"),
    "look_after": (
        "join", "split", "not-a-run", "is-a-run", "use", "trim", "undo", "nightly", "schedule", "rebuild", "verify",
        "backup", "restore", "forget", "lock", "unlock", "settings", "doctor",
    ),
    "many": ("cohort",),
    "analysts": ("query", "tables", "columns"),
}  # fmt: skip
GROUP_OF = {command: group for group, commands in GROUPS.items() for command in commands}
FORMER = {"said": "log", "ready": "readiness"}  # former names, which scripts may hold


class LazyGroup(TyperGroup):
    """All commands; the module of each is imported when the command is called, so that a check-in starts at once."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 - what click hands over
        """Return the names that help lists."""
        return [*COMMANDS]

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Return the command that was typed; where there is none, name the ones that are spelled alike."""
        near = get_close_matches(args[0], COMMANDS) if args and args[0] not in {*COMMANDS, *FORMER} else []
        if near:
            ctx.fail(_english("cli.main.did_you_mean", typed=args[0], near=", ".join(near)))
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002 - as above
        """Return the command of that name, in its group of the help, or nothing."""
        command = self._load(cmd_name)
        if command is not None:
            title = _english(f"cli.main.group.{GROUP_OF[FORMER.get(cmd_name, cmd_name)]}")
            command.rich_help_panel = title  # type: ignore[attr-defined]
        return command

    def invoke(self, ctx: Context) -> object:
        """Run the command; what cannot be done is said in the person's language."""
        try:
            done = super().invoke(ctx)
        except UserError as fault:
            fault.args = (fault.spoken(_translator_of(ctx.obj)),)
            raise
        except typer.Exit as left:
            if left.exit_code == LOOK:
                _show_next_step(ctx)
            raise
        _show_next_step(ctx)
        return done

    @staticmethod
    def _load(cmd_name: str) -> Command | None:
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


def _show_next_step(ctx: Context) -> None:
    """Say on a terminal what one may do after this command; a script's output stays as it is."""
    if ctx.invoked_subcommand in WITH_NEXT_STEP and _on_a_terminal():
        step = _translator_of(ctx.obj)(f"cli.main.next.{ctx.invoked_subcommand.replace('-', '_')}")
        typer.echo(f"\n{step}", err=True)


def _on_a_terminal() -> bool:
    return sys.stdout.isatty()


def _english(name: str, **values: object) -> str:
    """Return a sentence in English, as help is read before the home and its language are known."""
    return translator(DEFAULT, "metric")(name, **values)


def _translator_of(home: Path | None) -> Translator:
    """Return who speaks in a home, or English where its settings cannot be read."""
    from runmood.home.home import open_readonly

    try:
        return open_readonly(home).say
    except (UserError, OSError):
        return translator(DEFAULT, "metric")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"runmood {metadata.version('runmood')}")
        raise typer.Exit


app = typer.Typer(
    cls=LazyGroup,
    help=_english("cli.main.about"),
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)


@app.callback()
def choose_home(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option(envvar="RUNMOOD_HOME", help="Your folder; ./data if left out.")] = None,
    *,
    version: Annotated[  # noqa: ARG001 - its callback answers
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Remember which home is meant; without a command, greet and show what to do."""
    context.obj = home
    if context.invoked_subcommand is None:
        from runmood.home.home import open_readonly

        typer.echo(open_readonly(home, lenient=True).say("cli.main.greeting"))


def _write_plainly() -> None:
    """Let nothing that a note, a file or its name holds be a command to the terminal; help has its own colours."""
    if not {"-h", "--help"} & {*sys.argv}:
        sys.stdout = cast("TextIO", PlainOutput(sys.stdout))


def main() -> NoReturn:
    """Run a command; what cannot be done is explained in a sentence, with exit status 2."""
    os.umask(0o077)  # whatever is made in a home is its owner's alone
    os.environ.setdefault("POLARS_MAX_THREADS", "1")  # a run is a small frame: a second thread takes more than it gives
    _write_plainly()
    try:
        app()
    except (UserError, OSError) as fault:
        typer.echo(plain(f"runmood: {fault}"), err=True)
        sys.exit(FAILED)
    sys.exit()


if __name__ == "__main__":
    main()
