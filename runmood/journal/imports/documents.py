"""Exports that are no sheets (JSON, and a zip around it) as rows with the layout to read them by."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from runmood.journal.faults import BadSheetError
from runmood.journal.imports.layouts import APPLE_MOMENT, DAYLIO_BACKUP, EXIST, KNOWN, MARK, Layout
from runmood.journal.imports.sheets import Row, at_place

if TYPE_CHECKING:
    from collections.abc import Iterator

BACKUP_FILE = "backup.daylio"
LARGEST_BACKUP = 200_000_000  # bytes unpacked; photographs lie beside it and are not opened
APPLE_DAY = replace(APPLE_MOMENT, source="apple-daily-mood", kind="evening", whole_day=True)
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
    parts: tuple[tuple[Layout, list[Row]], ...]


def document_of(text: str, name: str) -> Document:
    """The rows of a JSON export, by layout."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise BadSheetError(f"The file begins like JSON but is not: {fault}. Nothing was taken.") from fault
    if isinstance(document, dict) and "dayEntries" in document:
        return _daylio(document)
    if isinstance(document, dict) and isinstance(document.get("data"), dict) and "stateOfMind" in document["data"]:
        return _apple(document["data"])
    if isinstance(document, list) and document and all(map(_is_of_exist, document)):
        return _exist(document, name)
    raise BadSheetError(f"This JSON is of no kind that runmood knows. It knows: {KNOWN}.")


def _is_of_exist(each: object) -> bool:
    return isinstance(each, dict) and set(each) == {"date", "value"}


def backup_text(content: bytes) -> str:
    """The JSON inside a .daylio backup: a zip around base64 around it."""
    import base64  # noqa: PLC0415 - needed for this format alone, and a check-in should not wait for it
    import io  # noqa: PLC0415 - as above
    import struct  # noqa: PLC0415 - as above
    import zipfile  # noqa: PLC0415 - as above
    import zlib  # noqa: PLC0415 - as above

    broken = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if BACKUP_FILE not in archive.namelist():
                raise BadSheetError(
                    f"This zip is no Daylio backup: no {BACKUP_FILE} in it. Unpack it and import a file."
                )
            with archive.open(BACKUP_FILE) as member:
                packed = member.read(LARGEST_BACKUP)
        return base64.b64decode(packed, validate=False).decode()
    except (*broken, struct.error) as fault:
        raise BadSheetError(f"The Daylio backup is damaged ({fault}). Make a fresh one and import it.") from fault


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
            rows.append(_row(number, cells))
    return Document(DAYLIO_BACKUP.source, ((DAYLIO_BACKUP, rows),))


def _by_id(document: dict[str, Any], name: str) -> dict[int, dict[str, Any]]:
    with at_place(name):
        return {_part(each, "id", int): each for each in _parts(document, name)}


def _tag_name(tag: object, tags: dict[int, dict[str, Any]]) -> str:
    """What the person calls a tag; one that the backup does not name keeps its number."""
    if not isinstance(tag, int):
        raise ValueError(f"its tag {tag!r} is no number")  # noqa: TRY004 - a fault of the file, told with its place
    return str(tags.get(tag, {}).get("name") or f"tag {tag}")


def _daylio_moment(entry: dict[str, Any]) -> dt.datetime:
    """The clock of the place and its offset; months count from 0."""
    year, month, day, hour, minute = (_part(entry, name, int) for name in ("year", "month", "day", "hour", "minute"))
    offset = dt.timezone(dt.timedelta(milliseconds=_part(entry, "timeZoneOffset", int)))
    return dt.datetime(year, month + 1, day, hour, minute, tzinfo=offset)


def _apple(data: dict[str, Any]) -> Document:
    by_kind: dict[str, list[Row]] = {}
    layouts: dict[str, Layout] = {}
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
            by_kind.setdefault(layout.source, []).append(_row(number, cells))
    return Document(APPLE_OTHER.source, tuple((layouts[source], rows) for source, rows in by_kind.items()))


def _exist(days: list[dict[str, Any]], name: str) -> Document:
    """Exist writes each thing it follows in a like file of its own; only the file's name tells which."""
    if not name.lower().startswith(("data_mood_2", "data_mood.", "mood.", "mood_2")):
        raise BadSheetError(
            f"This looks like an export of Exist, but {name} does not say that it holds the mood. "
            "Import data_mood_YEAR.json, under the name it came with."
        )
    rows = []
    for number, day in enumerate(days, start=1):
        with at_place(f"Entry {number}"):
            value = day["value"]
            if isinstance(value, bool) or not isinstance(value, int | float | None):
                raise ValueError(f"its value {value!r} is not a number")  # noqa: TRY004 - a fault of the file
            rows.append(_row(number, {"date": _part(day, "date", str), "value": "" if value is None else str(value)}))
    return Document(EXIST.source, ((EXIST, rows),))


def _row(number: int, cells: dict[str, str]) -> Row:
    """A row as a sheet would have it; half a sign (a lone surrogate) cannot be written in the journal."""
    whole = {name: cell.encode("utf-8", "replace").decode().strip(" \t\r\n") for name, cell in cells.items()}
    return Row(f"Entry {number}", {name: cell for name, cell in whole.items() if cell.strip(MARK)})


def _parts(document: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    """The objects of a list; BadSheetError when it is none."""
    parts = document.get(name)
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise BadSheetError(f"In the file, {name} is not a list as it should be. Nothing was taken.")
    yield from parts


def _part(entry: dict[str, Any], name: str, kind: type[T], otherwise: T | None = None) -> T:
    value = entry.get(name, otherwise)
    if value is None:
        value = otherwise
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ValueError(f"its {name} is {value!r}")  # noqa: TRY004 - a fault of the file, told with its place
    return value
