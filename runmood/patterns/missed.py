"""B1 and B2: mood on days when a planned run was missed, beside run days and planned rest days.

The evening's mood of days with a plan is regressed on weekday, trend, rest and missed, and on the morning's mood where
most days have one (`model`). Run minus missed is B1; B2 also asks rest minus missed on the same night and takes the
weaker of the two, which is evidence against "at least one of them is nothing" (`evidence`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.patterns.diary import COLUMNS, MISSED, MORNING, REST, diary_of
from runmood.patterns.evidence import GOOD, GROWING, SOME, Difference
from runmood.patterns.model import fit, whiten
from runmood.terms.columns import FINDINGS
from runmood.terms.questions import MISSED_AND_MOOD, MISSED_IS_NOT_REST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from runmood.patterns.diary import Diary

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]
    Facts = dict[str, list[object]]  # by name, one value a night; null where it does not apply

NEEDED = {"days": 42, "missed_days": 8, "run_days": 12}
NEEDED_WITH_REST = NEEDED | {"rest_days": 8}
# Weekdays that must hold both rest and planned runs, and how often each. Fewer find more large dips by night 180 (67,
# 62 and 43 % with 2, 3 and 4) and take somewhat more lifts for dips in a year (6.3, 6.0 and 3.7 %): docs/decisions.md.
MIXED_WEEKDAYS, EACH = 2, 2
MOST_APART = 0.25  # between the shares of rated missed and run days; beyond it, silence may make the pattern
LEAST_FREEDOM = 3.0
OF_THE_FIT = ("scale", "morning_used")
CONTRASTS = np.zeros((COLUMNS, 2))
CONTRASTS[MISSED, 0] = -1  # run minus missed: the planned run done is the reference
CONTRASTS[[REST, MISSED], 1] = 1, -1  # rest minus missed


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
    lacking, lacking_rest = _lacking(diary, NEEDED), _lacking(diary, NEEDED_WITH_REST)
    from_run, from_rest = _differences(diary, _nothing(lacking))
    missed_share, run_share = diary.answered("missed_days"), diary.answered("run_days")
    alike = np.abs(missed_share - run_share) <= MOST_APART
    rest, run = diary.rest_and_run_by_weekday()
    mixed_weekdays = ((rest >= EACH) & (run >= EACH)).sum(axis=1)
    mixed = mixed_weekdays >= MIXED_WEEKDAYS
    weaker = np.where(mixed, np.minimum(from_run.log_e, from_rest.log_e), np.nan)
    facts = {name: counted.tolist() for name, counted in diary.counts().items()}
    facts |= {"rated_missed_share": _known(missed_share), "rated_run_share": _known(run_share)}
    facts |= {"scale": _known(from_run.sigma), "morning_used": diary.mornings().tolist()}
    facts_rest = facts | {"mixed_weekdays": mixed_weekdays.tolist()}
    b1 = Asked(MISSED_AND_MOOD.code, lacking, alike, from_run, from_run.log_e, facts)
    b2 = Asked(MISSED_IS_NOT_REST.code, lacking_rest, alike & mixed, from_rest, weaker, facts_rest)
    return pl.concat([_answers(diary.nights, b1), _answers(diary.nights, b2)])


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


def _differences(diary: Diary, enough: Flags) -> tuple[Difference, Difference]:
    """Run minus missed and rest minus missed, on nights with enough days."""
    rated, mornings, counts = diary.rated, diary.mornings(), diary.counts()
    evening = np.cumsum(rated) - 1  # the last rated one by each night
    asked = np.isin(np.arange(rated.sum()), evening[enough])
    held = np.repeat(asked[:, np.newaxis], COLUMNS, axis=1)
    held[:, MORNING:] &= mornings[rated][:, np.newaxis]
    rows = np.column_stack([diary.design(), diary.mood - 5])[rated]
    fits = fit(*whiten(np.flatnonzero(rated), rows), held, CONTRASTS)
    planned = counts["missed_days"] + counts["run_days"] - 4.0
    freedom = np.maximum(np.minimum(fits.freedom[evening], planned), LEAST_FREEDOM)
    run, rest = (
        Difference(fits.estimate[evening, contrast], fits.error[evening, contrast], fits.sigma[evening], freedom)
        for contrast in range(CONTRASTS.shape[1])
    )
    return run, rest


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
