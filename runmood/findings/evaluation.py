"""How a question is evaluated: dense days and runs in, what it came to on every night, rows of FINDINGS out."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.core.enums import FindingState
from runmood.schema.tables import FINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from runmood.findings.question import Specification
    from runmood.findings.stats.windows import Counts, Flags, Numbers

    FactValues = Sequence[object] | NDArray[np.generic]


WRITTEN = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
DECIMALS = 3  # of a fact
NOTHING_CLAIMED = FindingState.NOT_SEEN


@dataclass(frozen=True, eq=False)
class EvaluationContext:
    """Everything there is to ask: dense days in order, and the runs with their moods.

    `last` is how many of the last nights are to be answered; null for all. A context equals no other,
    so that what several questions share (W, the pairs of moods) is worked out once and cached by it.
    """

    days: pl.DataFrame
    runs: pl.DataFrame
    run_moods: pl.DataFrame
    last: int | None = None

    @property
    def nights(self) -> pl.Series:
        """Return the dates of the nights, one a day."""
        return self.days["local_date"]

    @property
    def asked(self) -> slice:
        """Return the slice of the nights to answer."""
        return slice(-self.last if self.last else None, None)

    def column(self, name: str) -> Numbers:
        """Return a column of days as numbers, shape: nights; null becomes nan."""
        return self.days[name].to_numpy().astype(np.float64)

    def flag(self, name: str) -> Flags:
        """Return a column of yes and no, shape: nights; null becomes no."""
        return np.asarray(self.days[name].fill_null(value=False), dtype=np.bool_)

    @property
    def left_out(self) -> Flags:
        """Return on which days the evening's mood came before what it would speak of, shape: nights."""
        return np.asarray(self.days["mood_evening_left_out"].is_not_null(), dtype=np.bool_)

    def marked(self, *words: str, column: str = "tags") -> Flags:
        """Return on which days at least one of these words stands in a column of lists, shape: nights."""
        noted = self.days[column].list.eval(pl.element().is_in(words)).list.any()
        return np.asarray(noted.fill_null(value=False), dtype=np.bool_)

    def day_index(self, dates: pl.Series) -> Counts:
        """Return the index of the day, from 0, on which each of these dates falls; it may lie outside."""
        return np.asarray((dates - self.nights[0]).dt.total_days(), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What a question came to, one entry a night; nan is null.

    `lacking` is how much of each thing is still missing, by name; at or below zero where nothing is.
    """

    lacking: Mapping[str, Numbers | Counts]
    seen: Flags
    facts: Mapping[str, FactValues] = field(default_factory=dict)
    confounded: Flags | None = None  # where a rival explanation forbids an answer; the facts say which
    columns: Mapping[str, FactValues] = field(default_factory=dict)  # other columns of FINDINGS, where it has any

    @property
    def enough(self) -> Flags:
        """Return on which nights nothing is lacking."""
        missing = np.stack([np.asarray(amount, dtype=np.float64) for amount in self.lacking.values()])
        return np.asarray((missing <= 0).all(axis=0))

    @property
    def state(self) -> NDArray[np.str_]:
        """Return the state of each night's answer, a `FindingState`."""
        confounded = np.zeros_like(self.seen) if self.confounded is None else self.confounded
        conditions = [self.seen, ~self.enough, confounded]
        return np.select(
            conditions, ["seen", FindingState.NOT_ENOUGH_EVIDENCE, FindingState.CONFOUNDED], NOTHING_CLAIMED
        )


def to_rows(question: Specification, notes: EvaluationContext, answer: QuestionResult) -> pl.DataFrame:
    """Return the rows of FINDINGS of the nights to answer."""
    asked, nights = notes.asked, notes.nights
    began = first_of_spell(answer.seen)[asked].tolist()
    columns = {name: to_python(values[asked], None) for name, values in answer.columns.items()}
    nothing: list[object] = [None] * len(began)
    rows = {
        "question": [question.code] * len(began),
        "night": nights[asked],
        "state": answer.state[asked].tolist(),
        "since": [None if first < 0 else nights[first] for first in began],
        "facts": encode_facts(answer, asked),
    }
    return pl.DataFrame({name: (rows | columns).get(name, nothing) for name in FINDINGS.schema}, schema=FINDINGS.schema)


def first_of_spell(seen: Flags) -> Counts:
    """Return the index of the night on which what is seen tonight was first seen; -1 where nothing is."""
    number = np.arange(len(seen))
    begins = seen & ~np.concatenate([[False], seen[:-1]])
    return np.where(seen, np.maximum.accumulate(np.where(begins, number, -1)), -1)


def encode_facts(answer: QuestionResult, asked: slice) -> list[str]:
    """Return the facts of the nights in a slice as JSON, without what does not apply, with what is lacking."""
    facts = {name: to_python(values[asked]) for name, values in answer.facts.items()}
    lacking = {name: to_python(values[asked]) for name, values in answer.lacking.items()}
    missing = by_night({name: [_above_zero(value) for value in values] for name, values in lacking.items()})
    seen = answer.seen[asked].tolist()
    return [
        WRITTEN.encode(night | ({"lacking": some} if some and not on else {}))
        for night, some, on in zip(by_night(facts), missing, seen, strict=True)
    ]


def by_night(facts: Mapping[str, Sequence[object]]) -> Iterable[dict[str, object]]:
    """Yield the facts of each night that has them, from facts by name with one value a night."""
    names = list(facts)
    for values in zip(*facts.values(), strict=True):
        yield {name: value for name, value in zip(names, values, strict=True) if value is not None}


def to_python(values: FactValues, decimals: int | None = DECIMALS) -> list[object]:
    """Return values as plain Python, rounded to so many decimals if any are given; nan becomes None."""
    if not isinstance(values, np.ndarray):
        return list(values)
    if values.dtype.kind != "f":
        return list(values.tolist())
    rounded = values if decimals is None else values.round(decimals)
    return [None if value != value else value for value in rounded.tolist()]  # noqa: PLR0124 - nan


def _above_zero(value: object) -> object:
    return value if isinstance(value, int | float) and value > 0 else None
