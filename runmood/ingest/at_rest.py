"""Whether a file is at rest: nobody writes in it any more, so it may be read. One rule for inbox and watched folders.

A copy or a download that goes on shows by its time. Some programs take the room first: such a file has its final size
and holds zeros where its content has not come yet.

A copy may also show by its name, which a program that syncs gives it until it is whole.

A night without news asks this of every watched folder; so nothing is loaded here that reads files.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


AT_REST_S = 120  # how long nobody may have written in a file before it is read
ZEROS_S = 86_400  # how long one waits that ends in zeros: then it is damaged, and what it holds is read
EARLIEST_NS = 631_152_000 * 10**9  # 1990; a date before it is none
_EDGE = 64  # bytes
_DATED_RUN = re.compile(
    r".*(?<!\d)20[0-4]\d(?P<between>[-_.]?)(?:0[1-9]|1[0-2])(?P=between)(?:0[1-9]|[12]\d|3[01])(?!\d).*"
    r"\.(?:fit|gpx|tcx|kml|kmz|zip)(?:\.gz)?(?P<ending>|[.~].*)",
    re.IGNORECASE,
)
_NO_COPY = re.compile(r"\.(?:_|trashed|~lock|nfs|#)", re.IGNORECASE)  # a fork, in a trash, a lock, or deleted
_OF_A_DRAFT = re.compile(r"[.~]+tmp~*|\.~\w+|\.!sync|\.part(?:ial)?", re.IGNORECASE)
_OF_RSYNC = re.compile(r"\.(?![a-z]{6}$)[A-Za-z0-9]{6}")


def is_at_rest(path: Path, size: int, changed_ns: int, now_s: float, seen_for_s: float = 0.0) -> bool:
    """Return whether a file may be read.

    Args:
        path: the file.
        size: in bytes.
        changed_ns: when it was last written, in nanoseconds since 1970.
        now_s: the moment, in seconds since 1970.
        seen_for_s: how long it has been seen with this size; counts where the date cannot be right.

    Returns:
        Whether nobody has written in it for two minutes and it is filled; false where it cannot be opened.
    """
    age_s = now_s - changed_ns / 10**9
    still_s = age_s if changed_ns >= EARLIEST_NS and age_s >= 0 else seen_for_s
    return still_s >= AT_REST_S and _is_filled(path, size, ends_anyhow=still_s >= ZEROS_S)


def is_a_tools_draft(name: str) -> bool:
    """Return whether a name is that under which a sync program writes a run's file until it is whole.

    Syncthing has .syncthing.run.gpx.tmp for it, Nextcloud .run.gpx.~1a2b3c, rsync .run.gpx.Ab12cd, an office ~$run.gpx.
    Only a name with a date counts: another tells of no day, and could lie there for good.

    Args:
        name: of the file, without its folder.
    """
    run = None if _NO_COPY.match(name) else _DATED_RUN.fullmatch(name)
    if run is None:
        return False
    ending = run["ending"]
    by_rsync = name.startswith(".") and _OF_RSYNC.fullmatch(ending)
    return bool(by_rsync or _OF_A_DRAFT.fullmatch(ending) or (name.startswith("~$") and not ending))


def may_be_written(path: Path) -> bool:
    """Return whether somebody wrote in a file within two minutes before now; false where it is not there."""
    try:
        age_s = time.time() - path.stat().st_mtime
    except OSError:
        return False
    return 0 <= age_s < AT_REST_S


def _is_filled(path: Path, size: int, *, ends_anyhow: bool) -> bool:
    """Return whether a file holds something at its beginning, and at its end unless that counts no more."""
    if not size:
        return False
    try:
        with path.open("rb") as file:
            if not any(file.read(_EDGE)):
                return False
            file.seek(max(0, size - _EDGE))
            return ends_anyhow or any(file.read(_EDGE))
    except OSError:
        return False
