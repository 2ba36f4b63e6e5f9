"""Check-ins and plans from a CSV file: read whole or not at all, and a wrong cell is named with its line."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING

from runmood.journal.lines import from_line, to_line
from runmood.terms.choices import CHECK_IN_KINDS, PLANNED
from runmood.terms.notices import CannotBeDoneError
from runmood.terms.records import CheckIn, PlannedDay, Said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from zoneinfo import ZoneInfo

SCORES = ("mood", "energy", "stress", "tiredness", "soreness", "sleep", "effort")
CHECK_IN_COLUMNS = ("date", "time", "kind", *SCORES, "tags", "skip_reason", "note")
PLAN_COLUMNS = ("date", "planned", "distance_km")
USUAL_CLOCK = {"morning": dt.time(8), "evening": dt.time(21), "before-run": dt.time(12), "after-run": dt.time(13)}

Row = dict[str, str]


class BadSheetError(CannotBeDoneError):
    """A CSV file that cannot be taken as it is; the sentence names the line, the fault and what to do."""


def check_ins_from_csv(content: bytes, zone: ZoneInfo) -> list[Said]:
    """The check-ins of a sheet with the columns date, kind, mood, and any of time, energy, … note.

    A row without a time is taken at the usual clock of its kind. They count as said at that moment.
    """
    lines = _lines(content, CHECK_IN_COLUMNS, ("date", "kind", "mood"))
    return [_read(row, number, lambda row: _check_in(row, zone)) for number, row in lines]


def plan_from_csv(content: bytes, said_at: dt.datetime) -> list[Said]:
    """The planned days of a sheet with the columns date, planned (run or rest) and, if known, distance_km."""
    lines = _lines(content, PLAN_COLUMNS, ("date", "planned"))
    return [_read(row, number, lambda row: Said(said_at, _planned_day(row))) for number, row in lines]


def _read(row: Row, number: int, reader: Callable[[Row], Said]) -> Said:
    try:
        return reader(row)
    except ValueError as fault:
        raise BadSheetError(f"Line {number}: {fault}. Nothing was taken; mend the line and import again.") from fault


def _lines(content: bytes, columns: tuple[str, ...], needed: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    """Each line with its number, empty cells left out, once the header has been found good."""
    sheet = csv.DictReader(io.StringIO(content.decode("utf-8-sig", errors="replace")))
    header = [name.strip().lower() for name in sheet.fieldnames or ()]
    sheet.fieldnames = header
    strange, lacking = set(header) - set(columns), set(needed) - set(header)
    if strange or lacking:
        faults = [f"does not know {', '.join(sorted(strange))}"] * bool(strange)
        faults += [f"lacks {', '.join(sorted(lacking))}"] * bool(lacking)
        raise BadSheetError(f"The header {' and '.join(faults)}. It may hold: {', '.join(columns)}.")
    for row in sheet:
        yield sheet.line_num, {name: cell.strip() for name, cell in row.items() if name and cell and cell.strip()}


def _check_in(row: Row, zone: ZoneInfo) -> Said:
    kind = _one_of(row, "kind", CHECK_IN_KINDS)
    clock = dt.time.fromisoformat(row["time"]) if "time" in row else USUAL_CLOCK[kind]
    at = dt.datetime.combine(_date(row), clock, zone)
    if "mood" not in row:
        raise ValueError("the mood is empty")
    scores = {item: float(row[item].replace(",", ".")) for item in SCORES if item in row}
    tags = tuple(tag.strip() for tag in row.get("tags", "").split("|") if tag.strip())
    words = {item: row.get(item) for item in ("skip_reason", "note")}
    said = Said(at, CheckIn(at=at, kind=kind, tags=tags, source="csv", **scores, **words))  # type: ignore[arg-type]
    from_line(to_line(said))  # the journal's own reader is the judge of what may stand in it
    return said


def _planned_day(row: Row) -> PlannedDay:
    distance = float(row["distance_km"].replace(",", ".")) * 1000 if "distance_km" in row else None
    return PlannedDay(_date(row), _one_of(row, "planned", PLANNED), distance)


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
