"""iMoodJournal: hour and minute in columns of their own, mood from 1 to 10 with 10 best.

How sure: columns and scale as a published data set with its description has them.
"""

from __future__ import annotations

from runmood.journal.imports.formats import App, ExportFormat, items_from_one

IMOODJOURNAL = ExportFormat(
    source="imoodjournal",
    how_sure="P",
    known_by=frozenset({"date", "hour", "minute", "level"}),
    items=items_from_one(10, best_high="mood=level"),
    date=("date",),
    time=("hour", "minute"),
    notes=("text", "comment"),
    kept=("level text",),
)
APP = App("iMoodJournal (CSV)", formats=(IMOODJOURNAL,))
