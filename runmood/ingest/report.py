"""An import in words: its progress, its result, and the files that need a look."""

from __future__ import annotations

import sys
import time
import zipfile
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from runmood.core.enums import ImportOutcome, StatusReason
from runmood.readers.registry import is_readable_name, may_be_collection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from runmood.home.home import Home
    from runmood.ingest.importer import Batch, FileResult, Progress
    from runmood.warehouse.diff import TableDiff
    from runmood.warehouse.writer import Warehouse


SHOWN, REASONS_SHOWN = 20, 6
_COUNTED = (
    ("runs", "{} held a run", "{} held runs"),
    ("said", "{} held check-ins", "{} held check-ins"),
    ("undecided", "{} waits for a word from you", "{} wait for a word from you"),
    ("skipped", "{} was something else and was set aside", "{} were something else and were set aside"),
    ("known", "{} was known already", "{} were known already"),
    ("refused", "{} could not be read", "{} could not be read"),
)
_TO_DECIDE = {
    StatusReason.GUESSED: "{} taken for a run by how it went",
    StatusReason.UNCLEAR_SPORT: "{} that may be a run or something else",
    StatusReason.TOO_FAST: "{} too fast for a run",
    StatusReason.CLOCK_AHEAD: "{} with a clock that runs ahead",
    StatusReason.CLOCK_BEHIND: "{} with a clock years behind",
    StatusReason.NO_DISTANCE: "{} without a distance",
}
CLEAR = "\r\x1b[K"


def batch_as_text(batch: Batch) -> str:
    """Return the result of an import for the terminal."""
    return "\n".join([_headline(batch), *(f"  {line}" for line in _worth_a_look(batch))])


def batch_as_markdown(batch: Batch) -> str:
    """Return the result of an import for Prefect's page."""
    return "\n".join([f"## {_headline(batch)}", "", *(f"- {line}" for line in _worth_a_look(batch))])


def differences_as_text(differences: list[TableDiff]) -> str:
    """Return how the published tables differ from before, a line a table."""
    counts = ((each.table, each.added, each.removed, each.changed) for each in differences)
    lines = ["  {}: {} added, {} removed, {} changed".format(*each) for each in counts]
    return "\n".join(["Rows that are not as they were:", *lines]) if lines else "In the tables nothing changed."


def _headline(batch: Batch) -> str:
    files = batch.counts["files"]
    if not files:
        return "Nothing new: there is no watch file that has not been read before."
    parts = [_counted(batch.counts[name], one, many) for name, one, many in _COUNTED if batch.counts[name]]
    return f"{_counted(files, '{} new file', '{} new files')}: {'; '.join(parts)}."


def _worth_a_look(batch: Batch) -> Iterator[str]:
    """Every file that gave less than all; the rest of a long list is counted."""
    yield from _to_decide(batch)
    yield from _set_aside(batch)
    told = [file for file in batch.files if file.reason and file.outcome in ("run", "refused", "opened")]
    yield from (_line(file) for file in told[:SHOWN])
    if len(told) > SHOWN:
        yield f'… and {len(told) - SHOWN} more. `runmood query "from source_files where reason is not null"` lists all.'


def _to_decide(batch: Batch) -> Iterator[str]:
    """Return what only the person can say, in one line, by kind."""
    counts = Counter(reason for file in batch.files for reason in file.to_decide)
    if parts := [words.format(counts[reason]) for reason, words in _TO_DECIDE.items() if counts[reason]]:
        yield f"You can say what these are: {', '.join(parts)}."


def _set_aside(batch: Batch) -> Iterator[str]:
    """Why files were set aside, by how many: nothing is passed over in silence."""
    reasons = Counter(file.reason for file in batch.files if file.outcome == ImportOutcome.SKIPPED).most_common()
    yield from (f"{_files(count)}: {reason}" for reason, count in reasons[:REASONS_SHOWN])
    if rest := sum(count for _, count in reasons[REASONS_SHOWN:]):
        yield f"{_files(rest)}: set aside for other reasons."


def _line(file: FileResult) -> str:
    return f"{file.file_name}: {file.reason}"


def count_restored(files: int) -> str:
    """How many of the files had been taken back before."""
    return _counted(files, "{} had been taken back and is in again.", "{} had been taken back and are in again.")


def _files(number: int) -> str:
    return _counted(number, "{} file", "{} files")


def _counted(number: int, one: str, many: str) -> str:
    return (one if number == 1 else many).format(number)


@contextmanager
def progress_of(home: Home, store: Warehouse, paths: Iterable[Path] = ()) -> Iterator[Progress]:
    """Show, in a line that is written over, the files read, how fast, and about how long it will take.

    How many files an archive holds is not known beforehand, so what is left is judged by bytes: of the inbox, and of
    `paths` where these are read in place.

    Yields:
        The function to call with files read and bytes of the last chunk; it shows nothing where nobody watches.
    """
    if not sys.stderr.isatty():
        yield lambda _files, _size: None
        return
    began, done, total = time.monotonic(), [0], pending_bytes(home, store) + sum(map(_unpacked_bytes, paths))

    def tell(files: int, size: int) -> None:
        done[0] += size
        line = progress_line(files, time.monotonic() - began, done[0] / max(total, 1))
        print(f"{CLEAR}{line}", end="", file=sys.stderr, flush=True)  # noqa: T201 - a line of its own kind

    try:
        yield tell
    finally:
        print(CLEAR, end="", file=sys.stderr, flush=True)  # noqa: T201 - as above


def progress_line(files: int, seconds: float, share: float) -> str:
    """Files, rate and what is left; nothing of what is left where the guess was too low or has just begun."""
    told = f"{_files(files)} read, {files / max(seconds, 0.1):.0f} a second"
    if not 0.01 < share < 1:  # noqa: PLR2004 - a hundredth is too little to judge by
        return told
    left = seconds / share - seconds
    return f"{told}, about {left:.0f} s left" if left < 90 else f"{told}, about {left / 60:.0f} min left"  # noqa: PLR2004


def pending_bytes(home: Home, store: Warehouse) -> int:
    """Return how many bytes of watch files lie in the inbox that the database does not hold, archives unpacked."""
    if not home.inbox.exists():
        return 0
    seen = {(name, stamp.bytes) for name, stamp in store.stamps()}
    files = (path for path in home.inbox.rglob("*") if path.is_file())
    new = (path for path in files if (home.name_of(path.as_posix()), path.stat().st_size) not in seen)
    return sum(map(_unpacked_bytes, new))


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
