"""Mood Patterns: sliders that people name themselves. Seen in the app's own export."""

from __future__ import annotations

from runmood.journal.imports.formats import App, ExportFormat, SourceScale

MOOD_PATTERNS = ExportFormat(
    source="mood-patterns",
    how_sure="V",
    known_by=frozenset({"alarm", "date", "activity"}),
    items={},
    date=("date",),
    tags=("activity",),
    asks_columns=True,
    asks_scale=True,
    usual_scale=SourceScale(0, 100, "high"),
)
APP = App("Mood Patterns (CSV)", formats=(MOOD_PATTERNS,))
