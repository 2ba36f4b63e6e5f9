"""A file's bytes as rows, and the dates, clocks and numbers that people and programs write in them."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import json
import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from runmood.core.enums import CheckInKind
from runmood.core.errors import CsvFormatError
from runmood.core.models import CheckIn, NewEntry
from runmood.journal.dates import DAY_ENDS, USUAL_CLOCK, default_checkin_kind
from runmood.journal.imports.compare import Export
from runmood.journal.imports.layouts import APPLE_MOMENT, DAYLIO_BACKUP, EXIST, KNOWN, MARK, ExportFormat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from runmood.journal.imports.layouts import FieldMapping


CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?\s*(?:([ap])\s*\.?\s*m\.?)?", re.IGNORECASE)
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)
NOON = 12
BETWEEN_CELLS = ",;\t"
BYTE_ORDER_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands, its cells by column in lower case, none empty, and those beyond the last column."""

    place: str
    cells: dict[str, str]
    beyond: tuple[str, ...] = ()
    last_column: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns as the file writes them, and its rows."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@contextmanager
def at_place(place: str) -> Iterator[None]:
    """Whatever is wrong inside is told with the place where it stands."""
    try:
        yield
    except (ValueError, OverflowError) as fault:
        raise CsvFormatError(f"{place}: {fault}. Nothing was taken; mend it and import again.") from fault


def text_of(content: bytes) -> str:
    """Return the text of a file; CsvFormatError when it is no text."""
    encoding = BYTE_ORDER_MARKS.get(content[:2], "utf-8-sig")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise CsvFormatError("The file is not text in UTF-8. Save it as UTF-8 and import again.") from fault


def sheet_of(text: str) -> Sheet:
    """Return the rows of a CSV text, whichever of comma, semicolon and tab its first line uses most."""
    mark = max(BETWEEN_CELLS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        columns = tuple(name.strip() for name in next(reader, ()))
        rows = tuple(_row(f"Line {reader.line_num}", columns, cells) for cells in reader if any(cells))
    except csv.Error as fault:
        raise CsvFormatError(f"Line {reader.line_num}: {fault}. Nothing was taken.") from fault
    return Sheet(columns, rows)


def _row(place: str, columns: tuple[str, ...], cells: list[str]) -> Row:
    named = zip(columns, cells, strict=False)
    beyond = tuple(cell.strip() for cell in cells[len(columns) :] if cell.strip())
    filled = {name.lower(): cell.strip() for name, cell in named if cell.strip()}
    return Row(place, filled, beyond, columns[-1].lower() if columns else "")


def clock_of(text: str) -> dt.time:
    """Return a time of day written 18:43, 5:01 PM, 6:50 pm or 5:01 p. m."""
    match = CLOCK.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a time like 18:43 or 6:43 pm")
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").lower()
    if half and not 1 <= hour <= NOON:
        raise ValueError(f"{text!r} is not a time of day")
    if half:
        hour = hour % NOON + NOON * (half == "p")
    try:
        return dt.time(hour, minute)
    except ValueError as fault:
        raise ValueError(f"{text!r} is not a time of day") from fault


def date_of(text: str, formats: tuple[str, ...]) -> tuple[dt.datetime, bool]:
    """Return a date, and whether a time of day was written with it."""
    if not formats:
        with suppress(ValueError):
            return dt.datetime.combine(dt.date.fromisoformat(text), dt.time()), False
        with suppress(ValueError):
            return dt.datetime.fromisoformat(text), True
    for form in formats:
        with suppress(ValueError):
            return dt.datetime.strptime(text, form), "%H" in form or "%I" in form  # noqa: DTZ007 - zone comes later
    raise ValueError(f"{text!r} is not a date like {' or '.join(formats) or '2026-02-08'}")


def deduplicate(words: Iterable[str]) -> list[str]:
    """Return the different words, big and small letters alike, as first written."""
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(word.casefold(), word)
    return list(found.values())


def number_of(text: str) -> float:
    """Return a number, written with a point or a comma."""
    if not NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is not a number")
    return float(text.replace(",", "."))


# --- Exports that are no sheets (JSON, and a zip around it) as rows with the layout to read them by.

BACKUP_FILE = "backup.daylio"
LARGEST_BACKUP = 200_000_000  # bytes unpacked; photographs lie beside it and are not opened
APPLE_DAY = replace(APPLE_MOMENT, source="apple-daily-mood", kind=CheckInKind.EVENING, whole_day=True)
APPLE_OTHER = replace(
    APPLE_MOMENT,
    source="apple-state-of-mind",
    remarks=("Some entries call themselves neither daily mood nor momentary emotion; they count by the clock.",),
)
APPLE_KINDS = {
    "daily_mood": APPLE_DAY,
    "dailyMood": APPLE_DAY,
    "momentary_emotion": APPLE_MOMENT,
    "momentaryEmotion": APPLE_MOMENT,
}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Document:
    """An export that is no sheet: its source, and its rows by the layout to read them by."""

    source: str
    parts: tuple[tuple[ExportFormat, list[Row]], ...]


def document_of(text: str, name: str) -> Document:
    """Return the rows of a JSON export, by layout."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise CsvFormatError(f"The file begins like JSON but is not: {fault}. Nothing was taken.") from fault
    if isinstance(document, dict) and "dayEntries" in document:
        return _daylio(document)
    if isinstance(document, dict) and isinstance(document.get("data"), dict) and "stateOfMind" in document["data"]:
        return _apple(document["data"])
    if isinstance(document, list) and document and all(map(_is_of_exist, document)):
        return _exist(document, name)
    raise CsvFormatError(f"This JSON is of no kind that runmood knows. It knows: {KNOWN}.")


def _is_of_exist(each: object) -> bool:
    return isinstance(each, dict) and set(each) == {"date", "value"}


def backup_text(content: bytes) -> str:
    """Return the JSON inside a .daylio backup: a zip around base64 around it."""
    import base64  # noqa: PLC0415 - needed for this format alone, and a check-in should not wait for it
    import io  # noqa: PLC0415 - as above
    import struct  # noqa: PLC0415 - as above
    import zipfile  # noqa: PLC0415 - as above
    import zlib  # noqa: PLC0415 - as above

    broken = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if BACKUP_FILE not in archive.namelist():
                raise CsvFormatError(
                    f"This zip is no Daylio backup: no {BACKUP_FILE} in it. Unpack it and import a file."
                )
            with archive.open(BACKUP_FILE) as member:
                packed = member.read(LARGEST_BACKUP)
        return base64.b64decode(packed, validate=False).decode()
    except (*broken, struct.error) as fault:
        raise CsvFormatError(f"The Daylio backup is damaged ({fault}). Make a fresh one and import it.") from fault


def _daylio(document: dict[str, Any]) -> Document:
    moods, tags = _by_id(document, "customMoods"), _by_id(document, "tags")
    rows = []
    for number, entry in enumerate(_parts(document, "dayEntries"), start=1):
        with at_place(f"Entry {number}"):
            mood = moods.get(_part(entry, "mood", int))
            if mood is None:
                raise ValueError(f"its mood {entry['mood']} is not among the backup's moods")
            cells = {
                "at": _daylio_moment(entry).isoformat(),
                "mood_group": str(_part(mood, "mood_group_id", int)),
                "mood": str(mood.get("custom_name") or ""),
                "tags": MARK.join(_tag_name(tag, tags) for tag in _part(entry, "tags", list, [])),
                "note_title": _part(entry, "note_title", str, ""),
                "note": _part(entry, "note", str, ""),
            }
            rows.append(_entry_row(number, cells))
    return Document(DAYLIO_BACKUP.source, ((DAYLIO_BACKUP, rows),))


def _by_id(document: dict[str, Any], name: str) -> dict[int, dict[str, Any]]:
    with at_place(name):
        return {_part(each, "id", int): each for each in _parts(document, name)}


def _tag_name(tag: object, tags: dict[int, dict[str, Any]]) -> str:
    """Return what the person calls a tag; one that the backup does not name keeps its number."""
    if not isinstance(tag, int):
        raise ValueError(f"its tag {tag!r} is no number")  # noqa: TRY004 - a fault of the file, told with its place
    return str(tags.get(tag, {}).get("name") or f"tag {tag}")


def _daylio_moment(entry: dict[str, Any]) -> dt.datetime:
    """Return the clock of the place and its offset; months count from 0."""
    year, month, day, hour, minute = (_part(entry, name, int) for name in ("year", "month", "day", "hour", "minute"))
    offset = dt.timezone(dt.timedelta(milliseconds=_part(entry, "timeZoneOffset", int)))
    return dt.datetime(year, month + 1, day, hour, minute, tzinfo=offset)


def _apple(data: dict[str, Any]) -> Document:
    by_kind: dict[str, list[Row]] = {}
    layouts: dict[str, ExportFormat] = {}
    for number, entry in enumerate(_parts(data, "stateOfMind"), start=1):
        with at_place(f"Entry {number}"):
            kind = _part(entry, "kind", str, "")
            cells = {
                "start": _part(entry, "start", str),
                "valence": str(entry.get("valence", "")),
                "kind": kind,
                "labels": MARK.join(map(str, _part(entry, "labels", list, []))),
                "associations": MARK.join(map(str, _part(entry, "associations", list, []))),
            }
            layout = APPLE_KINDS.get(kind, APPLE_OTHER)
            layouts[layout.source] = layout
            by_kind.setdefault(layout.source, []).append(_entry_row(number, cells))
    return Document(APPLE_OTHER.source, tuple((layouts[source], rows) for source, rows in by_kind.items()))


def _exist(days: list[dict[str, Any]], name: str) -> Document:
    """Exist writes each thing it follows in a like file of its own; only the file's name tells which."""
    if not name.lower().startswith(("data_mood_2", "data_mood.", "mood.", "mood_2")):
        raise CsvFormatError(
            f"This looks like an export of Exist, but {name} does not say that it holds the mood. "
            "Import data_mood_YEAR.json, under the name it came with."
        )
    rows = []
    for number, day in enumerate(days, start=1):
        with at_place(f"Entry {number}"):
            value = day["value"]
            if isinstance(value, bool) or not isinstance(value, int | float | None):
                raise ValueError(f"its value {value!r} is not a number")  # noqa: TRY004 - a fault of the file
            rows.append(
                _entry_row(number, {"date": _part(day, "date", str), "value": "" if value is None else str(value)})
            )
    return Document(EXIST.source, ((EXIST, rows),))


def _entry_row(number: int, cells: dict[str, str]) -> Row:
    """Return a row as a sheet would have it; half a sign (a lone surrogate) cannot be written in the journal."""
    whole = {name: cell.encode("utf-8", "replace").decode().strip(" \t\r\n") for name, cell in cells.items()}
    return Row(f"Entry {number}", {name: cell for name, cell in whole.items() if cell.strip(MARK)})


def _parts(document: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a list; CsvFormatError when it is none."""
    parts = document.get(name)
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise CsvFormatError(f"In the file, {name} is not a list as it should be. Nothing was taken.")
    yield from parts


def _part(entry: dict[str, Any], name: str, kind: type[T], otherwise: T | None = None) -> T:
    value = entry.get(name, otherwise)
    if value is None:
        value = otherwise
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ValueError(f"its {name} is {value!r}")  # noqa: TRY004 - a fault of the file, told with its place
    return value


# --- Rows of any layout as check-ins: all of them, or none and a sentence that says why.

LIKELY_YEARS = range(1990, 2100)


def read_rows(rows: Iterable[Row], layout: ExportFormat, zone: ZoneInfo) -> Export:
    """Return the check-ins of the rows that tell a mood, in their order, and remarks that count the others."""
    every = tuple(rows)
    of_mood = [row for row in every if _tells_of_mood(row, layout)]
    with_mood = [row for row in of_mood if _answer(row, layout, layout.items["mood"])]
    wanted = [row for row in with_mood if not _is_left_out(row, layout)]
    entries = []
    for row in wanted:
        with at_place(row.place):
            entries.append(_said(row, layout, zone))
    silent = sum(_is_silence(row, layout, asked) for row in of_mood for asked in layout.items.values())
    counted = (
        (len(every) - len(of_mood), "{} of other things than mood {} left out"),
        (len(of_mood) - len(with_mood), "{} without a mood {} left out"),
        (len(with_mood) - len(wanted), "{} with a word that your mapping leaves out {} left out"),
    )
    remarks = [_counted(count, sentence) for count, sentence in counted if count]
    remarks += [f"Answers of 0 are no answers there; left out: {silent}."] * bool(silent)
    return Export(layout.source, tuple(entries), layout.how_sure, (*remarks, *layout.remarks * bool(entries)))


def unknown_words(rows: Iterable[Row], layout: ExportFormat) -> list[str]:
    """Return the words for a mood whose number nobody has said, in the order in which they first occur."""
    asked = layout.items["mood"]
    if asked.scale:
        return []
    said = deduplicate(word for row in rows for word in _words(row, layout))
    return [word for word in said if word.casefold() not in layout.labels]


def fits_a_shorter_scale(rows: Iterable[Row], layout: ExportFormat) -> bool:
    """Whether a source of uncertain scale gives no mood high enough to tell its scale from a shorter one."""
    moods = [row.cells.get(layout.items["mood"].column, "") for row in rows if _tells_of_mood(row, layout)]
    numbers = [number_of(mood) for mood in moods if NUMBER.fullmatch(mood)]
    return layout.sure_above is not None and bool(numbers) and max(numbers) <= layout.sure_above


def cells_of(row: Row, columns: Iterable[str]) -> list[str]:
    """Return the cells that stand under the columns, in their order."""
    return [row.cells[column] for column in columns if column in row.cells]


def _counted(count: int, sentence: str) -> str:
    subject, verb = ("1 row", "was") if count == 1 else (f"{count} rows", "were")
    return sentence.format(subject, verb) + "."


def _tells_of_mood(row: Row, layout: ExportFormat) -> bool:
    if not layout.only:
        return True
    column, word = layout.only
    return row.cells.get(column, "").casefold() == word


def _is_silence(row: Row, layout: ExportFormat, asked: FieldMapping) -> bool:
    return layout.zero_is_silence and row.cells.get(asked.column, "").strip("0.") == "" and asked.column in row.cells


def _answer(row: Row, layout: ExportFormat, asked: FieldMapping) -> str:
    """Return what the row answers to an item; empty where it says nothing."""
    return "" if _is_silence(row, layout, asked) else row.cells.get(asked.column, "")


def _words(row: Row, layout: ExportFormat) -> list[str]:
    cell = row.cells.get(layout.items["mood"].column, "")
    return _split([cell], layout.between_words)


def _split(cells: list[str], mark: str) -> list[str]:
    parts = (part for cell in cells for part in (cell.split(mark) if mark else [cell]))
    return [part.strip() for part in parts if part.strip()]


def _is_left_out(row: Row, layout: ExportFormat) -> bool:
    """Whether the person wants none of the words of this row."""
    if layout.items["mood"].scale:
        return False
    return not [word for word in _words(row, layout) if layout.labels[word.casefold()] is not None]


def _said(row: Row, layout: ExportFormat, zone: ZoneInfo) -> NewEntry:
    at, kind = _moment(row, layout, zone)
    if at.year not in LIKELY_YEARS:
        raise ValueError(f"the year {at.year} cannot be right")
    scores = {item: _score(row, layout, item) for item, asked in layout.items.items() if _answer(row, layout, asked)}
    check_in = CheckIn(
        at=at,
        kind=kind,
        tags=tuple(dict.fromkeys(_split(cells_of(row, layout.tags), layout.between_tags))),
        note="\n".join(_notes(row, layout)) or None,
        source=layout.source,
        raw=_raw(row, layout),
        **scores,  # type: ignore[arg-type]  # the items are fields of a check-in, each a number
    )
    return NewEntry(at, check_in)


def _score(row: Row, layout: ExportFormat, item: str) -> float:
    asked = layout.items[item]
    if asked.scale:
        return asked.scale.of_ten(item, number_of(row.cells[asked.column]))
    worths = [layout.labels[word.casefold()] for word in _words(row, layout)]
    numbers = [worth for worth in worths if worth is not None]
    return round(sum(numbers) / len(numbers), 2)


def _notes(row: Row, layout: ExportFormat) -> list[str]:
    """Return the notes; a comma that was not put in quotes has pushed the rest of the last one beyond the header."""
    if row.beyond and row.last_column not in layout.notes:
        raise ValueError("it has more cells than the header")
    return [*cells_of(row, layout.notes), *row.beyond]


def _raw(row: Row, layout: ExportFormat) -> str:
    """Return the answers as the file has them, such as `mood=2 of 1-4; motivation=1`."""
    answered = [asked for asked in layout.items.values() if _answer(row, layout, asked)]
    scales = {asked.column: f" of {asked.scale}" if asked.scale else "" for asked in answered}
    kept = [column for column in layout.kept if column in row.cells]
    return "; ".join(f"{column}={row.cells[column]}{scales.get(column, '')}" for column in [*scales, *kept])


def _moment(row: Row, layout: ExportFormat, zone: ZoneInfo) -> tuple[dt.datetime, str]:
    """When it was said, by the clock of the place, and which kind of check-in it is."""
    moment, with_clock = date_of(" ".join(cells_of(row, layout.date)), layout.date_formats)
    part = row.cells.get(layout.time, "") if layout.time else ""
    kind = layout.parts_of_day.get(part.casefold(), layout.kind)
    if part and part.casefold() not in layout.parts_of_day:
        moment, with_clock = dt.datetime.combine(moment.date(), clock_of(part)), True
    if not with_clock and not kind:
        raise ValueError("it has no time of day")
    at = _at_the_place(moment, zone).replace(microsecond=0)
    after_midnight = layout.whole_day and dt.timedelta(hours=at.hour, minutes=at.minute) < DAY_ENDS
    if not with_clock or after_midnight:
        at = dt.datetime.combine(at.date(), USUAL_CLOCK[kind], at.tzinfo)
    return at, kind or default_checkin_kind(at)


def _at_the_place(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Give a local time the home's zone and turn a time in UTC to it; any other offset is that of the place."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone)
    return moment if moment.utcoffset() else moment.astimezone(zone)
