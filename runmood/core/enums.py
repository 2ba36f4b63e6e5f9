"""The words a column may hold where it may not hold any word."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal


class DayKind(StrEnum):
    """What was planned for a calendar day and what happened on it; ill, injured and away go before any plan."""

    PLANNED_RUN = "planned_run"
    PARTLY_MET = "partly_met"
    MISSED_RUN = "missed_run"
    PLANNED_REST = "planned_rest"
    RUN_ON_REST = "run_on_rest"
    UNPLANNED_RUN = "unplanned_run"
    NO_RUN = "no_run"
    ILL_OR_INJURED = "ill_or_injured"
    AWAY = "away"
    UNKNOWN = "unknown"


class KnownFrom(StrEnum):
    """How it is known whether there was a run on a day."""

    RUN = "run"
    PERSON = "person"
    DEVICE = "device"


class DayWord(StrEnum):
    """What a person says of a day without a run."""

    NO_RUN = "no run"
    NOT_IMPORTED = "not imported"


class CareWord(StrEnum):
    """What a person says of their health: from this day on ill, injured, or better."""

    ILL = "ill"
    INJURED = "injured"
    BETTER = "better"


class Care(StrEnum):
    """How a day stands: ill or injured; returning after a week or more of it; recovered after less."""

    ILL = "ill"
    INJURED = "injured"
    RETURNING = "returning"
    RECOVERED = "recovered"


class ImportOutcome(StrEnum):
    """What became of a source file."""

    RUN = "run"
    CHECK_INS = "check_ins"
    SLEEP = "sleep"
    SKIPPED = "skipped"
    REFUSED = "refused"
    KNOWN = "known"
    OPENED = "opened"
    UNDECIDED = "undecided"


class RecordingStatus(StrEnum):
    """Whether a recording counts as a run, or waits until the person says what it is."""

    RUN = "run"
    UNDECIDED = "undecided"


class StatusReason(StrEnum):
    """Why a recording has its status, where its file does not simply say that it is a run."""

    GUESSED = "guessed"  # no sport in the file; by its pace and steadiness a run
    UNCLEAR_SPORT = "unclear_sport"  # no sport in the file, and what it shows fits a run and something else
    TOO_FAST = "too_fast"  # the file says a run; nobody runs that far so fast
    CLOCK_AHEAD = "clock_ahead"
    CLOCK_BEHIND = "clock_behind"
    NO_DISTANCE = "no_distance"
    HOLDS_A_RIDE = "holds_a_ride"  # a kilometre of it is faster than the world record: the watch ran on in a car


WRONG_CLOCK = (StatusReason.CLOCK_AHEAD, StatusReason.CLOCK_BEHIND)


class FindingState(StrEnum):
    """How a question stands on a night; `confounded`: a rival explanation forbids an answer."""

    SEEN = "seen"
    NOT_SEEN = "not_seen"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"
    CONFOUNDED = "confounded"


class MatchReason(StrEnum):
    """Why a recording belongs to its run, or why two recordings are taken for one run or for two."""

    BEST_FILE = "best_file"
    SAID_SAME = "said_same"
    SAID_DIFFERENT = "said_different"
    COMPARED = "compared"


class EvidenceStrength(StrEnum):
    """How sure a finding is, where it is seen."""

    SOME = "some"
    GOOD = "good"
    FADED = "faded"  # it was enough once, and tonight's notes hardly bear it


class MoodLeftOut(StrEnum):
    """Why an evening's mood cannot be compared with those of other days: it did not follow what it would speak of."""

    BEFORE_RUN = "before_run"
    OTHER_HOUR = "other_hour"


class CheckInKind(StrEnum):
    """The moment of a day at which a check-in asks."""

    MORNING = "morning"
    EVENING = "evening"
    BEFORE_RUN = "before-run"
    AFTER_RUN = "after-run"

    @property
    def following(self) -> CheckInKind:
        """The kind that a person reaches by asking for another one; after the last comes the first."""
        kinds = tuple(CheckInKind)
        return kinds[(kinds.index(self) + 1) % len(kinds)]


class ItemKind(StrEnum):
    """How a question of a person's own is answered."""

    SCALE = "scale"
    YES_NO = "yes-no"
    CHOICE = "choice"


class Planned(StrEnum):
    """What a plan asks for on a day."""

    RUN = "run"
    REST = "rest"


class PlanSource(StrEnum):
    """Where the plan of a day comes from: written for that day, a weekly habit, or a habit learned from the runs."""

    FILE = "file"
    WEEKLY = "weekly"
    HABIT = "habit"


class GoalKind(StrEnum):
    """What a goal is for: how one feels, or how one runs."""

    THERAPEUTIC = "therapeutic"
    FITNESS = "fitness"


class GoalState(StrEnum):
    """How a goal stands."""

    OPEN = "open"
    REACHED = "reached"
    LET_GO = "let go"


class GoalMeasure(StrEnum):
    """What a goal is measured by."""

    RUNS = "runs a week"
    DISTANCE = "distance a week"
    RESTS = "rests a week"
    LONGEST_RUN = "longest run"
    EVENING_MOOD = "evening mood"
    CHECK_INS = "check-ins a week"
    OTHER_THINGS = "other things that helped a week"

    @property
    def unit(self) -> Literal["m", "count", "points"]:
        """The unit of its target: metres, a count, or points of a rating."""
        if self in (GoalMeasure.DISTANCE, GoalMeasure.LONGEST_RUN):
            return "m"
        return "points" if self is GoalMeasure.EVENING_MOOD else "count"


class Feedback(StrEnum):
    """What a person answers to a finding."""

    HIDDEN = "hidden"
    NOT_SO = "not so"
    NOTED = "noted"

    @property
    def hides(self) -> bool:
        """Whether the finding stands back behind the others."""
        return self is not Feedback.NOTED


class StopReason(StrEnum):
    """Why a step of a track is no motion: the timer stopped, nothing was recorded, or the runner stood."""

    PAUSED = "paused"
    GAP = "gap"
    STANDING = "standing"


class ZoneSource(StrEnum):
    """How the time zone of a run is known: by the place it began, the offset in its file, or the home's setting."""

    PLACE = "place"
    FILE = "file"
    HOME = "home"


class DistanceSource(StrEnum):
    """Whose distance of a run holds: the device's total, the sum between positions, or the person's own."""

    DEVICE = "device"
    POSITIONS = "positions"
    HAND = "hand"


class AscentSource(StrEnum):
    """Whose ascent of a run holds: the device's total, or the sum over barometric or positional elevation."""

    DEVICE = "device"
    BAROMETER = "barometer"
    POSITIONS = "positions"


class EffortSource(StrEnum):
    """Whose effort of a run holds: the person's rating, the device's, or an estimate from load."""

    SAID = "said"
    DEVICE = "device"
    ESTIMATED = "estimated"


SPLIT_UNITS = ("km", "mile")
OCCASIONS = ("month", "before a plan")

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
ILL_OR_INJURED = {"ill", "fever", "injured", "unwell"}  # of the tags and reasons
