"""A home brought back from a backup: every file proven, and the tables made again and compared with those it had."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.core.errors import UserError
from runmood.home.home import Home, open_home
from runmood.home.sealed import is_sealed
from runmood.home.settings import Settings
from runmood.ingest.importer import open_importer
from runmood.warehouse.publish import differences
from runmood.warehouse.writer import DATABASE
from runmood.workflow import steps
from runmood.workflow.backup import Manifest, pieces_of, read_manifest, unsealed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from runmood.core.i18n import Translator
    from runmood.warehouse.diff import TableDiff
    from runmood.workflow.backup import FileInBackup


MB = 2**20


@dataclass(frozen=True, slots=True)
class Restored:
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


def restore_backup(archive: Path, root: Path, say: Translator, passphrase: Callable[[], str]) -> Restored:
    """Bring a home back into a folder that does not exist yet.

    Everything is unpacked beside it and proven by its hash before the folder gets its name.

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
    aside = root.resolve().with_name(f".{root.resolve().name}.restoring")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700, parents=True)
    try:
        manifest = _unpacked(archive, aside, say, passphrase)
        if root.is_dir():
            root.rmdir()
        (aside / "home").replace(root)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return _made_again(open_home(root), manifest)


def _unpacked(archive: Path, aside: Path, say: Translator, passphrase: Callable[[], str]) -> Manifest:
    """Unpack a backup into the folder `home` of another folder, each file proven."""
    (aside / "home").mkdir(mode=0o700)
    with archive.open("rb") as file:
        sealed = is_sealed(file)
    if sealed:
        unsealed(Home(aside, Settings()), archive, aside / "archive.zip", passphrase)
    try:
        with zipfile.ZipFile(aside / "archive.zip" if sealed else archive) as packed:
            manifest = read_manifest(packed)
            if manifest is None:
                raise UserError(say("cli.backup.no_backup", file=f"{archive}"))
            needed = sum(each.bytes for each in manifest.files)
            if needed > (free := shutil.disk_usage(aside).free):
                raise UserError(say("cli.backup.no_room", needed=needed // MB, free=free // MB))
            for each in manifest.files:
                _unpack(packed, each, aside / "home" / each.name, say)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, EOFError) as fault:
        raise UserError(say("cli.backup.no_backup", file=f"{archive}")) from fault
    return manifest


def _unpack(packed: zipfile.ZipFile, each: FileInBackup, path: Path, say: Translator) -> None:
    digest = hashlib.sha256()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        for piece in pieces_of(packed, each):
            digest.update(piece)
            target.write(piece)
    if digest.hexdigest() != each.sha256:
        raise UserError(say("cli.backup.damaged", file=each.name))
    os.utime(path, ns=(each.modified_ns, each.modified_ns))


def _made_again(home: Home, manifest: Manifest) -> Restored:
    """Make the tables of the backup's day from the files as they are, and compare; then those of today."""
    if not home.published.exists():
        return Restored(home, manifest, 0, None)
    before = home.work / "before.duckdb"
    with home.writing():
        shutil.copyfile(home.published, home.work / DATABASE)
        shutil.copyfile(home.published, before)
        with open_importer(home) as importer:
            known = {name for name, _ in importer.store.stamps()}
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
    return Restored(home, manifest, len(read_again), found)
