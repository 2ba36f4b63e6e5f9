"""What is made from all that was recorded and said: runs, days, weeks."""

from __future__ import annotations

from runmood.terms import choices as of
from runmood.terms.columns.recorded import MEASURED
from runmood.terms.frames import Table, day, flag, moment, real, score, text, whole, words

RUNS = Table("runs", "one run: one outing, whichever files recorded it", ("run_id",), (
    text("run_id", "The run's start in UTC: 20250504-053112.", always=True),
    moment("started_at", "First sample.", always=True),
    moment("ended_at", "Last sample.", always=True),
    day("local_date", "The day it began, by the clock of the place.", always=True),
    text("local_clock", "Clock of the place when it began, HH:MM.", always=True),
    text("time_zone", "Zone of the place: an IANA name, or an offset.", always=True),
    text("zone_from", "How the zone is known.", *of.ZONE_SOURCES),
    text("name", "What a file calls the run."),
    text("sub_sport", "What kind of run: treadmill, trail, track, street …"),
    text("device", "The device that gave the distance."),
    *MEASURED,
    *(real(f"zone_{zone}_s", f"Time in heart rate zone {zone} of 5.", 0) for zone in range(1, 6)),
    real("effort", "How hard, 0 to 10: the person's check-in after the run, else what they told the device.", 0, 10),
    real("effort_reckoned", "Where nobody said: how hard, reckoned from the person's own earlier runs.", 0, 10),
    text("effort_from", "Who says how hard: the person, their device, or the reckoning.", *of.EFFORT_SOURCES),
    real("load", "Effort times minutes in motion (session-RPE); null where no effort is known.", 0),
    real("heart_load", "Minutes in each zone times its number (Edwards); null without enough heart rate.", 0),
    words("tags", "The kind of run: what the person marked after it, and what its file says for certain."),
    flag("partial", "Whether every file of it was damaged, so that a part may be missing."),
    whole("files", "How many recordings tell of it.", 1),
    text("recording_id", "The recording that gave distance and time.", always=True),
    text("heart_from", "The recording that gave heart rate; null without one."),
    text("points_from", "The recording that gave the points: the best one with positions, else the best one."),
))  # fmt: skip

RUN_FILES = Table("run_files", "one recording of a run, and why it belongs there", ("recording_id",), (
    text("run_id", "The run.", always=True),
    text("recording_id", "The recording.", always=True),
    text("content_hash", "The file's content.", always=True),
    whole("rank", "1 gave distance, time and points; the others fill what it lacks.", 1),
    text("because", "Why it is this run.", always=True),
    real("score", "How well it agrees with the best file; null for that file itself.", 0, 1),
))  # fmt: skip

RUN_PAIRS = Table("run_pairs", "two recordings that may be one run", ("one", "other"), (
    text("one", "A recording.", always=True),
    text("other", "Another recording, later by name.", always=True),
    real("score", "How well time, place, pace and heart rate agree.", 0, 1),
    flag("same_run", "Whether they are taken for one run: by the score, or because the person said so."),
    text("because", "What agrees and what does not, or that the person said so.", always=True),
))  # fmt: skip

RUN_MOODS = Table("run_moods", "one run with the mood before it and after it", ("run_id",), (
    text("run_id", "The run.", always=True),
    day("local_date", "The day it began.", always=True),
    text("local_clock", "Clock of the place when it began, HH:MM.", always=True),
    score("mood_before", "Mood as last said in the three hours before the run; a before-run check-in goes first."),
    score("mood_after", "Mood as first said in the three hours after it; an after-run check-in goes first."),
    score("energy_before", "Energy, as mood_before."),
    score("energy_after", "Energy, as mood_after."),
    real("before_s", "How long before the run that was said.", 0),
    real("after_s", "How long after it.", 0),
    real("distance_m", "How far.", 0),
    real("moving_s", "Time in motion.", 0),
    real("effort", "How hard, 0 to 10, where the person or their device said.", 0, 10),
    words("tags", "The kind of run."),
))  # fmt: skip

DAYS = Table("days", "one calendar day, none left out from the first to the last", ("local_date",), (
    day("local_date", "The day.", always=True),
    whole("weekday", "1 Monday to 7 Sunday.", 1, 7),
    text("day_kind", "What was planned and what happened; unknown: no import covers it.", *of.DAY_KINDS, always=True),
    text("planned", "What the plan said at 04:00; null without a plan.", *of.PLANNED),
    text("plan_source", "Where that plan came from.", *of.PLAN_SOURCES),
    text("plan_name", "What the plan calls it."),
    real("planned_m", "How far the plan says.", 0),
    real("planned_s", "How long the plan says.", 0),
    whole("runs", "How many runs; null on a day that no import covers yet.", 0),
    real("distance_m", "How far in all; 0 without a run, null on an unknown day or where a run does not tell.", 0),
    real("moving_s", "Time in motion in all; as distance_m.", 0),
    real("longest_m", "The day's longest run; null without one.", 0),
    real("ascent_m", "Climbed in all; as distance_m, and null where a run has no heights.", 0),
    real("load", "Effort times minutes; 0 on a day without a run, null on an unknown day or without an effort.", 0),
    flag("load_reckoned", "Whether an effort in it was reckoned and not said."),
    real("heart_load", "Edwards's load; as load, from heart rate.", 0),
    real("effort", "How hard the day's runs were, weighted by their time; null where nobody said.", 0, 10),
    score("mood_morning", "Mood in the morning; the last one said."),
    score("mood_before_run", "Mood before the day's first run."),
    score("mood_after_run", "Mood after the day's last run."),
    score("mood_evening", "Mood in the evening; the last one said. This is the day's mood in every finding."),
    score("energy_morning", "Energy in the morning."),
    score("energy_evening", "Energy in the evening."),
    score("sleep", "How well they slept before this day."),
    score("stress", "Stress, as said in the evening."),
    score("tiredness", "Tiredness of the body, as last said that day."),
    score("soreness", "Soreness, as last said that day."),
    score("pain", "The most pain said that day."),
    words("tags", "All that was marked that day."),
    words("helped", "What the person said helped; null where they were not asked or did not answer."),
    whole("check_ins", "How many check-ins.", 0),
    text("mood_evening_source", "How that evening's mood came: hand, web, or the name of an import."),
    flag("mood_evening_late", "Whether the evening's mood was said late; tests leave such a mood out."),
    flag("set_apart", "Whether it was tagged ill, fever, injured, travel … and so is left out of tests."),
    text("skip_reason", "Why a planned run did not happen, where the person said."),
))  # fmt: skip

VOLUME = (
    whole("known_days", "Days of which it is known whether there was a run.", 0),
    whole("runs", "How many runs; null when no day is known.", 0),
    real("distance_m", "How far in all, over the days that tell.", 0),
    real("moving_s", "Time in motion in all, over the known days.", 0),
    real("longest_m", "The longest run.", 0),
    real("ascent_m", "Climbed in all, over the days with heights.", 0),
    real("pace_s_km", "Moving time for each kilometre of all.", 0),
    real("load", "Effort times minutes in all; null where a known day's load is not.", 0),
    whole("planned_runs", "Planned runs, done, partly done or missed.", 0),
    whole("missed_runs", "Planned runs that did not happen.", 0),
    whole("planned_rests", "Planned rests, kept or not.", 0),
    score("mood_evening", "Mean of the evenings' mood."),
    score("energy_evening", "Mean of the evenings' energy."),
    whole("rated_evenings", "Evenings with a mood.", 0),
)

WEEKS = Table("weeks", "one ISO week, Monday to Sunday, from the first day to the last", ("week_start",), (
    day("week_start", "Its Monday.", always=True),
    text("iso_week", "Its name: 2025-W18.", always=True),
    *VOLUME,
))  # fmt: skip

MONTHS = Table("months", "one calendar month, from the first day to the last", ("month_start",), (
    day("month_start", "Its first day.", always=True),
    *VOLUME,
))  # fmt: skip

YEARS = Table("years", "one calendar year, from the first day to the last", ("year_start",), (
    day("year_start", "Its first day.", always=True),
    *VOLUME,
))  # fmt: skip

ROLLING = Table("rolling", "one calendar day with what the days up to it came to", ("local_date",), (
    day("local_date", "The day.", always=True),
    *(whole(f"known_days_{span}", f"Known days of the last {span}.", 0, span) for span in (7, 28, 365)),
    *(whole(f"runs_{span}", f"Runs of the last {span} days; null unless all are known.", 0) for span in (7, 28, 365)),
    *(real(f"distance_{span}d_m", f"How far in {span} days; null unless all are known.", 0) for span in (7, 28, 365)),
    *(real(f"moving_{span}d_s", f"Time in motion in {span} days; likewise.", 0) for span in (7, 28, 365)),
    real("longest_30d_m", "The longest run of the last 30 days.", 0),
    real("load_7d", "Load of 7 days; null unless all are known.", 0),
    real("load_28d", "Load of 28 days; null unless all are known.", 0),
    real("fitness", "Load a day, evened out over 42 days of one unbroken stretch; a line to look at, no verdict.", 0),
    real("fatigue", "Load a day, evened out over 7 days; likewise.", 0),
    real("balance", "Yesterday's fitness less yesterday's fatigue; likewise."),
    real("monotony", "Mean load of 7 days by its spread; null where the spread is nothing.", 0),
    real("strain", "Load of 7 days times monotony; likewise.", 0),
    real("load_ratio", "Load of 7 days by a quarter of that of 28; a line to look at, no verdict.", 0),
))  # fmt: skip
