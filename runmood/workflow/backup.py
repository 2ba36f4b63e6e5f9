"""A backup: one zip of all that a home holds, checked once it is written; and a home brought back from one.

What is true (inbox, journal, settings) and what was made of it (database, points, pages) are both in it, so a restored
home reads nothing again, and its tables are made again and compared with those of the day of the backup. A page in
it says what it is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import zipfile
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from runmood.core.errors import UserError, why_refused
from runmood.core.files import make_folder, open_kept, walk_folders
from runmood.core.json_records import read_record
from runmood.home.home import INCOMING, Home, open_home
from runmood.home.sealed import (
    SealedWriter,
    is_sealed,
    new_key,
    open_key,
    opened_chunks,
    read_header,
    translate_seal_errors,
)
from runmood.home.settings import Settings, read_settings
from runmood.home.work_folder import record_outside_copy
from runmood.ingest.files_beside import DAMAGE
from runmood.ingest.importer import open_importer
from runmood.journal.store import read
from runmood.warehouse.database import DATABASE, damage
from runmood.warehouse.publish import differences
from runmood.workflow import steps
from runmood.workflow.guard import temporary_folder_beside
from runmood.workflow.sealed_archive import HashingWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from runmood.core.i18n import Translator
    from runmood.warehouse.publish import TableDiff

    Readable = Callable[[Home], Iterator[tuple[str, bytes]]]


FORMAT = "runmood backup 1"
MANIFEST, README = "manifest.json", "README.txt"
FOLDER = "home"  # in the archive: the files of the home, under their own names
READABLE = "tables"  # in the archive: the same in CSV, which is not needed to restore it
PIECE = 2**20
LARGEST_LIST = 2**27  # bytes of a manifest, which is half a million files
LONGEST_NAME = 255  # bytes of a part of a path, on every disk
LEFT_OUT = (".work", INCOMING, ".settings", ".restored")  # the writer's own, and copies that were broken off
PACKED = (".zip", ".gz", ".parquet", ".jpg", ".png", ".pdf")  # which another packing makes no smaller


@dataclass(frozen=True, slots=True)
class FileInBackup:
    """A file of the home: its name in it, where it stands in the archive, and what proves that it is the same."""

    name: str
    member: str
    bytes: int
    sha256: str
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        made_at: when, in ISO 8601.
        as_of: the day that its tables speak of; null where they could not be made on that day.
        entries: how many the journal has.
        files: every file.
        runmood: the version that wrote it.
        format: of the archive.
    """

    made_at: str
    as_of: str | None
    entries: int
    files: tuple[FileInBackup, ...]
    runmood: str = version("runmood")
    format: str = FORMAT


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written, and the files that could not be read for it."""

    manifest: Manifest
    bytes: int
    left_out: tuple[str, ...]


def write_backup(home: Home, target: Path, readable: Readable, passphrase: str | None = None) -> Backup:
    """Write a backup of a home, and read it from end to end before it gets its name.

    Args:
        home: whose files are kept, with what is made of them brought up to date before.
        target: a new file outside the home.
        readable: yields the tables in a form that every program reads, each with its name.
        passphrase: what opens it; null where everybody may.

    Returns:
        What was written, and what could not be read for it.

    Raises:
        UserError: there is such a file already, it would lie in the home, or what was written is not what was read.
    """
    if target.exists() or target.is_symlink():
        raise UserError(home.say("cli.backup.exists", file=f"{target}"))
    if home.root.resolve() in target.resolve().parents:
        raise UserError(home.say("cli.backup.inside", file=f"{target}"))
    with home.writing():
        as_of = _brought_up_to_date(home)
        with temporary_folder_beside(target, "writing") as aside:
            draft = aside / target.name
            with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
                backup = _write(home, file, readable, as_of, passphrase)
            draft.replace(target)
        record_outside_copy(home, "backup", target)
    return backup


def _brought_up_to_date(home: Home) -> dt.date | None:
    """Make the tables of today; null where that cannot be, as with a journal that has lost entries."""
    today = home.today()
    try:
        read_settings(home.settings_file)  # tables are never made with a guess
        steps.run_pipeline(home, today)
    except UserError:
        return None
    return today


def _write(home: Home, file: BinaryIO, readable: Readable, as_of: dt.date | None, passphrase: str | None) -> Backup:
    key = new_key(passphrase) if passphrase else None
    if key is None:
        manifest, left_out = _write_zip(home, HashingWriter(file), readable, as_of)
    else:
        with SealedWriter(file, key) as sealed:
            hashed = HashingWriter(sealed)
            manifest, left_out = _write_zip(home, hashed, readable, as_of)
    file.flush()
    os.fsync(file.fileno())
    size = file.tell()
    file.seek(0)
    if key is None:
        with zipfile.ZipFile(file) as archive:
            whole = read_manifest(archive) == manifest and all(_is_whole(archive, each) for each in manifest.files)
    else:
        digest = hashlib.sha256()
        for chunk in opened_chunks(file, open_key(key, passphrase or "")):
            digest.update(chunk)
        whole = digest.digest() == hashed.digest()
    if not whole:
        raise UserError(home.say("cli.backup.not_whole"))
    return Backup(manifest, size, left_out)


def _write_zip(
    home: Home, file: HashingWriter, readable: Readable, as_of: dt.date | None
) -> tuple[Manifest, tuple[str, ...]]:
    """Write the archive; return what is in it, and a sentence for each file that could not be read."""
    files: list[FileInBackup] = []
    left_out: list[str] = []
    made_at = dt.datetime.now(home.zone).isoformat(timespec="seconds")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3, strict_timestamps=False) as archive:  # type: ignore[call-overload]  # any writer will do
        archive.writestr(README, home.say("cli.backup.readme", day=home.say.date(home.today())))
        for path in _files_of(home.root):
            try:
                files.append(_keep(archive, home.root, path, len(files)))
            except OSError as fault:
                left_out.append(home.say("cli.backup.not_read", file=f"{path!r}", fault=why_refused(fault)))
        if as_of:
            for name, content in readable(home):
                archive.writestr(f"{READABLE}/{name}", content)
        manifest = Manifest(
            made_at, as_of.isoformat() if as_of else None, len(read(home.journal).records), tuple(files)
        )
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
    return manifest, tuple(left_out)


def _files_of(root: Path) -> Iterator[Path]:
    """Yield every file of a home but the writer's own, in order of name; a link counts as the file that it names."""
    for folder, folders, names in walk_folders(root):
        folders[:] = sorted(name for name in folders if not name.startswith(LEFT_OUT))
        yield from (folder / name for name in sorted(names) if not name.startswith(LEFT_OUT))
        if folder == root:  # the folders of a home may lie elsewhere; a link further below is not followed
            for name in [name for name in folders if (folder / name).is_symlink()]:
                yield from _files_of(folder / name)


def _keep(archive: zipfile.ZipFile, root: Path, path: Path, number: int) -> FileInBackup:
    """Add a file to an archive, with the hash of what was read of it; one whose name is no text gets a number."""
    name = path.relative_to(root).as_posix()
    plain = name.isprintable() and "\\" not in name and name.encode(errors="replace").decode() == name
    member = f"{FOLDER}/{name}" if plain else f"unnamed/{number}"
    digest, size = hashlib.sha256(), 0
    with open(path, "rb", opener=open_kept) as source:
        modified_ns = os.fstat(source.fileno()).st_mtime_ns
        about = zipfile.ZipInfo.from_file(path, member, strict_timestamps=False)
        about.compress_type = zipfile.ZIP_STORED if path.suffix in PACKED else zipfile.ZIP_DEFLATED
        with archive.open(about, "w", force_zip64=True) as target:
            while piece := source.read(PIECE):
                digest.update(piece)
                size += len(piece)
                target.write(piece)
    return FileInBackup(name, member, size, digest.hexdigest(), modified_ns)


def read_manifest(archive: zipfile.ZipFile) -> Manifest | None:
    """Return what a backup says it holds; null where it is no backup, or its list names a file outside a home."""
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST_LIST:
            return None
        manifest = read_record(Manifest, json.loads(archive.read(MANIFEST)))
        if manifest.as_of:
            dt.date.fromisoformat(manifest.as_of)
    except (KeyError, RecursionError, *DAMAGE):
        return None
    return manifest if manifest.format == FORMAT and _is_proper(manifest.files) else None


def _is_proper(files: tuple[FileInBackup, ...]) -> bool:
    """Return whether names lead into a home and nowhere else, each to a file of its own that is no folder."""
    home, names = Home(Path(), Settings()), {each.name for each in files}
    above = {folder.as_posix() for name in names for folder in PurePosixPath(name).parents}
    no_files = above | {each.as_posix() for each in (home.inbox, home.journal, home.points, home.page.parent)}
    no_folders = {each.as_posix() for each in (home.settings_file, home.published, home.truths)}
    return (
        len(names) == len(files)
        and not names & no_files
        and not above & no_folders
        and all(each.bytes >= 0 and _is_name(each.name) for each in files)
    )


def _is_name(name: str) -> bool:
    """Return whether a name is plainly written, a disk takes it, and it is none of what the writer keeps for itself."""
    path = PurePosixPath(name)
    try:
        encoded = [os.fsencode(part) for part in path.parts]
    except UnicodeError:
        return False
    return (
        path.as_posix() == name != "."
        and not path.is_absolute()
        and not {"..", ".work"} & {*path.parts, path.parts[0].casefold()}
        and all(len(part) <= LONGEST_NAME and b"\0" not in part for part in encoded)
    )


def _is_whole(archive: zipfile.ZipFile, each: FileInBackup) -> bool:
    """Return whether a file of an archive is the one that was put in."""
    digest = hashlib.sha256()
    for piece in pieces_of(archive, each):
        digest.update(piece)
    return digest.hexdigest() == each.sha256


def pieces_of(archive: zipfile.ZipFile, each: FileInBackup) -> Iterator[bytes]:
    """Yield a file of an archive a piece at a time, no more of it than its list says and a piece.

    Raises:
        BadZipFile: it is damaged, or packed in a way that no backup is.
    """
    left = each.bytes
    try:
        with archive.open(each.member) as member:
            while left >= 0 and (piece := member.read(PIECE)):
                left -= len(piece)
                yield piece
    except (KeyError, *DAMAGE) as fault:
        raise zipfile.BadZipFile(each.member) from fault


def unsealed(home: Home, archive: Path, aside: Path, passphrase: Callable[[], str]) -> None:
    """Write what a sealed backup holds aside, once its passphrase is given."""
    with archive.open("rb") as file, translate_seal_errors(home.say, archive.name):
        private = open_key(read_header(file)[0], passphrase())
        file.seek(0)
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as plain:
            plain.writelines(opened_chunks(file, private))


MB = 2**20


@dataclass(frozen=True, slots=True)
class RestoreResult:
    """A home that was brought back.

    Attributes:
        home: as it stands now.
        manifest: what the backup said.
        read_again: how many files had to be read again: none, unless another version of runmood reads otherwise.
        differences: tables that are not as they were; null where the backup has none to compare with.
    """

    home: Home
    manifest: Manifest
    read_again: int
    differences: list[TableDiff] | None


def restore_backup(archive: Path, root: Path, say: Translator, passphrase: Callable[[], str]) -> RestoreResult:
    """Bring a home back into a folder that does not exist yet.

    Everything is unpacked beside it and proven by its hash before the folder gets its name; nothing of it stays if this
    process is killed.

    Args:
        archive: a backup.
        root: where the home is to be.
        say: the language of the sentences.
        passphrase: asks for what opens it, if it is sealed.

    Returns:
        The home, and how it compares with that of the backup's day.

    Raises:
        UserError: there is something already, the backup is none or damaged, or there is no room.
    """
    if root.is_symlink() or (root.exists() and (not root.is_dir() or any(root.iterdir()))):
        raise UserError(say("cli.backup.occupied", folder=f"{root}"))
    make_folder(root.resolve().parent)
    with temporary_folder_beside(root, "restoring") as aside:
        manifest = _unpacked(archive, aside, say, passphrase)
        if root.is_dir():
            root.rmdir()
        (aside / "home").replace(root)
    return _made_again(open_home(root), manifest)


def _unpacked(archive: Path, aside: Path, say: Translator, passphrase: Callable[[], str]) -> Manifest:
    """Unpack a backup into the folder `home` of another folder, each file proven."""
    (aside / "home").mkdir(mode=0o700)
    with archive.open("rb") as file:
        sealed = is_sealed(file)
    if sealed:
        unsealed(Home(aside, Settings()), archive, aside / "archive.zip", passphrase)
    try:
        with _opened(aside / "archive.zip" if sealed else archive) as packed:
            manifest = read_manifest(packed)
            if manifest is None:
                raise UserError(say("cli.backup.no_backup", file=f"{archive}"))
            needed = sum(each.bytes for each in manifest.files)
            if needed > (free := shutil.disk_usage(aside).free):
                raise UserError(say("cli.backup.no_room", needed=needed // MB, free=free // MB))
            for each in manifest.files:
                _unpack(packed, each, aside / "home" / each.name, say)
    except zipfile.BadZipFile as fault:
        raise UserError(say("cli.backup.no_backup", file=f"{archive}")) from fault
    return manifest


def _opened(path: Path) -> zipfile.ZipFile:
    """Open an archive to read; one that is damaged in whatever way is no zip."""
    try:
        return zipfile.ZipFile(path)
    except DAMAGE as fault:
        raise zipfile.BadZipFile(str(path)) from fault


def _unpack(packed: zipfile.ZipFile, each: FileInBackup, path: Path, say: Translator) -> None:
    digest = hashlib.sha256()
    make_folder(path.parent)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        for piece in pieces_of(packed, each):
            digest.update(piece)
            target.write(piece)
    if digest.hexdigest() != each.sha256:
        raise UserError(say("cli.backup.damaged", file=each.name))
    os.utime(path, ns=(each.modified_ns, each.modified_ns))


def _made_again(home: Home, manifest: Manifest) -> RestoreResult:
    """Make the tables of the backup's day from the files as they are, and compare; then those of today."""
    if not home.published.exists() or damage(home.published):
        return RestoreResult(home, manifest, 0, None)
    before = home.work / "before.duckdb"
    with home.writing():
        shutil.copyfile(home.published, home.work / DATABASE)
        shutil.copyfile(home.published, before)
        with open_importer(home) as importer:
            known = {name for name, _ in importer.store.files.stamps()}
            again = importer.reprocess_missing()
            steps.build_tables(home, importer.store, dt.date.fromisoformat(manifest.as_of or f"{home.today()}"))
        steps.publish_copy(home)
        found = differences(before, home.published) if manifest.as_of else None
        before.unlink()
        with open_importer(home) as importer:
            new = importer.read_inbox()  # what lay there unread; nothing else, unless its size or time is another
            steps.build_tables(home, importer.store, home.today())
        steps.publish_results(home, home.today())
    read_again = [each for each in (*(again.files if again else ()), *new.files) if each.file_name in known]
    return RestoreResult(home, manifest, len(read_again), found)
