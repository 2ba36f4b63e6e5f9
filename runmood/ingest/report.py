"""The result of an import in words, and the files that need a look."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from runmood.core.enums import ImportOutcome, StatusReason
from runmood.core.i18n import Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.core.i18n import Translator
    from runmood.ingest.importer import Batch
    from runmood.warehouse.publish import TableDiff


SHOWN, REASONS_SHOWN = 20, 6
COUNTED = ("runs", "said", "slept", "undecided", "skipped", "refused")  # of what is new
TO_DECIDE = (
    StatusReason.GUESSED,
    StatusReason.UNCLEAR_SPORT,
    StatusReason.TOO_FAST,
    StatusReason.CLOCK_AHEAD,
    StatusReason.CLOCK_BEHIND,
    StatusReason.NO_DISTANCE,
    StatusReason.HOLDS_A_RIDE,
)


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
    known = batch.counts["known"]
    files = batch.counts["files"] - known
    counts = {"known": known, "read_again": batch.read_again}
    others = [say(f"import.{name}", count=count) for name, count in counts.items() if count]
    if not files:
        return " ".join(others) or say("import.nothing_new" if found else "import.nothing_taken")
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
    return " ".join([say("import.headline", files=files, parts="; ".join(parts)), *others])


def _worth_a_look(say: Translator, batch: Batch) -> Iterator[str]:
    """Yield every file that gave less than all; the rest of a long list is counted."""
    yield from _to_decide(say, batch)
    yield from _set_aside(say, batch)
    with_reason = [file for file in batch.files if file.reason and file.outcome in ("run", "refused", "opened")]
    yield from (f"{file.file_name}: {file.reason}" for file in with_reason[:SHOWN])
    if len(with_reason) > SHOWN:
        yield say("import.more", count=len(with_reason) - SHOWN)


def _to_decide(say: Translator, batch: Batch) -> Iterator[str]:
    """Return what only the person can say, in one line, by kind."""
    counts = Counter(reason for file in batch.files for reason in file.to_decide)
    if parts := [say(f"import.to_decide.{reason}", count=counts[reason]) for reason in TO_DECIDE if counts[reason]]:
        yield say("import.you_can_say", parts=", ".join(parts))


def _set_aside(say: Translator, batch: Batch) -> Iterator[str]:
    """Yield why files were set aside, by how many: nothing is passed over in silence."""
    aside = [file for file in batch.files if file.outcome == ImportOutcome.SKIPPED]
    if sports := Counter(Term("sport", file.sport).spoken(say) for file in aside if file.sport):
        named = [f"{sport} ({count})" if count > 1 else sport for sport, count in sports.most_common()]
        yield say("import.other_sports", count=sports.total(), sports=named)
    reasons = Counter(file.reason for file in aside if not file.sport).most_common()
    for reason, count in reasons[:REASONS_SHOWN]:
        yield say("import.because", count=count, reason=reason or "")
    if rest := sum(count for _, count in reasons[REASONS_SHOWN:]):
        yield say("import.other_reasons", count=rest)
