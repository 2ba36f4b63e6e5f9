"""The words a column may hold where it may not hold any word."""

from __future__ import annotations

LANGUAGES = ("en", "de")
FORMATS = ("fit", "gpx", "tcx", "strava", "garmin", "polar", "samsung", "zepp", "fitbit")
ZONE_SOURCES = ("place", "file", "home")
DISTANCE_SOURCES = ("device", "positions", "hand")
CLIMB_SOURCES = ("device", "barometer", "positions")
STOPS = ("paused", "gap", "standing")
SPLIT_UNITS = ("km", "mile")
EFFORT_SOURCES = ("said", "device", "reckoned")
CHECK_IN_KINDS = ("morning", "evening", "before-run", "after-run")
SCORES = ("mood", "energy", "stress", "tiredness", "soreness", "sleep", "effort", "pain")
OCCASIONS = ("month", "before a plan")
PLANNED = ("run", "rest")
PLAN_SOURCES = ("file", "weekly", "habit")
DAY_KINDS = (
    "planned run",
    "partly met",
    "missed run",
    "planned rest",
    "run on rest",
    "unplanned run",
    "no run",
    "unknown",
)
OUTCOMES = ("run", "check-ins", "set aside", "refused", "known", "opened")
GOAL_KINDS = ("therapeutic", "fitness")
GOAL_STATES = ("open", "reached", "let go")
GOAL_MEASURES = (
    "runs a week",
    "distance a week",
    "rests a week",
    "longest run",
    "evening mood",
    "check-ins a week",
    "other things that helped a week",
)
IN_METRES = ("distance a week", "longest run")  # of the measures
STATES = ("seen", "not seen so far", "not enough evidence yet", "cannot be told apart")
STRENGTHS = ("some evidence", "good evidence")
REMARKS = ("hidden", "not so", "noted")  # what a person may say of a finding
SET_BACK = ("hidden", "not so")  # of them, those with which it stands back

ITEM_KINDS = ("scale", "yes-no", "choice")

# Offered, not enforced: a person may use words of their own.
DAY_TAGS = ("ill", "fever", "injured", "chest pain", "travel", "major event")
RUN_TAGS = (
    "social",
    "alone",
    "mindful",
    "easy",
    "hard",
    "race",
    "long",
    "trail",
    "music",
    "with a therapist",
    "looking forward to it",
    "to get away from something",
)
TAGS = (*DAY_TAGS, *RUN_TAGS)
SKIP_REASONS = (
    "chose to rest",
    "too tired",
    "low mood",
    "unwell",
    "injured",
    "no time",
    "weather",
    "travel",
    "other",
)
HELPED = (
    "running",
    "other exercise",
    "talking to someone",
    "time outside",
    "rest",
    "hobby",
    "therapy or its exercises",
    "breathing or mindfulness",
    "faith",
    "nothing",
    "other",
)
