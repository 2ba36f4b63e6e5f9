"""Lines of the journal: an entry written as one line of JSON, and read again with every value checked.

Written by hand, since a library's import would cost a check-in more than all of this: `docs/decisions.md`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import TYPE_CHECKING

from runmood.core import checkin_items, enums, models
from runmood.core.errors import WrongValueError

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.core.models import CheckIn, Entry, NewEntry

    Parser = Callable[[str, object], object]


YEARS = range(1990, 2100)
AHEAD = dt.timedelta(days=2)  # how far a check-in may lie after it was written: no more than clocks and zones differ
YEARS_AHEAD = 20  # how far a plan or a goal may reach
LONGEST_NAME = 100  # characters of a question's name
ID_LENGTH = 16  # hexadecimal digits of a SHA-256


@dataclass(frozen=True, slots=True)
class JournalRecord:
    """An entry with its place in the journal: its id and when it was said; `edited` once it was changed."""

    id: str
    said_at: dt.datetime
    entry: Entry
    edited: bool = False


# Parsers of one value: each takes the field's name, for its message, and the value as JSON has it. What cannot stand in
# the field is a `WrongValueError`, which is a ValueError.


def parse_text(name: str, value: object) -> str:
    """Return a text that can be written again.

    Raises:
        WrongValueError: it is no text, or half of a pair of surrogates stands in it.
    """
    if not isinstance(value, str):
        raise WrongValueError("no_text", name=name, value=f"{value}")
    try:
        value.encode()
    except UnicodeEncodeError as fault:
        raise WrongValueError("half_a_sign", name=name) from fault
    return value


def parse_number(name: str, value: object) -> float:
    """Return a finite number.

    Raises:
        WrongValueError: it is no number, infinite or NaN.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongValueError("no_number", name=name, value=f"{value}")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise WrongValueError("no_number", name=name, value=f"{number}")
    return number


def parse_amount(name: str, value: object) -> float:
    """Return a number from 0 on.

    Raises:
        WrongValueError: it is below 0.
    """
    number = parse_number(name, value)
    if number < 0:
        raise WrongValueError("below_0", name=name, value=f"{number:g}")
    return number


def parse_score(name: str, value: object) -> float:
    """Return a rating on the scale of every check-in item.

    Raises:
        WrongValueError: it is missing or off the scale.
    """
    if value is None:
        raise WrongValueError("missing", names=name)
    number = parse_number(name, value)
    if not checkin_items.LEAST <= number <= checkin_items.MOST:
        ends = {"least": checkin_items.LEAST, "most": checkin_items.MOST}
        raise WrongValueError("outside", name=name, value=f"{number}", **ends)
    return number


def parse_local(name: str, value: object) -> dt.datetime:
    """Return a moment, with its offset from UTC where it names one.

    Raises:
        WrongValueError: it is no ISO 8601 moment.
    """
    text = parse_text(name, value)
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError as fault:
        raise WrongValueError("no_moment", name=name, value=repr(text)) from fault


def parse_datetime(name: str, value: object) -> dt.datetime:
    """Return a moment with its offset from UTC.

    Raises:
        WrongValueError: it is no ISO 8601 moment, has no offset, or is of an unlikely year.
    """
    moment = parse_local(name, value)
    if moment.tzinfo is None:
        raise WrongValueError("no_offset", value=f"{value}")
    _check_year(moment)
    return moment


def parse_date(name: str, value: object) -> dt.date:
    """Return a calendar day.

    Raises:
        WrongValueError: it is no ISO 8601 date, or is of an unlikely year.
    """
    text = parse_text(name, value)
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as fault:
        raise WrongValueError("no_date", value=repr(text)) from fault
    _check_year(day)
    return day


def parse_positive(name: str, value: object) -> float:
    """Return a number above 0.

    Raises:
        WrongValueError: it is 0 or below.
    """
    number = parse_amount(name, value)
    if not number:
        raise WrongValueError("is_0", name=name)
    return number


def parse_clock(name: str, value: object) -> str:
    """Return a time of day, HH:MM.

    Raises:
        WrongValueError: it is no such time.
    """
    text = parse_text(name, value)
    try:
        return dt.time.fromisoformat(text).strftime("%H:%M")
    except ValueError as fault:
        raise WrongValueError("no_clock", value=repr(text)) from fault


def parse_texts(name: str, value: object) -> tuple[str, ...]:
    """Return a list of texts.

    Raises:
        WrongValueError: it is no list, or something else stands in it.
    """
    if not isinstance(value, list):
        raise WrongValueError("no_list", name=name, value=f"{value}")
    if odd := [each for each in value if not isinstance(each, str)]:
        raise WrongValueError("no_text_in_it", name=name, value=f"{odd[0]}")
    return tuple(parse_text(name, each) for each in value)


def parse_weekdays(name: str, value: object) -> tuple[int, ...]:
    """Return days of the week, 1 Monday to 7 Sunday.

    Raises:
        WrongValueError: it is no list of such.
    """
    if not isinstance(value, list) or not all(day in range(1, 8) for day in value):
        raise WrongValueError("no_weekdays", name=name, value=f"{value}")
    return tuple(int(day) for day in value)


def parse_answers(name: str, value: object) -> tuple[tuple[str, float | str], ...]:
    """Return answers by the name of their question, each a number or words.

    Raises:
        WrongValueError: it is no object, or a question has a name that cannot be one.
    """
    if not isinstance(value, dict):
        raise WrongValueError("no_questions", name=name, value=f"{value}")
    if odd := [question for question in value if not _is_name(question)]:
        raise WrongValueError("no_name", value=f"{odd[0]!r:.40}")
    return tuple(
        (
            parse_text(name, question),
            parse_text(question, answer) if isinstance(answer, str) else parse_number(question, answer),
        )
        for question, answer in value.items()
    )


def _is_name(question: str) -> bool:
    """Return whether a question may be called so: some letters, none of them a control character."""
    return bool(question.strip()) and question.isprintable() and len(question) <= LONGEST_NAME


def one_of(*choices: str | None) -> Parser:
    """Make a parser that takes one of the words alone."""

    def parse(name: str, value: object) -> object:
        if value not in choices:
            known = ", ".join(filter(None, choices))
            raise WrongValueError("not_one_of", name=name, value=repr(value), choices=known)
        return value

    return parse


def _check_year(day: dt.date) -> None:
    if day.year not in YEARS:
        raise WrongValueError("beyond", day=f"{day}")


# Codecs: what a line of each kind of entry is called, and what each of its fields may hold.


class EntryCodec:
    """How one kind of entry is read: the parser of each field, and which fields a line must have."""

    def __init__(self, entry_type: type[Entry], **parsers: Parser) -> None:
        self.entry_type = entry_type
        self.parsers = parsers
        self.required = frozenset(
            field.name
            for field in fields(entry_type)
            if field.default is MISSING and field.default_factory is MISSING and field.name in parsers
        )

    def parse(self, content: dict[str, object]) -> Entry:
        """Return the entry; a field that it may be without counts as absent where it is null.

        Raises:
            WrongValueError: a field is unknown, missing or holds what it cannot.
        """
        if unknown := content.keys() - self.parsers.keys():
            raise WrongValueError("cannot_say", names=", ".join(sorted(unknown)))
        if missing := self.required - content.keys():
            raise WrongValueError("missing", names=", ".join(sorted(missing)))
        present = {name: value for name, value in content.items() if value is not None or name in self.required}
        return self.entry_type(**{name: self.parsers[name](name, value) for name, value in present.items()})  # type: ignore[arg-type]


CHECK_IN = EntryCodec(
    models.CheckIn,
    at=parse_datetime,
    kind=one_of(*enums.CheckInKind),
    **dict.fromkeys(checkin_items.NAMES, parse_score),
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


CODECS = {
    "check-in": CHECK_IN,
    "change": EntryCodec(models.EntryEdited, of=parse_text, check_in=_parse_check_in),
    "withdraw": EntryCodec(models.EntryDeleted, of=parse_text),
    "forgotten": EntryCodec(models.EntriesForgotten, ids=parse_texts),
    "plan": EntryCodec(
        models.PlannedDay,
        date=parse_date,
        planned=one_of(*enums.Planned, None),
        distance_m=parse_amount,
        planned_s=parse_amount,
        name=parse_text,
        calendar=parse_text,
    ),
    "series": EntryCodec(models.SeriesJudged, title=parse_text, verdict=one_of("run", "rest", "neither", None)),
    "habit": EntryCodec(models.Habit, weekdays=parse_weekdays),
    "goal": EntryCodec(
        models.Goal,
        kind=one_of(*enums.GoalKind),
        words=parse_text,
        measure=one_of(*enums.GoalMeasure),
        target=parse_number,
        until=parse_date,
    ),
    "goal-review": EntryCodec(models.GoalReview, goal=parse_text, state=one_of(*enums.GoalState), words=parse_text),
    "reflection": EntryCodec(
        models.Reflection, date=parse_date, occasion=one_of(*enums.OCCASIONS), prompt=parse_text, answer=parse_text
    ),
    "remark": EntryCodec(models.Remark, finding=parse_text, word=one_of(*enums.Feedback, None), note=parse_text),
    "measure": EntryCodec(models.DistanceCorrection, recording=parse_text, distance_m=parse_amount),
    "ran": EntryCodec(
        models.ReportedRun,
        date=parse_date,
        clock=parse_clock,
        distance_m=parse_positive,
        moving_s=parse_positive,
        effort=parse_score,
        note=parse_text,
    ),
    "day": EntryCodec(models.ReportedDay, date=parse_date, word=one_of(*enums.DayWord, None)),
    "care": EntryCodec(models.CareReported, date=parse_date, word=one_of(*enums.CareWord)),
    "run-or-not": EntryCodec(models.RunJudged, content=parse_text, verdict=one_of("run", "not-a-run")),
    "use": EntryCodec(models.FileChosen, recording=parse_text),
    "trim": EntryCodec(models.RunTrimmed, recording=parse_text, from_s=parse_amount, to_s=parse_amount),
    "dated": EntryCodec(models.RunDated, recording=parse_text, date=parse_date, clock=parse_clock),
    "run-tags": EntryCodec(models.RunTagged, recording=parse_text, tags=parse_texts),
    "undo": EntryCodec(models.ImportReverted, batch=parse_text, content=parse_texts),
    "take": EntryCodec(models.ImportRestored, content=parse_texts),
    "join": EntryCodec(models.RunsMerged, one=parse_text, other=parse_text),
    "split": EntryCodec(models.RunSplit, one=parse_text, other=parse_text),
}
_NAMES = {codec.entry_type: name for name, codec in CODECS.items()}


def to_line(new: NewEntry) -> str:
    """Return the entry as one line, without the line's end."""
    content = _content(new)
    return json.dumps({"id": _hash(content), **content}, ensure_ascii=False)


def id_of(new: NewEntry) -> str:
    """Return the id that the entry has in the journal."""
    return _hash(_content(new))


def from_line(line: str) -> JournalRecord:
    """Return the entry that a line holds.

    Raises:
        ValueError: the line is no JSON, or a field is unknown, missing or holds what it cannot.
        KeyError: the line names no known kind of entry, no id or no moment.
    """
    content = _loads(line)
    identity, said_at = parse_text("id", content.pop("id")), parse_datetime("said_at", content.pop("said_at"))
    entry = CODECS[str(content.pop("entry"))].parse(content)
    _check_moment(entry, said_at)
    return JournalRecord(identity, said_at, entry)


def _loads(line: str) -> dict[str, object]:
    try:
        content = json.loads(line)
    except RecursionError:
        raise WrongValueError("too_deep") from None
    if not isinstance(content, dict):
        raise WrongValueError("no_entry")
    return content


def _check_moment(entry: Entry, said_at: dt.datetime) -> None:
    """Refuse a check-in of long after it was written, and a plan or goal of another lifetime."""
    check_in = entry.check_in if isinstance(entry, models.EntryEdited) else entry
    if isinstance(check_in, models.CheckIn) and check_in.at > said_at + AHEAD:
        raise WrongValueError("after_it_was_said", day=check_in.at.date(), said=said_at.date())
    day = (
        entry.date if isinstance(entry, models.PlannedDay) else entry.until if isinstance(entry, models.Goal) else None
    )
    if day and day.year > said_at.year + YEARS_AHEAD:
        raise WrongValueError("reaches_far", day=day, said=said_at.date())


def is_as_written(line: str) -> bool:
    """Return whether a line that can be read is as it was written: its id is the hash of everything else in it."""
    content = _loads(line)
    return content.pop("id", None) == _hash(content)


def _content(new: NewEntry) -> dict[str, object]:
    head = {"entry": _NAMES[type(new.entry)], "said_at": new.said_at.isoformat(timespec="seconds")}
    return head | _body(new.entry)


def _body(entry: Entry | CheckIn) -> dict[str, object]:
    """Return the fields of an entry as JSON; one that it cannot be without is written even where it is null."""
    codec = CODECS[_NAMES[type(entry)]]
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
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:ID_LENGTH]
