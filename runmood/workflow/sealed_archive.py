"""Everything that a home holds in clear, written into one sealed archive and unpacked from it again."""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from runmood.core.errors import UserError
from runmood.core.files import make_folder, open_kept, walk_folders
from runmood.core.locked import LANGUAGE, LOCKED, WAITING
from runmood.home.home import INCOMING
from runmood.home.sealed import SealedWriter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from runmood.core.i18n import Translator

    Stamp = tuple[int, int, int] | None  # number, size and time


PART, ASIDE = ".locked.part", ".unlocking"
LEFT_OUT = {LOCKED, WAITING, PART, ASIDE, ".work/lock", ".work/prefect", ".work/prefect-server.log"}
WORK = (".work",)
SETTINGS, NIGHT = "settings.toml", ".work/last-night.json"  # which tell whether a night is due
MODIFIED = "RUNMOOD.modified_ns"  # in the archive: a file's time, exactly
PIECE = 2**20


@dataclass(frozen=True, slots=True)
class LockResult:
    """A home that was locked: how many files are in it, and how large the sealed file is."""

    files: int
    bytes: int


def read_stamp(path: Path | int) -> Stamp:
    """Return what tells a file, or an open one, from the same file changed; null where there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 - an open file has no path
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def seal(root: Path, draft: Path, key: Mapping[str, object], say: Translator) -> tuple[LockResult, dict[Path, Stamp]]:
    """Write the sealed file, and read it again to see that the disk has what was written.

    Returns:
        How much it was, and each file that is in it, as it was when it was read.

    Raises:
        UserError: the disk gives back something else.
    """
    stamps: dict[Path, Stamp] = {}
    with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
        written = HashingWriter(file)
        with (
            SealedWriter(cast("BinaryIO", written), {**key, LANGUAGE: say.language}) as sealed,
            tarfile.open(fileobj=sealed, mode="w|", format=tarfile.PAX_FORMAT, bufsize=PIECE) as archive,
        ):
            for path in sorted(clear_files(root), key=lambda path: _name(root, path) not in {SETTINGS, NIGHT}):
                stamps[path] = _add(archive, root, path)
        file.flush()
        os.fsync(file.fileno())
        size = file.tell()
        file.seek(0)
        digest = hashlib.sha256()
        while piece := file.read(PIECE):
            digest.update(piece)
    if digest.digest() != written.digest():
        raise UserError(say("cli.lock.not_whole"))
    return LockResult(len(stamps), size), stamps


def _name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _add(archive: tarfile.TarFile, root: Path, path: Path) -> Stamp:
    with open(path, "rb", opener=open_kept) as file:
        stamp = read_stamp(file.fileno())
        status = os.fstat(file.fileno())
        about = tarfile.TarInfo(_name(root, path))
        about.size, about.mode, about.mtime = status.st_size, status.st_mode & 0o777, int(status.st_mtime)
        about.pax_headers = {MODIFIED: f"{status.st_mtime_ns}"}
        archive.addfile(about, file)
        return stamp


class HashingWriter:
    """A file that is written from beginning to end, with the hash of what was written."""

    def __init__(self, file: BinaryIO | SealedWriter) -> None:
        self._file, self._hash = file, hashlib.sha256()

    def write(self, content: bytes) -> int:
        """Write on."""
        self._hash.update(content)
        return int(self._file.write(content) or 0)

    def flush(self) -> None:
        """Wait until it is with the system."""
        self._file.flush()

    def digest(self) -> bytes:
        """Return the SHA-256 of all that was written."""
        return self._hash.digest()


def clear_files(root: Path) -> Iterator[Path]:
    """Yield every file in clear that a home holds, but what is not needed again; a link counts as what it names.

    What is no file keeps a home from being locked, as nobody knows what it stands for; in the writer's folder it is
    nothing that is needed again.
    """
    for folder, folders, names in walk_folders(root):
        inside = folder.relative_to(root)
        folders[:] = sorted(name for name in folders if (inside / name).as_posix() not in LEFT_OUT)
        made = inside.parts[:1] == WORK
        for name in sorted(names):
            if (inside / name).as_posix() in LEFT_OUT or name.startswith(INCOMING):
                continue
            if not made or (folder / name).is_file():
                yield folder / name
        if folder == root:
            linked = [folder / name for name in folders if (folder / name).is_symlink()]
            yield from (path for link in linked for path in clear_files(link))


def unpack(aside: Path, chunks: Iterator[bytes]) -> None:
    """Unpack the archive, each file on the disk when this returns."""
    with tarfile.open(fileobj=cast("BinaryIO", _Chunks(chunks)), mode="r|", bufsize=PIECE) as archive:
        for about in archive:
            name = PurePosixPath(about.name)
            content = archive.extractfile(about)
            if content is None or name.is_absolute() or ".." in name.parts:
                continue  # we write no such thing, and only who has the key could
            path = aside / name
            make_folder(path.parent)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                shutil.copyfileobj(content, file, PIECE)
                file.flush()
                path.chmod(about.mode & 0o777)
                os.fsync(file.fileno())
            modified = int(about.pax_headers.get(MODIFIED, int(about.mtime * 10**9)))
            os.utime(path, ns=(modified, modified))
    for _ in chunks:  # to the end, which proves that nothing was cut off
        pass


def first_files(chunks: Iterator[bytes]) -> dict[str, bytes]:
    """Return what tells whether a night is due, which stands first in the archive; the rest stays sealed."""
    found: dict[str, bytes] = {}
    with tarfile.open(fileobj=cast("BinaryIO", _Chunks(chunks)), mode="r|", bufsize=PIECE) as archive:
        for about in archive:
            content = archive.extractfile(about)
            if content is None or about.name not in {SETTINGS, NIGHT}:
                break
            found[about.name] = content.read()
    return found


class _Chunks:
    """What is unsealed, to be read like a file."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._left = chunks, b""

    def read(self, size: int) -> bytes:
        """Return that many bytes, fewer only at the end."""
        parts, missing = [], size
        while missing and (self._left or (chunk := next(self._chunks, b""))):
            self._left = self._left or chunk
            parts.append(self._left[:missing])
            self._left = self._left[missing:]
            missing = size - sum(map(len, parts))
        return b"".join(parts)
