"""A person's terminal, a line at a time: a number of two digits is whole before it is read."""

from __future__ import annotations

import sys

import typer

from runmood.core.errors import UserError


class Terminal:
    """Where a person answers."""

    def __init__(self, instead: str) -> None:
        """Open the terminal; where there is none, raise `UserError` with the sentence `instead`."""
        if not sys.stdin.isatty():
            raise UserError(instead)

    def tell(self, sentence: str) -> None:
        """Show a line."""
        typer.echo(sentence)

    def line(self, question: str) -> str:
        """Return a line of words; empty for Enter alone."""
        answer: str = typer.prompt(question, default="", show_default=False, prompt_suffix=" ")
        return answer.strip()
