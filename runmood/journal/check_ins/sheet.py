"""Check-ins from our own CSV sheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING

from runmood.journal.check_ins.own_items import answer_to
from runmood.journal.clock import USUAL_CLOCK
from runmood.journal.faults import BadSheetError
from runmood.journal.lines import from_line, to_line
from runmood.terms.choices import CHECK_IN_KINDS, SCORES
from runmood.terms.entries import CheckIn, Said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from runmood.terms.entries import OwnItem

WORDS, LISTS = ("pain_where", "skip_reason", "note"), ("tags", "helped")
COLUMNS = ("date", "time", "kind", *SCORES, *LISTS, *WORDS)
BETWEEN_CELLS = ",;\t"

Row = dict[str, str]


def check_ins_from_csv(content: bytes, zone: ZoneInfo, items: Sequence[OwnItem] = ()) -> list[Said]:
    """The check-ins of a sheet with the columns date, kind, mood, and any of time, energy, … note, own questions.

    A row without a time is taken at the usual clock of its kind. They count as said at that moment.
    """
    columns = (*COLUMNS, *(item.name for item in items))
    lines = _lines(content, columns, ("date", "kind", "mood"))
    return [_read(row, number, lambda row: _check_in(row, zone, items)) for number, row in lines]


def _check_in(row: Row, zone: ZoneInfo, items: Sequence[OwnItem]) -> Said:
    kind = _one_of(row, "kind", CHECK_IN_KINDS)
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
    from_line(to_line(Said(at, check_in)))  # the journal's own reader is the judge of what may stand in it
    return Said(at, check_in)


def _number(item: str, cell: str) -> float:
    try:
        return float(cell.replace(",", "."))
    except ValueError as fault:
        raise ValueError(f"{item} is {cell!r}, which is no number") from fault


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _read(row: Row, number: int, reader: Callable[[Row], Said]) -> Said:
    try:
        return reader(row)
    except ValueError as fault:
        raise BadSheetError(f"Line {number}: {fault}. Nothing was taken; mend the line and import again.") from fault


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
        raise BadSheetError(f"The header {' and '.join(faults)}. It may hold: {', '.join(columns)}.")
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
