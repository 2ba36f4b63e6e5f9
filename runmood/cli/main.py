"""The command line: which module holds which command, and what a failure looks like."""

from __future__ import annotations

import io
import os
import re
import sys
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, cast

import typer
from typer._click.exceptions import UsageError
from typer.core import TyperGroup
from typer.main import get_command, get_group

from runmood.cli import LOOK
from runmood.core.errors import UserError, spoken, why_refused
from runmood.core.plain_text import PlainOutput, plain
from runmood.core.process import configure_process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from typer._click.core import Command, Context
    from typer._click.formatting import HelpFormatter

    from runmood.core.i18n import Translator

FAILED = 2  # exit status of what could not be done; 0: done, 1: done, but look at something
STANDARD_OUTPUT = 1  # its file descriptor
# Which say nothing until they have an answer; the others ask at once, or tell how far they are in words of their own.
ANSWERING = frozenset({
    "runs", "run", "join", "split", "not-a-run", "is-a-run", "use", "trim", "undo", "export", "findings", "share",
    "log", "doctor", "verify", "query", "tables",
})  # fmt: skip
WITH_NEXT_STEP = ("import", "log", "summary", "runs", "run", "share", "plan", "goal", "nightly", "rebuild", "better")

COMMANDS = {
    "check-in": "checkin:check_in",
    "log": "days:log",
    "journal": "journal_import:journal",
    "goal": "goals:goals",
    "reflect": "goals:reflect",
    "readiness": "goals:readiness",
    "plan": "plan:plan",
    "import": "imports:import_files",
    "watch": "imports:watch",
    "ran": "days:ran",
    "ill": "days:ill",
    "hurt": "days:hurt",
    "better": "days:better",
    "undo": "runs:undo",
    "runs": "runs:runs",
    "run": "reports:run",
    "join": "corrections:join",
    "split": "corrections:split",
    "not-a-run": "corrections:not_a_run",
    "is-a-run": "corrections:is_a_run",
    "use": "corrections:use",
    "trim": "corrections:trim",
    "export": "reports:export",
    "summary": "reports:summary",
    "findings": "reports:findings",
    "share": "share:share",
    "web": "web:web",
    "nightly": "nightly:nightly",
    "schedule": "nightly:schedule",
    "rebuild": "imports:rebuild",
    "settings": "nightly:settings",
    "doctor": "nightly:doctor",
    "verify": "backup:verify",
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
    "demo": "imports:demo",
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


HELP = {"-h", "--help"}
NO_TEXT, FIRST_BYTE = re.compile("[\udc80-\udcff]"), 0xDC00  # how Python keeps a byte that is no text (PEP 383)
TYPED = "runmood.typed"  # in a context: the words after `runmood`


class LazyGroup(TyperGroup):
    """All commands; the module of each is imported when the command is called, so that a check-in starts at once."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: Context | None = None,
        **extra: Any,  # noqa: ANN401 - what click hands over
    ) -> Context:
        """Read the options before the command; what is wrong with them is said in the person's language."""
        typed = [*args]
        with _usage_errors_of(typed):
            return super().make_context(info_name, args, parent, **extra)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Keep what was typed, as help is shown while it is read."""
        ctx.meta[TYPED] = [*args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 - what click hands over
        """Return the names that help lists."""
        return [*COMMANDS]

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Return the command that was typed; where there is none, name the ones that are spelled alike."""
        if args and args[0] not in {*COMMANDS, *FORMER} and (near := _alike(args[0])):
            say = _translator_of(_home_in(ctx.meta[TYPED]))
            ctx.fail(say("cli.main.did_you_mean", typed=args[0], near=", ".join(near)))
        if args and FORMER.get(args[0], args[0]) in ANSWERING and not HELP & {*args}:
            from runmood.cli.status_line import status_until_answer

            ctx.with_resource(status_until_answer(_translator_of(_home_in(ctx.meta[TYPED])), "cli.main.begun"))
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Return the command of that name, in its group of the help, or nothing; its help is in the home's language."""
        name = FORMER.get(cmd_name, cmd_name)
        command = self._load(cmd_name)
        if command is None:
            return None
        typed = ctx.meta.get(TYPED, [])
        asked = bool(HELP & {*typed}) or (isinstance(command, TyperGroup) and bool(typed))
        if asked:
            from runmood.cli.localize import localize

            say = _translator_of(_home_in(typed))
            command.rich_help_panel = say(f"cli.main.group.{GROUP_OF[name]}")  # type: ignore[attr-defined]
            localize(command, say, name)
        return command

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Show help in the language of the home that was named, or of `./data`."""
        from runmood.cli.localize import ROOT, format_help, localize

        say = _translator_of(_home_in(ctx.meta.get(TYPED, [])))
        localize(self, say, ROOT)
        self.help = say("cli.main.about")
        format_help(self, say, ctx, formatter)

    def invoke(self, ctx: Context) -> object:
        """Run the command; what cannot be done is said in the person's language."""
        try:
            with _usage_errors_of(ctx.meta[TYPED]):
                done = super().invoke(ctx)
        except UserError as fault:
            fault.args = (fault.spoken(_translator_of(ctx.obj)),)
            raise
        except OSError as fault:
            if isinstance(fault, BrokenPipeError):
                raise
            raise UserError(spoken(_translator_of(ctx.obj), fault)) from fault
        except typer.Abort:
            from runmood.cli.localize import set_labels

            set_labels(_translator_of(ctx.obj))  # Typer says that it stopped
            raise
        except typer.Exit as left:
            if left.exit_code == LOOK and ctx.invoked_subcommand != "share":  # of which no page was written
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


def _alike(typed: str) -> list[str]:
    """Return the commands that are spelled like the word that was typed."""
    from difflib import get_close_matches

    return get_close_matches(typed, COMMANDS)


def _show_next_step(ctx: Context) -> None:
    """Say on a terminal what one may do after this command; a script's output stays as it is."""
    if ctx.invoked_subcommand in WITH_NEXT_STEP and _on_a_terminal():
        step = _translator_of(ctx.obj)(f"cli.main.next.{ctx.invoked_subcommand.replace('-', '_')}")
        typer.echo(f"\n{step}", err=True)


def _on_a_terminal() -> bool:
    return sys.stdout.isatty()


@contextmanager
def _usage_errors_of(typed: list[str]) -> Iterator[None]:
    """Say what is wrong with the words that were typed in the language of the home."""
    try:
        yield
    except UsageError as fault:
        from runmood.cli.localize import localized_error

        raise localized_error(fault, _translator_of(_home_in(typed))) from fault


def _home_in(typed: list[str]) -> Path | None:
    """Return the home that the words name before the command, or the environment."""
    words = iter(typed)
    for word in words:
        if word == "--home":
            return Path(next(words, ""))
        if word.startswith("--home="):
            return Path(word.removeprefix("--home="))
        if not word.startswith("-"):
            break
    named = os.environ.get("RUNMOOD_HOME")
    return Path(named) if named else None


def _translator_of(root: Path | None) -> Translator:
    """Return who speaks in a home."""
    from runmood.home.home import translator_in

    return translator_in(root)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # brings email, sockets and zip files

        typer.echo(f"runmood {version('runmood')}")
        raise typer.Exit


app = typer.Typer(
    cls=LazyGroup,
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
    """Let nothing that a note, a file or its name holds be a command to the terminal; help has its own colours.

    What the terminal's encoding lacks is shown as a question mark: what was kept is never told as a failure.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    if not HELP & {*sys.argv}:
        sys.stdout = cast("TextIO", PlainOutput(sys.stdout))


def _open_standard_streams() -> None:
    """Open those of the three standard streams that whoever started the command had closed.

    The next file that is opened would take the place of a closed one, and whatever is written there would stand in it.
    """
    for number, (name, mode) in enumerate({"stdin": "r", "stdout": "w", "stderr": "w"}.items()):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, os.O_RDWR)
            if handle != number:
                os.dup2(handle, number)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8"))


def _as_text(word: str) -> str:
    """Return a word as it was typed; bytes that are no UTF-8, unless a file has that name, are taken for Latin-1."""
    return word if os.path.lexists(word) else NO_TEXT.sub(lambda byte: chr(ord(byte[0]) - FIRST_BYTE), word)


def main() -> NoReturn:
    """Run a command; what cannot be done is explained in a sentence, with exit status 2."""
    configure_process()
    sys.argv[1:] = map(_as_text, sys.argv[1:])
    _open_standard_streams()
    _write_plainly()
    try:
        app()
    except SystemExit as end:
        sys.exit(end.code or _status_of_output())
    except (UserError, OSError) as fault:
        typer.echo(plain(f"runmood: {fault}"), err=True)
        sys.exit(FAILED)
    sys.exit()


def _status_of_output() -> int:
    """Return the exit status of a command that was done; where not all of what it says could be written, say so."""
    fault = getattr(sys.stdout, "fault", None)
    if not isinstance(fault, OSError):
        return 0
    os.dup2(os.open(os.devnull, os.O_WRONLY), STANDARD_OUTPUT)  # what still waits would be tried again at the end
    sentence = _translator_of(_home_in(sys.argv[1:]))("error.output_not_written", fault=why_refused(fault))
    with suppress(OSError):
        typer.echo(f"runmood: {plain(sentence)}", err=True)
    return LOOK


if __name__ == "__main__":
    main()
