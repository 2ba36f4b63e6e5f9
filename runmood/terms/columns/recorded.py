"""What a watch recorded: samples, and what one file says of a run."""

from __future__ import annotations

from runmood.terms import choices as of
from runmood.terms.frames import Table, day, flag, moment, real, text, whole

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
    real("height_m", "Height above the sea, evened out; what ascent is counted from."),
    real("distance_m", "How far since the start; never falls.", 0),
    real("speed_m_s", "Speed since the sample before.", 0),
    flag("moving", "Whether the runner moved since the sample before; false inside pauses."),
    text("stop", "Why not: the timer was stopped, nothing was recorded, or the runner stood.", *of.STOPS),
    real("heart_bpm", "Heart rate; a dropout is null.", 20, 250),
    real("cadence_spm", "Steps of both feet together.", 0),
    real("power_w", "Running power.", 0),
    real("temperature_c", "Temperature at the device."),
    whole("segment", "Counts up where the device stopped recording and went on.", 0),
))  # fmt: skip

MEASURED = (
    real("distance_m", "How far.", 0),
    text("distance_from", "Whose distance: the device's, along the positions, or told by hand.", *of.DISTANCE_SOURCES),
    real("elapsed_s", "From the first sample to the last.", 0),
    real("moving_s", "Time in motion, without pauses and standing still.", 0),
    real("paused_s", "Time with the device's timer stopped.", 0),
    real("gap_s", "Time in which the timer ran and nothing was recorded.", 0),
    real("standing_s", "Time recorded while the runner stood.", 0),
    real("pace_s_km", "Moving time for each kilometre.", 0),
    real("graded_pace_s_km", "The pace on the flat that would have asked as much; null without heights.", 0),
    real("ascent_m", "Climbed in all; null without heights.", 0),
    real("descent_m", "Descended in all; null without heights.", 0),
    text("climb_from", "Whose ascent: the device's, or from its barometer or its positions.", *of.CLIMB_SOURCES),
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
    *MEASURED,
    real("effort", "How hard, 0 to 10, as the person told the device.", 0, 10),
    whole("samples", "How many samples.", 0),
    flag("partial", "Whether the file was damaged and only a part could be read."),
    real("start_latitude_deg", "Where it began.", -90, 90),
    real("start_longitude_deg", "Where it began.", -180, 180),
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
    text("unit", "Kilometres or miles.", *of.SPLIT_UNITS, always=True),
    whole("split", "Number of the split, from 1.", 1),
    real("distance_m", "How far; the last one is shorter.", 0),
    real("elapsed_s", "How long, pauses included.", 0),
    real("moving_s", "How long in motion.", 0),
    real("pace_s_km", "Moving time for each kilometre.", 0),
    real("graded_pace_s_km", "The pace on the flat that would have asked as much.", 0),
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

HEART_TIMES = Table("heart_times", "how long a recording was at one heart rate", ("recording_id", "heart_bpm"), (
    text("recording_id", "The recording.", always=True),
    whole("heart_bpm", "The heart rate, rounded to a whole beat.", 20, 250),
    real("lasted_s", "How long.", 0),
))  # fmt: skip
