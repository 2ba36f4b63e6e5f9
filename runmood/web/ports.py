"""What the pages need of a home: settings, the published database, the journal and long work.

Frames are those of `runmood.schema`. Every call reads afresh, from the published database or from the journal. Where
another version of runmood wrote the database, `SchemaMismatchError` is raised, and a page says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    import polars as pl

    from runmood.core.checkins import CheckIn, CustomQuestion
    from runmood.core.entries import Entry
    from runmood.core.enums import CareWord
    from runmood.core.i18n import Units
    from runmood.journal.plans.versions import EffectivePlan
    from runmood.reports.run import RunView
    from runmood.reports.share.models import SharedPage, ShareOptions, ShareSelection
    from runmood.support.help_lines import HelpLines
    from runmood.support.phrases import OfferedSupport

    SettingValue = str | int | list[str] | list[int]


@dataclass(frozen=True, slots=True)
class Person:
    """Whose home it is and how they like to read; `settings` is the path of their settings file."""

    name: str | None
    units: Units
    time_zone: str
    language: str
    settings: Path
    hidden_m: float
    items: tuple[CustomQuestion, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredCheckIn:
    """A check-in with its id in the journal, and whether it was changed since it was written."""

    id: str
    check_in: CheckIn
    edited: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one question in finished words; `key` is the end of its address.

    `passages` have a heading and sentences; `dots`, where present, chart the days behind it. `codes` are the questions
    that the finding answers together, `word` and `note` the person's feedback on them.
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
class RunDetail:
    """A run in finished words, its row of RUNS and of RUN_MOODS, its POINTS, and the recordings that tell of it."""

    view: RunView
    row: Mapping[str, Any]
    moods: Mapping[str, Any]
    points: pl.DataFrame
    recordings: Sequence[str]


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import that may be undone: its name, when it began, and the names of what was brought."""

    batch: str
    began: dt.datetime
    sources: Sequence[str]


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """What a person said of a file at one moment: the ids of the entries, what they say, and when it was said."""

    ids: Sequence[str]
    entries: Sequence[Entry]
    at: dt.datetime


class JobKind(StrEnum):
    """What a process of its own does."""

    IMPORT = "import"
    UPDATE = "update"
    UNDO = "undo"


class JobState(StrEnum):
    """How far a job is; `attention`: it ended, and the person should look at what it says."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    ATTENTION = "attention"
    STOPPED = "stopped"


ACTIVE = (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class JobStatus:
    """How far an import or an update is.

    `share` is the part that is done, from 0 to 1, null where it is unknown; `messages` are sentences on the result.
    `left_s` is how long it will take at the pace so far.
    """

    kind: JobKind
    state: JobState
    began: dt.datetime
    files: int = 0
    share: float | None = None
    messages: tuple[str, ...] = ()
    left_s: float | None = None

    @property
    def over(self) -> bool:
        """Whether the job has ended."""
        return self.state not in ACTIVE


class Queries(Protocol):
    """What pages read of the published database. Before the first publication frames are empty and the rest is null."""

    def has_newer_entries(self) -> bool:
        """Return whether the journal has entries that the database lacks."""

    def span(self) -> tuple[dt.date, dt.date] | None:
        """Return the first and the last day."""

    def days(self, first: dt.date, last: dt.date) -> pl.DataFrame:
        """Return the DAYS from one day to another."""

    def runs(self, before: str | None, count: int) -> pl.DataFrame:
        """Return at most `count` RUNS before the run of that id, or the newest, newest first."""

    def all_runs(self) -> pl.DataFrame:
        """Return the RUNS in order of time."""

    def runs_of_day(self, date: dt.date) -> pl.DataFrame:
        """Return the RUNS of a day."""

    def run(self, run_id: str) -> RunDetail | None:
        """Return all that is known of a run; null where no run has this id."""

    def volumes(self, by: str) -> pl.DataFrame:
        """Return the WEEKS, MONTHS or YEARS, by the name of one: week, month or year."""

    def best_times(self) -> pl.DataFrame:
        """Return the BEST_TIMES of all runs."""

    def news(self) -> str:
        """Return what has changed in the findings within a week, in a sentence; empty where nothing did."""

    def nothing_found(self) -> tuple[str, bool]:
        """Return why there may be no finding, in a sentence, and whether adding runs would help."""

    def findings(self) -> Sequence[Finding]:
        """Return the answer to every question, with the person's feedback."""

    def unclear_pairs(self) -> pl.DataFrame:
        """Return the recordings of which it is unclear whether they are one run."""

    def to_decide(self) -> pl.DataFrame:
        """Return TO_DECIDE: the recordings of which only the person can say what, when or how far they were."""

    def file_names(self) -> Mapping[str, str]:
        """Return the name of each file that was read, by the beginning of its content's hash."""

    def summary(self) -> str | None:
        """Return the summary page as it was last written."""


class JournalCommands(Protocol):
    """What pages read of the journal and append to it. Nothing here needs a lock or the database."""

    def append(self, at: dt.datetime, entries: Sequence[Entry]) -> None:
        """Write entries with the moment at which the person made them; they are on disk on return."""

    def check_ins(self, date: dt.date) -> Sequence[StoredCheckIn]:
        """Return the check-ins about a day, in order of time."""

    def evening_moods(self, first: dt.date, last: dt.date) -> Mapping[dt.date, float]:
        """Return the mood last said of each evening from one day to another."""

    def check_in(self, check_in_id: str | None) -> StoredCheckIn | None:
        """Return the check-in of an id, or without one the check-in last written or changed."""

    def judgements(self, recordings: Sequence[str]) -> Sequence[str]:
        """Return the ids of the entries that say whether these recordings are a run."""

    def decisions(self, count: int) -> Sequence[DecisionMade]:
        """Return the last decisions about files that count, newest first."""

    def imports(self, count: int) -> Sequence[ImportLine]:
        """Return the last imports that count, newest first."""

    def reported_days(self, date: dt.date) -> Sequence[Entry]:
        """Return what the person told of a day's running without a file."""

    def care(self, today: dt.date) -> tuple[dt.date, CareWord] | None:
        """Return since when the person is ill or injured by their own word, and which; null where they are not."""

    def better_since(self, today: dt.date) -> dt.date | None:
        """Return the day on which the person last said that they are better; null where a later word is another."""

    def withdrawal(self, check_in_id: str) -> str | None:
        """Return the id of the entry that last withdrew a check-in."""

    def default_kind(self, moment: dt.datetime) -> str:
        """Return the kind of check-in that a form offers first."""

    def plans(self, first: dt.date, count: int) -> Mapping[dt.date, EffectivePlan | None]:
        """Return the plan of each of `count` days, null without one."""

    def first_plannable_day(self, moment: dt.datetime) -> dt.date:
        """Return the first day that can still be planned."""

    def habit(self) -> tuple[int, ...]:
        """Return the weekdays of the usual week's runs, Monday as 1."""

    def goals(self) -> pl.DataFrame:
        """Return the GOALS with their state."""

    def asks_for_support(self, now: dt.datetime) -> bool:
        """Return whether imported notes or moods of the last week ask for someone to talk to; it is kept nowhere."""

    def offered_support(self, words: str, mood: float | None = None, tags: Sequence[str] = ()) -> OfferedSupport:
        """Return whether words, mood or tags ask for someone to talk to, or for a doctor."""


class JobRunner(Protocol):
    """What takes a while and needs the writer's lock."""

    def new_folder(self) -> Path:
        """Create an empty folder for uploaded files."""

    def import_folder(self, folder: Path) -> None:
        """Start to import a folder of uploaded files, which is removed afterwards."""

    def undo(self, batch: str) -> None:
        """Start to undo an import: nothing of it counts afterwards, and no file is deleted."""

    def update(self) -> None:
        """Start to bring days, findings and pages up to date."""

    def statuses(self) -> Sequence[JobStatus]:
        """Return the running jobs and the last ones that ended, newest first."""


class SharePages(Protocol):
    """A page to share: what may be chosen, the page of a choice, its files. Faults are told as `UserError`."""

    def offers(self, first: dt.date | None, last: dt.date | None) -> tuple[ShareSelection, ShareOptions]:
        """Return the days of a page, as asked or as usual, and what may be chosen for it."""

    def compose(self, selection: ShareSelection) -> SharedPage:
        """Return the page of a choice."""

    def write(self, page: SharedPage) -> Sequence[str]:
        """Write the page into the home, and return the names of its files."""

    def read(self, name: str) -> bytes | None:
        """Return the content of a file that was written; null where there is none of that name."""


@dataclass(frozen=True, slots=True)
class AppContext:
    """Everything the pages depend on.

    `trim` takes a run's id and what was typed as its beginning and end, and returns the entries that cut it; it raises
    `UserError` with a sentence. `paired_devices` is the file that lists the phones that may check in. `titles` are
    those in calendars that only the person can judge, by file; `judge_title` takes one with the verdict on its series,
    `reread_calendars` the series of which a verdict was taken back.
    `is_locked` says whether the home was locked while its pages are open.
    """

    now: Callable[[], dt.datetime]
    person: Callable[[], Person]
    settings: Callable[[], Mapping[str, object]]
    change_setting: Callable[[str, SettingValue], None]
    change_question: Callable[[str, Mapping[str, str | list[str]] | None], None]
    trim: Callable[[str, str, str], Sequence[Entry]]
    help_lines: Callable[[], Sequence[HelpLines]]
    queries: Queries
    journal: JournalCommands
    jobs: JobRunner
    share: SharePages
    paired_devices: Path
    titles: Callable[[], Mapping[str, Sequence[str]]] = dict
    judge_title: Callable[[dt.datetime, str, str], None] = lambda _now, _title, _verdict: None
    reread_calendars: Callable[[dt.datetime, Collection[str]], None] = lambda _now, _series: None
    is_locked: Callable[[], bool] = lambda: False
