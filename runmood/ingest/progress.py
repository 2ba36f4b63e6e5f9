"""How far an import is: whoever watches is told what begins, and of each file once it is read."""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from runmood.core.files import files_below
from runmood.readers.registry import is_readable_name, may_be_collection

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from runmood.core.i18n import Translator
    from runmood.home.home import Home
    from runmood.warehouse.writer import Warehouse


Progress = Callable[[int, int], None]  # called with the files read so far, and the bytes of the last ones


def no_progress(_files: int, _bytes: int) -> None:
    """Ignore the progress of an import that nobody watches."""


class ProgressListener(Protocol):
    """Is told how far an import is."""

    def begin(self, stage: str) -> None:
        """Be told what begins, as the key of its sentence."""

    def reading(self, home: Home, store: Warehouse, paths: Iterable[Path] = ()) -> Progress:
        """Be told that files are about to be read.

        Args:
            home: Whose inbox is read.
            store: Its open database.
            paths: What is read in place, besides the inbox.

        Returns:
            The function to call after each file.
        """


class SilentListener:
    """Ignores how far an import is."""

    def begin(self, stage: str) -> None:
        """Ignore what begins."""

    def reading(self, _home: Home, _store: Warehouse, _paths: Iterable[Path] = ()) -> Progress:
        """Ignore each file."""
        return no_progress


NO_LISTENER = SilentListener()


def progress_line(say: Translator, files: int, seconds: float, share: float) -> str:
    """Files, rate and what is left; nothing of what is left where the guess was too low or has just begun."""
    so_far = say("import.progress", files=files, rate=round(files / max(seconds, 0.1)))
    if not 0.01 < share < 1:  # noqa: PLR2004 - a hundredth is too little to judge by
        return so_far
    left = seconds / share - seconds
    name, amount = ("seconds", left) if left < 90 else ("minutes", left / 60)  # noqa: PLR2004
    return f"{so_far}, {say(f'import.left.{name}', count=round(amount))}"


def pending_bytes(home: Home, store: Warehouse, paths: Iterable[Path] = ()) -> int:
    """Return how many bytes of watch files lie in the inbox that the database does not hold, archives unpacked.

    How many files an archive holds that can be read is not known beforehand, so what is left is judged by bytes.

    Args:
        home: Whose inbox it is.
        store: Its open database.
        paths: What counts besides.
    """
    seen = {(name, stamp.bytes) for name, stamp in store.files.stamps()}
    new = (path for path in files_below(home.inbox) if (home.name_of(path.as_posix()), path.stat().st_size) not in seen)
    return sum(map(_unpacked_bytes, itertools.chain(new, paths)))


def _is_counted(inside: str) -> bool:
    """Return whether a file of an archive may be read, by its name."""
    name = inside.rpartition("/")[2]
    return inside.lower().endswith(".zip") or is_readable_name(name) or may_be_collection(name)


def _unpacked_bytes(path: Path) -> int:
    if path.suffix.lower() == ".zip":
        try:
            with zipfile.ZipFile(path) as archive:
                return sum(each.file_size for each in archive.infolist() if _is_counted(each.filename))
        except (zipfile.BadZipFile, OSError):
            return 0
    return path.stat().st_size if path.is_file() else sum(map(_unpacked_bytes, path.iterdir())) if path.is_dir() else 0
