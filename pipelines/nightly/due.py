"""What is due tonight, told from the outside of things: nothing is opened that a night without news does not need.

A night that follows one without faults, on the same day, with the same inbox, journal, settings and formulas, and what
was made still in its place, has nothing to do. When only the day has moved on, nothing is read; days, findings, the
published copy and the page follow the calendar.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from pipelines.home.book import BOOK
from pipelines.home.formulas import FORMULAS
from runmood.terms.schema import FINGERPRINT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pipelines.home import Home

STEPS = ("import", "journal", "days", "findings", "publish", "summary")
READ_AGAIN = {"inbox", "place", "formulas", "made"}
# What a step cannot do without. Where `findings` fails, tonight's days are published with the last good findings; where
# `days` or `publish` fails, the summary is written from the last good copy.
NEEDS = {"findings": ("days",), "publish": ("days",)}


def state_of(home: Home, day: dt.date) -> dict[str, str]:
    """All that tonight's results follow from, each as a few letters that change when it does."""
    return {
        "inbox": _hashed(_stamps(home.inbox)),
        "journal": _hashed(_contents(home.journal.glob("*"))),
        "settings": _hashed(_contents([home.settings_file])),
        "formulas": f"{FORMULAS} {FINGERPRINT}",
        "place": str(home.root.resolve()),
        "made": made(home),
        "day": f"{day}",
    }


def made(home: Home) -> str:
    """What was made, as it stands: the writer's database and the published one."""
    return _hashed(line for path in (home.work / "runmood.duckdb", home.published) for line in _stamps(path))


def due(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """The steps that are due, in their order; none where everything is as the last night left it."""
    changed = {name for name in now if before.get(name) != now[name]}
    if not changed:
        return ()
    return STEPS if changed & READ_AGAIN else STEPS[1:]


def _hashed(lines: Iterator[str]) -> str:
    told = hashlib.sha256()
    for line in lines:
        told.update(line.encode("utf-8", "surrogateescape"))
    return told.hexdigest()[:16]


def _stamps(top: Path) -> Iterator[str]:
    """Name, size and time of a file, or of everything in a folder, in order of name."""
    if not top.is_dir():
        yield f"{top.name} {_stamp(top)}\n"
        return
    for folder, folders, names in os.walk(top, followlinks=False):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)  # noqa: PTH118 - thousands of them, each night
            yield f"{path[len(str(top)) :]} {_stamp(path)}\n"


def _stamp(path: str | Path) -> str:
    """Size and times; what cannot be looked at says so, and when it can, that is a change."""
    try:
        told = os.stat(path)  # noqa: PTH116 - as above
    except OSError as fault:
        return f"errno {fault.errno}"
    return f"{told.st_size} {told.st_mtime_ns} {told.st_mode}"


def _contents(paths: Iterable[Path]) -> Iterator[str]:
    """What stands in files; the book of imports, which follows from the inbox, is left out."""
    for path in sorted(path for path in paths if path.name != BOOK and path.is_file()):
        yield f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n"
