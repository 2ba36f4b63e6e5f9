"""One writer at a time, on the systems that have flock and on the one that has not."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from runmood.core import files
from runmood.core.files import acquire

if TYPE_CHECKING:
    from pathlib import Path

IMPORTS = """
import sys
for name in ("fcntl", "resource"):
    sys.modules[name] = None
import runmood.home.home, runmood.journal.store, runmood.home.edit_settings
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that can be locked."""
    (tmp_path / "lock").touch()
    return tmp_path / "lock"


def test_a_second_one_is_refused_until_the_first_has_closed(path: Path) -> None:
    """Who does not want to wait is told that the lock is held; it is free once the file is closed."""
    with path.open("r+") as first, path.open("r+") as second:
        assert acquire(first.fileno())
        assert not acquire(second.fileno(), wait=False)
        first.close()
        assert acquire(second.fileno(), wait=False)


def test_readers_share_and_a_writer_waits_for_them(path: Path) -> None:
    """Two may read at once; nobody writes meanwhile."""
    with path.open("r+") as first, path.open("r+") as second, path.open("r+") as writer:
        assert acquire(first.fileno(), shared=True)
        assert acquire(second.fileno(), shared=True, wait=False)
        assert not acquire(writer.fileno(), wait=False)


def test_without_flock_the_home_and_the_journal_can_be_imported() -> None:
    """Windows has no fcntl: nothing asks for it before it is used."""
    done = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_windows_locks_a_byte_that_no_file_has(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte far behind the end is locked, and the file stands where it stood; who waits tries until it is free."""
    calls: list[tuple[int, int, int]] = []

    def locking(handle: int, mode: int, count: int) -> None:
        calls.append((mode, os.lseek(handle, 0, os.SEEK_CUR), count))
        if len(calls) < 3:
            raise OSError("held by another")

    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(LK_LOCK=1, LK_NBLCK=2, locking=locking))
    monkeypatch.setattr(files, "sys", SimpleNamespace(platform="win32"))
    with path.open("r+b") as file:
        file.write(b"abc")
        file.flush()
        assert not acquire(file.fileno(), wait=False)
        assert acquire(file.fileno())
        assert os.lseek(file.fileno(), 0, os.SEEK_CUR) == 3
    assert calls == [(2, files.FAR_END, 1), (1, files.FAR_END, 1), (1, files.FAR_END, 1)]
