"""Bearable's table, one row a thing that was noted. Known from programs that read it."""

from __future__ import annotations

from runmood.core.enums import CheckInKind
from runmood.journal.imports.formats import App, ExportFormat, items_from_one

BEARABLE = ExportFormat(
    source="bearable",
    how_sure="P",
    known_by=frozenset({"date formatted", "category", "rating/amount"}),
    items=items_from_one(10, best_high="mood=rating/amount"),
    date=("date formatted",),
    time=("time of day",),
    parts_of_day={"am": CheckInKind.MORNING, "pm": CheckInKind.EVENING, "all day": CheckInKind.EVENING},
    notes=("detail", "notes"),
    only=("category", "mood"),
    sure_above=5,
)
APP = App("Bearable (CSV)", formats=(BEARABLE,))
