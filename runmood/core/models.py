"""Dataclasses that layers pass to each other: files, recordings, journal entries, evidence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from runmood.core.checkin_items import NAMES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    import polars as pl

    from runmood.core.enums import ItemKind
    from runmood.core.notices import Notice


@dataclass(frozen=True, slots=True)
class FileStat:
    """What a folder tells of a file without opening it: enough to know that it has not changed."""

    bytes: int
    modified_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ExportMetadata:
    """What an export's table says of one file: its format, the names of its columns, the line that names the file."""

    format: str
    columns: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file found: its name, its decompressed content, or the fault that kept us from it.

    `opened` marks an archive whose files came before it, so that it need not be opened again. `note` is what the
    export's own table tells of the file, for `decode`; null outside exports. `content_hash` is what the content is
    known by, whatever its file is called.
    """

    name: str
    stamp: FileStat
    content: bytes = b""
    fault: Notice | None = None
    opened: bool = False
    note: ExportMetadata | None = None
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
    the file gives the clock on the wall without a zone: all moments are that clock as if it were UTC.
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
    `tags` what kind of run it was; `is_run` says of a content, by its hash, whether it is a run at all; `files` are
    those that give a run its figures before all others.
    """

    same_run: Mapping[tuple[str, str], bool] = field(default_factory=dict)
    distances: Mapping[str, float] = field(default_factory=dict)
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_run: Mapping[str, bool] = field(default_factory=dict)
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileCorrection:
    """What a person corrected of one content, so that it is read otherwise.

    `is_run` says that it is a run whatever the file says; `kept_s` which part of a recording is the run, in seconds
    since its first sample, null for its own beginning or end; `begins` on which day it was, and at which local clock
    (HH:MM), null for its own.
    """

    is_run: bool = False
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


@dataclass(frozen=True, slots=True)
class InventedFile:
    """A watch file of the invented runner."""

    name: str
    content: bytes


# Journal entries

NOTE_LIMIT = 2000  # letters
LONGEST_RUN_M = 1_000_000.0  # nobody runs that far at once


@dataclass(frozen=True, slots=True, init=False)
class CheckIn:
    """What a person said at a moment; None is unsaid.

    `scores` holds the ratings by the name of their item, and each is an attribute too: `check_in.energy`. `answers`
    are those to questions of the person's own, by name.
    """

    at: dt.datetime
    kind: str
    mood: float
    scores: Mapping[str, float] = field(default_factory=dict, hash=False)
    pain_where: str | None = None
    tags: tuple[str, ...] = ()
    helped: tuple[str, ...] = ()
    skip_reason: str | None = None
    note: str | None = None
    source: str = "hand"
    raw: str | None = None
    answers: tuple[tuple[str, float | str], ...] = ()

    def __init__(  # noqa: PLR0913 - the fields of a check-in
        self,
        at: dt.datetime,
        kind: str,
        mood: float,
        *,
        scores: Mapping[str, float | None] = MappingProxyType({}),
        pain_where: str | None = None,
        tags: tuple[str, ...] = (),
        helped: tuple[str, ...] = (),
        skip_reason: str | None = None,
        note: str | None = None,
        source: str = "hand",
        raw: str | None = None,
        answers: tuple[tuple[str, float | str], ...] = (),
        **items: float | None,
    ) -> None:
        """Take the ratings by their items' names, as keywords or in `scores`; a keyword goes first.

        Raises:
            TypeError: a keyword is no item of a check-in.
        """
        rated = {**scores, **items, "mood": mood}
        if strange := rated.keys() - set(NAMES):
            raise TypeError(f"a check-in has no {', '.join(sorted(strange))}")
        kept = {name: score for name in NAMES if (score := rated.get(name)) is not None}
        values = (at, kind, mood, kept, pain_where, tags, helped, skip_reason, note, source, raw, answers)
        for name, value in zip(self.__dataclass_fields__, values, strict=True):
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> float | None:
        """Return the rating of an item; None where it is unsaid."""
        if name not in NAMES:
            raise AttributeError(f"a check-in has no {name}")
        return self.scores.get(name)


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A run or a rest written down for one day; `planned` null takes back what was written before.

    `calendar` names the calendar or sheet that says so; such a one takes back only its own words.
    """

    date: dt.date
    planned: str | None
    distance_m: float | None = None
    planned_s: float | None = None
    name: str | None = None
    calendar: str | None = None


@dataclass(frozen=True, slots=True)
class SeriesJudged:
    """What the sessions of one title are, in every calendar: "run", "rest" or "neither"; null takes that back."""

    title: str
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Habit:
    """The weekdays (1 Monday to 7 Sunday) on which a person means to run from now on; the others are rest."""

    weekdays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ImportReverted:
    """What an import brought and a person does not want: by content, whatever the files are called."""

    batch: str
    content: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportRestored:
    """Contents that were taken back and that a person has imported again."""

    content: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunsMerged:
    """Two recordings, by their ids, that a person says are one run."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class RunSplit:
    """Two recordings, by their ids, that a person says are two runs."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class EntryEdited:
    """A check-in as the person would rather have said it; `of` names the one it stands in for."""

    of: str
    check_in: CheckIn


@dataclass(frozen=True, slots=True)
class EntryDeleted:
    """An entry, by its id, that the person takes back."""

    of: str


@dataclass(frozen=True, slots=True)
class EntriesForgotten:
    """Entries, by their ids, whose lines are gone from the journal for good; a copy that turns up is not read."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """Something a person wants, in their own words; measured only where they say by what."""

    kind: str
    words: str
    measure: str | None = None
    target: float | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class GoalReview:
    """A look at a goal, by its id: how it stands, and a word about it."""

    goal: str
    state: str
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Reflection:
    """An answer to a question to think about; no score."""

    date: dt.date
    occasion: str
    prompt: str
    answer: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person says of a finding, by its code; the last one stands, and one with `word` null takes it back."""

    finding: str
    word: str | None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class DistanceCorrection:
    """How far a recording was, as the person knows it better than the watch: a treadmill's own count."""

    recording: str
    distance_m: float


@dataclass(frozen=True, slots=True)
class ReportedRun:
    """A run without a watch, as the person tells of it: its day, and what they know of it."""

    date: dt.date
    clock: str | None = None  # HH:MM
    distance_m: float | None = None
    moving_s: float | None = None
    effort: float | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ReportedDay:
    """What a person says of a day without a run; the last word stands, and one that is null takes it back."""

    date: dt.date
    word: str | None


@dataclass(frozen=True, slots=True)
class CareReported:
    """From a day on the person is ill, injured, or better again; of one day the last word stands."""

    date: dt.date
    word: str


@dataclass(frozen=True, slots=True)
class RunJudged:
    """Whether a content, by its hash, is a run; the last word stands."""

    content: str
    verdict: str  # "run" or "not-a-run"


@dataclass(frozen=True, slots=True)
class FileChosen:
    """The recording that gives its run its figures before all others; the last one chosen goes first."""

    recording: str


@dataclass(frozen=True, slots=True)
class RunTrimmed:
    """The part of a recording that was the run, in seconds since its first sample; null is its beginning or its end.

    The last word stands.
    """

    recording: str
    from_s: float | None = None
    to_s: float | None = None


@dataclass(frozen=True, slots=True)
class RunDated:
    """The day on which a recording was, and the local clock (HH:MM) where that is wrong too; the last word stands."""

    recording: str
    date: dt.date
    clock: str | None = None


@dataclass(frozen=True, slots=True)
class RunTagged:
    """The kind of run a recording was, in the person's tags; they stand in for the ones given before."""

    recording: str
    tags: tuple[str, ...]


Entry = (
    CheckIn
    | EntryEdited
    | EntryDeleted
    | EntriesForgotten
    | PlannedDay
    | Habit
    | SeriesJudged
    | Goal
    | GoalReview
    | Reflection
    | Remark
    | DistanceCorrection
    | RunJudged
    | FileChosen
    | RunTrimmed
    | RunDated
    | ReportedRun
    | ReportedDay
    | CareReported
    | RunTagged
    | ImportReverted
    | ImportRestored
    | RunsMerged
    | RunSplit
)


@dataclass(frozen=True, slots=True)
class CustomQuestion:
    """A question of the person's own, as settings.toml has it: what may answer it, and at which kinds of check-in.

    `kind` is one of choices.ItemKind; `choices` are the words of a choice; no `when` is every kind.
    """

    name: str
    question: str
    kind: ItemKind
    choices: tuple[str, ...] = ()
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry for the journal and the moment it was said."""

    said_at: dt.datetime
    entry: Entry


# Evidence behind an answer of one night


@dataclass(frozen=True, slots=True)
class EvidenceTerm:
    """One coefficient, in mood points; where it is a kind of day, beside the day of a planned run."""

    name: str
    effect: float
    error: float  # standard error


@dataclass(frozen=True, slots=True)
class EvidenceDay:
    """One day of a kind that was asked for, and whether its evening counted."""

    date: dt.date
    kind: str
    mood: float | None
    counted: bool
    reason: str | None  # why it did not: nothing said, said late, excluded


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind one answer of one night. Without enough days there are no terms."""

    question: str
    night: dt.date
    days: tuple[EvidenceDay, ...]
    terms: tuple[EvidenceTerm, ...]
    memory: float | None  # how much of a day's mood lasts to the next, 0 to 1
    noise_share: float | None  # how much of a rating is of its moment only, 0 to 1
    scale: float | None  # mood points in one standard deviation
    morning_used: bool
    e_value: float | None
    e_value_next: float  # what the evidence would have to reach for the next word: some, then good evidence
    detectable: float | None  # the difference that would probably have shown by now
    lacking: dict[str, int]  # days by name
    comparable: bool  # false: silence, or a plan too regular, forbids an answer
