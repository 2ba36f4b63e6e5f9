"""Clears away what a killed process left in clear: a process of its own that the other starts, and that outlives it.

It waits for the end of a pipe. When the work ends in peace it says so through the pipe; when the pipe ends without a
word, the work was killed: a home whose night it was is locked again, and what was made aside and nobody is to keep is
deleted.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from runmood.core.files import remove_tree

if TYPE_CHECKING:
    from collections.abc import Iterator


IN_PEACE = b"."
TRIES, PAUSE_S = 60, 1.0  # for children of the night, which end by themselves


@contextmanager
def guarded(root: Path, then: Literal["lock", "delete"] = "lock") -> Iterator[None]:
    """Have a process that locks a home again, or deletes a folder, if this one is killed while the block lasts."""
    command = [sys.executable, "-P", "-m", "runmood.workflow.guard", then, str(root.resolve())]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as guard:  # noqa: S603 - our own module
        try:
            yield
        finally:
            guard.communicate(IN_PEACE)


@contextmanager
def temporary_folder_beside(target: Path, what: str) -> Iterator[Path]:
    """Yield a folder beside a target for what is made before it gets its name; nothing of it outlives the block.

    Args:
        target: what is made; it need not be there.
        what: is done meanwhile, for the folder's name. Those that a failing power left there are deleted.
    """
    beside, begins = target.resolve().parent, f".{target.resolve().name}.{what}-"
    for left in [path for path in beside.iterdir() if path.name.startswith(begins)]:
        remove_tree(left)
    aside = Path(tempfile.mkdtemp(prefix=begins, dir=beside))
    try:
        with guarded(aside, "delete"):
            yield aside
    finally:
        remove_tree(aside)


def main() -> None:
    """Wait for the end of the pipe, and clear away where it ends without a word."""
    if sys.stdin.buffer.read():
        return
    then, path = sys.argv[1], Path(sys.argv[2])
    if then == "delete":
        remove_tree(path)
    else:
        _lock(path)


def _lock(root: Path) -> None:
    from runmood.home.home import HomeIsBusyError  # noqa: PLC0415 - work that ends in peace needs none of it
    from runmood.workflow.lock import lock_again  # noqa: PLC0415 - as above

    for _ in range(TRIES):
        try:
            lock_again(root)
        except HomeIsBusyError:
            time.sleep(PAUSE_S)
        except FileNotFoundError:  # it was unlocked meanwhile
            return
        else:
            return


if __name__ == "__main__":
    main()
