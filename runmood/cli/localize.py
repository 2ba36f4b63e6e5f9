"""Help and usage errors in the person's language, put over the English that stands beside the commands and in Typer.

`runmood/locale/LANGUAGE/cli/help.toml` has a table a command: `about`, and each argument and option by its name in
the code; the options of a check-in's ratings, which follow from their registry, share the name `score`.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from typer import rich_utils
from typer._click.exceptions import BadParameter, MissingParameter, NoArgsIsHelpError, NoSuchOption, UsageError
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from runmood.core.catalogue import DEFAULT
from runmood.core.checkin_items import NAMES

if TYPE_CHECKING:
    from typer._click.core import Command, Context, Parameter
    from typer._click.formatting import HelpFormatter

    from runmood.core.i18n import Translator

SCORE = "score"
MORE = "..."  # behind an argument that may be given more than once
ROOT = "runmood"  # the table of the words on `runmood` itself
LABELS = {
    "arguments": "ARGUMENTS_PANEL_TITLE",
    "options": "OPTIONS_PANEL_TITLE",
    "commands": "COMMANDS_PANEL_TITLE",
    "error": "ERRORS_PANEL_TITLE",
    "aborted": "ABORTED_TEXT",
    "default": "DEFAULT_STRING",
    "env_var": "ENVVAR_STRING",
    "required": "REQUIRED_LONG_STRING",
    "try_help": "RICH_HELP",
}  # what Typer lets one set of its own words
USAGE_ERRORS = {
    r"Option '(?P<option>.+)' does not take a value\.": "takes_no_value",
    r"Option '(?P<option>.+)' requires .+": "needs_value",
    r"Missing command\.": "no_command",
    r"No such command .(?P<typed>.*).\. Did you mean '(?P<near>.+)'\?": "near_command",
    r"No such command .(?P<typed>.*).\.": "no_such_command",
    r"Got unexpected extra argument\(s\) \((?P<typed>.+)\)": "extra",
    r".(?P<typed>.*). is not a valid int.*\.": "no_whole_number",
    r".(?P<typed>.*). is not a valid float.*\.": "no_number",
    r"(?P<typed>.+) is not in the range (?P<least>[^<]+)<=x<=(?P<most>.+)\.": "out_of_range",
    r"(?P<typed>.+) is not in the range x>=(?P<least>.+)\.": "too_small",
    r".(?P<typed>.*). is not one of (?P<choices>.+)\.": "no_choice",
    r"\w+ .(?P<typed>.*). does not exist\.": "no_file",
    r"\w+ .(?P<typed>.*). is a directory\.": "a_folder",
    r"\w+ .(?P<typed>.*). is not readable\.": "not_readable",
}  # Typer says what is wrong in English alone; what this does not know stays in English


def localize(command: Command, say: Translator, name: str) -> None:
    """Put a language's words over the English of a command, and of those below it.

    Args:
        command: as Typer made it for this call; its words are changed in place.
        say: who speaks to the person.
        name: which table of `help.toml` it has: "check-in", "goal.add".
    """
    command.format_help = partial(format_help, command, say)  # type: ignore[method-assign]
    command.get_usage = partial(_usage, command, say)  # type: ignore[method-assign]
    command.options_metavar = say("cli.main.label.options_metavar")
    if isinstance(command, TyperGroup):
        command.subcommand_metavar = say("cli.main.label.commands_metavar")
        for below, each in command.commands.items():
            localize(each, say, f"{name}.{below}")
    if say.language != DEFAULT:
        command.help = _word(say, f"{name}.about") or command.help
    for parameter in command.params:
        if isinstance(parameter, (TyperArgument, TyperOption)):
            shared = _word(say, f"{name}.{SCORE}") if parameter.name in NAMES else None
            parameter.help = _word(say, f"{name}.{parameter.name}") or shared or parameter.help
            parameter.metavar = placeholder(say, parameter) or parameter.metavar


def placeholder(say: Translator, parameter: Parameter) -> str | None:
    """Return what stands for a value in help: a day's DATE, an option's <text>; None where English goes for all."""
    if isinstance(parameter, TyperOption) and parameter.is_flag:
        return None
    if parameter.metavar:
        return _word(say, f"placeholder.{parameter.metavar}")
    if isinstance(parameter, TyperArgument):
        word = _word(say, f"placeholder.{parameter.name}")
        return f"{word}{MORE}" if word and parameter.nargs != 1 else word
    word = _word(say, f"placeholder.{parameter.type.name.replace(' ', '_')}")
    return word and f"<{word}>"


def localized_error(fault: UsageError, say: Translator) -> UsageError:
    """Return what is wrong with the words that were typed, in the person's language; in English where we lack words."""
    if isinstance(fault, NoArgsIsHelpError):
        return fault
    set_labels(say)
    if fault.ctx and not isinstance(fault.ctx.command.get_usage, partial):
        localize(fault.ctx.command, say, table_of(fault.ctx))
    sentence = _sentence(fault, say)
    return UsageError(sentence, ctx=fault.ctx) if sentence else fault


def table_of(context: Context) -> str:
    """Return which table of `help.toml` the command of a context has."""
    names: list[str] = []
    while context.parent:
        names.insert(0, context.command.name or context.info_name or "")
        context = context.parent
    return ".".join(names) or ROOT


def _word(say: Translator, name: str) -> str | None:
    return say.words.get(f"cli.help.{name}")


def set_labels(say: Translator) -> None:
    """Let Typer's own words be those of a language."""
    for label, constant in LABELS.items():
        setattr(rich_utils, constant, say.words[f"cli.main.label.{label}"])


def format_help(command: Command, say: Translator, context: Context, formatter: HelpFormatter) -> None:
    """Show help as Typer does, with the labels of a language."""
    set_labels(say)
    if option := command.get_help_option(context):
        option.help = say("cli.main.label.help_option")
    kind = TyperGroup if isinstance(command, TyperGroup) else TyperCommand
    kind.format_help(command, context, formatter)  # type: ignore[arg-type]


def _usage(command: Command, say: Translator, context: Context) -> str:
    """Return the line that says how a command is typed."""
    formatter = context.make_formatter()
    words = " ".join(command.collect_usage_pieces(context))
    formatter.write_usage(context.command_path, words, prefix=f"{say('cli.main.label.usage')} ")
    return formatter.getvalue().rstrip("\n")


def _sentence(fault: UsageError, say: Translator) -> str | None:
    if isinstance(fault, NoSuchOption):
        near = ", ".join(sorted(fault.possibilities or ()))
        typed = fault.message.removeprefix("No such option: ")  # where what moves a cursor is written out
        return say(f"cli.main.usage.{'near' if near else 'no_such'}_option", typed=typed, near=near)
    if isinstance(fault, MissingParameter) and fault.param:
        return say("cli.main.usage.missing", what=_named(fault.param, fault.ctx))
    for pattern, name in USAGE_ERRORS.items():
        if read := re.fullmatch(pattern, fault.message, re.DOTALL):
            sentence = say(f"cli.main.usage.{name}", **read.groupdict())
            break
    else:
        return None
    if isinstance(fault, BadParameter) and fault.param:
        return f"{_named(fault.param, fault.ctx)}: {sentence}"
    return sentence


def _named(parameter: Parameter, context: Context | None) -> str:
    """Return an option as it is typed, an argument as help names it."""
    if isinstance(parameter, TyperArgument) and context:
        return parameter.make_metavar(context).removesuffix(MORE)
    return " / ".join(parameter.opts)
