"""intervals.icu's wellness table. Seen in its own export; what `sleepQuality` counts from programs that read it."""

from __future__ import annotations

from runmood.core.enums import CheckInKind
from runmood.core.i18n import message
from runmood.journal.imports.formats import App, ExportFormat, items_from_one

INTERVALS = ExportFormat(
    source="intervals.icu",
    how_sure="V",
    known_by=frozenset({"date", "mood", "motivation", "fatigue", "restinghr"}),
    items=items_from_one(4, best_low="mood=mood sleep=sleepquality stress=stress tiredness=fatigue soreness=soreness"),
    date=("date",),
    kind=CheckInKind.MORNING,
    notes=("comments",),
    kept=("motivation", "readiness", "injury"),
    remarks=(message("import.moods.mornings"),),
)
APP = App("intervals.icu (wellness.csv)", formats=(INTERVALS,))
