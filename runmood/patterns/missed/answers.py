"""The answers of every night.

Run minus missed is B1; B2 also asks rest minus missed on the same night and takes the weaker of the two, which is
evidence against "at least one of them is nothing" (`evidence`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.patterns.evidence import GOOD, GROWING, SOME, Difference
from runmood.patterns.missed.diary import diary_of
from runmood.patterns.missed.regression import differences
from runmood.terms.columns import FINDINGS
from runmood.terms.questions import MISSED_AND_MOOD, MISSED_IS_NOT_REST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from runmood.patterns.missed.diary import Diary

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]
    Facts = dict[str, list[object]]  # by name, one value a night; null where it does not apply

NEEDED = {"days": 42, "missed_days": 8, "run_days": 12}
NEEDED_WITH_REST = NEEDED | {"rest_days": 8}
# Weekdays that must hold both rest and planned runs, and how often each: docs/decisions.md.
MIXED_WEEKDAYS, EACH = 2, 2
MOST_APART = 0.25  # between the shares of rated missed and run days; beyond it, silence may make the pattern
BESIDE = 0.5  # of missed days must have a run of their weekday beside them; else the weekday may make the pattern
OF_THE_FIT = ("scale", "morning_used")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what its answers are made of, one entry a night."""

    code: str
    lacking: list[dict[str, int]]  # days by name; empty when nothing is lacking
    comparable: Flags  # whether no rival explanation forbids an answer
    difference: Difference
    log_e: Numbers  # nan where there is no evidence either way
    facts: Facts


def missed_and_mood(days: pl.DataFrame) -> pl.DataFrame:
    """B1 and B2 for every night."""
    diary = diary_of(days)
    return pl.concat([_answers(diary.nights, question) for question in asked(diary)])


def asked(diary: Diary, nights: Flags | None = None) -> tuple[Asked, Asked]:
    """B1 and B2 with their evidence, on every night, or on some only; on the others there is none."""
    lacking, lacking_rest = _lacking(diary, NEEDED), _lacking(diary, NEEDED_WITH_REST)
    enough = _nothing(lacking) if nights is None else _nothing(lacking) & nights
    from_run, from_rest = differences(diary, enough)
    missed_share, run_share = diary.answered("missed_days"), diary.answered("run_days")
    beside = diary.missed_beside_runs()
    comparable = (np.abs(missed_share - run_share) <= MOST_APART) & (beside >= BESIDE)
    rest, run = diary.rest_and_run_by_weekday()
    mixed_weekdays = ((rest >= EACH) & (run >= EACH)).sum(axis=1)
    mixed = mixed_weekdays >= MIXED_WEEKDAYS
    weaker = np.where(mixed, np.minimum(from_run.log_e, from_rest.log_e), np.nan)
    facts = {name: counted.tolist() for name, counted in diary.counts().items()}
    facts |= {"rated_missed_share": _known(missed_share), "rated_run_share": _known(run_share)}
    facts |= {"missed_beside_runs": _known(beside)}
    facts |= {"scale": _known(from_run.sigma), "morning_used": diary.mornings().tolist()}
    facts_rest = facts | {"mixed_weekdays": mixed_weekdays.tolist()}
    return (
        Asked(MISSED_AND_MOOD.code, lacking, comparable, from_run, from_run.log_e, facts),
        Asked(MISSED_IS_NOT_REST.code, lacking_rest, comparable & mixed, from_rest, weaker, facts_rest),
    )


def _lacking(diary: Diary, needed: dict[str, int]) -> list[dict[str, int]]:
    """What each night lacks, in days by name."""
    counts = diary.counts()
    missing = zip(*((least - counts[name]).tolist() for name, least in needed.items()), strict=True)
    return [{name: days for name, days in zip(needed, night, strict=True) if days > 0} for night in missing]


def _nothing(lacking: list[dict[str, int]]) -> Flags:
    return np.array([not days for days in lacking])


def _known(values: Numbers) -> list[object]:
    """Two decimals; nan is null."""
    return [None if np.isnan(value) else value for value in values.round(2).tolist()]


def _answers(nights: pl.Series, asked: Asked) -> pl.DataFrame:
    """The answer of every night; evidence once reached is kept, whatever comes later."""
    enough = _nothing(asked.lacking)
    shown = enough & ~np.isnan(asked.log_e)
    claimed = shown & asked.comparable
    best = np.maximum.accumulate(np.where(claimed, asked.log_e, -np.inf))
    seen = best >= np.log(SOME)
    unseen = np.where(asked.comparable, "not seen so far", "cannot be told apart")
    difference, width = asked.difference, asked.difference.half_width
    numbers = {
        "e_value": (shown, np.exp(asked.log_e)),
        "e_value_best": (best > -np.inf, np.exp(best)),
        "effect": (shown, difference.shrunken),
        "effect_least": (shown, difference.estimate - width),
        "effect_most": (shown, difference.estimate + width),
    }
    facts = asked.facts | {"detectable": _known(np.where(claimed & ~seen, difference.detectable, np.nan))}
    return pl.DataFrame(
        {
            "question": [asked.code] * len(nights),
            "night": nights,
            "state": np.where(seen, "seen", np.where(enough, unseen, "not enough evidence yet")),
            "strength": _where(seen, np.where(best >= np.log(GOOD), "good evidence", "some evidence")),
            "since": _where(seen, [nights[int(seen.argmax())]] * len(nights)),
            "growing": _where(seen, claimed & (asked.log_e >= np.log(GROWING))),
            **{name: _where(*pair) for name, pair in numbers.items()},
            "facts": _told(facts, asked.lacking),
        },
        schema=FINDINGS.schema,
    )


def _where(flags: Flags, values: Iterable[object]) -> list[object]:
    """The values as plain Python where flagged, null elsewhere."""
    return [value if flag else None for flag, value in zip(flags.tolist(), values, strict=True)]


def _told(facts: Facts, lacking: list[dict[str, int]]) -> list[str]:
    """Every night's facts as JSON; what does not apply is left out, and of the fit nothing while days are lacking."""
    told = []
    for night, missing in enumerate(lacking):
        values = {name: value[night] for name, value in facts.items() if value[night] is not None}
        if missing:
            values = {name: value for name, value in values.items() if name not in OF_THE_FIT} | {"lacking": missing}
        told.append(json.dumps(values, sort_keys=True, separators=(",", ":")))
    return told
