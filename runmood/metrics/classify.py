"""Whether what was recorded is a run: by what its file says, else by what it looks like, else the person is asked.

What it looks like is what the raw samples say of who made them, before any repair: speed, steadiness, stops and steps.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from runmood.core.enums import RecordingStatus, StatusReason
from runmood.core.i18n import Name, Term
from runmood.core.notices import (
    CLOCK_AHEAD,
    CLOCK_BEHIND,
    NO_DISTANCE,
    NO_SPORT,
    NOT_A_RUN,
    NOT_RUNNING_PACE,
    PLANNED_COURSE,
    SPORT_BY_PACE,
    SPORT_UNCLEAR,
    TOO_FAST,
    TOO_SHORT,
    Notice,
)
from runmood.tracks.geo import M_PER_DEG
from runmood.tracks.movement import STANDING_M_S
from runmood.tracks.world_records import is_possible

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from runmood.core.recordings import DecodedRun

    Floats = NDArray[np.float64]


MINUTE_S = 60.0
LONGEST_STEP_S = 120.0  # longer is a pause
SAME_SPEED = 0.02
FEWEST_COUNTS = 3


@dataclass(frozen=True, slots=True)
class RunFeatures:
    """How an activity went, as its samples say without repair; null where they do not say.

    `speed_m_s` is the mean while moving, `fast_minute_m_s` the speed that one minute in ten exceeds, `spread` how much
    minutes differ (standard deviation by mean), `even` the share of steps as fast as the one before, within 2 %.
    """

    speed_m_s: float | None
    fast_minute_m_s: float | None
    spread: float | None
    even: float | None
    cadence_spm: float | None
    has_body: bool
    steps: int


def extract_features(decoded: DecodedRun) -> RunFeatures:
    """Return what the raw samples of an activity say.

    Args:
        decoded: The activity, as its file has it: a sample a row with its moment, position in degrees, count in metres.

    Returns:
        The features; without speeds where there is neither a count nor a way between positions.
    """
    points = decoded.points.drop_nulls("sampled_at").sort("sampled_at", maintain_order=True)
    seconds = points["sampled_at"].dt.epoch("us").to_numpy() / 1e6
    cadence = points["cadence_spm"].drop_nulls()
    cadence = cadence.filter(cadence > 0)
    steps_spm = float(cadence.median()) if len(cadence) else None  # type: ignore[arg-type]  # a column of numbers
    has_body = len(cadence) > 0 or points["heart_bpm"].drop_nulls().len() > 0
    known = np.isfinite(way := _way_m(points["distance_m"].to_numpy(), *_degrees(points)))
    lasted, gone = np.diff(seconds[known]), np.diff(way[known])
    counted = (lasted > 0) & (lasted <= LONGEST_STEP_S)
    lasted, gone = lasted[counted], gone[counted]
    speeds = gone / lasted
    moving = speeds > STANDING_M_S
    if not moving.any():
        speed = _total_speed(decoded, seconds[known], way[known])
        return RunFeatures(speed, None, None, None, steps_spm, has_body, 0)
    before, after = speeds[moving][:-1], speeds[moving][1:]
    even = float(np.mean(np.abs(after - before) <= SAME_SPEED * before)) if before.size else None
    minute = _minutes(lasted[moving], gone[moving])
    return RunFeatures(
        float(gone[moving].sum() / lasted[moving].sum()),
        float(np.quantile(minute, 0.9)),
        float(np.std(minute) / np.mean(minute)),
        even,
        steps_spm,
        has_body,
        int(moving.sum()),
    )


def _degrees(points: pl.DataFrame) -> tuple[Floats, Floats]:
    return points["latitude_deg"].to_numpy(), points["longitude_deg"].to_numpy()


def _way_m(count: Floats, north: Floats, east: Floats) -> Floats:
    """Return how far each sample is from the start: by the device's count, else along the positions."""
    if np.isfinite(count).sum() >= FEWEST_COUNTS:
        return count
    placed = np.flatnonzero(np.isfinite(north) & np.isfinite(east))
    way = np.full(north.size, np.nan)
    if placed.size:
        shrink = np.cos(np.radians(north[placed[0]]))
        steps = M_PER_DEG * np.hypot(np.diff(north[placed]), shrink * np.diff(east[placed]))
        way[placed] = np.concatenate([[0.0], np.cumsum(steps)])
    return way


def _minutes(lasted: Floats, gone: Floats) -> Floats:
    """Return the speed of each minute in motion; of the whole where it is shorter."""
    at, way = np.concatenate([[0.0], np.cumsum(lasted)]), np.concatenate([[0.0], np.cumsum(gone)])
    if at[-1] < 2 * MINUTE_S:
        return np.array([way[-1] / at[-1]])
    marks = np.arange(0.0, at[-1], MINUTE_S)
    speeds: Floats = np.diff(np.interp(marks, at, way)) / MINUTE_S
    return speeds


def _total_speed(decoded: DecodedRun, seconds: Floats, way: Floats) -> float | None:
    """Return the mean speed by the device's totals, else from the first sample to the last; null for neither."""
    totals = decoded.totals
    lasted = totals.timer_s or totals.elapsed_s or (float(np.ptp(seconds)) if seconds.size else 0.0)
    gone = totals.distance_m or (float(np.ptp(way)) if way.size else 0.0)
    return gone / lasted if gone and lasted else None


RUNNING = "running"
SHORTEST_S = 60.0
SHORTEST_M = 100.0
NO_FALSE_START_S = 600.0  # who stands that long with a watch that says running is on a treadmill

NEARLY = 0.85  # the pauses of the timer may hide how fast it was, by so much

# Without a sport, in metres a second, as the samples are. The figures were set on the 289 files of the corpus.
WALK_M_S, SLOW_RUN_M_S, BRISK_RUN_M_S, RIDE_M_S = 1.5, 2.0, 4.2, 5.2
FAST_WITHOUT_BODY_M_S = 3.9  # with neither heart rate nor steps it may as well be an easy ride
RIDE_MINUTE_M_S = 6.7  # a minute in ten
SPREAD_OF_A_RUN, SPREAD_OF_FAULTS = 0.25, 0.4  # how much minutes differ: a ride has hills and lights
STEPS_OF_A_RUN = (130.0, 220.0)
EVEN_AS_PLANNED = 0.9
SPREAD_OF_A_COURSE = 0.012  # of a made-up speed, whose times are rounded to seconds
FEWEST_STEPS = 20

FIRST_WATCHES = 2000
NO_TIME = dt.timedelta(0)
ONE_DAY = dt.timedelta(days=1)  # an archive may tell the clock of any zone
ROLLOVER = dt.timedelta(weeks=1024)  # the week of GPS starts again at 0
SAVED_AFTER_ROLLOVER = dt.timedelta(days=60)
SAVED_AFTER_YEAR = dt.timedelta(hours=6)


class ActivityClassification(NamedTuple):
    """Whether an activity is a run: its status, null where it is set aside; why; and the notice that says so."""

    status: RecordingStatus | None
    reason: StatusReason | None = None
    notice: Notice | None = None


def classify_recording(
    decoded: DecodedRun, measured: dict[str, object], sport: str | None, *, maybe_run: bool = False
) -> ActivityClassification:
    """Judge an activity by its sport or, where nothing says which, by its raw samples.

    Args:
        decoded: The activity as its file has it.
        measured: Its row of RECORDINGS as measured.
        sport: What the file, its name or the run's name says; null where nothing does.
        maybe_run: Whether its name says running beside another sport, so that it is asked rather than set aside.

    Returns:
        A run, one that waits for the person, or one set aside.
    """
    if sport not in (None, RUNNING):
        return ActivityClassification(None, notice=NOT_A_RUN(sport=Term("sport", sport)))
    elapsed_s, distance_m, moving_s = (_number(measured[name]) for name in ("elapsed_s", "distance_m", "moving_s"))
    if sport == RUNNING and not distance_m and (elapsed_s >= SHORTEST_S or decoded.points.height == 1):
        return ActivityClassification(RecordingStatus.RUN, StatusReason.NO_DISTANCE, NO_DISTANCE())
    timer_s = elapsed_s - _number(measured["paused_s"])
    if sport == RUNNING and timer_s >= NO_FALSE_START_S and distance_m < SHORTEST_M:
        return ActivityClassification(RecordingStatus.RUN, StatusReason.NO_DISTANCE, NO_DISTANCE())
    if elapsed_s < SHORTEST_S or (measured["distance_m"] is not None and distance_m < SHORTEST_M):
        return ActivityClassification(None, notice=TOO_SHORT(elapsed_s=elapsed_s, distance_m=distance_m))
    if sport == RUNNING:
        return _within_records(distance_m, moving_s, timer_s)
    features = extract_features(decoded)
    classified = _by_features(features)
    is_asked = maybe_run and classified.status is None
    return _unclear(features.speed_m_s) if is_asked and features.speed_m_s else classified


def _within_records(distance_m: float, moving_s: float, timer_s: float) -> ActivityClassification:
    """Return a run, unless nobody has ever run that far so fast."""
    spans_s = np.array([moving_s, NEARLY * max(timer_s, moving_s)])
    if moving_s and not is_possible(np.full(2, distance_m), spans_s).any():
        speed = distance_m / moving_s * 3.6
        return ActivityClassification(
            RecordingStatus.UNDECIDED,
            StatusReason.TOO_FAST,
            TOO_FAST(distance_km=distance_m / 1000, speed_km_h=speed),
        )
    return ActivityClassification(RecordingStatus.RUN)


def _by_features(features: RunFeatures) -> ActivityClassification:
    """Judge by what the samples look like; what fits a run and something else is asked."""
    speed, fast, spread = features.speed_m_s, features.fast_minute_m_s or 0.0, features.spread or 0.0
    if speed is None:
        return ActivityClassification(None, notice=NO_SPORT())
    unclear = _unclear(speed)
    may_be_planned = features.steps >= FEWEST_STEPS and not features.has_body
    is_even = may_be_planned and (features.even or 0) >= EVEN_AS_PLANNED
    is_steady = may_be_planned and spread < SPREAD_OF_A_COURSE
    if is_even and is_steady:
        return ActivityClassification(None, notice=PLANNED_COURSE())
    if spread > SPREAD_OF_FAULTS or (is_steady and spread > 0):
        return unclear
    if not WALK_M_S <= speed <= RIDE_M_S or fast > RIDE_MINUTE_M_S:
        return ActivityClassification(None, notice=NOT_RUNNING_PACE(speed_km_h=speed * 3.6))
    brisk = BRISK_RUN_M_S if features.has_body else FAST_WITHOUT_BODY_M_S
    steps_fit = features.cadence_spm is None or STEPS_OF_A_RUN[0] <= features.cadence_spm <= STEPS_OF_A_RUN[1]
    # Even steps whose minutes differ are of a device that evened out its positions, or of a plan by slope.
    if (
        is_even
        or features.steps < FEWEST_STEPS
        or not SLOW_RUN_M_S <= speed <= brisk
        or spread > SPREAD_OF_A_RUN
        or not steps_fit
    ):
        return unclear
    return ActivityClassification(RecordingStatus.RUN, StatusReason.GUESSED, SPORT_BY_PACE())


def unclear_sport(measured: dict[str, object]) -> ActivityClassification:
    """Return that the person is asked what an activity was; `measured` is its row of RECORDINGS."""
    return _unclear(_number(measured["distance_m"]) / max(_number(measured["elapsed_s"]), 1.0))


def _unclear(speed_m_s: float) -> ActivityClassification:
    notice = SPORT_UNCLEAR(speed_km_h=speed_m_s * 3.6)
    return ActivityClassification(RecordingStatus.UNDECIDED, StatusReason.UNCLEAR_SPORT, notice)


def classify_clock(
    began: dt.datetime, ended: dt.datetime, saved_at: dt.datetime, now: dt.datetime
) -> tuple[ActivityClassification, dt.datetime | None] | None:
    """Judge a clock by when the file was saved; archives that keep no dates say 1980, which says nothing.

    Args:
        began: When the run began, by its own clock.
        ended: When it ended.
        saved_at: When its file was last changed.
        now: This moment.

    Returns:
        A run that waits, and when it probably began where 1,024 weeks or a year put it right before the file was
        saved; null where nothing is odd.
    """
    saved = saved_at if saved_at.year >= FIRST_WATCHES else None
    if began > now + ONE_DAY or (saved and began > saved + ONE_DAY):
        known = min(saved or now, now)
        notice = CLOCK_AHEAD(began=Name(f"{began:%Y-%m-%d}"), saved=Name(f"{known:%Y-%m-%d}"))
        return ActivityClassification(RecordingStatus.UNDECIDED, StatusReason.CLOCK_AHEAD, notice), None
    if saved is None:
        return None
    spans = (ONE_DAY, ROLLOVER, SAVED_AFTER_ROLLOVER), *((NO_TIME, year, SAVED_AFTER_YEAR) for year in _years(began))
    for before, shift, within in spans:
        if -before <= saved - (ended + shift) <= within:
            suggested = began + shift - (before if ended + shift > saved else NO_TIME)
            notice = CLOCK_BEHIND(began=Name(f"{began:%Y-%m-%d}"), suggested=Name(f"{suggested:%Y-%m-%d}"))
            return ActivityClassification(RecordingStatus.UNDECIDED, StatusReason.CLOCK_BEHIND, notice), suggested
    return None


def _years(began: dt.datetime) -> tuple[dt.timedelta, ...]:
    """Return how long it is to the same day of the next year."""
    leap_day = began.month == 2 and began.day == 29  # noqa: PLR2004 - 29 February
    return (began.replace(year=began.year + 1, day=28 if leap_day else began.day) - began,)


def _number(value: object) -> float:
    return value if isinstance(value, float) else 0.0
