"""Several things at once, each beside all others: which of them mood goes with, on each night.

At most PLACES things are asked, the ones noted most often by then; choosing by how often, never by how mood went, costs
no evidence. One regression holds them all, so that a thing is not praised for what another did.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from runmood.findings.base import QuestionResult, to_rows
from runmood.findings.multiplicity import GOOD_IS_TIMES, WITHDRAWN_LEVEL, e_bh, strengths
from runmood.findings.stats.evalues import TwoSidedEValue
from runmood.findings.stats.regression import fit
from runmood.findings.stats.windows import mean, share, trailing

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from runmood.findings.base import EvaluationContext, Told
    from runmood.findings.specs import Question
    from runmood.findings.stats.windows import Counts, Flags, Numbers


Kind = TypeVar("Kind", bound=np.generic)

PLACES = 10  # five find the common kinds no better and the rarer ones hardly ever: docs/decisions.md
NEVER = 10**6  # entries to go: further than any thing that was noted at least once
GOOD = GOOD_IS_TIMES * PLACES / WITHDRAWN_LEVEL


@dataclass(frozen=True, slots=True)
class Rated:
    """What was rated, an entry each in order of time, and what was noted of it."""

    by_night: Counts  # how many entries there are by each night
    things: tuple[str, ...]
    noted: Flags  # rated x things
    white: Numbers  # rated x pairs x columns, whitened: what is held equal, then the things, then the mood
    logs: Numbers  # rated x pairs: log variances taken out


@dataclass(frozen=True, slots=True)
class SampleSizeRule:
    """How many entries are needed, in all, with a thing and without it; and what entries are called."""

    entries: str
    rated: int
    with_it: int
    without: int


@dataclass(frozen=True, slots=True)
class JointEstimate:
    """What was found of each thing on each night: nights x things."""

    often: Counts
    asked: Flags
    seen: Flags
    numbers: dict[str, Numbers]  # e_value and effect with its ends; nan where not asked

    def of_the_strongest(self) -> dict[str, Numbers]:
        """The numbers of the thing with the most evidence on each night."""
        best = np.nan_to_num(self.numbers["e_value"], nan=-1).argmax(axis=1)[:, np.newaxis]
        return {name: np.take_along_axis(values, best, axis=1)[:, 0] for name, values in self.numbers.items()}


def fit_joint(question: Question, notes: EvaluationContext, rated: Rated, needs: SampleSizeRule) -> pl.DataFrame:
    """The rows of a question that asks after several things."""
    found = _found(rated, needs)
    on, numbers = np.asarray(found.seen.any(axis=1)), found.of_the_strongest()
    best = np.fmax.accumulate(numbers["e_value"])
    facts: dict[str, Told] = {needs.entries: rated.by_night, "things": _told(rated, found, notes.asked)}
    growing = [True if now else None for now in on]
    kept: dict[str, Told] = {"strength": strengths(on, best >= GOOD), "growing": growing, "e_value_best": best}
    return to_rows(question, notes, QuestionResult(_lacking(rated, found, needs), on, facts, None, numbers | kept))


def chosen(noted: Flags, needs: SampleSizeRule) -> Flags:
    """Which things are asked after each entry: the most often noted of those noted, and not noted, often enough."""
    often = np.cumsum(noted, axis=0, dtype=np.int64)
    number = np.arange(1, len(noted) + 1)[:, np.newaxis]
    may = (often >= needs.with_it) & (number - often >= needs.without) & (number >= needs.rated)
    place = np.argsort(np.argsort(np.where(may, -often, 1), axis=1, kind="stable"), axis=1, kind="stable")
    return np.asarray(may & (place < PLACES))


def _found(rated: Rated, needs: SampleSizeRule) -> JointEstimate:
    """What was found after each entry, as it stood on every night."""
    asked = chosen(rated.noted, needs)
    difference = _differences(rated, asked)
    asked &= ~np.isnan(difference.estimate)
    log_e = np.where(asked, difference.log_e, -np.inf)
    last, width = rated.by_night - 1, difference.half_width
    numbers = {
        "e_value": np.exp(log_e),
        "effect": difference.shrunken,
        "effect_least": difference.estimate - width,
        "effect_most": difference.estimate + width,
    }
    return JointEstimate(
        often=_on(np.cumsum(rated.noted, axis=0, dtype=np.int64), last, 0),
        asked=_on(asked, last, fill=False),
        seen=_on(e_bh(log_e, PLACES), last, fill=False),
        numbers={name: _on(np.where(asked, values, np.nan), last, np.nan) for name, values in numbers.items()},
    )


def _on(values: NDArray[Kind], last: Counts, fill: object) -> NDArray[Kind]:
    """A figure of each entry as it stood on every night, with a column of nothing where there is no thing at all."""
    width = max(values.shape[1], 1)
    padded = np.full((len(values) + 1, width), fill, dtype=values.dtype)
    padded[: len(values), : values.shape[1]] = values
    return padded[last]


def _differences(rated: Rated, asked: Flags) -> TwoSidedEValue:
    """How mood differs with each thing, everything else equal, after each entry."""
    things, held_equal = asked.shape[1], rated.white.shape[2] - 1 - asked.shape[1]
    if not things:
        nothing = np.empty(asked.shape)
        return TwoSidedEValue(nothing, nothing, nothing, nothing)
    equal = np.repeat(asked.any(axis=1, keepdims=True), held_equal, axis=1)
    contrasts = np.eye(held_equal + things)[:, held_equal:]
    fits = fit(rated.white, rated.logs, np.hstack([equal, asked]), contrasts)
    sigma, freedom = (values[:-1, np.newaxis] for values in (fits.sigma, fits.freedom))
    return TwoSidedEValue(fits.estimate[:-1], fits.error[:-1], sigma, freedom)


def _lacking(rated: Rated, found: JointEstimate, needs: SampleSizeRule) -> dict[str, Counts]:
    """Entries that are missing, in all, and with and without the thing that comes nearest."""
    with_it = np.maximum(needs.with_it - found.often, 0)
    without = np.maximum(needs.without - (rated.by_night[:, np.newaxis] - found.often), 0)
    nearest = np.where(found.often > 0, with_it + without, NEVER).argmin(axis=1)[:, np.newaxis]
    return {
        needs.entries: needs.rated - rated.by_night,
        f"{needs.entries}_with": np.take_along_axis(with_it, nearest, axis=1)[:, 0],
        f"{needs.entries}_without": np.take_along_axis(without, nearest, axis=1)[:, 0],
    }


def _told(rated: Rated, found: JointEstimate, nights: slice) -> list[object]:
    """Every thing asked, with its counts and numbers, the strongest first; null where none is. Only nights asked."""
    rows: list[object] = [None] * len(rated.by_night)
    for night in range(*nights.indices(len(rows))):
        told = [_thing(rated, found, night, place) for place in np.flatnonzero(found.asked[night]).tolist()]
        rows[night] = sorted(told, key=lambda thing: (-float(str(thing["e_value"])), str(thing["thing"]))) or None
    return rows


def _thing(rated: Rated, found: JointEstimate, night: int, place: int) -> dict[str, object]:
    """One thing on one night."""
    often = int(found.often[night, place])
    numbers = {name: round(float(values[night, place]), 3) for name, values in found.numbers.items()}
    counts = {"with": often, "without": int(rated.by_night[night]) - often}
    return {"thing": rated.things[place], "seen": bool(found.seen[night, place])} | counts | numbers


# --- Runs with a mood before and after, in order of time, as rows of a regression.

USUAL_DAYS = 84  # days over which a usual mood is taken
USUAL_NEEDED = 14  # moods


@dataclass(frozen=True, slots=True)
class MoodPairs:
    """One entry a run with both moods, on a day of the diary that is not set apart."""

    frame: pl.DataFrame  # of RUN_MOODS
    day: Counts  # number of the day
    before: Numbers
    lift: Numbers  # mood after less mood before
    usual: Numbers  # the person's mood, mornings and evenings of the twelve weeks before; nan while seldom said

    def by_night(self, nights: int) -> Counts:
        """How many there are by each night."""
        return np.asarray(np.searchsorted(self.day, np.arange(nights), side="right"))

    def number(self, name: str) -> Numbers:
        """A column of the runs; nan is null."""
        return self.frame[name].to_numpy().astype(np.float64)


@lru_cache(maxsize=1)
def pairs_of(notes: EvaluationContext) -> MoodPairs:
    """The pairs of the diary."""
    rated = notes.run_moods.drop_nulls(["mood_before", "mood_after"]).sort("local_date", "local_clock", "run_id")
    number, apart = notes.number_of(rated["local_date"]), notes.flag("excluded")
    inside = (number >= 0) & (number < len(apart))
    inside[inside] = ~apart[number[inside]]
    rated, number = rated.filter(inside), number[inside]
    before, after = (rated[name].to_numpy() for name in ("mood_before", "mood_after"))
    return MoodPairs(rated, number, before, after - before, _usual(notes, number))


def _usual(notes: EvaluationContext, number: Counts) -> Numbers:
    """The usual mood before each run, from days before its own."""
    said = np.column_stack([notes.day("mood_morning"), notes.day("mood_evening")])
    windows = trailing(said, USUAL_DAYS, until=1).reshape(len(said), -1)[number]
    often = (~np.isnan(windows)).sum(axis=1) >= USUAL_NEEDED
    return np.where(often, mean(windows), np.nan)


def expanding_mean(values: Numbers) -> Numbers:
    """The mean of the known values up to each."""
    known = ~np.isnan(values)
    return share(np.cumsum(np.where(known, values, 0.0)), np.cumsum(known))


def centred(values: Numbers) -> Numbers:
    """The values less their mean so far; unknown ones stand at that mean."""
    return np.nan_to_num(values - expanding_mean(values))
