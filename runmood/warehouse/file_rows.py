"""What became of one file that was read: its recordings, nights and notices, and the rows that they are in tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from runmood.core.enums import ImportOutcome
from runmood.core.notices import Notice, Severity

if TYPE_CHECKING:
    import datetime as dt

    import polars as pl

    from runmood.core.i18n import Translator
    from runmood.core.recordings import FileStat


Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Recording:
    """One run in one file: its row of RECORDINGS, a frame of POINTS, and its rows of each part's table."""

    row: Row
    points: pl.DataFrame
    laps: list[Row] = field(default_factory=list)
    splits: list[Row] = field(default_factory=list)
    best_efforts: list[Row] = field(default_factory=list)
    heart_rate_histogram: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FileRead:
    """What became of one file.

    `name` is its place in the home; `content_hash` is null where nothing could be read. `format` and `reader_version`
    say whose reader read it; null where no reader did. `again` marks a file that stays with the import that brought it.
    """

    name: str
    stamp: FileStat
    outcome: str
    content_hash: str | None = None
    recordings: tuple[Recording, ...] = ()
    notices: tuple[Notice, ...] = ()
    format: str | None = None
    reader_version: int | None = None
    local_date: dt.date | None = None  # of a file that could not be read
    correction: str | None = None  # the fingerprint of what the person corrected of it
    nights: tuple[Row, ...] = ()  # rows of NIGHTS
    listed_in: str | None = None  # the format of the export whose table tells of it
    listing: str | None = None  # of `readers.registry.listing_of` that table's line
    listed_as: str | None = None  # how that line names the file
    again: bool = False

    @property
    def to_decide(self) -> tuple[str, ...]:
        """What the person alone can decide of its recordings: their status_reason, where they have one."""
        return tuple(str(reason) for each in self.recordings if (reason := each.row.get("status_reason")))

    @property
    def reason(self) -> Notice | None:
        """The gravest notice; a run has a reason only where something was lost or guessed."""
        grave = [notice for notice in self.notices if notice.severity is not Severity.INFO]
        reasons = grave if self.outcome == ImportOutcome.RUN else [*grave, *self.notices]
        return reasons[0] if reasons else None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that was read: whether it holds what its content says, what an export's table told of it, and as what."""

    name: str
    stamp: FileStat
    holds: bool
    listing: str | None
    listed_as: str | None


def source_row(say: Translator, file: FileRead, batch: str) -> Row:
    """Return the file's row of SOURCE_FILES."""
    return {
        "file_name": file.name,
        "content_hash": file.content_hash,
        "bytes": file.stamp.bytes,
        "modified_at": file.stamp.modified_at,
        "outcome": file.outcome,
        "reason": file.reason.spoken(say) if file.reason else None,
        "local_date": file.local_date,
        "format": file.format,
        "reader_version": file.reader_version,
        "correction": file.correction,
        "listed_in": file.listed_in,
        "listing": file.listing,
        "listed_as": file.listed_as,
        "batch": batch,
    }


def notice_rows(say: Translator, file_name: str, notices: tuple[Notice, ...], batch: str | None) -> list[Row]:
    """Return rows of NOTICES, numbered within their file; without a batch for those of the journal."""
    return [
        {
            "file_name": file_name,
            "number": number,
            "code": notice.code,
            "severity": str(notice.severity),
            "sentence": notice.spoken(say),
            "batch": batch,
        }
        for number, notice in enumerate(notices, start=1)
    ]
