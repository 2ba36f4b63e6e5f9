"""What was written for others or for later, and where: backups, and pages to share. A forgotten word may stand in them.

The list stands in the writer's folder and names nothing but paths.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from runmood.core.kept_records import read_record

if TYPE_CHECKING:
    from runmood.home.home import Home


HANDED_OUT = "handed-out.jsonl"


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A file that was written: a backup or a page, and when."""

    kind: Literal["backup", "page"]
    path: Path
    at: dt.datetime


def note_handed_out(home: Home, kind: Literal["backup", "page"], path: Path) -> None:
    """Remember that a file was written."""
    line = json.dumps({"kind": kind, "path": f"{path.resolve()}", "at": dt.datetime.now(dt.UTC).isoformat()})
    with os.fdopen(os.open(home.work / HANDED_OUT, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "wb") as list_:
        list_.write(f"{line}\n".encode())


def handed_out(home: Home) -> list[HandedOut]:
    """Return the files that were written and are still there, in order of time; what cannot be read counts as none."""
    try:
        lines = (home.work / HANDED_OUT).read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return []
    found = {each.path: each for line in lines if (each := _read(line))}
    return [each for each in found.values() if each.path.is_file()]


def _read(line: str) -> HandedOut | None:
    try:
        note = read_record(dict[str, str], json.loads(line))
        kind, path, at = note["kind"], Path(note["path"]), read_record(dt.datetime, note["at"])
    except (ValueError, KeyError, RecursionError):
        return None
    return HandedOut(kind, path, at) if kind in {"backup", "page"} and "\0" not in f"{path}" else None  # type: ignore[arg-type]
