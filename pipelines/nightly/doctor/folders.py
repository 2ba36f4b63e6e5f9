"""The disk, who may read the home, and the versions of what runs."""

from __future__ import annotations

import os
import platform
import shutil
import stat
from importlib.metadata import version
from typing import TYPE_CHECKING

from pipelines.nightly.doctor.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipelines.home import Home

OTHERS = stat.S_IRWXG | stat.S_IRWXO
MB = 2**20
SPARE_MB = 500
PARTS = ("inbox", "journal", "points", "runmood.duckdb", "summaries", ".work")
LIBRARIES = ("runmood", "duckdb", "polars", "prefect")


def looked_at(home: Home) -> Iterator[Seen]:
    """Whether the home can be written, room on the disk, sizes, permissions and versions."""
    if sealed := [path for path in (home.root, home.journal, home.work, home.points) if not _may_write(path)]:
        told = f"Nothing can be written in {sealed[0]}: no check-in is kept and no night done. See that you may."
        yield Seen("home", told, asks=True)
    sizes = {name: _size(home.root / name) / MB for name in PARTS}
    free = shutil.disk_usage(home.root).free / MB
    needed = SPARE_MB + 3 * sizes["runmood.duckdb"]
    told = ", ".join(f"{name} {size:.0f}" for name, size in sizes.items())
    if free < needed:
        yield Seen("disk", f"{free:.0f} MB free; a night may need {needed:.0f}. Make room. In MB: {told}.", asks=True)
    else:
        yield Seen("disk", f"{free:.0f} MB free. In MB: {told}.")
    if home.root.stat().st_mode & OTHERS:
        yield Seen("privacy", f"Others on this computer may look into the home: chmod go= '{home.root}'", asks=True)
    else:
        yield Seen("privacy", "Nobody else on this computer may look into the home.")
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    yield Seen("versions", f"{versions}, Python {platform.python_version()}.")


def _may_write(path: Path) -> bool:
    """Whether a file or a folder can be written by whoever asks; what is not there yet, can."""
    return not path.exists() or os.access(path, os.W_OK)


def _size(path: Path) -> int:
    """Bytes of a file, or of everything in a folder."""
    if not path.is_dir():
        return path.stat().st_size if path.exists() else 0
    return sum(
        os.lstat(os.path.join(folder, name)).st_size  # noqa: PTH118 - thousands of them
        for folder, _, names in os.walk(path)
        for name in names
    )
