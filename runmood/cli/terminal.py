"""A person's terminal: a key at a time where it can, else lines."""

from __future__ import annotations

import os
import sys

import typer

from runmood.core.errors import UserError

if sys.platform == "win32":
    import msvcrt
else:
    import termios
    import tty

ENTER = ("\r", "\n")
GONE = ("\x03", "\x04")  # Ctrl-C and Ctrl-D, where they come as keys


class Terminal:
    """Where a person answers; `by_key` says whether one key is an answer."""

    def __init__(self, instead: str) -> None:
        """Open the terminal; where there is none, raise `UserError` with the sentence `instead`."""
        if not sys.stdin.isatty():
            raise UserError(instead)
        self.by_key = sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"

    def tell(self, sentence: str) -> None:
        """Show a line."""
        typer.echo(sentence)

    def key(self, question: str) -> str:
        """Return the key that answers, shown as it is typed, or a line where there are no keys; empty for Enter."""
        if not self.by_key:
            return self.line(question)
        typer.echo(f"{question} ", nl=False)
        key = _one_key()
        typer.echo(key)
        return key

    def line(self, question: str) -> str:
        """Return a line of words; empty for Enter alone."""
        answer: str = typer.prompt(question, default="", show_default=False, prompt_suffix=" ")
        return answer.strip()


def _one_key() -> str:
    """Return one key, read at once; empty for Enter. Ctrl-C ends the command as ever."""
    key = _read_key()
    if key in GONE or not key:
        raise typer.Abort
    return "" if key in ENTER else key


if sys.platform == "win32":

    def _read_key() -> str:
        return msvcrt.getwch()

else:

    def _read_key() -> str:
        keyboard = sys.stdin.fileno()
        before = termios.tcgetattr(keyboard)
        try:
            tty.setcbreak(keyboard, termios.TCSADRAIN)  # what was typed ahead stays
            return os.read(keyboard, 1).decode(errors="replace")
        finally:
            termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
