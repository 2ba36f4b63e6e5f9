"""How We Feel: words and no number. Seen in files that people published."""

from __future__ import annotations

from runmood.journal.imports.formats import ExportFormat, FieldMapping
from runmood.journal.imports.registry import App

HOW_WE_FEEL = ExportFormat(
    source="how-we-feel",
    how_sure="V",
    known_by=frozenset({"date", "mood", "tags (people)"}),
    items={"mood": FieldMapping("mood")},
    date=("date",),
    between_words=";",
    why_unranked="How We Feel keeps words and no number, and no list of what words are worth may be shipped here.",
    tags=("mood", "tags (people)", "tags (places)", "tags (events)"),
    between_tags=";",
    notes=("notes", "reflections", "takeaways"),
)
APP = App("How We Feel (CSV)", formats=(HOW_WE_FEEL,))
