"""What rooms hand to each other, apart from frames."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    import polars as pl

    from runmood.terms.notices import Notice


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a folder tells of a file without opening it: enough to know that it has not changed."""

    bytes: int
    modified_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ExportNote:
    """What an export's table says of one file: the names of its columns, and the line that names the file."""

    columns: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file found: its name, its decompressed content, or the fault that kept us from it.

    `opened` marks an archive whose files came before it, so that it need not be opened again. `note` is what the
    export's own table tells of the file, for `decode`; null outside exports.
    """

    name: str
    stamp: Stamp
    content: bytes = b""
    fault: Notice | None = None
    opened: bool = False
    note: ExportNote | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """What the device itself says of the whole outing; null where it says nothing."""

    distance_m: float | None = None
    elapsed_s: float | None = None
    timer_s: float | None = None
    ascent_m: float | None = None
    heart_bpm: float | None = None


@dataclass(frozen=True, slots=True)
class DecodedRun:
    """One activity as the watch wrote it, nothing cleaned; a run if its sport says so.

    `points` is a frame of `columns.RECORDED`, `laps` a list of rows of `columns.LAPS` without the recording's id.
    `sport` is lower case: running, cycling, swimming …; null where the file does not say. `clock_is_local` says that
    the file gives the clock on the wall without a zone: all moments are that clock as if it were UTC.
    """

    points: pl.DataFrame
    sport: str | None = None
    sub_sport: str | None = None
    name: str | None = None
    device: str | None = None
    totals: Totals = field(default_factory=Totals)
    laps: tuple[dict[str, object], ...] = ()
    utc_offset_s: int | None = None
    effort: float | None = None
    gear: str | None = None
    clock_is_local: bool = False
    partial: bool = False
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class DecodedFile:
    """What one watch file holds: activities, or none and a notice that says what it is instead."""

    format: str
    activities: tuple[DecodedRun, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What a person said at a moment; null is unsaid."""

    at: dt.datetime
    kind: str
    mood: float
    energy: float | None = None
    stress: float | None = None
    tiredness: float | None = None
    soreness: float | None = None
    sleep: float | None = None
    effort: float | None = None
    tags: tuple[str, ...] = ()
    skip_reason: str | None = None
    note: str | None = None
    source: str = "hand"
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A run or a rest written down for one day."""

    date: dt.date
    planned: str
    distance_m: float | None = None


@dataclass(frozen=True, slots=True)
class Habit:
    """The weekdays (1 Monday to 7 Sunday) on which a person means to run from now on; the others are rest."""

    weekdays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What an import brought and a person does not want: by content, whatever the files are called."""

    batch: str
    content: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakenAgain:
    """Contents that were taken back and that a person has imported again."""

    content: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Two recordings, by their ids, that a person says are one run."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Parted:
    """Two recordings, by their ids, that a person says are two runs."""

    one: str
    other: str


Entry = CheckIn | PlannedDay | Habit | TakenBack | TakenAgain | Joined | Parted


@dataclass(frozen=True, slots=True)
class InventedFile:
    """A watch file of the invented runner."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Said:
    """An entry for the journal and the moment it was said."""

    said_at: dt.datetime
    entry: Entry
