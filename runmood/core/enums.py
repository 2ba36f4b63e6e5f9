"""The words a column may hold where it may not hold any word."""

from __future__ import annotations

from enum import StrEnum


class DayKind(StrEnum):
    """What was planned for a calendar day and what happened on it."""

    PLANNED_RUN = "planned_run"
    PARTLY_MET = "partly_met"
    MISSED_RUN = "missed_run"
    PLANNED_REST = "planned_rest"
    RUN_ON_REST = "run_on_rest"
    UNPLANNED_RUN = "unplanned_run"
    NO_RUN = "no_run"
    UNKNOWN = "unknown"


class ImportOutcome(StrEnum):
    """What became of a source file."""

    RUN = "run"
    CHECK_INS = "check_ins"
    SKIPPED = "skipped"
    REFUSED = "refused"
    KNOWN = "known"
    OPENED = "opened"


class FindingState(StrEnum):
    """How a question stands on a night; `confounded`: a rival explanation forbids an answer."""

    SEEN = "seen"
    NOT_SEEN = "not_seen"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"
    CONFOUNDED = "confounded"


class EvidenceStrength(StrEnum):
    """How sure a finding is, where it is seen."""

    SOME = "some"
    GOOD = "good"


LANGUAGES = ("en", "de")
FORMATS = ("fit", "gpx", "tcx", "strava", "garmin", "polar", "samsung", "zepp", "fitbit")
ZONE_SOURCES = ("place", "file", "home")
DISTANCE_SOURCES = ("device", "positions", "hand")
ASCENT_SOURCES = ("device", "barometer", "positions")
STOPS = ("paused", "gap", "standing")
SPLIT_UNITS = ("km", "mile")
EFFORT_SOURCES = ("said", "device", "estimated")
CHECK_IN_KINDS = ("morning", "evening", "before-run", "after-run")
SCORES = ("mood", "energy", "stress", "tiredness", "soreness", "sleep", "effort", "pain")
OCCASIONS = ("month", "before a plan")
PLANNED = ("run", "rest")
PLAN_SOURCES = ("file", "weekly", "habit")
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
FEEDBACK = ("hidden", "not so", "noted")  # what a person may say of a finding
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
