"""A home locked: everything in it sealed into one file, and nothing left beside it; and unlocked again.

The sealed file is whole and on the disk before anything is deleted, and what is unsealed likewise before the
sealed file is: whoever is killed in between finds the home locked, and does it again. What comes into a locked home, a
check-in or a file that a sync program puts there, is sealed with the key's public part and waits beside the file
(`runmood.workflow.waiting`). A night in a locked home leaves the sealed file in its place until the next one is whole.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from runmood.core.errors import UserError
from runmood.core.files import acquire, make_way, open_kept, put_on_disk, read_kept, remove_tree, replace_made
from runmood.core.i18n import Name, message
from runmood.core.json_records import read_record
from runmood.core.locked import LOCKED, WAITING, opened_here
from runmood.home.home import Home, HomeIsBusyError, lock_holder, open_home, sweep_leftovers
from runmood.home.sealed import new_key, open_key, opened_chunks, read_header, translate_seal_errors
from runmood.home.settings import legible_settings
from runmood.journal.store import JOURNAL_FILE, opened_alone
from runmood.workflow.guard import guarded
from runmood.workflow.nightly_run import parse_night
from runmood.workflow.pooled_effects import FILE as POOLED_EFFECTS_FILE
from runmood.workflow.sealed_archive import (
    ASIDE,
    NIGHT,
    PART,
    SETTINGS,
    LockResult,
    clear_files,
    first_files,
    read_stamp,
    seal,
    unpack,
)
from runmood.workflow.state import is_due
from runmood.workflow.waiting import DRAFT, ENTRIES, FILE, bring_in, is_of_the_person, key_of, seal_file

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from runmood.core.i18n import Translator
    from runmood.workflow.sealed_archive import Stamp


KEY = "lock-key.json"  # in the writer's folder: the sealed private key, so that locking again asks for nothing


def lock_home(home: Home, passphrase: str | None) -> LockResult:
    """Seal everything in a home into one file, and delete it otherwise.

    Args:
        home: which nobody else may be writing in.
        passphrase: a new one, where there is none yet or another is wanted; null to keep the one there is.

    Returns:
        What was sealed.

    Raises:
        UserError: somebody is writing in it, a file of the person's own lies where nothing is sealed, or what was
            written is not what was read.
    """
    key = kept_key(home) if passphrase is None else None
    if key is None and passphrase is None:
        raise UserError(home.say("cli.lock.no_key"))
    for path in (home.root / WAITING).glob("*"):
        if path.suffix not in {ENTRIES, FILE, DRAFT}:
            raise UserError(home.say("cli.lock.in_its_place", file=f"{path}"))
    key = key or new_key(passphrase or "")
    with home.writing(wait=False):
        return _close(home, key)


def lock_again(root: Path) -> None:
    """Delete what is in clear beside the sealed file, as a locking or a night that was broken off leaves it.

    Raises:
        HomeIsBusyError: somebody is at work in it.
    """
    with _held(root):
        delete_clear(root)


def _close(home: Home, key: Mapping[str, object], came: Iterable[Path] = ()) -> LockResult:
    """Seal a home in which nobody else writes, and delete what is sealed, with the files in which it waited."""
    with opened_alone(home.journal / JOURNAL_FILE):
        sweep_leftovers(home)
        draft = home.root / PART
        try:
            done, sealed = seal(home.root, draft, key, home.say)
            with draft.open("rb") as held:
                acquire(held.fileno())  # nobody opens it before the rest is deleted
                draft.replace(home.root / LOCKED)
                put_on_disk(home.root)
                delete_clear(home.root, sealed)
                for path in came:
                    path.unlink(missing_ok=True)
        finally:
            draft.unlink(missing_ok=True)
    return done


def kept_key(home: Home) -> dict[str, object] | None:
    """Return the key with which a home was locked before, its private part sealed; null where it was not."""
    try:
        kept = read_record(dict[str, str], json.loads(read_kept(home.work / KEY)))
        key = json.loads(kept["key"])
        return key if isinstance(key, dict) and _digest(kept["key"]) == kept["sha256"] else None
    except (OSError, ValueError, KeyError, RecursionError):
        return None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _keep_key(work: Path, key: Mapping[str, object]) -> None:
    """Keep the key for the next locking, with its hash: one letter of it changed, and nobody could unlock again."""
    text = json.dumps(key)
    replace_made(work / KEY, json.dumps({"key": text, "sha256": _digest(text)}))


def delete_clear(root: Path, sealed: Mapping[Path, Stamp] | None = None) -> None:
    """Delete everything in a locked home but the sealed file and what waits beside it.

    Files of the inbox and the journal that may not be in the sealed file are sealed first, and wait. A folder that is a
    link to elsewhere keeps its link, and what it leads to is emptied of what was sealed.

    Args:
        root: of the home, which nobody else opens meanwhile.
        sealed: the files that are in the sealed file, as they were then; null where nobody knows.

    Raises:
        UserError: what stands in the sealed file's place is none of ours, so that nothing is deleted.
    """
    key_of(root)
    for path in list(clear_files(root)):
        if is_of_the_person(root, path) and (sealed is None or sealed.get(path) != read_stamp(path)):
            seal_file(root, path)
        path.unlink(missing_ok=True)
    for each in root.iterdir():
        if each.name in {LOCKED, WAITING} or each.is_symlink():
            continue
        if each.is_dir():
            remove_tree(each)
        else:
            each.unlink(missing_ok=True)


@contextmanager
def _held(root: Path) -> Iterator[BinaryIO]:
    """Yield the sealed file of a locked home, which nobody else opens or replaces meanwhile.

    Raises:
        HomeIsBusyError: somebody else has it.
    """
    with open(root / LOCKED, "rb", opener=open_kept) as file:
        if not acquire(file.fileno(), wait=False) or not _is_in_place(file, root / LOCKED):
            holder = lock_holder(root / ".work" / "lock") or Name("runmood")
            raise HomeIsBusyError(message("error.home_is_busy", holder=holder))
        yield file


def _is_in_place(file: BinaryIO, path: Path) -> bool:
    return path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat())


def open_locked(root: Path, say: Translator, passphrase: str) -> bytes:
    """Return the private key of a locked home, by its passphrase.

    Raises:
        UserError: it is another passphrase, or the file is none of ours.
    """
    with open(root / LOCKED, "rb", opener=open_kept) as file, translate_seal_errors(say, LOCKED):
        return open_key(read_header(file)[0], passphrase)


def is_night_due(root: Path, say: Translator, private: bytes, now: dt.datetime) -> bool:
    """Return whether a night is due in a locked home, of which nothing is put on the disk.

    Args:
        root: of the home.
        say: the person's language.
        private: the home's private key.
        now: the moment.

    Raises:
        UserError: the sealed file was changed, or is another key's.
    """
    with open(root / LOCKED, "rb", opener=open_kept) as file, translate_seal_errors(say, LOCKED):
        first = first_files(opened_chunks(file, private))
    settings, _ = legible_settings(root / SETTINGS, first.get(SETTINGS, b"").decode("utf-8-sig", errors="replace"))
    return is_due(Home(root, settings), parse_night(first.get(NIGHT, b"")), now)


def unlock_home(root: Path, say: Translator, private: bytes) -> int:
    """Bring back everything that a locked home holds, and what came into it meanwhile.

    Args:
        root: of the home.
        say: the person's language.
        private: the home's private key, from `open_locked`.

    Returns:
        How many check-ins were made meanwhile.

    Raises:
        UserError: the sealed file was changed or is cut off, and nothing is changed; or somebody is at work in it.
    """
    with _held(root) as file:
        entries, came, _ = _put_back(root, say, file, private)
        put_on_disk(root)
        (root / LOCKED).unlink()
        more, late = bring_in(root, private, came)  # what came while the rest was put in its place
    remove_tree(root / ASIDE)
    for path in (*came, *late):
        path.unlink(missing_ok=True)  # a draft of a check-in has its name by now
    with suppress(OSError):  # which holds what this key does not open
        (root / WAITING).rmdir()
    return entries + more


@contextmanager
def opened_for_a_night(root: Path, say: Translator, private: bytes) -> Iterator[Home]:
    """Open a locked home for this process alone, and lock it again at the end, whatever happens in the block.

    The sealed file stays until the one of after the night is whole: for everybody else the home is locked all the time,
    and after a kill it is locked as it was before, beside what `delete_clear` deletes.

    Args:
        root: of the home.
        say: the person's language.
        private: the home's private key.

    Yields:
        The home.

    Raises:
        UserError: the sealed file was changed or is cut off; or somebody is at work in it.
    """
    with _held(root) as file, guarded(root), opened_here(root):
        _, came, unpacked = _put_back(root, say, file, private)
        try:
            yield open_home(root)
        finally:
            try:
                home = open_home(root, lenient=True)
                with home.writing():
                    _close(home, key_of(root), came)
            except BaseException:
                delete_clear(root, unpacked)
                raise


def _put_back(root: Path, say: Translator, file: BinaryIO, private: bytes) -> tuple[int, list[Path], dict[Path, Stamp]]:
    """Unpack the sealed file beside it and put everything in its place, with what came meanwhile.

    Returns:
        How many check-ins came meanwhile; the files in which they and all else waited; and what was unpacked.
    """
    if any(clear_files(root)):
        with translate_seal_errors(say, LOCKED):
            for _ in opened_chunks(file, private):  # to the end: what lies beside a damaged one is all there is
                pass
        file.seek(0)
    delete_clear(root)
    aside = root / ASIDE
    aside.mkdir(mode=0o700)
    unpacked: dict[Path, Stamp] = {}
    try:
        with translate_seal_errors(say, LOCKED):
            unpack(aside, opened_chunks(file, private))
        make_way(aside / POOLED_EFFECTS_FILE)
        (aside / POOLED_EFFECTS_FILE).unlink(missing_ok=True)  # a cohort that it left could not say so here
        (aside / ".work").mkdir(mode=0o700, exist_ok=True)
        _keep_key(aside / ".work", key_of(root))
        unpacked = {root / path.relative_to(aside): read_stamp(path) for path in clear_files(aside)}
        for each in list(aside.iterdir()):
            _put(each, root / each.name)
        entries, came = bring_in(root, private)
    except BaseException:
        delete_clear(root, unpacked)
        raise
    return entries, came, unpacked


def _put(path: Path, target: Path) -> None:
    """Put what was unpacked in its place; in a folder that is a link, file by file."""
    if target.is_symlink() and path.is_dir():
        for each in list(path.iterdir()):
            _put(each, target / each.name)
    elif target.is_dir():
        remove_tree(target)
        path.replace(target)
    else:
        path.replace(target)
