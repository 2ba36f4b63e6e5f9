"""Every table and every column: name, type, range, meaning, each on one line.

The frames that rooms hand to each other, the tables in DuckDB with their comments, and `docs/columns.md` are all
made from here. Units stand in the names (`frames.UNITS`). Absent is null: never 0, never an empty word.
"""

from __future__ import annotations

from runmood.terms import choices as of
from runmood.terms.frames import Table, day, flag, moment, real, score, text, whole, words

# --- from a watch file -------------------------------------------------------------------------------------

RECORDED = Table("recorded", "one sample, as the watch wrote it", ("sampled_at",), (
    moment("sampled_at", "When the sample was taken."),
    real("latitude_deg", "North is positive.", -90, 90),
    real("longitude_deg", "East is positive.", -180, 180),
    real("altitude_m", "Height above the sea, as recorded."),
    real("distance_m", "How far since the start, by the device's own count."),
    real("speed_m_s", "Speed by the device."),
    real("heart_bpm", "Heart rate."),
    real("cadence_spm", "Steps of both feet together."),
    real("power_w", "Running power."),
    real("temperature_c", "Temperature at the device."),
    whole("segment", "Counts up where the device stopped recording and went on: a pause, a new track segment.", 0),
))  # fmt: skip

POINTS = Table("points", "one sample of a run, cleaned, in order of time", ("sampled_at",), (
    moment("sampled_at", "When the sample was taken.", always=True),
    real("elapsed_s", "Since the run's first sample.", 0),
    real("latitude_deg", "North is positive.", -90, 90),
    real("longitude_deg", "East is positive.", -180, 180),
    real("altitude_m", "Height above the sea, as recorded."),
    real("distance_m", "How far since the start; never falls.", 0),
    real("speed_m_s", "Speed since the sample before.", 0),
    flag("moving", "Whether the runner moved since the sample before; false inside pauses."),
    real("heart_bpm", "Heart rate; a dropout is null.", 20, 250),
    real("cadence_spm", "Steps of both feet together.", 0),
    real("power_w", "Running power.", 0),
    real("temperature_c", "Temperature at the device."),
    whole("segment", "Counts up where the device stopped recording and went on.", 0),
))  # fmt: skip

RECORDINGS = Table("recordings", "one run as one file tells it", ("recording_id",), (
    text("recording_id", "The content hash, shortened, and the number of the activity in the file.", always=True),
    text("content_hash", "SHA-256 of the file's decompressed content.", always=True),
    text("format", "The file's format.", *of.FORMATS, always=True),
    moment("started_at", "First sample.", always=True),
    moment("ended_at", "Last sample.", always=True),
    day("local_date", "Calendar day at the place where the run began.", always=True),
    text("local_clock", "Clock at that place when it began, HH:MM.", always=True),
    text("time_zone", "Zone of that place: an IANA name, or UTC+02:00.", always=True),
    text("zone_from", "How the zone is known: the run's place, the file's offset, the home's zone.", *of.ZONE_SOURCES),
    text("name", "What the file calls the run."),
    text("sub_sport", "What kind of run, as the device says: treadmill, trail, track, street …"),
    text("device", "The device, as the file names it."),
    real("distance_m", "How far.", 0),
    text("distance_from", "Whose distance: the device's, or along the positions.", *of.DISTANCE_SOURCES),
    real("elapsed_s", "From the first sample to the last.", 0),
    real("moving_s", "Time in motion, without pauses and standing still.", 0),
    real("pace_s_km", "Moving time for each kilometre.", 0),
    real("heart_bpm", "Mean heart rate; null when under half of the run has it.", 20, 250),
    real("heart_coverage", "Share of the run with heart rate.", 0, 1),
    real("cadence_spm", "Mean cadence while moving.", 0),
    real("effort", "How hard, 0 to 10, as the person told the device.", 0, 10),
    whole("samples", "How many samples.", 0),
    flag("partial", "Whether the file was damaged and only a part could be read."),
    real("start_latitude_deg", "Where it began.", -90, 90),
    real("start_longitude_deg", "Where it began.", -180, 180),
))  # fmt: skip

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
    real("distance_m", "How far.", 0),
    text("distance_from", "Whose distance: the device's, or along the positions.", *of.DISTANCE_SOURCES),
    real("elapsed_s", "From the first sample to the last.", 0),
    real("moving_s", "Time in motion.", 0),
    real("pace_s_km", "Moving time for each kilometre.", 0),
    real("heart_bpm", "Mean heart rate; from another file of the same run where the first has none.", 20, 250),
    real("cadence_spm", "Mean cadence while moving.", 0),
    real("effort", "How hard, 0 to 10: the person's check-in after the run, else what they told the device.", 0, 10),
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

LAPS = Table("laps", "one lap of a recording, as the watch marked it", ("recording_id", "lap"), (
    text("recording_id", "The recording.", always=True),
    whole("lap", "Number of the lap, from 1.", 1),
    moment("started_at", "When it began."),
    real("elapsed_s", "How long, pauses included.", 0),
    real("moving_s", "How long by the device's timer.", 0),
    real("distance_m", "How far.", 0),
    real("heart_bpm", "Mean heart rate by the device.", 20, 250),
))  # fmt: skip

SOURCE_FILES = Table("source_files", "one file ever seen, and what became of it", ("file_name",), (
    text("file_name", "Where it is; a file in an archive is named archive.zip/inside.fit.", always=True),
    text("content_hash", "SHA-256 of its decompressed content; null where it could not be read."),
    whole("bytes", "Size on disk; inside an archive, the size unpacked.", 0),
    moment("modified_at", "When it was last changed on disk."),
    text("outcome", "What became of it; known: its content came under another name; opened: an archive.", *of.OUTCOMES),
    text("reason", "Why, in a sentence; null for a run without a fault."),
    text("batch", "The import that saw it first.", always=True),
))  # fmt: skip

IMPORTS = Table("imports", "one batch: one time that files were imported", ("batch",), (
    text("batch", "Its name, from the clock: 20250504-211500.", always=True),
    moment("imported_at", "When it began.", always=True),
    text("source", "What was imported: the paths, as given.", always=True),
    whole("files", "Files seen for the first time.", 0),
    whole("runs", "Files that are a run.", 0),
    whole("set_aside", "Files that are something else: a ride, a course, settings.", 0),
    whole("refused", "Files that could not be read.", 0),
    whole("known", "Files whose content was there already under another name.", 0),
    whole("partial", "Runs read in part from damaged files.", 0),
))  # fmt: skip

NOTICES = Table("notices", "one thing a person should know of a file or a journal line", ("file_name", "number"), (
    text("file_name", "The file.", always=True),
    whole("number", "Counts the notices of one file, from 1.", 1),
    text("code", "Its kind; docs/notices.md lists them.", always=True),
    text("severity", "How grave.", "info", "warning", "error", always=True),
    text("sentence", "What was found and what to do.", always=True),
    text("batch", "The import that found it; null for a line of the journal."),
))  # fmt: skip

# --- from the person ---------------------------------------------------------------------------------------

CHECK_INS = Table("check_ins", "one check-in: what a person said at a moment", ("check_in_id",), (
    text("check_in_id", "Its name in the journal.", always=True),
    moment("felt_at", "The moment it speaks of.", always=True),
    day("local_date", "The day it speaks of: a day ends at 04:00 for an evening check-in.", always=True),
    text("kind", "Which moment of the day.", *of.CHECK_IN_KINDS, always=True),
    score("mood", "0 very bad, 5 neither, 10 very good."),
    score("energy", "0 none, 10 full."),
    score("stress", "0 not at all, 10 as much as can be."),
    score("tiredness", "Of the body; 0 not at all, 10 as much as can be."),
    score("soreness", "0 not at all, 10 as much as can be."),
    score("sleep", "How well they slept last night; 0 very badly, 10 very well."),
    score("effort", "How hard the run was; 0 no effort, 10 as hard as they can go."),
    words("tags", "What the person marked: ill, injured, travel, social, mindful …"),
    text("skip_reason", "Why a planned run did not happen, in one tap."),
    text("note", "Free words."),
    flag("late", "Said after its time had passed (an evening after the next 04:00); tests of findings leave it out."),
    text("source", "How it came: hand, web, or the name of an import.", always=True),
    text("raw", "The answers as another app had them, with its scale: mood=4 of 1-5."),
))  # fmt: skip

PLANS = Table("plans", "one day that had a plan, as it stood at local 04:00 of that day", ("local_date",), (
    day("local_date", "The day.", always=True),
    text("planned", "A run, or rest, which is a plan too.", *of.PLANNED, always=True),
    real("distance_m", "How far, where the plan says.", 0),
    text("plan_source", "A plan for the day, or the weekly habit written down before.", *of.PLAN_SOURCES, always=True),
    moment("said_at", "When it was written down.", always=True),
))  # fmt: skip

# --- joined ------------------------------------------------------------------------------------------------

DAYS = Table("days", "one calendar day, none left out from the first to the last", ("local_date",), (
    day("local_date", "The day.", always=True),
    whole("weekday", "1 Monday to 7 Sunday.", 1, 7),
    text("day_kind", "What was planned and what happened; unknown: no import covers it.", *of.DAY_KINDS, always=True),
    text("planned", "What the plan said at 04:00; null without a plan.", *of.PLANNED),
    text("plan_source", "Where that plan came from.", *of.PLAN_SOURCES),
    whole("runs", "How many runs; null on a day that no import covers yet.", 0),
    real("distance_m", "How far in all; 0 on a day without a run, null on an unknown day.", 0),
    real("moving_s", "Time in motion in all; as distance_m.", 0),
    real("longest_m", "The day's longest run; null without one.", 0),
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
    whole("check_ins", "How many check-ins.", 0),
    flag("mood_evening_late", "Whether the evening's mood was said late; tests leave such a mood out."),
    flag("set_apart", "Whether the day is tagged ill, injured, travel or major event; tests leave such a day out."),
    text("skip_reason", "Why a planned run did not happen, where the person said."),
))  # fmt: skip

WEEKS = Table("weeks", "one ISO week, Monday to Sunday, from the first day to the last", ("week_start",), (
    day("week_start", "Its Monday.", always=True),
    text("iso_week", "Its name: 2025-W18.", always=True),
    whole("known_days", "Days of which it is known whether there was a run.", 0, 7),
    whole("runs", "How many runs; null when no day is known.", 0),
    real("distance_m", "How far in all, over the known days.", 0),
    real("moving_s", "Time in motion in all, over the known days.", 0),
    real("longest_m", "The week's longest run.", 0),
    real("pace_s_km", "Moving time for each kilometre of the week.", 0),
    whole("planned_runs", "Planned runs, done or missed.", 0),
    whole("missed_runs", "Planned runs that did not happen.", 0),
    whole("planned_rests", "Planned rests, kept or not.", 0),
    score("mood_evening", "Mean of the evenings' mood."),
    score("energy_evening", "Mean of the evenings' energy."),
    whole("rated_evenings", "Evenings with a mood.", 0, 7),
))  # fmt: skip

FINDINGS = Table("findings", "one question on one night, with the answer of that night", ("question", "night"), (
    text("question", "Which question; docs/findings.md lists them.", always=True),
    day("night", "The night it was asked, with nothing later known.", always=True),
    text("state", "The answer.", *of.STATES, always=True),
    text("strength", "How sure, where it was seen.", *of.STRENGTHS),
    day("since", "The night it was first seen; kept from then on."),
    flag("growing", "Whether tonight's evidence still supports it; false: seen before, no longer growing."),
    real("e_value", "Tonight's evidence: how many times better the effect explains the notes than chance does.", 0),
    real("e_value_best", "The strongest evidence of any night so far.", 0),
    real("effect", "How large, drawn towards zero as far as the evidence is thin; unit as the question says."),
    real("effect_least", "Lower end of the range that holds over all nights at once."),
    real("effect_most", "Upper end of that range."),
    text("facts", "The counts and figures behind the sentence, as JSON; docs/findings.md names them.", always=True),
))  # fmt: skip

TABLES = (
    RUNS, RUN_FILES, RUN_PAIRS, RECORDINGS, LAPS, POINTS, CHECK_INS, PLANS, DAYS, WEEKS, FINDINGS, NOTICES,
    SOURCE_FILES, IMPORTS,
)  # fmt: skip
