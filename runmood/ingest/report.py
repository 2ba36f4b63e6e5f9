"""An import in words: its progress, its result, and the files that need a look."""

from __future__ import annotations

import sys
import time
import zipfile
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from runmood.core.enums import ImportOutcome, StatusReason
from runmood.core.i18n import Term
from runmood.readers.registry import is_readable_name, may_be_collection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from runmood.core.i18n import Translator
    from runmood.home.home import Home
    from runmood.ingest.importer import Batch, Progress
    from runmood.warehouse.publish import TableDiff
    from runmood.warehouse.writer import Warehouse


SHOWN, REASONS_SHOWN = 20, 6
COUNTED = ("runs", "said", "slept", "undecided", "skipped", "known", "refused")
TO_DECIDE = (
    StatusReason.GUESSED,
    StatusReason.UNCLEAR_SPORT,
    StatusReason.TOO_FAST,
    StatusReason.CLOCK_AHEAD,
    StatusReason.CLOCK_BEHIND,
    StatusReason.NO_DISTANCE,
    StatusReason.HOLDS_A_RIDE,
)
CLEAR = "\r\x1b[K"


def batch_as_text(say: Translator, batch: Batch, *, found: bool = True) -> str:
    """Return the result of an import for the terminal; `found` says whether any of what was named is there."""
    return "\n".join([_headline(say, batch, found=found), *(f"  {line}" for line in _worth_a_look(say, batch))])


def differences_as_text(say: Translator, differences: list[TableDiff]) -> str:
    """Return how the published tables differ from before, a line a table."""
    lines = [
        say("import.table_differs", table=each.table, added=each.added, removed=each.removed, changed=each.changed)
        for each in differences
    ]
    return "\n".join([say("import.tables_differ"), *lines]) if lines else say("import.tables_alike")


def _headline(say: Translator, batch: Batch, *, found: bool) -> str:
    files = batch.counts["files"]
    again = [say("import.read_again", count=batch.read_again)] if batch.read_again else []
    if not files:
        return "".join(again) or say("import.nothing_new" if found else "import.nothing_taken")
    runs = sum(file.runs for file in batch.files)
    nights = sum(file.nights for file in batch.files)
    parts = [
        say("import.runs_in_files", runs=runs, files=batch.counts[name])
        if name == "runs" and runs > batch.counts[name]
        else say("import.nights_in_files", nights=nights, files=batch.counts[name])
        if name == "slept"
        else say(f"import.counted.{name}", count=batch.counts[name])
        for name in COUNTED
        if batch.counts[name]
    ]
    return " ".join([say("import.headline", files=files, parts="; ".join(parts)), *again])


def _worth_a_look(say: Translator, batch: Batch) -> Iterator[str]:
    """Every file that gave less than all; the rest of a long list is counted."""
    yield from _to_decide(say, batch)
    yield from _set_aside(say, batch)
    told = [file for file in batch.files if file.reason and file.outcome in ("run", "refused", "opened")]
    yield from (f"{file.file_name}: {file.reason}" for file in told[:SHOWN])
    if len(told) > SHOWN:
        yield say("import.more", count=len(told) - SHOWN)


def _to_decide(say: Translator, batch: Batch) -> Iterator[str]:
    """Return what only the person can say, in one line, by kind."""
    counts = Counter(reason for file in batch.files for reason in file.to_decide)
    if parts := [say(f"import.to_decide.{reason}", count=counts[reason]) for reason in TO_DECIDE if counts[reason]]:
        yield say("import.you_can_say", parts=", ".join(parts))


def _set_aside(say: Translator, batch: Batch) -> Iterator[str]:
    """Why files were set aside, by how many: nothing is passed over in silence."""
    aside = [file for file in batch.files if file.outcome == ImportOutcome.SKIPPED]
    if sports := Counter(Term("sport", file.sport).spoken(say) for file in aside if file.sport):
        named = [f"{sport} ({count})" if count > 1 else sport for sport, count in sports.most_common()]
        yield say("import.other_sports", count=sports.total(), sports=named)
    reasons = Counter(file.reason for file in aside if not file.sport).most_common()
    for reason, count in reasons[:REASONS_SHOWN]:
        yield say("import.because", count=count, reason=reason or "")
    if rest := sum(count for _, count in reasons[REASONS_SHOWN:]):
        yield say("import.other_reasons", count=rest)


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
        line = progress_line(home.say, files, time.monotonic() - began, done[0] / max(total, 1))
        print(f"{CLEAR}{line}", end="", file=sys.stderr, flush=True)  # noqa: T201 - a line of its own kind

    try:
        yield tell
    finally:
        print(CLEAR, end="", file=sys.stderr, flush=True)  # noqa: T201 - as above


def announce(home: Home, sentence: str) -> None:
    """Say what follows, where somebody watches."""
    if sys.stderr.isatty():
        print(home.say(sentence), file=sys.stderr, flush=True)  # noqa: T201 - beside the line of progress


def progress_line(say: Translator, files: int, seconds: float, share: float) -> str:
    """Files, rate and what is left; nothing of what is left where the guess was too low or has just begun."""
    told = say("import.progress", files=files, rate=round(files / max(seconds, 0.1)))
    if not 0.01 < share < 1:  # noqa: PLR2004 - a hundredth is too little to judge by
        return told
    left = seconds / share - seconds
    name, amount = ("seconds", left) if left < 90 else ("minutes", left / 60)  # noqa: PLR2004
    return f"{told}, {say(f'import.left.{name}', count=round(amount))}"


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
