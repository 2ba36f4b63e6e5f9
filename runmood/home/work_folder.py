"""What is noted in the folder `.work` between commands: the last run, the planned run to ask for, what was handed out.

To ask the database when the last run ended, or which planned run no file holds, would take longer than a check-in.
What was handed out, backups and pages to share, is listed with its place and nothing else, since a forgotten word may
stand in it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from runmood.core.files import make_way, read_kept, replace_made
from runmood.core.json_records import read_record

if TYPE_CHECKING:
    from runmood.home.home import Home


LAST_RUN = "last-run"


def read_last_run(home: Home) -> dt.datetime | None:
    """Return when the last run ended, as the last import noted it; None where nothing legible is noted."""
    try:
        return read_record(dt.datetime, read_kept(home.work / LAST_RUN).strip())
    except (OSError, ValueError):
        return None


def note_last_run(home: Home, ended_at: dt.datetime) -> None:
    """Note when the last run ended, so that the next check-in suggests itself as one after a run."""
    replace_made(home.work / LAST_RUN, ended_at.isoformat())


DAY_TO_ASK, DAY_ASKED = "day-to-ask", "day-asked"


def note_day_to_ask(home: Home, day: dt.date | None) -> None:
    """Note the latest planned run that no file holds and of which the person said nothing; null where there is none."""
    if day is None:
        make_way(home.work / DAY_TO_ASK)
        (home.work / DAY_TO_ASK).unlink(missing_ok=True)
        return
    replace_made(home.work / DAY_TO_ASK, day.isoformat())


def take_day_to_ask(home: Home) -> dt.date | None:
    """Return the day that is to be asked for, once: a day that was asked for before is none."""
    day, before = _read_day(home, DAY_TO_ASK), _read_day(home, DAY_ASKED)
    if day is None or (before and day <= before):
        return None
    with suppress(OSError):  # nobody is kept from a check-in by it; then it is asked for again
        replace_made(home.work / DAY_ASKED, day.isoformat())
    return day


def _read_day(home: Home, name: str) -> dt.date | None:
    try:
        return read_record(dt.date, read_kept(home.work / name).strip())
    except (OSError, ValueError):
        return None


OUTSIDE_COPIES = "handed-out.jsonl"


@dataclass(frozen=True, slots=True)
class OutsideCopy:
    """A file that was written: a backup or a page, and when."""

    kind: Literal["backup", "page"]
    path: Path
    at: dt.datetime


def record_outside_copy(home: Home, kind: Literal["backup", "page"], path: Path) -> None:
    """Remember that a file was written."""
    make_way(home.work / OUTSIDE_COPIES)
    line = json.dumps({"kind": kind, "path": f"{path.resolve()}", "at": dt.datetime.now(dt.UTC).isoformat()})
    with os.fdopen(os.open(home.work / OUTSIDE_COPIES, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "wb") as list_:
        list_.write(f"{line}\n".encode())


def outside_copies(home: Home) -> list[OutsideCopy]:
    """Return the files that were written and are still there, in order of time; what cannot be read counts as none.

    A place where nobody may look, or with a name that no disk takes, has none either.
    """
    try:
        lines = read_kept(home.work / OUTSIDE_COPIES, errors="replace").split("\n")
    except OSError:
        return []
    found = {each.path: each for line in lines if (each := _read_outside_copy(line))}
    return [each for each in found.values() if os.path.isfile(each.path)]  # noqa: PTH113 - that of a path raises here


def _read_outside_copy(line: str) -> OutsideCopy | None:
    try:
        note = read_record(dict[str, str], json.loads(line))
        kind, path, at = note["kind"], Path(note["path"]), read_record(dt.datetime, note["at"])
    except (ValueError, KeyError, RecursionError):
        return None
    return OutsideCopy(kind, path, at) if kind in {"backup", "page"} and "\0" not in f"{path}" else None  # type: ignore[arg-type]
