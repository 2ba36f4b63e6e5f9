"""B3: whether running was the only thing noted as a help on low days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.findings.base import QuestionResult, to_rows
from runmood.findings.specs import ONLY_RUNNING
from runmood.findings.stats.windows import known, share, total, trailing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from runmood.findings.base import EvaluationContext
    from runmood.findings.stats.windows import Flags, Numbers


LOOK_BACK, KINDS_WITHIN = 180, 60  # days
LOW_QUARTER = 0.25
LOW_DAYS_NEEDED, LOG_NEEDED = 12, 0.5
MOST_OTHER_KINDS = 1
MAJORITY = 0.5
Z_90 = 1.6448536269514722  # two-sided 90 %
RUNNING, NO_KIND = "running", ("running", "nothing")


def only_running(notes: EvaluationContext) -> pl.DataFrame:
    """B3 for every night, from the half year before it."""
    mood, logged = notes.day("mood_evening"), notes.days["helped"].is_not_null().to_numpy()
    moods, log = trailing(mood, LOOK_BACK), trailing(logged, LOOK_BACK)
    low = (moods <= _quarter(moods)[:, np.newaxis]) & (log == 1)
    alone = trailing(_running_alone(notes), LOOK_BACK)
    low_days, only = low.sum(axis=1), np.asarray(total(np.where(low, alone, 0.0)), dtype=np.int64)
    log_share = _log_share(log)
    kinds = _other_kinds(notes)
    seen = (wilson_least(only, low_days) > MAJORITY) & (kinds <= MOST_OTHER_KINDS) & (log_share >= LOG_NEEDED)
    lacking = {"low_days": LOW_DAYS_NEEDED - low_days, "log_days": _log_days_missing(log)}
    facts = {"low_days": low_days, "only_running_days": only, "other_kinds": kinds, "log_share": log_share}
    return to_rows(ONLY_RUNNING, notes, QuestionResult(lacking, seen & (low_days >= LOW_DAYS_NEEDED), facts))


def wilson_least(part: NDArray[np.int64], whole: NDArray[np.int64]) -> Numbers:
    """The lower end of the 90 % range of a share, after Wilson 1927, doi:10.1080/01621459.1927.10502953."""
    number = np.maximum(whole, 1)
    rate, z2 = part / number, Z_90**2 / number
    return np.asarray((rate + z2 / 2 - np.sqrt(z2 * (rate * (1 - rate) + z2 / 4))) / (1 + z2))


def _quarter(moods: Numbers) -> Numbers:
    """The mood that a quarter of the days were at or below; nan where none is known."""
    place = np.ceil(LOW_QUARTER * known(moods)).astype(np.int64) - 1
    return np.asarray(np.take_along_axis(np.sort(moods, axis=1), np.maximum(place, 0)[:, np.newaxis], axis=1)[:, 0])


def _running_alone(notes: EvaluationContext) -> Flags:
    """Days on which running helped and nothing else did."""
    others = pl.element().is_in(NO_KIND).not_()
    helped = notes.days.select(running=pl.col("helped").list.contains(RUNNING), more=pl.col("helped").list.eval(others))
    alone = helped.select(pl.col("running") & ~pl.col("more").list.any())
    return alone.to_series().fill_null(value=False).to_numpy()


def _other_kinds(notes: EvaluationContext) -> NDArray[np.int64]:
    """How many things other than running helped within the last 60 days."""
    things = notes.days["helped"].explode().drop_nulls().unique().sort()
    within = [
        total(trailing(notes.marked(thing, column="helped"), KINDS_WITHIN)) > 0
        for thing in things.to_list()
        if thing not in NO_KIND
    ]
    return np.asarray(np.sum(within, axis=0), dtype=np.int64) + np.zeros(len(notes.nights), dtype=np.int64)


def _log_share(log: Numbers) -> Numbers:
    """The share of days with the log since it was first used within the half year."""
    return share(total(log), _since_first(log))


def _log_days_missing(log: Numbers) -> NDArray[np.int64]:
    """Days with the log that are missing for half of the days since it was first used; 1 where it never was."""
    wanted = np.maximum(np.ceil(LOG_NEEDED * _since_first(log)), 1)
    return np.asarray(wanted - total(log), dtype=np.int64)


def _since_first(log: Numbers) -> NDArray[np.int64]:
    used = log == 1
    return np.where(used.any(axis=1), log.shape[1] - used.argmax(axis=1), 0)
