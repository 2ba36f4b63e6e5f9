"""Files that only their owner may read, whatever the umask of the process is, and locks on open files.

A link is never written through. The system releases a lock when a process ends, however it ends.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
NO_LINK, NO_WAIT = getattr(os, "O_NOFOLLOW", 0), getattr(os, "O_NONBLOCK", 0)  # Windows has neither


def open_kept(path: str | Path, flags: int) -> int:
    """Open a file of a home as `open(…, opener=open_kept)` does; a new one is its owner's alone.

    Args:
        path: the file, or a link to one.
        flags: as of `os.open`.

    Returns:
        The file descriptor.

    Raises:
        OSError: it cannot be opened, or is none: a pipe would keep who opens it waiting, a device may have no end.
    """
    handle = os.open(path, flags | NO_WAIT, PRIVATE_FILE)
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return handle
    os.close(handle)
    code = errno.EISDIR if stat.S_ISDIR(mode) else errno.ENXIO
    raise OSError(code, os.strerror(code), str(path))


def open_private(path: str | Path, flags: int) -> int:
    """Open a file as `open(…, opener=open_private)` does: as `open_kept`, and a link in its place is an `OSError`."""
    return open_kept(path, flags | NO_LINK)


def read_kept(path: Path, *, errors: str = "strict") -> str:
    """Return the text of a file that a home keeps for itself.

    Args:
        path: the file.
        errors: what becomes of bytes that are no UTF-8, as of `open`.

    Raises:
        OSError: there is none, or what lies there is no file.
        ValueError: it is no UTF-8.
    """
    with open(path, encoding="utf-8", errors=errors, opener=open_kept) as file:
        return file.read()


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


def replace_made(path: Path, content: bytes | str, draft: Path | None = None) -> None:
    """Put a file in place that is made, as `replace_private` does; what lies there and is no file goes."""
    make_way(path)
    make_way(draft or path.with_name(f"{path.name}.draft"))
    replace_private(path, content, draft)


def make_way(path: Path) -> None:
    """Delete what lies in the place of a file that is made and is none: a folder, a link, a pipe."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return
    if stat.S_ISDIR(mode):
        remove_tree(path)
    elif not stat.S_ISREG(mode):
        path.unlink(missing_ok=True)


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
    """Make a folder that only its owner may look into, and those above it; one that is there stays as it is.

    Returns:
        The folder, or the uppermost that was missing.

    Raises:
        FileExistsError: something else has its place.
        FileNotFoundError: a link has it, to a folder that is not there, as on a disk that was taken away.
    """
    missing = []
    while not path.is_dir():
        missing.append(path)
        path = path.parent
    for each in reversed(missing):
        try:
            each.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        except FileExistsError:
            if not each.is_symlink():
                raise
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), os.path.realpath(each)) from None
        make_private(each)
    return missing[0] if missing else path


def make_made_folder(path: Path) -> Path:
    """Make a folder of what is made, as `make_folder` does; a file in its place goes, a link stays."""
    if not path.is_dir() and not path.is_symlink():
        path.unlink(missing_ok=True)
    return make_folder(path)


def walk_folders(root: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Walk through a folder as `os.walk` does, without calling itself for each level as that does before Python 3.12.

    Yields:
        Each folder, the names of the folders in it, of which those that are taken out are not walked through, and the
        names of its files. A link to a folder is among the folders and is not followed.
    """
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        folders: list[str] = []
        files: list[str] = []
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                (folders if _is_folder(entry) else files).append(entry.name)
        yield folder, folders, files
        inside = [folder / name for name in folders]
        waiting += [each for each in reversed(inside) if not each.is_symlink()]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry is a folder or a link to one; a link that leads in a circle is none, and ends no walk."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def files_below(root: Path) -> Iterator[Path]:
    """Yield every file in a folder and in those below it, without what is no file; the order is the system's."""
    for folder, _, names in walk_folders(root):
        yield from (path for name in names if (path := folder / name).is_file())


def remove_tree(root: Path) -> None:
    """Delete a folder and all that is in it, as far as that may be deleted; a link alone and not what it names."""
    walked = []
    for folder, folders, names in walk_folders(root):
        walked.append(folder)
        for path in (folder / name for name in (*names, *folders)):
            if path.is_symlink() or not path.is_dir():
                with suppress(OSError):
                    path.unlink()
    for folder in reversed(walked):
        with suppress(OSError):
            folder.rmdir()


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
