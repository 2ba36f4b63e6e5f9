"""Another account of this computer, in a process of its own, and what it can read and write."""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

NOBODY = 65534
NETWORK = 0x4000_0000  # CLONE_NEWNET


def as_nobody(work: Callable[[], str], network_of: int | None = None) -> str:
    """Return what a function says in a process of another account, in the network of a process where one is given."""
    "".encode("idna")  # loaded here: another account may not read the files of this Python
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            if network_of is not None:
                with open(f"/proc/{network_of}/ns/net", "rb") as network:  # noqa: PTH123 - a file descriptor is wanted
                    ctypes.CDLL(None, use_errno=True).setns(network.fileno(), NETWORK)
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            said = work()
        except BaseException as fault:  # noqa: BLE001 - whatever it is, the other process hears of it
            said = f"it did not end: {fault!r}"
        os.write(writing, said.encode(errors="replace")[:60_000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return said


def what_can_be_read(paths: Iterable[Path]) -> str:
    """Return the paths that can be opened, listed or written, one a line."""
    found = []
    for path in paths:
        with suppress(OSError):
            _ = [*path.iterdir()] if path.is_dir() else path.read_bytes()
            found.append(f"{path}")
        with suppress(OSError):
            (path / "planted").write_text("x") if path.suffix == "" else path.write_text("x")
            found.append(f"{path} (written)")
    return "\n".join(found)
