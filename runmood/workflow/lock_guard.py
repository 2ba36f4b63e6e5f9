"""Locks a home again whose night was killed: a process of its own that the night starts, and that outlives it.

It waits for the end of a pipe. When the night ends in peace it says so through the pipe; when the pipe ends without a
word, the night was killed, and what it left in clear is deleted.
"""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from runmood.home.home import HomeIsBusyError

if TYPE_CHECKING:
    from collections.abc import Iterator


IN_PEACE = b"."
TRIES, PAUSE_S = 60, 1.0  # for children of the night, which end by themselves


@contextmanager
def guarded(root: Path) -> Iterator[None]:
    """Have a process that locks the home again if this one is killed while the block lasts."""
    command = [sys.executable, "-P", "-m", "runmood.workflow.lock_guard", str(root.resolve())]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as guard:  # noqa: S603 - our own module
        try:
            yield
        finally:
            guard.communicate(IN_PEACE)


def main() -> None:
    """Wait for the end of the pipe, and lock the home again where it ends without a word."""
    if sys.stdin.buffer.read():
        return
    from runmood.workflow.lock import lock_again  # noqa: PLC0415 - a night in peace needs none of it

    for _ in range(TRIES):
        try:
            lock_again(Path(sys.argv[1]))
        except HomeIsBusyError:
            time.sleep(PAUSE_S)
        except FileNotFoundError:  # it was unlocked meanwhile
            return
        else:
            return


if __name__ == "__main__":
    main()
