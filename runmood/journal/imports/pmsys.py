"""PMSys' wellness table: higher is better for every item, stress and soreness included. Seen in a public data set."""

from __future__ import annotations

from runmood.core.i18n import message
from runmood.journal.imports.formats import App, ExportFormat, items_from_one

PMSYS = ExportFormat(
    source="pmsys",
    how_sure="V",
    known_by=frozenset({"effective_time_frame", "mood", "soreness", "stress"}),
    items=items_from_one(
        5, best_high="mood=mood sleep=sleep_quality stress=stress tiredness=fatigue soreness=soreness"
    ),
    date=("effective_time_frame",),
    kept=("readiness", "sleep_duration_h", "soreness_area"),
    zero_is_silence=True,
)
APP = App(
    "PMSys (wellness.csv)",
    formats=(PMSYS,),
    without_mood={
        frozenset({"end_date_time", "perceived_exertion"}): message("error.moods.sessions_of_pmsys"),
    },
)
