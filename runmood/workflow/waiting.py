"""What comes into a home while it is locked: check-ins, and files that a person or a sync program puts there.

Each is sealed with the key's public part into a file of its own, on the disk before anything in clear is deleted, and
waits until the home is opened. A file may come twice, as after a kill: what is in the home already is not added again.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from runmood.core.errors import UserError
from runmood.core.files import open_kept, open_private, put_on_disk
from runmood.core.i18n import message
from runmood.core.json_records import read_record
from runmood.core.locked import LANGUAGE, LOCKED, WAITING
from runmood.home.import_log import IMPORT_LOG
from runmood.home.sealed import SealedFault, SealedFileError, SealedWriter, opened_chunks, read_header
from runmood.ingest.inbox import copy_each
from runmood.journal.codec import from_line, to_legible_line
from runmood.journal.store import JOURNAL_FILE, append_lines
from runmood.workflow.sealed_archive import ASIDE, PIECE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from runmood.core.checkins import NewEntry


ENTRIES, FILE = ".sealed", ".file"  # how what waits is called: lines of the journal, or a file after a line about it
DRAFT = ".part"
PLACES = ("inbox", "journal")


def key_of(root: Path) -> dict[str, object]:
    """Return the key of a locked home as its first line has it, the private part sealed.

    Raises:
        UserError: the sealed file does not begin with such a line.
    """
    try:
        with open(root / LOCKED, "rb", opener=open_kept) as file:
            header = read_header(file)[0]
    except SealedFileError as error:
        raise UserError(message(f"cli.sealed.{error.fault}", file=LOCKED)) from error
    return {name: value for name, value in header.items() if name not in {"file_key", "chunk_bytes", LANGUAGE}}


def is_of_the_person(root: Path, path: Path) -> bool:
    """Return whether a file is of what nobody can make again: the inbox and the journal."""
    return path.relative_to(root).parts[0] in PLACES


def seal_entries(root: Path, entries: Sequence[NewEntry]) -> None:
    """Keep entries in a locked home, sealed in a file of their own, on the disk when this returns."""
    lines = [to_legible_line(entry).encode() + b"\n" for entry in entries]
    _keep(root, ENTRIES, lambda sealed: sealed.write(b"".join(lines)))


def seal_file(root: Path, path: Path) -> None:
    """Keep a file of the inbox or the journal in a locked home, sealed, on the disk when this returns."""

    def write(sealed: SealedWriter) -> None:
        with path.open("rb") as file:
            about = {"name": path.relative_to(root).as_posix(), "modified_ns": os.fstat(file.fileno()).st_mtime_ns}
            sealed.write(json.dumps(about).encode() + b"\n")
            shutil.copyfileobj(file, cast("BinaryIO", sealed), PIECE)

    _keep(root, FILE, write)


def _keep(root: Path, ending: str, write: Callable[[SealedWriter], object]) -> None:
    folder, key = root / WAITING, key_of(root)
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{time.time_ns()}-{secrets.token_hex(4)}"
    with os.fdopen(os.open(path.with_suffix(DRAFT), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        with SealedWriter(file, key) as sealed:
            write(sealed)
        file.flush()
        os.fsync(file.fileno())
    path.with_suffix(DRAFT).replace(path.with_suffix(ending))
    put_on_disk(folder)


def bring_in(root: Path, private: bytes, done: Collection[Path] = ()) -> tuple[int, list[Path]]:
    """Put what waits into an opened home: entries into its journal, files to where somebody put them.

    What this key does not open stays where it is: whoever may write in a locked home can put anything there.

    Args:
        root: of the home.
        private: its private key.
        done: files among those that wait which were brought in before.

    Returns:
        How many check-ins it was, and the files in which all that has its place now waited.
    """
    drafts = root / ASIDE / "came"
    drafts.mkdir(mode=0o700, parents=True)
    came: list[Path] = []
    entries: list[tuple[dt.datetime, str]] = []
    files: dict[Path, tuple[Path, PurePosixPath]] = {}
    for number, path in enumerate(sorted({*(root / WAITING).glob("*")} - {*done})):
        with suppress(SealedFileError, OSError):
            if path.suffix == ENTRIES:
                entries += [_read_entry(line) for line in _opened(path, private).splitlines()]
            elif path.suffix == FILE:
                files[path] = _unsealed(path, drafts / f"{number}", private)
            came.append(path)
    append_lines(root / "journal", [line for _, line in sorted(entries, key=lambda each: each[0])])
    put = _put_files(root, files.values())
    shutil.rmtree(drafts)
    return len(entries), [path for path in came if path not in files or files[path][0] in put]


def _put_files(root: Path, files: Collection[tuple[Path, PurePosixPath]]) -> set[Path]:
    """Put drafts of files where they were in the home; what lies there already stays, and another gets a number.

    Returns:
        The drafts that have their place: not those that the disk has no room for, or whose place is a folder.
    """
    lines = {draft for draft, name in files if name.parts[0] == "journal" and name.suffix == ".jsonl"}
    for draft, name in files:
        if draft in lines:
            _add_lines(draft, root / name)
    put = {*lines}
    for folder in PLACES:
        pairs = [(draft, root / name) for draft, name in files if name.parts[0] == folder and draft not in lines]
        for draft, place in copy_each(pairs, root / folder):
            with place.open("rb") as file:
                os.fsync(file.fileno())
            put.add(draft)
    return put


def _read_entry(line: bytes) -> tuple[dt.datetime, str]:
    """Return a line of the journal and its moment."""
    try:
        return from_line(line.decode()).said_at, line.decode()
    except (ValueError, KeyError, TypeError) as fault:
        raise SealedFileError(SealedFault.CHANGED) from fault


def _opened(path: Path, private: bytes) -> bytes:
    with open(path, "rb", opener=open_kept) as file:
        return b"".join(opened_chunks(file, private))


def _unsealed(path: Path, draft: Path, private: bytes) -> tuple[Path, PurePosixPath]:
    """Write what waits in a file into a draft of it; return that, and the name it had in the home."""
    with open(path, "rb", opener=open_kept) as file, open(draft, "xb", opener=open_private) as written:
        chunks = opened_chunks(file, private)
        about, _, begins = next(chunks).partition(b"\n")
        try:
            note = json.loads(about)
            name, modified = PurePosixPath(read_record(str, note["name"])), read_record(int, note["modified_ns"])
            is_name = b"\0" not in os.fsencode(name)
        except (ValueError, KeyError, TypeError, RecursionError) as fault:
            raise SealedFileError(SealedFault.CHANGED) from fault
        # Whoever may write in a locked home could forge it.
        if not is_name or ".." in name.parts or not {f"{each}" for each in name.parents} & {*PLACES}:
            raise SealedFileError(SealedFault.CHANGED)
        written.write(begins)
        written.writelines(chunks)
    os.utime(draft, ns=(modified, modified))
    return draft, name


def _add_lines(draft: Path, target: Path) -> None:
    """Add the lines that came to the ledger of imports, or to the journal, which knows each entry by its id."""
    own = target if target.name == IMPORT_LOG else target.with_name(JOURNAL_FILE)
    there = {*own.read_bytes().splitlines()} if own.exists() else set()
    new = [line for line in draft.read_bytes().splitlines() if line.strip() and line not in there]
    if own.name == JOURNAL_FILE:
        append_lines(own.parent, [line.decode(errors="replace") for line in new])
    elif new:
        with open(own, "ab", opener=open_private) as ledger:
            ledger.write(b"\n" + b"".join(line + b"\n" for line in new))
            ledger.flush()
            os.fsync(ledger.fileno())
