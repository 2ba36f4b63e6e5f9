"""What is known by every night: the day's plan and what came of it, the moods that count, and how many of each.

Also how much of a difference silence could have made, and how strong an unrecorded common cause would have to be.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from runmood.core.enums import DayKind, MoodLeftOut
from runmood.findings.stats.distributions import normal_quantile
from runmood.findings.stats.evalues import GroupDifference
from runmood.findings.stats.regression import GRID, Fits, fit, whiten

if TYPE_CHECKING:
    from runmood.findings.stats.windows import Counts, Flags, Numbers


PLANNED_DAYS = {"run_days": DayKind.PLANNED_RUN, "missed_days": DayKind.MISSED_RUN, "rest_days": DayKind.PLANNED_REST}
OTHER_DAYS = {
    "ran_otherwise": (DayKind.UNPLANNED_RUN, DayKind.RUN_ON_REST, DayKind.PARTLY_MET),
    "no_plan_no_run": (DayKind.NO_RUN,),
}
HELD_EQUAL = 0.6  # share of rated days with a morning's mood, or a known sleep, from which it is held equal
OWN_SCALE = ("hand", "web")  # both ask the same question; every import has a scale of its own


@dataclass(frozen=True, slots=True)
class MissedRunData:
    """One entry a night.

    `kinds` by the names of PLANNED_DAYS and OTHER_DAYS; a day set apart is none of them. The others only tell of
    memory and weekdays.
    """

    nights: pl.Series
    weekday: Counts
    kinds: dict[str, Flags]
    evening: Numbers  # nan where unsaid, said late or before the run, on days set apart or unknown
    morning: Numbers  # likewise; nan where said after a run had begun
    sleep: Numbers  # how well they slept before the day; nan where unsaid
    sleep_h: Numbers  # how long they slept before it, by a device; nan where none tells
    left_out: dict[str, Flags]  # evenings that came before what they would speak of, by why
    sources: dict[str, Flags]  # evenings by the import they came with, in order of appearance

    @property
    def rated(self) -> Flags:
        """Return the days that count: with a plan, and a mood noted in time."""
        planned = np.logical_or.reduce([self.kinds[name] for name in PLANNED_DAYS])
        return np.asarray(planned & ~np.isnan(self.evening))

    def counts(self) -> dict[str, Counts]:
        """Return days so far, and rated days so far of each kind that was planned."""
        counts = {name: np.cumsum(self.kinds[name] & self.rated, dtype=np.int64) for name in PLANNED_DAYS}
        return {"days": np.arange(1, len(self.evening) + 1), **counts}

    def answered(self, name: str) -> Numbers:
        """Return the share of days of a kind so far whose mood counts; nan before the first such day."""
        days = self.kinds[name]
        with np.errstate(invalid="ignore"):
            return np.cumsum(days & self.rated) / np.cumsum(days)

    def rest_and_run_by_weekday(self) -> tuple[Counts, Counts]:
        """Return rated rests and rated planned runs so far, nights x weekdays each."""
        on = (self.weekday[:, np.newaxis] == np.arange(1, 8)) & self.rated[:, np.newaxis]
        rest = self.kinds["rest_days"][:, np.newaxis]
        return np.cumsum(on & rest, axis=0), np.cumsum(on & ~rest, axis=0)

    def missed_beside_runs(self) -> Numbers:
        """Return the share of rated missed days so far that have a rated run of the same weekday beside them."""
        on = (self.weekday[:, np.newaxis] == np.arange(1, 8)) & self.rated[:, np.newaxis]
        missed, run = (np.cumsum(on & self.kinds[name][:, np.newaxis], axis=0) for name in ("missed_days", "run_days"))
        return np.asarray(np.minimum(missed, run).sum(axis=1) / np.maximum(missed.sum(axis=1), 1))

    def silence(self, name: str) -> Numbers:
        """Return by how many standard deviations silence could part a kind of day from missed days, by night."""
        these, missed = self.kinds[name], self.kinds["missed_days"]
        rated = (_so_many(these & self.rated), _so_many(missed & self.rated))
        return bound_by_silence(rated, (_so_many(these), _so_many(missed)))

    def held_equal(self, said: str) -> Flags:
        """Return whether enough rated days so far, and of planned runs, have a morning's mood or a known sleep."""
        known = ~np.isnan(self.morning) if said == "morning" else ~(np.isnan(self.sleep) & np.isnan(self.sleep_h))
        enough = np.ones(len(self.evening), dtype=bool)
        for days in (self.rated, self.rated & self.kinds["run_days"]):
            enough &= np.cumsum(days & known) >= HELD_EQUAL * np.maximum(np.cumsum(days), 1)
        return enough


def _so_many(days: Flags) -> Counts:
    """Return how many of these days there are by each night."""
    return np.cumsum(days, dtype=np.int64)


def collect_missed_run_data(days: pl.DataFrame) -> MissedRunData:
    """Return plans, moods and their sources by day, from a frame of DAYS without gaps and in order."""
    apart = pl.col("excluded").fill_null(value=False)
    late = pl.col("mood_evening_late").fill_null(value=False)
    named = {name: (kind,) for name, kind in PLANNED_DAYS.items()} | OTHER_DAYS
    kinds = {name: pl.col("day_kind").is_in(those) & ~apart for name, those in named.items()}
    counts = pl.any_horizontal(kinds.values())
    left_out = pl.col("mood_evening_left_out")
    evening = pl.when(counts & ~late & left_out.is_null()).then("mood_evening")
    morning = pl.when(counts & ~pl.col("mood_morning_after_run").fill_null(value=False)).then("mood_morning")
    rated = counts & ~late & pl.col("mood_evening").is_not_null()
    aside = {str(reason): rated & left_out.eq(reason).fill_null(value=False) for reason in MoodLeftOut}
    source = pl.when(~pl.col("mood_evening_source").is_in(OWN_SCALE)).then("mood_evening_source")
    named_by: dict[str, pl.Expr] = {**kinds, **aside, "evening": evening, "morning": morning, "source": source}
    table = days.select("local_date", "weekday", "sleep", "sleep_h", **named_by)
    imports = table["source"].drop_nulls().unique(maintain_order=True)
    return MissedRunData(
        nights=table["local_date"],
        weekday=table["weekday"].to_numpy(),
        kinds={name: table[name].to_numpy() for name in kinds},
        evening=table["evening"].fill_null(np.nan).to_numpy(),
        morning=table["morning"].fill_null(np.nan).to_numpy(),
        sleep=table["sleep"].cast(pl.Float64).fill_null(np.nan).to_numpy(),
        sleep_h=table["sleep_h"].cast(pl.Float64).fill_null(np.nan).to_numpy(),
        left_out={reason: table[reason].to_numpy() for reason in aside},
        sources={name: (table["source"] == name).fill_null(value=False).to_numpy() for name in imports},
    )


# Run minus missed and rest minus missed, on every night: the columns of the regression and what is asked of
# them.

HALF_A_YEAR = 180  # days; the unit of the trend
MIDDLE = 5.0  # of the scale of mood
FREE = np.inf
# How far from nothing each is expected to be, in standard deviations. A weekend may lift both running and mood by much;
# apart from that weekdays differ by .1 to .3 (science.md 5.4). Another app's scale may be shifted by more; mornings
# before a missed run differ little (r = .04 in 67 data sets: science.md 0.7; .1 where a quarter of runs is missed).
WEEKDAY, OTHERWISE, SCALE, BEFORE = 0.3, 1.0, 2.0, 0.1
SLEEP = 0.4  # with a night's sleep one deviation better
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SATURDAY = 6
TWICE_A_DAY = 2
MORNING_SPREAD, A_WEEK = 0.8, 7  # of mornings by that of evenings, believed as firmly as so many mornings
# The middle and the spread of a rated sleep in points, and of hours asleep, believed likewise. Of hours by a watch the
# nights of one person spread by 77 minutes (Messman 2022, doi:10.1111/jsr.13680).
RATED, HOURS = (5.0, 1.8), (7.0, 1.3)
NARROWEST, WIDEST = 0.2, 5.0
LEAST_FREEDOM = 3.0


class DesignColumn(NamedTuple):
    """What one coefficient belongs to, by day: in the evening's row and in the morning's."""

    prior: float
    evening: Numbers | Flags | float = 0.0
    morning: Numbers | Flags | float = 0.0


@dataclass(frozen=True, slots=True)
class Regression:
    """The ratings of a data, in order of time, and what the model knows of each."""

    names: tuple[str, ...]  # of the columns
    prior: Numbers  # by column; see `model.fit`
    day: Numbers  # of each rating; a morning is half a day before its evening
    rows: Numbers  # ratings x columns, then the mood
    by_night: Counts  # the last rating by each night; -1 before the first
    contrasts: Numbers  # pairs of memory x columns x (run minus missed, rest minus missed)

    def fitted(self, nights: Flags, contrasts: Numbers | None = None) -> Fits:
        """Return the contrasts (its own, unless others are given) after the ratings known on these nights."""
        held = np.zeros((len(self.day), len(self.names)), dtype=bool)
        held[self.by_night[nights & (self.by_night >= 0)]] = True
        wanted = self.contrasts if contrasts is None else contrasts
        return fit(*whiten(self.day, self.rows), held, wanted, self.prior)


def differences(data: MissedRunData, nights: Flags) -> tuple[GroupDifference, GroupDifference]:
    """Estimate run minus missed and rest minus missed, mornings and sleep held equal where most days have them.

    Args:
        data: the days.
        nights: on which nights they are estimated; on the others they are nan.

    Returns:
        Both differences in mood points, one entry a night.
    """
    counts, mornings, sleep = data.counts(), data.held_equal("morning"), data.held_equal("sleep")
    table = np.full((len(nights), 6), np.nan)
    for with_mornings, with_sleep in product((False, True), repeat=2):
        asked = nights & (mornings == with_mornings) & (sleep == with_sleep)
        if asked.any():
            regression = regression_of(data, mornings=with_mornings, sleep=with_sleep)
            fits, last = regression.fitted(asked), regression.by_night[asked]
            columns = fits.estimate[last], fits.error[last], fits.sigma[last], fits.freedom[last]
            table[asked] = np.column_stack(columns)
    planned = counts["missed_days"] + counts["run_days"] - 4.0
    freedom = np.maximum(np.minimum(table[:, 5], planned), LEAST_FREEDOM)
    return GroupDifference(table[:, 0], table[:, 2], table[:, 4], freedom), GroupDifference(
        table[:, 1], table[:, 3], table[:, 4], freedom
    )


def regression_of(data: MissedRunData, *, mornings: bool, sleep: bool) -> Regression:
    """Return the regression on evenings alone, or on mornings and evenings; with the night's sleep, or without."""
    columns = _nuisance(data, mornings=mornings, sleep=sleep) | _asked(data, mornings=mornings)
    nights = len(data.evening)
    rows = np.empty((TWICE_A_DAY * nights, len(columns) + 1))
    for place, column in enumerate(columns.values()):
        rows[0::2, place], rows[1::2, place] = column.morning, column.evening
    rows[0::2, -1] = (data.morning - MIDDLE) / _morning_scale(data) if mornings else np.nan
    rows[1::2, -1] = data.evening - MIDDLE
    said = ~np.isnan(rows[:, -1])
    return Regression(
        names=tuple(columns),
        prior=np.array([column.prior for column in columns.values()]),
        day=((np.arange(TWICE_A_DAY * nights) - 1) / TWICE_A_DAY)[said],
        rows=rows[said],
        by_night=(np.cumsum(said) - 1)[1::2],
        contrasts=_contrasts(list(columns)),
    )


def _nuisance(data: MissedRunData, *, mornings: bool, sleep: bool) -> dict[str, DesignColumn]:
    """Return the columns that are not asked for. The trend does not depend on how long the diary is."""
    trend = (np.arange(len(data.evening)) - HALF_A_YEAR / 2) / HALF_A_YEAR
    weekend = data.weekday >= SATURDAY
    columns = {
        "constant": DesignColumn(FREE, 1.0, 1.0),
        "trend": DesignColumn(FREE, trend, trend),
        "weekend": DesignColumn(FREE, weekend, weekend),
    }
    for number, name in enumerate(WEEKDAYS, start=1):
        columns[name] = DesignColumn(WEEKDAY, data.weekday == number, data.weekday == number)
    for name in ("ran_otherwise", "no_plan_no_run"):
        if data.kinds[name].any():
            columns[name] = DesignColumn(OTHERWISE, data.kinds[name])
    columns |= {f"from {name}": DesignColumn(SCALE, evenings) for name, evenings in data.sources.items()}
    if sleep:
        slept = _slept(data)
        columns["sleep"] = DesignColumn(SLEEP, slept, slept)
    return columns | ({"morning": DesignColumn(FREE, morning=1.0)} if mornings else {})


def _asked(data: MissedRunData, *, mornings: bool) -> dict[str, DesignColumn]:
    """Return the columns that are asked for; they stand last, which spares the model work."""
    rest, missed = data.kinds["rest_days"], data.kinds["missed_days"]
    before = {
        "rest_before": DesignColumn(BEFORE, morning=rest),
        "missed_before": DesignColumn(BEFORE, morning=missed),
    }
    return {"rest": DesignColumn(FREE, rest), "missed": DesignColumn(FREE, missed)} | (before if mornings else {})


def _contrasts(names: list[str]) -> Numbers:
    """Build the contrasts run minus missed and rest minus missed, the planned run done being the reference.

    Returns:
        Weights, pairs of memory x columns x 2.
    """
    contrasts = np.zeros((len(GRID), len(names), 2))
    lasting = np.sqrt(GRID[:, 0])  # of half a day
    for ending, part in (("", np.ones(len(GRID))), ("_before", -lasting)):
        if f"missed{ending}" in names:
            contrasts[:, names.index(f"missed{ending}"), :] = -part[:, np.newaxis]
            contrasts[:, names.index(f"rest{ending}"), 1] = part
    return contrasts


def _slept(data: MissedRunData) -> Numbers:
    """Return each night's sleep in own standard deviations of the nights before it; an unknown one as usual.

    Where the person rated a night, their word counts; else the hours that a device tells.
    """
    rated, hours = _by_own_spread(data.sleep, RATED), _by_own_spread(data.sleep_h, HOURS)
    return np.nan_to_num(np.where(np.isnan(rated), hours, rated))


def _by_own_spread(values: Numbers, usually: tuple[float, float]) -> Numbers:
    """Return values in standard deviations from the mean of those before, both drawn towards what is usual."""
    middle, spread = usually
    count, variance, mean = _so_far(values, middle)
    own = np.sqrt((count * variance + A_WEEK * spread**2) / (count + A_WEEK))
    return np.asarray((values - middle - mean * count / (count + A_WEEK)) / own)


def _morning_scale(data: MissedRunData) -> Numbers:
    """Return how widely mornings spread by how widely evenings did, from what was noted before each day."""
    mornings, evenings = _so_far(data.morning)[:2], _so_far(data.evening)[:2]
    spread = np.where(evenings[1] > 0, evenings[1], 1.0)
    relative = (mornings[0] * mornings[1] / spread + A_WEEK * MORNING_SPREAD**2) / (mornings[0] + A_WEEK)
    return np.clip(np.sqrt(relative), NARROWEST, WIDEST)


def _so_far(scores: Numbers, middle: float = MIDDLE) -> tuple[Numbers, Numbers, Numbers]:
    """Return how many scores were noted before each day, their variance, and their mean less the middle."""
    known = ~np.isnan(scores)
    values = np.where(known, scores - middle, 0.0)
    count, total, square = (np.concatenate([[0.0], np.cumsum(part)[:-1]]) for part in (known, values, values**2))
    mean = total / np.maximum(count, 1)
    return count, np.maximum(square / np.maximum(count, 1) - mean**2, 0.0), mean


SURELY = 1.0  # standard errors: shares of rated evenings differ by chance, and only what is beyond it is silence
BY_A_DEVIATION = 0.91  # logarithm of the ratio of chances that goes with a difference of one standard deviation


def bound_by_silence(rated: tuple[Counts, Counts], days: tuple[Counts, Counts]) -> Numbers:
    """Return by how much silence could have moved a difference of two kinds of days, in standard deviations.

    The evenings that are rated on one kind of day and would not be on the other are taken to be the best ones, or the
    worst, whichever is less kind to the difference: the bounds of Lee 2009, doi:10.1111/j.1467-937X.2009.00536.x, for
    moods that are normally spread.

    Args:
        rated: rated days of either kind by each night.
        days: all days of either kind by each night.

    Returns:
        The shift by night; 0 where both are rated alike, as far as chance lets tell.
    """
    counts = [np.maximum(each, 1).astype(np.float64) for each in days]
    shares = [part / whole for part, whole in zip(rated, counts, strict=True)]
    together = (rated[0] + rated[1]) / (counts[0] + counts[1])
    error = np.sqrt(together * (1 - together) * (1 / counts[0] + 1 / counts[1]))
    beyond = np.maximum(np.abs(shares[0] - shares[1]) - SURELY * error, 0.0)
    silent = np.clip(beyond / np.maximum(np.maximum(*shares), 1e-9), 0.0, 0.99)
    cut = normal_quantile(1 - np.where(silent > 0, silent, 0.5))
    return np.where(silent > 0, np.exp(-0.5 * cut**2) / np.sqrt(2 * np.pi) / (1 - silent), 0.0)


def needed_common_cause(difference: Numbers) -> Numbers:
    """Return how many times as likely an unrecorded cause would have to make both sides to explain a difference away.

    The E-value of VanderWeele & Ding 2017, doi:10.7326/M16-2607, with their ratio of chances for a difference of means.

    Args:
        difference: of means, in standard deviations.

    Returns:
        The least ratio of chances with which the cause would have to go with either; nan at or below no difference.
    """
    ratio = np.exp(BY_A_DEVIATION * np.where(difference > 0, difference, np.nan))
    return np.asarray(ratio + np.sqrt(ratio * (ratio - 1)))
