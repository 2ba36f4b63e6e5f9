"""eMoods: depressed and elevated apart, each by how severe; neither says how good a day was.

How sure: no export was found, only pages that name what it asks. So the file is known by these two columns alone, and
the person says which column is the mood, if one is, and where its good end lies.
"""

from __future__ import annotations

from runmood.journal.imports.formats import App, ExportFormat, SourceScale

EMOODS = ExportFormat(
    source="emoods",
    how_sure="U",
    known_by=frozenset({"date", "depressed", "elevated"}),
    items={},
    date=("date",),
    asks_columns=True,
    asks_scale=True,
    usual_scale=SourceScale(0, 3, "low"),
)
APP = App("eMoods (CSV)", formats=(EMOODS,))
