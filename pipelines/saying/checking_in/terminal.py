"""The person's terminal: a key at a time where it can, else lines."""

from __future__ import annotations

import os
import sys
import termios
import tty

import typer

from runmood.terms.notices import CannotBeDoneError

ENTER = ("\r", "\n")
GONE = ("\x03", "\x04")  # Ctrl-C and Ctrl-D, where they come as keys


class Terminal:
    """Where a person answers; `by_key` says whether one key is an answer. `instead`: what to do where nobody sits."""

    def __init__(self, instead: str) -> None:
        if not sys.stdin.isatty():
            raise CannotBeDoneError(f"There is nobody to ask here: {instead}.")
        self.by_key = sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"

    def tell(self, sentence: str) -> None:
        """Show a line."""
        typer.echo(sentence)

    def key(self, question: str) -> str:
        """The key that answers, shown as it is typed; empty for Enter. A line where the terminal knows no keys."""
        if not self.by_key:
            return self.line(question)
        typer.echo(f"{question} ", nl=False)
        key = _one_key()
        typer.echo(key)
        return key

    def line(self, question: str) -> str:
        """A line of words; empty for Enter alone."""
        answer: str = typer.prompt(question, default="", show_default=False, prompt_suffix=" ")
        return answer.strip()


def _one_key() -> str:
    """One key, read at once; Ctrl-C ends the command as ever."""
    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    try:
        tty.setcbreak(keyboard, termios.TCSADRAIN)  # what was typed ahead stays
        key = os.read(keyboard, 1).decode(errors="replace")
    finally:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
    if key in GONE or not key:
        raise typer.Abort
    return "" if key in ENTER else key
