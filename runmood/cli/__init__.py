"""The command line: one module a group of commands, each loaded when it is called."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

LOOK = 1  # the exit status that asks for a look


def _end_quietly(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """Show what ended a command; who stops one while it is still being loaded is shown nothing."""
    if not issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, fault, trace)


sys.excepthook = _end_quietly  # before anything else is loaded, which takes a second on a busy computer
