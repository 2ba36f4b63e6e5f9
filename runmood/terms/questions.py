"""The registered questions: each written down before looking, with what it needs and where it comes from.

`docs/findings.md` is printed from here; the rules are carried out in `patterns/`, the words are in `summary/`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """One question asked of a person's notes every night."""

    code: str
    asks: str
    needs: str
    rule: str
    facts: dict[str, str]
    source: str


MUCH_LONGER_RUN = Question(
    code="A1",
    asks="Was a run much longer than the longest of the 30 days before it?",
    needs="3 runs in the 30 days before, the longest of them at least 3 km.",
    rule=(
        "Seen on the day of a run more than 10 % longer than the longest run of the 30 days before. "
        "Up to 30 % longer is a note; more than 30 % and more than double are told apart."
    ),
    facts={
        "run_id": "the run",
        "distance_m": "its distance",
        "longest_m": "the longest run of the 30 days before",
        "longest_date": "the day of that run",
        "runs_before": "runs in the 30 days before",
        "lacking": "what is missing when there is not enough: runs_before in runs, longest_m in metres",
        "band": "10-30, 30-100 or over 100: percent longer",
    },
    source="Frandsen et al. 2025, British Journal of Sports Medicine 59:1203, doi:10.1136/bjsports-2024-109380",
)

MISSED_AND_MOOD = Question(
    code="B1",
    asks="Was the evening's mood lower on days when a planned run was missed than on days when it happened?",
    needs="42 days, 8 rated missed days and 12 rated days with the planned run done.",
    rule=(
        "A regression with weekday, trend and day-to-day memory (AR(1) and noise, exact over gaps, REML) each night; "
        "seen once the e-value of run minus missed reaches 10 (some evidence) or 30 (good evidence) on any night."
    ),
    facts={
        "days": "days from the first to the night",
        "missed_days": "rated days with a missed run",
        "run_days": "rated days with the planned run done",
        "rest_days": "rated days of planned rest",
        "lacking": "what is missing, in days, by name, when there is not enough",
        "detectable": "the difference in mood points that would probably have shown by now",
        "rated_missed_share": "share of the missed days whose evening was rated",
        "rated_run_share": "share of the run days whose evening was rated; a claim is blocked beyond 25 points apart",
        "morning_used": "whether the morning's mood was held equal",
        "scale": "mood points in one standard deviation of this person's evenings",
    },
    source=(
        "Aidman & Woollard 2003, Psychology of Sport and Exercise 4:225; "
        "Robbins 1970, Annals of Mathematical Statistics 41:1397"
    ),
)

MISSED_IS_NOT_REST = Question(
    code="B2",
    asks="Was mood on missed days lower than on planned rest days too, and not only lower than on run days?",
    needs="As B1, and 8 rated days of planned rest, with rest and runs mixed on at least 2 weekdays (2 days each).",
    rule=(
        "Seen once the smaller of two e-values, run minus missed and rest minus missed, reaches 10 on one night. "
        "Where rest always falls on the same weekdays the two cannot be told apart."
    ),
    facts={
        "days": "days from the first to the night",
        "missed_days": "rated days with a missed run",
        "run_days": "rated days with the planned run done",
        "rest_days": "rated days of planned rest",
        "lacking": "what is missing, in days, by name, when there is not enough",
        "detectable": "the difference in mood points that would probably have shown by now",
        "mixed_weekdays": "weekdays that hold both rest and planned runs, at least 2 of each",
        "rated_missed_share": "share of the missed days whose evening was rated",
        "rated_run_share": "share of the run days whose evening was rated; a claim is blocked beyond 25 points apart",
        "morning_used": "whether the morning's mood was held equal",
        "scale": "mood points in one standard deviation of this person's evenings",
    },
    source="Hausenblas, Gauvin, Symons Downs & Duley 2008, doi:10.1348/135910707X180378",
)

QUESTIONS = (MUCH_LONGER_RUN, MISSED_AND_MOOD, MISSED_IS_NOT_REST)
