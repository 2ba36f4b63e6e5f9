"""What a process that was killed left behind: copies that were broken off, uploads that nobody imports, drafts."""

from __future__ import annotations

import os
import shutil
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from runmood.home.home import Home


INCOMING = ".incoming-"  # how a copy into the inbox is called until it is whole
UPLOADS = "upload-"  # folders of files that a browser sends, among the jobs
LASTS_S = 24 * 3600  # an upload may still be under way
DRAFTS = ("publishing.duckdb", "compact.duckdb", "before.duckdb", "runmood.duckdb.tmp", "journals/draft")


def sweep_leftovers(home: Home) -> int:
    """Delete what was left behind, and return how much that was; only who holds the home's lock may call this."""
    drafts = [home.work / name for name in (*DRAFTS, *(f"{name}.wal" for name in DRAFTS))]
    drafts += [home.journal / ".forgetting", home.journal / ".restored", home.root / ".settings"]
    old = time.time() - LASTS_S
    uploads = [path for path in (home.work / "jobs").glob(f"{UPLOADS}*") if path.lstat().st_mtime < old]
    swept = 0
    for path in (*_incoming(home.inbox), *uploads, *drafts):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        elif path.is_symlink() or path.exists():
            path.unlink()
        else:
            continue
        swept += 1
    return swept


def _incoming(inbox: Path) -> Iterator[Path]:
    """Yield copies into the inbox that were broken off: nobody copies but under the lock."""
    for folder, _, names in os.walk(inbox):
        yield from (type(inbox)(folder, name) for name in names if name.startswith(INCOMING))
