"""Every table, along the way of the data: recordings, runs and days, the journal, imports, findings."""

from __future__ import annotations

from runmood.core import enums
from runmood.core.checkin_items import DAILY, ITEMS
from runmood.schema.types import Table, day, flag, moment, real, score, text, whole, words

RAW_SAMPLES = Table("recorded", "one sample, as the watch wrote it", ("sampled_at",), (
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
    real("height_m", "Height above the sea, evened out; what ascent is counted from."),
    real("distance_m", "How far since the start; never falls.", 0),
    real("speed_m_s", "Speed since the sample before.", 0),
    flag("moving", "Whether the runner moved since the sample before; false inside pauses."),
    text("stop", "Why not: the timer was stopped, nothing was recorded, or the runner stood.", *enums.StopReason),
    real("heart_bpm", "Heart rate; a dropout is null.", 20, 250),
    real("cadence_spm", "Steps of both feet together.", 0),
    real("power_w", "Running power.", 0),
    real("temperature_c", "Temperature at the device."),
    whole("segment", "Counts up where the device stopped recording and went on.", 0),
))  # fmt: skip

MEASURED = (
    real("distance_m", "How far.", 0),
    text(
        "distance_source",
        "Whose distance: the device's, along the positions, or told by hand.",
        *enums.DistanceSource,
    ),
    real("elapsed_s", "From the first sample to the last.", 0),
    real("moving_s", "Time in motion, without pauses and standing still.", 0),
    real("paused_s", "Time with the device's timer stopped.", 0),
    real("gap_s", "Time in which the timer ran and nothing was recorded.", 0),
    real("standing_s", "Time recorded while the runner stood.", 0),
    real("pace_s_km", "Moving time for each kilometre.", 0),
    real("grade_adjusted_pace_s_km", "The pace on the flat that would have asked as much; null without heights.", 0),
    real("ascent_m", "Climbed in all; null without heights.", 0),
    real("descent_m", "Descended in all; null without heights.", 0),
    text("ascent_source", "Whose ascent: the device's, or from its barometer or its positions.", *enums.AscentSource),
    real("heart_bpm", "Mean heart rate; null when under half of the run has it.", 20, 250),
    real("heart_coverage", "Share of the run with heart rate.", 0, 1),
    real("heart_max_bpm", "The highest mean heart rate of any half minute.", 20, 250),
    real("decoupling_percent", "How much less speed for a heartbeat the second half gave; null but for steady runs."),
    real("cadence_spm", "Mean cadence while moving.", 0),
    real("power_w", "Mean running power while moving.", 0),
    real("temperature_c", "Mean temperature at the device."),
)
"""What a run says in numbers: the same for one recording of it and for the run."""

RECORDINGS = Table("recordings", "one run as one file tells it", ("recording_id",), (
    text("recording_id", "The content hash, shortened, and the number of the activity in the file.", always=True),
    text("content_hash", "SHA-256 of the file's decompressed content.", always=True),
    text("format", "The file's format: fit, gpx, tcx or the vendor whose export it is from.", always=True),
    moment("started_at", "First sample.", always=True),
    moment("ended_at", "Last sample.", always=True),
    moment("file_began_at", "First sample by the file itself, whatever you corrected of its day or its beginning."),
    day("local_date", "Calendar day at the place where the run began.", always=True),
    text("local_clock", "Clock at that place when it began, HH:MM.", always=True),
    text("time_zone", "Zone of that place: an IANA name, or UTC+02:00.", always=True),
    text("zone_source", "How the zone is known: the run's place, the file's offset, the home.", *enums.ZoneSource),
    text("status", "Whether it counts as a run; an undecided one waits for you.", *enums.RecordingStatus, always=True),
    text("status_reason", "Why it was taken for a run by guess, waits, or lacks something.", *enums.StatusReason),
    moment("suggested_start_at", "When it probably began, where its clock is off by 1,024 weeks or a year; not used."),
    text("name", "What the file calls the run."),
    text("sub_sport", "What kind of run, as the device says: treadmill, trail, track, street …"),
    text("device", "The device, as the file names it."),
    text("device_serial", "The device's own number, as the file says; null where it says none."),
    text("listed_as", "The missing file that a table's line names, where that line is all there is of the run."),
    *MEASURED,
    real("effort", "How hard, 0 to 10, as the person told the device.", 0, 10),
    whole("samples", "How many samples.", 0),
    flag("partial", "Whether the file was damaged and only a part could be read."),
    real("start_latitude_deg", "Where it began.", -90, 90),
    real("start_longitude_deg", "Where it began.", -180, 180),
    real("end_latitude_deg", "Where it ended.", -90, 90),
    real("end_longitude_deg", "Where it ended.", -180, 180),
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

SPLITS = Table("splits", "one kilometre or mile of a recording", ("recording_id", "unit", "split"), (
    text("recording_id", "The recording.", always=True),
    text("unit", "Kilometres or miles.", *enums.SPLIT_UNITS, always=True),
    whole("split", "Number of the split, from 1.", 1),
    real("distance_m", "How far; the last one is shorter.", 0),
    real("elapsed_s", "How long, pauses included.", 0),
    real("moving_s", "How long in motion.", 0),
    real("pace_s_km", "Moving time for each kilometre.", 0),
    real("grade_adjusted_pace_s_km", "The pace on the flat that would have asked as much.", 0),
    real("ascent_m", "Climbed.", 0),
    real("descent_m", "Descended.", 0),
    real("heart_bpm", "Mean heart rate.", 20, 250),
    real("cadence_spm", "Mean cadence while moving.", 0),
))  # fmt: skip

_FASTEST = "the fastest stretch of a recording for a distance or a time"
BEST_EFFORTS = Table("best_efforts", _FASTEST, ("recording_id", "effort"), (
    text("recording_id", "The recording.", always=True),
    text("effort", "Which: 1 km, 5 km, half marathon, 20 min …", always=True),
    text("given", "What is given, so that the other is the result.", "distance", "time", always=True),
    real("distance_m", "How far.", 0),
    real("elapsed_s", "How long, pauses included.", 0),
    real("pace_s_km", "Elapsed time for each kilometre.", 0),
    real("began_s", "Where in the run it began: elapsed time.", 0),
))  # fmt: skip

_AT_RATE = "how long a recording was at one heart rate"
HEART_RATE_HISTOGRAM = Table("heart_rate_histogram", _AT_RATE, ("recording_id", "heart_bpm"), (
    text("recording_id", "The recording.", always=True),
    whole("heart_bpm", "The heart rate, rounded to a whole beat.", 20, 250),
    real("lasted_s", "How long.", 0),
))  # fmt: skip


NIGHTS = Table("nights", "one night's sleep as one file tells it", ("content_hash", "local_date"), (
    text("content_hash", "SHA-256 of the file's decompressed content.", always=True),
    day("local_date", "The day on which it ended, by the clock of the place, else of the home.", always=True),
    moment("began_at", "When the person fell asleep.", always=True),
    moment("ended_at", "When they woke up and stayed awake for three hours or longer.", always=True),
    real("sleep_h", "How long somebody slept of it, by any device; time in bed and awake is not counted.", 0, 24),
))  # fmt: skip


# Joined tables: runs, days, weeks

RUNS = Table("runs", "one run: one outing, whichever files recorded it", ("run_id",), (
    text("run_id", "The run's start in UTC: 20250504-053112.", always=True),
    moment("started_at", "First sample.", always=True),
    moment("ended_at", "Last sample.", always=True),
    day("local_date", "The day it began, by the clock of the place.", always=True),
    text("local_clock", "Clock of the place when it began, HH:MM; null where the person told of it without."),
    text("time_zone", "Zone of the place: an IANA name, or an offset.", always=True),
    text("zone_source", "How the zone is known.", *enums.ZoneSource),
    text("name", "What a file calls the run."),
    text("sub_sport", "What kind of run: treadmill, trail, track, street …"),
    text("device", "The device that gave the distance."),
    *MEASURED,
    *(real(f"zone_{zone}_s", f"Time in heart rate zone {zone} of 5.", 0) for zone in range(1, 6)),
    real("effort", "How hard, 0 to 10: the person's check-in after the run, else what they told the device.", 0, 10),
    real("effort_estimated", "How hard, estimated from the person's own earlier runs, where nobody rated it.", 0, 10),
    text("effort_source", "Who says how hard: the person, their device, or an estimate.", *enums.EffortSource),
    real("load", "Effort times minutes in motion (session-RPE); null where no effort is known.", 0),
    real("heart_load", "Minutes in each zone times its number (Edwards); null without enough heart rate.", 0),
    words("tags", "The kind of run: what the person marked after it, and what its file says for certain."),
    flag("partial", "Whether every file of it was damaged, so that a part may be missing."),
    text("note", "What the person noted of it where they told of a run without a watch."),
    whole("files", "How many recordings tell of it; 0 where the person told of it and no file does.", 0),
    text("recording_id", "The recording that gave distance and time; null where no file tells of it."),
    text("heart_recording_id", "The recording that gave heart rate; null without one."),
    text("points_recording_id", "The recording that gave the points: the best one with positions, else the best one."),
))  # fmt: skip

RUN_FILES = Table("run_files", "one recording of a run, and why it belongs there", ("recording_id",), (
    text("run_id", "The run.", always=True),
    text("recording_id", "The recording.", always=True),
    text("content_hash", "The file's content.", always=True),
    whole("rank", "1 gave distance, time and points; the others fill what it lacks.", 1),
    whole("stretch", "Files of one stretch overlap in time; stretches follow each other and are added up.", 1),
    text(
        "reason_code",
        "Why it is this run: it is the best file, the person said so, or it was compared with the others.",
        enums.MatchReason.BEST_FILE, enums.MatchReason.SAID_SAME, enums.MatchReason.COMPARED, always=True,
    ),
    real("score", "How well it agrees with the best file; null for that file itself.", 0, 1),
))  # fmt: skip

RUN_PAIRS = Table("run_pairs", "two recordings that may be one run", ("one", "other"), (
    text("one", "A recording.", always=True),
    text("other", "Another recording, later by name.", always=True),
    real("score", "How well time, place, pace and heart rate agree.", 0, 1),
    flag("same_run", "Whether they are taken for one run: by the score, or because the person said so."),
    text(
        "reason_code", "Who says so: the person, or the comparison.",
        enums.MatchReason.SAID_SAME, enums.MatchReason.SAID_DIFFERENT, enums.MatchReason.COMPARED, always=True,
    ),
    real("time_shared", "How much of the shorter's time both share.", 0, 1),
    real("longer_shared", "How much of the longer's recorded time both share.", 0, 1),
    real("clock_shift_s", "How much later the other's clock is, where they agree best; 0 where clocks agree."),
    real("apart_m", "How far apart; null where one has no positions.", 0),
    real("pace_off", "How much slower one is than the other, as a share of its pace; null where one has no pace.", 0),
    real("heart_off_bpm", "How far apart in heart rate; null where one has none.", 0),
    text("cut_copy", "Which of the two is a cut copy of the other, with the same samples and fewer; null: neither."),
))  # fmt: skip

_TO_DECIDE = "one recording of which only the person can say what it is, when it was or how far"
TO_DECIDE = Table("to_decide", _TO_DECIDE, ("recording_id",), (
    text("recording_id", "The recording.", always=True),
    text("content_hash", "The file's content, by which a decision names it.", always=True),
    text("run_id", "The run that it is a file of; null where it waits and counts as none."),
    text("file_name", "The file."),
    text("reason_code", "What is to be decided.", *enums.StatusReason, always=True),
    flag("counts", "Whether it counts as a run until then: taken by guess, or without a distance."),
    day("local_date", "The day it began, by its own clock.", always=True),
    text("local_clock", "Clock of the place when it began, HH:MM.", always=True),
    moment("suggested_start_at", "When it probably began, where its clock is off; not used until you say so."),
    text("name", "What the file calls it."),
    real("distance_m", "How far.", 0),
    real("elapsed_s", "From the first sample to the last.", 0),
    real("moving_s", "Time in motion.", 0),
))  # fmt: skip

RUN_MOODS = Table("run_moods", "one run with the mood before it and after it", ("run_id",), (
    text("run_id", "The run.", always=True),
    day("local_date", "The day it began.", always=True),
    text("local_clock", "Clock of the place when it began, HH:MM; null as in runs."),
    score("mood_before", "Mood as last said in the three hours before the run; a before-run check-in goes first."),
    score("mood_after", "Mood as first said in the three hours after it; an after-run check-in goes first."),
    score("energy_before", "Energy, as mood_before."),
    score("energy_after", "Energy, as mood_after."),
    real("before_run_s", "How long before the run that was said.", 0),
    real("after_run_s", "How long after it.", 0),
    real("distance_m", "How far.", 0),
    real("moving_s", "Time in motion.", 0),
    real("effort", "How hard, 0 to 10, where the person or their device said.", 0, 10),
    words("tags", "The kind of run."),
))  # fmt: skip

DAYS = Table("days", "one calendar day, none left out from the first to the last", ("local_date",), (
    day("local_date", "The day.", always=True),
    whole("weekday", "1 Monday to 7 Sunday.", 1, 7),
    text("day_kind", "What was planned and what happened; unknown: nothing shows it.", *enums.DayKind, always=True),
    text("planned", "What the plan said at 04:00; null without a plan.", *enums.Planned),
    text("plan_source", "Where that plan came from.", *enums.PlanSource),
    text("plan_name", "What the plan calls it."),
    real("planned_m", "How far the plan says.", 0),
    real("planned_s", "How long the plan says.", 0),
    whole("runs", "How many runs; null where it is not known.", 0),
    text(
        "known_from",
        "By what it is known: a run, the person's word, or a later file of the device they run with; null: unknown.",
        *enums.KnownFrom,
    ),
    real(
        "distance_m",
        "How far in all, time that two runs share counted once; 0 without a run, null on an unknown day or where a run "
        "does not tell.",
        0,
    ),
    real("moving_s", "Time in motion in all; as distance_m.", 0),
    real("longest_m", "The day's longest run; null without one.", 0),
    real("ascent_m", "Climbed in all; as distance_m, and null where a run has no heights.", 0),
    real("load", "Effort times minutes; 0 on a day without a run, null on an unknown day or without an effort.", 0),
    flag("load_estimated", "Whether an effort in it is an estimate and not a rating."),
    real("heart_load", "Edwards's load; as load, from heart rate.", 0),
    real("effort", "How hard the day's runs were, weighted by their time; null where nobody said.", 0, 10),
    *(score(column.name, column.meaning) for _, column in DAILY),
    real("sleep_h", "How long they slept in the night that ended on this day, as a device recorded it.", 0, 24),
    words("tags", "All that was marked that day."),
    words("helped", "What the person said helped; null where they were not asked or did not answer."),
    whole("check_ins", "How many check-ins.", 0),
    text("mood_evening_source", "How that evening's mood came: hand, web, or the name of an import."),
    flag("mood_evening_late", "Whether the evening's mood was said late; tests leave such a mood out."),
    text(
        "mood_evening_left_out",
        "Why comparisons leave the evening's mood out: said before the day's last run had ended, or at an hour at "
        "which days with runs and days without are not both rated; null where it counts.",
        *enums.MoodLeftOut,
    ),
    flag("mood_morning_after_run", "Whether the morning's mood was said after a run had begun, and so is no baseline."),
    flag("excluded", "Whether the person was ill, injured, away … that day, by a tag or a reason: tests leave it out."),
    text(
        "care",
        "Whether the person was ill or injured, by their word, a tag or a reason; returning: six weeks after a week of "
        "it or more, with which nothing is compared; recovered: better again after less; null else.",
        *enums.Care,
    ),
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
    whole(
        "ill_or_injured_days", "Days without a run on which the person was ill or injured; their plans do not count.", 0
    ),
    whole("away_days", "Days without a run on which the person was away; likewise.", 0),
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
    real(
        "fitness",
        "Load a day, evened out: the mean of load, that of k days ago weighted by (1 - 1/42)^k, over the unbroken "
        "stretch of days of known load that ends today; it starts anew after a day of unknown load, and is null until "
        "the stretch has 42 days. A line to look at, no verdict.",
        0,
    ),
    real("fatigue", "The same with 1/7 and from 7 days on.", 0),
    real("balance", "Yesterday's fitness less yesterday's fatigue; likewise."),
    real("monotony", "Mean load of 7 days by its spread; null where the spread is nothing.", 0),
    real("strain", "Load of 7 days times monotony; likewise.", 0),
    real("load_ratio", "Load of 7 days by a quarter of that of 28; a line to look at, no verdict.", 0),
))  # fmt: skip


# The journal

CHECK_INS = Table("check_ins", "one check-in: what a person said at a moment", ("check_in_id",), (
    text("check_in_id", "Its name in the journal.", always=True),
    moment("felt_at", "The moment it speaks of.", always=True),
    text("local_clock", "The time of day where it was said, as 13:05.", always=True),
    text("utc_offset", "How far that clock was ahead of UTC, as +02:00.", always=True),
    day("local_date", "The day it speaks of: a day ends at 04:00 for an evening check-in.", always=True),
    text("kind", "Which moment of the day.", *enums.CheckInKind, always=True),
    *(score(item.name, item.meaning) for item in ITEMS),
    text("pain_where", "Where it hurt."),
    words("tags", "What the person marked: ill, injured, travel, social, mindful …"),
    text("skip_reason", "Why a planned run did not happen, in one tap."),
    text("note", "Free words."),
    flag("late", "Said after its time had passed (an evening after the next 04:00); tests of findings leave it out."),
    text("source", "How it came: hand, web, or the name of an import.", always=True),
    flag("edited", "Whether the person changed it afterwards; the journal keeps what stood there before."),
    text("raw", "The answers as another app had them, with its scale: mood=4 of 1-5."),
))  # fmt: skip

PLANS = Table("plans", "one day that had a plan, as it stood at local 04:00 of that day", ("local_date",), (
    day("local_date", "The day.", always=True),
    text("planned", "A run, or rest, which is a plan too; null where it was taken back.", *enums.Planned),
    text("name", "What the plan calls it."),
    real("distance_m", "How far, where the plan says.", 0),
    real("planned_s", "How long, where the plan says.", 0),
    text("plan_source", "A plan for the day, the weekly habit written down, or one learned.", *enums.PlanSource),
    moment("said_at", "When it was written down; null for a learned habit."),
    whole("versions", "How many times the plan of this day was written down before it began.", 0),
))  # fmt: skip

CHECK_IN_HELPED = Table("check_in_helped", "one thing that a person said helped", ("check_in_id", "thing"), (
    text("check_in_id", "The check-in that says so.", always=True),
    day("local_date", "The day.", always=True),
    text("thing", "What helped: running, talking to someone, rest …; nothing is an answer too.", always=True),
))  # fmt: skip

CUSTOM_ANSWERS = Table("custom_answers", "one answer to a question of the person's own", ("check_in_id", "item"), (
    text("check_in_id", "The check-in.", always=True),
    day("local_date", "The day.", always=True),
    moment("felt_at", "The moment it speaks of.", always=True),
    text("item", "The question's name in settings.toml.", always=True),
    real("value", "The answer as a number; yes is 1 and no is 0; null for words."),
    text("words", "The answer in words, where it is one of a choice."),
))  # fmt: skip

GOALS = Table("goals", "one goal, as it stands now", ("goal_id",), (
    text("goal_id", "Its name in the journal.", always=True),
    text("kind", "For how one feels, or for how one runs.", *enums.GoalKind, always=True),
    text("words", "The goal, in the person's own words.", always=True),
    text("measure", "What it is measured by; null where words say enough.", *enums.GoalMeasure),
    real("target", "How much of it; a distance is in metres."),
    day("since", "The day it was set.", always=True),
    day("until", "The day by which; null without one."),
    text("state", "How it stands.", *enums.GoalState, always=True),
    text("review", "What the person wrote when they last looked at it."),
    day("reviewed_on", "The day of that."),
))  # fmt: skip

_FEEDBACK = "one finding of which the person has said something, as it stands now"
FINDING_FEEDBACK = Table("finding_feedback", _FEEDBACK, ("question",), (
    text("question", "The code of the finding, such as B1.", always=True),
    text("word", "Hidden on every page, said not to be so, or with a note for later.", *enums.Feedback, always=True),
    text("note", "Free words."),
    day("said_on", "The day on which it was said.", always=True),
))  # fmt: skip

REFLECTIONS = Table("reflections", "one answer to a question to think about", ("reflection_id",), (
    text("reflection_id", "Its name in the journal.", always=True),
    day("local_date", "The day.", always=True),
    text("occasion", "When it is asked: once a month, or before a plan begins.", *enums.OCCASIONS, always=True),
    text("prompt", "The question as it stood.", always=True),
    text("answer", "Free words.", always=True),
))  # fmt: skip


# Imports: files, batches and notices

SOURCE_FILES = Table("source_files", "one file ever seen, and what became of it", ("file_name",), (
    text("file_name", "Where it is; a file in an archive is named archive.zip/inside.fit.", always=True),
    text("content_hash", "SHA-256 of its decompressed content; null where it could not be read."),
    whole("bytes", "Size on disk; inside an archive, the size unpacked.", 0),
    moment("modified_at", "When it was last changed on disk."),
    text(
        "outcome", "What became of it; known: under another name; undecided: waits for you; opened: archive.",
        *enums.ImportOutcome,
    ),
    text("reason", "Why, in a sentence; null for a run without a fault."),
    day("local_date", "The day of a file that could not be read: by its name or text, else when it was saved."),
    text("format", "The format whose reader read it; null where no reader did."),
    whole("reader_version", "The version of that reader; where the reader has another now, the file is read again.", 1),
    text("correction", "Which of your corrections it was read with (cut, dated, a run); null for none."),
    text("listed_in", "The app whose table told more of it, from the same export; null for none."),
    text("listing", "How full that table's line is, its hash and its sport; of two exports the fuller line counts."),
    text("listed_as", "How that table's line names the file; null where no table does."),
    text("batch", "The import that saw it first.", always=True),
))  # fmt: skip

IMPORTS = Table("imports", "one batch: one time that files were imported", ("batch",), (
    text("batch", "Its name, from the clock: 20250504-211500.", always=True),
    moment("imported_at", "When it began.", always=True),
    text("source", "What was imported: the paths, as given.", always=True),
    whole("files", "Files that it brought, as they stand now.", 0),
    whole("runs", "Files that are a run.", 0),
    whole("said", "Files that are check-ins.", 0),
    whole("slept", "Files that tell of nights.", 0),
    whole("skipped", "Files that are something else: a ride, a course, settings.", 0),
    whole("refused", "Files that could not be read.", 0),
    whole("known", "Files whose content was there already under another name.", 0),
    whole("partial", "Runs read in part from damaged files.", 0),
    whole("undecided", "Files that wait until the person says whether they are a run.", 0),
))  # fmt: skip

NOTICES = Table("notices", "one thing a person should know of a file or a journal line", ("file_name", "number"), (
    text("file_name", "The file.", always=True),
    whole("number", "Counts the notices of one file, from 1.", 1),
    text("code", "Its kind; docs/notices.md lists them.", always=True),
    text("severity", "How grave.", "info", "warning", "error", always=True),
    text("sentence", "What was found and what to do.", always=True),
    text("batch", "The import that found it; null for a line of the journal."),
))  # fmt: skip


# Findings

FINDINGS = Table("findings", "one question on one night, with the answer of that night", ("question", "night"), (
    text("question", "Which question; docs/findings.md lists them.", always=True),
    day("night", "The night it was asked, with nothing later known.", always=True),
    text("state", "The answer.", *enums.FindingState, always=True),
    text("strength", "How sure, where it was seen.", *enums.EvidenceStrength),
    day("since", "The night it was first seen; kept from then on."),
    flag("growing", "Whether tonight's evidence still supports it; false: seen before, no longer growing."),
    real("e_value", "Tonight's evidence: how many times better the effect explains the notes than chance does.", 0),
    real("e_value_best", "The strongest evidence of any night so far.", 0),
    real("effect", "How large, drawn towards zero as far as the evidence is thin; unit as the question says."),
    real("effect_least", "Lower end of the range that holds over all nights at once."),
    real("effect_most", "Upper end of that range."),
    real("estimate", "How large, as the notes alone have it, drawn nowhere; null for questions without a model."),
    real("standard_error", "The standard error of that.", 0),
    real("sigma", "One standard deviation of what is compared, by which people can be put beside each other.", 0),
    real("freedom", "Degrees of freedom behind the standard error.", 0),
    text("facts", "The counts and figures behind the sentence, as JSON; docs/findings.md names them.", always=True),
))  # fmt: skip

_ASKED_OTHERWISE = "a question's latest answer, with something left out or held equal otherwise"
SENSITIVITY = Table("sensitivity", _ASKED_OTHERWISE, ("question", "variant"), (
    text("question", "Which question.", always=True),
    text("variant", "What was done otherwise: without the morning's mood, without nights of poor sleep …", always=True),
    day("night", "The night.", always=True),
    whole("days", "Days that counted.", 0),
    real("e_value", "The evidence, had this been asked.", 0),
    real("effect", "How large, as in findings."),
    real("effect_least", "Lower end of its range."),
    real("effect_most", "Upper end of its range."),
))  # fmt: skip


SCHEMA_VERSION = Table("schema_version", "the one that says which tables and columns there are", ("version",), (
    whole("version", "Raised when a name, a type or a key changes; docs/schema.md lists what.", 1),
    text("runmood", "The version of runmood that made this database.", always=True),
    text("fingerprint", "A hash of all names, types and keys.", always=True),
))  # fmt: skip
