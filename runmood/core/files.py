"""Files that only their owner may read, whatever the umask of the process is, and locks on open files.

A link is never written through. The system releases a lock when a process ends, however it ends.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
NO_LINK = getattr(os, "O_NOFOLLOW", 0)  # Windows has none


def open_private(path: str | Path, flags: int) -> int:
    """Open a file as `open(…, opener=open_private)` does; a new one is its owner's alone.

    Args:
        path: the file.
        flags: as of `os.open`.

    Returns:
        The file descriptor. A link in its place is an `OSError`.
    """
    return os.open(path, flags | NO_LINK, PRIVATE_FILE)


def write_private(path: Path, content: bytes | str) -> None:
    """Write a file that only its owner may read, also where one was there that others could."""
    with open(path, "wb", opener=open_private) as file:
        make_private(path)
        file.write(content.encode() if isinstance(content, str) else content)


def read_at_most(path: Path, most: int) -> bytes:
    """Return what stands in a file that a person names, of which nobody knows how large it is; a device has no end.

    Args:
        path: the file.
        most: the limit, in bytes, of whoever reads it.

    Returns:
        All of it, or one byte more than the limit, by which it is seen to be too large.
    """
    with path.open("rb") as file:
        return file.read(most + 1)


def replace_private(path: Path, content: bytes | str, draft: Path | None = None) -> None:
    """Write a file aside and put it in place at once, so that nobody sees half of it.

    Args:
        path: the file.
        content: what is to stand in it.
        draft: where it is written first; beside it, unless another place of the same disk is given.
    """
    aside = draft or path.with_name(f"{path.name}.draft")
    write_private(aside, content)
    aside.replace(path)


def put_on_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk itself: only then a power cut takes nothing."""
    is_folder = path.is_dir()
    try:
        handle = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    except PermissionError:
        if is_folder:  # Windows opens none
            return
        raise
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(path: Path) -> Path:
    """Make a folder that only its owner may look into, and those above it; one that is there stays as it is."""
    if not path.is_dir():
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        make_private(path)
    return path


def make_private(path: Path) -> None:
    """Take everybody else's rights to a file or a folder away; a stick may know no rights."""
    with suppress(OSError):
        path.chmod(PRIVATE_FOLDER if path.is_dir() else PRIVATE_FILE)


FAR_END = 0x7FFF_FFFF  # on Windows a lock keeps others from reading what it covers: a byte that no file here has


def acquire(handle: int, *, shared: bool = False, wait: bool = True) -> bool:
    """Lock an open file until it is closed.

    Args:
        handle: the file descriptor.
        shared: whether others may hold the lock too, as readers do; on Windows every lock is exclusive.
        wait: whether to wait for the one who holds it; without, the answer comes at once.

    Returns:
        Whether it is locked now; False means that somebody else holds it.
    """
    if sys.platform == "win32":
        return _acquire_on_windows(handle, wait=wait)
    import fcntl  # noqa: PLC0415 - Windows has none

    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def _acquire_on_windows(handle: int, *, wait: bool) -> bool:
    import importlib  # noqa: PLC0415 - on Windows alone
    import os  # noqa: PLC0415

    msvcrt = importlib.import_module("msvcrt")
    while True:
        stands = os.lseek(handle, 0, os.SEEK_CUR)
        os.lseek(handle, FAR_END, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            if not wait:
                return False
        else:
            return True
        finally:
            os.lseek(handle, stands, os.SEEK_SET)
