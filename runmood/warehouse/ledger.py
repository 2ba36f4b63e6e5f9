"""What became of a file, and the rows of the ledger that tell it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from runmood.terms.notices import Notice, Severity

if TYPE_CHECKING:
    import polars as pl

    from runmood.terms.records import Stamp

JOURNAL = "journal/journal.jsonl"

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Recording:
    """One run as one file tells it: its row of RECORDINGS, its POINTS as a file, its rows of each part's table."""

    row: Row
    points_file: bytes
    laps: list[Row] = field(default_factory=list)
    splits: list[Row] = field(default_factory=list)
    best_efforts: list[Row] = field(default_factory=list)
    heart_times: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FileRead:
    """What became of one file. `name` is its place in the home; `content_hash` is null where nothing could be read."""

    name: str
    stamp: Stamp
    outcome: str
    content_hash: str | None = None
    recordings: tuple[Recording, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def reason(self) -> str | None:
        """The gravest notice; a run has a reason only where something was lost or guessed."""
        grave = [notice for notice in self.notices if notice.severity is not Severity.INFO]
        told = grave if self.outcome == "run" else [*grave, *self.notices]
        return told[0].sentence if told else None


def points_as_file(points: pl.DataFrame) -> bytes:
    """A frame of POINTS as the content of a Parquet file: made by whoever read them, and small on its way here."""
    content = io.BytesIO()  # Polars calls a full disk a fault of the file
    points.write_parquet(content)
    return content.getvalue()


def source_row(file: FileRead, batch: str) -> Row:
    """The file's row of SOURCE_FILES."""
    return {
        "file_name": file.name,
        "content_hash": file.content_hash,
        "bytes": file.stamp.bytes,
        "modified_at": file.stamp.modified_at,
        "outcome": file.outcome,
        "reason": file.reason,
        "batch": batch,
    }


def notice_rows(file_name: str, notices: tuple[Notice, ...], batch: str | None) -> list[Row]:
    """Rows of NOTICES, numbered within their file."""
    return [
        {
            "file_name": file_name,
            "number": number,
            "code": notice.code,
            "severity": str(notice.severity),
            "sentence": notice.sentence,
            "batch": batch,
        }
        for number, notice in enumerate(notices, start=1)
    ]
