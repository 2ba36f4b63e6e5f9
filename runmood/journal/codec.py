"""Lines of the journal: an entry written as one line of JSON, and read again with every value checked."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, is_dataclass
from functools import cache
from typing import TYPE_CHECKING

from runmood.core import checkins
from runmood.core.checkin_items import NAMES
from runmood.core.enums import CheckInKind
from runmood.core.errors import UserError, WrongValueError
from runmood.core.i18n import message
from runmood.journal.fields import (
    EntryCodec,
    one_of,
    parse_answers,
    parse_datetime,
    parse_score,
    parse_text,
    parse_texts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from runmood.core.checkins import CheckIn, NewEntry
    from runmood.core.entries import Entry


AHEAD = dt.timedelta(days=2)  # how far a check-in may lie after it was written: no more than clocks and zones differ
YEARS_AHEAD = 20  # how far a plan or a goal may reach
DAY_AHEAD = {"plan": "date", "goal": "until"}  # in which field it says how far
ID_LENGTH = 16  # hexadecimal digits of a SHA-256
_SORTED = json.JSONEncoder(sort_keys=True)


@dataclass(frozen=True, slots=True)
class JournalRecord:
    """An entry with its place in the journal: its id and when it was said; `edited` once it was changed."""

    id: str
    said_at: dt.datetime
    entry: Entry
    edited: bool = False


CHECK_IN = EntryCodec(
    checkins.CheckIn,
    at=parse_datetime,
    kind=one_of(*CheckInKind),
    **dict.fromkeys(NAMES, parse_score),
    pain_where=parse_text,
    tags=parse_texts,
    helped=parse_texts,
    skip_reason=parse_text,
    note=parse_text,
    source=parse_text,
    raw=parse_text,
    answers=parse_answers,
)


def _parse_check_in(name: str, value: object) -> Entry:
    if not isinstance(value, dict):
        raise WrongValueError("no_check_in", name=name, value=f"{value}")
    return CHECK_IN.parse(value)


CHECK_INS = {
    "check-in": CHECK_IN,
    "change": EntryCodec(checkins.EntryEdited, of=parse_text, check_in=_parse_check_in),
    "withdraw": EntryCodec(checkins.EntryDeleted, of=parse_text),
    "forgotten": EntryCodec(checkins.EntriesForgotten, ids=parse_texts),
}


@cache
def codecs() -> dict[str, EntryCodec]:
    """Return how entries are read, by what their lines are called."""
    from runmood.journal.entry_codecs import ENTRIES  # noqa: PLC0415 - a check-in does not wait for it

    return CHECK_INS | ENTRIES


def _codec(name: str) -> EntryCodec:
    return CHECK_INS.get(name) or codecs()[name]


def _name(entry: Entry) -> str:
    """Return what lines of such an entry are called."""
    own = (name for name, codec in CHECK_INS.items() if codec.entry_type is type(entry))
    return next(own, "") or next(name for name, codec in codecs().items() if codec.entry_type is type(entry))


def to_line(new: NewEntry) -> str:
    """Return the entry as one line, without the line's end."""
    content = _content(new)
    return json.dumps({"id": _hash(content), **content}, ensure_ascii=False)


def to_legible_line(new: NewEntry) -> str:
    """Return the entry as one line that is read again as it was written.

    Raises:
        UserError: the journal would not read it again, as of a day of another century: it is not to be told as kept.
    """
    line = to_line(new)
    try:
        from_line(line)
    except WrongValueError as fault:
        raise UserError(message("error.not_kept", fault=fault.message)) from fault
    return line


def id_of(new: NewEntry) -> str:
    """Return the id that the entry has in the journal."""
    return _hash(_content(new))


def from_line(line: str) -> JournalRecord:
    """Return the entry that a line holds.

    Raises:
        ValueError: the line is no JSON, or a field is unknown, missing or holds what it cannot.
        KeyError: the line names no known kind of entry, no id or no moment.
    """
    return record_of(parse_line(line))


def record_of(content: Mapping[str, object]) -> JournalRecord:
    """Return the entry of a line that has been parsed; errors as `from_line` has them."""
    said = dict(content)
    identity, said_at = parse_text("id", said.pop("id")), parse_datetime("said_at", said.pop("said_at"))
    name = str(said.pop("entry"))
    entry = _codec(name).parse(said)
    _check_moment(entry, said_at, DAY_AHEAD.get(name))
    return JournalRecord(identity, said_at, entry)


def parse_line(line: str) -> dict[str, object]:
    """Return what a line says, with nothing of it checked.

    Raises:
        WrongValueError: the line is no object, or nests too deep.
        ValueError: the line is no JSON.
    """
    try:
        content = json.loads(line)
    except RecursionError:
        raise WrongValueError("too_deep") from None
    if not isinstance(content, dict):
        raise WrongValueError("no_entry")
    return content


def _check_moment(entry: Entry, said_at: dt.datetime, day_ahead: str | None) -> None:
    """Refuse a check-in of long after it was written, and a plan or goal of another lifetime."""
    check_in = entry.check_in if isinstance(entry, checkins.EntryEdited) else entry
    if isinstance(check_in, checkins.CheckIn) and check_in.at > said_at + AHEAD:
        raise WrongValueError("after_it_was_said", day=check_in.at.date(), said=said_at.date())
    day: dt.date | None = getattr(entry, day_ahead) if day_ahead else None
    if day and day.year > said_at.year + YEARS_AHEAD:
        raise WrongValueError("reaches_far", day=day, said=said_at.date())


def is_as_written(content: Mapping[str, object]) -> bool:
    """Return whether a line, parsed, is as it was written: its id is the hash of everything else in it."""
    return content.get("id") == _hash({name: value for name, value in content.items() if name != "id"})


def _content(new: NewEntry) -> dict[str, object]:
    head = {"entry": _name(new.entry), "said_at": new.said_at.isoformat(timespec="seconds")}
    return head | _body(new.entry)


def _body(entry: Entry | CheckIn) -> dict[str, object]:
    """Return the fields of an entry as JSON; one that it cannot be without is written even where it is null."""
    codec = _codec(_name(entry))
    values = {name: getattr(entry, name) for name in codec.parsers}
    return {name: _plain(value) for name, value in values.items() if value not in (None, ()) or name in codec.required}


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
    import hashlib  # noqa: PLC0415 - nobody waits for it before the first question

    return hashlib.sha256(_SORTED.encode(content).encode()).hexdigest()[:ID_LENGTH]
