"""Whether the journal still says what it said: entries that were there once, and dated copies of what it held.

What was seen is remembered in the writer's folder, which may be deleted: then nothing is compared until the next time.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from runmood.core.files import make_folder, open_private, replace_private, write_private
from runmood.core.kept_records import read_record
from runmood.journal.store import journal_files

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path


SEEN = "journal-seen.json"
COPIES = "journals"  # dated copies, in the writer's folder
COPIES_KEPT = 14
RESTORED = "journal-restored.jsonl"


def missing_ids(work: Path, ids: Iterable[str]) -> frozenset[str]:
    """Return the ids of entries that were in the journal when it was last seen, and are no longer.

    Args:
        work: the writer's folder.
        ids: those of the journal as it stands.
    """
    try:
        seen = json.loads((work / SEEN).read_text(encoding="utf-8"))
        return frozenset(read_record(dict[str, list[str]], seen)["ids"]) - {*ids}
    except (OSError, ValueError, KeyError, RecursionError):
        return frozenset()


def note_seen(work: Path, ids: Iterable[str]) -> None:
    """Remember the entries of the journal as it stands."""
    replace_private(work / SEEN, json.dumps({"ids": list(ids)}))


def keep_copy(folder: Path, work: Path, day: dt.date) -> None:
    """Keep a copy of the journal's files under a day's name, and the last few of earlier days."""
    copies = work / COPIES
    make_folder(copies)
    draft = copies / "draft"
    with open(draft, "wb", opener=open_private) as copy:
        for path in journal_files(folder):
            with path.open("rb") as lines:
                shutil.copyfileobj(lines, copy)
            copy.write(b"\n")
    draft.replace(copies / f"{day}.jsonl")
    for old in sorted(copies.glob("*.jsonl"))[:-COPIES_KEPT]:
        old.unlink()


def restore_copy(folder: Path, work: Path) -> Path | None:
    """Put the newest copy beside the journal, where it is read with it.

    Returns:
        The copy that was taken; null where there is none.
    """
    newest = max((work / COPIES).glob("*.jsonl"), default=None)
    if newest:
        draft = folder / ".restored"
        write_private(draft, newest.read_bytes())
        draft.replace(folder / RESTORED)
    return newest
