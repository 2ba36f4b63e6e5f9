"""Locks on open files, which the system releases when a process ends, however it ends."""

from __future__ import annotations

import sys

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
