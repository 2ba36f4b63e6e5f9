"""Several commands of runmood, typed one after another in one process: each costs its own work, and none a start."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

PROGRAM = """
import sys
from runmood.cli.main import main
for words in {commands!r}:
    sys.argv = ["runmood", "--home", {home!r}, *words]
    try:
        main()
    except SystemExit as ended:
        if ended.code not in {statuses!r}:
            sys.exit(f"{{words}} ended with {{ended.code}}")
"""


def program_of(home: Path, commands: Iterable[Sequence[str]], statuses: Sequence[int] = (0,)) -> str:
    """A program that types commands in a home, and ends with a sentence at one that ends with another status."""
    return PROGRAM.format(commands=[list(words) for words in commands], home=str(home), statuses=tuple(statuses))
