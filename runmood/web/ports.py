"""What the pages are given: everything they know of the home comes through these, and nothing else does.

Frames are those of `runmood.schema`. What is read is read anew at each call, from the published copy or the journal.
Where another version of runmood made that copy, OtherVersionError is raised, and a page says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import polars as pl

    from runmood.core.i18n import Units
    from runmood.core.models import CheckIn, CustomQuestion, Entry


@dataclass(frozen=True, slots=True)
class Person:
    """Whose home it is and how they like to read; `settings` is the file in which all of it stands."""

    name: str | None
    units: Units
    time_zone: str
    language: str
    settings: Path
    hidden_m: float
    items: tuple[CustomQuestion, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredCheckIn:
    """A check-in as it stands: its name in the journal, and whether it was changed since."""

    id: str
    check_in: CheckIn
    edited: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """What the notes say to one question, in finished words, with a name for its address.

    `passages` have a heading and sentences; `dots`, where they are, are the days behind it as a picture. `codes` are
    the questions that are told as one, `word` and `note` what the person said of them.
    """

    key: str
    title: str
    state: str
    seen: bool
    passages: Sequence[object] = ()
    words: str = ""
    dots: object | None = None
    codes: Sequence[str] = ()
    word: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class JobStatus:
    """Something that takes a while, done by a process of its own: an import, or everything made anew.

    `share` is how much of it is done, null where nobody can tell; `told` what it came to, a sentence a line.
    """

    kind: Literal["import", "making"]
    state: Literal["waiting", "going on", "done", "look", "stopped"]
    began: dt.datetime
    files: int = 0
    share: float | None = None
    told: tuple[str, ...] = ()

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in {"waiting", "going on"}


@dataclass(frozen=True, slots=True)
class Queries:
    """What can be looked at. Where nothing was published yet, frames are empty and the rest is null.

    `run` gives a run in finished words (its heading, figures, course and tables, which a template lays out) and its
    POINTS.
    """

    made_at: Callable[[], dt.datetime | None]
    said_since: Callable[[], bool]
    span: Callable[[], tuple[dt.date, dt.date] | None]
    days: Callable[[dt.date, dt.date], pl.DataFrame]
    runs: Callable[[str | None, int], pl.DataFrame]
    runs_of_day: Callable[[dt.date], pl.DataFrame]
    run: Callable[[str], tuple[object, pl.DataFrame] | None]
    findings: Callable[[], Sequence[Finding]]
    doubtful: Callable[[], pl.DataFrame]
    summary: Callable[[], str | None]


@dataclass(frozen=True, slots=True)
class JournalCommands:
    """What was said, what is planned and wanted, and how to say more. Nothing here needs a lock or the database.

    `check_in` gives the one of a name, or of no name the last one said; `withdrawal` names what took a check-in back;
    `plans` gives the plan of each of so many days as it stands, null without one; `open_from` is the first day that can
    still be planned.
    """

    say: Callable[[dt.datetime, Sequence[Entry]], None]
    check_ins: Callable[[dt.date], Sequence[StoredCheckIn]]
    check_in: Callable[[str | None], StoredCheckIn | None]
    withdrawal: Callable[[str], str | None]
    usual_kind: Callable[[dt.datetime], str]
    plans: Callable[[dt.date, int], Mapping[dt.date, object]]
    open_from: Callable[[dt.datetime], dt.date]
    habit: Callable[[], tuple[int, ...]]
    goals: Callable[[], pl.DataFrame]
    heavy: Callable[[str, float | None], bool]


@dataclass(frozen=True, slots=True)
class JobRunner:
    """What takes a while: `new_folder` is where files may arrive, `take_in` imports it, `make` makes all anew."""

    new_folder: Callable[[], Path]
    take_in: Callable[[Path], None]
    make: Callable[[], None]
    works: Callable[[], Sequence[JobStatus]]


@dataclass(frozen=True, slots=True)
class AppContext:
    """All that the pages are given."""

    now: Callable[[], dt.datetime]
    person: Callable[[], Person]
    change_setting: Callable[[str, str], None]
    help_lines: Callable[[], Sequence[object]]
    looking: Queries
    saying: JournalCommands
    working: JobRunner
    phones: Path
