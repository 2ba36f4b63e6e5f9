"""The words a column may hold where it may not hold any word."""

FORMATS = ("fit", "gpx", "tcx", "strava", "garmin", "polar", "samsung", "zepp", "fitbit")
ZONE_SOURCES = ("place", "file", "home")
DISTANCE_SOURCES = ("device", "positions")
CHECK_IN_KINDS = ("morning", "evening", "before-run", "after-run")
PLANNED = ("run", "rest")
PLAN_SOURCES = ("file", "habit")
DAY_KINDS = ("planned run", "missed run", "planned rest", "run on rest", "unplanned run", "no run", "unknown")
OUTCOMES = ("run", "set aside", "refused", "known", "opened")
STATES = ("seen", "not seen so far", "not enough evidence yet", "cannot be told apart")
STRENGTHS = ("some evidence", "good evidence")

# Offered, not enforced: a person may use words of their own.
TAGS = ("ill", "injured", "travel", "social", "alone", "mindful", "easy", "hard", "race", "long")
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
