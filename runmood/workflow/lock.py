"""A home locked: everything in it sealed into one file, and nothing left beside it; and unlocked again.

The sealed file is whole and on the disk before anything is deleted, and what is unsealed likewise before the
sealed file is: whoever is killed in between finds the home locked, and does it again. A check-in into a locked home
is sealed with the key's public part and waits beside the file; unlocking puts it into the journal.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
import shutil
import tarfile
import time
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from runmood.core.errors import UserError
from runmood.core.locked import LOCKED
from runmood.home.leftovers import INCOMING, sweep_leftovers
from runmood.home.sealed import (
    SealedWriter,
    new_key,
    open_key,
    opened_chunks,
    read_header,
    said_plainly,
)
from runmood.journal.codec import from_line, to_line
from runmood.journal.store import JOURNAL_FILE, append_lines, keep_name, opened_alone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from runmood.core.i18n import Translator
    from runmood.core.models import NewEntry
    from runmood.home.home import Home


KEY = "lock-key.json"  # in the writer's folder: the sealed private key, so that locking again asks for nothing
WAITING = "waiting"  # in a locked home: check-ins made meanwhile, each sealed
PART, ASIDE = ".locked.part", ".unlocking"
LEFT_OUT = {LOCKED, WAITING, PART, ASIDE, ".work/lock", ".work/prefect", ".work/prefect-server.log"}
MODIFIED = "RUNMOOD.modified_ns"  # in the archive: a file's time, exactly
PIECE = 2**20


@dataclass(frozen=True, slots=True)
class Locked:
    """A home that was locked: how many files are in it, and how large the sealed file is."""

    files: int
    bytes: int


def lock_home(home: Home, passphrase: Callable[[], str] | None) -> Locked:
    """Seal everything in a home into one file, and delete it otherwise.

    Args:
        home: which nobody else may be writing in.
        passphrase: asks for a new one, where there is none yet or another is wanted; null to keep the one there is.

    Returns:
        What was sealed.

    Raises:
        UserError: somebody is writing in it, or what was written is not what was read.
    """
    key = _kept_key(home) if passphrase is None else None
    if key is None and passphrase is None:
        raise UserError(home.say("cli.lock.no_key"))
    key = key or new_key(passphrase() if passphrase else "")
    with home.writing(wait=False), opened_alone(home.journal / JOURNAL_FILE):
        sweep_leftovers(home)
        draft = home.root / PART
        try:
            done = _seal(home.root, draft, key, home.say)
            draft.replace(home.root / LOCKED)
        finally:
            draft.unlink(missing_ok=True)
        keep_name(home.root)
        delete_clear(home.root)
    return done


def has_key(home: Home) -> bool:
    """Return whether a home was locked before, so that it can be locked again without a passphrase."""
    return _kept_key(home) is not None


def _kept_key(home: Home) -> dict[str, object] | None:
    try:
        key = json.loads((home.work / KEY).read_text(encoding="ascii"))
        return key if isinstance(key, dict) and isinstance(key["public_key"], str) else None
    except (OSError, ValueError, KeyError, RecursionError):
        return None


def _seal(root: Path, draft: Path, key: dict[str, object], say: Translator) -> Locked:
    """Write the sealed file, and read it again to see that the disk has what was written."""
    count = 0
    with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
        written = _Hashed(file)
        with (
            SealedWriter(cast("BinaryIO", written), key) as sealed,
            tarfile.open(fileobj=sealed, mode="w|", format=tarfile.PAX_FORMAT, bufsize=PIECE) as archive,
        ):
            for path in clear_files(root):
                _add(archive, root, path)
                count += 1
        file.flush()
        os.fsync(file.fileno())
        size = file.tell()
        file.seek(0)
        digest = hashlib.sha256()
        while piece := file.read(PIECE):
            digest.update(piece)
    if digest.digest() != written.digest.digest():
        raise UserError(say("cli.lock.not_whole"))
    return Locked(count, size)


class _Hashed(io.RawIOBase):
    """A file that is written from beginning to end, with the hash of what was written."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file, self.digest = file, hashlib.sha256()

    def write(self, content: object) -> int:
        """Write on."""
        piece = bytes(cast("bytes", content))
        self.digest.update(piece)
        return self._file.write(piece)


def clear_files(root: Path) -> Iterator[Path]:
    """Yield every file in clear that a home holds, but what is not needed again; a link counts as what it names."""
    for folder, folders, names in os.walk(root):
        inside = Path(folder).relative_to(root)
        folders[:] = sorted(name for name in folders if (inside / name).as_posix() not in LEFT_OUT)
        for name in sorted(names):
            if (inside / name).as_posix() not in LEFT_OUT and not name.startswith(INCOMING):
                yield Path(folder, name)
        if Path(folder) == root:
            linked = [Path(folder, name) for name in folders if Path(folder, name).is_symlink()]
            yield from (path for link in linked for path in clear_files(link))


def _add(archive: tarfile.TarFile, root: Path, path: Path) -> None:
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        about = tarfile.TarInfo(path.relative_to(root).as_posix())
        about.size, about.mode, about.mtime = status.st_size, status.st_mode & 0o777, int(status.st_mtime)
        about.pax_headers = {MODIFIED: f"{status.st_mtime_ns}"}
        archive.addfile(about, file)


def delete_clear(root: Path) -> None:
    """Delete everything in a locked home but the sealed file and what waits beside it.

    A folder that is a link to elsewhere keeps its link, and what it leads to is emptied of what was sealed.
    """
    for path in list(clear_files(root)):
        path.unlink(missing_ok=True)
    for each in root.iterdir():
        if each.name in {LOCKED, WAITING} or each.is_symlink():
            continue
        if each.is_dir():
            shutil.rmtree(each, ignore_errors=True)
        else:
            each.unlink(missing_ok=True)


def unlock_home(root: Path, say: Translator, passphrase: str) -> int:
    """Bring back everything that a locked home holds, and put the check-ins made meanwhile into its journal.

    Returns:
        How many check-ins were made meanwhile.

    Raises:
        UserError: the passphrase is another one, or the sealed file was changed or is cut off; nothing is changed.
    """
    aside = root / ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    with (root / LOCKED).open("rb") as file, said_plainly(say, LOCKED):
        header, _ = read_header(file)
        private = open_key(header, passphrase)
        file.seek(0)
        aside.mkdir(mode=0o700)
        try:
            _unpack(aside, opened_chunks(file, private))
            waiting = list(_waiting(root, private))
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
    (aside / ".work").mkdir(mode=0o700, exist_ok=True)
    kept = {name: header[name] for name in header if name not in {"file_key", "chunk_bytes"}}
    (aside / ".work" / KEY).write_text(json.dumps(kept), encoding="ascii")
    for each in list(aside.iterdir()):
        _put(each, root / each.name)
    append_lines(root / "journal", waiting)
    keep_name(root)
    (root / LOCKED).unlink()
    shutil.rmtree(aside)
    shutil.rmtree(root / WAITING, ignore_errors=True)
    return len(waiting)


def _put(path: Path, target: Path) -> None:
    """Put what was unpacked in its place, in which an unlocking that was killed may have left the same."""
    if target.is_symlink() and path.is_dir():
        for each in list(path.iterdir()):
            _put(each, target / each.name)
    elif target.is_dir():
        shutil.rmtree(target)
        path.replace(target)
    else:
        path.replace(target)


def _unpack(aside: Path, chunks: Iterator[bytes]) -> None:
    """Unpack the archive, each file on the disk when this returns."""
    with tarfile.open(fileobj=cast("BinaryIO", _Chunks(chunks)), mode="r|", bufsize=PIECE) as archive:
        for about in archive:
            name = PurePosixPath(about.name)
            content = archive.extractfile(about)
            if content is None or name.is_absolute() or ".." in name.parts:
                continue  # we write no such thing, and only who has the key could
            path = aside / name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                shutil.copyfileobj(content, file, PIECE)
                file.flush()
                os.fchmod(file.fileno(), about.mode & 0o777)
                os.fsync(file.fileno())
            modified = int(about.pax_headers.get(MODIFIED, int(about.mtime * 10**9)))
            os.utime(path, ns=(modified, modified))
    for _ in chunks:  # to the end, which proves that nothing was cut off
        pass


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


def seal_entries(root: Path, entries: Sequence[NewEntry]) -> None:
    """Keep entries in a locked home, each line sealed in a file of its own, on the disk when this returns."""
    with (root / LOCKED).open("rb") as file:
        key = {name: value for name, value in read_header(file)[0].items() if name not in {"file_key", "chunk_bytes"}}
    folder = root / WAITING
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{time.time_ns()}-{secrets.token_hex(4)}"
    with os.fdopen(os.open(path.with_suffix(".part"), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        with SealedWriter(file, key) as sealed:
            sealed.write(b"".join(to_line(entry).encode() + b"\n" for entry in entries))
        file.flush()
        os.fsync(file.fileno())
    path.with_suffix(".part").replace(path.with_suffix(".sealed"))
    keep_name(folder)


def _waiting(root: Path, private: bytes) -> Iterator[str]:
    """Yield the lines of the check-ins that were made while the home was locked."""
    lines = []
    for path in sorted((root / WAITING).glob("*.sealed")):
        with path.open("rb") as file:
            lines += b"".join(opened_chunks(file, private)).decode().splitlines()
    yield from sorted(lines, key=lambda line: from_line(line).said_at)
