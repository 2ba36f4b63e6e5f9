"""An entry as a line of JSON, and back.

A line names its kind of entry, an id made from what it says (so the same entry is the same line wherever it comes
from), the moment it was said, and then only what was said: an unsaid item is absent.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from runmood.terms.choices import CHECK_IN_KINDS, PLANNED
from runmood.terms.records import CheckIn, Entry, Habit, Joined, Parted, PlannedDay, Said, TakenAgain, TakenBack

if TYPE_CHECKING:
    from collections.abc import Callable

_NAMES: dict[type[Entry], str] = {
    CheckIn: "check-in",
    PlannedDay: "plan",
    Habit: "habit",
    TakenBack: "undo",
    TakenAgain: "take",
    Joined: "join",
    Parted: "split",
}
_SCORES = ("mood", "energy", "stress", "tiredness", "soreness", "sleep", "effort")
_WORDS = ("skip_reason", "note", "source", "raw")
_ID_LENGTH = 16
YEARS = range(1970, 2200)


@dataclass(frozen=True, slots=True)
class Told:
    """An entry with its place in the journal: its id and when it was said."""

    id: str
    said_at: dt.datetime
    entry: Entry


def to_line(said: Said) -> str:
    """The entry as one line, without the line's end."""
    body = {name: _plain(value) for name, value in asdict(said.entry).items() if value not in (None, ())}
    content = {"entry": _NAMES[type(said.entry)], "said_at": said.said_at.isoformat(timespec="seconds"), **body}
    return json.dumps({"id": _id(content), **content}, ensure_ascii=False)


def from_line(line: str) -> Told:
    """The entry that a line holds; ValueError, KeyError or TypeError says what is wrong with it."""
    content = json.loads(line)
    if not isinstance(content, dict):
        raise TypeError("it is no entry")
    identity, name = _named(content, "id"), content.pop("entry")
    del content["id"]
    said_at = _moment(content.pop("said_at"))
    return Told(identity, said_at, _READERS[name](content))


def _id(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:_ID_LENGTH]


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, dt.date) else value


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"the moment {text} has no offset from UTC")
    if moment.year not in YEARS:
        raise ValueError(f"the moment {text} lies beyond the years of a diary")
    return moment


def _check_in(content: dict[str, Any]) -> CheckIn:
    if content.get("mood") is None:
        raise ValueError("the mood is missing")
    at = _moment(content.pop("at"))
    tags = tuple(content.pop("tags", ()))
    check_in = CheckIn(at=at, tags=tags, **content)
    if check_in.kind not in CHECK_IN_KINDS:
        raise ValueError(f"{check_in.kind!r} is not a kind of check-in")
    for item in _SCORES:
        _within_scale(item, getattr(check_in, item))
    for item in _WORDS:
        _is_text(item, getattr(check_in, item))
    for tag in tags:
        _is_text("a tag", tag)
    return check_in


def _within_scale(item: str, value: float | None) -> None:
    if value is not None and not 0 <= value <= 10:  # noqa: PLR2004 - the scale of every item
        raise ValueError(f"{item} is {value}, outside 0 to 10")


def _is_text(item: str, value: object) -> None:
    if value is None:
        return
    if not isinstance(value, str):
        raise TypeError(f"{item} is {value}, which is no text")
    value.encode()  # half of a pair of surrogates is no text either: UnicodeEncodeError is a ValueError


def _planned_day(content: dict[str, Any]) -> PlannedDay:
    if content["planned"] not in PLANNED:
        raise ValueError(f"{content['planned']!r} is neither a run nor rest")
    date, distance_m = dt.date.fromisoformat(content["date"]), content.get("distance_m")
    if date.year not in YEARS:
        raise ValueError(f"the day {date} lies beyond the years of a diary")
    if distance_m is not None and not 0 <= distance_m < math.inf:
        raise ValueError(f"the distance is {distance_m}")
    return PlannedDay(date, content["planned"], distance_m)


def _habit(content: dict[str, Any]) -> Habit:
    weekdays = tuple(content["weekdays"])
    if not set(weekdays) <= set(range(1, 8)):
        raise ValueError(f"the weekdays are {weekdays}, not among 1 to 7")
    return Habit(weekdays)


def _taken_back(content: dict[str, Any]) -> TakenBack:
    return TakenBack(_named(content, "batch"), _hashes(content))


def _taken_again(content: dict[str, Any]) -> TakenAgain:
    return TakenAgain(_hashes(content))


def _joined(content: dict[str, Any]) -> Joined:
    return Joined(_named(content, "one"), _named(content, "other"))


def _parted(content: dict[str, Any]) -> Parted:
    return Parted(_named(content, "one"), _named(content, "other"))


def _named(content: dict[str, Any], item: str) -> str:
    _is_text(item, content[item])
    return str(content[item])


def _hashes(content: dict[str, Any]) -> tuple[str, ...]:
    hashes = content["content"]
    if not isinstance(hashes, list) or not all(isinstance(each, str) for each in hashes):
        raise TypeError("content is no list of hashes")
    return tuple(hashes)


_READERS: dict[str, Callable[[dict[str, Any]], Entry]] = {
    "check-in": _check_in,
    "plan": _planned_day,
    "habit": _habit,
    "undo": _taken_back,
    "take": _taken_again,
    "join": _joined,
    "split": _parted,
}
