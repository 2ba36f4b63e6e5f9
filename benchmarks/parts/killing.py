"""Work in a process of its own that is killed in the middle of it."""

from __future__ import annotations

import multiprocessing
import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def apart(work: Callable[[], object], seconds: float | None = None) -> bool:
    """Do something in a process group of its own, to the end or until it is killed; return whether it was killed."""

    def alone() -> None:
        os.setsid()
        work()

    child = multiprocessing.get_context("fork").Process(target=alone)
    child.start()
    child.join(seconds)
    at_work = child.is_alive()
    if at_work:
        with suppress(ProcessLookupError):  # on a busy computer it may not have its group yet, and has no child then
            os.killpg(child.pid or 0, signal.SIGKILL)
        child.kill()
        child.join()
    elif child.exitcode:
        raise RuntimeError(f"a command ended with {child.exitcode}")
    return at_work
