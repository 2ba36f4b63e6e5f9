"""What passes from files to runs: files found, activities as a watch wrote them, and what a person decided of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    import polars as pl

    from runmood.core.notices import Notice


@dataclass(frozen=True, slots=True)
class FileStat:
    """What a folder tells of a file without opening it: enough to know that it has not changed."""

    bytes: int
    modified_at: dt.datetime


def listed_name(name: str) -> str:
    """Return by what an export's table knows a file: without folders and .gz, in small letters."""
    return name.replace("\\", "/").rpartition("/")[2].casefold().removesuffix(".gz")


@dataclass(frozen=True, slots=True)
class ExportMetadata:
    """What an export's table says of one file: its format, the names of its columns, the line that names the file.

    `listed_as` is how the line names the file, as `listed_name` returns it.
    """

    format: str
    columns: tuple[str, ...]
    cells: tuple[str, ...]
    listed_as: str | None = None

    @property
    def rank(self) -> str:
        """A text that is later by the alphabet the more cells are filled; of two such lines it decides by a hash."""
        told = hashlib.sha256(repr((self.format, self.columns, self.cells)).encode()).hexdigest()
        return f"{sum(bool(cell.strip()) for cell in self.cells):05d} {told[:8]}"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file found: its name, its decompressed content, or the fault that kept us from it.

    `opened` marks an archive whose files came before it, so that it need not be opened again. `note` is what the
    export's own table tells of the file, for `decode`; null outside exports. `beside` are, for such a table, the files
    that lie in the export, as `listed_name` returns them. `disputed` says that another export's table names another
    sport. `again` marks a file that was read before what belongs to it lay beside it: the export's table, a workout's
    route. `content_hash` is what the content is known by, whatever its file is called.
    """

    name: str
    stamp: FileStat
    content: bytes = b""
    fault: Notice | None = None
    opened: bool = False
    note: ExportMetadata | None = None
    beside: frozenset[str] = frozenset()
    again: bool = False
    disputed: bool = False
    content_hash: str = field(init=False)

    def __post_init__(self) -> None:
        """Hash the content once, whoever asks."""
        object.__setattr__(self, "content_hash", hashlib.sha256(self.content).hexdigest())


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

    `points` is a frame of `columns.RAW_SAMPLES`, `laps` a list of rows of `columns.LAPS` without the recording's id.
    `sport` is lower case: running, cycling, swimming …; null where the file does not say. `clock_is_local` says that
    the file gives the clock on the wall without a zone: all moments are that clock as if it were UTC. `listed_as` is
    how a table's line, which is all that there is of this run, names the file that it had; `number` is such a run's in
    the table, whichever other files are missing. All other runs are counted as they stand.
    """

    points: pl.DataFrame
    sport: str | None = None
    sub_sport: str | None = None
    name: str | None = None
    device: str | None = None
    device_serial: str | None = None
    totals: Totals = field(default_factory=Totals)
    laps: tuple[dict[str, object], ...] = ()
    utc_offset_s: int | None = None
    effort: float | None = None
    gear: str | None = None
    clock_is_local: bool = False
    partial: bool = False
    listed_as: str | None = None
    number: int | None = None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Night:
    """One sleep as a device recorded it: when it began and ended, and for how long of it somebody slept.

    `time_zone` is the zone of the place, by its IANA name, where the file names one.
    """

    began_at: dt.datetime
    ended_at: dt.datetime
    asleep_s: float
    time_zone: str | None = None


@dataclass(frozen=True, slots=True)
class DecodedFile:
    """What one file holds: activities, or sleep, or neither and a notice that says what it is instead."""

    format: str
    activities: tuple[DecodedRun, ...] = ()
    notices: tuple[Notice, ...] = ()
    nights: tuple[Night, ...] = ()


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person decided about recordings, by their ids: the last word on each.

    `same_run` says of two recordings, in order of name, whether they are one run; `distances` how far a recording was;
    `tags` what kind of run it was; `is_run` says of a recording, or of all in a content by its hash, whether
    it is a run at all; `files` are those that give a run its figures before all others.
    """

    same_run: Mapping[tuple[str, str], bool] = field(default_factory=dict)
    distances: Mapping[str, float] = field(default_factory=dict)
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_run: Mapping[str, bool] = field(default_factory=dict)
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileCorrection:
    """What a person corrected of one content, so that it is read otherwise.

    `runs` names the recordings that are runs whatever the file says, or the content where all in it are; `kept_s` says
    which part of a recording is the run, in seconds since its first sample, null for its own beginning or end; `begins`
    on which day it was, and at which local clock (HH:MM), null for its own.
    """

    runs: tuple[str, ...] = ()
    kept_s: tuple[tuple[str, float | None, float | None], ...] = ()
    begins: tuple[tuple[str, dt.date, str | None], ...] = ()

    @property
    def fingerprint(self) -> str:
        """Return what tells this correction from every other one, in 16 hexadecimal digits."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class HeartSettings:
    """A person's own heart: the highest rate, and up to where zones 1 to 4 go; null where they set none."""

    heart_max_bpm: float | None = None
    zone_bounds_bpm: tuple[float, ...] | None = None
