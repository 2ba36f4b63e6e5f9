"""What a person can say: each kind of entry of the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


NOTE_LIMIT = 2000  # letters


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What a person said at a moment; null is unsaid. `answers` are those to questions of their own, by name."""

    at: dt.datetime
    kind: str
    mood: float
    energy: float | None = None
    stress: float | None = None
    tiredness: float | None = None
    soreness: float | None = None
    sleep: float | None = None
    effort: float | None = None
    pain: float | None = None
    pain_where: str | None = None
    tags: tuple[str, ...] = ()
    helped: tuple[str, ...] = ()
    skip_reason: str | None = None
    note: str | None = None
    source: str = "hand"
    raw: str | None = None
    answers: tuple[tuple[str, float | str], ...] = ()


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


@dataclass(frozen=True, slots=True)
class Changed:
    """A check-in as the person would rather have said it; `of` names the one it stands in for."""

    of: str
    check_in: CheckIn


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An entry, by its id, that the person takes back."""

    of: str


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
class Measured:
    """How far a recording was, as the person knows it better than the watch: a treadmill's own count."""

    recording: str
    distance_m: float


@dataclass(frozen=True, slots=True)
class RunTagged:
    """The kind of run a recording was, in the person's tags; they stand in for the ones given before."""

    recording: str
    tags: tuple[str, ...]


Entry = (
    CheckIn
    | Changed
    | Withdrawn
    | PlannedDay
    | Habit
    | Goal
    | GoalReview
    | Reflection
    | Remark
    | Measured
    | RunTagged
    | TakenBack
    | TakenAgain
    | Joined
    | Parted
)


@dataclass(frozen=True, slots=True)
class OwnItem:
    """A question of the person's own, as settings.toml has it: what may answer it, and at which kinds of check-in.

    `kind` is one of choices.ITEM_KINDS; `choices` are the words of a choice; no `when` is every kind.
    """

    name: str
    question: str
    kind: str
    choices: tuple[str, ...] = ()
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """An entry for the journal and the moment it was said."""

    said_at: dt.datetime
    entry: Entry
