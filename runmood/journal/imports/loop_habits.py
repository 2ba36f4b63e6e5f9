"""Loop Habit Tracker's Checkmarks.csv: a column a habit, of which the person says the one that is the mood.

How sure: from the program's own source, which is public. Answers to a question of an amount stand in thousandths; yes,
no, skipped and unanswered days are words. Its zip is opened too.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.enums import CheckInKind
from runmood.core.i18n import message
from runmood.journal.imports.documents import member_text, members_named
from runmood.journal.imports.formats import LEFT_OUT, App, ExportFormat, Part
from runmood.journal.imports.sheets import Sheet

if TYPE_CHECKING:
    from zipfile import ZipFile

    from runmood.journal.imports.sheets import Row


LOOP = ExportFormat(
    source="loop-habits",
    how_sure="P",
    known_by=frozenset(),
    items={},
    date=("date",),
    kind=CheckInKind.EVENING,
    labels=dict.fromkeys(("unknown", "skip", "no", "yes_manual", "yes_auto"), LEFT_OUT),
    asks_columns=True,
    asks_scale=True,
    remarks=(message("import.moods.evenings"),),
)
WORDS = {"UNKNOWN", "SKIP", "NO", "YES_MANUAL", "YES_AUTO"}
THOUSANDTHS = re.compile(r"-?\d+")
CHECKMARKS = "checkmarks.csv"


def _of_sheet(sheet: Sheet) -> tuple[Part, ...] | None:
    """Return the sheet with amounts as they were typed; it is known by its words, as people name the columns."""
    cells = [cell for row in sheet.rows for column, cell in row.cells.items() if column != "date"]
    is_loop = sheet.columns[:1] == ("Date",) and any(cell in WORDS for cell in cells)
    if not is_loop or not all(cell in WORDS or THOUSANDTHS.fullmatch(cell) for cell in cells):
        return None
    columns = tuple(filter(None, sheet.columns))
    return (Part(LOOP, Sheet(columns, tuple(map(_typed, sheet.rows)))),)


def _typed(row: Row) -> Row:
    amounts = {
        column: f"{int(cell) / 1000:g}"
        for column, cell in row.cells.items()
        if column != "date" and THOUSANDTHS.fullmatch(cell)
    }
    return replace(row, cells={**row.cells, **amounts})


def _of_package(archive: ZipFile) -> tuple[str, str] | None:
    """Return the table of all habits, which lies on top of the archive; those of one habit lie in folders."""
    found = [name for name in members_named(archive, CHECKMARKS) if "/" not in name]
    return (found[0], member_text(archive, found[0])) if found else None


APPS = (App("Loop Habit Tracker (Checkmarks.csv or its zip)", (LOOP,), of_sheet=_of_sheet, of_package=_of_package),)
