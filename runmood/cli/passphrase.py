"""A passphrase, asked for at a terminal or read from the first line of standard input, and never from an argument."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from runmood.core.errors import UserError

if TYPE_CHECKING:
    from runmood.core.i18n import Translator


SHORTEST = 8


def new_passphrase(say: Translator) -> str:
    """Ask for a new passphrase twice, after saying what its loss means.

    Returns:
        The passphrase.

    Raises:
        UserError: it is short, or the second one is another.
    """
    if not sys.stdin.isatty():
        passphrase = _from_input()
    else:
        sys.stderr.write(f"{say('cli.sealed.beforehand')}\n")
        passphrase = getpass.getpass(f"{say('cli.sealed.new')} ")
        if passphrase != getpass.getpass(f"{say('cli.sealed.again')} "):
            raise UserError(say("cli.sealed.not_the_same"))
    if len(passphrase) < SHORTEST:
        raise UserError(say("cli.sealed.short", letters=SHORTEST))
    return passphrase


def passphrase_of(say: Translator, file: str) -> str:
    """Ask for the passphrase of a file."""
    if not sys.stdin.isatty():
        return _from_input()
    return getpass.getpass(f"{say('cli.sealed.ask', file=file)} ")


def _from_input() -> str:
    return sys.stdin.readline().rstrip("\r\n")
