"""Words that are gone for good: from the journal, its copies, and all that was made of it.

What was handed out is out of reach, and what lies in the inbox is never touched: both are named.
"""

from __future__ import annotations

import html
import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.core.errors import UserError
from runmood.core.files import files_below
from runmood.home.settings import read_settings
from runmood.home.work_folder import outside_copies
from runmood.journal.forget import forget
from runmood.journal.store import kept_copies, note_seen, read
from runmood.warehouse.database import ASIDE, DATABASE
from runmood.workflow import steps

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from runmood.home.home import Home
    from runmood.journal.forget import EntriesToForget


# In the writer's folder: what may hold words, and is made again or not needed.
TRACES = ("prefect", "prefect-server.log", "before.duckdb", "before.duckdb.wal", "publishing.duckdb", "summary.html")


@dataclass(frozen=True, slots=True)
class ForgetResult:
    """What became of a wish to forget.

    Attributes:
        entries: how many lines of the journal are gone.
        still_in: files of the home in which words of them still stand.
        outside_copies: backups and pages, written since the first of them was said, that may still hold them.
        made_again: whether what is made was made again; else it was deleted, and the next night makes it.
    """

    entries: int
    still_in: tuple[Path, ...]
    outside_copies: tuple[Path, ...]
    made_again: bool


def forget_entries(home: Home, chosen: EntriesToForget, now: dt.datetime) -> ForgetResult:
    """Delete entries for good, and make everything that is made of the journal again."""
    with home.writing():
        (home.work / steps.COMPACT).touch()
        forget(home.journal, kept_copies(home.work), chosen, now)
        note_seen(home.work, (record.id for record in read(home.journal).records))
        _delete_traces(home)
        made_again = _make_again(home)
    ours = [] if chosen.since is None else [each for each in outside_copies(home) if each.at >= chosen.since]
    # A page has figures beside words, which are forgotten only where everything is.
    given = tuple(each.path for each in ours if chosen.unreadable or not _is_clean_page(each.path, chosen.words))
    still_in = tuple(path for path in _holding(home.root, chosen.words) if path.resolve() not in given)
    return ForgetResult(len(chosen.ids), still_in, given, made_again)


def _delete_traces(home: Home) -> None:
    """Delete what may hold words and is not made of the journal anew each time: pages, damaged copies, records."""
    paths = [home.work / name for name in TRACES]
    paths += [path for folder in (home.root, home.work) for path in folder.glob(f"{DATABASE}.{ASIDE}-*")]
    paths += [path for path in home.page.parent.glob("*") if path.is_file()]
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)  # Prefect may be at it; it has no words, as a night tells it none
        else:
            path.unlink(missing_ok=True)


def _make_again(home: Home) -> bool:
    """Make days, findings, the published copy and the page; where that cannot be, delete them."""
    try:
        read_settings(home.settings_file)  # nothing is made with a guess
        steps.run_pipeline(home, home.today())
    except UserError:
        for path in (home.work / DATABASE, home.published):
            path.unlink(missing_ok=True)
            path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
        return False
    return True


def _is_clean_page(path: Path, words: Iterable[str]) -> bool:
    """Return whether a page is plain text without any of the words; a PDF or a backup cannot be looked into."""
    return path.suffix == ".html" and bool(words) and not _holds(path, [*_spellings(words)])


def _holding(root: Path, words: Iterable[str]) -> Iterator[Path]:
    """Yield the files of a home in which one of the words stands."""
    spelled = [*_spellings(words)]
    for path in sorted(files_below(root)):
        if _holds(path, spelled):
            yield path


def _spellings(words: Iterable[str]) -> Iterator[bytes]:
    """Yield words as text, JSON and pages have them."""
    for word in words:
        yield from {word.encode(), json.dumps(word)[1:-1].encode(), html.escape(word).encode()}


def _holds(path: Path, spelled: Iterable[bytes]) -> bool:
    """Return whether one of the words stands in a file; one that cannot be read is not known to hold any."""
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return any(word in content for word in spelled)
