"""What a value of a line may be: each reader gives the value back as an entry holds it, or says what is wrong."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import TYPE_CHECKING

from runmood.core import enums
from runmood.core import models as said

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.core.models import CheckIn, Entry, NewEntry


if TYPE_CHECKING:
    Reader = Callable[[str, object], object]

YEARS = range(1970, 2200)
MOST = 10  # of every score


def a_text(item: str, value: object) -> str:
    """Words."""
    if not isinstance(value, str):
        raise TypeError(f"{item} is {value}, which is no text")
    value.encode()  # half of a pair of surrogates is no text either: UnicodeEncodeError is a ValueError
    return value


def a_number(item: str, value: object) -> float:
    """Any number that a scale or a ruler can have."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{item} is {value}, which is no number")
    if not math.isfinite(value):
        raise ValueError(f"{item} is {value}")
    return float(value)


def an_amount(item: str, value: object) -> float:
    """A number from 0 on."""
    number = a_number(item, value)
    if number < 0:
        raise ValueError(f"{item} is {number:g}, less than nothing")
    return number


def a_score(item: str, value: object) -> float:
    """What a person says on a scale from 0 to 10."""
    if value is None:
        raise ValueError(f"the {item} is missing")
    number = a_number(item, value)
    if not 0 <= number <= MOST:
        raise ValueError(f"{item} is {number}, outside 0 to 10")
    return number


def a_moment(item: str, value: object) -> dt.datetime:
    """A moment with its offset from UTC."""
    moment = dt.datetime.fromisoformat(a_text(item, value))
    if moment.tzinfo is None:
        raise ValueError(f"the moment {value} has no offset from UTC")
    _within_a_diary(moment)
    return moment


def a_day(item: str, value: object) -> dt.date:
    """A calendar day."""
    day = dt.date.fromisoformat(a_text(item, value))
    _within_a_diary(day)
    return day


def _within_a_diary(day: dt.date) -> None:
    if day.year not in YEARS:
        raise ValueError(f"{day} lies beyond the years of a diary")


def texts(item: str, value: object) -> tuple[str, ...]:
    """A list of words."""
    if not isinstance(value, list):
        raise TypeError(f"{item} is {value}, which is no list")
    return tuple(a_text(f"one of {item}", each) for each in value)


def weekdays(item: str, value: object) -> tuple[int, ...]:
    """Days of the week, 1 Monday to 7 Sunday."""
    if not isinstance(value, list) or not all(day in range(1, 8) for day in value):
        raise ValueError(f"{item} is {value}, not among 1 to 7")
    return tuple(int(day) for day in value)


def answers(item: str, value: object) -> tuple[tuple[str, float | str], ...]:
    """Answers by the name of their question: a number or words."""
    if not isinstance(value, dict):
        raise TypeError(f"{item} is {value}, which names no questions")
    return tuple(
        (a_text("a question", name), a_text(name, said) if isinstance(said, str) else a_number(name, said))
        for name, said in value.items()
    )


def one_of(*choices: str | None) -> Reader:
    """One of the words."""

    def read(item: str, value: object) -> object:
        if value not in choices:
            raise ValueError(f"{item} is {value!r}, not one of {', '.join(filter(None, choices))}")
        return value

    return read


# --- Every kind of entry: what its line is called, and what each of its items may hold.


class EntryCodec:
    """How the items of one kind of entry are read."""

    def __init__(self, makes: type[Entry], **items: Reader) -> None:
        self.makes = makes
        self.items = items
        self.always = frozenset(field.name for field in fields(makes) if field.default is MISSING)

    def read(self, content: dict[str, object]) -> Entry:
        """The entry; an item that it may be without is unsaid where it is null."""
        if strange := content.keys() - self.items.keys():
            raise ValueError(f"it says {', '.join(sorted(strange))}, which it cannot")
        if missing := self.always - content.keys():
            raise ValueError(f"the {', '.join(sorted(missing))} is missing")
        told = {item: value for item, value in content.items() if value is not None or item in self.always}
        return self.makes(**{item: self.items[item](item, value) for item, value in told.items()})  # type: ignore[arg-type]


CHECK_IN = EntryCodec(
    said.CheckIn,
    at=a_moment,
    kind=one_of(*enums.CheckInKind),
    **dict.fromkeys(enums.SCORES, a_score),
    pain_where=a_text,
    tags=texts,
    helped=texts,
    skip_reason=a_text,
    note=a_text,
    source=a_text,
    raw=a_text,
    answers=answers,
)


def _a_check_in(item: str, value: object) -> Entry:
    if not isinstance(value, dict):
        raise TypeError(f"{item} is {value}, which is no check-in")
    return CHECK_IN.read(value)


SHAPES = {
    "check-in": CHECK_IN,
    "change": EntryCodec(said.EntryEdited, of=a_text, check_in=_a_check_in),
    "withdraw": EntryCodec(said.EntryDeleted, of=a_text),
    "plan": EntryCodec(
        said.PlannedDay,
        date=a_day,
        planned=one_of(*enums.Planned, None),
        distance_m=an_amount,
        planned_s=an_amount,
        name=a_text,
        calendar=a_text,
    ),
    "habit": EntryCodec(said.Habit, weekdays=weekdays),
    "goal": EntryCodec(
        said.Goal,
        kind=one_of(*enums.GoalKind),
        words=a_text,
        measure=one_of(*enums.GoalMeasure),
        target=a_number,
        until=a_day,
    ),
    "goal-review": EntryCodec(said.GoalReview, goal=a_text, state=one_of(*enums.GoalState), words=a_text),
    "reflection": EntryCodec(
        said.Reflection, date=a_day, occasion=one_of(*enums.OCCASIONS), prompt=a_text, answer=a_text
    ),
    "remark": EntryCodec(said.Remark, finding=a_text, word=one_of(*enums.Feedback, None), note=a_text),
    "measure": EntryCodec(said.DistanceCorrection, recording=a_text, distance_m=an_amount),
    "run-tags": EntryCodec(said.RunTagged, recording=a_text, tags=texts),
    "undo": EntryCodec(said.ImportReverted, batch=a_text, content=texts),
    "take": EntryCodec(said.ImportRestored, content=texts),
    "join": EntryCodec(said.RunsMerged, one=a_text, other=a_text),
    "split": EntryCodec(said.RunSplit, one=a_text, other=a_text),
}


# --- Writing and reading one line, by the shape of its entry.

_NAMES = {shape.makes: name for name, shape in SHAPES.items()}
_ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class JournalRecord:
    """An entry with its place in the journal: its id and when it was said; `edited` once it was changed."""

    id: str
    said_at: dt.datetime
    entry: Entry
    edited: bool = False


def to_line(said: NewEntry) -> str:
    """The entry as one line, without the line's end."""
    content = _content(said)
    return json.dumps({"id": _hash(content), **content}, ensure_ascii=False)


def id_of(said: NewEntry) -> str:
    """The id that the entry has in the journal."""
    return _hash(_content(said))


def from_line(line: str) -> JournalRecord:
    """The entry that a line holds; ValueError, KeyError or TypeError says what is wrong with it."""
    content = json.loads(line)
    if not isinstance(content, dict):
        raise TypeError("it is no entry")
    identity, said_at = a_text("id", content.pop("id")), a_moment("said_at", content.pop("said_at"))
    return JournalRecord(identity, said_at, SHAPES[content.pop("entry")].read(content))


def _content(said: NewEntry) -> dict[str, object]:
    head = {"entry": _NAMES[type(said.entry)], "said_at": said.said_at.isoformat(timespec="seconds")}
    return head | _body(said.entry)


def _body(entry: Entry | CheckIn) -> dict[str, object]:
    """What was said of an entry; an item that an entry cannot be without is written even where it is null."""
    always = SHAPES[_NAMES[type(entry)]].always
    items = {field.name: getattr(entry, field.name) for field in fields(entry)}
    return {item: _plain(value) for item, value in items.items() if value not in (None, ()) or item in always}


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if is_dataclass(value):
        return _body(value)  # type: ignore[arg-type]  # only an entry stands in an entry
    pairs = isinstance(value, tuple) and any(isinstance(each, tuple) for each in value)
    return dict(value) if pairs else value  # type: ignore[call-overload]  # answers, by name


def _hash(content: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:_ID_LENGTH]
