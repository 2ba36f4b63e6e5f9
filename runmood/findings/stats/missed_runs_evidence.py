"""The evidence of every night that evenings of missed runs differ from those of runs, and of planned rest.

Run minus missed is B1; B2 also asks rest minus missed on the same night and takes the weaker of the two, which is
evidence against "at least one of them is nothing" (`runmood.findings.stats.evalues`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.core.enums import FindingState, MoodLeftOut
from runmood.findings.evaluation import first_of_spell
from runmood.findings.multiplicity import FAMILY, strengths
from runmood.findings.stats.evalues import GOOD, GROWING, GroupDifference
from runmood.findings.stats.missed_runs import (
    PLANNED_DAYS,
    MissedRunData,
    collect_missed_run_data,
    differences,
    needed_common_cause,
    regression_of,
)
from runmood.schema.tables import FINDINGS, SENSITIVITY

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from runmood.findings.evaluation import EvaluationContext
    from runmood.findings.stats.windows import Flags, Numbers

    Facts = dict[str, list[object]]  # by name, one value a night; null where it does not apply


@dataclass(frozen=True, slots=True)
class EvidenceTerm:
    """One coefficient, in mood points; where it is a kind of day, beside the day of a planned run."""

    name: str
    effect: float
    error: float  # standard error


@dataclass(frozen=True, slots=True)
class EvidenceDay:
    """One day of a kind that was asked for, and whether its evening counted."""

    date: dt.date
    kind: str
    mood: float | None
    counted: bool
    reason: str | None  # why it did not: nothing said, said late, excluded


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind one answer of one night. Without enough days there are no terms."""

    question: str
    night: dt.date
    days: tuple[EvidenceDay, ...]
    terms: tuple[EvidenceTerm, ...]
    memory: float | None  # how much of a day's mood lasts to the next, 0 to 1
    noise_share: float | None  # how much of a rating is of its moment only, 0 to 1
    scale: float | None  # mood points in one standard deviation
    morning_used: bool
    e_value: float | None
    e_value_next: float  # what the evidence would have to reach for the next word: some, then good evidence
    detectable: float | None  # the difference that would probably have shown by now
    lacking: dict[str, int]  # days by name
    comparable: bool  # false: silence, or a plan too regular, forbids an answer


RUN_MINUS_MISSED, REST_MINUS_MISSED = "B1", "B2"  # the questions that rest on either difference
NEEDED = {"days": 42, "missed_days": 8, "run_days": 12}
NEEDED_WITH_REST = NEEDED | {"rest_days": 8}
# Weekdays that must hold both rest and planned runs, and how often each: docs/decisions.md.
MIXED_WEEKDAYS, EACH = 2, 2
MOST_APART = 0.25  # between the shares of rated missed and run days; beyond it, silence may make the pattern
BESIDE = 0.5  # of missed days must have a run of their weekday beside them; else the weekday may make the pattern
LEFT_OUT: dict[str, str] = {
    MoodLeftOut.BEFORE_RUN: "said before the run",
    MoodLeftOut.OTHER_HOUR: "said at another hour",
}
EVERY_NIGHT = slice(None)
OF_THE_FIT = ("scale", "morning_used", "sleep_used")


@dataclass(frozen=True, slots=True)
class QuestionSeries:
    """A question and what its answers are made of, one entry a night."""

    code: str
    lacking: list[dict[str, int]]  # days by name; empty when nothing is lacking
    comparable: Flags  # whether no rival explanation forbids an answer
    difference: GroupDifference
    log_e: Numbers  # nan where there is no evidence either way; silence taken for the worst it could be
    silence: Numbers  # mood points by which silence could have moved the difference
    facts: Facts

    @property
    def best(self) -> Numbers:
        """Return the logarithm of the most evidence so far that may be claimed, by night; -inf while there is none."""
        claimed = _nothing(self.lacking) & ~np.isnan(self.log_e) & self.comparable
        return np.maximum.accumulate(np.where(claimed, self.log_e, -np.inf))

    def on(self, nights: slice) -> QuestionSeries:
        """Return the same of some nights alone."""
        return QuestionSeries(
            self.code,
            self.lacking[nights],
            self.comparable[nights],
            self.difference.on(nights),
            self.log_e[nights],
            self.silence[nights],
            {name: values[nights] for name, values in self.facts.items()},
        )


def evaluate_missed_runs(days: pl.DataFrame, asked: slice = EVERY_NIGHT) -> pl.DataFrame:
    """Return the rows of FINDINGS of B1 and B2 for the nights of a frame of DAYS, or for a slice of them."""
    data = collect_missed_run_data(days)
    return pl.concat([_answers(data.nights, question, asked) for question in question_series(data)])


@lru_cache(maxsize=1)
def missed_run_rows(context: EvaluationContext) -> pl.DataFrame:
    """Return the rows of FINDINGS of B1 and B2, for the nights to answer."""
    return evaluate_missed_runs(context.days, context.asked)


def question_series(data: MissedRunData, nights: Flags | None = None) -> tuple[QuestionSeries, QuestionSeries]:
    """Return B1 and B2 with their evidence, on every night, or on some only; on the others there is none."""
    lacking, lacking_rest = _lacking(data, NEEDED), _lacking(data, NEEDED_WITH_REST)
    enough = _nothing(lacking) if nights is None else _nothing(lacking) & nights
    from_run, from_rest = differences(data, enough)
    missed_share, run_share = data.answered("missed_days"), data.answered("run_days")
    beside = data.missed_beside_runs()
    comparable = (np.abs(missed_share - run_share) <= MOST_APART) & (beside >= BESIDE)
    rest, run = data.rest_and_run_by_weekday()
    mixed_weekdays = ((rest >= EACH) & (run >= EACH)).sum(axis=1)
    mixed = mixed_weekdays >= MIXED_WEEKDAYS
    silence_run, silence_rest = (from_run.sigma * data.silence(kind) for kind in ("run_days", "rest_days"))
    log_e = replace(from_run, estimate=from_run.estimate - silence_run).log_e
    log_e_rest = replace(from_rest, estimate=from_rest.estimate - silence_rest).log_e
    weaker = np.where(mixed, np.minimum(log_e, log_e_rest), np.nan)
    facts = {name: counted.tolist() for name, counted in data.counts().items()}
    facts |= {"rated_missed_share": _known(missed_share), "rated_run_share": _known(run_share)}
    facts |= {"missed_beside_runs": _known(beside)}
    facts |= {f"left_out_{reason}": np.cumsum(on, dtype=np.int64).tolist() for reason, on in data.left_out.items()}
    facts |= {"scale": _known(from_run.sigma)}
    facts |= {f"{said}_used": data.held_equal(said).tolist() for said in ("morning", "sleep")}
    facts_rest = facts | {"mixed_weekdays": mixed_weekdays.tolist()}
    rest_comparable = comparable & mixed
    return (
        QuestionSeries(RUN_MINUS_MISSED, lacking, comparable, from_run, log_e, silence_run, facts),
        QuestionSeries(REST_MINUS_MISSED, lacking_rest, rest_comparable, from_rest, weaker, silence_rest, facts_rest),
    )


def _lacking(data: MissedRunData, needed: dict[str, int]) -> list[dict[str, int]]:
    """Return what each night lacks, in days by name."""
    counts = data.counts()
    missing = zip(*((least - counts[name]).tolist() for name, least in needed.items()), strict=True)
    return [{name: days for name, days in zip(needed, night, strict=True) if days > 0} for night in missing]


def _nothing(lacking: list[dict[str, int]]) -> Flags:
    return np.array([not days for days in lacking])


def _known(values: Numbers) -> list[object]:
    """Return the values with two decimals; nan becomes None."""
    return [None if np.isnan(value) else value for value in values.round(2).tolist()]


def _answers(nights: pl.Series, series: QuestionSeries, answered: slice) -> pl.DataFrame:
    """Return the rows of a slice of the nights; evidence once reached is kept, whatever comes later."""
    best = series.best
    seen = best >= np.log(FAMILY[series.code].enough)
    since = [None if first < 0 else nights[first] for first in first_of_spell(seen)[answered].tolist()]
    asked, best, seen = series.on(answered), best[answered], seen[answered]
    enough = _nothing(asked.lacking)
    shown = enough & ~np.isnan(asked.log_e)
    claimed = shown & asked.comparable
    unseen = np.where(asked.comparable, FindingState.NOT_SEEN, FindingState.CONFOUNDED)
    difference, width = asked.difference, asked.difference.half_width
    numbers = {
        "e_value": (shown, np.exp(asked.log_e)),
        "e_value_best": (best > -np.inf, np.exp(best)),
        "effect": (shown, difference.shrunken),
        "effect_least": (shown, difference.estimate - width - asked.silence),
        "effect_most": (shown, difference.estimate + width),
        **{name: (shown, values) for name, values in difference.columns.items()},
    }
    common_cause = needed_common_cause(np.where(shown & seen, difference.shrunken / difference.sigma, np.nan))
    facts = asked.facts | {
        "detectable": _known(np.where(claimed & ~seen, difference.detectable_at(FAMILY[asked.code].enough), np.nan)),
        "silence": _known(np.where(shown & (asked.silence > 0), asked.silence, np.nan)),
        "common_cause": _known(common_cause),
    }
    return pl.DataFrame(
        {
            "question": [asked.code] * len(seen),
            "night": nights[answered],
            "state": np.where(seen, "seen", np.where(enough, unseen, FindingState.NOT_ENOUGH_EVIDENCE)),
            "strength": strengths(seen, asked.log_e),
            "since": since,
            "growing": _where(seen, claimed & (asked.log_e >= np.log(GROWING))),
            **{name: _where(*pair) for name, pair in numbers.items()},
            "facts": _encode_facts(facts, asked.lacking),
        },
        schema=FINDINGS.schema,
    )


def _where(flags: Flags, values: Iterable[object]) -> list[object]:
    """Return the values as plain Python where flagged, None elsewhere."""
    return [value if flag else None for flag, value in zip(flags.tolist(), values, strict=True)]


def _encode_facts(facts: Facts, lacking: list[dict[str, int]]) -> list[str]:
    """Return every night's facts as JSON, without what does not apply; of the fit nothing while days are lacking."""
    encoded = []
    for night, absent in enumerate(lacking):
        values = {name: value[night] for name, value in facts.items() if value[night] is not None}
        if absent:
            values = {name: value for name, value in values.items() if name not in OF_THE_FIT} | {"lacking": absent}
        encoded.append(json.dumps(values, sort_keys=True, separators=(",", ":")))
    return encoded


# The latest night asked otherwise: without the mornings, without days after poor nights, without low moods.

POOR = 0.25  # the share of nights, by the person's own scale, taken for poor ones
LOW_FIRST = ("low mood", "unwell")
MOOD = pl.col("mood_evening")
NOTHING = pl.lit(None, dtype=pl.Float64())


def _is_poor(sleep: str) -> pl.Expr:
    """Return whether a night is one of the person's own poor ones; null where it is not known."""
    return pl.col(sleep) <= pl.col(sleep).quantile(POOR, "lower")


VARIANTS: dict[str, dict[str, pl.Expr]] = {
    "without the morning's mood": {"mood_morning": NOTHING},
    "without days after poor sleep": {
        "mood_evening": pl.when(~pl.coalesce(_is_poor("sleep"), _is_poor("sleep_h"), False)).then(MOOD)
    },
    "without runs missed for low mood or feeling unwell": {
        "mood_evening": pl.when(~pl.col("skip_reason").is_in(LOW_FIRST) | pl.col("skip_reason").is_null()).then(MOOD)
    },
}


def sensitivity(days: pl.DataFrame) -> pl.DataFrame:
    """Return rows of SENSITIVITY: B1 and B2 of the last night, each with something left out that there is."""
    rows: list[dict[str, object]] = []
    for variant, change in VARIANTS.items():
        changed = days.with_columns(**change)
        if not changed.equals(days):
            data = collect_missed_run_data(changed)
            last = np.arange(len(data.nights)) == len(data.nights) - 1
            rows += [_row(variant, question, data) for question in question_series(data, last)]
    return SENSITIVITY.frame(rows)


def _row(variant: str, question: QuestionSeries, data: MissedRunData) -> dict[str, object]:
    """Return the last night's numbers; None where too few days are left or nothing can be told apart."""
    difference, width = question.difference, question.difference.half_width
    known = not question.lacking[-1] and not np.isnan(question.log_e[-1])
    numbers = {
        "e_value": np.exp(question.log_e[-1]),
        "effect": difference.shrunken[-1],
        "effect_least": difference.estimate[-1] - width[-1] - question.silence[-1],
        "effect_most": difference.estimate[-1] + width[-1],
    }
    return {
        "question": question.code,
        "variant": variant,
        "night": data.nights[-1],
        "days": sum(int(data.counts()[name][-1]) for name in PLANNED_DAYS),
        **{name: float(value) if known else None for name, value in numbers.items()},
    }


# The evidence behind the latest night's B1 and B2: the days, the model's terms, what would change its mind.


def collect_evidence(days: pl.DataFrame) -> dict[str, Evidence]:
    """Return the evidence of the last night by question, from a frame of DAYS; nothing without days."""
    if days.is_empty():
        return {}
    data, dated = collect_missed_run_data(days), _days(days)
    last = np.arange(len(data.nights)) == len(data.nights) - 1
    return {question.code: _evidence(question, data, dated) for question in question_series(data, last)}


def _evidence(question: QuestionSeries, data: MissedRunData, days: tuple[EvidenceDay, ...]) -> Evidence:
    """Return the evidence of one question."""
    known = not question.lacking[-1]
    terms, memory, noise_share = _fitted(data) if known else ((), None, None)
    has_evidence = known and not np.isnan(question.log_e[-1])
    e_value = float(np.exp(question.log_e[-1])) if has_evidence else None
    enough = FAMILY[question.code].enough
    return Evidence(
        question=question.code,
        night=data.nights[-1],
        days=days,
        terms=terms,
        memory=memory,
        noise_share=noise_share,
        scale=float(question.difference.sigma[-1]) if known else None,
        morning_used=bool(data.held_equal("morning")[-1]),
        e_value=e_value,
        e_value_next=enough if e_value is None or e_value < enough else GOOD,
        detectable=float(question.difference.detectable_at(enough)[-1]) if has_evidence else None,
        lacking=question.lacking[-1],
        comparable=bool(question.comparable[-1]),
    )


def _fitted(data: MissedRunData) -> tuple[tuple[EvidenceTerm, ...], float, float]:
    """Return every coefficient on the last night, the memory and the share of noise."""
    regression = regression_of(
        data, mornings=bool(data.held_equal("morning")[-1]), sleep=bool(data.held_equal("sleep")[-1])
    )
    last = np.arange(len(data.nights)) == len(data.nights) - 1
    fits, row = regression.fitted(last, np.eye(len(regression.names))), regression.by_night[-1]
    pairs = zip(regression.names, fits.estimate[row].tolist(), fits.error[row].tolist(), strict=True)
    phi, kappa = fits.memory[row].tolist()
    return tuple(EvidenceTerm(*pair) for pair in pairs), phi, 1 - kappa


def _days(days: pl.DataFrame) -> tuple[EvidenceDay, ...]:
    """Return every day with a plan that was kept or missed, in order."""
    kinds = tuple(PLANNED_DAYS.values())
    columns = "local_date", "day_kind", "mood_evening", "excluded", "mood_evening_late", "mood_evening_left_out"
    rows = days.select(columns).iter_rows()
    return tuple(_evidence_day(*row) for row in rows if row[1] in kinds)


def _evidence_day(  # noqa: PLR0913, PLR0917 - a day's columns
    date: dt.date, kind: str, mood: float | None, apart: bool | None, late: bool | None, left_out: str | None
) -> EvidenceDay:
    """Return one day; of several reasons why it does not count the first that there is."""
    reason = (
        "set apart"
        if apart
        else "nothing said"
        if mood is None
        else "said late"
        if late
        else LEFT_OUT.get(left_out or "")
    )
    return EvidenceDay(date, kind, mood, reason is None, reason)
