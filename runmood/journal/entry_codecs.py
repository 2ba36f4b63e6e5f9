"""What a line of each kind of entry beside check-ins is called, and what its fields may hold.

A check-in starts without it: `codec` imports it at the first such line.
"""

from __future__ import annotations

from runmood.core import entries
from runmood.core.enums import OCCASIONS, CareWord, DayWord, Feedback, GoalKind, GoalMeasure, GoalState, Planned
from runmood.journal.fields import (
    EntryCodec,
    one_of,
    parse_amount,
    parse_clock,
    parse_date,
    parse_datetime,
    parse_number,
    parse_positive,
    parse_score,
    parse_text,
    parse_texts,
    parse_weekdays,
)

ENTRIES = {
    "plan": EntryCodec(
        entries.PlannedDay,
        date=parse_date,
        planned=one_of(*Planned, None),
        distance_m=parse_amount,
        planned_s=parse_amount,
        name=parse_text,
        calendar=parse_text,
    ),
    "series": EntryCodec(entries.SeriesJudged, title=parse_text, verdict=one_of("run", "rest", "neither", None)),
    "habit": EntryCodec(entries.Habit, weekdays=parse_weekdays),
    "goal": EntryCodec(
        entries.Goal,
        kind=one_of(*GoalKind),
        words=parse_text,
        measure=one_of(*GoalMeasure),
        target=parse_number,
        until=parse_date,
    ),
    "goal-review": EntryCodec(entries.GoalReview, goal=parse_text, state=one_of(*GoalState), words=parse_text),
    "reflection": EntryCodec(
        entries.Reflection, date=parse_date, occasion=one_of(*OCCASIONS), prompt=parse_text, answer=parse_text
    ),
    "remark": EntryCodec(entries.FindingFeedback, finding=parse_text, word=one_of(*Feedback, None), note=parse_text),
    "measure": EntryCodec(entries.DistanceCorrection, recording=parse_text, distance_m=parse_amount),
    "ran": EntryCodec(
        entries.ReportedRun,
        date=parse_date,
        clock=parse_clock,
        distance_m=parse_positive,
        moving_s=parse_positive,
        effort=parse_score,
        note=parse_text,
    ),
    "day": EntryCodec(entries.ReportedDay, date=parse_date, word=one_of(*DayWord, None)),
    "care": EntryCodec(entries.CareReported, date=parse_date, word=one_of(*CareWord)),
    "run-or-not": EntryCodec(entries.RunJudged, content=parse_text, verdict=one_of("run", "not-a-run")),
    "use": EntryCodec(entries.FileChosen, recording=parse_text),
    "trim": EntryCodec(entries.RunTrimmed, recording=parse_text, from_s=parse_amount, to_s=parse_amount),
    "dated": EntryCodec(entries.RunDated, recording=parse_text, date=parse_date, clock=parse_clock),
    "run-tags": EntryCodec(entries.RunTagged, recording=parse_text, tags=parse_texts),
    "identified": EntryCodec(
        entries.RecordingIdentified, recording=parse_text, file=parse_text, began=parse_datetime, stands_for=parse_text
    ),
    "undo": EntryCodec(entries.ImportReverted, batch=parse_text, content=parse_texts),
    "take": EntryCodec(entries.ImportRestored, content=parse_texts),
    "join": EntryCodec(entries.RunsMerged, one=parse_text, other=parse_text),
    "split": EntryCodec(entries.RunSplit, one=parse_text, other=parse_text),
}
