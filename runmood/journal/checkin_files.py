"""Check-ins from a file or a shortcut: our own JSON and our own CSV; all of a file or nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from functools import reduce
from typing import TYPE_CHECKING, Any

from runmood.core.checkin_items import NAMES, REQUIRED
from runmood.core.checkins import CheckIn, NewEntry
from runmood.core.enums import CheckInKind
from runmood.core.errors import CsvFormatError, WrongValueError, as_message
from runmood.core.i18n import message
from runmood.core.text_encoding import as_text, as_utf8
from runmood.journal.checkin_days import USUAL_CLOCK, datetime_on, default_checkin_kind, is_a_day
from runmood.journal.codec import CHECK_IN, from_line, to_line
from runmood.journal.custom_questions import answer_to
from runmood.journal.fields import parse_datetime, parse_local

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from runmood.core.checkins import CustomQuestion
    from runmood.core.i18n import Message
    from runmood.journal.fields import Parser

    Row = dict[str, str]


LARGEST = 16_000_000  # bytes, far more than a life of check-ins; a track is not read for nothing
MOST = 100_000  # check-ins of a file, three a day for ninety years
MOST_PARTS = 400_000  # objects and lists of a JSON text, a few a check-in; each takes 60 bytes of memory or more
TOLD = 10  # of faulty entries, and of unknown names, so many stand in a sentence
HEAD = 4096  # bytes in which a file shows what it is

JSON_SOURCE = "json"
JSON_KEYS = frozenset({"energy", "kind", "at"})  # with a mood, any of these
CLOCKS_APART = dt.timedelta(minutes=5)  # a phone's clock may be ahead of this one
EXAMPLE = '{"mood": 7, "energy": 6}'

CSV_SOURCE = "csv"
CSV_REQUIRED = ("date", "kind", "mood")
TEXT_COLUMNS, LIST_COLUMNS = ("pain_where", "skip_reason", "note"), ("tags", "helped")
CSV_COLUMNS = ("date", "time", "kind", *NAMES, *LIST_COLUMNS, *TEXT_COLUMNS)
DELIMITERS = ",;\t"


def check_ins_from_file(
    content: bytes, name: str, zone: ZoneInfo, items: Sequence[CustomQuestion] = ()
) -> list[NewEntry] | None:
    """Read the check-ins of a file, which is known by its first line, whatever it is called.

    Args:
        content: the whole file.
        name: what it is called, for a message.
        zone: the home's zone, for moments without an offset.
        items: the person's own questions.

    Returns:
        The check-ins, said at the moments they speak of; None where the file is something else.

    Raises:
        CsvFormatError: the check-ins have faults.
    """
    if len(content) > LARGEST:
        return None
    start = as_text(content[:HEAD]).lstrip()
    try:
        if start[:1] in ("{", "["):
            document = as_utf8(content)
            return check_ins_from_json(document, zone, items) if _is_own_json(document) else None
        header = start.partition("\n")[0].lower().replace(";", ",").replace("\t", ",")
        if {cell.strip(' "\r') for cell in header.split(",")} >= set(CSV_REQUIRED):
            return check_ins_from_csv(as_utf8(content), zone, items)
    except CsvFormatError as fault:
        raise CsvFormatError(message("error.check_ins.in_file", file=name, fault=as_message(fault))) from fault
    return None


def _is_own_json(content: bytes) -> bool:
    """Return whether a JSON text begins with an object that has a mood as our check-ins have it."""
    if content.count(b"{") + content.count(b"[") > MOST_PARTS:
        return False
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    first = document[0] if isinstance(document, list) and document else document
    return isinstance(first, dict) and "mood" in first and bool(JSON_KEYS & first.keys())


def check_ins_from_json(
    content: bytes, zone: ZoneInfo, items: Sequence[CustomQuestion] = (), now: dt.datetime | None = None
) -> list[NewEntry]:
    """Read one check-in, or a list of them, from JSON.

    Args:
        content: the JSON text.
        zone: the home's zone, for moments without an offset.
        items: the person's own questions.
        now: when they are said; None in a file, where each has to name its moment and counts as said then.

    Returns:
        An entry for each check-in, in their order.

    Raises:
        CsvFormatError: the text is no JSON, holds more check-ins than any life, or an entry is faulty; the sentence
            names what is wrong with the first of these.
    """
    parsers = _json_parsers(zone, items)
    objects = _objects(content)
    if len(objects) > MOST:
        raise CsvFormatError(message("error.check_ins.too_many", most=MOST))
    parsed = [_parse_object(each, parsers, now) for each in objects]
    several = len(parsed) > 1
    faulty = [
        _in_entry(number, faults) if several else _together(faults)
        for number, (_, faults) in enumerate(parsed, start=1)
        if faults
    ]
    if faulty:
        faults = reduce(lambda first, then: message("error.check_ins.then", first=first, then=then), faulty[:TOLD])
        if len(faulty) > TOLD:
            faults = message("error.check_ins.and_more", faults=faults, left=len(faulty) - TOLD)
        raise CsvFormatError(message("error.check_ins.faulty", faults=faults))
    return [entry for entry, _ in parsed if entry]


def _in_entry(number: int, faults: Sequence[Message]) -> Message:
    return message("error.check_ins.entry", number=str(number), faults=_together(faults))


def _together(faults: Sequence[Message]) -> Message:
    return reduce(lambda first, also: message("error.check_ins.also", first=first, also=also), faults)


def _listed(names: Collection[str]) -> str:
    """Return names as a sentence lists them, the first of very many."""
    return ", ".join(sorted(names)[:TOLD]) + (", …" if len(names) > TOLD else "")


def _json_parsers(zone: ZoneInfo, items: Sequence[CustomQuestion]) -> dict[str, Parser]:
    """Return the parser of each field: the journal's, with moments by the home's clock and answers checked."""

    def parse_moment(name: str, value: object) -> dt.datetime:
        local = parse_local(name, value)
        with_offset = value if local.tzinfo else local.replace(tzinfo=zone).isoformat()
        return parse_datetime(name, with_offset).replace(microsecond=0)

    def parse_answers(_: str, value: object) -> tuple[tuple[str, float | str], ...]:
        return tuple(_parse_answers(value, items))

    own: dict[str, Parser] = {"at": parse_moment, "said_at": parse_moment, "answers": parse_answers}
    return {name: parser for name, parser in CHECK_IN.parsers.items() if name != "raw"} | own


def _parse_object(
    value: object, parsers: dict[str, Parser], now: dt.datetime | None
) -> tuple[NewEntry | None, list[Message]]:
    """Return the entry, or all that is wrong with it."""
    if not isinstance(value, dict):
        return None, [message("error.check_ins.no_object", example=EXAMPLE)]
    given = {str(name): each for name, each in value.items() if each not in (None, "", [], {})}
    unknown = _listed(given.keys() - parsers.keys())
    faults = [message("error.check_ins.unknown", unknown=unknown, known=", ".join(parsers))] if unknown else []
    faults += [message("error.value.missing", names=name) for name in REQUIRED if name not in given]
    faults += [message("error.check_ins.no_moment")] if now is None and "at" not in given else []
    values: dict[str, Any] = {"at": now, "source": JSON_SOURCE}
    for name in (each for each in parsers if each in given):
        try:
            values[name] = parsers[name](name, given[name])
        except ValueError as fault:
            faults.append(as_message(fault))
    if faults:
        return None, faults
    if is_a_day(str(given.get("at", ""))):
        values["at"] = datetime_on(values["at"].date(), values.get("kind"), values["at"].tzinfo, now)
    if values["at"] > (now or dt.datetime.now(dt.UTC)) + CLOCKS_APART:
        return None, [message("error.check_ins.in_future", at=f"{given['at']}")]
    said_at = values.pop("said_at", now or values["at"])
    values.setdefault("kind", default_checkin_kind(values["at"]))
    return NewEntry(said_at, CheckIn(**values)), []


def _objects(content: bytes) -> list[object]:
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as fault:
        place = {"line": str(fault.lineno), "column": str(fault.colno)}
        raise CsvFormatError(message("error.check_ins.no_json_from", **place)) from fault
    except (ValueError, RecursionError) as fault:
        raise CsvFormatError(message("error.check_ins.no_json")) from fault
    objects = document if isinstance(document, list) else [document]
    if not objects:
        raise CsvFormatError(message("error.check_ins.none"))
    return objects


def _parse_answers(value: object, items: Sequence[CustomQuestion]) -> Iterator[tuple[str, float | str]]:
    known = {item.name: item for item in items}
    if not isinstance(value, dict):
        raise WrongValueError("no_questions", name="answers", value=f"{value}")
    for name, answer in value.items():
        if name not in known:
            raise WrongValueError("no_question", name=name)
        yield name, answer_to(known[name], answer)


def check_ins_from_csv(content: bytes, zone: ZoneInfo, items: Sequence[CustomQuestion] = ()) -> list[NewEntry]:
    """Read the check-ins of a sheet; a row without a time is taken at the usual clock of its kind.

    Args:
        content: the sheet, with the columns date, kind and mood and any other of `CSV_COLUMNS`.
        zone: the home's zone.
        items: the person's own questions, each a column by its name, also where a rating has that name.

    Returns:
        The check-ins, each said at the moment it speaks of.

    Raises:
        CsvFormatError: a column is unknown or lacking, there are more lines than any life has check-ins, or a line is
            faulty; the sentence names it.
    """
    columns = (*CSV_COLUMNS, *(item.name for item in items))
    entries: list[NewEntry] = []
    for number, row in _csv_rows(content, columns):
        if len(entries) == MOST:
            raise CsvFormatError(message("error.check_ins.too_many", most=MOST))
        try:
            entries.append(_parse_row(row, zone, items))
        except ValueError as fault:
            where = {"line": str(number), "fault": as_message(fault)}
            raise CsvFormatError(message("error.check_ins.line", **where)) from fault
    return entries


def _csv_rows(content: bytes, columns: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    """Yield the number of each line and its cells by column, without the empty ones."""
    text = content.decode("utf-8-sig", errors="replace")
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    sheet = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    header = [name.strip().lower() for name in sheet.fieldnames or ()]
    sheet.fieldnames = header
    unknown, lacking = set(header) - set(columns), set(CSV_REQUIRED) - set(header)
    if unknown or lacking:
        faults = [message("error.check_ins.column_unknown", columns=_listed(unknown))] * bool(unknown)
        faults += [message("error.check_ins.column_lacking", columns=", ".join(sorted(lacking)))] * bool(lacking)
        raise CsvFormatError(message("error.check_ins.header", faults=_together(faults), known=", ".join(columns)))
    for row in sheet:
        yield sheet.line_num, {name: cell.strip() for name, cell in row.items() if name and cell and cell.strip()}


def _parse_row(row: Row, zone: ZoneInfo, items: Sequence[CustomQuestion]) -> NewEntry:
    kind = row.get("kind", "").lower()
    if kind not in tuple(CheckInKind):
        raise WrongValueError("not_one_of", name="kind", value=repr(kind), choices=", ".join(CheckInKind))
    clock = _cell_clock(row["time"]) if "time" in row else USUAL_CLOCK[CheckInKind(kind)]
    at = dt.datetime.combine(_cell_date(row), clock, zone)
    if "mood" not in row:
        raise WrongValueError("is_empty", name="mood")
    own = {item.name for item in items}
    scores = {name: _cell_number(name, row[name]) for name in NAMES if name in row and name not in own}
    check_in = CheckIn(
        at=at,
        kind=kind,
        mood=scores["mood"],
        scores=scores,
        source=CSV_SOURCE,
        answers=tuple((item.name, answer_to(item, row[item.name])) for item in items if item.name in row),
        tags=_cell_list(row.get("tags", "")),
        helped=_cell_list(row.get("helped", "")),
        pain_where=row.get("pain_where"),
        skip_reason=row.get("skip_reason"),
        note=row.get("note"),
    )
    from_line(to_line(NewEntry(at, check_in)))  # the journal's own parser is the judge of what may stand in it
    return NewEntry(at, check_in)


def _cell_date(row: Row) -> dt.date:
    if "date" not in row:
        raise WrongValueError("is_empty", name="date")
    try:
        return dt.date.fromisoformat(row["date"])
    except ValueError as fault:
        raise WrongValueError("no_date", value=repr(row["date"])) from fault


def _cell_clock(cell: str) -> dt.time:
    try:
        return dt.time.fromisoformat(cell)
    except ValueError as fault:
        raise WrongValueError("no_clock", value=repr(cell)) from fault


def _cell_number(name: str, cell: str) -> float:
    try:
        return float(cell.replace(",", "."))
    except ValueError as fault:
        raise WrongValueError("no_number", name=name, value=repr(cell)) from fault


def _cell_list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())
