"""Apps whose export is a table that a declaration describes: columns, scales, words, and nothing to compute.

One more such app is a declaration here, named in `APPS`, and a row in `docs/imports.md`; an app whose files are more
than that has a module of its own. Each begins with what is known of it and from where.
"""

from __future__ import annotations

from runmood.core.enums import CheckInKind
from runmood.core.i18n import message
from runmood.journal.imports.formats import App, ExportFormat, FieldMapping, SourceScale, scales_from_one

# How We Feel: words and no number. Seen in files that people published.
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

# intervals.icu's wellness table. Seen in its own export; what `sleepQuality` counts from programs that read it.
INTERVALS = ExportFormat(
    source="intervals.icu",
    how_sure="V",
    known_by=frozenset({"date", "mood", "motivation", "fatigue", "restinghr"}),
    items=scales_from_one(4, best_low="mood=mood sleep=sleepquality stress=stress tiredness=fatigue soreness=soreness"),
    date=("date",),
    kind=CheckInKind.MORNING,
    notes=("comments",),
    kept=("motivation", "readiness", "injury"),
    remarks=(message("import.moods.mornings"),),
)

# PMSys' wellness table: higher is better for every item, stress and soreness included. Seen in a public data set.
PMSYS = ExportFormat(
    source="pmsys",
    how_sure="V",
    known_by=frozenset({"effective_time_frame", "mood", "soreness", "stress"}),
    items=scales_from_one(
        5, best_high="mood=mood sleep=sleep_quality stress=stress tiredness=fatigue soreness=soreness"
    ),
    date=("effective_time_frame",),
    kept=("readiness", "sleep_duration_h", "soreness_area"),
    zero_is_silence=True,
)

# Bearable's table, one row a thing that was noted. Known from programs that read it.
BEARABLE = ExportFormat(
    source="bearable",
    how_sure="P",
    known_by=frozenset({"date formatted", "category", "rating/amount"}),
    items=scales_from_one(10, best_high="mood=rating/amount"),
    date=("date formatted",),
    time=("time of day",),
    parts_of_day={"am": CheckInKind.MORNING, "pm": CheckInKind.EVENING, "all day": CheckInKind.EVENING},
    notes=("detail", "notes"),
    only=("category", "mood"),
    sure_above=5,
)

# Mood Patterns: sliders that people name themselves. Seen in the app's own export.
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

# iMoodJournal: hour and minute in columns of their own, mood from 1 to 10 with 10 best.
# How sure: columns and scale as a published data set with its description has them.
IMOODJOURNAL = ExportFormat(
    source="imoodjournal",
    how_sure="P",
    known_by=frozenset({"date", "hour", "minute", "level"}),
    items=scales_from_one(10, best_high="mood=level"),
    date=("date",),
    time=("hour", "minute"),
    notes=("text", "comment"),
    kept=("level text",),
)

# eMoods: depressed and elevated apart, each by how severe; neither says how good a day was.
# How sure: no export was found, only pages that name what it asks. So the file is known by these two columns alone, and
# the person says which column is the mood, if one is, and where its good end lies.
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

APPS = (
    App("How We Feel (CSV)", formats=(HOW_WE_FEEL,)),
    App("intervals.icu (wellness.csv)", formats=(INTERVALS,)),
    App(
        "PMSys (wellness.csv)",
        formats=(PMSYS,),
        without_mood={
            frozenset({"end_date_time", "perceived_exertion"}): message("error.moods.sessions_of_pmsys"),
        },
    ),
    App("Bearable (CSV)", formats=(BEARABLE,)),
    App("Mood Patterns (CSV)", formats=(MOOD_PATTERNS,)),
    App("iMoodJournal (CSV)", formats=(IMOODJOURNAL,)),
    App("eMoods (CSV)", formats=(EMOODS,)),
)
