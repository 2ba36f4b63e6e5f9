"""Entries of the journal beside check-ins: plans, goals, runs without a watch, decisions and corrections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.core.checkins import CheckIn, EntriesForgotten, EntryDeleted, EntryEdited

if TYPE_CHECKING:
    import datetime as dt

LONGEST_RUN_M = 1_000_000.0  # nobody runs that far at once


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
class FindingFeedback:
    """What a person says of a finding, by its code; the last one stands, and one with `word` null takes it back."""

    finding: str
    word: str | None
    note: str | None = None


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
    """Whether a recording, by its id, is a run, or all that a content holds, by its hash; the last word stands."""

    content: str
    verdict: str  # "run" or "not-a-run"


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


@dataclass(frozen=True, slots=True)
class DistanceCorrection:
    """How far a recording was, as the person knows it better than the watch: a treadmill's own count."""

    recording: str
    distance_m: float


@dataclass(frozen=True, slots=True)
class RecordingIdentified:
    """A recording near a decision, with the file that it came in and when it begins by that file; no word of a person.

    `stands_for` names the recording that it is once more, in a fuller or another file that came after the decision:
    what was said of that one holds for it.
    """

    recording: str
    file: str | None = None
    began: dt.datetime | None = None
    stands_for: str | None = None


@dataclass(frozen=True, slots=True)
class ImportReverted:
    """What an import brought and a person does not want: by content, whatever the files are called."""

    batch: str
    content: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportRestored:
    """Contents that were taken back and that a person has imported again."""

    content: tuple[str, ...]


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
    | FindingFeedback
    | DistanceCorrection
    | RunJudged
    | FileChosen
    | RunTrimmed
    | RunDated
    | ReportedRun
    | ReportedDay
    | CareReported
    | RunTagged
    | RecordingIdentified
    | ImportReverted
    | ImportRestored
    | RunsMerged
    | RunSplit
)
