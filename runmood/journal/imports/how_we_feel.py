"""How We Feel: words and no number. Seen in files that people published."""

from __future__ import annotations

from runmood.core.i18n import message
from runmood.journal.imports.formats import App, ExportFormat, FieldMapping

HOW_WE_FEEL = ExportFormat(
    source="how-we-feel",
    how_sure="V",
    known_by=frozenset({"date", "mood", "tags (people)"}),
    items={"mood": FieldMapping("mood")},
    date=("date",),
    between_words=";",
    why_unranked=message("error.moods.unranked.how_we_feel"),
    tags=("mood", "tags (people)", "tags (places)", "tags (events)"),
    between_tags=";",
    notes=("notes", "reflections", "takeaways"),
)
APP = App("How We Feel (CSV)", formats=(HOW_WE_FEEL,))
