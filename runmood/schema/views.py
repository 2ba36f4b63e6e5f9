"""What is put together when somebody looks: views of the published database that answer the usual questions.

Nothing is kept in them. A suffix says the day a value is of, against the row's own: `_yesterday`, `_tomorrow`, and
`_week_before` for the seven days before this one.
"""

from __future__ import annotations

from runmood.core import enums
from runmood.schema.tables import BEST_EFFORTS, FINDINGS, LAPS, POINTS, RUNS, SPLITS
from runmood.schema.types import Table, day, flag, moment, real, score, text, whole, words

_RUN = text("run_id", "The run.", always=True)
_OF_THE_RUN = (_RUN, day("local_date", "The day it began.", always=True))
_EVENING = "Mood of the evening, as last said; null where it was said late, which findings leave out."

RUNS_WITH_FILES = Table("runs_with_files", "one run with the names of its files", ("run_id",), (
    *(column for column in RUNS.columns if column.name in {
        "run_id", "started_at", "local_date", "local_clock", "name", "distance_m", "moving_s", "pace_s_km", "files",
    }),
    words("file_names", "Its files, the best first: that one gave distance and time."),
))  # fmt: skip

RUN_SPLITS = Table("run_splits", "one kilometre or mile of a run", ("run_id", "unit", "split"), (
    *_OF_THE_RUN,
    *SPLITS.columns[1:],
))  # fmt: skip

RUN_LAPS = Table("run_laps", "one lap of a run, as the watch marked it", ("run_id", "lap"), (
    *_OF_THE_RUN,
    *LAPS.columns[1:],
))  # fmt: skip

_FASTEST = "the fastest stretch of a run for a distance or a time"
RUN_BEST_EFFORTS = Table("run_best_efforts", _FASTEST, ("run_id", "effort"), (
    *_OF_THE_RUN,
    *BEST_EFFORTS.columns[1:],
))  # fmt: skip

_OF_ALL = "the fastest stretch of all runs for a distance or a time, with its run"
BEST_TIMES = Table("best_times", _OF_ALL, ("effort",), (
    *_OF_THE_RUN,
    *BEST_EFFORTS.columns[1:],
))  # fmt: skip

_NEAREST = "one check-in with the run nearest to it in time"
CHECK_INS_NEAR_RUNS = Table("check_ins_near_runs", _NEAREST, ("check_in_id",), (
    text("check_in_id", "The check-in.", always=True),
    moment("felt_at", "The moment it speaks of.", always=True),
    text("local_clock", "The time of day where it was said, as 13:05.", always=True),
    text("utc_offset", "How far that clock was ahead of UTC, as +02:00.", always=True),
    day("local_date", "The day it speaks of.", always=True),
    text("kind", "Which moment of the day.", *enums.CheckInKind, always=True),
    score("mood", "Mood."),
    score("energy", "Energy."),
    flag("late", "Said after its time had passed."),
    text("run_id", "The nearest run, however far; null without any run."),
    text("side", "Whether the check-in was before, during or after that run.", "before", "during", "after"),
    real("apart_s", "How long before the run's start or after its end; 0 during it.", 0),
    real("hours_since_run", "Hours since the last run before it had ended; 0 during a run, null before the first.", 0),
    real("hours_until_run", "Hours until the next run; null after the last.", 0),
    real("distance_m", "How far that run was.", 0),
    real("effort", "How hard that run was, 0 to 10, where the person or their device said.", 0, 10),
))  # fmt: skip

MISSED_DAYS = Table("missed_days", "one planned run that did not happen", ("local_date",), (
    day("local_date", "The day.", always=True),
    whole("weekday", "1 Monday to 7 Sunday.", 1, 7),
    text("skip_reason", "Why, where the person said."),
    text("plan_source", "Where the plan came from.", *enums.PlanSource),
    text("plan_name", "What the plan calls it."),
    real("planned_m", "How far the plan says.", 0),
    real("planned_s", "How long the plan says.", 0),
    flag("excluded", "Whether the day is tagged ill, injured, travel or major event."),
    score("mood_yesterday", f"The day before. {_EVENING}"),
    score("mood_morning", "Mood in the morning; the last one said."),
    score("mood_evening", _EVENING),
    score("mood_tomorrow", f"The day after. {_EVENING}"),
    words("helped", "What the person said helped that day; null where they did not say."),
))  # fmt: skip

_AROUND = "one calendar day with the runs of the days before and the moods around it"
LOAD_AND_MOOD = Table("load_and_mood", _AROUND, ("local_date",), (
    day("local_date", "The day.", always=True),
    text("day_kind", "What was planned and what happened.", *enums.DayKind, always=True),
    flag("excluded", "Whether the day is tagged ill, injured, travel or major event; findings leave it out."),
    real("distance_m", "How far that day; 0 without a run, null where nobody knows.", 0),
    real("moving_s", "Time in motion that day; likewise.", 0),
    real("load", "Effort times minutes that day; likewise.", 0),
    real("distance_yesterday_m", "How far the day before; likewise.", 0),
    real("moving_yesterday_s", "Time in motion the day before; likewise.", 0),
    real("load_yesterday", "Effort times minutes the day before; likewise.", 0),
    real("distance_week_before_m", "How far in the seven days before this one; null unless all are known.", 0),
    real("moving_week_before_s", "Time in motion in those seven days; likewise.", 0),
    real("load_week_before", "Effort times minutes in those seven days; likewise.", 0),
    score("mood_yesterday", f"The day before. {_EVENING}"),
    score("mood_morning", "Mood in the morning, before whatever the day brought."),
    score("mood_evening", _EVENING),
    score("mood_tomorrow", f"The day after. {_EVENING}"),
))  # fmt: skip

SIGNALS = Table("signals", "one number known of one day", ("local_date", "source", "signal"), (
    day("local_date", "The day.", always=True),
    text("signal", "Which: the column of days, or the name of an own question.", always=True),
    real("value", "The number; what nobody knows has no row."),
    text("unit", "Its unit; null for an own question, which may be a scale from 0 to 10 or yes (1) and no (0)."),
    text("source", "Where it comes from.", "runs", "plan", "check-ins", "own question", always=True),
))  # fmt: skip

_OWN = "one check-in with answers to the person's own questions, which have a column each, by name"
CUSTOM_ITEMS = Table("custom_items", _OWN, ("check_in_id",), (
    text("check_in_id", "The check-in.", always=True),
    day("local_date", "The day.", always=True),
    moment("felt_at", "The moment it speaks of.", always=True),
))  # fmt: skip

RESPONSE_RATES = Table("response_rates", "one kind of day and moment of it", ("day_kind", "moment"), (
    text("day_kind", "What was planned and what happened.", *enums.DayKind, always=True),
    text("moment", "Which check-in.", "morning", "evening", always=True),
    whole("days", "How many days of this kind.", 0),
    whole("answered", "On how many of them the person said how they felt.", 0),
    real("share", "Which share that is.", 0, 1),
))  # fmt: skip

FINDINGS_NOW = Table("findings_now", "one question with its latest answer", ("question",), FINDINGS.columns)
RUN_POINTS = Table("points", POINTS.row, ("run_id", "sampled_at"), (_RUN, *POINTS.columns))
