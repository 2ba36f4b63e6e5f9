"""Check-ins as JSON, from a shortcut, an automation or a file: one object, or a list; all of it or nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import TYPE_CHECKING, Any

from runmood.core.enums import SCORES, CheckInKind
from runmood.core.errors import CsvFormatError
from runmood.core.models import CheckIn, NewEntry
from runmood.journal.checkin_items import answer_to
from runmood.journal.codec import CHECK_IN, a_moment, a_text, from_line, to_line
from runmood.journal.dates import USUAL_CLOCK, datetime_on, default_checkin_kind, is_a_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from runmood.core.models import CustomQuestion
    from runmood.journal.codec import Reader


NEEDED = ("mood", "energy")
SOURCE = "json"
CLOCKS_APART = dt.timedelta(minutes=5)  # a phone's clock may be ahead of this one
EXAMPLE = '{"mood": 7, "energy": 6}'


def check_ins_from_json(
    content: bytes, zone: ZoneInfo, items: Sequence[CustomQuestion] = (), now: dt.datetime | None = None
) -> list[NewEntry]:
    """The check-ins of a JSON text, said now; BadSheetError names every fault, and nothing is taken.

    Where there is no now (a file), each has to say its moment, `at`, and counts as said then.
    """
    readers = _readers(zone, items)
    read = [_entry(each, readers, now) for each in _objects(content)]
    several = len(read) > 1
    faults = [
        f"{f'Entry {number}: ' if several else ''}{'; '.join(faults)}"
        for number, (_, faults) in enumerate(read, start=1)
        if faults
    ]
    if faults:
        raise CsvFormatError(f"{'. '.join(faults)}. Nothing was taken; mend it and give it again.")
    return [said for said, _ in read if said]


def _readers(zone: ZoneInfo, items: Sequence[CustomQuestion]) -> dict[str, Reader]:
    """What each item may be: as in a line of the journal, with moments by the home's clock and answers checked."""
    moment: Reader = lambda item, value: _moment(item, value, zone)  # noqa: E731 - a reader like the others
    said: Reader = lambda _, value: tuple(_answers(value, items))  # noqa: E731 - as above
    own = {"at": moment, "said_at": moment, "answers": said}
    return {item: own.get(item, reader) for item, reader in CHECK_IN.items.items() if item != "raw"} | own


def _entry(said: object, readers: dict[str, Reader], now: dt.datetime | None) -> tuple[NewEntry | None, list[str]]:
    """The entry, or all that is wrong with it."""
    if not isinstance(said, dict):
        return None, [f"it is no check-in, which is an object like {EXAMPLE}"]
    given = {str(item): value for item, value in said.items() if value not in (None, "", [], {})}
    strange = ", ".join(sorted(given.keys() - readers.keys()))
    faults = [f"it does not know {strange}; it may hold {', '.join(readers)}"] if strange else []
    faults += [f"the {item} is missing" for item in NEEDED if item not in given]
    faults += ["the moment, at, is missing"] if now is None and "at" not in given else []
    values: dict[str, Any] = {"at": now, "source": SOURCE}
    for item in (each for each in readers if each in given):
        try:
            values[item] = readers[item](item, given[item])
        except (ValueError, TypeError) as fault:
            faults.append(str(fault))
    if faults:
        return None, faults
    if is_a_day(str(given.get("at", ""))):
        values["at"] = datetime_on(values["at"].date(), values.get("kind"), values["at"].tzinfo, now)
    if values["at"] > (now or dt.datetime.now(dt.UTC)) + CLOCKS_APART:
        return None, [f"at is {given['at']}, which lies in the future"]
    said_at = values.pop("said_at", now or values["at"])
    values.setdefault("kind", default_checkin_kind(values["at"]))
    return NewEntry(said_at, CheckIn(**values)), []


def _objects(content: bytes) -> list[object]:
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise CsvFormatError(f"This is no JSON ({fault}). Nothing was taken.") from fault
    objects = document if isinstance(document, list) else [document]
    if not objects:
        raise CsvFormatError("The list holds no check-in. Nothing was taken.")
    return objects


def _moment(item: str, value: object, zone: ZoneInfo) -> dt.datetime:
    """A moment, by the home's clock where it names no offset."""
    text = a_text(item, value)
    local = dt.datetime.fromisoformat(text)
    return a_moment(item, text if local.tzinfo else local.replace(tzinfo=zone).isoformat()).replace(microsecond=0)


def _answers(said: object, items: Sequence[CustomQuestion]) -> Iterator[tuple[str, float | str]]:
    known = {item.name: item for item in items}
    if not isinstance(said, dict):
        raise TypeError("answers is no object of answers by the name of their question")
    for name, answer in said.items():
        if name not in known:
            raise ValueError(f"answers names {name}, which is no question in settings.toml")
        yield name, answer_to(known[name], answer)


# --- Check-ins from our own CSV sheet.

WORDS, LISTS = ("pain_where", "skip_reason", "note"), ("tags", "helped")
COLUMNS = ("date", "time", "kind", *SCORES, *LISTS, *WORDS)
BETWEEN_CELLS = ",;\t"

Row = dict[str, str]


def check_ins_from_csv(content: bytes, zone: ZoneInfo, items: Sequence[CustomQuestion] = ()) -> list[NewEntry]:
    """The check-ins of a sheet with the columns date, kind, mood, and any of time, energy, … note, own questions.

    A row without a time is taken at the usual clock of its kind. They count as said at that moment.
    """
    columns = (*COLUMNS, *(item.name for item in items))
    lines = _lines(content, columns, ("date", "kind", "mood"))
    return [_read(row, number, lambda row: _check_in(row, zone, items)) for number, row in lines]


def _check_in(row: Row, zone: ZoneInfo, items: Sequence[CustomQuestion]) -> NewEntry:
    kind = _one_of(row, "kind", tuple(CheckInKind))
    clock = dt.time.fromisoformat(row["time"]) if "time" in row else USUAL_CLOCK[kind]
    at = dt.datetime.combine(_date(row), clock, zone)
    if "mood" not in row:
        raise ValueError("the mood is empty")
    check_in = CheckIn(
        at=at,
        kind=kind,
        source="csv",
        answers=tuple((item.name, answer_to(item, row[item.name])) for item in items if item.name in row),
        **{item: _number(item, row[item]) for item in SCORES if item in row},  # type: ignore[arg-type]
        **{item: _listed(row[item]) for item in LISTS if item in row},  # type: ignore[arg-type]
        **{item: row[item] for item in WORDS if item in row},  # type: ignore[arg-type]
    )
    from_line(to_line(NewEntry(at, check_in)))  # the journal's own reader is the judge of what may stand in it
    return NewEntry(at, check_in)


def _number(item: str, cell: str) -> float:
    try:
        return float(cell.replace(",", "."))
    except ValueError as fault:
        raise ValueError(f"{item} is {cell!r}, which is no number") from fault


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _read(row: Row, number: int, reader: Callable[[Row], NewEntry]) -> NewEntry:
    try:
        return reader(row)
    except ValueError as fault:
        raise CsvFormatError(f"Line {number}: {fault}. Nothing was taken; mend the line and import again.") from fault


def _lines(content: bytes, columns: tuple[str, ...], needed: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    text = content.decode("utf-8-sig", errors="replace")
    mark = max(BETWEEN_CELLS, key=text.partition("\n")[0].count)
    sheet = csv.DictReader(io.StringIO(text), delimiter=mark)
    header = [name.strip().lower() for name in sheet.fieldnames or ()]
    sheet.fieldnames = header
    strange, lacking = set(header) - set(columns), set(needed) - set(header)
    if strange or lacking:
        faults = [f"does not know {', '.join(sorted(strange))}"] * bool(strange)
        faults += [f"lacks {', '.join(sorted(lacking))}"] * bool(lacking)
        raise CsvFormatError(f"The header {' and '.join(faults)}. It may hold: {', '.join(columns)}.")
    for row in sheet:
        yield sheet.line_num, {name: cell.strip() for name, cell in row.items() if name and cell and cell.strip()}


def _date(row: Row) -> dt.date:
    if "date" not in row:
        raise ValueError("the date is empty")
    try:
        return dt.date.fromisoformat(row["date"])
    except ValueError as fault:
        raise ValueError(f"{row['date']!r} is not a date like 2025-05-04") from fault


def _one_of(row: Row, column: str, choices: tuple[str, ...]) -> str:
    value = row.get(column, "").lower()
    if value not in choices:
        raise ValueError(f"{column} is {value!r}, not one of {', '.join(choices)}")
    return value


# --- A file that holds check-ins: our own CSV, or JSON. What it is shows in its first line, whatever it is called.

OUR_SHEET = frozenset({"date", "kind", "mood"})
OUR_JSON = frozenset({"energy", "kind", "at"})  # with a mood, any of these
LARGEST = 16_000_000  # bytes, far more than a life of check-ins; a track is not read for nothing


def check_ins_from_file(
    content: bytes, name: str, zone: ZoneInfo, items: Sequence[CustomQuestion] = ()
) -> list[NewEntry] | None:
    """The check-ins of a file; null where it is something else; BadSheetError names what is wrong with them."""
    if len(content) > LARGEST:
        return None
    start = content[:4096].decode("utf-8-sig", errors="replace").lstrip()
    try:
        if start[:1] in ("{", "["):
            return check_ins_from_json(content, zone, items) if _is_ours(content) else None
        header = start.partition("\n")[0].lower().replace(";", ",").replace("\t", ",")
        if {cell.strip(' "\r') for cell in header.split(",")} >= OUR_SHEET:
            return check_ins_from_csv(content, zone, items)
    except CsvFormatError as fault:
        raise CsvFormatError(f"{name}: {fault}") from fault
    return None


def _is_ours(content: bytes) -> bool:
    """Whether a JSON text begins with an object that has a mood as our check-ins have it."""
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    first = document[0] if isinstance(document, list) and document else document
    return isinstance(first, dict) and "mood" in first and bool(OUR_JSON & first.keys())
