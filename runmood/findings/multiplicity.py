"""How much evidence is enough where several questions are asked: what is seen, and when it may stand on screen.

FAMILY divides among the tested questions how often a person with nothing to find may be told something in a year, and
says how much evidence each needs for that. What is withdrawn when it no longer holds, the kinds of runs and other
things that help, is picked by e-BH on tonight's e-values (Wang & Ramdas 2022, doi:10.1111/rssb.12489), which would not
hold for largest ones (Tavyrikov, Goeman & de Heide 2025, arXiv 2501.19360). B1, B2 and C3 are one chain, each seen only
where the one before is, so that B2 and C3 spend nothing of their own.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from runmood.core.enums import EvidenceStrength
from runmood.findings.evaluation import QuestionResult, to_rows
from runmood.findings.stats.evalues import GOOD, GROWING
from runmood.schema.tables import FINDINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from runmood.findings.evaluation import EvaluationContext, FactValues
    from runmood.findings.question import Specification
    from runmood.findings.stats.evalues import GroupDifference
    from runmood.findings.stats.windows import Counts, Flags, Numbers


class Budget(NamedTuple):
    """What a question spends of the family's error, and what it asks for."""

    wrong: float  # share of people with nothing to find who may be told something by it in a year
    enough: float  # e-value from which it is seen; of several things picked by e-BH that of one alone


# The e-values were chosen on invented people for those shares. docs/calibration.md has both, and how often any question
# is wrong on people who were not used to choose.
FAMILY = {
    "B1": Budget(0.04, 11.0),
    "B2": Budget(0.0, 11.0),
    "B6": Budget(0.005, 20.0),
    "C1": Budget(0.02, 14.0),
    "C2": Budget(0.005, 125.0),
    "C4": Budget(0.01, 125.0),
}
A_WEEK, NEW_A_WEEK = dt.timedelta(days=7), 2
SPELLS = pl.Schema({"since": pl.Date(), "question": pl.String()})
TURNS = pl.Schema({**SPELLS, "shown_from": pl.Date()})


@dataclass(frozen=True, slots=True)
class TestedHypothesis:
    """A question with evidence, one entry a night, before it is decided what is enough."""

    question: Specification
    lacking: Mapping[str, Counts]
    difference: GroupDifference
    effect: Numbers  # what is told of it: a middle and two ends
    effect_least: Numbers
    effect_most: Numbers
    facts: Mapping[str, FactValues]
    claimable: Flags  # nights on which the difference may be claimed
    confounded: Flags | None = None

    @property
    def best(self) -> Numbers:
        """Return the logarithm of the most evidence so far that may be claimed, on tonight's side, by night."""
        log_e = self.difference.log_e
        return best_on_this_side(np.where(self.claimable & ~np.isnan(log_e), log_e, -np.inf), self.effect)


def apply_e_bh(family: Sequence[TestedHypothesis], notes: EvaluationContext) -> pl.DataFrame:
    """Return the rows of questions that keep what they once saw, by what is enough for each."""
    return pl.concat(_kept(tested, notes) for tested in family)


def _kept(tested: TestedHypothesis, notes: EvaluationContext) -> pl.DataFrame:
    """Return the rows of one of them."""
    best = tested.best
    seen = best >= np.log(FAMILY[tested.question.code].enough)
    answer = QuestionResult(tested.lacking, seen, tested.facts, tested.confounded)
    log_e = np.where(answer.enough, tested.difference.log_e, np.nan)
    shown = ~np.isnan(log_e)
    columns: dict[str, FactValues] = {
        "strength": strengths(seen, tested.difference.log_e),
        "growing": [bool(now) if on else None for now, on in zip(log_e >= np.log(GROWING), seen, strict=True)],
        "e_value": np.exp(log_e),
        "e_value_best": np.where(best > -np.inf, np.exp(best), np.nan),
        "effect": np.where(shown, tested.effect, np.nan),
        "effect_least": np.where(shown, tested.effect_least, np.nan),
        "effect_most": np.where(shown, tested.effect_most, np.nan),
        **{name: np.where(shown, values, np.nan) for name, values in tested.difference.columns.items()},
    }
    return to_rows(
        tested.question, notes, QuestionResult(tested.lacking, seen, tested.facts, tested.confounded, columns)
    )


def best_on_this_side(log_e: Numbers, effect: Numbers) -> Numbers:
    """Return the most evidence so far for a difference on the side on which tonight's lies; no side borrows another's.

    Args:
        log_e: logarithms of the e-values by night; -inf where nothing may be claimed.
        effect: the estimates by night; nan where there is none, which counts as no difference above zero.
    """
    above = effect > 0
    sides = (np.maximum.accumulate(np.where(side, log_e, -np.inf)) for side in (above, ~above))
    return np.where(above, *sides)


def strengths(seen: Flags, log_e: Numbers) -> list[object]:
    """Return the strength of each night's evidence, by tonight's e-value alone; None where nothing was seen.

    Args:
        seen: whether it is seen.
        log_e: the logarithm of tonight's e-value; nan where there is none.
    """
    return [strength_of(tonight) if on else None for on, tonight in zip(seen.tolist(), log_e.tolist(), strict=True)]


def strength_of(log_e: float) -> EvidenceStrength:
    """Return the word for evidence; it means the same in every question, and steps down when evidence goes."""
    if not log_e >= np.log(GROWING):
        return EvidenceStrength.FADED
    return EvidenceStrength.GOOD if log_e >= np.log(GOOD) else EvidenceStrength.SOME


def e_bh(log_e: Numbers, enough: float) -> Flags:
    """Return which things are seen on each night, by the e-BH procedure (doi:10.1111/rssb.12489).

    Args:
        log_e: logarithms of e-values, nights x things; -inf where a thing is not asked.
        enough: the e-value that one thing alone needs; k things need 1/k of it each. Its level is the number of things
            that may be asked by this e-value.

    Returns:
        Flags, nights x things.
    """
    falling = -np.sort(-log_e, axis=1)
    enough_each = falling >= np.log(enough / np.arange(1, log_e.shape[1] + 1))
    least = np.where(enough_each, falling, np.inf).min(axis=1, initial=np.inf)
    return np.asarray(log_e >= least[:, np.newaxis])


def rate_limit(findings: pl.DataFrame, earlier: pl.DataFrame, specifications: Sequence[Specification]) -> pl.DataFrame:
    """Let what is seen say from when it may stand on screen: at most two new ones a week.

    What is for safety stands there at once, what is context at all times. What is left over waits its turn in the order
    in which it was first seen; of what was first seen on the same night, in the order of the specifications.

    Args:
        findings: rows of FINDINGS of every night, or of those after the nights in `earlier`.
        earlier: `since` and `question` of what was seen on the nights before; see `SPELLS`.
        specifications: of all questions.

    Returns:
        The same rows, with the fact `shown_from` where something waits its turn.
    """
    order = {question.code: place for place, question in enumerate(specifications) if _waits(question)}
    seen = pl.concat([earlier, findings.select("since", "question")])
    spells = seen.filter(pl.col("since").is_not_null() & pl.col("question").is_in(list(order)))
    waiting = sorted(set(spells.iter_rows()), key=lambda one: (one[0], order[one[1]]))
    shown: list[dt.date] = []
    for since, _ in waiting:
        full = shown[-NEW_A_WEEK] + A_WEEK if len(shown) >= NEW_A_WEEK else since
        shown.append(max(since, full))
    turns = pl.DataFrame([(*one, date) for one, date in zip(waiting, shown, strict=True)], schema=TURNS, orient="row")
    told = pl.format('{},"shown_from":"{}"}}', pl.col("facts").str.strip_suffix("}"), "shown_from")
    joined = findings.join(turns, on=["since", "question"], how="left", maintain_order="left")
    return joined.with_columns(facts=pl.coalesce(told, "facts")).select(FINDINGS.schema.names())


def _waits(question: Specification) -> bool:
    return question.kind != "context" and not question.safety
