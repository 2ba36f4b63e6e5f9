"""The page `docs/cli.md`: every command with its arguments and options, from the commands themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer
from typer.core import TyperGroup
from typer.main import get_group

from runmood.cli.main import app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typer._click.core import Command, Context, Parameter

INTRO = """\
# The command line

Printed from the commands themselves. `runmood --home FOLDER COMMAND` (or `RUNMOOD_HOME`) names your folder; `./data` if
left out. Exit status 0: done; 1: done, with something you should look at; 2: it could not be done.
"""


def cli_page() -> str:
    """Return the page on the command line, in the order in which help lists the commands."""
    group = get_group(app)
    return "\n".join([INTRO, *_commands(group, typer.Context(group, info_name="runmood"))]).rstrip("\n") + "\n"


def _commands(group: TyperGroup, context: Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        inner = typer.Context(command, info_name=name, parent=context)
        if isinstance(command, TyperGroup):
            yield from _commands(command, inner)
        else:
            yield from _command(command, inner)


def _command(command: Command, context: Context) -> Iterator[str]:
    usage = " ".join(part for part in (context.command_path, *command.collect_usage_pieces(context)) if part)
    yield f"## {context.command_path.removeprefix('runmood ')}\n"
    yield f"```\n{usage}\n```\n"
    yield f"{' '.join((command.help or '').split())}\n"
    rows = [_row(each, context) for each in command.params if not getattr(each, "hidden", False)]
    if rows:
        yield "\n".join(["| | |", "|---|---|", *rows]) + "\n"


def _row(parameter: Parameter, context: Context) -> str:
    record = parameter.get_help_record(context)
    shown, said = record or (parameter.human_readable_name, getattr(parameter, "help", "") or "")
    return f"| `{_cell(shown)}` | {_cell(said)} |"


def _cell(text: str) -> str:
    """Return the text as a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")
