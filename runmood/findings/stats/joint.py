"""Several things at once, each beside all others: which of them mood goes with, on each night.

At most PLACES things are asked, the ones noted most often by then; choosing by how often, never by how mood went, costs
no evidence. One regression holds them all, so that a thing is not praised for what another did.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from runmood.findings.evaluation import QuestionResult, first_of_spell, to_rows
from runmood.findings.multiplicity import FAMILY, e_bh, strengths
from runmood.findings.stats.evalues import TwoSidedEValue
from runmood.findings.stats.regression import fit

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from runmood.findings.evaluation import EvaluationContext, FactValues
    from runmood.findings.question import Specification
    from runmood.findings.stats.windows import Counts, Flags, Numbers


Kind = TypeVar("Kind", bound=np.generic)
PLACES = 10  # five find the common kinds no better and the rarer ones hardly ever: docs/decisions.md
NEVER = 10**6  # entries to go: further than any thing that was noted at least once
THINGS_FACT = (
    "each asked that night, the strongest first: thing, seen, with and without (counts), effect with effect_least and "
    "effect_most, e_value, and since when this thing is seen"
)


def joint_rule(code: str) -> str:
    """Word the rule of a question that looks at several things in one regression."""
    enough = FAMILY[code].enough
    level = 100 * PLACES / enough
    return (
        f"at most the ten noted most often by then, all in one regression; seen are what e-BH at {level:g} % picks "
        f"from tonight's e-values (two-sided: {enough:g} for one, {enough / 2:g} each for two), and they are withdrawn "
        "when it no longer does. Effect and evidence of the row are those of the strongest."
    )


@dataclass(frozen=True, slots=True)
class RatedEntries:
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
    """What was estimate of each thing on each night: nights x things."""

    often: Counts
    asked: Flags
    seen: Flags
    numbers: dict[str, Numbers]  # e_value and effect with its ends; nan where not asked

    def of_the_strongest(self) -> dict[str, Numbers]:
        """Return the numbers of the thing with the most evidence on each night, and its own largest e-value so far."""
        best = np.nan_to_num(self.numbers["e_value"], nan=-1).argmax(axis=1)[:, np.newaxis]
        numbers = self.numbers | {"e_value_best": np.fmax.accumulate(self.numbers["e_value"], axis=0)}
        return {name: np.take_along_axis(values, best, axis=1)[:, 0] for name, values in numbers.items()}


def fit_joint(
    question: Specification, context: EvaluationContext, rated: RatedEntries, needs: SampleSizeRule
) -> pl.DataFrame:
    """Return the rows of a question that looks at several things in one regression."""
    estimate = estimate_jointly(rated, needs, FAMILY[question.code].enough)
    on, numbers = np.asarray(estimate.seen.any(axis=1)), estimate.of_the_strongest()
    told = np.where(estimate.seen, np.nan_to_num(estimate.numbers["e_value"]), np.inf).min(axis=1)
    weakest = np.log(np.where(on, told, 1.0))  # of the things told, so that the word holds for each of them
    facts: dict[str, FactValues] = {
        needs.entries: rated.by_night,
        "things": _thing_facts(rated, estimate, context),
    }
    growing = [True if now else None for now in on]
    kept: dict[str, FactValues] = {"strength": strengths(on, weakest), "growing": growing}
    return to_rows(question, context, QuestionResult(_lacking(rated, estimate, needs), on, facts, None, numbers | kept))


def choose_things(noted: Flags, needs: SampleSizeRule) -> Flags:
    """Choose which things are asked after each entry: the most often noted of those with enough entries.

    Returns:
        Flags, entries x things, as `noted` is.
    """
    often = np.cumsum(noted, axis=0, dtype=np.int64)
    number = np.arange(1, len(noted) + 1)[:, np.newaxis]
    may = (often >= needs.with_it) & (number - often >= needs.without) & (number >= needs.rated)
    place = np.argsort(np.argsort(np.where(may, -often, 1), axis=1, kind="stable"), axis=1, kind="stable")
    return np.asarray(may & (place < PLACES))


def estimate_jointly(rated: RatedEntries, needs: SampleSizeRule, enough: float) -> JointEstimate:
    """Return what was estimated after each entry, as it stood on every night; `enough` is as in `e_bh`."""
    asked = choose_things(rated.noted, needs)
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
        seen=_on(e_bh(log_e, enough), last, fill=False),
        numbers={name: _on(np.where(asked, values, np.nan), last, np.nan) for name, values in numbers.items()},
    )


def _on(values: NDArray[Kind], last: Counts, fill: object) -> NDArray[Kind]:
    """Return a figure of each entry as it stood on every night; one empty column where there is no thing at all."""
    width = max(values.shape[1], 1)
    padded = np.full((len(values) + 1, width), fill, dtype=values.dtype)
    padded[: len(values), : values.shape[1]] = values
    return padded[last]


def _differences(rated: RatedEntries, asked: Flags) -> TwoSidedEValue:
    """Return how mood differs with each thing, everything else equal, after each entry; entries x things."""
    things, held_equal = asked.shape[1], rated.white.shape[2] - 1 - asked.shape[1]
    if not things:
        nothing = np.empty(asked.shape)
        return TwoSidedEValue(nothing, nothing, nothing, nothing)
    equal = np.repeat(asked.any(axis=1, keepdims=True), held_equal, axis=1)
    contrasts = np.eye(held_equal + things)[:, held_equal:]
    fits = fit(rated.white, rated.logs, np.hstack([equal, asked]), contrasts)
    sigma, freedom = (values[:-1, np.newaxis] for values in (fits.sigma, fits.freedom))
    return TwoSidedEValue(fits.estimate[:-1], fits.error[:-1], sigma, freedom)


def _lacking(rated: RatedEntries, estimate: JointEstimate, needs: SampleSizeRule) -> dict[str, Counts]:
    """Return how many entries are missing, in all, and with and without the thing that comes nearest."""
    with_it = np.maximum(needs.with_it - estimate.often, 0)
    without = np.maximum(needs.without - (rated.by_night[:, np.newaxis] - estimate.often), 0)
    nearest = np.where(estimate.often > 0, with_it + without, NEVER).argmin(axis=1)[:, np.newaxis]
    return {
        needs.entries: needs.rated - rated.by_night,
        f"{needs.entries}_with": np.take_along_axis(with_it, nearest, axis=1)[:, 0],
        f"{needs.entries}_without": np.take_along_axis(without, nearest, axis=1)[:, 0],
    }


def _thing_facts(rated: RatedEntries, estimate: JointEstimate, context: EvaluationContext) -> list[object]:
    """Return every thing asked with its counts and numbers, the strongest first, by night; None where there is none."""
    rows: list[object] = [None] * len(rated.by_night)
    began = [first_of_spell(seen) for seen in estimate.seen.T]
    for night in range(*context.asked.indices(len(rows))):
        things = []
        for place in np.flatnonzero(estimate.asked[night]).tolist():
            thing, first = _thing(rated, estimate, night, place), int(began[place][night])
            things.append(thing | ({"since": str(context.nights[first])} if first >= 0 else {}))
        rows[night] = sorted(things, key=lambda thing: (-float(str(thing["e_value"])), str(thing["thing"]))) or None
    return rows


def _thing(rated: RatedEntries, estimate: JointEstimate, night: int, place: int) -> dict[str, object]:
    """Return the counts and numbers of one thing on one night."""
    often = int(estimate.often[night, place])
    numbers = {name: round(float(values[night, place]), 3) for name, values in estimate.numbers.items()}
    counts = {"with": often, "without": int(rated.by_night[night]) - often}
    return {"thing": rated.things[place], "seen": bool(estimate.seen[night, place])} | counts | numbers
